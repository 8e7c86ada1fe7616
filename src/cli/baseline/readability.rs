//! Article extraction in the manner of Readability (Arc90 2009, today Mozilla's `Readability.js`, `_grabArticle`).
//!
//! Kept of it: the removal of unlikely candidates by class name, paragraph scores shared with the ancestors, class
//! weights, link density, the climb to a better parent, siblings that go along, conditional cleaning of boxes, and the
//! retry without the name rules where too little is left. Left out: what only concerns rendering and metadata.

use std::sync::OnceLock;

use fold_appeals::analysis::Analysis;
use fold_appeals::page::Page;
use regex::Regex;

/// Least text of an article; with less the next, laxer attempt is made.
const ENOUGH: usize = 500;

pub(super) fn drops(a: &Analysis<'_>) -> Vec<bool> {
    let view = View::new(a.page);
    for attempt in [[true; 3], [false, true, true], [false, false, true], [false; 3]] {
        let keeps = view.article(attempt);
        let length: usize = (0..keeps.len()).filter(|&b| keeps[b]).map(|b| view.lengths[b]).sum();
        if length >= ENOUGH {
            return keeps.into_iter().map(|k| !k).collect();
        }
    }
    // No article found: a reader view is not offered, and the page stays.
    vec![false; a.page.blocks.len()]
}

/// The page with what the scoring asks of it.
struct View<'a> {
    page: &'a Page,
    lengths: Vec<usize>,
    commas: Vec<usize>,
    children: Vec<Vec<usize>>,
}

/// Sums over an element's subtree.
#[derive(Clone, Copy, Default)]
struct Sum {
    length: usize,
    link: usize,
    commas: usize,
    paragraphs: usize,
    items: usize,
    media: usize,
    inputs: usize,
}

impl<'a> View<'a> {
    fn new(page: &'a Page) -> Self {
        let mut children = vec![Vec::new(); page.elements.len()];
        for e in 1..page.elements.len() {
            if let Some(parent) = page.parent(e) {
                children[parent].push(e);
            }
        }
        let comma = |c: &char| matches!(c, ',' | '،' | '，' | '、' | '﹐' | '︐' | '⹁');
        View {
            lengths: page.blocks.iter().map(|b| b.text.encode_utf16().count()).collect(),
            commas: page.blocks.iter().map(|b| b.text.chars().filter(comma).count()).collect(),
            page,
            children,
        }
    }

    fn tag(&self, e: usize) -> &str {
        &self.page.elements[e].tag
    }

    /// Per block whether it belongs to the article.
    fn article(&self, [strip, weigh, clean]: [bool; 3]) -> Vec<bool> {
        let page = self.page;
        let mut removed = vec![false; page.elements.len()];
        for e in 0..page.elements.len() {
            removed[e] = page.parent(e).is_some_and(|p| removed[p]) || (strip && self.unlikely(e));
        }
        let sums = self.sums(&removed);
        let scores = self.scores(&removed, weigh);
        let score = |e: usize| scores[e].map(|s| s * (1.0 - density(&sums[e])));
        let best = (0..page.elements.len()).filter_map(|e| Some((e, score(e)?))).fold(
            None,
            |best: Option<(usize, f32)>, x| {
                if best.is_none_or(|b| x.1 > b.1) { Some(x) } else { best }
            },
        );
        let top = best.map_or(0, |(e, s)| self.climb(e, s, &scores));
        let mut keeps = vec![false; page.blocks.len()];
        let parts = self.with_siblings(top, &scores, &sums);
        for (b, block) in page.blocks.iter().enumerate() {
            let owner = block.element as usize;
            keeps[b] = !removed[owner]
                && page.ancestors(owner).any(|e| parts.contains(&e))
                && !self.cleaned(owner, &parts, &sums, weigh, clean);
        }
        keeps
    }

