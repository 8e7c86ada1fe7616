//! The page fixtures, judged natively.
#![allow(clippy::unwrap_used)]

mod common;

use common::{faults, fixtures};
use fold_appeals::classify;
use fold_appeals::front::html;

#[test]
fn static_pages_fold_what_they_should_and_nothing_else() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for fixture in fixtures().into_iter().filter(|f| !f.expected.live) {
        count += 1;
        let saved = html::parse(&fixture.html, &fixture.expected.url);
        let verdict = classify(&saved.page).unwrap();
        let mut folded = vec![false; saved.page.elements.len()];
        for &e in verdict.folds.iter().flat_map(|f| &f.elements) {
            folded[e as usize] = true;
        }
        let mut found = faults(&fixture, &saved, &folded);
        let kind = serde_json::to_value(verdict.kind).unwrap();
        if let Some(expected) = fixture.expected.kind.as_ref().filter(|k| kind != k.as_str()) {
            found.push(format!("kind is {kind}, not {expected}"));
        }
        match (&fixture.expected.known_failure, found.is_empty()) {
            (None, false) => wrong.push(format!(
                "{} ({}):\n    {}",
                fixture.slug,
                fixture.expected.title,
                found.join("\n    ")
            )),
            (Some(reason), true) => wrong
                .push(format!("{}: passes now, although known to fail: {reason}", fixture.slug)),
            _ => {}
        }
    }
    assert!(count >= 20, "only {count} static pages");
    assert!(wrong.is_empty(), "{} of {count} pages:\n{}", wrong.len(), wrong.join("\n"));
}
