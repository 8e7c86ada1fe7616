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
