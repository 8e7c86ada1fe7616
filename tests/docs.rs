//! The parts of the documentation that could drift.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;

use common::root;
use fold_appeals::cues::Cues;

#[test]
fn the_readme_lists_the_languages_that_have_cues() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let listed = readme
        .split("<!-- languages -->")
        .nth(1)
        .unwrap()
        .split("<!-- /languages -->")
        .next()
        .unwrap();
    assert_eq!(listed.split_whitespace().collect::<Vec<_>>(), Cues::get().languages());
    assert!(readme.contains(&format!("{} languages", Cues::get().languages().len())));
}

#[test]
fn every_language_has_block_cases() {
    for lang in Cues::get().languages() {
        let cases = common::cases(&root().join(format!("tests/blocks/{lang}.toml")));
        let appeals = cases
            .iter()
            .filter(|c| c.lines.iter().any(|l| l.0 == fold_appeals::model::Label::Appeal))
            .count();
        assert!(
            appeals >= 12 && cases.len() - appeals >= 12,
            "{lang}: {appeals} appeals, {} look-alikes",
            cases.len() - appeals
        );
    }
}

#[test]
fn the_model_card_is_of_the_shipped_model() {
    let card = fs::read_to_string(root().join("docs/MODEL.md")).unwrap_or_default();
    // The same hash as in `src/cli/eval.rs` (FNV-1a).
    let model = fs::read(root().join("src/model.toml")).unwrap();
    let hash = model
        .iter()
        .fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3));
    let says = format!(
        "Model `{hash:016x}` (FNV-1a of `src/model.toml`), {} features",
        fold_appeals::features::FEATURES.len()
    );
    assert!(
        card.contains(&says),
        "docs/MODEL.md is of another model or other features; refresh it:\n  \
         cargo run --release --features cli -- eval ../shared/corpus tests/blocks tests/boxes --folds 4 --report docs/MODEL.md"
    );
    assert!(!card.contains("{{"), "docs/MODEL.md has a value that was not filled in");
}
