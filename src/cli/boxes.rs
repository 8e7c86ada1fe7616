//! Boxes: pieces of HTML as publishers insert them, each wholly an appeal or wholly something else (`tests/boxes`).
//!
//! A box alone says little; what is learned from and judged is a box set into a real page without appeals, at one of
//! the places that its author names.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use fold_appeals::analysis::{Analysis, EVIDENCE};
use fold_appeals::cues::Concept;
use fold_appeals::front::html;
use fold_appeals::model::{Boundary, Sequence};
use fold_appeals::names;
use fold_appeals::page::{Page, hint};

use super::corpus::{Document, Gold, Source, Unit};
use super::eval::fnv;

/// Where on a page a box may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Before the first paragraph.
    Top,
    /// Between two paragraphs.
    Within,
    /// Right after the last paragraph.
    End,
    /// Further below the story.
    After,
    /// In the sidebar.
    Side,
    /// Above everything.
    Head,
    /// Below everything.
    Foot,
    /// Over the page.
    Overlay,
}

/// A labelled piece of HTML.
pub(crate) struct Piece {
    id: String,
    group: String,
    lang: String,
    gold: Gold,
    places: Vec<Place>,
    page: Page,
}

/// Blocks of the host that are kept on either side: the rest of the host is learned from as a page of its own.
const AROUND: usize = 30;
/// Largest host, in blocks.
const LARGEST: usize = 600;

/// Reads a file of boxes; its name is its language. A file that does not begin with a box holds none.
///
/// # Errors
/// A line that opens no box, with its number.
pub(crate) fn read(path: &Path) -> Result<Vec<Piece>> {
    let lang = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    // Other HTML may lie beside the data.
    let opening = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    if header(&String::from_utf8_lossy(opening)).is_none() {
        return Ok(Vec::new());
    }
    let source = String::from_utf8(bytes).with_context(|| path.display().to_string())?;
    let mut found: Vec<(String, Gold, Vec<Place>, String)> = Vec::new();
    for (i, line) in source.lines().enumerate() {
        if line.starts_with("<!--") {
            let Some((gold, places, name)) = header(line) else {
                bail!("{} line {}: opens no box: {line}", path.display(), i + 1);
            };
            found.push((name.to_owned(), gold, places, String::new()));
        } else if let Some(last) = found.last_mut() {
            last.3.push_str(line);
            last.3.push('\n');
        } else if !line.trim().is_empty() {
            bail!("{} line {}: stands in no box", path.display(), i + 1);
        }
    }
    let piece = |(name, gold, places, source): (String, Gold, Vec<Place>, String)| {
        let page = html::parse(&format!("<!doctype html><body><div>{source}</div>"), "").page;
        let id = format!("{lang}: {name}");
        Piece { id, group: format!("boxes-{lang}"), lang: lang.to_owned(), gold, places, page }
    };
    Ok(found.into_iter().map(piece).filter(|p| !p.page.blocks.is_empty()).collect())
}

/// `<!-- label; places: name -->`
fn header(line: &str) -> Option<(Gold, Vec<Place>, &str)> {
    let inner = line.strip_prefix("<!-- ")?.trim_end().strip_suffix(" -->")?;
    let (kind, name) = inner.split_once(": ")?;
    let (label, places) = kind.split_once("; ")?;
    let gold = match label {
        "appeal" => Gold::Appeal,
        "keep" => Gold::Keep,
        "neutral" => Gold::Neutral,
        _ => return None,
    };
    let place = |word| {
        Some(match word {
            "top" => Place::Top,
            "within" => Place::Within,
            "end" => Place::End,
            "after" => Place::After,
            "side" => Place::Side,
            "head" => Place::Head,
            "foot" => Place::Foot,
            "overlay" => Place::Overlay,
            _ => return None,
        })
    };
    Some((gold, places.split(' ').map(place).collect::<Option<_>>()?, name))
}

