//! What holds for every page, also for hostile ones.
#![allow(clippy::unwrap_used)]

mod common;

use fold_appeals::front::{decode, html, text};
use fold_appeals::model::Label;
use fold_appeals::page::{Block, Element, Page, hint};
use fold_appeals::text::normalise;
use fold_appeals::{Verdict, classify};
use proptest::prelude::*;

const TAGS: [&str; 24] = [
    "div",
    "p",
    "section",
    "article",
    "main",
    "aside",
    "h1",
    "h2",
    "ul",
    "li",
    "form",
    "input",
    "option",
    "select",
    "blockquote",
    "nav",
    "footer",
    "img",
    "iframe",
    "td",
    "figure",
    "dialog",
    "",
    "x-y",
];
const NAMES: [&str; 8] =
    ["", "donate-box", "NAV menu", "paypal", "promo modal", "newsletter", "ſpende", "\0"];
const TARGETS: [&str; 6] =
    ["", "#", "/donate", "https://paypal.me/x", "mailto:a@b.example", "/share?\u{202e}"];
const PHRASES: [&str; 18] = [
    "Please support us from $3 a month.",
    "Our newsroom is independent and has no owner.",
    "Dear reader, without your help we cannot go on.",
    "Remind me later",
    "Thank you for your support!",
    "IBAN DE22 1005 0000 0190 0947 29",
    "“We need donations,” said the mayor of the flooded town on Monday evening.",
    "The council voted on Tuesday to close the harbour bridge for two years of repairs.",
    "Unterstützen Sie uns mit 5 € im Monat.",
    "支持我們的獨立報導",
    "ご支援をお願いします。月額500円から",
    "ادعم صحافتنا المستقلة",
    "תמכו בנו",
    "Соломія сказала, що міст закриють.",
    "We use cookies",
    "«",
    "\u{0}\u{200d}\u{feff}",
    "$",
];

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(&PHRASES[..]), 0..4).prop_map(|p| p.join(" ")),
        1 => any::<String>(),
        1 => "[ .,!a-zß€$0-9’“”—]{0,120}",
    ]
}

/// Pages with indices in order, and with blocks of any kind in any place.
fn pages() -> impl Strategy<Value = Page> {
    let element = (
        any::<prop::sample::Index>(),
        prop::sample::select(&TAGS[..]),
        0u32..256,
        prop::sample::select(&NAMES[..]),
    );
    let block = (
        any::<prop::sample::Index>(),
        words(),
        prop_oneof![3 => Just(0), 1 => 0u32..60, 1 => any::<u32>()],
        prop_oneof![4 => Just(0), 1 => any::<u32>()],
        prop::collection::vec(prop::sample::select(&TARGETS[..]), 0..3),
    );
    let heads = (
        any::<bool>(),
        prop::sample::select(&["", "en", "de-AT", "??", "zh"][..]),
        prop::sample::select(
            &["", "https://news.example/2024/a", "https://news.example/donate", "::"][..],
        ),
        any::<bool>(),
    );
    (heads, prop::collection::vec(element, 0..30), prop::collection::vec(block, 0..40)).prop_map(
        |((excerpt, lang, url, sorted), elements, mut blocks)| {
            let mut page = Page {
                url: url.into(),
                lang: lang.into(),
                title: "A story - Example Post".into(),
                og: "article".into(),
                excerpt,
                ..Page::default()
            };
            page.elements.push(Element { parent: -1, tag: "body".into(), ..Element::default() });
            for (parent, tag, hints, name) in elements {
                let parent = parent.index(page.elements.len()) as i32;
                // Most elements have no hints, or no page would be folded at all.
                let hints = if hints < 64 { 1 << (hints % 8) } else { 0 };
                page.elements.push(Element { parent, tag: tag.into(), hints, name: name.into() });
            }
            if sorted {
                blocks.sort_by_key(|b| b.0.index(page.elements.len()));
            }
            for (element, text, link, button, hrefs) in blocks {
                page.blocks.push(Block {
                    element: element.index(page.elements.len()) as u32,
                    text,
                    link,
                    button,
                    hrefs: hrefs.into_iter().map(str::to_owned).collect(),
                });
            }
            page
        },
    )
}

