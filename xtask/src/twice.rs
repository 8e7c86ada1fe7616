//! Two clean builds in different places give the same packages, byte for byte.

use crate::package::{BROWSERS, files_below, packed};
use crate::run::{output_of, program, root, target};
use crate::wasm::cargo_home;
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::{env, thread};
use zip::ZipArchive;

/// What the packages are made of. The builds have nothing else, so nothing can be missing here.
const INPUTS: &str =
    ".cargo Cargo.lock Cargo.toml benches build.rs extension rust-toolchain.toml src www xtask";

/// Builds in two copies and compares the packages with those in `dist/`; nothing is built when nothing has changed
/// since this last held.
pub(crate) fn identical() -> Result<()> {
    let inputs = inputs()?;
    let hash = hash(&inputs)?;
    let proof = target().join("identical-builds");
    if fs::read_to_string(&proof).is_ok_and(|proven| proven == hash) {
        println!("unchanged since the last proof");
        return Ok(());
    }
    let near = target().join("clean");
    let far = env::temp_dir().join(format!("fold-appeals-{}", process::id()));
    remove(&near)?;
    let result = thread::scope(|scope| {
        let first = scope.spawn(|| compared(&near, &inputs, &cargo_home()?));
        let second = other_cargo_home(&far).and_then(|home| compared(&far, &inputs, &home));
        first.join().unwrap_or_else(|_| bail!("the first build panicked")).and(second)
    });
    remove(&near)?;
    remove(&far)?;
    result?;
    println!("two clean builds and dist/ have the same packages");
    fs::write(&proof, hash).with_context(|| proof.display().to_string())
}

/// Builds a copy of the inputs, with an empty target folder, and compares.
fn compared(folder: &Path, inputs: &[PathBuf], cargo_home: &Path) -> Result<()> {
    let copy = folder.join("a copy");
    for file in inputs {
        let to = copy.join(file);
        fs::create_dir_all(to.parent().unwrap_or(&copy))?;
        fs::copy(root().join(file), &to).with_context(|| file.display().to_string())?;
    }
    // This program builds in another root.
    let mut build = Command::new(env::current_exe()?);
    build
        .args(["build", "--packages"])
        .env("CARGO_MANIFEST_DIR", copy.join("xtask"))
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_HOME", cargo_home);
    quietly(build)?;
    for browser in BROWSERS {
        let package = packed(browser);
        compare(&package, &copy.join(package.strip_prefix(root())?))?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}

fn quietly(mut command: Command) -> Result<()> {
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "the build failed:\n{said}");
    Ok(())
}

/// The same downloads under another path, as on another person's machine.
fn other_cargo_home(folder: &Path) -> Result<PathBuf> {
    let folder = folder.join("cargo");
    fs::create_dir_all(&folder)?;
    let home = cargo_home()?;
    if cfg!(not(unix)) {
        return Ok(home);
    }
    for entry in fs::read_dir(&home).with_context(|| home.display().to_string())? {
        let entry = entry?;
        #[cfg(unix)]
        std::os::unix::fs::symlink(entry.path(), folder.join(entry.file_name()))?;
    }
    Ok(folder)
}

fn compare(one: &Path, other: &Path) -> Result<()> {
    if fs::read(one)? == fs::read(other)? {
        return Ok(());
    }
    let (files, others) = (unpack(one)?, unpack(other)?);
    let mut differ: Vec<String> = files
        .iter()
        .filter(|(name, bytes)| others.get(*name) != Some(*bytes))
        .map(|(name, bytes)| difference(name, bytes, others.get(name)))
        .collect();
    let more = others.keys().filter(|name| !files.contains_key(*name));
    differ.extend(more.map(|name| format!("{name} is only in the copy's")));
    if differ.is_empty() {
        differ.push("the files are the same, their order or times are not".to_owned());
    }
    bail!("two builds of {} differ:\n  {}", one.display(), differ.join("\n  "))
}

fn difference(name: &str, bytes: &[u8], other: Option<&Vec<u8>>) -> String {
    let Some(other) = other else {
        return format!("{name} is not in the copy's: is it committed?");
    };
    let same = bytes.iter().zip(other).take_while(|(a, b)| a == b).count();
    format!("{name} differs from byte {same} on ({} and {} bytes)", bytes.len(), other.len())
}

fn unpack(package: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut archive = ZipArchive::new(File::open(package)?)?;
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        files.insert(file.name()?.into_owned(), bytes);
    }
    Ok(files)
}

/// The tracked files of [`INPUTS`], relative to the root; all of them where this is no git checkout.
fn inputs() -> Result<Vec<PathBuf>> {
    let listed = output_of(program(&format!("git ls-files -z -- {INPUTS}"))).unwrap_or_default();
    let tracked = listed.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from);
    // A file that was removed stays listed until it is removed from the index too.
    let tracked: Vec<_> = tracked.filter(|file| root().join(file).exists()).collect();
    if !tracked.is_empty() {
        return Ok(tracked);
    }
    let mut all = Vec::new();
    for input in INPUTS.split(' ') {
        if root().join(input).is_file() {
            all.push(PathBuf::from(input));
        } else {
            let files = files_below(&root().join(input))?;
            all.extend(files.into_iter().map(|file| Path::new(input).join(file)));
        }
    }
    Ok(all)
}

/// Of all that the proof is about: the toolchain, what goes in, and the packages in `dist/`.
fn hash(inputs: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    output_of(program("rustc -vV")).context("`rustc -vV` failed")?.hash(&mut hasher);
    inputs.hash(&mut hasher);
    for file in inputs.iter().map(|file| root().join(file)).chain(BROWSERS.map(packed)) {
        fs::read(&file).with_context(|| file.display().to_string())?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::compare;
    use crate::package::zip;
    use std::{env, fs, process};

    #[test]
    fn what_differs_is_named() -> anyhow::Result<()> {
        let folder = env::temp_dir().join(format!("fold-appeals-compare-{}", process::id()));
        let package = |name: &str, files: &[(&str, &str)]| {
            let source = folder.join(name);
            fs::create_dir_all(&source)?;
            for (file, text) in files {
                fs::write(source.join(file), text)?;
            }
            let package = folder.join(format!("{name}.zip"));
            zip(&source, &package)?;
            anyhow::Ok(package)
        };
        let one = package("one", &[("a.js", "same"), ("b.js", "before"), ("c.js", "here")])?;
        let same = package("same", &[("a.js", "same"), ("b.js", "before"), ("c.js", "here")])?;
        let other = package("other", &[("a.js", "same"), ("b.js", "beyond"), ("d.js", "there")])?;
        let equal = compare(&one, &same);
        let told = compare(&one, &other).map_err(|error| error.to_string());
        fs::remove_dir_all(&folder)?;
        equal?;
        let told = told.err().unwrap_or_default();
        assert!(told.contains("b.js differs from byte 2 on (6 and 6 bytes)"), "{told}");
        assert!(told.contains("c.js is not in the copy's"), "{told}");
        assert!(told.contains("d.js is only in the copy's") && !told.contains("a.js"), "{told}");
        Ok(())
    }
}
