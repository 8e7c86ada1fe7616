//! What the playground takes: text or HTML up to a size, in any common encoding.

use std::fmt;

use fold_appeals::page::{MAX_BLOCKS, MAX_ELEMENTS, Page, PageError};
use web_sys::{TextDecoder, TextDecoderOptions};

use crate::{collect, lines};

/// Most bytes of an input.
pub(crate) const MAX_BYTES: usize = 5_000_000;

/// Why an input is not judged.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Refusal {
    TooBig(usize),
    Binary,
    Unreadable,
    NoText,
    TooManyBlocks,
    TooManyElements,
    Page(PageError),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooBig(bytes) => {
                let (has, may) = (*bytes as f64 / 1e6, MAX_BYTES / 1_000_000);
                write!(
                    f,
                    "This is too big: {has:.1} MB, and the playground takes {may} MB at most."
                )
            }
            Self::Binary => {
                f.write_str("This is not text: it holds zero bytes, as pictures and archives do.")
            }
            Self::Unreadable => f.write_str("The browser could not read this file."),
            Self::NoText => f.write_str("There is no text in this."),
            Self::TooManyBlocks => {
                write!(
                    f,
                    "This has more than {MAX_BLOCKS} blocks of text, the most that is judged."
                )
            }
            Self::TooManyElements => {
                write!(f, "This has more than {MAX_ELEMENTS} elements, the most that is judged.")
            }
            Self::Page(error) => write!(f, "The core refused this: {error}."),
        }
    }
}

/// How the input is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Auto,
    Lines,
    Html,
}

impl Form {
    /// By the value of its option.
    pub(crate) fn named(name: &str) -> Form {
        match name {
            "lines" => Form::Lines,
            "html" => Form::Html,
            _ => Form::Auto,
        }
    }

    /// The form that is meant: what closes or opens a common element is HTML.
    fn of(self, text: &str) -> Form {
        const TELLING: [&str; 9] = [
            "<!doctype",
            "<html",
            "<body",
            "</p>",
            "</div>",
            "</article>",
            "</section>",
            "</h",
            "<br",
        ];
        if self != Form::Auto {
            return self;
        }
        let bytes = text.as_bytes();
        let tag = |at: usize| {
            let rest = &bytes[at..];
            TELLING
                .iter()
                .any(|t| rest.get(..t.len()).is_some_and(|r| r.eq_ignore_ascii_case(t.as_bytes())))
        };
        let html = text.match_indices('<').any(|(at, _)| tag(at));
        if html { Form::Html } else { Form::Lines }
    }
}

/// The page of an input.
pub(crate) fn page_of(text: &str, form: Form) -> Result<Page, Refusal> {
    if text.len() > MAX_BYTES {
        return Err(Refusal::TooBig(text.len()));
    }
    if text.contains('\0') {
        return Err(Refusal::Binary);
    }
    let page = match form.of(text) {
        Form::Html => collect::page_of(text)?,
        _ => lines::page_of(text)?,
    };
    if page.blocks.is_empty() { Err(Refusal::NoText) } else { Ok(page) }
}

/// The text of a file: in the encoding it declares, else in UTF-8, else as browsers read old Western text.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooBig(bytes.len()));
    }
    let marked = match bytes {
        [0xff, 0xfe, ..] => Some("utf-16le".to_owned()),
        [0xfe, 0xff, ..] => Some("utf-16be".to_owned()),
        _ => None,
    };
    if marked.is_none() && bytes.contains(&0) {
        return Err(Refusal::Binary);
    }
    let declared = marked.or_else(|| declared(bytes)).and_then(|label| decode_as(&label, bytes));
    declared
        .or_else(|| String::from_utf8(bytes.to_vec()).ok())
        .or_else(|| decode_as("windows-1252", bytes))
        .ok_or(Refusal::Unreadable)
}

/// `None` where the label is unknown or the bytes do not fit it.
fn decode_as(label: &str, bytes: &[u8]) -> Option<String> {
    let options = TextDecoderOptions::new();
    options.set_fatal(true);
    let decoder = TextDecoder::new_with_label_and_options(label, &options).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

/// The encoding that a `meta` element near the start declares.
fn declared(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let (_, rest) = start.split_once("charset")?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
    let label: String =
        value.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_make_html_and_comparisons_do_not() {
        assert_eq!(Form::Auto.of("a < b, and <3 to all\n</3"), Form::Lines);
        assert_eq!(Form::Auto.of("<P>One</P>"), Form::Html);
        assert_eq!(Form::Auto.of("  <!DOCTYPE html>x"), Form::Html);
        assert_eq!(Form::Lines.of("<p>One</p>"), Form::Lines);
    }

    #[test]
    fn what_cannot_be_judged_is_refused() {
        assert_eq!(page_of(" \n\t\n", Form::Auto), Err(Refusal::NoText));
        assert_eq!(page_of("a\0b", Form::Auto), Err(Refusal::Binary));
        let big = "x".repeat(MAX_BYTES + 1);
        assert_eq!(page_of(&big, Form::Auto), Err(Refusal::TooBig(MAX_BYTES + 1)));
        assert_eq!(decode(b"\x89PNG\0\0"), Err(Refusal::Binary));
    }

    #[test]
    fn the_declared_encoding_is_found() {
        let found = |text: &str| declared(text.as_bytes());
        assert_eq!(found("<meta charset=\"ISO-8859-2\">").as_deref(), Some("iso-8859-2"));
        let old = "<meta http-equiv=content-type content='text/html; charset=koi8-r'>";
        assert_eq!(found(old).as_deref(), Some("koi8-r"));
        assert_eq!(found("charset"), None);
    }
}
