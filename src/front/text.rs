//! Plain text, one block a line.

use crate::page::{Block, Element, Page};

/// Builds a page of the lines that are not blank.
pub fn page(text: &str) -> Page {
    from_lines(text.lines())
}

/// Builds a page with one block per line; blank lines make none.
pub fn from_lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> Page {
    let mut page = Page { excerpt: true, ..Page::default() };
    page.elements.push(Element { parent: -1, tag: "body".into(), ..Element::default() });
    for line in lines {
        let text = super::html::collapse(line);
        if text.is_empty() {
            continue;
        }
        page.blocks.push(Block { element: page.elements.len() as u32, text, ..Block::default() });
        page.elements.push(Element { parent: 0, tag: "p".into(), ..Element::default() });
    }
    page
}
