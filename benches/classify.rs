//! How fast pages are judged, in bytes of their blocks' text: `cargo bench --features cli`.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::io::Read;
use std::time::Instant;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use fold_appeals::classify;
use fold_appeals::front::{html, text};
use fold_appeals::page::Page;

/// What one core is to judge in a second.
const GOAL: f64 = 100e6;

fn bytes(pages: &[Page]) -> u64 {
    pages.iter().flat_map(|p| &p.blocks).map(|b| b.text.len() as u64).sum()
}

/// Long articles: the paragraphs of all fixtures and cases, each language's after one another, with an appeal at the end.
fn articles() -> Vec<Page> {
    let files = common::files(&common::root().join("tests/blocks"), "toml");
    let article = |file: &std::path::PathBuf| {
        let lines: Vec<String> = common::cases(file)
            .into_iter()
            .flat_map(|case| case.lines)
            .filter(|(label, _)| *label == fold_appeals::model::Label::Article)
            .map(|(_, line)| line)
            .collect();
        // Paragraphs of five sentences, as in a newspaper, until the article is long.
        let paragraphs: Vec<String> = lines.chunks(5).map(|c| c.join(" ")).collect();
        let body = paragraphs.iter().cycle().take(400).map(|p| format!("<p>{p}</p>"));
        let end =
            "<aside><p>Please support us from $3 a month.</p><a href=/donate>Give now</a></aside>";
        let source = format!("<body><article>{}</article>{end}</body>", body.collect::<String>());
        html::parse(&source, "https://news.example/2024/story").page
    };
    files.iter().map(article).collect()
}

fn corpus() -> Option<Vec<Page>> {
    let files = common::files(&common::corpus()?.join("pages/html"), "gz");
    let page = |file: &std::path::PathBuf| {
        let mut source = String::new();
        let file = std::fs::File::open(file).unwrap();
        flate2::read::GzDecoder::new(file).read_to_string(&mut source).unwrap();
        html::parse(&source, "https://news.example/2024/story").page
    };
    Some(files.iter().step_by(4).map(page).collect())
}

fn all(c: &mut Criterion) {
    let fixtures = common::fixtures();
    let fixtures: Vec<Page> =
        fixtures.iter().map(|f| html::parse(&f.html, &f.expected.url).page).collect();
    let lines = common::files(&common::root().join("tests/blocks"), "toml");
    let lines: Vec<Page> = lines
        .iter()
        .flat_map(|f| common::cases(f))
        .map(|case| text::from_lines(case.lines.iter().map(|(_, line)| line.as_str())))
        .collect();
    let mut sets = vec![("articles", articles()), ("fixtures", fixtures), ("cases", lines)];
    sets.extend(corpus().map(|pages| ("corpus", pages)));
    let mut group = c.benchmark_group("classify");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    for (name, pages) in sets {
        let size = bytes(&pages);
        group.throughput(Throughput::BytesDecimal(size));
        group.bench_function(name, |b| {
            b.iter(|| {
                pages.iter().map(|p| classify(black_box(p)).unwrap().folds.len()).sum::<usize>()
            });
        });
        let blocks: usize = pages.iter().map(|p| p.blocks.len()).sum();
        let best = (0..5)
            .map(|_| {
                let start = Instant::now();
                for page in &pages {
                    black_box(classify(page).unwrap());
                }
                size as f64 / start.elapsed().as_secs_f64()
            })
            .fold(0.0, f64::max);
        println!(
            "{name}: {:.1} MB/s at best, {} bytes a block; the goal of {:.0} MB/s is {}",
            best / 1e6,
            size / blocks.max(1) as u64,
            GOAL / 1e6,
            if best >= GOAL { "met".to_owned() } else { format!("missed {:.1}-fold", GOAL / best) }
        );
    }
}

criterion_group!(benches, all);
criterion_main!(benches);
