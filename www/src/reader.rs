//! The page as a reader with the extension has it: each appeal is one line that opens.

use std::collections::BTreeSet;

use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::dom::{append, element, part, set, show, worded};
use crate::judge::{Judged, reasons};

/// Shows the first blocks. Folds whose first block is in `open` are unfolded.
pub(crate) fn render(judged: &Judged, shown: usize, open: &BTreeSet<u32>) {
    let pane: Element = part("reader");
    pane.set_text_content(None);
    let fold_of = judged.fold_of();
    let mut done = vec![false; judged.verdict.folds.len()];
    for (b, fold_of_block) in fold_of.iter().enumerate().take(shown) {
        match *fold_of_block {
            None => append(&pane, &[&paragraph(judged, b)]),
            Some(f) if !done[f] => {
                done[f] = true;
                append(&pane, &[&fold(judged, f, shown, open)]);
            }
            Some(_) => {}
        }
    }
}

fn fold(judged: &Judged, f: usize, shown: usize, open: &BTreeSet<u32>) -> Element {
    let fold = &judged.verdict.folds[f];
    let first = fold.blocks.first().copied().unwrap_or_default();
    let wrap = element("div", "fold");
    let line = worded("button", "line", &title(fold.blocks.len()));
    set(&line, "type", "button");
    set(&line, "data-first", &first.to_string());
    let inside = element("div", "inside");
    let id = format!("fold-{first}");
    inside.set_id(&id);
    set(&line, "aria-controls", &id);
    append(&inside, &[&worded("p", "why", &reasons(fold))]);
    for &b in fold.blocks.iter().filter(|&&b| (b as usize) < shown) {
        append(&inside, &[&paragraph(judged, b as usize)]);
    }
    append(&wrap, &[&line, &inside]);
    turn(&line, open.contains(&first));
    wrap
}

fn title(blocks: usize) -> String {
    match blocks {
        1 => "An appeal is folded: 1 block".to_owned(),
        n => format!("An appeal is folded: {n} blocks"),
    }
}

/// Unfolds or folds the appeal of this line.
pub(crate) fn turn(line: &Element, open: bool) {
    set(line, "aria-expanded", if open { "true" } else { "false" });
    if let Some(inside) = line.next_element_sibling() {
        show(&inside, open);
    }
}

/// The line that an event came from, with the number of its fold's first block.
pub(crate) fn line_of(event: &web_sys::Event) -> Option<(Element, u32)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let line = target.closest(".line").ok()??;
    let first = line.get_attribute("data-first")?.parse().ok()?;
    Some((line, first))
}

fn paragraph(judged: &Judged, b: usize) -> Element {
    let block = &judged.page.blocks[b];
    let tag = judged.page.elements[block.element as usize].tag.as_str();
    let class = match tag {
        "h1" | "h2" => "heading",
        "h3" | "h4" | "h5" | "h6" => "subheading",
        "li" | "dd" | "option" => "item",
        _ if block.text.len() < 60 && block.link + block.button > 0 => "small",
        _ => "",
    };
    let paragraph = worded("p", class, &block.text);
    set(&paragraph, "dir", "auto");
    paragraph
}
