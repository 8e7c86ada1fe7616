//! A page of HTML: parsed into an inert document and walked as the content script walks a live one.
//!
//! Which elements are blocks, inline or nothing is the contract of the front ends; change all together.

use fold_appeals::page::{Block, Element, MAX_BLOCK_TEXT, MAX_BLOCKS, MAX_ELEMENTS, Page, hint};
use wasm_bindgen::JsCast;
use web_sys::{DomParser, Node, SupportedType, Text, TreeWalker};

use crate::dom::{self, Reader};
use crate::input::Refusal;
use crate::lines::{collapse, cut, units};
use crate::source;

/// What an element is to the walk.
#[derive(PartialEq)]
enum Role {
    Skipped,
    Leaf,
    Inline,
    /// Inline, but its content does not run into what stands beside it.
    Spaced,
    Block,
}

fn role(tag: &str) -> Role {
    match tag {
        "script" | "style" | "noscript" | "template" | "link" | "meta" | "base" | "param"
        | "source" | "track" | "area" | "map" | "svg" | "math" | "canvas" | "head" => Role::Skipped,
        "img" | "video" | "audio" | "iframe" | "embed" | "object" | "textarea" | "input" => {
            Role::Leaf
        }
        "a" | "br" | "button" | "label" | "time" => Role::Spaced,
        "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "cite" | "code" | "data" | "del"
        | "dfn" | "em" | "font" | "i" | "ins" | "kbd" | "mark" | "picture" | "q" | "rp" | "rt"
        | "ruby" | "s" | "samp" | "small" | "span" | "strike" | "strong" | "sub" | "sup"
        | "title" | "tt" | "u" | "var" | "wbr" | "nobr" | "blink" | "rb" | "rtc" => Role::Inline,
        _ => Role::Block,
    }
}

/// An open block-level element; emitted once something in it counts.
struct Open {
    node: web_sys::Element,
    tag: String,
    element: Option<u32>,
    block: Option<usize>,
}

/// What to undo when the walk comes out of an element.
struct Level {
    role: Role,
    link: bool,
    button: bool,
}

struct Walk {
    reader: Reader,
    page: Page,
    /// Text of the blocks before white space is collapsed.
    raw: Vec<String>,
    open: Vec<Open>,
    levels: Vec<Level>,
    /// Targets of the links around the place.
    links: Vec<String>,
    buttons: u32,
    /// Number of elements, also of those that make no difference.
    visited: usize,
}

