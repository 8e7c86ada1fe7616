//! Packs the cue files and the model into the two tables that the core embeds: no TOML parser ships.

#[allow(dead_code)]
#[path = "src/concept.rs"]
mod concept;
#[path = "src/packed.rs"]
mod packed;
#[allow(dead_code)]
#[path = "src/text.rs"]
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

type Failure = Box<dyn std::error::Error>;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    cues: Vec<String>,
    #[serde(default, rename = "yes")]
    _yes: Vec<String>,
    #[serde(default, rename = "no")]
    _no: Vec<String>,
}

#[derive(serde::Deserialize)]
struct CueFile {
    stop: Vec<String>,
    #[serde(flatten)]
    concepts: BTreeMap<String, Table>,
}

fn main() {
    println!("cargo::rerun-if-changed=src/cues");
    println!("cargo::rerun-if-changed=src/concept.rs");
    println!("cargo::rerun-if-changed=src/packed.rs");
    println!("cargo::rerun-if-changed=src/text.rs");
    println!("cargo::rerun-if-changed=src/model.toml");
    if let Err(e) = cues().and_then(|()| model()) {
        println!("cargo::error={e}");
    }
}

/// For each language its code, its function words, then a line for each concept. Cues are apart by tabs, their parts by
/// U+001F; a part is at word boundaries unless `*` says otherwise.
fn cues() -> Result<(), Failure> {
    let mut files: Vec<_> = fs::read_dir("src/cues")?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    let mut out = String::new();
    for file in files {
        let path = file.path();
        let place = path.display().to_string();
        let lang = path.file_stem().and_then(|s| s.to_str()).ok_or("cue file without a name")?;
        let parsed: CueFile =
            toml::from_str(&fs::read_to_string(&path)?).map_err(|e| format!("{place}: {e}"))?;
        if let Some(unknown) =
            parsed.concepts.keys().find(|k| !concept::NAMES.contains(&k.as_str()))
        {
            return Err(format!("{place}: no concept is named {unknown}").into());
        }
        let mut line = |cues: BTreeSet<String>| {
            out.push_str(&cues.into_iter().collect::<Vec<_>>().join("\t"));
            out.push('\n');
        };
        line(BTreeSet::from([lang.to_owned()]));
        line(parsed.stop.iter().map(|w| text::normalise(w).text.trim().to_owned()).collect());
        for name in concept::NAMES {
            let table = parsed
                .concepts
                .get(name)
                .ok_or_else(|| format!("{place}: table [{name}] is missing"))?;
            let cues = table
                .cues
                .iter()
                .map(|c| cue(c).map_err(|e| format!("{place}: [{name}] {c:?}: {e}")));
            line(cues.collect::<Result<_, _>>()?);
        }
    }
    let lines = concept::NAMES.len() + 2;
    let packed = pack(&out, lines);
    if packed::unpack(&packed, lines) != out {
        return Err("the packed cues do not unpack to what they were".into());
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("cues.bin"), packed)?;
    Ok(())
}

/// Related languages side by side; a language that is not named comes last.
const FAMILIES: &str = "en nl de no da sv is fi et lv lt pl cs sk sl hr sr mk bg ru uk el hy ka he ar fa ur hi bn ta \
                        th vi id sw sq tr hu ro it fr ca es pt zh ja ko";

/// Characters in a window: as many as there are bytes from 0x80.
const WINDOW: u32 = 128;

/// The opposite of [`packed::unpack`].
fn pack(table: &str, lines: usize) -> Vec<u8> {
    let table: Vec<&str> = table.lines().collect();
    let mut languages: Vec<&[&str]> = table.chunks(lines).collect();
    let place = |code: &str| FAMILIES.split(' ').position(|l| l == code).unwrap_or(usize::MAX);
    languages.sort_by_key(|l| place(l[0]));
    let mut out = Vec::new();
    for language in languages {
        let window = window(&language[1..]);
        out.extend_from_slice(language[0].as_bytes());
        if let Some(first) = window {
            out.extend_from_slice(first.to_string().as_bytes());
        }
        out.push(packed::END);
        for line in &language[1..] {
            let mut before = "";
            for field in line.split('\t').filter(|f| !f.is_empty()) {
                let shared = field.chars().zip(before.chars()).take_while(|(a, b)| a == b).count();
                let shared = shared.min(packed::MOST_SHARED);
                out.push(shared as u8 + 1);
                for c in field.chars().skip(shared) {
                    let place = window.map(|w| (c as u32).wrapping_sub(w as u32));
                    match place {
                        Some(place) if !c.is_ascii() && place < WINDOW => {
                            out.push(0x80 + place as u8);
                            continue;
                        }
                        Some(_) if !c.is_ascii() => out.push(packed::ESCAPE),
                        _ => {}
                    }
                    out.extend_from_slice(c.to_string().as_bytes());
                }
                before = field;
            }
            out.push(packed::END);
        }
    }
    out
}

