//! The command `eval`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use fold_appeals::model::Model;

use super::folds::Folds;
use super::{Bars, KINDS, Report, card, errors, experiments};
use crate::corpus::Document;
use crate::{Learning, load};

#[derive(clap::Args)]
pub(crate) struct Wanted {
    /// Folders with pages/, texts/, block cases (*.toml) or boxes (*.html)
    #[arg(required = true)]
    dirs: Vec<PathBuf>,
    /// Judge each of N groups of publishers by a model trained on the others
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..))]
    folds: Option<u16>,
    /// List the errors with their reasons, of up to N documents
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "1000000")]
    errors: Option<usize>,
    /// With --folds: a line for each of several certainties
    #[arg(long, requires = "folds")]
    curve: bool,
    /// With --folds: other methods on the same documents
    #[arg(long, requires = "folds")]
    baselines: bool,
    /// With --folds: each family of features left out
    #[arg(long, requires = "folds")]
    ablation: bool,
    /// With --folds: each language judged by a model that saw nothing of it
    #[arg(long, requires = "folds")]
    leave_language_out: bool,
    /// With --folds: all of the above as a document
    #[arg(long, value_name = "FILE", requires = "folds")]
    report: Option<PathBuf>,
    /// Fail below the bars of this file
    #[arg(long, value_name = "FILE")]
    bars: Option<PathBuf>,
    #[command(flatten)]
    learning: Learning,
}

/// Evaluates the shipped model, or models trained for the purpose.
pub(crate) fn run(wanted: &Wanted, out: &mut impl Write) -> Result<()> {
    let documents = load(&wanted.dirs, wanted.folds.is_some() && !wanted.learning.no_grafts)?;
    let shipped = Model { sure: wanted.learning.sure(), ..Model::shipped().clone() };
    let all = KINDS.map(|k| k.0);
    let Some(count) = wanted.folds else {
        let report = Report::new(&documents, &all, |_| &shipped);
        report.print(out)?;
        if let Some(most) = wanted.errors {
            errors::list(&documents, |_| &shipped, most, out)?;
        }
        return wanted.check(&report);
    };
    let setting = experiments::Setting {
        documents: &documents,
        folds: usize::from(count),
        options: wanted.learning.options(),
        sure: wanted.learning.sure(),
    };
    let folds = setting.train();
    let report = Report::new(&documents, &all, |d| folds.of(d));
    report.print(out)?;
    wanted.more(&setting, &folds, &report, out)?;
    if let Some(file) = &wanted.report {
        let text = card::write(&setting, &folds, &report, &wanted.command());
        std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    wanted.check(&report)
}

impl Wanted {
    fn more(
        &self,
        setting: &experiments::Setting<'_>,
        folds: &Folds,
        report: &Report,
        out: &mut impl Write,
    ) -> Result<()> {
        if self.curve {
            for companion in [0.35, 0.5, 0.65] {
                for (sure, r) in setting.curve(folds, companion, companion + 0.2) {
                    writeln!(out, "{:.2} {companion:.2} {}", sure.threshold, r.line())?;
                }
            }
        }
        if self.baselines {
            writeln!(out, "\n{}", experiments::methods(&setting.methods(report)))?;
        }
        if self.ablation {
            writeln!(out, "\n{}", setting.ablation())?;
        }
        if self.leave_language_out {
            writeln!(out, "\n{}", setting.languages(report))?;
        }
        if let Some(most) = self.errors {
            let of = |d: &Document| folds.of(d);
            errors::list(setting.documents, of, most, out)?;
        }
        Ok(())
    }

    fn check(&self, report: &Report) -> Result<()> {
        let Some(file) = &self.bars else { return Ok(()) };
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let bars: Bars = toml::from_str(&text).with_context(|| file.display().to_string())?;
        let missed = bars.missed(&report.figures());
        ensure!(
            missed.is_empty(),
            "below the bars of {}:\n  {}",
            file.display(),
            missed.join("\n  ")
        );
        Ok(())
    }

    /// The command as it can be given again; folders elsewhere are named by their last part.
    fn command(&self) -> String {
        let name = |d: &PathBuf| {
            let elsewhere = d.is_absolute();
            let last = d.file_name().filter(|_| elsewhere).map(PathBuf::from);
            last.unwrap_or_else(|| d.clone()).display().to_string()
        };
        let dirs: Vec<String> = self.dirs.iter().map(name).collect();
        format!(
            "cargo run --release --features cli -- eval {} --folds {} --report docs/MODEL.md",
            dirs.join(" "),
            self.folds.unwrap_or_default()
        )
    }
}
