//! A page of plain text, one block a line, as the front end `text` of the core builds it.

use fold_appeals::page::{Block, Element, MAX_BLOCK_TEXT, MAX_BLOCKS, Page};

use crate::input::Refusal;

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// The text with each run of white space as one space, trimmed.
pub(crate) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Its length in UTF-16 units.
pub(crate) fn units(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

/// At most so many UTF-16 units of it.
pub(crate) fn cut(text: &str, limit: usize) -> &str {
    let mut left = limit;
    for (at, c) in text.char_indices() {
        if c.len_utf16() > left {
            return &text[..at];
        }
        left -= c.len_utf16();
    }
    text
}

/// One block a line; blank lines make none.
pub(crate) fn page_of(text: &str) -> Result<Page, Refusal> {
    let mut page = Page { excerpt: true, ..Page::default() };
    page.elements.push(Element { parent: -1, tag: "body".into(), ..Element::default() });
    for line in text.lines() {
        let collapsed = collapse(line);
        if collapsed.is_empty() {
            continue;
        }
        if page.blocks.len() == MAX_BLOCKS {
            return Err(Refusal::TooManyBlocks);
        }
        let element = page.elements.len() as u32;
        let text = cut(&collapsed, MAX_BLOCK_TEXT).trim_end().to_owned();
        page.blocks.push(Block { element, text, ..Block::default() });
        page.elements.push(Element { parent: 0, tag: "p".into(), ..Element::default() });
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_with_text_is_a_block() {
        let page = page_of("One\u{a0} two \r\n\r\n \t\nthree").expect("a small page");
        let texts: Vec<_> = page.blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(texts, ["One two", "three"]);
        assert_eq!(page.check(), Ok(()));
    }

    #[test]
    fn too_many_lines_are_refused_and_long_ones_cut() {
        assert!(matches!(page_of(&"x\n".repeat(MAX_BLOCKS + 1)), Err(Refusal::TooManyBlocks)));
        let long = page_of(&"é".repeat(MAX_BLOCK_TEXT + 9)).expect("one line");
        assert_eq!(units(&long.blocks[0].text) as usize, MAX_BLOCK_TEXT);
    }
}
