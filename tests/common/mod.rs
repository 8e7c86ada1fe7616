//! What the native tests share: reading the fixtures.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};

use fold_appeals::front::html::Saved;
use fold_appeals::model::Label;
use scraper::Selector;
use serde::Deserialize;

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The labelled corpus, which is not part of the project; says so where it is absent.
pub fn corpus() -> Option<PathBuf> {
    let dir = root().join("../shared/corpus");
    if !dir.is_dir() {
        eprintln!("skipped: there is no ../shared/corpus here");
        return None;
    }
    Some(dir)
}

pub fn files(dir: &Path, extension: &str) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(dir)
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == extension))
        .collect();
    all.sort();
    all
}

pub fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    pub case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub name: String,
    pub lines: Vec<(Label, String)>,
}

pub fn cases(path: &Path) -> Vec<Case> {
    let file: CaseFile = toml::from_str(&fs::read_to_string(path).unwrap())
        .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    file.case
}

#[derive(Deserialize)]
pub struct Expected {
    pub title: String,
    pub url: String,
    pub kind: Option<String>,
    #[serde(default)]
    pub gone: Vec<String>,
    #[serde(default)]
    pub kept: Vec<String>,
    #[serde(default)]
    pub live: bool,
    pub known_failure: Option<String>,
}

pub struct Fixture {
    pub slug: String,
    pub html: String,
    pub expected: Expected,
}

/// All page fixtures, in order of their names.
pub fn fixtures() -> Vec<Fixture> {
    let mut dirs: Vec<PathBuf> = fs::read_dir(root().join("tests/pages"))
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|p| p.is_dir())
        .collect();
    dirs.sort();
    let read = |dir: &PathBuf| {
        let text = fs::read_to_string(dir.join("expected.toml"))
            .unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
        let expected = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
        Fixture {
            slug: dir.file_name().unwrap().to_string_lossy().into_owned(),
            html: fs::read_to_string(dir.join("page.html")).unwrap(),
            expected,
        }
    };
    dirs.iter().map(read).collect()
}

/// What a fixture's verdict gets wrong, in words.
pub fn faults(fixture: &Fixture, saved: &Saved, folded: &[bool]) -> Vec<String> {
    let mut faults = Vec::new();
    let hidden = |node: ego_tree::NodeId| {
        std::iter::successors(saved.html.tree.get(node), |n| n.parent())
            .any(|n| saved.nodes.iter().position(|&m| m == n.id()).is_some_and(|e| folded[e]))
    };
    let mut check = |selectors: &[String], gone: bool| {
        for selector in selectors {
            let parsed = Selector::parse(selector)
                .unwrap_or_else(|e| panic!("{}: {selector}: {e}", fixture.slug));
            let found: Vec<_> = saved.html.select(&parsed).collect();
            assert!(!found.is_empty(), "{}: {selector} matches nothing", fixture.slug);
            for element in found.iter().filter(|e| e.text().any(|t| !t.trim().is_empty())) {
                if hidden(element.id()) != gone {
                    let text: String = element
                        .text()
                        .collect::<String>()
                        .split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" ")
                        .chars()
                        .take(80)
                        .collect();
                    faults.push(format!(
                        "{} {selector}: {text}",
                        if gone { "still there:" } else { "gone:" }
                    ));
                }
            }
        }
    };
    check(&fixture.expected.gone, true);
    check(&fixture.expected.kept, false);
    faults
}
