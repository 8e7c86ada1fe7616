//! From probabilities to regions: the largest elements that hold nothing but an appeal.
//!
//! Whole units fold together or not at all, and whatever is unsure stays.

use crate::analysis::{Analysis, EVIDENCE, FURNITURE, set};
use crate::cues::Concept;
use crate::names;
use crate::page::hint;

/// A region to fold.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// Sibling elements in document order.
    pub elements: Vec<usize>,
    /// The blocks inside.
    pub blocks: Vec<usize>,
    /// The highest probability among the blocks.
    pub score: f32,
}

/// How sure the core must be. Probabilities, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sureness {
    /// Least probability of a block that starts a region.
    pub threshold: f32,
    /// Least probability of a line that goes along with one.
    pub companion: f32,
    /// Least probability of a paragraph that goes along with one.
    pub paragraph: f32,
}

impl Sureness {
    /// Least probability of a block that starts a region: what lies over the page is no paragraph of the story.
    fn starts(self, a: &Analysis<'_>, block: usize) -> f32 {
        if over(a, block) { self.threshold * OVERLAY } else { self.threshold }
    }

    /// Whether a block of this probability goes along; a paragraph may be the story's and needs more.
    fn joins(self, a: &Analysis<'_>, block: usize, probability: f32) -> bool {
        let wanted = match a.is_paragraph(block) {
            true if over(a, block) => self.paragraph * OVERLAY,
            true if silent(a, block) => self.paragraph.max(SILENT),
            true => self.paragraph,
            false => self.companion,
        };
        probability >= wanted
    }
}

/// Whether a block lies over the page.
fn over(a: &Analysis<'_>, block: usize) -> bool {
    let owner = a.page.blocks[block].element as usize;
    a.page
        .ancestors(owner)
        .any(|e| a.page.elements[e].hints & (hint::FIXED | hint::DIALOG) != 0 && !a.around_body(e))
}

/// Share of the probability that suffices in an overlay.
const OVERLAY: f32 = 0.8;

/// Most of a page's text that may be folded.
const MOST: f32 = 0.3;

/// Finds the regions, given each block's probability of being an appeal and the threshold for a sure one.
pub fn regions(a: &Analysis<'_>, appeal: &[f32], sure: Sureness) -> Vec<Region> {
    let pure = pure(a, appeal, sure);
    // The largest pure element around each one.
    let mut top: Vec<Option<usize>> = Vec::with_capacity(pure.len());
    for (e, pure) in pure.iter().enumerate() {
        let above = a.page.parent(e).and_then(|p| top[p]);
        top.push(if *pure { above.or(Some(e)) } else { None });
    }
    let mut chosen = vec![false; a.page.elements.len()];
    for (b, p) in appeal.iter().enumerate() {
        if *p < sure.starts(a, b) {
            continue;
        }
        let owner = a.page.blocks[b].element as usize;
        if let Some(top) = top[owner] {
            chosen[top] = true;
        }
    }
    let companions = companions(a, appeal, &chosen, sure);
    for e in companions {
        chosen[e] = true;
    }
    let mut regions = runs(a, &chosen, appeal);
    regions.retain(|r| convincing(a, r, appeal));
    if !a.page.excerpt && too_much(a, &regions) {
        return Vec::new();
    }
    regions
}

/// For each element whether all it holds belongs to an appeal.
fn pure(a: &Analysis<'_>, appeal: &[f32], sureness: Sureness) -> Vec<bool> {
    let n = a.page.elements.len();
    let option = |e: usize| a.page.elements[e].tag == "option";
    let mut foreign = vec![false; n];
    let mut sure = vec![false; n];
    // Length of text that belongs by its own probability, and of text that merely goes along.
    let (mut own, mut along) = (vec![0u32; n], vec![0u32; n]);
    for (b, p) in appeal.iter().enumerate() {
        let e = a.page.blocks[b].element as usize;
        let length = a.normals[b].text.len() as u32;
        if option(e) {
            continue;
        }
        let belongs = sureness.joins(a, b, *p)
            || heads(a, b, appeal, sureness)
            || closes(a, b, appeal, sureness);
        if belongs && !(a.is_paragraph(b) && by_a_reader(a, e)) {
            own[e] += length;
            sure[e] |= *p >= sureness.starts(a, b);
        } else if attachment(a, b) {
            along[e] += length;
        } else {
            foreign[e] = true;
        }
    }
    for e in (1..n).rev() {
        let Some(parent) = a.page.parent(e) else { continue };
        foreign[parent] |= foreign[e];
        sure[parent] |= sure[e];
        own[parent] += own[e];
        along[parent] += along[e];
    }
    (0..n)
        .map(|e| {
            let h = &a.holds[e];
            !foreign[e]
                && sure[e]
                && own[e] >= along[e] * 2
                && !guarded(a, e)
                && h.media <= 4 + h.blocks / 2
        })
        .collect()
}

