//! Figures as the cells of a Markdown table.

use super::Tally;
use super::bootstrap::{Interval, interval};

/// Counts with what their intervals need.
pub(crate) struct Cells {
    pub tally: Tally,
    pub groups: Vec<Tally>,
}

impl Cells {
    fn with(&self, figure: impl Fn(&Tally) -> f64, show: impl Fn(f64) -> String) -> String {
        let Interval { low, high } = interval(&self.groups, &figure);
        format!("{} [{}, {}]", show(figure(&self.tally)), show(low), show(high))
    }

    /// A share in percent.
    pub(crate) fn percent(&self, figure: fn(&Tally) -> f64) -> String {
        self.with(figure, |v| format!("{:.1}", 100.0 * v))
    }

    /// A figure from 0 to 1.
    pub(crate) fn score(&self, figure: fn(&Tally) -> f64) -> String {
        self.with(figure, |v| format!("{v:.3}"))
    }

    pub(crate) fn count(&self, figure: fn(&Tally) -> usize) -> String {
        self.with(|t| figure(t) as f64, |v| format!("{v:.0}"))
    }
}

/// A Markdown table; all columns but the first are numbers.
pub(crate) fn markdown(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut out = line(&head.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>());
    out.push_str("|---|");
    out.push_str(&"---:|".repeat(head.len() - 1));
    out.push('\n');
    rows.iter().for_each(|r| out.push_str(&line(r)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_show_the_figure_and_its_interval() {
        let tally = Tally { appeal: 8, appeal_folded: 6, harmed: 2, ..Tally::default() };
        let cells = Cells { tally, groups: vec![tally] };
        assert_eq!(cells.percent(Tally::recall), "75.0 [75.0, 75.0]");
        assert_eq!(cells.count(|t| t.harmed), "2 [2, 2]");
        assert_eq!(
            markdown(&["a", "b"], &[vec!["1".into(), "2".into()]]),
            "| a | b |\n|---|---:|\n| 1 | 2 |\n"
        );
    }
}
