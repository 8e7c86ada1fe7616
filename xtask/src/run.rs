//! Runs other programs, always in the project's root, and says which one failed.

use anyhow::{Context, Result, bail};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// The project's root folder. Cargo names this package's folder; the program may build a copy of the project.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let package = env::var("CARGO_MANIFEST_DIR");
        let package = package.as_deref().unwrap_or(env!("CARGO_MANIFEST_DIR"));
        Path::new(package).parent().unwrap_or(Path::new(".")).to_owned()
    });
    &ROOT
}

/// A path below the root.
pub(crate) fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// The folder of cargo's output, also when it was moved.
pub(crate) fn target() -> PathBuf {
    root().join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// The cargo that started this one, so that both use the same toolchain.
pub(crate) fn cargo(args: &str) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args.split_whitespace());
    command
}

/// A program with its arguments in one string, split at spaces.
pub(crate) fn program(line: &str) -> Command {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}

/// A program of the project's npm packages.
pub(crate) fn npm_tool(name: &str, args: &str) -> Command {
    let mut command = Command::new(path("node_modules/.bin").join(name));
    command.args(args.split_whitespace());
    command
}

/// Runs to the end, with its output shown; an exit code other than 0 is an error.
pub(crate) fn run(mut command: Command) -> Result<()> {
    let shown = show(&command);
    let status = command
        .current_dir(root())
        .status()
        .with_context(|| format!("could not start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// What a program prints, or nothing when it is missing or fails.
pub(crate) fn output_of(mut command: Command) -> Option<String> {
    let output = command.current_dir(root()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command as one would type it.
pub(crate) fn show(command: &Command) -> String {
    let mut words = vec![name_of(Path::new(command.get_program()))];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

fn name_of(program: &Path) -> String {
    let local = program.strip_prefix(root()).unwrap_or(program);
    if local.is_absolute() {
        local.file_name().unwrap_or_default().to_string_lossy().into_owned()
    } else {
        local.to_string_lossy().into_owned()
    }
}