    fn unlikely(&self, e: usize) -> bool {
        static BAD: OnceLock<Regex> = OnceLock::new();
        static MAYBE: OnceLock<Regex> = OnceLock::new();
        let bad = BAD.get_or_init(|| {
            pattern(
                "-ad-|ai2html|banner|breadcrumbs|combx|comment|community|cover-wrap|disqus|extra|footer|gdpr|header|\
                 legends|menu|related|remark|replies|rss|shoutbox|sidebar|skyscraper|social|sponsor|supplemental|\
                 ad-break|agegate|pagination|pager|popup|yom-remote",
            )
        });
        let maybe = MAYBE.get_or_init(|| pattern("and|article|body|column|content|main|shadow"));
        let name = &self.page.elements[e].name;
        let inside = |tag: &str| self.page.ancestors(e).any(|x| self.tag(x) == tag);
        e != 0
            && !matches!(self.tag(e), "body" | "article" | "a")
            && bad.is_match(name)
            && !maybe.is_match(name)
            && !inside("table")
            && !inside("code")
    }

    fn sums(&self, removed: &[bool]) -> Vec<Sum> {
        let page = self.page;
        let mut sums = vec![Sum::default(); page.elements.len()];
        for (b, block) in page.blocks.iter().enumerate() {
            let s = &mut sums[block.element as usize];
            s.length += self.lengths[b];
            s.link += block.link as usize;
            s.commas += self.commas[b];
        }
        for e in (0..page.elements.len()).rev() {
            match self.tag(e) {
                "p" => sums[e].paragraphs += 1,
                "li" => sums[e].items += 1,
                "img" => sums[e].media += 1,
                "input" => sums[e].inputs += 1,
                _ => {}
            }
            let s = sums[e];
            if let Some(parent) = page.parent(e).filter(|_| !removed[e]) {
                let p = &mut sums[parent];
                p.length += s.length;
                p.link += s.link;
                p.commas += s.commas;
                p.paragraphs += s.paragraphs;
                p.items += s.items;
                p.media += s.media;
                p.inputs += s.inputs;
            }
        }
        sums
    }

    /// Content scores: a paragraph's goes to its parent, half to the next ancestor, then less and less.
    fn scores(&self, removed: &[bool], weigh: bool) -> Vec<Option<f32>> {
        let page = self.page;
        let mut scores = vec![None; page.elements.len()];
        for (b, block) in page.blocks.iter().enumerate() {
            let owner = block.element as usize;
            // Loose text in a container is made a paragraph of it.
            let paragraph = matches!(
                self.tag(owner),
                "p" | "td" | "pre" | "section" | "h2" | "h3" | "h4" | "h5" | "h6"
            ) || (self.tag(owner) == "div" && self.children[owner].is_empty());
            if removed[owner] || self.lengths[b] < 25 {
                continue;
            }
            let own = 2.0 + self.commas[b] as f32 + (self.lengths[b] / 100).min(3) as f32;
            let first = usize::from(paragraph);
            for (level, e) in page.ancestors(owner).skip(first).take(5).enumerate() {
                if page.parent(e).is_none() {
                    break;
                }
                let share = match level {
                    0 => 1.0,
                    1 => 2.0,
                    _ => level as f32 * 3.0,
                };
                *scores[e].get_or_insert_with(|| self.start(e, weigh)) += own / share;
            }
        }
        scores
    }

    fn start(&self, e: usize, weigh: bool) -> f32 {
        let tag = match self.tag(e) {
            "div" => 5.0,
            "pre" | "td" | "blockquote" => 3.0,
            "address" | "ol" | "ul" | "dl" | "dd" | "dt" | "li" | "form" => -3.0,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th" => -5.0,
            _ => 0.0,
        };
        tag + if weigh { weight(&self.page.elements[e].name) } else { 0.0 }
    }

    /// The candidate, or the ancestor whose score rises again, or the one whose only child it is.
    fn climb(&self, candidate: usize, score: f32, scores: &[Option<f32>]) -> usize {
        let page = self.page;
        let (mut top, mut last) = (candidate, score);
        for e in page.ancestors(candidate).skip(1) {
            let (Some(here), Some(_)) = (scores[e], page.parent(e)) else { continue };
            if here < score / 3.0 {
                break;
            }
            if here > last {
                top = e;
                break;
            }
            last = here;
        }
        while let Some(parent) = page.parent(top)
            && page.parent(parent).is_some()
            && self.children[parent].len() == 1
        {
            top = parent;
        }
        top
    }

