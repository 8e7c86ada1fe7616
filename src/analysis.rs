//! What a page's blocks and elements hold: the ground that features, gate and regions stand on.

use crate::cues::{Concept, Concepts, Cues, Hit, NAMES};
use crate::features::tags;
use crate::names;
use crate::page::{Page, hint};
use crate::text::{Normal, normalise};

/// The cues of one block.
#[derive(Debug, Clone, Default)]
pub struct Signs {
    /// Concepts found outside quotations.
    pub has: Concepts,
    /// Concepts found inside quotations only.
    pub quoted: Concepts,
    /// Concepts found at two or more places.
    pub twice: Concepts,
    /// All cues, in no particular order.
    pub hits: Vec<Hit>,
}

/// What the subtree of one element holds.
#[derive(Debug, Clone, Default)]
pub struct Holds {
    /// Length of its text, in bytes of normal form.
    pub length: u32,
    /// Length of its text in paragraphs.
    pub prose: u32,
    /// Number of text blocks.
    pub blocks: u32,
    /// Number of images, frames and other media.
    pub media: u32,
    /// Number of form controls.
    pub fields: u32,
    /// Bits of [`hint`] of all elements.
    pub hints: u32,
    /// Concepts of all blocks.
    pub has: Concepts,
    /// Bits of [`names`] of all link targets.
    pub targets: u32,
    /// Number of blocks that speak of giving or hold evidence.
    pub telling: u32,
    /// Whether an amount of money stands in it.
    pub amount: bool,
    /// Whether it holds a button or a link that is a block of its own.
    pub control: bool,
    /// Whether it holds an `h1`.
    pub h1: bool,
    /// First block, `u32::MAX` if none.
    pub first: u32,
    /// Last block.
    pub last: u32,
}

/// A page with everything that is known of it before scoring.
pub struct Analysis<'a> {
    /// The page.
    pub page: &'a Page,
    /// Each block in normal form.
    pub normals: Vec<Normal>,
    /// Each block's cues.
    pub signs: Vec<Signs>,
    /// Each element's content.
    pub holds: Vec<Holds>,
    /// The element that holds the article's paragraphs, if there is one.
    pub body: Option<usize>,
    /// First and last paragraph of the article's body.
    pub prose: Option<(usize, usize)>,
    /// For each block that speaks of giving whether it names the outlet.
    pub named: Vec<bool>,
    /// For each block the smallest element around it with two blocks or more, if it is small.
    pub boxes: Vec<usize>,
    /// For each block the largest small element around it.
    pub units: Vec<usize>,
    /// For each block whether its text stands elsewhere on the page too.
    pub repeated: Vec<bool>,
    /// For each block the bits of [`names`] of its link targets.
    pub targets: Vec<u32>,
    /// For each element the bits of [`names`] of its own name.
    pub names: Vec<u32>,
    /// For each element what it and its ancestors are (see [`tags`]).
    pub(crate) tags: Vec<u32>,
    /// For each element whether it lies inside the body, or is it.
    inside: Vec<bool>,
    /// For each element whether the body lies inside it, or is it.
    around: Vec<bool>,
}

/// Largest text of a box or unit, in bytes of normal form.
const UNIT_LENGTH: u32 = 2_000;
/// Most blocks of a box or unit.
const UNIT_BLOCKS: u32 = 24;
/// Shortest paragraph, in bytes of normal form.
const PARAGRAPH: usize = 80;

impl<'a> Analysis<'a> {
    /// Analyses a page whose indices are in order (see [`Page::check`]).
    pub fn new(page: &'a Page) -> Self {
        let cues = Cues::get();
        let normals: Vec<Normal> = page.blocks.iter().map(|b| normalise(&b.text)).collect();
        let active = cues.detect(normals.iter().map(|n| n.text.as_str()), &page.lang);
        let mut signs: Vec<Signs> = normals.iter().map(|n| signs(cues, n, active)).collect();
        let own = own_names(page);
        let mut named = vec![false; normals.len()];
        for (i, n) in normals.iter().enumerate() {
            // Money for the outlet by its name is money for the outlet.
            if signs[i].has & (Concept::Ask.bit() | Concept::Give.bit()) != 0
                && names_itself(n, &own)
            {
                signs[i].has |= Concept::Receiver.bit();
                named[i] = true;
            }
        }
        let targets: Vec<u32> = page
            .blocks
            .iter()
            .map(|b| b.hrefs.iter().fold(0, |t, href| t | names::target(href)))
            .collect();
        let holds = holds(page, &normals, &signs, &targets);
        let body = body(page, &normals);
        let mut inside = vec![false; page.elements.len()];
        for e in 0..inside.len() {
            inside[e] = body == Some(e) || page.parent(e).is_some_and(|p| inside[p]);
        }
        let mut around = vec![false; page.elements.len()];
        for e in body.into_iter().flat_map(|b| page.ancestors(b)) {
            around[e] = true;
        }
        let mut analysis = Analysis {
            page,
            normals,
            signs,
            holds,
            body,
            prose: None,
            named,
            boxes: Vec::new(),
            units: Vec::new(),
            repeated: Vec::new(),
            targets,
            names: page.elements.iter().map(|e| names::name(&e.name)).collect(),
            tags: tags(page),
            inside,
            around,
        };
        analysis.prose = analysis.find_prose();
        for b in 0..page.blocks.len() {
            let (inner, outer) = analysis.containers(b);
            analysis.boxes.push(inner);
            analysis.units.push(outer);
        }
        analysis.repeated = repeated(&analysis.normals);
        analysis
    }

