//! Counts what a model folds rightly and wrongly.

use std::collections::BTreeMap;

use fold_appeals::model::Model;
use fold_appeals::region::Sureness;
use fold_appeals::verdict::classify_with;

use super::corpus::{Document, Gold, Source, hidden};
use super::train::{Options, train};

/// Counts over documents of one source.
#[derive(Debug, Default, Clone)]
pub(crate) struct Counts {
    pub documents: usize,
    pub appeal: usize,
    pub appeal_folded: usize,
    pub appeal_documents: usize,
    pub clean: usize,
    pub touched: usize,
    pub paragraphs_folded: usize,
    pub keep_folded: usize,
    pub harmed: usize,
    pub hard_folded: usize,
    pub neutral_folded: usize,
    pub unread_folded: usize,
    pub negatives_harmed: usize,
    /// Per language: right, missed, wrong lines.
    pub lines: BTreeMap<String, (usize, usize, usize)>,
    /// Errors to read: kind, document, text.
    pub errors: Vec<(&'static str, String, String, f32)>,
}

impl Counts {
    fn add(&mut self, d: &Document, model: &Model) {
        let Ok(verdict) = classify_with(&d.page, model) else { return };
        let mut folded = vec![false; d.page.elements.len()];
        for &e in verdict.folds.iter().flat_map(|f| &f.elements) {
            folded[e as usize] = true;
        }
        let scores: std::collections::HashMap<u32, f32> =
            d.page.blocks.iter().zip(&verdict.blocks).map(|(b, j)| (b.element, j.score)).collect();
        let (mut appeals, mut gone, mut wrong) = (0, 0, 0);
        let line = self.lines.entry(d.lang.clone()).or_default();
        let mut wrong_article = false;
        for unit in &d.units {
            let off = unit.element.is_some_and(|e| hidden(&d.page, &folded, e));
            let score = unit.element.and_then(|e| scores.get(&(e as u32))).copied().unwrap_or(0.0);
            match (unit.gold, off) {
                (Gold::Appeal, _) if unit.element.is_none() => {}
                (Gold::Appeal, off) => {
                    appeals += 1;
                    gone += usize::from(off);
                    if off {
                        line.0 += 1;
                    } else {
                        line.1 += 1;
                        self.errors.push(("missed", d.id.clone(), unit.text.clone(), score));
                    }
                }
                (Gold::Neutral, true) => self.neutral_folded += 1,
                (_, true) if d.unread && !unit.paragraph => {
                    self.unread_folded += 1;
                    self.errors.push(("unread", d.id.clone(), unit.text.clone(), score));
                }
                (_, true) => {
                    wrong += 1;
                    line.2 += 1;
                    self.paragraphs_folded += usize::from(unit.paragraph);
                    self.hard_folded += usize::from(unit.hard);
                    wrong_article |= unit.paragraph;
                    self.errors.push((
                        if unit.paragraph { "WRONG PARAGRAPH" } else { "WRONG" },
                        d.id.clone(),
                        unit.text.clone(),
                        score,
                    ));
                }
                _ => {}
            }
        }
        self.documents += 1;
        self.appeal += appeals;
        self.appeal_folded += gone;
        self.appeal_documents += usize::from(appeals > 0);
        self.clean += usize::from(appeals > 0 && gone == appeals);
        self.touched += usize::from(gone > 0);
        self.keep_folded += wrong;
        self.harmed += usize::from(wrong > 0);
        self.negatives_harmed += usize::from(d.source == Source::NegativeText && wrong_article);
    }

