//! Reads a file as the page that it is.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use fold_appeals::front::decode::{MAX_BYTES, decode};
use fold_appeals::front::html::{self, Saved};
use fold_appeals::front::text;
use fold_appeals::page::Page;

/// What a file turned out to be.
pub(crate) enum Input {
    /// A saved page.
    Html(Box<Saved>),
    /// Plain text, one block a line, with the lines as they were.
    Text(Page, String),
}

impl Input {
    pub(crate) fn page(&self) -> &Page {
        match self {
            Self::Html(saved) => &saved.page,
            Self::Text(page, _) => page,
        }
    }
}

/// Reads a file, HTML if it looks so, plain text otherwise.
pub(crate) fn read(path: &Path, url: &str) -> Result<Input> {
    let meta = fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
    if meta.is_dir() {
        bail!("{} is a folder, not a file", path.display());
    }
    if meta.len() > MAX_BYTES {
        bail!(
            "{} has {} MB; the limit is {} MB",
            path.display(),
            meta.len() >> 20,
            MAX_BYTES >> 20
        );
    }
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let source = decode(&bytes).with_context(|| path.display().to_string())?;
    let input = if looks_like_html(path, &source) {
        Input::Html(Box::new(html::parse(&source, url)))
    } else {
        Input::Text(text::page(&source), source)
    };
    input.page().check().with_context(|| path.display().to_string())?;
    Ok(input)
}

fn looks_like_html(path: &Path, source: &str) -> bool {
    let named = path
        .extension()
        .and_then(|e| e.to_str())
        .is_some_and(|e| matches!(e.to_ascii_lowercase().as_str(), "html" | "htm" | "xhtml"));
    let mut at = source.len().min(2_000);
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    let head = source[..at].to_ascii_lowercase();
    named
        || ["<!doctype html", "<html", "<body", "<head", "<div", "<p>", "<p ", "<article"]
            .iter()
            .any(|t| head.contains(t))
}
