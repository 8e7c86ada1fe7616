//! Boilerplate removal in the manner of jusText: J. Pomikálek, Removing Boilerplate and Duplicate Content from Web
//! Corpora, PhD thesis, Masaryk University 2011.
//!
//! Blocks are classed by length and link density alone, then short and near-good ones by their neighbours. This is the
//! language-independent mode (no stop words, both stop word thresholds zero): many pages declare no language, and the
//! published lists do not cover all languages here. Thresholds are the published defaults.

use fold_appeals::analysis::Analysis;

const LENGTH_LOW: usize = 70;
const LENGTH_HIGH: usize = 200;
const MAX_LINK_DENSITY: f32 = 0.2;
const MAX_HEADING_DISTANCE: usize = 200;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Good,
    NearGood,
    Short,
    Bad,
}

pub(super) fn drops(a: &Analysis<'_>) -> Vec<bool> {
    let n = a.page.blocks.len();
    let lengths: Vec<usize> = a.page.blocks.iter().map(|b| b.text.chars().count()).collect();
    let tag = |b: usize| a.page.elements[a.page.blocks[b].element as usize].tag.as_str();
    let heading = |b: usize| matches!(tag(b), "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    let alone: Vec<Class> = (0..n)
        .map(|b| {
            let links = a.link_share(b);
            let boilerplate = links > MAX_LINK_DENSITY
                || a.page.blocks[b].text.contains('©')
                || matches!(tag(b), "select" | "option" | "optgroup");
            match () {
                () if boilerplate => Class::Bad,
                () if lengths[b] < LENGTH_LOW && links > 0.0 => Class::Bad,
                () if lengths[b] < LENGTH_LOW => Class::Short,
                () if lengths[b] > LENGTH_HIGH => Class::Good,
                () => Class::NearGood,
            }
        })
        .collect();
    let good_follows = |classes: &[Class], b: usize| {
        let mut distance = 0;
        for next in b + 1..n {
            if distance > MAX_HEADING_DISTANCE {
                break;
            }
            if classes[next] == Class::Good {
                return true;
            }
            distance += lengths[next];
        }
        false
    };

    let mut classes = alone.clone();
    for b in 0..n {
        if heading(b) && classes[b] == Class::Short && good_follows(&classes, b) {
            classes[b] = Class::NearGood;
        }
    }
    let before = classes.clone();
    for b in (0..n).filter(|&b| before[b] == Class::Short) {
        let strict = neighbours(&before, b, true);
        let loose = neighbours(&before, b, false);
        let near = |side: usize| strict[side] == Class::Bad && loose[side] == Class::NearGood;
        let good = match strict {
            [Class::Good, Class::Good] => true,
            [Class::Bad, Class::Bad] => false,
            _ => near(0) || near(1),
        };
        classes[b] = if good { Class::Good } else { Class::Bad };
    }
    for b in 0..n {
        if classes[b] == Class::NearGood {
            let lost = neighbours(&classes, b, true) == [Class::Bad; 2];
            classes[b] = if lost { Class::Bad } else { Class::Good };
        }
    }
    for b in 0..n {
        let revived = heading(b) && classes[b] == Class::Bad && alone[b] != Class::Bad;
        if revived && good_follows(&classes, b) {
            classes[b] = Class::Good;
        }
    }
    classes.iter().map(|c| *c != Class::Good).collect()
}

/// The nearest decided classes before and after; the page's ends count as bad.
fn neighbours(classes: &[Class], b: usize, strict: bool) -> [Class; 2] {
    let decided = |c: &&Class| match c {
        Class::Good | Class::Bad => true,
        Class::NearGood => !strict,
        Class::Short => false,
    };
    let before = classes[..b].iter().rev().find(decided);
    let after = classes[b + 1..].iter().find(decided);
    [before, after].map(|c| c.copied().unwrap_or(Class::Bad))
}

#[cfg(test)]
mod tests {
    use super::super::tests::kept;

    #[test]
    fn prose_stays_and_takes_its_short_lines_along() {
        let long =
            "The council voted on Tuesday to close the harbour bridge for two years. ".repeat(4);
        let long = long.trim();
        let page = format!(
            "<h1>Bridge</h1><p>{long}</p><p>A short line.</p><p>{long}</p>\
             <p><a href=/a>Home</a></p><p>Adrift</p><p><a href=/b>{long}</a></p><p>© {long}</p>"
        );
        assert_eq!(kept(&page, super::drops), ["Bridge", long, "A short line.", long]);
    }
}