/// Whether `element` is one of `among` or lies below one.
fn below(page: &Page, element: u32, among: &[u32]) -> bool {
    page.ancestors(element as usize).any(|e| among.contains(&(e as u32)))
}

/// Folds name what exists and agree with the labels; titles, passwords and most of the text are never folded.
fn sound(page: &Page, verdict: &Verdict) -> Result<(), TestCaseError> {
    prop_assert_eq!(verdict.blocks.len(), page.blocks.len());
    prop_assert!(verdict.blocks.iter().all(|b| (0.0..=1.0).contains(&b.score)));
    let mut folded = vec![false; page.blocks.len()];
    for fold in &verdict.folds {
        prop_assert!(!fold.elements.is_empty() && !fold.blocks.is_empty());
        prop_assert!(!fold.reasons.is_empty());
        let parents: Vec<_> =
            fold.elements.iter().map(|&e| page.elements[e as usize].parent).collect();
        prop_assert!(parents.iter().all(|p| *p == parents[0] && *p >= 0));
        prop_assert!(fold.elements.is_sorted_by(|a, b| a < b));
        for (e, element) in page.elements.iter().enumerate() {
            let kept = matches!(element.tag.as_str(), "h1" | "body")
                || element.hints & (hint::PASSWORD | hint::CARD | hint::ARTICLE_BODY) != 0;
            prop_assert!(!kept || !below(page, e as u32, &fold.elements), "{element:?} is folded");
        }
        for &b in &fold.blocks {
            prop_assert!(!std::mem::replace(&mut folded[b as usize], true), "folded twice");
        }
        for (b, block) in page.blocks.iter().enumerate() {
            let inside = below(page, block.element, &fold.elements);
            prop_assert_eq!(inside, fold.blocks.contains(&(b as u32)));
        }
    }
    for (block, folded) in verdict.blocks.iter().zip(&folded) {
        prop_assert_eq!(block.label == Label::Appeal, *folded);
    }
    let length = |b: usize| normalise(&page.blocks[b].text).text.len();
    let all: usize = (0..page.blocks.len()).map(length).sum();
    let hidden: usize = (0..page.blocks.len()).filter(|&b| folded[b]).map(length).sum();
    prop_assert!(page.excerpt || hidden * 10 <= all * 3 + 9, "{hidden} of {all} bytes are folded");
    Ok(())
}

/// A document that can be written in more than one way.
#[derive(Debug, Clone)]
struct Written {
    paragraphs: Vec<(usize, Vec<&'static str>, bool)>,
}

const BOXES: [(&str, [(&str, &str); 2]); 4] = [
    ("p", [("id", "x"), ("class", "text")]),
    ("aside", [("class", "support-box"), ("data-n", "1")]),
    ("div", [("class", "promo"), ("role", "region")]),
    ("h2", [("class", "title"), ("id", "y")]),
];

/// How to write it: one choice after another.
struct Choices(u64);

impl Choices {
    fn next(&mut self, of: u64) -> u64 {
        // The generator of Knuth's MMIX.
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        if self.0 == 0 { 0 } else { (self.0 >> 33) % of }
    }
}

impl Written {
    /// Plain where there are no choices.
    fn html(&self, choices: &mut Option<Choices>) -> String {
        let mut pick = |of: u64| choices.as_mut().map_or(0, |c| c.next(of));
        let mut out =
            String::from("<!DOCTYPE html><html lang=en><title>A bridge</title><body><article>");
        for (kind, sentences, linked) in &self.paragraphs {
            let (tag, attributes) = BOXES[*kind];
            let [a, b] = attributes.map(|(name, value)| format!("{name}=\"{value}\""));
            out += &if pick(2) == 0 {
                format!("<{tag} {a} {b}>")
            } else {
                format!("<{tag}\n{b}  {a} >")
            };
            for sentence in sentences {
                for word in sentence.split(' ') {
                    let word = match pick(6) {
                        0 | 1 => word.to_owned(),
                        2 => word.chars().map(|c| format!("&#x{:x};", c as u32)).collect(),
                        3 => word
                            .replace('€', "&euro;")
                            .replace('“', "&ldquo;")
                            .replace('”', "&rdquo;"),
                        4 => format!("<span>{word}</span>"),
                        _ => format!("<b class=w><i>{word}</i></b>"),
                    };
                    out += &word;
                    out += [" ", "\n", " \t  ", "&#32;\n"][pick(4) as usize];
                }
            }
            if *linked {
                out += [
                    "<a href=/donate class=button>Give now</a>",
                    "<a class='button'  href='/donate'>Give now</a>",
                ][pick(2) as usize];
            }
            out += &format!("</{tag}>");
            out += ["", "\n\n", "<!-- a comment -->", " "][pick(4) as usize];
        }
        out + "</article></body></html>"
    }
}

fn written() -> impl Strategy<Value = Written> {
    let visible = &PHRASES[..16];
    let paragraph =
        (0..BOXES.len(), prop::collection::vec(prop::sample::select(visible), 1..4), any::<bool>());
    prop::collection::vec(paragraph, 1..12).prop_map(|paragraphs| Written { paragraphs })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_verdict_is_sound(page in pages()) {
        sound(&page, &classify(&page).unwrap())?;
    }

    #[test]
    fn indices_out_of_order_are_refused(mut page in pages(), parent in any::<i32>(), owner in any::<u32>(), at in any::<prop::sample::Index>()) {
        let e = at.index(page.elements.len());
        page.elements[e].parent = parent;
        if let Some(block) = page.blocks.first_mut() {
            block.element = owner;
        }
        prop_assert_eq!(classify(&page).is_ok(), page.check().is_ok());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), html in any::<bool>()) {
        if let Ok(source) = decode::decode(&bytes) {
            let page = if html { html::parse(&source, "").page } else { text::page(&source) };
            sound(&page, &classify(&page).unwrap())?;
        }
    }

