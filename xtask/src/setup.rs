//! Installs what is missing, or says exactly what to install.

use crate::run::{cargo, output_of, path, program, root, run};
use anyhow::{Context, Result, bail, ensure};
use std::path::PathBuf;
use std::{env, fs};

const WASM_TARGET: &str = "wasm32-unknown-unknown";
const OLDEST_NODE: u32 = 20;

/// The standard library for wasm.
pub(crate) fn wasm_target() -> Result<()> {
    let sysroot = output_of(program("rustc --print sysroot"))
        .context("`rustc --print sysroot` failed: install Rust with rustup")?;
    if PathBuf::from(sysroot).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    println!("Installing the Rust target {WASM_TARGET}");
    run(program(&format!("rustup target add {WASM_TARGET}"))).with_context(|| {
        format!("the Rust target {WASM_TARGET} is missing; install it for this toolchain")
    })
}

/// rustfmt and clippy.
pub(crate) fn rust_components() -> Result<()> {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if output_of(cargo(&format!("{tool} --version"))).is_none() {
            println!("Installing {component}");
            run(program(&format!("rustup component add {component}")))?;
        }
    }
    Ok(())
}

/// Node and the packages of package-lock.json.
pub(crate) fn npm_packages() -> Result<()> {
    let version = output_of(program("node --version")).with_context(|| {
        format!("Node.js is missing: install Node.js {OLDEST_NODE} or newer with npm")
    })?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|n| n.parse().ok());
    if major.is_none_or(|major: u32| major < OLDEST_NODE) {
        bail!("Node.js {version} is too old: install Node.js {OLDEST_NODE} or newer");
    }
    let lock = fs::read(path("package-lock.json")).context("package-lock.json")?;
    // A copy of the lock file tells whether node_modules belongs to it; times would not after a checkout.
    let stamp = path("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("Installing the npm packages");
    run(program("npm ci --no-audit --no-fund --loglevel=error"))
        .context("the npm packages could not be installed")?;
    fs::write(&stamp, lock).with_context(|| stamp.display().to_string())
}

/// A browser the tests or the demonstration need.
#[derive(Clone, Copy)]
pub(crate) enum Browser {
    Chromium,
    Firefox,
}

impl Browser {
    const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
        }
    }

    /// The variable that names another binary; tests/browser/binaries.mjs reads it too.
    const fn variable(self) -> &'static str {
        match self {
            Self::Chromium => "CHROMIUM",
            Self::Firefox => "FIREFOX",
        }
    }

    const fn binaries(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-browser", "google-chrome", "chrome"],
            Self::Firefox => &["firefox-esr", "firefox"],
        }
    }

    const fn debian_package(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox-esr",
        }
    }

    /// Ubuntu's own packages of both are stubs for snaps, which do not run everywhere.
    const fn ubuntu_package(self) -> &'static str {
        match self {
            Self::Chromium => "chromium-browser",
            Self::Firefox => "firefox",
        }
    }

    fn found(self) -> bool {
        if env::var_os(self.variable()).is_some() {
            return true;
        }
        let folders = env::var_os("PATH").unwrap_or_default();
        env::split_paths(&folders)
            .any(|folder| self.binaries().iter().any(|name| folder.join(name).is_file()))
    }
}

/// Makes sure the browser is there: by apt-get where that works, otherwise with a clear error.
pub(crate) fn browser(browser: Browser) -> Result<()> {
    let name = browser.name();
    let variable = browser.variable();
    if let Some(binary) = env::var_os(variable).map(PathBuf::from) {
        ensure!(binary.is_file(), "{variable} names {}, which is not a file", binary.display());
    }
    if browser.found() {
        return Ok(());
    }
    let advice = format!("or set {variable} to the path of its binary");
    let Some(package) = apt_package(browser) else {
        bail!(
            "{name} is missing: install it so that one of {} is on the PATH, {advice}",
            browser.binaries().join(", ")
        );
    };
    // Without recommended packages there would be no font, and pictures without letters.
    let install = format!(
        "apt-get install --yes --no-install-recommends {package} fonts-liberation fonts-dejavu-core"
    );
    if output_of(program("id -u")).as_deref() != Some("0") {
        bail!("{name} is missing: run `sudo {install}` {advice}");
    }
    println!("Installing {name}");
    let apt = |line: &str| {
        let mut command = program(line);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        run(command)
    };
    apt("apt-get update --quiet")
        .and_then(|()| apt(&install))
        .with_context(|| format!("{name} could not be installed: install it yourself, {advice}"))?;
    if !browser.found() {
        bail!("{name} is still missing after `{install}`: install it yourself, {advice}");
    }
    Ok(())
}

fn apt_package(browser: Browser) -> Option<&'static str> {
    let system = fs::read_to_string("/etc/os-release").ok()?;
    let id = system.lines().find_map(|line| line.strip_prefix("ID="))?;
    match id.trim_matches('"') {
        "debian" => Some(browser.debian_package()),
        "ubuntu" => Some(browser.ubuntu_package()),
        _ => None,
    }
}

/// Whether there is a screen to open a window on.
pub(crate) fn has_display() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// The folder beside the project with the labelled corpus and the seed, when there is one.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = root().parent()?.join("shared");
    folder.is_dir().then_some(folder)
}
