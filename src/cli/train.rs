//! Learns the model's weights: a CRF with softmax-margin cost (Gimpel and Smith 2010) and L2 regularisation.
//!
//! Deterministic: the same data gives the same file. Where a block's label is known in part only (pages tell appeals
//! from the rest, not articles from furniture), the likelihood sums over the labels that are possible.
//!
//! Two things keep the few labelled appeals from being learned by heart. In each round each document does without some
//! features (dropout, Srivastava et al. 2014), so that no strong one stops the others from being learned (Sutton, Sindelar and
//! McCallum 2006). And after each step a weight that speaks against its feature's [`Lean`] is set back to zero.

use fold_appeals::features::{FEATURES, Lean};
use fold_appeals::model::{BOUNDARY_NAMES, LABEL_NAMES, Model};
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
    /// Weight of boxes and grafts that hold an appeal.
    pub graft_weight: f32,
    /// Share of the features that a document does without in a round, 0 to below 1.
    pub dropout: f32,
    /// Family of features left out, or [`TRANSITIONS`], for ablation.
    pub without: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            rounds: 200,
            penalty: 2.0,
            cost_paragraph: 4.0,
            cost_other: 1.5,
            appeal_weight: 8.0,
            graft_weight: 4.0,
            dropout: 0.2,
            without: None,
        }
    }
}

/// Name under which [`Options::without`] leaves out the transitions: then each block is judged alone.
pub(crate) const TRANSITIONS: &str = "transitions";

/// Four lanes, of which the labels take three: sums over features then need one instruction each.
type Row = [f32; 4];
type Pairs = [[Row; 3]; 3];

struct Example<'a> {
    /// Features of all blocks in a row, and where each block's end.
    features: Vec<u16>,
    ends: Vec<u32>,
    boundaries: &'a [u8],
    /// Labels that each block may have.
    open: Vec<Row>,
    /// Factor of the label appeal where it is wrong.
    cost: Vec<f32>,
    weight: f32,
}

impl<'a> Example<'a> {
    fn new(d: &'a Document, options: &Options) -> Self {
        let members = &d.sequence.members;
        let open = |&b: &usize| match d.gold[b] {
            Gold::Appeal => [1.0, 0.0, 0.0, 0.0],
            Gold::Article => [0.0, 1.0, 0.0, 0.0],
            Gold::Other => [0.0, 0.0, 1.0, 0.0],
            Gold::Keep => [0.0, 1.0, 1.0, 0.0],
            Gold::Neutral => [1.0, 1.0, 1.0, 0.0],
        };
        let cost = |&b: &usize| match d.gold[b] {
            Gold::Appeal | Gold::Neutral => 1.0,
            _ if d.costly[b] => options.cost_paragraph.exp(),
            _ => options.cost_other.exp(),
        };
        let mut end = 0;
        Example {
            features: d.sequence.features.concat(),
            ends: d
                .sequence
                .features
                .iter()
                .map(|f| {
                    end += f.len() as u32;
                    end
                })
                .collect(),
            boundaries: &d.sequence.boundaries,
            open: members.iter().map(open).collect(),
            cost: members.iter().map(cost).collect(),
            weight: match d.source {
                _ if !d.gold.contains(&Gold::Appeal) => 1.0,
                Source::Box | Source::Graft => options.graft_weight,
                _ => options.appeal_weight,
            },
        }
    }

    fn of(&self, block: usize) -> &[u16] {
        let start = if block == 0 { 0 } else { self.ends[block - 1] as usize };
        &self.features[start..self.ends[block] as usize]
    }
}

/// Weights or their gradient.
#[derive(Clone)]
struct Weights {
    state: Vec<Row>,
    transition: Pairs,
}

impl Weights {
    fn zero() -> Self {
        Weights { state: vec![[0.0; 4]; FEATURES.len()], transition: [[[0.0; 4]; 3]; 3] }
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.state.iter().chain(self.transition.iter().flatten())
    }

    fn rows_mut(&mut self) -> impl Iterator<Item = &mut Row> {
        self.state.iter_mut().chain(self.transition.iter_mut().flatten())
    }

