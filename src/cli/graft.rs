//! More pages to learn from: appeals and look-alike boxes of the block cases set into pages that have none.
//!
//! Labelled pages with appeals are few, and the boxes on them fewer. A graft shows the learner the copy of the cases in
//! the company of a real page, in the shapes that boxes have. Grafts are for training only and never judged.

use std::collections::HashMap;

use fold_appeals::analysis::Analysis;
use fold_appeals::model::Sequence;
use fold_appeals::page::{Block, Element, Page, hint};

use super::corpus::{Document, Gold, Source};
use super::eval::fnv;

/// Copies of each run of lines.
const COPIES: u64 = 2;
/// Pages with more blocks than this are left out: they cost time and teach nothing more.
const LARGEST: usize = 400;

/// Grafts of all cases onto pages of their languages.
pub(crate) fn grafts(documents: &[Document]) -> Vec<Document> {
    let mut hosts: HashMap<&str, Vec<&Document>> = HashMap::new();
    for d in documents {
        let fit = d.source == Source::Page
            && !d.unread
            && !d.gold.contains(&Gold::Appeal)
            && (20..LARGEST).contains(&d.page.blocks.len());
        if fit {
            hosts.entry(d.lang.as_str()).or_default().push(d);
        }
    }
    let mut all = Vec::new();
    for case in documents.iter().filter(|d| d.source == Source::Case) {
        let Some(hosts) = hosts.get(case.lang.as_str()) else { continue };
        for (gold, run) in runs(case) {
            for copy in 0..COPIES {
                let seed = fnv(&format!("{} {copy} {}", case.id, run[0]));
                let host = hosts[seed as usize % hosts.len()];
                all.push(graft(host, case, gold, &run, seed >> 16));
            }
        }
    }
    all
}

/// Runs of appeal lines, and of two or more furniture lines.
fn runs(case: &Document) -> Vec<(Gold, Vec<&str>)> {
    let lines: Vec<(Gold, &str)> =
        case.gold.iter().copied().zip(case.page.blocks.iter().map(|b| b.text.as_str())).collect();
    lines
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|run| run[0].0 == Gold::Appeal || (run[0].0 == Gold::Other && run.len() > 1))
        .map(|run| (run[0].0, run.iter().map(|l| l.1).collect()))
        .collect()
}

fn graft(host: &Document, case: &Document, gold: Gold, lines: &[&str], seed: u64) -> Document {
    let a = Analysis::new(&host.page);
    let mut page: Page = host.page.clone();
    let pick = |shift: u64, n: u64| (seed >> shift) % n;
    let body = a.body.unwrap_or(0);
    let outside: Vec<usize> = (0..page.elements.len())
        .filter(|&e| {
            matches!(page.elements[e].tag.as_str(), "aside" | "footer") || page.parent(e) == Some(0)
        })
        .collect();
    let place = match pick(0, 4) {
        0 | 1 => body,
        2 => page.parent(body).unwrap_or(0),
        _ => outside.get(pick(3, 97) as usize % outside.len().max(1)).copied().unwrap_or(0),
    };
    let at = if a.holds[place].first == u32::MAX {
        page.blocks.len()
    } else {
        a.holds[place].last as usize + 1
    };
    let mut add = |parent: usize, tag: &str, name: &str, hints: u32| {
        page.elements.push(Element {
            parent: parent as i32,
            tag: tag.to_owned(),
            name: name.to_owned(),
            hints,
        });
        page.elements.len() - 1
    };
    let name =
        ["", "", "", "", "cta-box", "support-box", "donation", "promo-inner"][pick(9, 8) as usize];
    let mut holder = place;
    if place != body || pick(12, 3) > 0 {
        let fixed = if pick(14, 8) == 0 { hint::FIXED } else { 0 };
        holder = add(holder, ["div", "section", "aside", "div"][pick(17, 4) as usize], name, fixed);
        if pick(19, 2) == 0 {
            holder = add(holder, "div", "", 0);
        }
    }
    let mut blocks = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let short = line.chars().count() <= 40;
        let last = i + 2 >= lines.len();
        let tag = match () {
            () if i == 0 && lines.len() > 1 && line.chars().count() < 90 => {
                ["h3", "h4", "div", "h2", "p"][pick(21, 5) as usize]
            }
            () if short && last => ["div", "p", "div", "li"][pick(24, 4) as usize],
            () => ["p", "p", "p", "div"][pick(26, 4) as usize],
        };
        let owner = if tag == "li" {
            let list = add(holder, "ul", "", 0);
            add(list, "li", "", 0)
        } else {
            add(holder, tag, "", 0)
        };
        let mut block =
            Block { element: owner as u32, text: (*line).to_owned(), ..Block::default() };
        let whole = line.encode_utf16().count() as u32;
        if short && last && i > 0 {
            match pick(28, 4) {
                0 => block.button = whole,
                1 | 2 => {
                    block.link = whole;
                    let to = if gold == Gold::Appeal {
                        ["/donate", "/support", "https://www.paypal.com/x", "/join"]
                    } else {
                        ["#", "/news", "/subscribe", "/account"]
                    };
                    block.hrefs.push(to[pick(31, 4) as usize].to_owned());
                }
                _ => {}
            }
        }
        blocks.push(block);
    }
    let count = blocks.len();
    page.blocks.splice(at..at, blocks);
    let mut golds = host.gold.clone();
    golds.splice(at..at, std::iter::repeat_n(gold, count));
    let mut costly = host.costly.clone();
    costly.splice(at..at, std::iter::repeat_n(false, count));
    Document {
        id: format!("{} in {}", case.id, host.id),
        group: host.group.clone(),
        second_group: Some(case.group.clone()),
        lang: host.lang.clone(),
        source: Source::Graft,
        unread: false,
        story: true,
        sequence: Sequence::new(&Analysis::new(&page)),
        page,
        gold: golds,
        costly,
        units: Vec::new(),
    }
}
