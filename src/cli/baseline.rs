//! Other ways to clean a page, judged on the same documents. Each says of every block whether it drops it.

mod justext;
mod keyword;
mod readability;

use fold_appeals::analysis::Analysis;
use fold_appeals::page::Page;

/// A method to compare with.
pub(crate) struct Baseline {
    pub name: &'static str,
    /// Per block of the page whether it goes.
    pub drops: fn(&Analysis<'_>) -> Vec<bool>,
}

/// All baselines.
pub(crate) const BASELINES: [Baseline; 3] = [
    Baseline { name: "keyword rule", drops: keyword::drops },
    Baseline { name: "jusText-style", drops: justext::drops },
    Baseline { name: "Readability-style", drops: readability::drops },
];

/// Per element whether nothing in it is left: what a page without these blocks does not show.
pub(crate) fn emptied(page: &Page, drops: &[bool]) -> Vec<bool> {
    let (mut gone, mut left) = (vec![false; page.elements.len()], vec![false; page.elements.len()]);
    for (block, &drop) in page.blocks.iter().zip(drops) {
        (if drop { &mut gone } else { &mut left })[block.element as usize] = true;
    }
    for e in (1..page.elements.len()).rev() {
        if let Some(parent) = page.parent(e) {
            gone[parent] |= gone[e];
            left[parent] |= left[e];
        }
    }
    gone.iter().zip(left).map(|(&gone, left)| gone && !left).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use fold_appeals::front::html;

    /// The texts of the blocks that a baseline keeps.
    pub(crate) fn kept(html: &str, drops: fn(&Analysis<'_>) -> Vec<bool>) -> Vec<String> {
        let page = html::parse(html, "https://paper.example/story").page;
        let drops = drops(&Analysis::new(&page));
        assert_eq!(drops.len(), page.blocks.len());
        page.blocks.into_iter().zip(drops).filter(|(_, d)| !d).map(|(b, _)| b.text).collect()
    }

    #[test]
    fn an_element_is_emptied_when_all_in_it_goes() {
        let page =
            html::parse("<div><p>one</p><p>two</p></div><div><p>three</p>four</div>", "").page;
        let drops: Vec<bool> = page.blocks.iter().map(|b| b.text != "four").collect();
        let emptied = emptied(&page, &drops);
        let of =
            |text: &str| page.blocks.iter().find(|b| b.text == text).map(|b| b.element as usize);
        let box_of = |text| of(text).and_then(|e| page.parent(e)).map(|e| emptied[e]);
        assert_eq!(box_of("one"), Some(true));
        assert_eq!(box_of("three"), Some(false));
    }
}
