//! Cross-validation: each document is judged by a model that saw none of its group.

use fold_appeals::model::Model;
use fold_appeals::region::Sureness;

use super::{fnv, parallel};
use crate::corpus::Document;
use crate::train::{Options, train};

/// A model for each fold, trained on the other folds.
pub(crate) struct Folds {
    models: Vec<Model>,
}

impl Folds {
    /// Trains them, for each of several options.
    pub(crate) fn train(
        documents: &[Document],
        folds: usize,
        options: &[Options],
        sure: Sureness,
    ) -> Vec<Folds> {
        let jobs: Vec<(&Options, usize)> =
            options.iter().flat_map(|o| (0..folds).map(move |f| (o, f))).collect();
        let models = parallel::map(&jobs, |(options, out)| {
            let model = train(&learned_from(documents, folds, *out), options, sure);
            let left_out =
                options.without.as_ref().map_or(String::new(), |f| format!(" without {f}"));
            eprintln!("trained fold {} of {folds}{left_out}", out + 1);
            model
        });
        models.chunks(folds).map(|m| Folds { models: m.to_vec() }).collect()
    }

    /// The model that saw nothing of the document's group.
    pub(crate) fn of(&self, d: &Document) -> &Model {
        &self.models[fold(d, self.models.len())]
    }

    /// The same models with another certainty.
    pub(crate) fn at(&self, sure: Sureness) -> Folds {
        Folds { models: self.models.iter().map(|m| Model { sure, ..m.clone() }).collect() }
    }
}

/// The fold that a document is judged in. What is set into a page is judged apart from its like, not from the page.
fn fold(d: &Document, folds: usize) -> usize {
    fnv(d.second_group.as_ref().unwrap_or(&d.group)) as usize % folds
}

/// The documents that the model of a fold learns from: those of which neither group is in it.
fn learned_from(documents: &[Document], folds: usize, out: usize) -> Vec<&Document> {
    let inside = |group: &String| fnv(group) as usize % folds == out;
    documents
        .iter()
        .filter(|d| !inside(&d.group) && !d.second_group.as_ref().is_some_and(inside))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::corpus::{Source, lines};
    use fold_appeals::model::Label;

    fn document(id: usize, group: String, second_group: Option<String>) -> Document {
        let text = vec![(Label::Article, "A line.".to_owned())];
        let source = if second_group.is_some() { Source::Graft } else { Source::Case };
        let d = lines(id.to_string(), group, "en".into(), source, text);
        Document { second_group, ..d }
    }

    #[test]
    fn no_group_is_on_both_sides_and_grafts_keep_both_of_theirs_apart() {
        let name = |i: usize| format!("paper{}.example", i % 40);
        let documents: Vec<Document> = (0..200)
            .map(|i| document(i, name(i), (i % 3 == 0).then(|| format!("cases-{}", i % 7))))
            .collect();
        let mut judged = 0;
        for out in 0..4 {
            let learned = learned_from(&documents, 4, out);
            let seen: HashSet<&String> = learned
                .iter()
                .flat_map(|d| std::iter::once(&d.group).chain(&d.second_group))
                .collect();
            for d in documents.iter().filter(|d| fold(d, 4) == out) {
                judged += 1;
                assert!(!seen.contains(d.second_group.as_ref().unwrap_or(&d.group)), "{}", d.id);
            }
            assert!(learned.len() > 50);
        }
        assert_eq!(judged, documents.len());
    }
}
