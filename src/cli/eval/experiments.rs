//! The experiments of `docs/MODEL.md`.

use std::collections::{BTreeMap, BTreeSet};

use fold_appeals::features::FEATURES;
use fold_appeals::model::Model;
use fold_appeals::region::Sureness;

use super::errors::What;
use super::folds::Folds;
use super::table::markdown;
use super::{KINDS, Kind, Report, Tally, parallel};
use crate::baseline::BASELINES;
use crate::corpus::{Document, Gold, Source};
use crate::train::{Options, TRANSITIONS, train};

/// What all experiments share.
pub(crate) struct Setting<'a> {
    pub documents: &'a [Document],
    pub folds: usize,
    pub options: Options,
    pub sure: Sureness,
}

/// Kinds of data whose documents real publishers or the corpus' authors wrote.
const CORPUS: [Kind; 2] = [Kind::Pages, Kind::Texts];
/// Certainties of the curve.
const STEPS: [f32; 6] = [0.5, 0.8, 0.9, 0.95, 0.98, 0.99];
/// Models for languages left out. A model leaves several out at once, which is harder than one alone.
const LANGUAGE_GROUPS: usize = 8;

impl Setting<'_> {
    /// The models of the cross-validation.
    pub(crate) fn train(&self) -> Folds {
        let options = std::slice::from_ref(&self.options);
        Folds::train(self.documents, self.folds, options, self.sure).remove(0)
    }

    /// Reports at several certainties.
    pub(crate) fn curve(
        &self,
        folds: &Folds,
        companion: f32,
        paragraph: f32,
    ) -> Vec<(Sureness, Report)> {
        let at = |threshold: f32| {
            let sure = Sureness { threshold, companion, paragraph };
            let folds = folds.at(sure);
            (sure, Report::new(self.documents, &KINDS.map(|k| k.0), |d| folds.of(d)))
        };
        STEPS.map(at).into()
    }

    /// The cross-validated report with those of the other methods.
    pub(crate) fn methods<'r>(&self, validated: &'r Report) -> Vec<(&'static str, Method<'r>)> {
        let mut all = vec![("**this model, cross-validated**", Method::Known(validated))];
        let shipped = Report::new(self.documents, &CORPUS, |_| Model::shipped());
        all.push(("this model as shipped, on what it learned from", Method::Own(shipped)));
        for baseline in &BASELINES {
            eprintln!("judging by {}", baseline.name);
            all.push((baseline.name, Method::Own(Report::of_baseline(self.documents, baseline))));
        }
        all
    }

    /// A table with each family of features left out.
    pub(crate) fn ablation(&self) -> String {
        let mut families: Vec<&str> = FEATURES.iter().map(|f| f.family).collect();
        families.dedup();
        families.retain(|f| *f != "bias");
        families.push(TRANSITIONS);
        let rounds = self.options.rounds.div_ceil(2);
        let without = |family: Option<&str>| Options {
            rounds,
            without: family.map(str::to_owned),
            ..self.options.clone()
        };
        let all: Vec<Option<&str>> =
            std::iter::once(None).chain(families.into_iter().map(Some)).collect();
        let options: Vec<Options> = all.iter().map(|f| without(*f)).collect();
        let models = Folds::train(self.documents, self.folds, &options, self.sure);
        let rows: Vec<Vec<String>> = all
            .iter()
            .zip(&models)
            .map(|(family, folds)| {
                let report =
                    Report::new(self.documents, &[Kind::Pages, Kind::Texts, Kind::Cases], |d| {
                        folds.of(d)
                    });
                let (p, t) = (report.tally(Kind::Pages), report.tally(Kind::Texts));
                let size = |f: &str| FEATURES.iter().filter(|x| x.family == f).count();
                vec![
                    family.map_or("nothing".to_owned(), str::to_owned),
                    match family {
                        None => "0".to_owned(),
                        Some(f) if *f == TRANSITIONS => "27 weights".to_owned(),
                        Some(f) => size(f).to_string(),
                    },
                    format!("{:.1}", 100.0 * p.recall()),
                    format!("{:.1}", 100.0 * p.clean_share()),
                    p.paragraphs_folded.to_string(),
                    p.others_folded().to_string(),
                    format!("{:.3}", t.f1()),
                    format!("{:.3}", report.tally(Kind::Cases).f1()),
                ]
            })
            .collect();
        markdown(
            &[
                "left out",
                "features",
                "appeal blocks folded, %",
                "pages clean, %",
                "paragraphs folded",
                "other keep-blocks folded",
                "texts: F1",
                "cases: F1",
            ],
            &rows,
        )
    }

    /// A table of languages: known, and never seen.
    pub(crate) fn languages(&self, validated: &Report) -> String {
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        for d in self.documents.iter().filter(|d| judged_by_language(d)) {
            *sizes.entry(&d.lang).or_default() += d.units.len();
        }
        let groups = balanced(&sizes, LANGUAGE_GROUPS);
        let reports = parallel::map(&groups, |group| {
            let (learned, judged) = apart(self.documents, group);
            let model = train(&learned, &self.options, self.sure);
            eprintln!("trained without {}", group.iter().copied().collect::<Vec<_>>().join(" "));
            judged.iter().filter_map(|d| super::Outcome::by_model(d, &model)).collect::<Vec<_>>()
        });
        let unseen = Report { outcomes: reports.into_iter().flatten().collect() };
        let f1 = |t: Tally| if t.appeal == 0 { "–".to_owned() } else { format!("{:.2}", t.f1()) };
        let row = |lang: &str, of: &dyn Fn(&Report, Kind) -> Tally| {
            vec![
                lang.to_owned(),
                of(validated, Kind::Texts).appeal.to_string(),
                f1(of(validated, Kind::Texts)),
                f1(of(&unseen, Kind::Texts)),
                of(validated, Kind::Cases).appeal.to_string(),
                f1(of(validated, Kind::Cases)),
                f1(of(&unseen, Kind::Cases)),
            ]
        };
        let mut rows = vec![row("**all**", &|r, k| r.tally(k))];
        rows.extend(sizes.keys().map(|l| row(l, &|r, k| r.tally_in(k, l))));
        markdown(
            &[
                "language",
                "texts: appeal lines",
                "F1",
                "F1, language unseen",
                "cases: appeal lines",
                "F1",
                "F1, language unseen",
            ],
            &rows,
        )
    }

    /// A table of what the data is.
    pub(crate) fn data(&self) -> String {
        let row = |(kind, name): (Kind, &str)| {
            let of: Vec<&Document> =
                self.documents.iter().filter(|d| Kind::of(d.source) == Some(kind)).collect();
            let groups: BTreeSet<&String> = of.iter().map(|d| &d.group).collect();
            let languages: BTreeSet<&str> =
                of.iter().map(|d| d.lang.as_str()).filter(|l| !l.is_empty()).collect();
            let units = || of.iter().flat_map(|d| &d.units);
            let appeal = units().filter(|u| u.gold == Gold::Appeal).count();
            vec![
                name.to_owned(),
                of.len().to_string(),
                if kind == Kind::Cases { "–".to_owned() } else { groups.len().to_string() },
                languages.len().to_string(),
                of.iter()
                    .filter(|d| d.units.iter().any(|u| u.gold == Gold::Appeal))
                    .count()
                    .to_string(),
                appeal.to_string(),
                (units().count() - appeal).to_string(),
                units().filter(|u| u.paragraph).count().to_string(),
            ]
        };
        let rows: Vec<_> =
            KINDS.into_iter().map(row).filter(|r: &Vec<String>| r[1] != "0").collect();
        markdown(
            &[
                "kind",
                "documents",
                "publishers",
                "languages",
                "with an appeal",
                "appeal lines",
                "other lines",
                "of them paragraphs",
            ],
            &rows,
        )
    }

    /// How many grafts are learned from.
    pub(crate) fn grafts(&self) -> usize {
        self.documents.iter().filter(|d| d.source == Source::Graft).count()
    }
}

