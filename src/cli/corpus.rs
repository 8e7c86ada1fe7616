//! Labelled data: saved pages, texts, and the project's own block cases.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use flate2::read::GzDecoder;
use fold_appeals::front::{html, text};
use fold_appeals::gate;
use fold_appeals::model::{Label, Sequence};
use fold_appeals::page::Page;
use fold_appeals::{analysis::Analysis, page};
use serde::Deserialize;

use super::boxes::{self, Piece};

/// What is known of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gold {
    Appeal,
    Article,
    Other,
    /// Not an appeal; article or other is not told.
    Keep,
    /// Hiding it is neither right nor wrong.
    Neutral,
}

/// A labelled block as the corpus counts it, which may be finer or coarser than a block of the page.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub gold: Gold,
    pub text: String,
    /// Long and not made of links: hiding it is the worst error.
    pub paragraph: bool,
    pub hard: bool,
    /// The element of the page that hides it when folded; `None` where the page has none for it.
    pub element: Option<usize>,
}

/// One document.
pub(crate) struct Document {
    pub id: String,
    /// Publisher or author: never on both sides of a split.
    pub group: String,
    /// Of a graft: the group of its other half.
    pub second_group: Option<String>,
    pub lang: String,
    pub source: Source,
    /// Nobody read it in full.
    pub unread: bool,
    /// Whether it is a page with a story, and not one to leave alone.
    pub story: bool,
    pub page: Page,
    /// Per block of the page.
    pub gold: Vec<Gold>,
    /// Per block: a paragraph that must stay, or a hard line.
    pub costly: Vec<bool>,
    pub units: Vec<Unit>,
    pub sequence: Sequence,
}

/// Where a document comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Page,
    AppealText,
    NegativeText,
    Case,
    /// A box set into a page; its own lines are judged.
    Box,
    /// Made of a page and a case or box, for training only.
    Graft,
}

#[derive(Deserialize)]
struct IndexRow {
    key: String,
    url: String,
    publisher: String,
    lang: String,
}

#[derive(Deserialize)]
struct LabelRow {
    key: String,
    kind: String,
    appeal: Vec<usize>,
    neutral: Vec<usize>,
    hard: Vec<usize>,
}

#[derive(Deserialize)]
struct BlocksRow {
    key: String,
    blocks: Vec<BlockRow>,
}

#[derive(Deserialize)]
struct BlockRow {
    t: String,
    ld: f32,
}

#[derive(Deserialize)]
struct TextRow {
    id: String,
    lang: String,
    source: String,
    blocks: Vec<TextBlock>,
}

#[derive(Deserialize)]
struct TextBlock {
    text: String,
    label: Label,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    lines: Vec<(Label, String)>,
}

/// Labelled data as it was read.
#[derive(Default)]
pub(crate) struct Data {
    pub documents: Vec<Document>,
    pub boxes: Vec<Piece>,
}

impl Data {
    /// Reads all labelled data below `dir`: `pages/`, `texts/`, `*.toml` block cases or `*.html` boxes.
    pub(crate) fn read(&mut self, dir: &Path) -> Result<()> {
        let before = self.documents.len() + self.boxes.len();
        if dir.join("pages/index.jsonl").is_file() {
            self.documents.extend(pages(&dir.join("pages"))?);
        }
        if dir.join("texts/appeals.jsonl").is_file() {
            self.documents.extend(texts(&dir.join("texts/appeals.jsonl"), Source::AppealText)?);
            self.documents.extend(texts(&dir.join("texts/negatives.jsonl"), Source::NegativeText)?);
        }
        let mut files: Vec<_> = fs::read_dir(dir)
            .with_context(|| format!("cannot read {}", dir.display()))?
            .collect::<Result<_, _>>()?;
        files.sort_by_key(fs::DirEntry::file_name);
        for file in files.iter().map(fs::DirEntry::path) {
            match file.extension().and_then(|e| e.to_str()) {
                Some("toml") => self.documents.extend(case_file(&file)?),
                Some("html") => self.boxes.extend(boxes::read(&file)?),
                _ => {}
            }
        }
        if self.documents.len() + self.boxes.len() == before {
            bail!(
                "{} holds no labelled data (pages/, texts/, *.toml cases or *.html boxes)",
                dir.display()
            );
        }
        Ok(())
    }
}

fn rows<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>> {
    let mut text = String::new();
    let file = fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    if path.extension().is_some_and(|e| e == "gz") {
        GzDecoder::new(file).read_to_string(&mut text)
    } else {
        (&file).read_to_string(&mut text)
    }
    .with_context(|| format!("cannot read {}", path.display()))?;
    let parse = |(i, line): (usize, &str)| {
        serde_json::from_str(line).with_context(|| format!("{} line {}", path.display(), i + 1))
    };
    text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()).map(parse).collect()
}

fn pages(dir: &Path) -> Result<Vec<Document>> {
    let labels: HashMap<String, LabelRow> = rows::<LabelRow>(&dir.join("labels.jsonl"))?
        .into_iter()
        .map(|r| (r.key.clone(), r))
        .collect();
    let blocks: HashMap<String, Vec<BlockRow>> = rows::<BlocksRow>(&dir.join("blocks.jsonl.gz"))?
        .into_iter()
        .map(|r| (r.key, r.blocks))
        .collect();
    let mut all = Vec::new();
    for row in rows::<IndexRow>(&dir.join("index.jsonl"))? {
        let (Some(label), Some(blocks)) = (labels.get(&row.key), blocks.get(&row.key)) else {
            continue;
        };
        let path = dir.join(format!("html/{}.html.gz", row.key));
        let mut source = String::new();
        GzDecoder::new(fs::File::open(&path)?)
            .read_to_string(&mut source)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let url =
            if row.url.contains("://") { row.url.clone() } else { format!("https://{}", row.url) };
        all.push(page_document(&row, &url, label, blocks, &source));
    }
    Ok(all)
}