/// The page of a document's source.
pub(crate) fn page_of(source: &str) -> Result<Page, Refusal> {
    let parser = DomParser::new().map_err(|_| Refusal::Unreadable)?;
    let inert = parser
        .parse_from_string(&source::prepare(source)?, SupportedType::TextHtml)
        .map_err(|_| Refusal::Unreadable)?;
    let reader = Reader::new();
    let walker = dom::walker(&inert);
    let mut page = Page::default();
    let Some(html) = child_element(&walker, &reader, "html") else { return Ok(page) };
    page.lang = ["lang", "xml:lang"]
        .iter()
        .find_map(|name| reader.attribute(&html, name))
        .map_or_else(String::new, |lang| lang.trim().to_owned());
    let first = |selector: &str| html.query_selector(selector).ok().flatten();
    let value = |selector: &str, name: &str| {
        first(selector)
            .and_then(|e| reader.attribute(&e, name))
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    page.title = collapse(&first("title").and_then(|t| t.text_content()).unwrap_or_default());
    page.og = value("meta[property='og:type']", "content");
    page.url = value("link[rel='canonical']", "href");
    let Some(body) = child_element(&walker, &reader, "body") else { return Ok(page) };
    let mut walk = Walk {
        reader,
        page,
        raw: Vec::new(),
        open: vec![Open { node: body, tag: "body".into(), element: None, block: None }],
        levels: Vec::new(),
        links: Vec::new(),
        buttons: 0,
        visited: 0,
    };
    walk.run(&walker)?;
    Ok(walk.finish())
}

/// Moves the walker to its first child of this tag.
fn child_element(walker: &TreeWalker, reader: &Reader, tag: &str) -> Option<web_sys::Element> {
    let mut next = walker.first_child().ok()?;
    while let Some(node) = next {
        if let Ok(element) = node.dyn_into::<web_sys::Element>()
            && reader.tag(&element) == tag
        {
            return Some(element);
        }
        next = walker.next_sibling().ok()?;
    }
    None
}

impl Walk {
    /// Visits all that is in the walker's current node.
    fn run(&mut self, walker: &TreeWalker) -> Result<(), Refusal> {
        let mut next = walker.first_child().ok().flatten();
        while let Some(node) = next {
            if self.visited > MAX_ELEMENTS {
                return Err(Refusal::TooManyElements);
            }
            if self.page.blocks.len() > MAX_BLOCKS {
                return Err(Refusal::TooManyBlocks);
            }
            if self.visit(node) {
                if let Some(child) = walker.first_child().ok().flatten() {
                    next = Some(child);
                    continue;
                }
                self.leave();
            }
            next = self.advance(walker);
        }
        Ok(())
    }

    /// The next node after the current one and all that is in it; none at the end of the body.
    fn advance(&mut self, walker: &TreeWalker) -> Option<Node> {
        loop {
            if let Some(sibling) = walker.next_sibling().ok().flatten() {
                return Some(sibling);
            }
            if self.levels.is_empty() {
                return None;
            }
            walker.parent_node().ok().flatten()?;
            self.leave();
        }
    }

    /// Takes in a node; whether the walk goes into it.
    fn visit(&mut self, node: Node) -> bool {
        if let Some(text) = node.dyn_ref::<Text>() {
            self.text(&text.data());
            return false;
        }
        let Ok(element) = node.dyn_into::<web_sys::Element>() else { return false };
        self.visited += 1;
        let tag = self.reader.tag(&element);
        let role = role(&tag);
        let mut level = Level { role, link: false, button: false };
        match level.role {
            Role::Skipped => return false,
            Role::Leaf => {
                self.leaf(element, tag);
                return false;
            }
            Role::Block => {
                self.space();
                let select = tag == "select";
                self.open.push(Open { node: element, tag, element: None, block: None });
                if select {
                    self.owner();
                }
            }
            Role::Inline | Role::Spaced => {
                if level.role == Role::Spaced {
                    self.space();
                }
                if tag == "a"
                    && let Some(href) = self.reader.attribute(&element, "href")
                {
                    self.links.push(cut(href.trim(), 200).to_owned());
                    level.link = true;
                }
                level.button = tag == "button"
                    || self.reader.attribute(&element, "role").as_deref() == Some("button");
                self.buttons += u32::from(level.button);
            }
        }
        self.levels.push(level);
        true
    }

    fn leave(&mut self) {
        let Some(level) = self.levels.pop() else { return };
        if level.role == Role::Block {
            self.open.pop();
        }
        if level.role != Role::Inline {
            self.space();
        }
        if level.link {
            self.links.pop();
        }
        self.buttons -= u32::from(level.button);
    }

    /// Emits the innermost block-level element with its ancestors.
    fn owner(&mut self) -> u32 {
        let mut parent = -1;
        for open in &mut self.open {
            let index = *open.element.get_or_insert_with(|| {
                self.page.elements.push(emitted(&self.reader, &open.node, &open.tag, parent));
                self.page.elements.len() as u32 - 1
            });
            parent = index as i32;
        }
        parent.max(0) as u32
    }

    fn text(&mut self, text: &str) {
        let collapsed = collapse(text);
        if collapsed.is_empty() {
            if !text.is_empty() {
                self.space();
            }
            return;
        }
        let block = self.block();
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

    /// The block of the innermost block-level element.
    fn block(&mut self) -> usize {
        if let Some(block) = self.open.last().and_then(|o| o.block) {
            return block;
        }
        let element = self.owner();
        self.page.blocks.push(Block { element, ..Block::default() });
        self.raw.push(String::new());
        let block = self.raw.len() - 1;
        if let Some(open) = self.open.last_mut() {
            open.block = Some(block);
        }
        block
    }

    fn space(&mut self) {
        if let Some(block) = self.open.last().and_then(|o| o.block) {
            self.raw[block].push(' ');
        }
    }

    fn leaf(&mut self, element: web_sys::Element, tag: String) {
        self.space();
        let attribute = |name: &str| self.reader.attribute(&element, name).unwrap_or_default();
        if tag == "input" {
            match attribute("type").trim().to_ascii_lowercase().as_str() {
                "hidden" => return,
                "submit" | "button" | "reset" | "image" => {
                    let value = attribute("value");
                    self.buttons += 1;
                    self.text(&value);
                    self.buttons -= 1;
                    self.space();
                    return;
                }
                _ => {}
            }
        }
        let dot = |name: &str| matches!(attribute(name).as_str(), "0" | "1");
        if matches!(tag.as_str(), "img" | "iframe") && (dot("width") || dot("height")) {
            return;
        }
        let parent = self.owner() as i32;
        self.page.elements.push(emitted(&self.reader, &element, &tag, parent));
    }

    fn finish(self) -> Page {
        let Walk { mut page, raw, .. } = self;
        for (block, raw) in page.blocks.iter_mut().zip(raw) {
            block.text = cut(&collapse(&raw), MAX_BLOCK_TEXT).trim_end().to_owned();
        }
        page
    }
}

fn emitted(reader: &Reader, node: &web_sys::Element, tag: &str, parent: i32) -> Element {
    let attribute = |name: &str| reader.attribute(node, name).unwrap_or_default();
    let name = format!("{} {}", attribute("id"), attribute("class"));
    Element {
        parent,
        tag: tag.to_owned(),
        hints: hints(reader, node, tag),
        name: cut(name.trim(), 100).to_owned(),
    }
}

fn hints(reader: &Reader, node: &web_sys::Element, tag: &str) -> u32 {
    let attribute = |name: &str| reader.attribute(node, name);
    let word = |name: &str| attribute(name).unwrap_or_default().trim().to_ascii_lowercase();
    let mut hints = 0;
    let style = word(source::STYLE).replace([' ', '\t', '\n', '\r'], "");
    if style.contains("position:fixed") || style.contains("position:sticky") {
        hints |= hint::FIXED;
    }
    let dialog = matches!(word("role").as_str(), "dialog" | "alertdialog");
    if tag == "dialog" || dialog || word("aria-modal") == "true" {
        hints |= hint::DIALOG;
    }
    if attribute("contenteditable").is_some_and(|v| !v.trim().eq_ignore_ascii_case("false")) {
        hints |= hint::EDITABLE;
    }
    if word("itemprop") == "articlebody" {
        hints |= hint::ARTICLE_BODY;
    }
    if matches!(tag, "input" | "select" | "textarea") {
        const CARD: [&str; 5] = ["cardnumber", "card-number", "card_number", "cvc", "cvv"];
        let id = format!("{} {}", word("name"), word("id"));
        let card = word("autocomplete").starts_with("cc-") || CARD.iter().any(|w| id.contains(w));
        hints |= match () {
            () if card => hint::CARD,
            () if word("type") == "password" => hint::PASSWORD,
            () => hint::FIELD,
        };
    }
    hints
}