    fn model(&self, sure: Sureness) -> Model {
        let short = |r: &Row| [r[0], r[1], r[2]];
        Model {
            state: self.state.iter().map(short).collect(),
            transition: self.transition.map(|t| t.map(|r| short(&r))),
            sure,
        }
    }
}

/// Learns from the documents.
pub(crate) fn train(documents: &[&Document], options: &Options, sure: Sureness) -> Model {
    let examples: Vec<Example<'_>> = documents
        .iter()
        .filter(|d| !d.sequence.members.is_empty())
        .map(|d| Example::new(d, options))
        .collect();
    let left_out = |family: &str| options.without.as_deref() == Some(family);
    let mut frozen: Vec<bool> = FEATURES.iter().map(|f| left_out(f.family)).collect();
    frozen.resize(FEATURES.len() + 9, left_out(TRANSITIONS));
    let mut weights = Weights::zero();
    let (mut mean, mut square) = (Weights::zero(), Weights::zero());
    let (slow, fast, rate) = (0.9f32, 0.99f32, 0.1f32);
    let mut chains = Vec::new();
    let mut factors = vec![1.0; FEATURES.len()];
    // Adam (Kingma and Ba 2015) on the whole data, the rate falling to zero.
    for round in 0..options.rounds {
        let mut gradient = weights.clone();
        gradient.rows_mut().for_each(|r| *r = r.map(|w| -w * options.penalty));
        let exp = weights.transition.map(|t| t.map(|r| r.map(f32::exp)));
        for (n, example) in examples.iter().enumerate() {
            drop_some(&mut factors, options.dropout, (round as u64) << 32 | n as u64);
            add_gradient((&weights.state, &factors), &exp, example, &mut chains, &mut gradient);
        }
        let rate = rate * (1.0 - round as f32 / options.rounds as f32);
        let (fix_mean, fix_square) =
            (1.0 - slow.powi(round as i32 + 1), 1.0 - fast.powi(round as i32 + 1));
        let state = weights.rows_mut().zip(mean.rows_mut()).zip(square.rows_mut());
        for (((w, m), s), (g, frozen)) in state.zip(gradient.rows().zip(&frozen)) {
            if *frozen {
                continue;
            }
            for l in 0..3 {
                m[l] = slow * m[l] + (1.0 - slow) * g[l];
                s[l] = fast * s[l] + (1.0 - fast) * g[l] * g[l];
                w[l] += rate * (m[l] / fix_mean) / ((s[l] / fix_square).sqrt() + 1e-6);
            }
        }
        for (w, feature) in weights.state.iter_mut().zip(FEATURES) {
            *w = match feature.lean {
                Lean::For => [w[0].max(0.0), w[1].min(0.0), w[2].min(0.0), 0.0],
                Lean::Against => [w[0].min(0.0), w[1].max(0.0), w[2].max(0.0), 0.0],
                Lean::Either => *w,
            };
        }
    }
    weights.rows_mut().for_each(|r| *r = r.map(|w| (w * 1000.0).round() / 1000.0));
    weights.model(sure)
}

/// Zero for the features that are dropped; the others make up for them. The same seed drops the same.
fn drop_some(factors: &mut [f32], share: f32, seed: u64) {
    if share == 0.0 {
        return;
    }
    // SplitMix64 (Steele, Lea and Flood 2014).
    let mut state = seed.wrapping_mul(0x2545_f491_4f6c_dd1d);
    for factor in factors {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        let draw = (z >> 40) as f32 / (1u64 << 24) as f32;
        *factor = if draw < share { 0.0 } else { 1.0 / (1.0 - share) };
    }
}

/// What the two chains of one block have in common, and their forward messages: `right` may have the labels that are
/// true only, `free` any label, with its cost.
#[derive(Clone, Copy)]
struct Step {
    right: Row,
    free: Row,
    right_alpha: Row,
    free_alpha: Row,
}

fn zip(a: Row, b: Row, f: impl Fn(f32, f32) -> f32) -> Row {
    [f(a[0], b[0]), f(a[1], b[1]), f(a[2], b[2]), f(a[3], b[3])]
}

