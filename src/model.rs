//! The sequence model: a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001).
//!
//! A block's score for a label is the sum of its features' weights; a transition's weight depends on the labels and on
//! the [`Boundary`] between the blocks, so that a label carries on within a container and changes between containers.
//! The result is each label's marginal probability, by the forward-backward algorithm.

use std::sync::OnceLock;

use crate::analysis::Analysis;
use crate::features::{FEATURES, active};
use crate::region::Sureness;

#[allow(clippy::approx_constant)]
mod table {
    include!(concat!(env!("OUT_DIR"), "/model.rs"));
}

/// The role of a block on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Label {
    /// Part of a request for the reader's support of the publisher.
    Appeal,
    /// The story.
    Article,
    /// Page furniture that is neither.
    Other,
}

/// All labels, in the order of the weights.
pub const LABELS: [Label; 3] = [Label::Appeal, Label::Article, Label::Other];

/// How two neighbouring blocks lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boundary {
    /// Their owners have the same parent.
    Same,
    /// They share a small container.
    Near,
    /// Anything else.
    Far,
}

/// Names of the labels and boundaries as they stand in the model file.
pub const LABEL_NAMES: [&str; 3] = ["appeal", "article", "other"];
/// See [`LABEL_NAMES`].
pub const BOUNDARY_NAMES: [&str; 3] = ["same", "near", "far"];

/// A page as the model sees it: for each block its features, and between the blocks their boundaries.
#[derive(Debug, Clone, Default)]
pub struct Sequence {
    /// Blocks of the page that take part, in order. Options of a list do not: they go with their form.
    pub members: Vec<usize>,
    /// Numbers of the features that hold, per block.
    pub features: Vec<Vec<u16>>,
    /// Boundary before each block; the first is `Far`.
    pub boundaries: Vec<u8>,
}

impl Sequence {
    /// The sequence of a page.
    pub fn new(a: &Analysis<'_>) -> Self {
        let option =
            |b: &usize| a.page.elements[a.page.blocks[*b].element as usize].tag == "option";
        let members: Vec<usize> = (0..a.page.blocks.len()).filter(|b| !option(b)).collect();
        let before =
            |i: usize| if i == 0 { Boundary::Far } else { boundary(a, members[i - 1], members[i]) };
        let boundaries = (0..members.len()).map(|i| before(i) as u8).collect();
        Sequence { features: members.iter().map(|&b| active(a, b)).collect(), boundaries, members }
    }
}

fn boundary(a: &Analysis<'_>, one: usize, two: usize) -> Boundary {
    let owner = |b: usize| a.page.blocks[b].element as usize;
    if a.page.parent(owner(one)) == a.page.parent(owner(two)) {
        Boundary::Same
    } else if a.units[one] == a.units[two] {
        Boundary::Near
    } else {
        Boundary::Far
    }
}

/// Weights by number.
#[derive(Debug, Clone)]
pub struct Model {
    /// Per feature the weight of each label.
    pub state: Vec<[f32; 3]>,
    /// By boundary, label before and label after.
    pub transition: [[[f32; 3]; 3]; 3],
    /// How sure a fold must be.
    pub sure: Sureness,
}

impl Model {
    /// The model of `src/model.toml`.
    pub fn shipped() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| {
            Model::from_rows(
                table::STATE,
                table::TRANSITION,
                Sureness {
                    threshold: table::THRESHOLD,
                    companion: table::COMPANION,
                    paragraph: table::PARAGRAPH,
                },
            )
        })
    }

    fn from_rows(
        state: &[(&str, [f32; 3])],
        transition: &[(&str, [f32; 3])],
        sure: Sureness,
    ) -> Model {
        let mut model =
            Model { state: vec![[0.0; 3]; FEATURES.len()], transition: [[[0.0; 3]; 3]; 3], sure };
        for (name, row) in state {
            if let Some(f) = FEATURES.iter().position(|f| f.name == *name) {
                model.state[f] = *row;
            }
        }
        for (name, row) in transition {
            let place = name.split_once('_').and_then(|(from, at)| {
                Some((
                    LABEL_NAMES.iter().position(|l| *l == from)?,
                    BOUNDARY_NAMES.iter().position(|b| *b == at)?,
                ))
            });
            if let Some((from, at)) = place {
                model.transition[at][from] = *row;
            }
        }
        model
    }

    /// Names in the shipped table that are no feature and no transition; empty when code and model agree.
    pub fn unknown_names() -> Vec<&'static str> {
        let state =
            table::STATE.iter().map(|r| r.0).filter(|n| !FEATURES.iter().any(|f| f.name == *n));
        let known = |n: &str| {
            n.split_once('_')
                .is_some_and(|(l, b)| LABEL_NAMES.contains(&l) && BOUNDARY_NAMES.contains(&b))
        };
        state.chain(table::TRANSITION.iter().map(|r| r.0).filter(|n| !known(n))).collect()
    }

    /// Scores of the labels of each block, without its neighbours.
    pub fn scores(&self, sequence: &Sequence) -> Vec<[f32; 3]> {
        let sum = |features: &Vec<u16>| {
            features.iter().fold([0.0; 3], |s: [f32; 3], &f| {
                let w = self.state[f as usize];
                [s[0] + w[0], s[1] + w[1], s[2] + w[2]]
            })
        };
        sequence.features.iter().map(sum).collect()
    }

    /// Probability of each label of each of the page's blocks, given the whole sequence.
    pub fn marginals(&self, sequence: &Sequence, blocks: usize) -> Vec<[f32; 3]> {
        let chain =
            forward_backward(&self.scores(sequence), &sequence.boundaries, &self.transition);
        let mut all = vec![[0.0, 0.0, 1.0]; blocks];
        for (&b, m) in sequence.members.iter().zip(chain.marginals) {
            all[b] = m;
        }
        all
    }
}