    fn with_siblings(&self, top: usize, scores: &[Option<f32>], sums: &[Sum]) -> Vec<usize> {
        let Some(parent) = self.page.parent(top) else { return vec![top] };
        let best = scores[top].unwrap_or(0.0);
        let name = &self.page.elements[top].name;
        let joins = |&e: &usize| {
            let bonus = if !name.is_empty() && self.page.elements[e].name == *name {
                best * 0.2
            } else {
                0.0
            };
            let s = &sums[e];
            e == top
                || scores[e].is_some_and(|s| s + bonus >= (best * 0.2).max(10.0))
                || (self.tag(e) == "p"
                    && ((s.length > 80 && density(s) < 0.25)
                        || (s.length > 0
                            && s.length <= 80
                            && s.link == 0
                            && self.ends_a_sentence(e))))
        };
        self.children[parent].iter().copied().filter(joins).collect()
    }

    fn ends_a_sentence(&self, e: usize) -> bool {
        let stop = |t: &str| t.contains(". ") || t.ends_with('.');
        self.page.blocks.iter().any(|b| b.element as usize == e && stop(&b.text))
    }

    /// Whether a box between the block and the article is thrown out of it.
    fn cleaned(
        &self,
        owner: usize,
        parts: &[usize],
        sums: &[Sum],
        weigh: bool,
        clean: bool,
    ) -> bool {
        let inner = self.page.ancestors(owner).take_while(|e| !parts.contains(e));
        let furniture =
            |e: usize| matches!(self.tag(e), "footer" | "aside" | "h1" | "select" | "button");
        for e in inner {
            if furniture(e) || (clean && self.poor(e, &sums[e], weigh)) {
                return true;
            }
        }
        false
    }

    fn poor(&self, e: usize, s: &Sum, weigh: bool) -> bool {
        let list = matches!(self.tag(e), "ul" | "ol");
        if !list
            && !matches!(self.tag(e), "div" | "section" | "form" | "fieldset" | "table" | "header")
        {
            return false;
        }
        let weight = if weigh { weight(&self.page.elements[e].name) } else { 0.0 };
        if weight < 0.0 {
            return true;
        }
        if s.commas >= 10 {
            return false;
        }
        let figure = self.page.ancestors(e).any(|x| self.tag(x) == "figure");
        (s.media > 1 && s.paragraphs * 2 < s.media && !figure)
            || (!list && s.items > s.paragraphs + 100)
            || s.inputs * 3 > s.paragraphs
            || (!list && s.length < 25 && (s.media == 0 || s.media > 2) && !figure)
            || (!list && weight < 25.0 && density(s) > 0.2)
            || (weight >= 25.0 && density(s) > 0.5)
    }
}

fn density(s: &Sum) -> f32 {
    if s.length == 0 { 0.0 } else { s.link as f32 / s.length as f32 }
}

fn weight(name: &str) -> f32 {
    static GOOD: OnceLock<Regex> = OnceLock::new();
    static BAD: OnceLock<Regex> = OnceLock::new();
    let good = GOOD.get_or_init(|| {
        pattern(
            "article|body|content|entry|hentry|h-entry|main|page|pagination|post|text|blog|story",
        )
    });
    let bad = BAD.get_or_init(|| {
        pattern(
            "-ad-|hidden|banner|combx|comment|com-|contact|footer|gdpr|masthead|media|meta|outbrain|promo|related|\
             scroll|share|shoutbox|sidebar|skyscraper|sponsor|shopping|tags|widget",
        )
    });
    let worth = |r: &Regex, w: f32| if r.is_match(name) { w } else { 0.0 };
    worth(good, 25.0) + worth(bad, -25.0)
}

fn pattern(words: &str) -> Regex {
    Regex::new(&format!("(?i-u){words}")).expect("a valid pattern")
}

#[cfg(test)]
mod tests {
    use super::super::tests::kept;

    const LINE: &str = "The council voted on Tuesday, after a long debate, to close the harbour bridge for two years.";

    #[test]
    fn the_article_stays_and_the_rest_goes() {
        let page = format!(
            "<div class=menu><a href=/>Home</a></div><div class=story>{}<div class=promo>Give now</div></div>\
             <div class=sidebar><p>Most read stories of the week, and more of them</p></div>",
            format!("<p>{LINE}</p>").repeat(8)
        );
        assert_eq!(kept(&page, super::drops), [LINE; 8]);
    }

    #[test]
    fn a_page_without_an_article_stays() {
        assert_eq!(kept("<div class=menu>Home</div><p>Hello</p>", super::drops), ["Home", "Hello"]);
    }
}