fn times(a: Row, b: Row) -> Row {
    zip(a, b, |x, y| x * y)
}

fn normal(row: Row) -> Row {
    let scale = 1.0 / (row[0] + row[1] + row[2]).max(f32::MIN_POSITIVE);
    row.map(|v| v * scale)
}

fn mix(by: Row, rows: &[Row; 3]) -> Row {
    let part = |i: usize| rows[i].map(|v| v * by[i]);
    zip(zip(part(0), part(1), |x, y| x + y), part(2), |x, y| x + y)
}

/// Gradient of one document by forward-backward over both chains at once.
fn add_gradient(
    (state, factors): (&[Row], &[f32]),
    exp: &Pairs,
    example: &Example<'_>,
    steps: &mut Vec<Step>,
    gradient: &mut Weights,
) {
    steps.clear();
    let n = example.open.len();
    for i in 0..n {
        let mut score = [0.0f32; 4];
        for &f in example.of(i) {
            let factor = factors[f as usize];
            score = zip(score, state[f as usize], |x, y| x + y * factor);
        }
        let top = score[0].max(score[1]).max(score[2]);
        // The floor keeps a label that must be from vanishing.
        let local =
            [0, 1, 2, 3].map(|l| if l < 3 { (score[l] - top).max(-60.0).exp() } else { 0.0 });
        let right = times(local, example.open[i]);
        let free = times(local, [example.cost[i], 1.0, 1.0, 0.0]);
        let (mut right_alpha, mut free_alpha) = (right, free);
        if let Some(before) = steps.last() {
            let t = &exp[example.boundaries[i] as usize];
            right_alpha = times(right, mix(before.right_alpha, t));
            free_alpha = times(free, mix(before.free_alpha, t));
        }
        let (right_alpha, free_alpha) = (normal(right_alpha), normal(free_alpha));
        steps.push(Step { right, free, right_alpha, free_alpha });
    }
    let turned = exp.map(|t| [0, 1, 2].map(|to| [t[0][to], t[1][to], t[2][to], 0.0]));
    let (mut right_beta, mut free_beta) = ([1.0f32; 4], [1.0f32; 4]);
    for i in (0..n).rev() {
        let step = steps[i];
        let right = normal(times(step.right_alpha, right_beta));
        let free = normal(times(step.free_alpha, free_beta));
        let difference = zip(right, free, |x, y| example.weight * (x - y));
        // Most blocks are no news; what they would add is far below the rounding of the weights.
        if difference.iter().any(|d| d.abs() > 1e-8) {
            for &f in example.of(i) {
                let factor = factors[f as usize];
                let row = &mut gradient.state[f as usize];
                *row = zip(*row, difference, |x, y| x + y * factor);
            }
        }
        if i == 0 {
            break;
        }
        let (at, before) = (example.boundaries[i] as usize, steps[i - 1]);
        let (right_ahead, free_ahead) =
            (times(step.right, right_beta), times(step.free, free_beta));
        let right_pair = pair(before.right_alpha, &exp[at], right_ahead);
        let free_pair = pair(before.free_alpha, &exp[at], free_ahead);
        for (row, (r, f)) in
            gradient.transition[at].iter_mut().zip(right_pair.iter().zip(free_pair))
        {
            let difference = zip(*r, f, |x, y| example.weight * (x - y));
            *row = zip(*row, difference, |x, y| x + y);
        }
        right_beta = normal(mix(right_ahead, &turned[at]));
        free_beta = normal(mix(free_ahead, &turned[at]));
    }
}

/// Probabilities of the label pairs of two neighbours.
fn pair(alpha: Row, t: &[Row; 3], ahead: Row) -> [Row; 3] {
    let rows = [0, 1, 2].map(|from| times(t[from], ahead).map(|v| v * alpha[from]));
    let sum: f32 = rows.iter().map(|r| r[0] + r[1] + r[2]).sum();
    let scale = 1.0 / sum.max(f32::MIN_POSITIVE);
    rows.map(|r| r.map(|v| v * scale))
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
