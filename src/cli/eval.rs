//! Counts what is folded rightly and wrongly.

pub(crate) mod bootstrap;
pub(crate) mod card;
pub(crate) mod command;
pub(crate) mod errors;
pub(crate) mod experiments;
pub(crate) mod folds;
pub(crate) mod parallel;
pub(crate) mod table;

use std::collections::BTreeMap;
use std::io::{self, Write};

use fold_appeals::analysis::Analysis;
use fold_appeals::model::Model;
use fold_appeals::verdict::{Verdict, classify_with};

use super::baseline::{Baseline, emptied};
use super::corpus::{Document, Gold, Source, Unit, hidden};
use errors::Fault;
use table::Cells;

/// Kinds of data, which are counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Pages,
    Texts,
    Cases,
    Boxes,
}

/// All kinds with their names in a file of bars.
pub(crate) const KINDS: [(Kind, &str); 4] = [
    (Kind::Pages, "pages"),
    (Kind::Texts, "texts"),
    (Kind::Cases, "cases"),
    (Kind::Boxes, "boxes"),
];

impl Kind {
    fn of(source: Source) -> Option<Kind> {
        match source {
            Source::Page => Some(Kind::Pages),
            Source::AppealText | Source::NegativeText => Some(Kind::Texts),
            Source::Case => Some(Kind::Cases),
            Source::Box => Some(Kind::Boxes),
            Source::Graft => None,
        }
    }
}

