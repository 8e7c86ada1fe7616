//! The parts of the documentation that could drift.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use common::root;
use fold_appeals::cues::Cues;

const DOCS: [&str; 7] = [
    "README.md",
    "PRIVACY.md",
    "SECURITY.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/GUIDE.md",
    "docs/REVIEWERS.md",
];

fn text(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
}

fn json(file: &str) -> serde_json::Value {
    serde_json::from_str(&text(file)).unwrap()
}

/// What stands between `<!-- mark -->` and `<!-- /mark -->`.
fn marked(file: &str, mark: &str) -> String {
    let text = text(file);
    let rest = text.split(&format!("<!-- {mark} -->")).nth(1).unwrap();
    rest.split(&format!("<!-- /{mark} -->")).next().unwrap().to_owned()
}

/// The cells of a marked table, without its head and without the marks of code.
fn table(file: &str, mark: &str) -> Vec<Vec<String>> {
    marked(file, mark)
        .trim()
        .lines()
        .skip(2)
        .map(|row| {
            let cells = row.trim_matches('|').split('|');
            cells.map(|cell| cell.trim().trim_matches('`').to_owned()).collect()
        })
        .collect()
}

/// All permissions in the manifests, those of hosts too.
fn permissions() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for browser in ["base", "chrome", "firefox"] {
        let manifest = json(&format!("extension/manifest/{browser}.json"));
        for (key, value) in manifest.as_object().unwrap() {
            if key.ends_with("permissions") {
                all.extend(
                    value.as_array().unwrap().iter().map(|p| p.as_str().unwrap().to_owned()),
                );
            }
        }
    }
    all
}

fn scripts() -> Vec<PathBuf> {
    let mut open = vec![root().join("extension")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "js") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Width and height of a PNG, and its kind of colours (2: red, green and blue without transparency).
fn png(file: &Path) -> (u32, u32, u8) {
    let bytes = fs::read(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    assert_eq!(&bytes[1..4], b"PNG", "{}", file.display());
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20), bytes[25])
}

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

#[test]
fn links_lead_somewhere() {
    for file in DOCS {
        let folder = root().join(file);
        let folder = folder.parent().unwrap();
        let content = text(file);
        let links = content.split("](").skip(1).map(|rest| rest.split(')').next().unwrap());
        let pictures = content.split("src=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        for link in links.chain(pictures).filter(|link| !link.starts_with("http")) {
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { root().join(file) } else { folder.join(path) };
            assert!(target.exists(), "{file}: {link}");
            if heading.is_empty() {
                continue;
            }
            let anchors = fs::read_to_string(&target).unwrap();
            let found = anchors.lines().filter(|l| l.starts_with('#')).any(|line| {
                let words = line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
                words.replace(|c: char| !c.is_alphanumeric() && c != '-', "") == heading
            });
            assert!(found, "{file}: {link}: no such heading");
        }
    }
}

#[test]
fn the_commands_in_the_docs_exist() {
    let usage = text("xtask/src/main.rs");
    for file in DOCS {
        for command in text(file).split("cargo xtask ").skip(1) {
            let words: Vec<&str> = command.split([' ', '`', '\n', ')']).take(2).collect();
            assert!(
                usage.contains(&format!("[\"{}\"", words[0])),
                "{file}: cargo xtask {}",
                words[0]
            );
            if words[1].starts_with("--") {
                let known = format!("[\"{}\", \"{}\"", words[0], words[1]);
                assert!(usage.contains(&known), "{file}: cargo xtask {} {}", words[0], words[1]);
            }
        }
    }
}

#[test]
fn every_permission_is_explained() {
    let explained: BTreeSet<String> =
        table("PRIVACY.md", "permissions").into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(explained, permissions());
}

/// Who stores what. Something new here belongs in PRIVACY.md, and so does whatever else it keeps.
const WRITERS: [(&str, &str, &str); 7] = [
    ("background/corrections.js", "local", "mine:<site>"),
    ("background/memory.js", "local", "seen:<site>"),
    ("background/statistics.js", "local", "statistics"),
    ("background/sync.js", "local", "sync"),
    ("background/sync.js", "sync", "settings settings.<n>"),
    ("options/backup.js", "local", "settings:later"),
    ("shared/settings.js", "local", "settings"),
];

#[test]
fn everything_that_is_stored_is_in_the_privacy_page() {
    let mut writers = BTreeSet::new();
    for path in scripts() {
        let name = path.strip_prefix(root().join("extension")).unwrap().display().to_string();
        let code = fs::read_to_string(&path).unwrap();
        for other in ["localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches."] {
            assert!(!code.contains(other), "{name} uses {other}");
        }
        for area in ["local", "sync", "session", "managed"] {
            if code.contains(&format!("storage.{area}.set(")) {
                writers.insert((name.clone(), area));
            }
        }
    }
    let known: BTreeSet<_> = WRITERS.iter().map(|w| (w.0.to_owned(), w.1)).collect();
    assert_eq!(writers, known);
    let keys: BTreeSet<(String, String)> = WRITERS
        .iter()
        .flat_map(|w| w.2.split(' ').map(|key| (w.1.to_owned(), key.to_owned())))
        .collect();
    let listed: BTreeSet<(String, String)> =
        table("PRIVACY.md", "stored").into_iter().map(|r| (r[0].clone(), r[1].clone())).collect();
    assert_eq!(listed, keys);
}