/// What the forward-backward algorithm yields.
pub struct Chain {
    /// Forward messages, normalised per block.
    pub alpha: Vec<[f32; 3]>,
    /// Backward messages, normalised per block.
    pub beta: Vec<[f32; 3]>,
    /// Exponentials of the block scores, scaled per block.
    pub local: Vec<[f32; 3]>,
    /// Label probabilities.
    pub marginals: Vec<[f32; 3]>,
    /// Logarithm of the partition function.
    pub log_z: f64,
}

/// Runs forward-backward over scores; a score of minus infinity forbids a label.
pub fn forward_backward(
    scores: &[[f32; 3]],
    boundaries: &[u8],
    transition: &[[[f32; 3]; 3]; 3],
) -> Chain {
    let n = scores.len();
    let exp: [[[f32; 3]; 3]; 3] = transition.map(|b| b.map(|f| f.map(f32::exp)));
    let mut log_z = 0.0f64;
    let local: Vec<[f32; 3]> = scores
        .iter()
        .map(|s| {
            let top = s.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            log_z += f64::from(top);
            s.map(|v| (v - top).exp())
        })
        .collect();
    let mut alpha = vec![[0.0f32; 3]; n];
    for i in 0..n {
        let mut row = local[i];
        if i > 0 {
            let t = &exp[boundaries[i] as usize];
            for (to, v) in row.iter_mut().enumerate() {
                *v *= (0..3).map(|from| alpha[i - 1][from] * t[from][to]).sum::<f32>();
            }
        }
        let sum: f32 = row.iter().sum();
        log_z += f64::from(sum.max(f32::MIN_POSITIVE).ln());
        alpha[i] = row.map(|v| v / sum.max(f32::MIN_POSITIVE));
    }
    let mut beta = vec![[1.0f32; 3]; n];
    for i in (0..n.saturating_sub(1)).rev() {
        let t = &exp[boundaries[i + 1] as usize];
        let mut row = [0.0f32; 3];
        for (from, v) in row.iter_mut().enumerate() {
            *v = (0..3).map(|to| t[from][to] * local[i + 1][to] * beta[i + 1][to]).sum();
        }
        let sum: f32 = row.iter().sum();
        beta[i] = row.map(|v| v / sum.max(f32::MIN_POSITIVE));
    }
    let marginals = (0..n)
        .map(|i| {
            let row = [0, 1, 2].map(|l| alpha[i][l] * beta[i][l]);
            let sum: f32 = row.iter().sum();
            row.map(|v| v / sum.max(f32::MIN_POSITIVE))
        })
        .collect();
    Chain { alpha, beta, local, marginals, log_z }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_names_only_what_exists() {
        assert_eq!(Model::unknown_names(), Vec::<&str>::new());
    }

    #[test]
    fn forward_backward_agrees_with_counting_all_paths() {
        let scores = [[0.3, -0.2, 1.0], [2.0, 0.1, -1.0], [0.0, 0.5, 0.2]];
        let boundaries = [2, 0, 1];
        let mut transition = [[[0.0; 3]; 3]; 3];
        for (b, t) in transition.iter_mut().enumerate() {
            for (i, row) in t.iter_mut().enumerate() {
                for (j, w) in row.iter_mut().enumerate() {
                    *w = (b as f32 - 1.0) * 0.5 + if i == j { 1.0 } else { -0.3 * j as f32 };
                }
            }
        }
        let (mut z, mut mass) = (0.0f64, [[0.0f64; 3]; 3]);
        for path in 0..27usize {
            let y = [path / 9, path / 3 % 3, path % 3];
            let mut s = f64::from(scores[0][y[0]]);
            for i in 1..3 {
                s +=
                    f64::from(scores[i][y[i]] + transition[boundaries[i] as usize][y[i - 1]][y[i]]);
            }
            z += s.exp();
            for i in 0..3 {
                mass[i][y[i]] += s.exp();
            }
        }
        let chain = forward_backward(&scores, &boundaries, &transition);
        assert!((chain.log_z - z.ln()).abs() < 1e-4);
        for (marginals, mass) in chain.marginals.iter().zip(mass) {
            for (marginal, mass) in marginals.iter().zip(mass) {
                assert!((f64::from(*marginal) - mass / z).abs() < 1e-5);
            }
        }
    }
}
