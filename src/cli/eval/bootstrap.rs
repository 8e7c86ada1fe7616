//! Confidence intervals by the percentile bootstrap (Efron and Tibshirani 1993) over groups: whole publishers are drawn,
//! since the pages of one are alike.

use super::Tally;

/// Draws of as many groups as there are.
const DRAWS: usize = 2_000;

/// Bounds that hold with 95 % confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Interval {
    pub low: f64,
    pub high: f64,
}

/// The interval of a figure. The same groups give the same interval.
pub(crate) fn interval(groups: &[Tally], figure: impl Fn(&Tally) -> f64) -> Interval {
    let mut random = Random(0x5eed);
    let mut values: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let mut sum = Tally::default();
            for _ in 0..groups.len() {
                sum.add(&groups[random.below(groups.len())]);
            }
            figure(&sum)
        })
        .collect();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((DRAWS - 1) as f64 * share).round() as usize];
    Interval { low: at(0.025), high: at(0.975) }
}

/// `SplitMix64` (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(z ^ (z >> 31)) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(appeal: usize, folded: usize) -> Tally {
        Tally { appeal, appeal_folded: folded, ..Tally::default() }
    }

    #[test]
    fn one_group_leaves_no_doubt_and_equal_groups_neither() {
        for groups in [vec![group(4, 3)], vec![group(4, 3); 9]] {
            assert_eq!(interval(&groups, Tally::recall), Interval { low: 0.75, high: 0.75 });
        }
    }

    #[test]
    fn the_interval_of_a_share_is_near_the_binomial_one() {
        // 100 groups of one line, 80 folded: the standard error is 0.04.
        let groups: Vec<Tally> = (0..100).map(|i| group(1, usize::from(i < 80))).collect();
        let i = interval(&groups, Tally::recall);
        assert!((i.low - 0.72).abs() < 0.015 && (i.high - 0.88).abs() < 0.015, "{i:?}");
        assert_eq!(i, interval(&groups, Tally::recall));
    }

    #[test]
    fn groups_are_drawn_whole() {
        // The same lines in two groups only: a draw has all, half or none of them.
        let i = interval(&[group(50, 50), group(50, 0)], Tally::recall);
        assert_eq!(i, Interval { low: 0.0, high: 1.0 });
    }
}
