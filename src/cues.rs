//! Finds the cues of all languages in one pass over a block's normal form.
//!
//! A cue is a phrase that stands for a [`Concept`]. The phrases live in `src/cues/<lang>.toml`; `build.rs` packs them
//! into one table, and a radix tree finds them all at a cost that does not grow with their number. A cue with gaps is
//! found by its parts, in order, within one sentence.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

pub use crate::concept::{Concept, NAMES};
use crate::packed::unpack;
use crate::text::{Normal, spaceless};
use crate::tree::Tree;

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/cues.bin"));

/// Longest distance between two parts of a cue, in bytes of normal form.
const GAP: usize = 80;

/// A set of languages: bit `n` stands for [`Cues::languages`]`[n]`.
pub type Languages = u64;

/// A set of concepts: bit `n` stands for `NAMES[n]`.
pub type Concepts = u32;

impl Concept {
    /// The set that holds this concept alone.
    pub const fn bit(self) -> Concepts {
        1 << self as u32
    }
}

struct Cue {
    concept: u8,
    parts: u8,
    /// Short single words mean different things in different languages; they count on pages of their own only.
    weak: bool,
    /// Counts only where it is all that the block says.
    whole: bool,
    languages: Languages,
}

/// FNV-1a (Fowler, Noll and Vo) for tables whose keys are the program's own: nobody can choose them to collide.
struct Fnv(u64);

type Fast = BuildHasherDefault<Fnv>;

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        // The table looks at the upper bits too, which the last bytes hardly reach.
        self.0 ^ self.0 << 32
    }
}

/// A cue found in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Index into [`NAMES`].
    pub concept: u8,
    /// First byte in the normal form.
    pub start: u32,
    /// Byte after the last one in the normal form.
    pub end: u32,
}

/// All cues of all languages, ready to match.
pub struct Cues {
    languages: Vec<&'static str>,
    cues: Vec<Cue>,
    /// The cues' parts.
    tree: Tree,
    /// For each part of the tree where its uses begin in `uses`; the next part's end there.
    offsets: Vec<u32>,
    /// The cues that a part belongs to, with its place among their parts.
    uses: Vec<(u32, u8)>,
    stops: HashMap<&'static [u8], Languages, Fast>,
}