    /// Whether a block reads as a paragraph of prose rather than a line of furniture.
    pub fn is_paragraph(&self, block: usize) -> bool {
        paragraph(self.page, &self.normals, block)
    }

    /// Share of a block's text inside links, 0 to 1.
    pub fn link_share(&self, block: usize) -> f32 {
        share(self.page.blocks[block].link, &self.page.blocks[block].text)
    }

    /// Share of a block's text inside buttons, 0 to 1.
    pub fn button_share(&self, block: usize) -> f32 {
        share(self.page.blocks[block].button, &self.page.blocks[block].text)
    }

    /// Whether the element is the root, the article's body or an ancestor of it.
    pub fn around_body(&self, element: usize) -> bool {
        element == 0 || self.around[element]
    }

    /// Whether the block stands inside the article's body.
    pub fn in_body(&self, block: usize) -> bool {
        self.inside[self.page.blocks[block].element as usize]
    }

    fn find_prose(&self) -> Option<(usize, usize)> {
        let holds = &self.holds[self.body?];
        let mut range = (holds.first as usize..=holds.last as usize)
            .filter(|&b| self.in_body(b) && self.is_paragraph(b));
        let first = range.next()?;
        Some((first, range.next_back().unwrap_or(first)))
    }

    fn containers(&self, block: usize) -> (usize, usize) {
        let owner = self.page.blocks[block].element as usize;
        let (mut inner, mut outer) = (owner, owner);
        for e in self.page.ancestors(owner) {
            let h = &self.holds[e];
            if self.around_body(e) || h.h1 || h.length > UNIT_LENGTH || h.blocks > UNIT_BLOCKS {
                break;
            }
            if self.holds[inner].blocks < 2 {
                inner = e;
            }
            outer = e;
        }
        (inner, outer)
    }
}

/// What the outlet calls itself: the main label of its host, and the short outer parts of the title.
fn own_names(page: &Page) -> Vec<String> {
    let host = page
        .url
        .split_once("://")
        .map_or("", |(_, r)| r)
        .split(['/', ':', '?'])
        .next()
        .unwrap_or_default();
    let labels: Vec<&str> =
        host.split('.').filter(|l| !matches!(*l, "www" | "com" | "co" | "org" | "net")).collect();
    let mut names =
        vec![squeeze(labels.iter().rev().nth(usize::from(labels.len() > 1)).unwrap_or(&""))];
    let parts: Vec<&str> =
        page.title.split(['|', '–', '—', '·', '»', '•']).flat_map(|p| p.split(" - ")).collect();
    if parts.len() > 1 {
        for part in [parts[0], parts[parts.len() - 1]] {
            if part.split_whitespace().count() <= 4 {
                names.push(squeeze(part));
            }
        }
    }
    names.retain(|n| n.chars().count() >= 4 && n != "blog" && n != "unknown" && n != "invalid");
    names
}

