//! Learns the model's weights: a CRF with softmax-margin cost (Gimpel and Smith 2010) and L2 regularisation.
//!
//! Deterministic: the same data gives the same file. Where a block's label is known in part only (pages tell appeals
//! from the rest, not articles from furniture), the likelihood sums over the labels that are possible.

use fold_appeals::features::FEATURES;
use fold_appeals::model::{BOUNDARY_NAMES, LABEL_NAMES, Model, Sequence, forward_backward};

use fold_appeals::region::Sureness;

use super::corpus::{Document, Gold, Source};

/// What the learner may be told.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// Passes over all data.
    pub rounds: usize,
    /// Strength of the L2 penalty.
    pub penalty: f32,
    /// Extra score of the label appeal on blocks that must stay: paragraphs and hard lines, and all others.
    pub cost_paragraph: f32,
    pub cost_other: f32,
    /// Weight of documents that hold an appeal.
    pub appeal_weight: f32,
    /// Weight of boxes and grafts.
    pub graft_weight: f32,
    /// Family of features left out, for ablation.
    pub without: Option<String>,
    /// Folder in which cross-validation keeps its models from run to run.
    pub models: Option<std::path::PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            rounds: 400,
            penalty: 0.05,
            cost_paragraph: 4.0,
            cost_other: 1.5,
            appeal_weight: 4.0,
            graft_weight: 1.0,
            without: None,
            models: None,
        }
    }
}

const TRANSITIONS: usize = 27;

struct Example<'a> {
    sequence: &'a Sequence,
    gold: Vec<Gold>,
    costly: Vec<bool>,
    weight: f32,
}

/// Learns from the documents.
pub(crate) fn train(documents: &[&Document], options: &Options, sure: Sureness) -> Model {
    let examples: Vec<Example<'_>> = documents
        .iter()
        .filter(|d| !d.gold.is_empty())
        .map(|d| Example {
            sequence: &d.sequence,
            gold: d.sequence.members.iter().map(|&b| d.gold[b]).collect(),
            costly: d.sequence.members.iter().map(|&b| d.costly[b]).collect(),
            weight: match d.source {
                Source::Box | Source::Graft => options.graft_weight,
                _ if d.gold.contains(&Gold::Appeal) => options.appeal_weight,
                _ => 1.0,
            },
        })
        .collect();
    let size = FEATURES.len() * 3 + TRANSITIONS;
    let frozen: Vec<bool> =
        FEATURES.iter().map(|f| options.without.as_deref() == Some(f.family)).collect();
    let mut weights = vec![0.0f32; size];
    let (mut mean, mut square) = (vec![0.0f32; size], vec![0.0f32; size]);
    let (slow, fast, rate) = (0.9f32, 0.99f32, 0.1f32);
    // Adam (Kingma and Ba 2015) on the whole data, the rate falling to zero.
    for round in 0..options.rounds {
        let model = unpack(&weights, sure);
        let mut gradient: Vec<f32> = weights.iter().map(|w| -w * options.penalty).collect();
        for example in &examples {
            add_gradient(&model, example, options, &mut gradient);
        }
        let rate = rate * (1.0 - round as f32 / options.rounds as f32);
        let (fix_mean, fix_square) =
            (1.0 - slow.powi(round as i32 + 1), 1.0 - fast.powi(round as i32 + 1));
        for i in 0..size {
            if i < FEATURES.len() * 3 && frozen[i / 3] {
                continue;
            }
            mean[i] = slow * mean[i] + (1.0 - slow) * gradient[i];
            square[i] = fast * square[i] + (1.0 - fast) * gradient[i] * gradient[i];
            weights[i] += rate * (mean[i] / fix_mean) / ((square[i] / fix_square).sqrt() + 1e-6);
        }
    }
    for w in &mut weights {
        *w = (*w * 1000.0).round() / 1000.0;
    }
    unpack(&weights, sure)
}

