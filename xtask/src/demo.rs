//! What a browser shows: an article with its appeals folded (the main job from a fresh clone), the icon, and the
//! pictures of the documentation.

use crate::package;
use crate::run::{path, program, run};
use crate::setup::{self, Browser};
use anyhow::{Result, ensure};
use std::path::Path;

/// Opens a saved page, a text file, an address, or the article that comes with the project.
pub(crate) fn demo(target: Option<&str>) -> Result<()> {
    let target = match target {
        None => path("tests/pages/demo/page.html").display().to_string(),
        Some(address) if is_address(address) => address.to_owned(),
        Some(file) => {
            ensure!(Path::new(file).is_file(), "there is no file {file}");
            std::path::absolute(file)?.display().to_string()
        }
    };
    setup::npm_packages()?;
    setup::browser(Browser::Chromium)?;
    package::build()?;
    let mut show = program("node tests/browser/demo.mjs");
    show.arg(target);
    if !setup::has_display() {
        show.arg("--headless");
    }
    run(show)
}

/// The icon's pictures, drawn by the browser.
pub(crate) fn icons() -> Result<()> {
    setup::npm_packages()?;
    setup::browser(Browser::Chromium)?;
    run(program("node tests/browser/icons.mjs"))
}

/// The guide's pictures and the stores', taken of the built extension.
pub(crate) fn pictures() -> Result<()> {
    setup::npm_packages()?;
    setup::browser(Browser::Chromium)?;
    package::build()?;
    run(program("node tests/browser/pictures.mjs"))
}

fn is_address(target: &str) -> bool {
    target.starts_with("https://") || target.starts_with("http://")
}