/// The boxes set into pages of `documents`, once per place and at least twice.
pub(crate) fn set_into_pages(pieces: &[Piece], documents: &[Document]) -> Vec<Document> {
    let mut hosts: HashMap<&str, Vec<&Document>> = HashMap::new();
    for d in documents {
        let fit = d.source == Source::Page
            && !d.gold.contains(&Gold::Appeal)
            && (15..LARGEST).contains(&d.page.blocks.len())
            && d.story;
        if fit {
            hosts.entry(d.lang.as_str()).or_default().push(d);
            hosts.entry("").or_default().push(d);
        }
    }
    let few = |list: &&Vec<&Document>| list.len() >= 5;
    let mut all = Vec::new();
    for piece in pieces {
        let Some(hosts) = hosts.get(piece.lang.as_str()).filter(few).or_else(|| hosts.get(""))
        else {
            continue;
        };
        for copy in 0..piece.places.len().max(2) {
            let seed = fnv(&format!("{} {copy} {}", piece.id, piece.page.blocks[0].text));
            let host = hosts[seed as usize % hosts.len()];
            let place = piece.places[copy % piece.places.len()];
            all.push(set_into(host, piece, place, seed >> 20, copy < piece.places.len()));
        }
    }
    all
}

/// Where in the host's tree: the new parent, the index of the first new element, and that of the first new block.
fn spot(page: &Page, a: &Analysis<'_>, place: Place, seed: u64) -> (usize, usize, usize) {
    let n = page.elements.len();
    let body = a.body.unwrap_or(0);
    let end_of = |e: usize| (e + 1..n).find(|&i| !page.ancestors(i).any(|x| x == e)).unwrap_or(n);
    let child = |parent: usize, block: usize| {
        let owner = page.blocks[block].element as usize;
        page.ancestors(owner).find(|&e| page.parent(e) == Some(parent))
    };
    let (first, last) = a.prose.unwrap_or((0, page.blocks.len() - 1));
    let above = page.parent(body).unwrap_or(0);
    let (parent, at) = match place {
        Place::Top => (body, child(body, first).unwrap_or(body + 1)),
        Place::Within => {
            let inside: Vec<usize> =
                (first..last).filter(|&b| a.in_body(b) && a.is_paragraph(b)).collect();
            let block = inside.get(seed as usize % inside.len().max(1)).copied().unwrap_or(first);
            (body, child(body, block).map_or_else(|| end_of(body), end_of))
        }
        Place::End if !seed.is_multiple_of(3) => {
            (body, child(body, last).map_or_else(|| end_of(body), end_of))
        }
        Place::End => (above, end_of(body)),
        Place::After => {
            let parent =
                if seed.is_multiple_of(2) { above } else { page.parent(above).unwrap_or(0) };
            (parent, end_of(parent))
        }
        Place::Side => {
            let aside = (0..n).find(|&e| page.elements[e].tag == "aside" && !a.around_body(e));
            let parent = aside.unwrap_or_else(|| page.parent(above).unwrap_or(0));
            (parent, end_of(parent))
        }
        Place::Head => (0, 1.min(n)),
        Place::Foot | Place::Overlay => (0, n),
    };
    let block = page.blocks.iter().position(|b| b.element as usize >= at);
    (parent, at, block.unwrap_or(page.blocks.len()))
}