macro_rules! tally {
    ($($(#[$doc:meta])* $field:ident,)*) => {
        /// Counts over documents.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub(crate) struct Tally {
            $($(#[$doc])* pub $field: usize,)*
        }

        impl Tally {
            /// Adds the counts of more documents.
            pub(crate) fn add(&mut self, other: &Tally) {
                $(self.$field += other.$field;)*
            }
        }
    };
}

tally! {
    documents,
    appeal,
    appeal_folded,
    /// Documents with an appeal, and of them those whose whole appeal is folded.
    appeal_documents,
    clean,
    /// Wrong folds: of paragraphs, of any line that must stay, and documents with one.
    paragraphs_folded,
    keep_folded,
    harmed,
    hard_folded,
    neutral_folded,
    /// Short lines of pages that nobody read in full.
    unread_folded,
    /// Documents without an appeal that lost a paragraph.
    negatives_harmed,
}

impl Tally {
    /// The counts of one document of which some units are off.
    fn of(d: &Document, off: impl Fn(&Unit) -> bool) -> Tally {
        let mut t = Tally { documents: 1, ..Tally::default() };
        for unit in &d.units {
            match (unit.gold, off(unit)) {
                (Gold::Appeal, _) if unit.element.is_none() => {}
                (Gold::Appeal, off) => {
                    t.appeal += 1;
                    t.appeal_folded += usize::from(off);
                }
                (_, false) => {}
                (Gold::Neutral, true) => t.neutral_folded += 1,
                (_, true) if d.unread && !unit.paragraph => t.unread_folded += 1,
                (_, true) => {
                    t.keep_folded += 1;
                    t.paragraphs_folded += usize::from(unit.paragraph);
                    t.hard_folded += usize::from(unit.hard);
                }
            }
        }
        t.appeal_documents = usize::from(t.appeal > 0);
        t.clean = usize::from(t.appeal > 0 && t.appeal_folded == t.appeal);
        t.harmed = usize::from(t.keep_folded > 0);
        t.negatives_harmed =
            usize::from(d.source == Source::NegativeText && t.paragraphs_folded > 0);
        t
    }

    /// Share of the appeal lines that are folded.
    pub(crate) fn recall(&self) -> f64 {
        self.appeal_folded as f64 / self.appeal.max(1) as f64
    }

    /// Share of the documents with an appeal of which nothing of it is left.
    pub(crate) fn clean_share(&self) -> f64 {
        self.clean as f64 / self.appeal_documents.max(1) as f64
    }

    /// Wrong folds other than of paragraphs.
    pub(crate) fn others_folded(&self) -> usize {
        self.keep_folded - self.paragraphs_folded
    }

    /// F1 of folding over lines.
    pub(crate) fn f1(&self) -> f64 {
        let missed = self.appeal - self.appeal_folded;
        2.0 * self.appeal_folded as f64
            / (2 * self.appeal_folded + missed + self.keep_folded).max(1) as f64
    }
}

/// What became of one document.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub kind: Kind,
    /// Publisher, author or language: what the bootstrap draws.
    pub group: String,
    pub lang: String,
    pub tally: Tally,
    pub faults: Vec<Fault>,
}

impl Outcome {
    fn new(d: &Document, tally: Tally, faults: Vec<Fault>) -> Option<Outcome> {
        Some(Outcome {
            kind: Kind::of(d.source)?,
            group: d.second_group.as_ref().unwrap_or(&d.group).clone(),
            lang: d.lang.clone(),
            tally,
            faults,
        })
    }

    /// Of a document judged by a model; `None` where it is only learned from or cannot be judged.
    fn by_model(d: &Document, model: &Model) -> Option<Outcome> {
        let verdict = classify_with(&d.page, model).ok()?;
        let folded = folded(d, &verdict);
        let off = |u: &Unit| u.element.is_some_and(|e| hidden(&d.page, &folded, e));
        let faults = errors::faults(d, &verdict, model.sure, &off);
        Outcome::new(d, Tally::of(d, off), faults)
    }

    fn by_baseline(d: &Document, baseline: &Baseline) -> Option<Outcome> {
        let drops = (baseline.drops)(&Analysis::new(&d.page));
        let emptied = emptied(&d.page, &drops);
        let mut own = vec![None; d.page.elements.len()];
        for (block, drop) in d.page.blocks.iter().zip(drops) {
            own[block.element as usize] = Some(drop);
        }
        let off = |u: &Unit| u.element.is_some_and(|e| own[e].unwrap_or(emptied[e]));
        Outcome::new(d, Tally::of(d, off), Vec::new())
    }
}

/// Per element whether it is folded itself.
fn folded(d: &Document, verdict: &Verdict) -> Vec<bool> {
    let mut folded = vec![false; d.page.elements.len()];
    for &e in verdict.folds.iter().flat_map(|f| &f.elements) {
        folded[e as usize] = true;
    }
    folded
}

/// What became of all documents.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub outcomes: Vec<Outcome>,
}

impl Report {
    /// Judges the documents of some kinds, each by a model of one's choice.
    pub(crate) fn new<'a>(
        documents: &[Document],
        kinds: &[Kind],
        model_of: impl Fn(&Document) -> &'a Model + Sync,
    ) -> Report {
        Report::by(documents, kinds, |d| Outcome::by_model(d, model_of(d)))
    }

    pub(crate) fn of_baseline(documents: &[Document], baseline: &Baseline) -> Report {
        Report::by(documents, &[Kind::Pages, Kind::Texts], |d| Outcome::by_baseline(d, baseline))
    }

    fn by(
        documents: &[Document],
        kinds: &[Kind],
        judge: impl Fn(&Document) -> Option<Outcome> + Sync,
    ) -> Report {
        let wanted: Vec<&Document> = documents
            .iter()
            .filter(|d| Kind::of(d.source).is_some_and(|k| kinds.contains(&k)))
            .collect();
        Report { outcomes: parallel::map(&wanted, |d| judge(d)).into_iter().flatten().collect() }
    }

    /// The counts of a kind.
    pub(crate) fn tally(&self, kind: Kind) -> Tally {
        self.tally_of(kind, |_| true)
    }

    /// The counts of a kind and a language.
    pub(crate) fn tally_in(&self, kind: Kind, lang: &str) -> Tally {
        self.tally_of(kind, |o| o.lang == lang)
    }

    fn tally_of(&self, kind: Kind, wanted: impl Fn(&Outcome) -> bool) -> Tally {
        let mut sum = Tally::default();
        for o in self.outcomes.iter().filter(|o| o.kind == kind && wanted(o)) {
            sum.add(&o.tally);
        }
        sum
    }

    /// The languages of a kind with their counts.
    pub(crate) fn languages(&self, kind: Kind) -> BTreeMap<&str, Tally> {
        let mut all: BTreeMap<&str, Tally> = BTreeMap::new();
        for o in self.outcomes.iter().filter(|o| o.kind == kind) {
            all.entry(&o.lang).or_default().add(&o.tally);
        }
        all
    }

    /// The counts of a kind by group.
    pub(crate) fn groups(&self, kind: Kind) -> Vec<Tally> {
        let mut all: BTreeMap<&str, Tally> = BTreeMap::new();
        for o in self.outcomes.iter().filter(|o| o.kind == kind) {
            all.entry(&o.group).or_default().add(&o.tally);
        }
        all.into_values().collect()
    }

    /// The figures by the names that a file of bars uses.
    pub(crate) fn figures(&self) -> BTreeMap<String, f64> {
        let mut all = BTreeMap::new();
        for (kind, name) in KINDS {
            let t = self.tally(kind);
            if t.documents == 0 {
                continue;
            }
            let mut put = |figure: &str, value: f64| all.insert(format!("{name}_{figure}"), value);
            put("appeal_folded", t.recall());
            put("clean", t.clean_share());
            put("line_f1", t.f1());
            let languages = self.languages(kind);
            let judged = languages.values().filter(|t| t.appeal > 0);
            put("least_language_f1", judged.map(Tally::f1).fold(1.0, f64::min));
            put("paragraphs_folded", t.paragraphs_folded as f64);
            put("keep_folded", t.keep_folded as f64);
            put("harmed", t.harmed as f64);
            put("negatives_harmed", t.negatives_harmed as f64);
        }
        all
    }

    /// The figures that matter in one line.
    pub(crate) fn line(&self) -> String {
        let part = |(kind, name): &(Kind, &str)| {
            let t = self.tally(*kind);
            let rest = match kind {
                Kind::Pages => format!(
                    "clean {} par {} keep {} harmed {} unread {}",
                    t.clean,
                    t.paragraphs_folded,
                    t.others_folded(),
                    t.harmed,
                    t.unread_folded
                ),
                _ => format!(
                    "F1 {:.3} par {} other {} neg {}",
                    t.f1(),
                    t.paragraphs_folded,
                    t.others_folded(),
                    t.negatives_harmed
                ),
            };
            format!("{name} {:.1} % {rest}", 100.0 * t.recall())
        };
        KINDS.iter().map(part).collect::<Vec<_>>().join(" | ")
    }

    /// A kind's counts with what the intervals need.
    pub(crate) fn cells(&self, kind: Kind) -> Cells {
        Cells { tally: self.tally(kind), groups: self.groups(kind) }
    }

    /// All figures, the main ones with their intervals.
    pub(crate) fn print(&self, out: &mut impl Write) -> io::Result<()> {
        for (kind, name) in KINDS {
            let cells = self.cells(kind);
            let t = cells.tally;
            if t.documents == 0 {
                continue;
            }
            writeln!(
                out,
                "{name}: {} (95 % intervals over {} groups)",
                t.documents,
                cells.groups.len()
            )?;
            let mut row = |label: &str, value: String| writeln!(out, "  {label:33}{value}");
            row(
                "appeal lines folded",
                format!("{} of {}: {}", t.appeal_folded, t.appeal, cells.percent(Tally::recall)),
            )?;
            row(
                "documents wholly clean",
                format!(
                    "{} of {}: {}",
                    t.clean,
                    t.appeal_documents,
                    cells.percent(Tally::clean_share)
                ),
            )?;
            row("line F1", cells.score(Tally::f1))?;
            row("article paragraphs folded", cells.count(|t| t.paragraphs_folded))?;
            row("other lines folded", cells.count(Tally::others_folded))?;
            row("documents with a wrong fold", cells.count(|t| t.harmed))?;
            if kind == Kind::Pages {
                row("hard lines folded", t.hard_folded.to_string())?;
                row("neutral lines folded", t.neutral_folded.to_string())?;
                row("short lines of unread pages", t.unread_folded.to_string())?;
                continue;
            }
            row("negatives that lost a paragraph", t.negatives_harmed.to_string())?;
            let languages = self.languages(kind);
            let told = languages.into_iter().filter(|(_, t)| t.appeal + t.keep_folded > 0);
            let told: Vec<String> = told.map(|(l, t)| format!("{l} {:.2}", t.f1())).collect();
            row("F1 by language", told.join("  "))?;
        }
        Ok(())
    }
}

