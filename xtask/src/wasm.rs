//! The core as wasm with its JavaScript glue.

use crate::run::{cargo, run, target};
use crate::setup;
use anyhow::{Context, Result, anyhow, ensure};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};
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
    let mut build =
        cargo(&format!("build --locked --profile wasm --target wasm32-unknown-unknown {what}"));
    build.env("CARGO_ENCODED_RUSTFLAGS", same_paths()?.join("\x1f"));
    run(build)?;
    let built = target().join("wasm32-unknown-unknown/wasm").join(compiled);
    Bindgen::new()
        .input_path(built.with_extension("wasm"))
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

/// The flags under which the libraries have the same paths on every machine: messages of panics hold them.
fn same_paths() -> Result<Vec<String>> {
    // Without that folder the libraries come with the project, and so do their paths.
    let Ok(registries) = fs::read_dir(cargo_home()?.join("registry/src")) else {
        return Ok(Vec::new());
    };
    registries
        .map(|folder| Ok(format!("--remap-path-prefix={}=/deps", folder?.path().display())))
        .collect()
}

/// Where cargo keeps what it downloads.
pub(crate) fn cargo_home() -> Result<PathBuf> {
    let named = env::var_os("CARGO_HOME").map(PathBuf::from);
    named.or_else(|| Some(env::home_dir()?.join(".cargo"))).context("there is no home folder")
}

fn gzipped_size(bytes: &[u8]) -> Result<usize> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).context("gzip")?;
    Ok(gzip.finish().context("gzip")?.len())
}
