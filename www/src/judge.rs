//! The verdict on a page at a chosen certainty, and what speaks for it block by block.

use fold_appeals::analysis::Analysis;
use fold_appeals::cues::NAMES;
use fold_appeals::features::{FEATURES, active};
use fold_appeals::gate::Kind;
use fold_appeals::model::Model;
use fold_appeals::verdict::{Fold, REASONS, classify_at};
use fold_appeals::{Page, Verdict};

use crate::input::Refusal;

/// A judged page.
pub(crate) struct Judged {
    pub page: Page,
    pub verdict: Verdict,
    /// What speaks for it in the first blocks.
    pub insights: Vec<Insight>,
}

/// What is known of a block.
pub(crate) struct Insight {
    /// The cues found in it, by concept.
    pub cues: Vec<Cue>,
    /// The numbers of its features.
    features: Vec<u16>,
}

/// The words of a block that stand for one concept.
pub(crate) struct Cue {
    pub concept: &'static str,
    pub words: Vec<String>,
}

impl Judged {
    pub(crate) fn new(page: Page, certainty: f32) -> Result<Self, Refusal> {
        let verdict = classify(&page, certainty)?;
        Ok(Judged { page, verdict, insights: Vec::new() })
    }

    /// Looks into the blocks before this one: not into all at once, pages may be large.
    pub(crate) fn look(&mut self, to: usize) {
        let a = Analysis::new(&self.page);
        let looked = self.insights.len()..to;
        self.insights
            .extend(looked.map(|b| Insight { cues: cues(&a, b), features: active(&a, b) }));
    }

    /// Judges again with another certainty.
    pub(crate) fn reconsider(&mut self, certainty: f32) {
        // The page has passed the same checks before.
        if let Ok(verdict) = classify(&self.page, certainty) {
            self.verdict = verdict;
        }
    }

    /// Per block the number of its fold, if it is folded.
    pub(crate) fn fold_of(&self) -> Vec<Option<usize>> {
        let mut of = vec![None; self.page.blocks.len()];
        for (f, fold) in self.verdict.folds.iter().enumerate() {
            for &b in &fold.blocks {
                of[b as usize] = Some(f);
            }
        }
        of
    }

    /// The features that count most for or against an appeal in this block, with their weights.
    pub(crate) fn weights(&self, block: usize) -> Vec<(&'static str, f32)> {
        let weight = |&f: &u16| {
            let [appeal, article, other] = Model::shipped().state[f as usize];
            (FEATURES[f as usize].name, appeal - article.max(other))
        };
        let mut weights: Vec<_> = self.insights[block].features.iter().map(weight).collect();
        weights.sort_by(|one, two| two.1.abs().total_cmp(&one.1.abs()));
        weights.truncate(12);
        weights
    }
}

/// The certainty that the extension ships with.
pub(crate) fn shipped_certainty() -> f32 {
    Model::shipped().sure.threshold
}

fn classify(page: &Page, certainty: f32) -> Result<Verdict, Refusal> {
    classify_at(page, certainty).map_err(Refusal::Page)
}

fn cues(a: &Analysis<'_>, block: usize) -> Vec<Cue> {
    const MOST: usize = 3;
    let mut found: Vec<Cue> = Vec::new();
    for (concept, name) in NAMES.iter().enumerate() {
        let mut words: Vec<String> = Vec::new();
        for hit in a.signs[block].hits.iter().filter(|h| usize::from(h.concept) == concept) {
            let cue = a.normals[block].text[hit.start as usize..hit.end as usize].trim();
            if words.len() < MOST && !words.iter().any(|w| w == cue) {
                words.push(cue.to_owned());
            }
        }
        if !words.is_empty() {
            found.push(Cue { concept: name, words });
        }
    }
    found
}

/// The reasons of a fold in one line.
pub(crate) fn reasons(fold: &Fold) -> String {
    let reasons = fold.reasons.iter().map(|reason| {
        let known = REASONS.iter().find(|(key, _)| *key == reason.key);
        let words = known.map_or(reason.key.as_str(), |(_, words)| words);
        if reason.cues.is_empty() {
            words.to_owned()
        } else {
            format!("{words} ({})", quoted(&reason.cues))
        }
    });
    format!("Why: {}", reasons.collect::<Vec<_>>().join(" · "))
}

/// In quotation marks, each isolated, because a cue may run the other way than the sentence.
pub(crate) fn quoted(words: &[String]) -> String {
    // In normal form a full stop is a word.
    let bare = words.iter().map(|w| w.trim_matches([' ', '.']));
    let each = bare.map(|w| format!("\u{201c}\u{2068}{w}\u{2069}\u{201d}"));
    each.collect::<Vec<_>>().join(", ")
}

/// Why pages of this kind stay as they are.
pub(crate) fn left_alone(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Article | Kind::Other => return None,
        Kind::Donation => "a page for giving",
        Kind::Checkout => "a page for paying",
        Kind::Account => "a page for logging in or registering",
        Kind::Charity => "a charity's own page",
        Kind::Front => "a front page",
        Kind::App => "an application",
        Kind::Empty => "a page without text",
    })
}