/// A report made for a table, or one that was there.
pub(crate) enum Method<'r> {
    Known(&'r Report),
    Own(Report),
}

/// A table of methods.
pub(crate) fn methods(all: &[(&str, Method<'_>)]) -> String {
    let row = |(name, method): &(&str, Method<'_>)| {
        let report = match method {
            Method::Known(r) => r,
            Method::Own(r) => r,
        };
        let (p, t) = (report.cells(Kind::Pages), report.cells(Kind::Texts));
        vec![
            (*name).to_owned(),
            p.percent(Tally::recall),
            p.percent(Tally::clean_share),
            p.count(|t| t.paragraphs_folded),
            p.count(Tally::others_folded),
            p.count(|t| t.harmed),
            t.score(Tally::f1),
            t.count(|t| t.paragraphs_folded),
        ]
    };
    markdown(
        &[
            "method",
            "appeal blocks folded, %",
            "pages clean, %",
            "paragraphs folded",
            "other keep-blocks folded",
            "pages with a wrong fold",
            "texts: line F1",
            "texts: article lines folded",
        ],
        &all.iter().map(row).collect::<Vec<_>>(),
    )
}

/// A table of why lines were missed or folded wrongly.
pub(crate) fn failures(report: &Report) -> String {
    let mut counts: BTreeMap<(What, &str), [usize; 4]> = BTreeMap::new();
    for o in &report.outcomes {
        for f in &o.faults {
            counts.entry((f.what, f.why)).or_default()[o.kind as usize] += 1;
        }
    }
    let rows: Vec<Vec<String>> = counts
        .into_iter()
        .map(|((what, why), n)| {
            let what = match what {
                What::Paragraph => "paragraph folded",
                What::Keep => "other line folded",
                What::Unread => "short line of an unread page folded",
                What::Missed => "missed",
            };
            std::iter::once(format!("{what}: {why}")).chain(n.map(|n| n.to_string())).collect()
        })
        .collect();
    markdown(&["what, and why", "pages", "texts", "cases", "boxes"], &rows)
}

fn judged_by_language(d: &Document) -> bool {
    matches!(Kind::of(d.source), Some(Kind::Texts | Kind::Cases))
}

/// Languages in groups of about the same size: the largest first, each to the group that is smallest so far.
fn balanced<'a>(sizes: &BTreeMap<&'a str, usize>, count: usize) -> Vec<BTreeSet<&'a str>> {
    let mut order: Vec<(&str, usize)> = sizes.iter().map(|(l, n)| (*l, *n)).collect();
    order.sort_by_key(|&(l, n)| (std::cmp::Reverse(n), l));
    let mut groups = vec![(0, BTreeSet::new()); count.min(order.len())];
    for (lang, size) in order {
        if let Some(least) = groups.iter_mut().min_by_key(|g| g.0) {
            least.0 += size;
            least.1.insert(lang);
        }
    }
    groups.into_iter().map(|g| g.1).collect()
}

