//! `classify`: JSON Lines in, JSON Lines out.

use std::io::{BufRead, Write};

use anyhow::{Result, bail};
use fold_appeals::front::text;
use fold_appeals::verdict::Judgement;
use fold_appeals::{classify, page};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    id: serde_json::Value,
    #[serde(default)]
    lang: String,
    #[serde(default)]
    url: String,
    blocks: Vec<RequestBlock>,
}

#[derive(Deserialize)]
struct RequestBlock {
    text: String,
}

#[derive(Serialize)]
struct Answer {
    id: serde_json::Value,
    blocks: Vec<Judgement>,
}

/// Longest line, in bytes: what one page may have of text.
const MAX_LINE: u64 = 64 << 20;

/// Answers every line; a line that cannot be answered is named on standard error and the rest goes on.
pub(crate) fn run(input: &mut impl BufRead, out: &mut impl Write) -> Result<()> {
    let mut failed = 0;
    let mut number = 0;
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        number += 1;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match answer(&line) {
            Ok(answer) => {
                serde_json::to_writer(&mut *out, &answer)?;
                out.write_all(b"\n")?;
                out.flush()?;
            }
            Err(e) => {
                failed += 1;
                eprintln!("fold-appeals: line {number}: {e:#}");
            }
        }
    }
    if failed > 0 {
        bail!("{failed} of {number} lines could not be answered");
    }
    Ok(())
}

fn answer(line: &[u8]) -> Result<Answer> {
    if line.len() as u64 > MAX_LINE {
        bail!("{} MB in one line; the limit is {} MB", line.len() >> 20, MAX_LINE >> 20);
    }
    let request: Request = serde_json::from_slice(line)?;
    if request.blocks.len() > page::MAX_BLOCKS {
        return Err(page::PageError::TooManyBlocks(request.blocks.len()).into());
    }
    let mut page = text::from_lines(request.blocks.iter().map(|b| b.text.as_str()));
    page.lang = request.lang;
    page.url = request.url;
    let mut judged = classify(&page)?.blocks.into_iter();
    let other = Judgement { label: fold_appeals::model::Label::Other, score: 0.0 };
    // Blank blocks make no block of the page, but each gets its answer.
    let blank = |b: &RequestBlock| fold_appeals::front::html::collapse(&b.text).is_empty();
    let blocks = request
        .blocks
        .iter()
        .map(|b| if blank(b) { other } else { judged.next().unwrap_or(other) })
        .collect();
    Ok(Answer { id: request.id, blocks })
}