fn squeeze(text: &str) -> String {
    normalise(text).text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn names_itself(normal: &Normal, own: &[String]) -> bool {
    if own.is_empty() || normal.text.len() > 1_500 {
        return false;
    }
    let squeezed: String = normal.text.chars().filter(|c| c.is_alphanumeric()).collect();
    own.iter().any(|name| squeezed.contains(name.as_str()))
}

fn share(part: u32, text: &str) -> f32 {
    if part == 0 {
        return 0.0;
    }
    // UTF-16 units: one for each first byte, one more where four bytes follow one another.
    let units: usize =
        text.bytes().map(|b| usize::from(b & 0xc0 != 0x80) + usize::from(b >= 0xf0)).sum();
    (part as f32 / units.max(1) as f32).min(1.0)
}

fn signs(cues: &Cues, normal: &Normal, active: u64) -> Signs {
    let mut signs = Signs::default();
    let mut inside = 0;
    cues.find(normal, active, |hit| {
        let bit = 1 << hit.concept;
        if normal.quoted(hit.start, hit.end) {
            inside |= bit;
        } else {
            signs.twice |= signs.has & bit;
            signs.has |= bit;
        }
        signs.hits.push(hit);
    });
    signs.quoted = inside & !signs.has;
    signs
}

fn paragraph(page: &Page, normals: &[Normal], block: usize) -> bool {
    let wide =
        normals[block].text.chars().next_back().is_some() && normals[block].text.len() >= PARAGRAPH;
    wide && share(page.blocks[block].link, &page.blocks[block].text) < 0.5
}

fn holds(page: &Page, normals: &[Normal], signs: &[Signs], targets: &[u32]) -> Vec<Holds> {
    let mut all: Vec<Holds> = page
        .elements
        .iter()
        .map(|e| Holds {
            first: u32::MAX,
            hints: e.hints,
            media: u32::from(matches!(
                e.tag.as_str(),
                "img" | "video" | "audio" | "iframe" | "embed" | "object"
            )),
            fields: u32::from(e.hints & (hint::FIELD | hint::PASSWORD | hint::CARD) != 0),
            h1: e.tag == "h1",
            ..Holds::default()
        })
        .collect();
    for (i, block) in page.blocks.iter().enumerate() {
        let h = &mut all[block.element as usize];
        h.length += normals[i].text.len() as u32;
        h.blocks += 1;
        h.has |= signs[i].has;
        h.targets |= targets[i];
        h.telling += u32::from(signs[i].has & (EVIDENCE | Concept::Give.bit()) != 0);
        h.amount |= normals[i].amount;
        h.control |= share(block.button, &block.text) > 0.5 || share(block.link, &block.text) > 0.9;
        h.first = h.first.min(i as u32);
        h.last = h.last.max(i as u32);
        if paragraph(page, normals, i) {
            h.prose += normals[i].text.len() as u32;
        }
    }
    for e in (1..all.len()).rev() {
        let Some(parent) = page.parent(e) else { continue };
        let (before, after) = all.split_at_mut(e);
        let (h, c) = (&mut before[parent], &after[0]);
        h.length += c.length;
        h.prose += c.prose;
        h.blocks += c.blocks;
        h.media += c.media;
        h.fields += c.fields;
        h.hints |= c.hints;
        h.has |= c.has;
        h.targets |= c.targets;
        h.telling += c.telling;
        h.amount |= c.amount;
        h.control |= c.control;
        h.h1 |= c.h1;
        h.first = h.first.min(c.first);
        h.last = h.last.max(c.last);
    }
    all
}

/// The element with most prose in its children, half counted one level below, as Mozilla's Readability does.
fn body(page: &Page, normals: &[Normal]) -> Option<usize> {
    if page.excerpt {
        return None;
    }
    let mut score = vec![0u32; page.elements.len()];
    for (i, block) in page.blocks.iter().enumerate() {
        if !paragraph(page, normals, i) {
            continue;
        }
        let length = (normals[i].text.len() as u32).min(1_000);
        let owner = block.element as usize;
        // Loose text in a large container is prose of the container itself.
        let holder =
            if matches!(page.elements[owner].tag.as_str(), "p" | "li" | "blockquote" | "h2" | "h3")
            {
                page.parent(owner)
            } else {
                Some(owner)
            };
        if let Some(h) = holder {
            score[h] += length;
            if let Some(above) = page.parent(h) {
                score[above] += length / 2;
            }
        }
    }
    let (best, score) =
        score.iter().enumerate().max_by_key(|&(i, s)| (*s, std::cmp::Reverse(i)))?;
    (*score >= 400).then_some(best)
}

fn repeated(normals: &[Normal]) -> Vec<bool> {
    let mut seen = std::collections::HashMap::with_capacity(normals.len());
    let mut repeated = vec![false; normals.len()];
    for (i, n) in normals.iter().enumerate().filter(|(_, n)| n.text.len() > 12) {
        if let Some(first) = seen.insert(n.text.as_str(), i) {
            repeated[first] = true;
            repeated[i] = true;
        }
    }
    repeated
}

/// The set of several concepts.
pub const fn set(concepts: &[Concept]) -> Concepts {
    let (mut all, mut i) = (0, 0);
    while i < concepts.len() {
        all |= concepts[i].bit();
        i += 1;
    }
    all
}

/// Concepts that speak for an appeal.
pub const EVIDENCE: Concepts = set(&[
    Concept::Ask,
    Concept::Receiver,
    Concept::Reader,
    Concept::Opener,
    Concept::Independence,
    Concept::Threat,
    Concept::Arithmetic,
    Concept::Rail,
    Concept::Thanks,
    Concept::Dismiss,
]);

/// Concepts that speak for page furniture that is no appeal.
pub const FURNITURE: Concepts = set(&[
    Concept::Newsletter,
    Concept::Consent,
    Concept::Advert,
    Concept::Share,
    Concept::Legal,
    Concept::Tip,
]);

const _: () = assert!(NAMES.len() <= 32);
