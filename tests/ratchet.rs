//! The figures of the shipped model may not fall. The bars in `tests/bars.toml` may only rise.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;
use std::process::Command;

use common::{corpus, root};

fn eval(dir: &Path) {
    let out = Command::new(env!("CARGO_BIN_EXE_fold-appeals"))
        .arg("eval")
        .arg(dir)
        .arg("--bars")
        .arg(root().join("tests/bars.toml"))
        .output()
        .unwrap();
    println!("{}", String::from_utf8_lossy(&out.stdout));
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn block_cases_stay_above_the_bars() {
    eval(&root().join("tests/blocks"));
}

#[test]
fn the_corpus_stays_above_the_bars() {
    if let Some(dir) = corpus() {
        eval(&dir);
    }
}