/// Elements that are never folded, whatever they hold.
fn guarded(a: &Analysis<'_>, e: usize) -> bool {
    let h = &a.holds[e];
    let element = &a.page.elements[e];
    let whole = matches!(element.tag.as_str(), "body" | "main" | "h1");
    whole
        || h.h1
        || a.around_body(e)
        || h.hints & (hint::PASSWORD | hint::CARD | hint::EDITABLE | hint::ARTICLE_BODY) != 0
        || h.has & Concept::Consent.bit() != 0 && h.fields > 0
}

/// The short line that opens a box goes with it, unless it is certainly none of it.
fn heads(a: &Analysis<'_>, b: usize, appeal: &[f32], sureness: Sureness) -> bool {
    let unit = a.units[b];
    a.holds[unit].first == b as u32
        && appeal[b] >= sureness.companion * FRAME
        && sure_below(a, b, appeal, sureness)
        && a.normals[b].text.len() < 80
        && a.link_share(b) < 0.5
        && a.signs[b].has & FURNITURE == 0
}

/// The button or link that closes a box goes with it, too: nothing is left behind that says "give".
fn closes(a: &Analysis<'_>, b: usize, appeal: &[f32], sureness: Sureness) -> bool {
    let unit = a.units[b];
    a.holds[unit].last == b as u32
        && b > 0
        && a.units[b - 1] == unit
        && appeal[b] >= sureness.companion * FRAME
        && appeal[b - 1] >= sureness.starts(a, b - 1)
        && a.normals[b].text.len() < 80
        && a.link_share(b).max(a.button_share(b)) > 0.5
        && a.signs[b].has & FURNITURE == 0
}

/// Whether one of the next few lines of the box is sure, and those before it go along.
fn sure_below(a: &Analysis<'_>, b: usize, appeal: &[f32], sureness: Sureness) -> bool {
    let below = (b + 1..appeal.len()).take(3).take_while(|&i| a.units[i] == a.units[b]);
    for i in below {
        if appeal[i] >= sureness.starts(a, i) {
            return true;
        }
        if !sureness.joins(a, i, appeal[i]) {
            return false;
        }
    }
    false
}

/// Share of a companion's probability that the opening or closing line of a box needs.
const FRAME: f32 = 0.4;

/// Whether the element stands among the readers' comments.
fn by_a_reader(a: &Analysis<'_>, element: usize) -> bool {
    a.page.ancestors(element).take_while(|&e| !a.around_body(e)).any(|e| {
        let mut names = a.page.elements[e].name.split(' ');
        names.any(|n| n.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("comment")))
    })
}

/// A short line without a meaning of its own, as stands on buttons and beside amounts.
fn attachment(a: &Analysis<'_>, b: usize) -> bool {
    let n = &a.normals[b];
    let signs = &a.signs[b];
    let along = set(&[
        Concept::Dismiss,
        Concept::Period,
        Concept::Currency,
        Concept::Rail,
        Concept::Thanks,
        Concept::Checkout,
    ]);
    if signs.has & FURNITURE & !Concept::Advert.bit() != 0 && signs.has & EVIDENCE == 0 {
        return false;
    }
    // A text of signs that are no letters is long, too.
    let short = n.text.len() <= 40 && n.words <= 5 && a.page.blocks[b].text.len() <= 160;
    let owner = a.page.blocks[b].element as usize;
    // Labels of fields, in a form small enough to be the appeal's own.
    let label = || {
        n.words <= 3
            && a.page
                .ancestors(owner)
                .any(|e| matches!(a.page.elements[e].tag.as_str(), "form" | "fieldset"))
            && a.holds[a.units[b]].fields > 0
    };
    short && (n.amount || signs.has & along != 0 || n.letters <= 1 && n.digits == 0 || label())
}

/// Where a block's links lead.
fn targets(a: &Analysis<'_>, b: usize) -> u32 {
    a.page.blocks[b].hrefs.iter().fold(0, |t, h| t | names::target(h))
}

/// Siblings beside a chosen element that belong to it: likely lines, and pictures between chosen ones.
fn companions(a: &Analysis<'_>, appeal: &[f32], chosen: &[bool], sure: Sureness) -> Vec<usize> {
    let mut more = Vec::new();
    for siblings in sibling_lists(a) {
        let joins = |e: usize| {
            let h = &a.holds[e];
            h.blocks > 0
                && !guarded(a, e)
                && (h.first..=h.last).all(|b| {
                    sure.joins(a, b as usize, appeal[b as usize])
                        || attachment(a, b as usize)
                        || a.page.elements[a.page.blocks[b as usize].element as usize].tag
                            == "option"
                })
        };
        let media = |e: usize| a.holds[e].blocks == 0 && !guarded(a, e);
        for direction in [1isize, -1] {
            let mut carrying = false;
            let mut skipped: Vec<usize> = Vec::new();
            let order: Box<dyn Iterator<Item = &usize>> = if direction == 1 {
                Box::new(siblings.iter())
            } else {
                Box::new(siblings.iter().rev())
            };
            for &e in order {
                if chosen[e] {
                    if carrying {
                        more.append(&mut skipped);
                    }
                    skipped.clear();
                    carrying = true;
                } else if carrying && media(e) && skipped.len() < 2 {
                    skipped.push(e);
                } else if carrying && joins(e) {
                    more.append(&mut skipped);
                    more.push(e);
                } else {
                    carrying = false;
                    skipped.clear();
                }
            }
        }
    }
    more
}