#[test]
fn the_limits_in_the_privacy_page_are_those_of_the_code() {
    let page = marked("PRIVACY.md", "stored");
    for (file, constant, says) in [
        ("memory", "PER_SITE = 160", "at most 160 for each"),
        ("memory", "SITES = 300", "of 300 sites"),
        ("corrections", "PER_SITE = 200", "at most 200 of each"),
    ] {
        assert!(text(&format!("extension/background/{file}.js")).contains(constant), "{constant}");
        assert!(page.contains(says), "{says}");
    }
}

#[test]
fn the_store_listing_is_complete_and_fits() {
    let listing: toml::Table = toml::from_str(&text("store/listing.toml")).unwrap();
    let at = |key: &str| listing[key].as_str().unwrap().trim();
    let words = json("extension/_locales/en/messages.json");
    assert_eq!(at("name"), words["name"]["message"].as_str().unwrap());
    assert_eq!(at("summary"), words["description"]["message"].as_str().unwrap());
    let length = |text: &str| text.chars().count();
    assert!(length(at("name")) <= 45 && length(at("summary")) <= 132);
    assert!((300..=10_000).contains(&length(at("description"))));
    assert!(length(at("single_purpose")) <= 1_000);
    assert!(at("description").contains(&format!("{} languages", Cues::get().languages().len())));
    let justified = listing["permissions"].as_table().unwrap();
    assert_eq!(justified.keys().cloned().collect::<BTreeSet<_>>(), permissions());
    for (permission, why) in justified {
        assert!((50..=1_000).contains(&length(why.as_str().unwrap())), "{permission}");
    }
    let firefox = &json("extension/manifest/firefox.json")["browser_specific_settings"];
    let collected = &firefox["gecko"]["data_collection_permissions"]["required"];
    assert_eq!(*collected, serde_json::json!([listing["firefox"]["data_collected"].as_str()]));
    assert_eq!(listing["firefox"]["android"].as_bool(), Some(firefox["gecko_android"].is_object()));
    let terms = listing["edge"]["search_terms"].as_array().unwrap();
    assert!(terms.len() <= 7 && terms.iter().all(|term| length(term.as_str().unwrap()) <= 30));
    assert!(length(listing["edge"]["notes_for_certification"].as_str().unwrap()) <= 2_000);
    let data = listing["chrome"]["data_use"].as_table().unwrap();
    assert!(data.len() == 9 && data.values().all(|used| used.as_bool() == Some(false)));
}

#[test]
fn the_stores_pictures_have_their_sizes() {
    let listing: toml::Table = toml::from_str(&text("store/listing.toml")).unwrap();
    let folder = root().join("store");
    let picture = |value: &toml::Value| png(&folder.join(value.as_str().unwrap()));
    for store in ["chrome", "edge", "firefox"] {
        let screenshots = listing[store]["screenshots"].as_array().unwrap();
        assert!((1..=5).contains(&screenshots.len()));
        for screenshot in screenshots {
            assert_eq!(picture(screenshot), (1280, 800, 2), "{screenshot}");
        }
    }
    for store in ["chrome", "edge"] {
        assert_eq!(picture(&listing[store]["small_promo_tile"]), (440, 280, 2));
    }
    let (width, height, _) = picture(&listing["edge"]["logo"]);
    assert_eq!((width, height), (300, 300));
    let (width, height, _) = picture(&listing["chrome"]["icon"]);
    assert_eq!((width, height), (128, 128));
}

#[test]
fn every_picture_of_the_guide_is_used() {
    let guide = text("docs/GUIDE.md");
    for entry in fs::read_dir(root().join("docs/pictures")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(guide.contains(&format!("pictures/{name}")), "{name}");
    }
}

#[test]
fn the_guide_quotes_the_popup() {
    let words = json("extension/_locales/en/messages.json");
    let messages: BTreeSet<&str> =
        words.as_object().unwrap().values().map(|m| m["message"].as_str().unwrap()).collect();
    for row in table("docs/GUIDE.md", "states") {
        assert!(messages.contains(row[0].as_str()), "{}", row[0]);
    }
}

#[test]
fn the_reviewers_get_the_versions_that_build() {
    let rows = table("docs/REVIEWERS.md", "versions");
    let of = |tool: &str| rows.iter().find(|r| r[0].starts_with(tool)).unwrap()[1].clone();
    assert!(text("rust-toolchain.toml").contains(&format!("channel = \"{}\"", of("Rust, "))));
    let bindgen = format!("wasm-bindgen = {{ version = \"={}\"", of("wasm-bindgen"));
    assert!(text("Cargo.toml").contains(&bindgen));
    let library = format!("wasm-bindgen-cli-support = \"={}\"", of("wasm-bindgen"));
    assert!(text("xtask/Cargo.toml").contains(&library));
}
