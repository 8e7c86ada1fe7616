//! The core as wasm with its JavaScript glue.

use crate::run::{cargo, root, run};
use crate::setup;
use anyhow::{Context, Result, anyhow, ensure};
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

const GZIPPED_LIMIT: usize = 250_000;

/// Compiles the core and writes the glue, the wasm and their types to `folder`.
pub(crate) fn core(folder: &Path) -> Result<()> {
    compile("--lib --features wasm", "fold_appeals", "fold_appeals", folder)?;
    let wasm = fs::read(folder.join("fold_appeals_bg.wasm"))?;
    let gzipped = gzipped_size(&wasm)?;
    println!("wasm: {} bytes, {gzipped} gzipped (limit {GZIPPED_LIMIT})", wasm.len());
    ensure!(
        gzipped <= GZIPPED_LIMIT,
        "the wasm has {gzipped} bytes gzipped, {} more than its limit of {GZIPPED_LIMIT}",
        gzipped - GZIPPED_LIMIT
    );
    Ok(())
}

/// Compiles the playground of `www/` into `folder`.
pub(crate) fn playground(folder: &Path) -> Result<()> {
    compile("--package fold-appeals-www", "fold_appeals_www", "playground", folder)
}

/// What cargo names `compiled` becomes `name.js` and `name_bg.wasm`.
fn compile(what: &str, compiled: &str, name: &str, folder: &Path) -> Result<()> {
    setup::wasm_target()?;
    run(cargo(&format!("build --locked --profile wasm --target wasm32-unknown-unknown {what}")))?;
    // Also right when the target folder was moved.
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    Bindgen::new()
        .input_path(
            root()
                .join(target)
                .join("wasm32-unknown-unknown/wasm")
                .join(compiled)
                .with_extension("wasm"),
        )
        .out_name(name)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(true)
                .omit_default_module_path(true)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate(folder)
        })
        .map_err(|error| anyhow!("wasm-bindgen: {error:#}"))
}

fn gzipped_size(bytes: &[u8]) -> Result<usize> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).context("gzip")?;
    Ok(gzip.finish().context("gzip")?.len())
}