/// The children of each element that has any, in order.
fn sibling_lists(a: &Analysis<'_>) -> Vec<Vec<usize>> {
    let mut lists: Vec<Vec<usize>> = vec![Vec::new(); a.page.elements.len()];
    for e in 1..a.page.elements.len() {
        if let Some(parent) = a.page.parent(e) {
            lists[parent].push(e);
        }
    }
    lists.retain(|l| !l.is_empty());
    lists
}

/// Neighbouring chosen siblings as one region.
fn runs(a: &Analysis<'_>, chosen: &[bool], appeal: &[f32]) -> Vec<Region> {
    let mut regions = Vec::new();
    let mut covered = vec![false; chosen.len()];
    for e in 0..chosen.len() {
        covered[e] = a.page.parent(e).is_some_and(|p| chosen[p] || covered[p]);
    }
    for siblings in sibling_lists(a) {
        for run in siblings.split(|&e| !chosen[e]).filter(|r| !r.is_empty()) {
            if covered[run[0]] {
                continue;
            }
            let mut blocks: Vec<usize> = run
                .iter()
                .flat_map(|&e| a.holds[e].first.min(a.holds[e].last + 1)..=a.holds[e].last)
                .map(|b| b as usize)
                .filter(|&b| inside(a, b, run))
                .collect();
            // Where blocks are not in document order, siblings' ranges overlap.
            blocks.sort_unstable();
            blocks.dedup();
            let score = blocks.iter().map(|&b| appeal[b]).fold(0.0, f32::max);
            if !blocks.is_empty() {
                regions.push(Region { elements: run.to_vec(), blocks, score });
            }
        }
    }
    regions.sort_by_key(|r| r.blocks[0]);
    regions
}

fn inside(a: &Analysis<'_>, block: usize, run: &[usize]) -> bool {
    a.page.ancestors(a.page.blocks[block].element as usize).any(|e| run.contains(&e))
}

/// Whether the region as a whole asks for something, in words or by where its links lead.
fn convincing(a: &Analysis<'_>, r: &Region, appeal: &[f32]) -> bool {
    let has = r.blocks.iter().fold(0, |m, &b| m | a.signs[b].has);
    let any = |concepts: &[Concept]| has & set(concepts) != 0;
    let pays = r.elements.iter().any(|&e| a.holds[e].targets & (names::GIVE | names::PAYMENT) != 0);
    let evidence = (has & EVIDENCE).count_ones();
    // Without a plain request a paragraph must be beyond doubt: it may be the story's.
    let doubtful = |&b: &usize| a.is_paragraph(b) && appeal[b] < BEYOND_DOUBT;
    if !a.page.excerpt && !any(&[Concept::Ask]) && r.blocks.iter().any(doubtful) {
        return false;
    }
    // Lines that only lead to other pages, and speak to nobody: headlines.
    let person = any(&[Concept::We, Concept::I, Concept::You, Concept::Reader, Concept::Receiver]);
    let leads = names::GIVE | names::PAYMENT | names::MEMBER | names::SUBSCRIBE;
    let headline = |&b: &usize| a.link_share(b) > 0.9 && targets(a, b) & leads == 0;
    if !person && r.blocks.iter().all(headline) {
        return false;
    }
    let amount = r.blocks.iter().any(|&b| a.normals[b].amount);
    any(&[Concept::Ask])
        || evidence >= 3
        || evidence == 2 && (amount || r.blocks.len() > 2)
        || any(&[Concept::Give])
            && (evidence >= 2
                || pays
                || any(&[Concept::Rail, Concept::Receiver, Concept::Independence]))
        || any(&[Concept::Give])
            && r.blocks.len() > 2
            && any(&[Concept::We, Concept::I, Concept::You])
        || any(&[Concept::Rail]) && pays
}

/// Least probability of a paragraph in a region that holds no plain request.
const BEYOND_DOUBT: f32 = 0.98;

/// Least probability of a paragraph on a page that says nothing of an appeal itself, and that to nobody.
const SILENT: f32 = 0.99;

/// Whether a block on a page, where containers and names tell much, neither says anything of an appeal nor speaks to
/// the reader.
fn silent(a: &Analysis<'_>, block: usize) -> bool {
    let speaks = EVIDENCE | set(&[Concept::Give, Concept::You]);
    !a.page.excerpt && a.signs[block].has & speaks == 0
}

fn too_much(a: &Analysis<'_>, regions: &[Region]) -> bool {
    let folded: usize =
        regions.iter().flat_map(|r| &r.blocks).map(|&b| a.normals[b].text.len()).sum();
    folded as f32 > a.holds[0].length as f32 * MOST
}
