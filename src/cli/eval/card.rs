//! Writes `docs/MODEL.md`. The words are in `card.md`, the figures are put in here.

use fold_appeals::cues::Cues;
use fold_appeals::features::FEATURES;

use super::experiments::{self, Setting};
use super::folds::Folds;
use super::table::markdown;
use super::{Kind, Report, fnv};

/// The model file that this program was built with.
const MODEL: &str = include_str!("../../model.toml");
const CARD: &str = include_str!("card.md");

/// The document.
pub(crate) fn write(
    setting: &Setting<'_>,
    folds: &Folds,
    report: &Report,
    command: &str,
) -> String {
    let mut families: Vec<&str> = FEATURES.iter().map(|f| f.family).collect();
    families.dedup();
    eprintln!("the curve");
    let curve = curve(setting, folds);
    eprintln!("other methods");
    let methods = experiments::methods(&setting.methods(report));
    eprintln!("the ablation");
    let ablation = setting.ablation();
    eprintln!("languages left out");
    let languages = setting.languages(report);
    let publishers = report.groups(Kind::Pages).len();
    let values = [
        ("model", format!("{:016x}", fnv(MODEL))),
        ("features", FEATURES.len().to_string()),
        ("families", (families.len() - 1).to_string()),
        ("languages", Cues::get().languages().len().to_string()),
        ("command", command.to_owned()),
        ("folds", setting.folds.to_string()),
        ("threshold", setting.sure.threshold.to_string()),
        ("companion", setting.sure.companion.to_string()),
        ("paragraph", setting.sure.paragraph.to_string()),
        ("cost_paragraph", setting.options.cost_paragraph.to_string()),
        ("cost_other", setting.options.cost_other.to_string()),
        ("appeal_weight", setting.options.appeal_weight.to_string()),
        ("graft_weight", setting.options.graft_weight.to_string()),
        ("dropout", (setting.options.dropout * 100.0).to_string()),
        ("penalty", setting.options.penalty.to_string()),
        ("rounds", setting.options.rounds.to_string()),
        ("half_rounds", setting.options.rounds.div_ceil(2).to_string()),
        ("grafts", setting.grafts().to_string()),
        // Of n publishers without a fault, at most 3/n have one, with 95 % confidence.
        ("rule_of_three", format!("{:.1}", 300.0 / publishers.max(1) as f64)),
        ("publishers", publishers.to_string()),
        ("data", setting.data()),
        ("methods", methods),
        ("kinds", kinds(report)),
        ("curve_table", curve),
        ("ablation", ablation),
        ("languages_table", languages),
        ("failures", experiments::failures(report)),
    ];
    fill(CARD, &values)
}

fn kinds(report: &Report) -> String {
    let rows: Vec<Vec<String>> = super::KINDS
        .into_iter()
        .map(|(kind, name)| (name, report.cells(kind)))
        .filter(|(_, c)| c.tally.documents > 0)
        .map(|(name, c)| {
            vec![
                name.to_owned(),
                c.percent(super::Tally::recall),
                c.percent(super::Tally::clean_share),
                c.score(super::Tally::f1),
                c.count(|t| t.paragraphs_folded),
                c.count(super::Tally::others_folded),
                c.count(|t| t.harmed),
            ]
        })
        .collect();
    markdown(
        &[
            "kind",
            "appeal lines folded, %",
            "wholly clean, %",
            "line F1",
            "paragraphs folded",
            "other lines folded",
            "documents with a wrong fold",
        ],
        &rows,
    )
}

fn curve(setting: &Setting<'_>, folds: &Folds) -> String {
    let sure = setting.sure;
    let rows: Vec<Vec<String>> = setting
        .curve(folds, sure.companion, sure.paragraph)
        .iter()
        .map(|(sure, r)| {
            let (p, t, c) = (r.tally(Kind::Pages), r.tally(Kind::Texts), r.tally(Kind::Cases));
            vec![
                sure.threshold.to_string(),
                format!("{:.1}", 100.0 * p.recall()),
                format!("{:.1}", 100.0 * p.clean_share()),
                p.paragraphs_folded.to_string(),
                p.others_folded().to_string(),
                format!("{:.3}", t.f1()),
                t.paragraphs_folded.to_string(),
                format!("{:.3}", c.f1()),
            ]
        })
        .collect();
    markdown(
        &[
            "least probability",
            "appeal blocks folded, %",
            "pages clean, %",
            "paragraphs folded",
            "other keep-blocks folded",
            "texts: F1",
            "texts: article lines folded",
            "cases: F1",
        ],
        &rows,
    )
}

/// The text with `{{name}}` replaced by its value.
fn fill(text: &str, values: &[(&str, String)]) -> String {
    values.iter().fold(text.to_owned(), |t, (name, value)| {
        t.replace(&format!("{{{{{name}}}}}"), value.trim_end())
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_in_double_braces_are_filled_in() {
        assert_eq!(
            super::fill("a {{b}} {c}", &[("b", "1\n".into()), ("c", "2".into())]),
            "a 1 {c}"
        );
    }
}
