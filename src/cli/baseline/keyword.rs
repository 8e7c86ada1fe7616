//! A rule of thumb: a block that asks for support goes, whatever stands around it.
//!
//! It has the phrases of this project's cue files in all languages, so what it lacks is the judgement, not the words.

use fold_appeals::analysis::Analysis;
use fold_appeals::cues::Concept;

pub(super) fn drops(a: &Analysis<'_>) -> Vec<bool> {
    a.signs.iter().map(|s| (s.has | s.quoted) & Concept::Ask.bit() != 0).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::kept;

    #[test]
    fn a_block_with_an_asking_phrase_goes_even_from_the_story() {
        let page = "<p>The bridge is closed.</p><p>“Please support us”, said the mayor.</p><p>Thank you.</p>";
        assert_eq!(kept(page, super::drops), ["The bridge is closed.", "Thank you."]);
    }
}
