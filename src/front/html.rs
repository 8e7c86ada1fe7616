//! Saved HTML pages: builds the same [`Page`] that the content script builds in a browser.

use std::borrow::Cow;
use std::sync::OnceLock;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use regex::Regex;
use scraper::node::Element as Node;
use scraper::{Html, Node as Any};

use crate::page::{Block, Element, MAX_BLOCK_TEXT, Page, hint};

/// A parsed document together with the page made of it.
pub struct Saved {
    /// The document.
    pub html: Html,
    /// What the core judges.
    pub page: Page,
    /// For each element of the page its node in the document.
    pub nodes: Vec<NodeId>,
}

const SKIP: [&str; 16] = [
    "script", "style", "noscript", "template", "link", "meta", "base", "param", "source", "track",
    "area", "map", "svg", "math", "canvas", "head",
];
const LEAF: [&str; 8] = ["img", "video", "audio", "iframe", "embed", "object", "textarea", "input"];
const INLINE: [&str; 44] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "button", "cite", "code", "data",
    "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "picture", "q", "rp", "rt",
    "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr", "title", "nobr", "blink", "rb", "rtc",
];
/// Inline elements whose content does not run into what stands beside it.
const SPACED: [&str; 6] = ["a", "button", "label", "br", "time", "input"];

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// The text with each run of white space as one space, trimmed.
pub fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn units(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

fn cut(text: &str, limit: usize) -> &str {
    let mut left = limit;
    for (at, c) in text.char_indices() {
        if c.len_utf16() > left {
            return &text[..at];
        }
        left -= c.len_utf16();
    }
    text
}

/// An open block-level element.
struct Open {
    node: NodeId,
    element: Option<u32>,
    block: Option<usize>,
}

#[derive(Default)]
struct Walk {
    page: Page,
    nodes: Vec<NodeId>,
    raw: Vec<String>,
    open: Vec<Open>,
    /// Targets of the links around the place.
    links: Vec<String>,
    buttons: u32,
}

impl Walk {
    /// Emits the innermost block-level element with its ancestors.
    fn owner(&mut self, html: &Html) -> u32 {
        let mut parent = -1;
        for at in 0..self.open.len() {
            let index = match self.open[at].element {
                Some(index) => index,
                None => {
                    let node = self.open[at].node;
                    let index = self.emit(html, node, parent);
                    self.open[at].element = Some(index);
                    index
                }
            };
            parent = index as i32;
        }
        parent.max(0) as u32
    }

    fn emit(&mut self, html: &Html, node: NodeId, parent: i32) -> u32 {
        let mut element = Element { parent, ..Element::default() };
        if let Some(e) = html.tree.get(node).and_then(|n| n.value().as_element()) {
            element.tag = e.name().to_ascii_lowercase();
            element.hints = hints(e);
            let name = format!(
                "{} {}",
                e.attr("id").unwrap_or_default(),
                e.attr("class").unwrap_or_default()
            );
            element.name = cut(name.trim(), 100).to_owned();
        }
        self.page.elements.push(element);
        self.nodes.push(node);
        self.page.elements.len() as u32 - 1
    }

    fn text(&mut self, html: &Html, text: &str) {
        let Some(top) = self.open.last() else { return };
        let collapsed = collapse(text);
        if collapsed.is_empty() {
            if let Some(block) = top.block.filter(|_| !text.is_empty()) {
                self.raw[block].push(' ');
            }
            return;
        }
        let block = match top.block {
            Some(block) => block,
            None => {
                let element = self.owner(html);
                self.page.blocks.push(Block { element, ..Block::default() });
                self.raw.push(String::new());
                let block = self.raw.len() - 1;
                if let Some(top) = self.open.last_mut() {
                    top.block = Some(block);
                }
                block
            }
        };
        if self.raw[block].len() < MAX_BLOCK_TEXT * 4 {
            self.raw[block].push_str(cut(text, MAX_BLOCK_TEXT * 2));
        }
        let b = &mut self.page.blocks[block];
        if self.buttons > 0 {
            b.button += units(&collapsed);
        }
        if let Some(href) = self.links.last() {
            b.link += units(&collapsed);
            if b.hrefs.len() < 4 && !b.hrefs.contains(href) {
                b.hrefs.push(href.clone());
            }
        }
    }

    fn space(&mut self) {
        if let Some(block) = self.open.last().and_then(|o| o.block) {
            self.raw[block].push(' ');
        }
    }
}

fn hints(e: &Node) -> u32 {
    let has = |name: &str, values: &[&str]| {
        e.attr(name).is_some_and(|v| values.contains(&v.trim().to_ascii_lowercase().as_str()))
    };
    let mut hints = 0;
    if let Some(style) = e.attr("style") {
        let style = style.to_ascii_lowercase().replace([' ', '\t', '\n', '\r'], "");
        if style.contains("position:fixed") || style.contains("position:sticky") {
            hints |= hint::FIXED;
        }
    }
    if e.name() == "dialog"
        || has("role", &["dialog", "alertdialog"])
        || has("aria-modal", &["true"])
    {
        hints |= hint::DIALOG;
    }
    if e.attr("contenteditable").is_some_and(|v| !v.trim().eq_ignore_ascii_case("false")) {
        hints |= hint::EDITABLE;
    }
    if has("itemprop", &["articlebody"]) {
        hints |= hint::ARTICLE_BODY;
    }
    if matches!(e.name(), "input" | "select" | "textarea") {
        let id =
            format!("{} {}", e.attr("name").unwrap_or_default(), e.attr("id").unwrap_or_default())
                .to_ascii_lowercase();
        let card = e
            .attr("autocomplete")
            .is_some_and(|a| a.trim().to_ascii_lowercase().starts_with("cc-"))
            || ["cardnumber", "card-number", "card_number", "cvc", "cvv"]
                .iter()
                .any(|w| id.contains(w));
        hints |= match () {
            () if card => hint::CARD,
            () if has("type", &["password"]) => hint::PASSWORD,
            () => hint::FIELD,
        };
    }
    hints
}

/// Parses a saved page. Iterative: any depth of nesting is fine.
///
/// `url` is taken as the page's address; where it is empty, the document's canonical link is.
pub fn parse(source: &str, url: &str) -> Saved {
    let html = Html::parse_document(&flatten(source));
    let mut walk = Walk::default();
    let mut body = None;
    for node in html.tree.root().descendants() {
        let Some(e) = node.value().as_element() else { continue };
        match e.name() {
            "html" => {
                walk.page.lang = e
                    .attr("lang")
                    .or_else(|| e.attr("xml:lang"))
                    .unwrap_or_default()
                    .trim()
                    .to_owned()
            }
            "title" if walk.page.title.is_empty() => {
                walk.page.title = collapse(
                    &node
                        .descendants()
                        .filter_map(|n| n.value().as_text().map(|t| t.to_string()))
                        .collect::<String>(),
                );
            }
            "meta" if e.attr("property") == Some("og:type") && walk.page.og.is_empty() => {
                walk.page.og = e.attr("content").unwrap_or_default().trim().to_owned();
            }
            "link" if walk.page.url.is_empty() && e.attr("rel") == Some("canonical") => {
                walk.page.url = e.attr("href").unwrap_or_default().trim().to_owned();
            }
            "body" if body.is_none() => body = Some(node.id()),
            _ => {}
        }
    }
    if !url.is_empty() {
        walk.page.url = url.to_owned();
    }
    if let Some(body) = body.and_then(|id| html.tree.get(id)) {
        let mut skip: Option<NodeId> = None;
        for edge in body.traverse() {
            match edge {
                Edge::Open(node) if skip.is_none() => match node.value() {
                    Any::Text(text) => walk.text(&html, text),
                    Any::Element(e) if !enter(&mut walk, &html, node.id(), e) => {
                        skip = Some(node.id());
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if skip == Some(node.id()) {
                        skip = None;
                    } else if skip.is_none()
                        && let Any::Element(e) = node.value()
                    {
                        leave(&mut walk, e);
                    }
                }
                Edge::Open(_) => {}
            }
        }
    }
    let Walk { mut page, nodes, raw, .. } = walk;
    for (block, raw) in page.blocks.iter_mut().zip(raw) {
        block.text = cut(&collapse(&raw), MAX_BLOCK_TEXT).trim_end().to_owned();
    }
    Saved { html, page, nodes }
}

/// Deepest nesting that reaches the parser, whose work grows with the square of it. Browsers have such a limit too.
const MAX_DEPTH: usize = 2_000;

/// The source without the tags that lie deeper than [`MAX_DEPTH`]; their content stays.
fn flatten(source: &str) -> Cow<'_, str> {
    static TAG: OnceLock<Regex> = OnceLock::new();
    let tag =
        TAG.get_or_init(|| Regex::new(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>").expect("a valid pattern"));
    const VOID: [&str; 9] = ["br", "img", "input", "hr", "meta", "link", "source", "p", "li"];
    let (mut depth, mut out, mut kept) = (0usize, String::new(), 0);
    for found in tag.captures_iter(source) {
        let (Some(whole), Some(name)) = (found.get(0), found.get(2)) else { continue };
        if VOID.iter().any(|v| name.as_str().eq_ignore_ascii_case(v)) {
            continue;
        }
        let opens = found[1].is_empty();
        depth = if opens { depth + 1 } else { depth.saturating_sub(1) };
        if depth > MAX_DEPTH || (!opens && depth == MAX_DEPTH) {
            out.push_str(&source[kept..whole.start()]);
            kept = whole.end();
        }
    }
    if kept == 0 {
        return Cow::Borrowed(source);
    }
    out.push_str(&source[kept..]);
    Cow::Owned(out)
}

/// Whether to walk into the element.
fn enter(walk: &mut Walk, html: &Html, node: NodeId, e: &Node) -> bool {
    let name = e.name();
    if SKIP.contains(&name) {
        return false;
    }
    if LEAF.contains(&name) {
        leaf(walk, html, node, e);
        return false;
    }
    if INLINE.contains(&name) {
        if SPACED.contains(&name) {
            walk.space();
        }
        if name == "a"
            && let Some(href) = e.attr("href")
        {
            walk.links.push(cut(href.trim(), 200).to_owned());
        }
        walk.buttons += u32::from(is_button(e));
        return true;
    }
    walk.space();
    walk.open.push(Open { node, element: None, block: None });
    if name == "select" {
        walk.owner(html);
    }
    true
}

fn is_button(e: &Node) -> bool {
    e.name() == "button" || e.attr("role") == Some("button")
}

fn leaf(walk: &mut Walk, html: &Html, node: NodeId, e: &Node) {
    walk.space();
    if e.name() == "input" {
        match e.attr("type").unwrap_or_default().trim().to_ascii_lowercase().as_str() {
            "hidden" => return,
            "submit" | "button" | "reset" | "image" => {
                walk.buttons += 1;
                walk.text(html, e.attr("value").unwrap_or_default());
                walk.buttons -= 1;
                walk.space();
                return;
            }
            _ => {}
        }
    }
    let tiny = |name: &str| matches!(e.attr(name), Some("0" | "1"));
    if matches!(e.name(), "img" | "iframe") && (tiny("width") || tiny("height")) {
        return;
    }
    let parent = walk.owner(html);
    walk.emit(html, node, parent as i32);
}

fn leave(walk: &mut Walk, e: &Node) {
    let name = e.name();
    if INLINE.contains(&name) {
        if SPACED.contains(&name) {
            walk.space();
        }
        if name == "a" && e.attr("href").is_some() {
            walk.links.pop();
        }
        walk.buttons -= u32::from(is_button(e));
    } else {
        walk.open.pop();
        walk.space();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        parse(html, "").page.blocks.into_iter().map(|b| b.text).collect()
    }

    #[test]
    fn a_block_is_what_one_element_holds() {
        assert_eq!(
            texts(
                "<div>One <b>two</b><p>para</p> three</div><p><a href=/x>Go</a><a href=/y>on</a></p><script>x</script>"
            ),
            ["One two three", "para", "Go on"]
        );
    }

    #[test]
    fn links_buttons_and_fields_are_told() {
        let s = parse(
            "<p>See <a href='/donate'>our page</a></p><form><input type=password><input type=submit value='Give now'></form>",
            "https://a.test/",
        );
        let b = &s.page.blocks;
        assert_eq!((b[0].link, b[0].hrefs.clone()), (8, vec!["/donate".to_owned()]));
        assert_eq!((b[1].text.as_str(), b[1].button), ("Give now", 8));
        assert!(s.page.elements.iter().any(|e| e.hints == hint::PASSWORD));
        assert_eq!(s.page.check(), Ok(()));
    }

    #[test]
    fn deep_nesting_is_no_trouble() {
        let deep = format!("{}x{}", "<div>".repeat(60_000), "</div>".repeat(60_000));
        assert_eq!(texts(&deep), ["x"]);
    }
}
