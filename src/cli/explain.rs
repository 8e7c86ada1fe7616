//! `explain`: each block with its label, score and reasons.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use fold_appeals::analysis::Analysis;
use fold_appeals::cues::NAMES;
use fold_appeals::features::{FEATURES, active};
use fold_appeals::model::Model;
use fold_appeals::verdict::{REASONS, Reason};
use fold_appeals::{Verdict, classify};
use serde::Serialize;

use super::input::read;

#[derive(Serialize)]
struct Dump<'a> {
    page: &'a fold_appeals::Page,
    verdict: &'a Verdict,
}

/// How to print.
pub(crate) struct Style {
    /// The page and the verdict as one JSON object.
    pub json: bool,
    /// The weights that decided each block.
    pub weights: bool,
}

/// Explains the judgement of a file.
pub(crate) fn explain(path: &Path, url: &str, style: &Style, out: &mut impl Write) -> Result<()> {
    let input = read(path, url)?;
    let page = input.page();
    let verdict = classify(page)?;
    if style.json {
        serde_json::to_writer(&mut *out, &Dump { page, verdict: &verdict })?;
        writeln!(out)?;
        return Ok(());
    }
    writeln!(out, "page: {}", serde_json::to_string(&verdict.kind)?.trim_matches('"'))?;
    let a = Analysis::new(page);
    for (b, judgement) in verdict.blocks.iter().enumerate() {
        let label = serde_json::to_string(&judgement.label)?;
        writeln!(
            out,
            "{b:4} {:8} {:.3}  {}",
            label.trim_matches('"'),
            judgement.score,
            page.blocks[b].text
        )?;
        let mut cues: Vec<String> = a.signs[b]
            .hits
            .iter()
            .map(|h| {
                format!(
                    "{}: {}",
                    NAMES[h.concept as usize],
                    a.normals[b].text[h.start as usize..h.end as usize].trim()
                )
            })
            .collect();
        cues.sort();
        cues.dedup();
        if !cues.is_empty() {
            writeln!(out, "         {}", cues.join(" · "))?;
        }
        if style.weights {
            let mut rows: Vec<(f32, &str)> = active(&a, b)
                .iter()
                .map(|&f| {
                    let w = Model::shipped().state[f as usize];
                    (w[0] - w[1].max(w[2]), FEATURES[f as usize].name)
                })
                .collect();
            rows.sort_by(|x, y| y.0.abs().total_cmp(&x.0.abs()));
            let rows: Vec<String> =
                rows.iter().take(14).map(|(w, n)| format!("{n} {w:+.2}")).collect();
            writeln!(out, "         {}", rows.join(", "))?;
        }
    }
    for fold in &verdict.folds {
        writeln!(
            out,
            "fold of blocks {:?} ({:.3}): {}",
            fold.blocks,
            fold.score,
            sentence(&fold.reasons)
        )?;
    }
    Ok(())
}

/// The reasons of a fold in one line.
pub(crate) fn sentence(reasons: &[Reason]) -> String {
    let words = |r: &Reason| {
        let text = REASONS.iter().find(|(k, _)| *k == r.key).map_or(r.key.as_str(), |(_, t)| t);
        if r.cues.is_empty() {
            text.to_owned()
        } else {
            format!("{text} (\u{201c}{}\u{201d})", r.cues.join("\u{201d}, \u{201c}"))
        }
    };
    reasons.iter().map(words).collect::<Vec<_>>().join(" · ")
}
