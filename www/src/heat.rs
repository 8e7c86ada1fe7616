//! Every block of the page with its label, its score as heat, and the cues in it.

use fold_appeals::model::Label;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::dom::{append, element, part, set, worded};
use crate::judge::{Judged, quoted};

/// Shows the blocks from one number up to another; what is there before them stays.
pub(crate) fn extend(judged: &mut Judged, from: usize, to: usize) {
    judged.look(to);
    let list: Element = part("heat");
    if from == 0 {
        list.set_text_content(None);
    }
    for b in from..to {
        append(&list, &[&item(judged, b)]);
    }
}

/// Writes the labels anew, after the certainty has changed: scores do not depend on it.
pub(crate) fn relabel(judged: &Judged) {
    let items = part::<Element>("heat").children();
    for b in 0..items.length() {
        let Some(item) = items.item(b) else { continue };
        let name = name(judged.verdict.blocks[b as usize].label);
        set(&item, "data-label", name);
        if let Ok(Some(label)) = item.query_selector(".label") {
            label.set_text_content(Some(name));
        }
    }
}

fn item(judged: &Judged, b: usize) -> Element {
    let judgement = judged.verdict.blocks[b];
    let item = element("li", "block");
    set(&item, "data-label", name(judgement.label));
    if let Some(item) = item.dyn_ref::<HtmlElement>() {
        let heat = format!("{:.3}", judgement.score);
        item.style().set_property("--heat", &heat).expect("a custom property");
    }
    let text = worded("p", "text", &judged.page.blocks[b].text);
    set(&text, "dir", "auto");
    let details = element("details", "");
    set(&details, "data-block", &b.to_string());
    let facts = element("summary", "facts");
    let score = format!("{:.1} %", judgement.score * 100.0);
    append(
        &facts,
        &[&worded("span", "label", name(judgement.label)), &worded("span", "score", &score)],
    );
    for cue in &judged.insights[b].cues {
        let chip = element("span", "cue");
        let words = worded("span", "words", &quoted(&cue.words));
        append(&chip, &[&worded("b", "", &cue.concept.replace('_', " ")), &words]);
        append(&facts, &[&chip]);
    }
    append(&details, &[&facts]);
    append(&item, &[&text, &details]);
    item
}

/// Fills the details of a block when they are opened.
pub(crate) fn fill_weights(judged: &Judged, details: &Element) {
    let block = details.get_attribute("data-block").and_then(|b| b.parse::<usize>().ok());
    let Some(block) = block.filter(|&b| b < judged.insights.len()) else { return };
    if details.child_element_count() > 1 {
        return;
    }
    let list = element("ul", "weights");
    for (feature, weight) in judged.weights(block) {
        let row = element("li", if weight < 0.0 { "against" } else { "for" });
        let number = format!("{weight:+.2}").replace('-', "\u{2212}");
        append(&row, &[&worded("code", "", feature), &worded("span", "", &number)]);
        append(&list, &[&row]);
    }
    append(details, &[&list]);
}

pub(crate) fn name(label: Label) -> &'static str {
    match label {
        Label::Appeal => "appeal",
        Label::Article => "article",
        Label::Other => "other",
    }
}
