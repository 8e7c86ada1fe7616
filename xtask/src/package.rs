//! The extension's folders and packages, one per browser, from one source.

use crate::run::{path, root};
use crate::{manifest, wasm};
use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

pub(crate) const BROWSERS: [&str; 2] = ["chrome", "firefox"];
const PACKAGE_LIMIT: u64 = 400_000;

/// Sources that are not shipped as they are.
const NOT_SHIPPED: [&str; 3] = ["manifest", "types.d.ts", "content"];

/// Builds everything in `dist/`.
pub(crate) fn build() -> Result<()> {
    packages()?;
    build_www()
}

/// Builds the extension's folders and packages.
pub(crate) fn packages() -> Result<()> {
    // Types stay out of the packages; tsc resolves the core's import from here.
    let core = path("dist/types/core");
    recreate(&core)?;
    wasm::core(&core)?;
    for browser in BROWSERS {
        let folder = unpacked(browser);
        fill(browser, &folder)?;
        let package = packed(browser);
        zip(&folder, &package)?;
        let size = fs::metadata(&package)?.len();
        println!("{}: {size} bytes (limit {PACKAGE_LIMIT})", name(&package));
        ensure!(
            size <= PACKAGE_LIMIT,
            "{} has {size} bytes, {} more than its limit of {PACKAGE_LIMIT}",
            name(&package),
            size - PACKAGE_LIMIT
        );
    }
    Ok(())
}

/// The folder to load unpacked.
pub(crate) fn unpacked(browser: &str) -> PathBuf {
    path("dist").join(browser)
}

/// The package for the store.
pub(crate) fn packed(browser: &str) -> PathBuf {
    path("dist").join(format!("fold-appeals-{browser}.zip"))
}

fn fill(browser: &str, folder: &Path) -> Result<()> {
    recreate(folder)?;
    let source = path("extension");
    for file in files_below(&source)? {
        if NOT_SHIPPED.iter().any(|unwanted| file.starts_with(unwanted)) {
            continue;
        }
        if file.starts_with("_locales") {
            words(&source.join(&file), &folder.join(&file))?;
        } else {
            copy(&source.join(&file), &folder.join(&file))?;
        }
    }
    copy_core(&path("dist/types/core"), &folder.join("core"))?;
    let (manifest, scripts) = manifest::merged(browser)?;
    fs::write(folder.join(manifest::CONTENT_SCRIPT), one_script(&scripts)?)?;
    fs::write(folder.join("manifest.json"), manifest).context("manifest.json")
}

/// Messages without what only translators need.
fn words(from: &Path, to: &Path) -> Result<()> {
    let text = fs::read_to_string(from).with_context(|| name(from))?;
    let mut messages: Map<String, Value> =
        serde_json::from_str(&text).with_context(|| name(from))?;
    for message in messages.values_mut().filter_map(Value::as_object_mut) {
        message.remove("description");
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(to, serde_json::to_string(&messages)?).with_context(|| name(to))
}

/// The content scripts in their order as one function: a browser starts one script in half the time
/// it needs for sixteen, and finds the names of a function faster than those of a script.
fn one_script(scripts: &[String]) -> Result<String> {
    let mut whole = String::from("(() => {\n");
    for script in scripts {
        let file = format!("extension/{script}");
        let source = fs::read_to_string(path(&file)).with_context(|| file.clone())?;
        whole += &format!("// {file}\n{}\n", source.trim_end());
    }
    Ok(whole + "})();\n")
}

fn build_www() -> Result<()> {
    let source = path("www");
    let workspace = fs::read_to_string(path("Cargo.toml")).context("Cargo.toml")?;
    if !workspace.lines().any(|line| line.starts_with("members") && line.contains("\"www\"")) {
        return Ok(());
    }
    let folder = path("dist/www");
    recreate(&folder)?;
    for file in files_below(&source)? {
        let page = file.extension().is_some_and(|e| e == "html" || e == "css" || e == "js");
        if page && file.components().count() == 1 {
            copy(&source.join(&file), &folder.join(&file))?;
        }
    }
    copy(&path("extension/icons/icon.svg"), &folder.join("icon.svg"))?;
    for browser in BROWSERS {
        let package = packed(browser);
        copy(&package, &folder.join(format!("fold-appeals-{browser}.zip")))?;
    }
    for picture in ["before.png", "after.png"] {
        let from = path("docs").join(picture);
        if from.exists() {
            copy(&from, &folder.join(picture))?;
        }
    }
    wasm::playground(&folder)?;
    for types in ["playground.d.ts", "playground_bg.wasm.d.ts"] {
        fs::remove_file(folder.join(types)).context(types)?;
    }
    Ok(())
}

fn copy_core(from: &Path, to: &Path) -> Result<()> {
    for file in ["fold_appeals.js", "fold_appeals_bg.wasm"] {
        copy(&from.join(file), &to.join(file))?;
    }
    Ok(())
}

/// Packs a folder so that the same files always give the same bytes: sorted names, fixed times.
pub(crate) fn zip(folder: &Path, package: &Path) -> Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(File::create(package)?);
    for file in files_below(folder)? {
        writer.start_file(file.to_string_lossy().replace('\\', "/"), options)?;
        writer.write_all(&fs::read(folder.join(&file))?)?;
    }
    writer.finish()?;
    Ok(())
}

/// All files below a folder, relative to it, sorted.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let entries = fs::read_dir(&next).with_context(|| next.display().to_string())?;
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                open.push(entry.path());
            } else if !entry.file_name().to_string_lossy().starts_with('.') {
                found.push(entry.path().strip_prefix(folder)?.to_owned());
            }
        }
    }
    found.sort();
    Ok(found)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).with_context(|| format!("{} to {}", name(from), name(to)))?;
    Ok(())
}

fn recreate(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| name(folder))?;
    }
    fs::create_dir_all(folder).with_context(|| name(folder))
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