    /// F1 over lines, of one language or of all.
    pub(crate) fn f1(&self, lang: Option<&str>) -> f64 {
        let (mut right, mut missed, mut wrong) = (0, 0, 0);
        for (_, v) in self.lines.iter().filter(|(l, _)| lang.is_none_or(|x| x == l.as_str())) {
            right += v.0;
            missed += v.1;
            wrong += v.2;
        }
        2.0 * right as f64 / (2 * right + missed + wrong).max(1) as f64
    }
}

/// Counts per kind of data.
#[derive(Debug, Default, Clone)]
pub(crate) struct Report {
    pub pages: Counts,
    pub texts: Counts,
    pub cases: Counts,
    pub boxes: Counts,
}

impl Report {
    pub(crate) fn add(&mut self, d: &Document, model: &Model) {
        match d.source {
            Source::Page => self.pages.add(d, model),
            Source::AppealText | Source::NegativeText => self.texts.add(d, model),
            Source::Case => self.cases.add(d, model),
            Source::Box => self.boxes.add(d, model),
            Source::Graft => {}
        }
    }

    /// The figures by the names that a file of bars uses.
    pub(crate) fn figures(&self) -> BTreeMap<String, f64> {
        let mut all = BTreeMap::new();
        for (name, c) in [
            ("pages", &self.pages),
            ("texts", &self.texts),
            ("cases", &self.cases),
            ("boxes", &self.boxes),
        ] {
            if c.documents == 0 {
                continue;
            }
            let mut put = |figure: &str, value: f64| all.insert(format!("{name}_{figure}"), value);
            put("appeal_folded", c.appeal_folded as f64 / c.appeal.max(1) as f64);
            put("clean", c.clean as f64 / c.appeal_documents.max(1) as f64);
            put("line_f1", c.f1(None));
            put(
                "least_language_f1",
                c.lines
                    .iter()
                    .filter(|(_, v)| v.0 + v.1 > 0)
                    .map(|(l, _)| c.f1(Some(l)))
                    .fold(1.0, f64::min),
            );
            put("paragraphs_folded", c.paragraphs_folded as f64);
            put("keep_folded", c.keep_folded as f64);
            put("harmed", c.harmed as f64);
            put("negatives_harmed", c.negatives_harmed as f64);
        }
        all
    }

    /// The figures that matter in one line.
    pub(crate) fn line(&self) -> String {
        let (p, t, c, b) = (&self.pages, &self.texts, &self.cases, &self.boxes);
        let share = |c: &Counts| 100.0 * c.appeal_folded as f64 / c.appeal.max(1) as f64;
        format!(
            "pages {:.1} % clean {} par {} keep {} harmed {} unread {} | texts {:.1} % F1 {:.3} article {} other {} neg {} | cases {:.1} % F1 {:.3} article {} other {} | boxes {:.1} % F1 {:.3} par {} other {}",
            share(p),
            p.clean,
            p.paragraphs_folded,
            p.keep_folded - p.paragraphs_folded,
            p.harmed,
            p.unread_folded,
            share(t),
            t.f1(None),
            t.paragraphs_folded,
            t.keep_folded - t.paragraphs_folded,
            t.negatives_harmed,
            share(c),
            c.f1(None),
            c.paragraphs_folded,
            c.keep_folded - c.paragraphs_folded,
            share(b),
            b.f1(None),
            b.paragraphs_folded,
            b.keep_folded - b.paragraphs_folded
        )
    }