fn unpack(weights: &[f32], sure: Sureness) -> Model {
    let (state, transition) = weights.split_at(FEATURES.len() * 3);
    let mut model = Model {
        state: state.chunks(3).map(|c| [c[0], c[1], c[2]]).collect(),
        transition: [[[0.0; 3]; 3]; 3],
        sure,
    };
    for (i, w) in transition.iter().enumerate() {
        model.transition[i / 9][i / 3 % 3][i % 3] = *w;
    }
    model
}

fn add_gradient(model: &Model, example: &Example<'_>, options: &Options, gradient: &mut [f32]) {
    let scores = model.scores(example.sequence);
    let boundaries = &example.sequence.boundaries;
    let mut allowed = scores.clone();
    let mut free = scores;
    for (i, gold) in example.gold.iter().enumerate() {
        let open = match gold {
            Gold::Appeal => [true, false, false],
            Gold::Article => [false, true, false],
            Gold::Other => [false, false, true],
            Gold::Keep => [false, true, true],
            Gold::Neutral => [true; 3],
        };
        for (score, open) in allowed[i].iter_mut().zip(open) {
            if !open {
                *score = f32::NEG_INFINITY;
            }
        }
        if !open[0] {
            free[i][0] +=
                if example.costly[i] { options.cost_paragraph } else { options.cost_other };
        }
    }
    let right = forward_backward(&allowed, boundaries, &model.transition);
    let guess = forward_backward(&free, boundaries, &model.transition);
    for (i, features) in example.sequence.features.iter().enumerate() {
        let difference =
            [0, 1, 2].map(|l| example.weight * (right.marginals[i][l] - guess.marginals[i][l]));
        for &f in features {
            for (l, d) in difference.iter().enumerate() {
                gradient[f as usize * 3 + l] += d;
            }
        }
        if i > 0 {
            let at = boundaries[i] as usize;
            let base = FEATURES.len() * 3 + at * 9;
            for (chain, sign) in [(&right, example.weight), (&guess, -example.weight)] {
                let pair = pair_marginals(chain, i, &model.transition[at]);
                for (k, p) in pair.iter().enumerate() {
                    gradient[base + k] += sign * p;
                }
            }
        }
    }
}

/// Probabilities of the label pairs at blocks `i - 1` and `i`, row by row.
fn pair_marginals(
    chain: &fold_appeals::model::Chain,
    i: usize,
    transition: &[[f32; 3]; 3],
) -> [f32; 9] {
    let mut pair = [0.0f32; 9];
    for from in 0..3 {
        for to in 0..3 {
            pair[from * 3 + to] = chain.alpha[i - 1][from]
                * transition[from][to].exp()
                * chain.local[i][to]
                * chain.beta[i][to];
        }
    }
    let sum: f32 = pair.iter().sum();
    pair.map(|p| p / sum.max(f32::MIN_POSITIVE))
}

/// The model as the text of `src/model.toml`.
pub(crate) fn to_toml(model: &Model) -> String {
    let row = |w: &[f32; 3]| format!("[{:?}, {:?}, {:?}]", w[0], w[1], w[2]);
    let mut out = String::from(
        "# Written by `fold-appeals train`. Weights of each feature for the labels appeal, article, other.\n",
    );
    out.push_str(&format!(
        "threshold = {:?}\ncompanion = {:?}\nparagraph = {:?}\n\n[state]\n",
        model.sure.threshold, model.sure.companion, model.sure.paragraph
    ));
    for (feature, weights) in FEATURES.iter().zip(&model.state) {
        out.push_str(&format!("{} = {}\n", feature.name, row(weights)));
    }
    out.push_str(
        "\n# From a label, over a boundary, to the labels appeal, article, other.\n[transition]\n",
    );
    for (at, boundary) in BOUNDARY_NAMES.iter().enumerate() {
        for (from, label) in LABEL_NAMES.iter().enumerate() {
            out.push_str(&format!("{label}_{boundary} = {}\n", row(&model.transition[at][from])));
        }
    }
    out
}
