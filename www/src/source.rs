//! Prepares the source of a page for the browser's parser, in one pass.
//!
//! Browsers report every `style` and `onload` of an inert document that breaks the policy of this one,
//! and their parsers slow down with the square of the nesting. Scripts and the like are left out.

use std::borrow::Cow;

use fold_appeals::page::MAX_ELEMENTS;

use crate::input::Refusal;

/// The name that `style` attributes get; those for events are renamed likewise.
pub(crate) const STYLE: &str = "x-style";

/// Deepest nesting that reaches the parser; browsers show no deeper one.
const MAX_DEPTH: usize = 512;

/// Elements that need no end tag, or have none.
const OPEN_ENDED: [&str; 28] = [
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li",
    "link", "meta", "optgroup", "option", "p", "param", "rp", "rt", "source", "tbody", "td",
    "tfoot", "th", "thead", "tr", "wbr",
];

/// The source as the parser gets it.
pub(crate) fn prepare(source: &str) -> Result<String, Refusal> {
    let mut out = String::with_capacity(source.len());
    let (mut rest, mut depth, mut tags) = (source, 0usize, 0usize);
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = after(comment, "-->");
            continue;
        }
        let end = rest.starts_with("</");
        let start = 1 + usize::from(end);
        if !rest[start..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            out.push('<');
            rest = &rest[1..];
            continue;
        }
        let name = name(&rest[start..]);
        let (tag, behind) = tag(rest, start + name.len());
        rest = behind;
        if ["script", "style"].iter().any(|n| name.eq_ignore_ascii_case(n)) {
            if !end {
                rest = raw_text(rest, name);
            }
            continue;
        }
        tags += 1;
        // Twice as many, because tags may also stand in texts; the walk counts exactly.
        if tags > 2 * 2 * MAX_ELEMENTS {
            return Err(Refusal::TooManyElements);
        }
        if OPEN_ENDED.iter().any(|n| name.eq_ignore_ascii_case(n)) {
            out.push_str(&tag);
            continue;
        }
        if end {
            depth = depth.saturating_sub(1);
        }
        if depth < MAX_DEPTH {
            out.push_str(&tag);
        }
        if !end {
            depth += 1;
        }
    }
    out.push_str(rest);
    Ok(out)
}

fn name(text: &str) -> &str {
    let end = text.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    &text[..end.unwrap_or(text.len())]
}

fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    text.find(mark).map_or("", |at| &text[at + mark.len()..])
}

/// What follows the end tag of a `script` or `style`.
fn raw_text<'a>(text: &'a str, name: &str) -> &'a str {
    for (at, _) in text.match_indices("</") {
        let rest = &text[at + 2..];
        if rest.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            return after(rest, ">");
        }
    }
    ""
}

/// A tag with its reported attributes renamed, and what follows it. Attributes begin at `at`.
fn tag(text: &str, mut at: usize) -> (Cow<'_, str>, &str) {
    let bytes = text.as_bytes();
    let mut renamed = String::new();
    let mut copied = 0;
    loop {
        while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
            at += 1;
        }
        let start = at;
        while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && !b"/>=".contains(b)) {
            at += 1;
        }
        let name = &bytes[start..at];
        let event = name.get(..2).is_some_and(|n| n.eq_ignore_ascii_case(b"on"));
        if event || name.eq_ignore_ascii_case(b"style") {
            renamed.push_str(&text[copied..start]);
            renamed.push_str("x-");
            copied = start;
        }
        match bytes.get(at) {
            // A parser drops an unfinished tag at the end.
            None => return (Cow::Borrowed(""), ""),
            Some(b'>') => break,
            Some(b'=') => at = value(bytes, at + 1),
            Some(_) => {}
        }
    }
    let (tag, rest) = text.split_at(at + 1);
    if copied == 0 {
        return (Cow::Borrowed(tag), rest);
    }
    renamed.push_str(&tag[copied..]);
    (Cow::Owned(renamed), rest)
}

/// The place after an attribute's value.
fn value(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    match bytes.get(at) {
        Some(quote @ (b'"' | b'\'')) => {
            let close = bytes[at + 1..].iter().position(|b| b == quote);
            close.map_or(bytes.len(), |close| at + 2 + close)
        }
        _ => {
            let end = bytes[at..].iter().position(|b| b.is_ascii_whitespace() || *b == b'>');
            end.map_or(bytes.len(), |end| at + end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(source: &str) -> String {
        prepare(source).expect("few tags")
    }

    #[test]
    fn only_attributes_are_renamed() {
        assert_eq!(
            prepared("<p Style='top:0' title=\"a > b style=1\" onload=x>style=2 < 3</p>"),
            "<p x-Style='top:0' title=\"a > b style=1\" x-onload=x>style=2 < 3</p>"
        );
        assert_eq!(prepared("<br/><a href=x/style=y>é</a> <é"), "<br/><a href=x/style=y>é</a> <é");
    }

    #[test]
    fn scripts_styles_and_comments_are_left_out() {
        let source = "a<script>'</p><div>'</SCRIPT >b<style>p{}</style>c<!-- <p> -->d<script>e";
        assert_eq!(prepared(source), "abcd");
    }

    #[test]
    fn deep_nesting_is_cut_and_its_text_stays() {
        let deep = format!("{}x{}y", "<div>".repeat(9_000), "</div>".repeat(9_000));
        let flat = format!("{}x{}y", "<div>".repeat(MAX_DEPTH), "</div>".repeat(MAX_DEPTH));
        assert_eq!(prepared(&deep), flat);
        let many = "<b></b>".repeat(2 * MAX_ELEMENTS + 1);
        assert_eq!(prepare(&many), Err(Refusal::TooManyElements));
    }

    #[test]
    fn what_never_ends_is_dropped() {
        for source in ["x<", "x</", "x<p", "x<p a", "x<p a=", "x<p a='b>c", "x<!-- y", "x<p\n/"] {
            assert!(prepared(source).starts_with('x'), "{source}");
        }
    }
}
