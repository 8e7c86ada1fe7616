//! Errors with their reasons, to be read one by one.

use std::io::{self, Write};

use fold_appeals::analysis::{Analysis, EVIDENCE};
use fold_appeals::cues::Concept;
use fold_appeals::features::{FEATURES, active};
use fold_appeals::model::Model;
use fold_appeals::region::Sureness;
use fold_appeals::verdict::{Verdict, classify_with};

use super::folded;
use crate::corpus::{Document, Gold, Source, Unit, hidden};

/// A unit that was judged wrongly.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub what: What,
    /// Why, of a fixed set.
    pub why: &'static str,
    unit: usize,
    block: Option<usize>,
    score: f32,
}

/// Kinds of errors, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    Paragraph,
    Keep,
    Unread,
    Missed,
}

impl What {
    /// In words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            What::Paragraph => "PARAGRAPH FOLDED",
            What::Keep => "folded",
            What::Unread => "folded, unread",
            What::Missed => "missed",
        }
    }
}

/// The faults of a verdict.
pub(super) fn faults(
    d: &Document,
    verdict: &Verdict,
    sure: Sureness,
    off: &impl Fn(&Unit) -> bool,
) -> Vec<Fault> {
    let what = |u: &Unit| match (u.gold, off(u)) {
        (Gold::Appeal, false) if u.element.is_some() => Some(What::Missed),
        (Gold::Appeal | Gold::Neutral, _) | (_, false) => None,
        (_, true) if u.paragraph => Some(What::Paragraph),
        (_, true) if d.unread => Some(What::Unread),
        (_, true) => Some(What::Keep),
    };
    let wrong: Vec<(usize, What)> =
        d.units.iter().enumerate().filter_map(|(i, u)| Some((i, what(u)?))).collect();
    if wrong.is_empty() {
        return Vec::new();
    }
    let a = Analysis::new(&d.page);
    let fault = |(unit, what): (usize, What)| {
        let owner = d.units[unit].element;
        let block = d.page.blocks.iter().position(|b| owner == Some(b.element as usize));
        let score = block.map_or(0.0, |b| verdict.blocks[b].score);
        let cues = EVIDENCE | Concept::Give.bit();
        let why = match what {
            What::Missed if verdict.kind.left_alone() => "the page as a whole is left alone",
            What::Missed if block.is_none() => "its element has no text of its own",
            What::Missed if score >= sure.threshold => "sure, but a rule of regions keeps it",
            What::Missed if score >= sure.companion => "likely, but nothing sure to go along with",
            What::Missed if block.is_some_and(|b| a.signs[b].has & cues != 0) => {
                "cues, but too few"
            }
            What::Missed => "no cue in the line, and the neighbours do not tell",
            _ if score >= sure.companion => "taken for an appeal itself",
            _ => "went along with its box",
        };
        Fault { what, why, unit, block, score }
    };
    wrong.into_iter().map(fault).collect()
}

/// Weights listed for each error.
const WEIGHTS: usize = 12;

/// Lists up to `most` documents with their errors, the worst documents first.
pub(crate) fn list<'a>(
    documents: &'a [Document],
    model_of: impl Fn(&'a Document) -> &'a Model,
    most: usize,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut all = Vec::new();
    for d in documents.iter().filter(|d| d.source != Source::Graft) {
        let model = model_of(d);
        let Ok(verdict) = classify_with(&d.page, model) else { continue };
        let gone = folded(d, &verdict);
        let off = |u: &Unit| u.element.is_some_and(|e| hidden(&d.page, &gone, e));
        let faults = faults(d, &verdict, model.sure, &off);
        if let Some(worst) = faults.iter().map(|f| f.what).min() {
            all.push((worst, d, verdict.kind, faults));
        }
    }
    all.sort_by_key(|e| (e.0, e.1.source as u8));
    for (_, d, kind, faults) in all.into_iter().take(most) {
        writeln!(out, "\n{} [{}] {kind:?}", d.id, d.lang)?;
        let a = Analysis::new(&d.page);
        for fault in faults {
            let text: String = d.units[fault.unit].text.chars().take(200).collect();
            writeln!(out, "  {} {:.3} ({}): {text}", fault.what.name(), fault.score, fault.why)?;
            if let Some(b) = fault.block {
                writeln!(out, "      {}", weights(&a, b, model_of(d)))?;
            }
        }
    }
    Ok(())
}

/// The weights that tell most between appeal and the better of the other labels.
fn weights(a: &Analysis<'_>, block: usize, model: &Model) -> String {
    let mut rows: Vec<(f32, &str)> = active(a, block)
        .iter()
        .map(|&f| {
            let w = model.state[f as usize];
            (w[0] - w[1].max(w[2]), FEATURES[f as usize].name)
        })
        .collect();
    rows.sort_by(|x, y| y.0.abs().total_cmp(&x.0.abs()));
    rows.iter().take(WEIGHTS).map(|(w, n)| format!("{n} {w:+.1}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::lines;
    use fold_appeals::model::Label;

    #[test]
    fn every_wrong_line_is_listed_with_a_reason_and_no_right_one() {
        let line = |label, text: &str| (label, text.to_owned());
        let ask = "Please support us from $3 a month. Our newsroom is funded by readers like you.";
        let d = lines(
            "story".into(),
            "paper.example".into(),
            "en".into(),
            Source::Case,
            vec![
                line(Label::Appeal, "The ferry to the island leaves at noon."),
                line(Label::Article, ask),
                line(Label::Appeal, "Please support us. Every contribution makes a difference."),
            ],
        );
        let mut out = Vec::new();
        let documents = [d];
        list(&documents, |_| Model::shipped(), 9, &mut out).expect("a vector takes all");
        let out = String::from_utf8(out).expect("text");
        assert!(out.contains("missed") && out.contains("no cue in the line"), "{out}");
        assert!(out.contains("PARAGRAPH FOLDED") && out.contains("taken for an appeal"), "{out}");
        assert!(!out.contains("Every contribution"), "{out}");
    }
}