fn page_document(
    row: &IndexRow,
    url: &str,
    label: &LabelRow,
    blocks: &[BlockRow],
    source: &str,
) -> Document {
    // The attribute is the answer key's index; it must not reach the page that is judged, and it does not.
    let saved = html::parse(source, url);
    let unread = label.kind == "unread";
    let gold_of = |i: usize| match () {
        () if label.appeal.contains(&i) => Gold::Appeal,
        () if label.neutral.contains(&i) => Gold::Neutral,
        () => Gold::Keep,
    };
    let place: HashMap<_, usize> = saved.nodes.iter().enumerate().map(|(i, n)| (*n, i)).collect();
    let owner: HashMap<u32, usize> =
        saved.page.blocks.iter().enumerate().map(|(i, b)| (b.element, i)).collect();
    let mut found: BTreeMap<usize, usize> = BTreeMap::new();
    for node in saved.html.tree.root().descendants() {
        let Some(i) =
            node.value().as_element().and_then(|e| e.attr("data-g")).and_then(|g| g.parse().ok())
        else {
            continue;
        };
        let holder =
            std::iter::successors(Some(node), |n| n.parent()).find_map(|n| place.get(&n.id()));
        if let Some(&element) = holder {
            found.insert(i, element);
        }
    }
    let mut units = Vec::new();
    let mut per_block: Vec<Vec<usize>> = vec![Vec::new(); saved.page.blocks.len()];
    for (i, b) in blocks.iter().enumerate() {
        let element = found.get(&i).copied();
        if let Some(block) = element.and_then(|e| owner.get(&(e as u32))) {
            per_block[*block].push(i);
        }
        let gold = gold_of(i);
        let paragraph = gold == Gold::Keep && b.t.chars().count() >= 80 && b.ld < 0.5;
        units.push(Unit {
            gold,
            text: b.t.clone(),
            paragraph,
            hard: label.hard.contains(&i),
            element,
        });
    }
    let mut gold = Vec::new();
    let mut costly = Vec::new();
    for ids in &per_block {
        let has = |g: Gold| ids.iter().any(|&i| units[i].gold == g);
        let short = ids.iter().all(|&i| !units[i].paragraph);
        costly.push(ids.iter().any(|&i| units[i].paragraph || units[i].hard));
        gold.push(match () {
            () if has(Gold::Appeal) && !has(Gold::Keep) => Gold::Appeal,
            () if has(Gold::Appeal)
                || (has(Gold::Neutral) && !has(Gold::Keep))
                || (unread && short)
                || ids.is_empty() =>
            {
                Gold::Neutral
            }
            () => Gold::Keep,
        });
    }
    let analysis = Analysis::new(&saved.page);
    Document {
        id: row.key.clone(),
        group: row.publisher.clone(),
        second_group: None,
        lang: row.lang.chars().take(2).collect(),
        source: Source::Page,
        unread,
        story: analysis.prose.is_some() && !gate::kind(&analysis).left_alone(),
        sequence: Sequence::new(&analysis),
        page: saved.page,
        gold,
        costly,
        units,
    }
}

fn texts(path: &Path, source: Source) -> Result<Vec<Document>> {
    let document = |row: TextRow| {
        let group = row.source.split([' ', '(']).next().unwrap_or_default().to_owned();
        let group = if group == "written" { row.source.clone() } else { group };
        lines(
            row.id,
            group,
            row.lang,
            source,
            row.blocks.into_iter().map(|b| (b.label, b.text)).collect(),
        )
    };
    Ok(rows::<TextRow>(path)?.into_iter().map(document).collect())
}

fn case_file(path: &Path) -> Result<Vec<Document>> {
    let lang = path
        .file_stem()
        .and_then(|s| s.to_str())
        .ok_or_else(|| anyhow!("{}: no name", path.display()))?;
    let parsed: CaseFile =
        toml::from_str(&fs::read_to_string(path)?).with_context(|| path.display().to_string())?;
    Ok(parsed
        .case
        .into_iter()
        .map(|c| {
            lines(
                format!("{lang}: {}", c.name),
                format!("cases-{lang}"),
                lang.to_owned(),
                Source::Case,
                c.lines,
            )
        })
        .collect())
}

pub(crate) fn lines(
    id: String,
    group: String,
    lang: String,
    source: Source,
    lines: Vec<(Label, String)>,
) -> Document {
    let lines: Vec<_> = lines.into_iter().filter(|(_, t)| !html::collapse(t).is_empty()).collect();
    let mut page = text::from_lines(lines.iter().map(|(_, t)| t.as_str()));
    page.lang.clone_from(&lang);
    let gold: Vec<Gold> = lines
        .iter()
        .map(|(l, _)| match l {
            Label::Appeal => Gold::Appeal,
            Label::Article => Gold::Article,
            Label::Other => Gold::Other,
        })
        .collect();
    let units = lines
        .into_iter()
        .zip(&gold)
        .enumerate()
        .map(|(i, ((_, text), &gold))| Unit {
            gold,
            text,
            paragraph: gold == Gold::Article,
            hard: false,
            element: Some(i + 1),
        })
        .collect();
    let costly = gold.iter().map(|g| *g == Gold::Article).collect();
    Document {
        id,
        group,
        second_group: None,
        lang,
        source,
        unread: false,
        story: false,
        sequence: Sequence::new(&Analysis::new(&page)),
        page,
        gold,
        costly,
        units,
    }
}

/// Whether an element lies in one of the folded ones.
pub(crate) fn hidden(page: &page::Page, folded: &[bool], element: usize) -> bool {
    page.ancestors(element).any(|e| folded[e])
}