impl Cues {
    /// The cues of the program, built at first use.
    pub fn get() -> &'static Cues {
        static CUES: OnceLock<Cues> = OnceLock::new();
        CUES.get_or_init(|| Cues::parse(unpack(PACKED, NAMES.len() + 2).leak()))
    }

    fn parse(table: &'static str) -> Cues {
        let mut languages: Vec<&str> = Vec::new();
        let mut cues: Vec<Cue> = Vec::new();
        let mut known: HashMap<(u8, &str), u32, Fast> = HashMap::default();
        let mut parts: Vec<(String, u32, u8)> = Vec::new();
        let mut stops: HashMap<&[u8], Languages, Fast> = HashMap::default();
        for (number, line) in table.lines().enumerate() {
            let fields = line.split('\t').filter(|f| !f.is_empty());
            let place = number % (NAMES.len() + 2);
            if place == 0 {
                languages.push(line);
                continue;
            }
            let bit: Languages = 1 << (languages.len() - 1);
            if place == 1 {
                for word in fields {
                    *stops.entry(word.as_bytes()).or_default() |= bit;
                }
                continue;
            }
            let concept = place - 2;
            for cue in fields {
                let id = *known.entry((concept as u8, cue)).or_insert_with(|| {
                    let id = cues.len() as u32;
                    let whole = cue.starts_with('=');
                    let cue = cue.trim_start_matches('=');
                    let mut count = 0;
                    for part in cue.split('\u{1f}') {
                        parts.push((with_boundaries(part), id, count));
                        count += 1;
                    }
                    let words = cue.trim();
                    let phrase = count > 1
                        || words.contains(' ')
                        || words.chars().next().is_some_and(spaceless);
                    let weak = !whole && (!phrase || words.len() < 9);
                    cues.push(Cue {
                        concept: concept as u8,
                        parts: count,
                        weak,
                        whole,
                        languages: 0,
                    });
                    id
                });
                cues[id as usize].languages |= bit;
            }
        }
        parts.sort_unstable();
        let uses = parts.iter().map(|(_, id, place)| (*id, *place)).collect();
        let groups = parts.chunk_by(|a, b| a.0 == b.0);
        let offsets = std::iter::once(0)
            .chain(groups.clone().scan(0, |at, group| {
                *at += group.len() as u32;
                Some(*at)
            }))
            .collect();
        let tree = Tree::new(groups.map(|group| group[0].0.as_str()));
        Cues { languages, cues, tree, offsets, uses, stops }
    }

    /// The languages with cues (ISO 639-1), in alphabetical order.
    pub fn languages(&self) -> &[&'static str] {
        &self.languages
    }

    /// The set of one language; empty when it has no cues.
    pub fn language(&self, code: &str) -> Languages {
        let code = code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let code = match code.as_str() {
            "nb" | "nn" => "no",
            "iw" => "he",
            "in" => "id",
            "bs" | "sh" => "hr",
            other => other,
        };
        self.languages.iter().position(|l| *l == code).map_or(0, |i| 1 << i)
    }

    /// Which languages the texts may be in, told by their function words and scripts; the declared one only weighs.
    ///
    /// Reads at most the first 16 KB. All languages when nothing tells.
    pub fn detect<'a>(&self, texts: impl Iterator<Item = &'a str>, declared: &str) -> Languages {
        let mut votes = [0u32; 64];
        let mut left = 16_384usize;
        let (mut kana, mut han, mut hangul, mut thai) = (0, 0, 0, 0);
        for text in texts {
            if text.len() > left {
                break;
            }
            left -= text.len();
            for word in text.as_bytes().split(|b| *b == b' ') {
                let mut set = self.stops.get(word).copied().unwrap_or_default();
                while set != 0 {
                    votes[set.trailing_zeros() as usize] += 1;
                    set &= set - 1;
                }
                // The first bytes of Thai, kana, Han and Hangul characters.
                match word {
                    [0xe0, 0xb8..=0xb9, ..] => thai += 1,
                    [0xe3, 0x81..=0x83, ..] => kana += 1,
                    [0xe3, 0x90..=0xbf, ..] | [0xe4..=0xe9, ..] => han += 1,
                    [0xea, 0xb0..=0xbf, ..] | [0xeb..=0xec, ..] | [0xed, 0x80..=0x9e, ..] => {
                        hangul += 1
                    }
                    _ => {}
                }
                // Japanese words mostly begin with Han: a word with kana anywhere counts as well.
                if matches!(word, [0xe3..=0xe9, ..])
                    && word.windows(2).any(|w| matches!(w, [0xe3, 0x81..=0x83]))
                {
                    kana += 1;
                }
            }
        }
        let mut script = |code: &str, n: u32| {
            let set = self.language(code);
            if set != 0 {
                votes[set.trailing_zeros() as usize] += n;
            }
        };
        script("ja", kana * 4);
        script("zh", if kana * 3 > han { 0 } else { han * 2 });
        script("ko", hangul);
        script("th", thai * 2);
        let declared = self.language(declared);
        let top = votes.iter().copied().max().unwrap_or(0);
        if top < 3 {
            return if declared == 0 { Languages::MAX } else { declared | self.language("en") };
        }
        let mut active = 0;
        for (i, vote) in votes.iter().enumerate() {
            let own = declared >> i & 1 == 1;
            if vote * 2 >= top || (own && vote * 8 >= top) {
                active |= 1 << i;
            }
        }
        active
    }

    /// Calls `found` for every cue in the text; weak cues only if one of their languages is `active`.
    pub fn find(&self, normal: &Normal, active: Languages, mut found: impl FnMut(Hit)) {
        let text = normal.text.as_str();
        let mut parts: Vec<(u32, u8, u32, u32)> = Vec::new();
        let mut matches: Vec<(u32, u32, u32)> = Vec::new();
        self.tree.find(text, |part, start, end| matches.push((end as u32, start as u32, part)));
        // By their ends: of cues that say the same, a reason quotes the first.
        matches.sort_unstable();
        for (end, start, part) in matches {
            let from = self.offsets[part as usize] as usize;
            let to = self.offsets[part as usize + 1] as usize;
            for &(id, place) in &self.uses[from..to] {
                let cue = &self.cues[id as usize];
                if cue.parts > 1 {
                    parts.push((id, place, start, end));
                } else if cue.whole
                    && !(start <= 1 && matches!(&text[end as usize..], "" | " " | ". " | " . "))
                {
                    continue;
                } else if !cue.weak || cue.languages & active != 0 {
                    found(Hit { concept: cue.concept, start, end });
                }
            }
        }
        if parts.len() < 2 {
            return;
        }
        parts.sort_unstable();
        for group in parts.chunk_by(|a, b| a.0 == b.0) {
            let cue = &self.cues[group[0].0 as usize];
            if let Some((start, end)) = in_order(group, cue.parts, text) {
                found(Hit { concept: cue.concept, start, end });
            }
        }
    }
}

/// The part as it stands in a normal form: spaces for the word boundaries.
fn with_boundaries(part: &str) -> String {
    let words = part.trim_matches('*');
    let open = |c: Option<char>| c.is_none_or(spaceless);
    let before = if part.starts_with('*') || open(words.chars().next()) { "" } else { " " };
    let after = if part.ends_with('*') || open(words.chars().next_back()) { "" } else { " " };
    format!("{before}{words}{after}")
}

/// The first place where all parts of a cue stand in order, close together and in one sentence.
fn in_order(group: &[(u32, u8, u32, u32)], parts: u8, text: &str) -> Option<(u32, u32)> {
    let place = |n: u8| group.iter().filter(move |p| p.1 == n);
    // Only the last of the earlier first parts can be the nearest, but a sentence end may lie between; try all.
    for first in place(0).take(16) {
        let mut end = first.3;
        let mut complete = true;
        for n in 1..parts {
            let next = place(n).find(|p| p.2 + 1 >= end);
            match next {
                Some(p)
                    if (p.2.saturating_sub(end) as usize) < GAP
                        && !crosses_sentence(text, end, p.2) =>
                {
                    end = p.3
                }
                _ => {
                    complete = false;
                    break;
                }
            }
        }
        if complete {
            return Some((first.2, end));
        }
    }
    None
}

fn crosses_sentence(text: &str, from: u32, to: u32) -> bool {
    let (from, to) = ((from as usize).saturating_sub(1), to as usize + 1);
    from < to && text.as_bytes()[from..to.min(text.len())].windows(3).any(|w| w == b" . ")
}
