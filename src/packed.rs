//! The form in which the cue table ships: written by `build.rs`, so small because it is half of the package.
//!
//! Lines end with U+0000. A language's first line is its code and, if half of its letters beyond ASCII lie in one window
//! of 128 characters, the first of them: a byte from 0x80 then stands for a letter of the window, and others follow
//! [`ESCAPE`]. Each field of the other lines is a byte of 1 plus the number of characters that it shares with the field
//! before it, then the rest. Neighbouring languages are related, so that gzip finds their common words.

/// Ends a line.
pub const END: u8 = 0;
/// Before a character in UTF-8 that is outside its language's window.
pub const ESCAPE: u8 = 0x1e;
/// Most characters shared with the field before; all greater bytes are text.
pub const MOST_SHARED: usize = 0x1c;

/// The table as lines that end with a line feed, with fields that tabs part; `lines` lines for each language, which are
/// in alphabetical order.
pub fn unpack(packed: &[u8], lines: usize) -> String {
    let packed: Vec<&[u8]> = packed.split(|b| *b == END).collect();
    let mut languages: Vec<&[&[u8]]> = packed.chunks_exact(lines).collect();
    languages.sort_unstable();
    let mut out = String::with_capacity(packed.iter().map(|l| l.len() * 2).sum());
    for language in languages {
        let head = String::from_utf8_lossy(language[0]);
        let code = head.trim_end_matches(|c: char| !c.is_ascii());
        let window = head[code.len()..].chars().next().map(u32::from);
        out.push_str(code);
        out.push('\n');
        for line in &language[1..] {
            unpack_line(line, window, &mut out);
            out.push('\n');
        }
    }
    out
}

fn unpack_line(line: &[u8], window: Option<u32>, out: &mut String) {
    // Where the field before begins.
    let mut before = out.len();
    let mut fields = 0;
    let mut at = 0;
    while let Some(&byte) = line.get(at) {
        if (1..=MOST_SHARED + 1).contains(&usize::from(byte)) {
            let shared: usize =
                out[before..].chars().take(byte as usize - 1).map(char::len_utf8).sum();
            if fields > 0 {
                out.push('\t');
            }
            let start = out.len();
            out.extend_from_within(before..before + shared);
            (before, fields, at) = (start, fields + 1, at + 1);
            continue;
        }
        match window {
            Some(first) if byte >= 0x80 => {
                out.push(char::from_u32(first + u32::from(byte - 0x80)).unwrap_or_default());
                at += 1;
            }
            // One character, or all up to the next field where there is no window.
            _ => {
                at += usize::from(byte == ESCAPE);
                let rest = &line[at..];
                let length = match window {
                    Some(_) => rest.first().map_or(0, |b| b.leading_ones().max(1) as usize),
                    None => rest.iter().take_while(|b| usize::from(**b) > MOST_SHARED + 1).count(),
                };
                let end = (at + length).min(line.len());
                out.push_str(&String::from_utf8_lossy(&line[at..end]));
                at = end;
            }
        }
    }
}