fn set_into(host: &Document, piece: &Piece, place: Place, seed: u64, judged: bool) -> Document {
    let a = Analysis::new(&host.page);
    let (parent, at, first) = spot(&host.page, &a, place, seed);
    let mut page = host.page.clone();
    page.lang.clone_from(&piece.lang);
    // The root of the parsed piece is not set in, and the wrapper only where text needs it as its owner.
    let loose = piece.page.blocks.iter().any(|b| b.element == 1);
    let skipped = if loose { 1 } else { 2 };
    let count = piece.page.elements.len() - skipped;
    for e in &mut page.elements {
        if e.parent >= at as i32 {
            e.parent += count as i32;
        }
    }
    for b in &mut page.blocks {
        if b.element as usize >= at {
            b.element += count as u32;
        }
    }
    let new = piece.page.elements.iter().skip(skipped).map(|e| {
        let mut e = e.clone();
        if (e.parent as usize) < skipped {
            e.parent = parent as i32;
            if place == Place::Overlay {
                e.hints |= hint::FIXED;
            }
        } else {
            e.parent += (at - skipped) as i32;
        }
        e
    });
    page.elements.splice(at..at, new.collect::<Vec<_>>());
    let new = piece.page.blocks.iter().map(|b| {
        let mut b = b.clone();
        b.element = b.element + at as u32 - skipped as u32;
        b
    });
    page.blocks.splice(first..first, new.collect::<Vec<_>>());
    let size = piece.page.blocks.len();
    let long = |b: usize| {
        let block = &page.blocks[b];
        block.text.chars().count() >= 80
            && block.link * 2 < block.text.encode_utf16().count() as u32
    };
    let keep = |b: usize| piece.gold == Gold::Keep && long(b);
    let units: Vec<Unit> = (first..first + size)
        .map(|b| Unit {
            gold: piece.gold,
            text: page.blocks[b].text.clone(),
            paragraph: keep(b),
            hard: piece.gold == Gold::Keep,
            element: Some(page.blocks[b].element as usize),
        })
        .collect();
    let inserted = Analysis::new(&page);
    // What no cue tells, only a reader can know: it is judged, but not learned from.
    let learned = if piece.gold == Gold::Keep || telling(&inserted, first, size) {
        piece.gold
    } else {
        Gold::Neutral
    };
    let mut gold = host.gold.clone();
    gold.splice(first..first, std::iter::repeat_n(learned, size));
    let mut costly = host.costly.clone();
    costly.splice(first..first, (first..first + size).map(keep).collect::<Vec<_>>());
    let sequence = around(Sequence::new(&inserted), first, size);
    Document {
        id: format!("{} in {}", piece.id, host.id),
        group: host.group.clone(),
        second_group: Some(piece.group.clone()),
        lang: piece.lang.clone(),
        source: if judged { Source::Box } else { Source::Graft },
        unread: false,
        story: true,
        gold,
        costly,
        units,
        sequence,
        page,
    }
}

/// Whether the cues of a box, taken together, speak of an appeal.
fn telling(a: &Analysis<'_>, first: usize, size: usize) -> bool {
    let blocks = first..first + size;
    let has = a.signs[blocks.clone()].iter().fold(0, |m, s| m | s.has);
    let pays = blocks
        .flat_map(|b| &a.page.blocks[b].hrefs)
        .any(|h| names::target(h) & (names::GIVE | names::PAYMENT) != 0);
    has & Concept::Ask.bit() != 0
        || (has & EVIDENCE).count_ones() >= 3
        || has & Concept::Give.bit() != 0 && (pays || (has & EVIDENCE).count_ones() >= 2)
}

/// The part of a sequence around the box.
fn around(mut sequence: Sequence, first: usize, size: usize) -> Sequence {
    let from = first.saturating_sub(AROUND);
    let kept = |b: &usize| (from..first + size + AROUND).contains(b);
    let low = sequence.members.iter().position(kept).unwrap_or(0);
    let count = sequence.members.iter().filter(|b| kept(b)).count();
    sequence.members = sequence.members[low..low + count].to_vec();
    sequence.features = sequence.features[low..low + count].to_vec();
    sequence.boundaries = sequence.boundaries[low..low + count].to_vec();
    if let Some(boundary) = sequence.boundaries.first_mut() {
        *boundary = Boundary::Far as u8;
    }
    sequence
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: [Place; 8] = [
        Place::Top,
        Place::Within,
        Place::End,
        Place::After,
        Place::Side,
        Place::Head,
        Place::Foot,
        Place::Overlay,
    ];

    #[test]
    fn a_header_names_label_places_and_box() {
        let found = header("<!-- keep; end side: shop: cart -->");
        assert_eq!(found, Some((Gold::Keep, vec![Place::End, Place::Side], "shop: cart")));
        assert_eq!(header("<!-- keep; nowhere: cart -->"), None);
        assert_eq!(header("<!-- a remark -->"), None);
    }

    #[test]
    fn every_place_lies_inside_the_page() {
        let paragraph = "<p>The council voted on Tuesday to close the harbour bridge for two years, and the ferry with it.</p>";
        let host = html::parse(
            &format!("<body><nav>News</nav><main><div>{}</div></main><aside>Most read</aside><footer>Imprint</footer>", paragraph.repeat(6)),
            "https://paper.example/story",
        )
        .page;
        let a = Analysis::new(&host);
        for place in PLACES {
            for seed in 0..6 {
                let (parent, at, block) = spot(&host, &a, place, seed);
                assert!(parent < at && at <= host.elements.len(), "{place:?}");
                assert!(block <= host.blocks.len(), "{place:?}");
            }
        }
    }
}
