//! The core as wasm with its JavaScript glue.

use crate::run::{cargo, path, run};
use crate::setup;
use anyhow::{Context, Result, anyhow, ensure};
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

const GZIPPED_LIMIT: usize = 250_000;
const COMPILED: &str = "target/wasm32-unknown-unknown/wasm/fold_appeals.wasm";

/// Compiles the core and writes the glue, the wasm and their types to `folder`.
pub(crate) fn build(folder: &Path) -> Result<()> {
    setup::wasm_target()?;
    run(cargo(
        "build --locked --profile wasm --target wasm32-unknown-unknown --lib --features wasm",
    ))?;
    Bindgen::new()
        .input_path(compiled())
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(true)
                .omit_default_module_path(true)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate(folder)
        })
        .map_err(|error| anyhow!("wasm-bindgen: {error:#}"))?;
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

/// Where cargo put it, also when the target folder was moved.
fn compiled() -> std::path::PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => path(".").join(target).join(COMPILED.trim_start_matches("target/")),
        None => path(COMPILED),
    }
}

fn gzipped_size(bytes: &[u8]) -> Result<usize> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).context("gzip")?;
    Ok(gzip.finish().context("gzip")?.len())
}
