//! Bytes to text: byte order mark, then `<meta charset>`, then a guess.

use std::sync::OnceLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use regex::bytes::Regex;

/// Largest input, in bytes.
pub const MAX_BYTES: u64 = 64 << 20;

/// Why bytes are no text.
#[derive(Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// Nothing but white space.
    Empty,
    /// Not text; the offset of the first byte that says so.
    Binary(usize),
}

impl std::fmt::Display for DecodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("the file is empty"),
            Self::Binary(at) => {
                write!(f, "the file holds binary data (first at byte {at}), not text or HTML")
            }
        }
    }
}

impl std::error::Error for DecodeError {}

/// Decodes text or HTML of unknown encoding. NUL characters are dropped, as a browser's parser does in text.
///
/// # Errors
/// Empty input, and input that is not text in any encoding.
pub fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(DecodeError::Empty);
    }
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => {
            if let Some(at) = binary(bytes) {
                return Err(DecodeError::Binary(at));
            }
            declared(bytes).unwrap_or_else(|| guess(bytes))
        }
    };
    // A page that claims UTF-8 but is not, and one that is UTF-8 but claims otherwise, both exist in the wild.
    let encoding = match std::str::from_utf8(bytes) {
        Ok(_) if Encoding::for_bom(bytes).is_none() => UTF_8,
        Err(_) if encoding == UTF_8 && Encoding::for_bom(bytes).is_none() => guess(bytes),
        _ => encoding,
    };
    let (text, _, _) = encoding.decode(bytes);
    let text = text.replace('\0', "");
    if text.trim().is_empty() { Err(DecodeError::Empty) } else { Ok(text) }
}

/// The charset that the document declares in its first kilobyte.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    static CHARSET: OnceLock<Regex> = OnceLock::new();
    let pattern = CHARSET.get_or_init(|| {
        Regex::new(r#"(?i-u)<meta[^>]{1,200}charset\s*=\s*["']?\s*([a-z0-9_:.-]+)"#)
            .expect("a valid pattern")
    });
    let found = pattern.captures(&bytes[..bytes.len().min(4096)])?;
    Encoding::for_label(&found[1])
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// Where the bytes turn out to be no text: many control characters, or the signature of a common binary format.
fn binary(bytes: &[u8]) -> Option<usize> {
    const SIGNATURES: [&[u8]; 8] = [
        b"\x7fELF",
        b"\x89PNG",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"%PDF-",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\0asm",
    ];
    if SIGNATURES.iter().any(|s| bytes.starts_with(s)) {
        return Some(0);
    }
    let head = &bytes[..bytes.len().min(65_536)];
    let control = |b: &u8| matches!(b, 0..=8 | 14..=26 | 28..=31);
    let bad = head.iter().filter(|b| control(b)).count();
    (bad * 20 > head.len()).then(|| head.iter().position(control).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_by_mark_declaration_and_guess() {
        assert_eq!(decode("Größe".as_bytes()).as_deref(), Ok("Größe"));
        assert_eq!(decode(b"\xef\xbb\xbfGr\xc3\xb6\xc3\x9fe").as_deref(), Ok("Größe"));
        assert_eq!(decode(b"\xff\xfeG\0r\0").as_deref(), Ok("Gr"));
        assert_eq!(
            decode(b"<meta charset=windows-1251><p>\xcf\xf0\xe8\xe2\xe5\xf2").as_deref(),
            Ok("<meta charset=windows-1251><p>Привет")
        );
        assert_eq!(
            decode(b"<meta charset=klingon><p>Die Gr\xf6\xdfe der St\xe4dte w\xe4chst")
                .map(|t| t.contains("Größe")),
            Ok(true)
        );
        assert_eq!(
            decode(b"<meta charset=utf-8><p>Die Gr\xf6\xdfe der St\xe4dte w\xe4chst")
                .map(|t| t.contains("Größe")),
            Ok(true)
        );
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b" \n"), Err(DecodeError::Empty));
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0"), Err(DecodeError::Binary(0)));
        assert_eq!(decode(b"\0\x01\x02\x03\x04abc"), Err(DecodeError::Binary(0)));
        let stray =
            b"one\0 stray NUL in a long enough line of text, which a saved page may well hold";
        assert!(decode(stray).is_ok());
    }
}
