//! Every cue file against its own sentences.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::{files, root, stem};
use fold_appeals::cues::{Cues, Languages, NAMES};
use fold_appeals::text::normalise;
use serde::Deserialize;

#[derive(Deserialize)]
struct Table {
    cues: Vec<String>,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
}

#[derive(Deserialize)]
struct CueFile {
    stop: Vec<String>,
    #[serde(flatten)]
    concepts: BTreeMap<String, Table>,
}

fn found(sentence: &str, concept: usize, active: Languages) -> bool {
    let mut hit = false;
    Cues::get().find(&normalise(sentence), active, |h| hit |= h.concept as usize == concept);
    hit
}

#[test]
fn every_sentence_is_told_as_its_file_says() {
    let mut faults = Vec::new();
    for path in files(&root().join("src/cues"), "toml") {
        let lang = stem(&path);
        let file: CueFile = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let own = Cues::get().language(&lang);
        assert!(file.stop.len() >= 12, "{lang}: too few function words to tell the language");
        for (name, table) in &file.concepts {
            let concept = NAMES.iter().position(|n| n == name).unwrap();
            if !table.cues.is_empty() && (table.yes.is_empty() || table.no.is_empty()) {
                faults.push(format!("{lang} [{name}] has cues but no yes or no no"));
            }
            faults.extend(
                table
                    .yes
                    .iter()
                    .filter(|s| !found(s, concept, own))
                    .map(|s| format!("{lang} [{name}] is not found in: {s}")),
            );
            faults.extend(
                table
                    .no
                    .iter()
                    .filter(|s| found(s, concept, own))
                    .map(|s| format!("{lang} [{name}] is found in: {s}")),
            );
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_language_of_a_text_is_told_without_being_declared() {
    let cues = Cues::get();
    for (lang, text) in [
        (
            "en",
            "The council said that it would close the bridge for two years because of the cost of the repairs.",
        ),
        (
            "de",
            "Die Stadt hat am Dienstag beschlossen, dass die Brücke wegen der Kosten nicht vor dem Herbst gebaut wird.",
        ),
        (
            "fr",
            "Le conseil a décidé mardi que le pont ne serait pas rouvert avant la fin de l'année pour des raisons de coût.",
        ),
        (
            "ru",
            "Городской совет решил во вторник, что мост не будет открыт до конца года, потому что ремонт стоит дорого.",
        ),
        (
            "ja",
            "市議会は火曜日、橋の修理に時間がかかるとして、年末まで通行止めを続けることを決めた。",
        ),
        ("ko", "시의회는 화요일 다리 보수에 시간이 더 걸린다며 연말까지 통행을 막기로 결정했다."),
    ] {
        let normal = normalise(text);
        let active = cues.detect(std::iter::once(normal.text.as_str()), "");
        assert!(active & cues.language(lang) != 0, "{lang}");
        assert!(active.count_ones() < 12, "{lang}: {} languages", active.count_ones());
    }
}