    #[test]
    fn any_markup_is_read(source in "(<[a-z]{1,3}[ a-z=\"'/]{0,8}>?|</[a-z]{1,3}>|&[a-z]{1,4};?|[a-z€ ]{0,9}|<!--|-->|<script>|<table>|<select><option>){0,60}") {
        let page = html::parse(&source, "").page;
        prop_assert_eq!(page.check(), Ok(()));
        sound(&page, &classify(&page).unwrap())?;
    }

    #[test]
    fn the_way_of_writing_does_not_matter(document in written(), seed in any::<u64>()) {
        let plain = html::parse(&document.html(&mut None), "").page;
        let fancy = html::parse(&document.html(&mut Some(Choices(seed))), "").page;
        prop_assert_eq!(classify(&plain).unwrap(), classify(&fancy).unwrap());
    }
}

/// Unrelated lines behind the page's last block, under the root.
fn lengthened(page: &Page, lines: usize) -> Page {
    const STORIES: [&str; 4] = [
        "The ferry to the outer islands will sail twice a day from May, the harbour office said.",
        "Rain is expected in the north on Thursday",
        "A new swimming pool opened in the old brewery after three years of building work.",
        "Chess: the town's second team wins again",
    ];
    let mut longer = page.clone();
    for line in STORIES.iter().cycle().take(lines) {
        let element = longer.elements.len() as u32;
        longer.elements.push(Element { parent: 0, tag: "div".into(), ..Element::default() });
        longer.blocks.push(Block { element, text: (*line).into(), ..Block::default() });
    }
    longer
}

/// Of pages that stay of the same kind (so much text may make a story of a form), and from the second line after the
/// last block on: the last lines of a page are judged with that in mind.
#[test]
fn folding_does_not_grow_when_unrelated_text_follows() {
    let (mut grown, mut compared) = (Vec::new(), 0);
    for fixture in common::fixtures() {
        let page = lengthened(&html::parse(&fixture.html, &fixture.expected.url).page, 5);
        let before = classify(&page).unwrap();
        for lines in [1, 2, 5, 20] {
            let after = classify(&lengthened(&page, lines)).unwrap();
            if after.kind != before.kind {
                continue;
            }
            compared += 1;
            let folds = |v: &Verdict, b: usize| v.blocks[b].label == Label::Appeal;
            let more: Vec<&str> = (0..page.blocks.len())
                .filter(|&b| folds(&after, b) && !folds(&before, b))
                .map(|b| page.blocks[b].text.as_str())
                .collect();
            if !more.is_empty() {
                grown.push(format!("{} with {lines} lines more: {more:?}", fixture.slug));
            }
        }
    }
    assert!(compared > 400, "only {compared} comparisons");
    assert!(grown.is_empty(), "{}", grown.join("\n"));
}
