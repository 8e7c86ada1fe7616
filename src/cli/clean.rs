//! `clean`: the document without its appeals.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use fold_appeals::classify;
use fold_appeals::front::html;
use fold_appeals::model::Label;

use super::input::{Input, read};

/// Writes the file to standard output without what is folded: text lines as they are, HTML without the elements.
pub(crate) fn clean(path: &Path, url: &str, out: &mut impl Write) -> Result<()> {
    let input = read(path, url)?;
    let verdict = classify(input.page())?;
    match input {
        Input::Text(_, source) => {
            let mut judgements = verdict.blocks.iter();
            for line in source.lines() {
                let blank = html::collapse(line).is_empty();
                if blank || judgements.next().is_some_and(|j| j.label != Label::Appeal) {
                    writeln!(out, "{line}")?;
                }
            }
        }
        Input::Html(mut saved) => {
            for &e in verdict.folds.iter().flat_map(|f| &f.elements) {
                if let Some(mut node) = saved.html.tree.get_mut(saved.nodes[e as usize]) {
                    node.detach();
                }
            }
            writeln!(out, "{}", saved.html.html())?;
        }
    }
    Ok(())
}
