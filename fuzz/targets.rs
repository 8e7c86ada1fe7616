//! What the fuzz targets do with their bytes; `tests/regressions.rs` replays crashes with it.

use fold_appeals::classify;
use fold_appeals::front::{decode, html, text};
use fold_appeals::page::Page;

/// A plain text file.
pub fn text(bytes: &[u8]) {
    if let Ok(source) = decode::decode(bytes) {
        judge(&text::page(&source));
    }
}

/// A saved page.
pub fn html(bytes: &[u8]) {
    if let Ok(source) = decode::decode(bytes) {
        judge(&html::parse(&source, "https://news.example/2024/story").page);
    }
}

/// A page as it crosses the boundary.
pub fn page(bytes: &[u8]) {
    if let Ok(page) = serde_json::from_slice(bytes) {
        judge(&page);
    }
}

fn judge(page: &Page) {
    let Ok(verdict) = classify(page) else {
        assert!(page.check().is_err());
        return;
    };
    assert_eq!(verdict.blocks.len(), page.blocks.len());
    for fold in &verdict.folds {
        assert!(!fold.blocks.is_empty() && !fold.reasons.is_empty());
        assert!(fold.elements.iter().all(|e| page.elements[*e as usize].tag != "h1"));
        assert!(fold.blocks.is_sorted_by(|a, b| a < b));
        assert!(fold.blocks.iter().all(|b| (*b as usize) < page.blocks.len()));
    }
}