/// The start of the window that holds most of the letters beyond ASCII, if it holds half of them.
fn window(lines: &[&str]) -> Option<char> {
    let letters: Vec<u32> =
        lines.iter().flat_map(|l| l.chars()).filter(|c| !c.is_ascii()).map(u32::from).collect();
    let held = |first: u32| letters.iter().filter(|c| (first..first + WINDOW).contains(c)).count();
    let best = (0x80..0x3000).step_by(0x40).max_by_key(|&w| (held(w), std::cmp::Reverse(w)))?;
    if held(best) * 2 < letters.len().max(1) { None } else { char::from_u32(best) }
}

/// The normal form of a cue: its parts with the spaces that stand for word boundaries.
fn cue(cue: &str) -> Result<String, String> {
    if let Some(line) = cue.strip_prefix("= ") {
        return Ok(format!("={}", part(line)?));
    }
    // An open word ending within a phrase is a gap too.
    let spread = cue.replace("* ", "* … ").replace("… … ", "… ");
    let parts: Vec<_> = spread.split(" … ").map(part).collect::<Result<_, _>>()?;
    if parts.len() > 4 {
        return Err("more than four parts".into());
    }
    Ok(parts.join("\u{1f}"))
}

fn part(part: &str) -> Result<String, String> {
    let part = part.trim();
    let inner = part.trim_matches('*');
    if inner.contains('*') {
        return Err("`*` stands inside".into());
    }
    let normal = text::normalise(inner).text.replace(" . ", " ");
    let words = normal.trim();
    let (Some(first), Some(last)) = (words.chars().next(), words.chars().last()) else {
        return Err("nothing is left of a part".into());
    };
    let before = if part.starts_with('*') && !text::spaceless(first) { "*" } else { "" };
    let after = if part.ends_with('*') && !text::spaceless(last) { "*" } else { "" };
    // A boundary counts as a letter; see `tree`.
    if words.len() + usize::from(before.is_empty()) + usize::from(after.is_empty()) < 3 {
        return Err("too short to be found".into());
    }
    Ok(format!("{before}{words}{after}"))
}

/// The weights by name as a Rust table.
fn model() -> Result<(), Failure> {
    let parsed: toml::Table = toml::from_str(&fs::read_to_string("src/model.toml")?)
        .map_err(|e| format!("src/model.toml: {e}"))?;
    let mut out = String::new();
    for (constant, table) in [("STATE", "state"), ("TRANSITION", "transition")] {
        let table = parsed
            .get(table)
            .and_then(toml::Value::as_table)
            .ok_or_else(|| format!("src/model.toml: no table [{table}]"))?;
        out.push_str(&format!("pub(super) const {constant}: &[(&str, [f32; 3])] = &[\n"));
        for (name, row) in table {
            let row: Vec<f64> =
                row.as_array().into_iter().flatten().filter_map(|v| v.as_float()).collect();
            let [a, b, c] = row[..] else {
                return Err(format!(
                    "src/model.toml: {name} needs three weights (appeal, article, other)"
                )
                .into());
            };
            out.push_str(&format!("    ({name:?}, [{a:?}, {b:?}, {c:?}]),\n"));
        }
        out.push_str("];\n");
    }
    let number = |key: &str| {
        parsed
            .get(key)
            .and_then(toml::Value::as_float)
            .ok_or_else(|| format!("src/model.toml: no number {key}"))
    };
    for key in ["threshold", "companion", "paragraph"] {
        let constant = key.to_uppercase();
        out.push_str(&format!("pub(super) const {constant}: f32 = {:?};\n", number(key)?));
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("model.rs"), out)?;
    Ok(())
}
