//! What the core says of a page.

use serde::{Deserialize, Serialize};

use crate::analysis::Analysis;
use crate::cues::{Concept, NAMES};
use crate::gate::{Kind, kind};
use crate::model::{LABELS, Label, Model, Sequence};
use crate::page::{Page, PageError, hint};
use crate::region::{Region, regions};

/// The judgement of a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// What the page is for.
    pub kind: Kind,
    /// One judgement per block, in the page's order.
    pub blocks: Vec<Judgement>,
    /// What to fold, in document order; no two overlap.
    pub folds: Vec<Fold>,
}

/// The judgement of a block.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Its role. `Appeal` means that it is folded.
    pub label: Label,
    /// Probability that it belongs to an appeal, 0 to 1, in steps of 0.001.
    pub score: f32,
}

/// A region to fold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fold {
    /// Indices of sibling elements, in order.
    pub elements: Vec<u32>,
    /// Indices of the blocks inside.
    pub blocks: Vec<u32>,
    /// Probability of its surest block, 0 to 1.
    pub score: f32,
    /// Whether it lies over the page, so that folding leaves no gap to mark.
    pub overlay: bool,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// One reason in a form that a user interface can translate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// One of [`REASONS`].
    pub key: String,
    /// Words of the page that made it, at most three.
    pub cues: Vec<String>,
}

/// The keys of all reasons with the sentence that the command line prints.
pub const REASONS: [(&str, &str); 12] = [
    ("asks", "asks for support"),
    ("newsroom", "the money is for this publisher"),
    ("reader", "addresses the reader"),
    ("opener", "opens as appeals do"),
    ("independence", "praises its independence"),
    ("threat", "tells of its troubles"),
    ("arithmetic", "says how little is enough"),
    ("amounts", "offers amounts"),
    ("rail", "names ways to pay"),
    ("thanks", "thanks for support"),
    ("dismiss", "offers a way out"),
    ("container", "stands in a box of its own"),
];

/// Judges a page: a pure function of the page.
///
/// # Errors
/// A page whose indices are out of order or that is beyond the limits of [`crate::page`].
pub fn classify(page: &Page) -> Result<Verdict, PageError> {
    classify_with(page, Model::shipped())
}

/// [`classify`] with another certainty: the probability, above 0.5 and below 1, from which a block counts as an appeal.
/// What is out of range becomes the nearest certainty, and what is no number the highest.
///
/// # Errors
/// See [`classify`].
pub fn classify_at(page: &Page, certainty: f32) -> Result<Verdict, PageError> {
    let mut model = Model::shipped().clone();
    model.sure.threshold = if certainty.is_nan() { 0.999 } else { certainty.clamp(0.5, 0.999) };
    classify_with(page, &model)
}

/// [`classify`] with weights of one's own.
///
/// # Errors
/// See [`classify`].
pub fn classify_with(page: &Page, model: &Model) -> Result<Verdict, PageError> {
    page.check()?;
    let a = Analysis::new(page);
    let kind = kind(&a);
    let marginals = model.marginals(&Sequence::new(&a), page.blocks.len());
    let appeal: Vec<f32> = marginals.iter().map(|m| m[0]).collect();
    let found = if kind.left_alone() { Vec::new() } else { regions(&a, &appeal, model.sure) };
    let mut blocks: Vec<Judgement> = marginals
        .iter()
        .map(|m| Judgement {
            label: LABELS[if m[1] >= m[2] { 1 } else { 2 }],
            score: (m[0] * 1000.0).round() / 1000.0,
        })
        .collect();
    for &b in found.iter().flat_map(|r| &r.blocks) {
        blocks[b].label = Label::Appeal;
    }
    let folds = found.iter().map(|r| fold(&a, r)).collect();
    Ok(Verdict { kind, blocks, folds })
}

fn fold(a: &Analysis<'_>, r: &Region) -> Fold {
    let out = hint::FIXED | hint::DIALOG;
    Fold {
        elements: r.elements.iter().map(|&e| e as u32).collect(),
        blocks: r.blocks.iter().map(|&b| b as u32).collect(),
        score: (r.score * 1000.0).round() / 1000.0,
        overlay: a
            .page
            .ancestors(r.elements[0])
            .chain(r.elements.iter().copied())
            .any(|e| a.page.elements[e].hints & out != 0),
        reasons: reasons(a, r),
    }
}

fn reasons(a: &Analysis<'_>, r: &Region) -> Vec<Reason> {
    use Concept::*;
    let key_of = |concept: usize| match () {
        () if concept == Ask as usize => Some("asks"),
        () if concept == Receiver as usize => Some("newsroom"),
        () if concept == Reader as usize => Some("reader"),
        () if concept == Opener as usize => Some("opener"),
        () if concept == Independence as usize => Some("independence"),
        () if concept == Threat as usize => Some("threat"),
        () if concept == Arithmetic as usize => Some("arithmetic"),
        () if concept == Rail as usize => Some("rail"),
        () if concept == Thanks as usize => Some("thanks"),
        () if concept == Dismiss as usize => Some("dismiss"),
        () => None,
    };
    let mut found: Vec<Reason> = REASONS
        .iter()
        .map(|(key, _)| Reason { key: (*key).to_owned(), cues: Vec::new() })
        .collect();
    for &b in &r.blocks {
        for hit in &a.signs[b].hits {
            debug_assert!((hit.concept as usize) < NAMES.len());
            let Some(key) = key_of(hit.concept as usize) else { continue };
            let Some(reason) = found.iter_mut().find(|f| f.key == key) else { continue };
            let cue = whole_words(&a.normals[b].text, hit.start as usize, hit.end as usize);
            if reason.cues.len() < 3
                && !reason.cues.iter().any(|c| c.contains(cue) || cue.contains(c.as_str()))
            {
                reason.cues.push(cue.to_owned());
            }
        }
    }
    let amounts = r.blocks.iter().any(|&b| a.normals[b].amount);
    found.retain(|f| !f.cues.is_empty() || (f.key == "amounts" && amounts));
    if found.is_empty() {
        found.push(Reason { key: "container".to_owned(), cues: Vec::new() });
    }
    found
}

/// The words of the normal form that a cue touches, without the spaces that mark its boundaries.
fn whole_words(text: &str, start: usize, end: usize) -> &str {
    let start = start + usize::from(text[start..].starts_with(' '));
    let end = end - usize::from(text[..end].ends_with(' '));
    let from = text[..start].rfind(' ').map_or(0, |i| i + 1);
    let to = text[end..].find(' ').map_or(text.len(), |i| end + i);
    // A spaceless script has no words to widen to.
    if to - from > (end - start) + 40 { &text[start..end] } else { &text[from..to] }
}

#[cfg(test)]
mod tests {
    use super::whole_words;

    #[test]
    fn a_reason_quotes_whole_words_and_no_more() {
        let text = " please support us . donations help ";
        assert_eq!(whole_words(text, 7, 19), "support us");
        assert_eq!(whole_words(text, 20, 27), "donations");
    }
}