/// What may be learned from when some languages are left out (nothing in them, and nothing by the publishers of what is
/// judged), and what is judged then.
fn apart<'a>(
    documents: &'a [Document],
    left_out: &BTreeSet<&str>,
) -> (Vec<&'a Document>, Vec<&'a Document>) {
    let out = |d: &Document| left_out.contains(d.lang.as_str());
    let judged: Vec<&Document> =
        documents.iter().filter(|d| judged_by_language(d) && out(d)).collect();
    let groups: BTreeSet<&String> = judged.iter().map(|d| &d.group).collect();
    let clean = |d: &&Document| {
        !out(d)
            && !groups.contains(&d.group)
            && !d.second_group.as_ref().is_some_and(|g| groups.contains(g))
    };
    (documents.iter().filter(clean).collect(), judged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::lines;
    use fold_appeals::model::Label;

    fn document(group: &str, lang: &str, source: Source) -> Document {
        let text = vec![(Label::Article, "A line.".to_owned())];
        lines(format!("{group} {lang}"), group.into(), lang.into(), source, text)
    }

    #[test]
    fn a_language_left_out_is_not_learned_from_in_any_way() {
        let graft = Document {
            second_group: Some("cases-de".into()),
            ..document("one.example", "", Source::Graft)
        };
        let documents = [
            document("cases-de", "de", Source::Case),
            document("blatt.example", "de", Source::AppealText),
            document("blatt.example", "", Source::Page),
            document("other.example", "de", Source::Page),
            document("paper.example", "en", Source::AppealText),
            graft,
        ];
        let (learned, judged) = apart(&documents, &BTreeSet::from(["de"]));
        let ids = |all: &[&Document]| all.iter().map(|d| d.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&learned), ["paper.example en"]);
        assert_eq!(ids(&judged), ["cases-de de", "blatt.example de"]);
    }

    #[test]
    fn languages_are_spread_by_size_and_each_is_in_one_group() {
        let sizes = BTreeMap::from([("a", 5), ("b", 5), ("c", 9), ("d", 1)]);
        let groups = balanced(&sizes, 2);
        assert_eq!(groups, [BTreeSet::from(["c", "d"]), BTreeSet::from(["a", "b"])]);
        assert_eq!(balanced(&sizes, 9).len(), 4);
    }
}