/// What the figures must reach.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bars {
    at_least: BTreeMap<String, f64>,
    at_most: BTreeMap<String, f64>,
}

impl Bars {
    /// The bars that are missed, in words. Bars on data that was not judged are left out.
    pub(crate) fn missed(&self, figures: &BTreeMap<String, f64>) -> Vec<String> {
        let of = |name: &String| figures.get(name).copied();
        let low = self.at_least.iter().filter_map(|(n, bar)| {
            of(n).filter(|v| v < bar).map(|v| format!("{n} is {v:.3}, the bar is at least {bar}"))
        });
        let high = self.at_most.iter().filter_map(|(n, bar)| {
            of(n).filter(|v| v > bar).map(|v| format!("{n} is {v:.3}, the bar is at most {bar}"))
        });
        low.chain(high).collect()
    }
}

/// A hash that stays the same from run to run (FNV-1a).
pub(crate) fn fnv(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::lines;
    use fold_appeals::model::Label;

    fn document() -> Document {
        let line = |label, text: &str| (label, text.to_owned());
        lines(
            "a".into(),
            "paper.example".into(),
            "en".into(),
            Source::NegativeText,
            vec![
                line(Label::Article, "The bridge is closed."),
                line(Label::Appeal, "Please support us."),
                line(Label::Appeal, "Give now"),
                line(Label::Appeal, "Not now"),
                line(Label::Other, "Home"),
            ],
        )
    }

    #[test]
    fn lines_are_counted_as_labelled() {
        let d = document();
        let off = |gone: &'static [&str]| move |u: &Unit| gone.contains(&u.text.as_str());
        let t = Tally::of(&d, off(&["Please support us.", "Give now", "Home"]));
        assert_eq!((t.appeal, t.appeal_folded, t.clean, t.keep_folded, t.harmed), (3, 2, 0, 1, 1));
        assert_eq!((t.paragraphs_folded, t.negatives_harmed, t.others_folded()), (0, 0, 1));
        // Two right, one missed, one wrong: precision and recall are both 2/3.
        assert!((t.f1() - 2.0 / 3.0).abs() < 1e-12);
        let t = Tally::of(&d, off(&["Please support us.", "Give now", "Not now"]));
        assert_eq!((t.clean, t.harmed), (1, 0));
        assert!((t.f1() - 1.0).abs() < 1e-12);
        let t = Tally::of(&d, off(&["The bridge is closed."]));
        assert_eq!((t.paragraphs_folded, t.negatives_harmed), (1, 1));
        assert!(t.f1().abs() < 1e-12);
    }

    #[test]
    fn counts_add_up_by_kind_and_language() {
        let d = document();
        let keyword = &crate::baseline::BASELINES[0];
        let report = Report::of_baseline(&[d], keyword);
        assert_eq!(report.tally(Kind::Texts), report.tally_in(Kind::Texts, "en"));
        assert_eq!(report.tally(Kind::Texts).appeal, 3);
        assert_eq!(report.tally(Kind::Pages), Tally::default());
        assert_eq!(report.groups(Kind::Texts).len(), 1);
    }

    #[test]
    fn bars_name_what_is_missed() {
        let bars = Bars {
            at_least: BTreeMap::from([("x".to_owned(), 0.5), ("absent".to_owned(), 1.0)]),
            at_most: BTreeMap::from([("y".to_owned(), 0.0)]),
        };
        let figures = BTreeMap::from([("x".to_owned(), 0.4), ("y".to_owned(), 0.0)]);
        assert_eq!(bars.missed(&figures), ["x is 0.400, the bar is at least 0.5"]);
    }
}