    pub(crate) fn print(&self, show: usize) {
        let of = |a: usize, b: usize| {
            format!("{a} of {b} ({:.1} %)", 100.0 * a as f64 / b.max(1) as f64)
        };
        let p = &self.pages;
        if p.documents > 0 {
            println!("pages: {}", p.documents);
            println!("  appeal blocks folded          {}", of(p.appeal_folded, p.appeal));
            println!("  pages wholly clean            {}", of(p.clean, p.appeal_documents));
            println!("  article paragraphs folded     {}", p.paragraphs_folded);
            println!(
                "  other keep-blocks folded      {} (pages with any wrong fold: {})",
                p.keep_folded - p.paragraphs_folded,
                p.harmed
            );
            println!("  hard blocks folded            {}", p.hard_folded);
            println!("  neutral blocks folded         {}", p.neutral_folded);
            println!("  short blocks of unread pages  {}", p.unread_folded);
        }
        for (name, c) in [("texts", &self.texts), ("cases", &self.cases), ("boxes", &self.boxes)] {
            if c.documents == 0 {
                continue;
            }
            println!("{name}: {}", c.documents);
            println!("  appeal lines folded           {}", of(c.appeal_folded, c.appeal));
            println!("  line F1                       {:.3}", c.f1(None));
            println!("  article lines folded          {}", c.paragraphs_folded);
            println!("  other lines folded            {}", c.keep_folded - c.paragraphs_folded);
            println!("  negatives with a folded article line {}", c.negatives_harmed);
            let langs: Vec<String> = c
                .lines
                .iter()
                .filter(|(_, v)| v.0 + v.1 + v.2 > 0)
                .map(|(l, _)| format!("{l} {:.2}", c.f1(Some(l))))
                .collect();
            println!("  F1 by language                {}", langs.join("  "));
        }
        for c in [&self.pages, &self.texts, &self.cases, &self.boxes] {
            let mut errors = c.errors.clone();
            errors.sort_by_key(|e| e.0);
            for (kind, id, text, score) in errors.iter().take(show) {
                println!(
                    "{kind:16} {score:.2} {id}: {}",
                    text.chars().take(150).collect::<String>()
                );
            }
        }
    }
}

/// Evaluates one model on all documents.
pub(crate) fn evaluate(documents: &[Document], model: &Model) -> Report {
    let mut report = Report::default();
    for d in documents {
        report.add(d, model);
    }
    report
}

/// Cross-validation: each document is judged by a model that saw no document of its group.
pub(crate) fn cross_validate(
    documents: &[Document],
    folds: usize,
    options: &Options,
    sure: &[Sureness],
) -> Vec<Report> {
    let fold_of = |d: &Document| fnv(&d.group) as usize % folds;
    let touches = |d: &Document, out: usize| {
        fold_of(d) == out || d.second_group.as_ref().is_some_and(|g| fnv(g) as usize % folds == out)
    };
    let mut models: Vec<Option<Model>> = vec![None; folds];
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(folds);
    std::thread::scope(|scope| {
        let chunk = folds.div_ceil(threads);
        for (t, slots) in models.chunks_mut(chunk).enumerate() {
            scope.spawn(move || {
                for (i, slot) in slots.iter_mut().enumerate() {
                    let out = t * chunk + i;
                    let rest: Vec<&Document> =
                        documents.iter().filter(|d| !touches(d, out)).collect();
                    *slot = Some(train(&rest, options, sure[0]));
                }
            });
        }
    });
    let judge = |sure: &Sureness| {
        let mut report = Report::default();
        for d in documents.iter().filter(|d| d.source != Source::Graft) {
            let own = d.second_group.as_ref().map_or(fold_of(d), |g| fnv(g) as usize % folds);
            if let Some(model) = &models[own] {
                report.add(d, &Model { sure: *sure, ..model.clone() });
            }
        }
        report
    };
    sure.iter().map(judge).collect()
}

/// A hash that stays the same from run to run (FNV-1a).
pub(crate) fn fnv(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}

/// What the figures must reach.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bars {
    at_least: BTreeMap<String, f64>,
    at_most: BTreeMap<String, f64>,
}

impl Bars {
    /// The bars that are missed, in words. Bars on data that was not judged are left out.
    pub(crate) fn missed(&self, figures: &BTreeMap<String, f64>) -> Vec<String> {
        let of = |name: &String| figures.get(name).copied();
        let low = self.at_least.iter().filter_map(|(n, bar)| {
            of(n).filter(|v| v < bar).map(|v| format!("{n} is {v:.3}, the bar is at least {bar}"))
        });
        let high = self.at_most.iter().filter_map(|(n, bar)| {
            of(n).filter(|v| v > bar).map(|v| format!("{n} is {v:.3}, the bar is at most {bar}"))
        });
        low.chain(high).collect()
    }
}
