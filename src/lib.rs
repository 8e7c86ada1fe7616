//! Finds the reader-support appeals on a news page: the lines that ask the reader for money for the publisher.
//!
//! [`classify`] is a pure function from a [`Page`] (plain data: an element tree and text blocks) to a [`Verdict`] (a label
//! and score per block, and the regions to fold, with reasons). It knows no DOM, no clock and no network. Front ends build
//! the page: a content script in a browser, [`front::html`] for saved files, [`front::text`] for plain lines.
//!
//! ```
//! use fold_appeals::page::{Block, Element, Page};
//!
//! let lines = [
//!     "The council voted on Tuesday to close the harbour bridge for two years.",
//!     "Dear reader, our newsroom has no owner and no paywall.",
//!     "Please support us from $3 a month. Every contribution helps.",
//!     "Remind me later",
//! ];
//! let mut page = Page { lang: "en".into(), excerpt: true, ..Page::default() };
//! page.elements.push(Element { parent: -1, tag: "body".into(), ..Element::default() });
//! for (i, line) in lines.iter().enumerate() {
//!     page.elements.push(Element { parent: 0, tag: "p".into(), ..Element::default() });
//!     page.blocks.push(Block { element: i as u32 + 1, text: (*line).into(), ..Block::default() });
//! }
//! let verdict = fold_appeals::classify(&page)?;
//! assert_eq!(verdict.folds.len(), 1);
//! assert_eq!(verdict.folds[0].blocks, [1, 2, 3]);
//! # Ok::<(), fold_appeals::page::PageError>(())
//! ```
//!
//! # The steps
//!
//! | module | step |
//! |---|---|
//! | [`text`] | one normal form for pages and cues |
//! | [`cues`] | phrases of all languages by concept, found in one pass |
//! | [`analysis`] | what blocks and elements hold; where the article's body is |
//! | [`features`] | named questions about a block |
//! | [`model`] | a linear-chain CRF over the sequence of blocks |
//! | [`gate`] | pages that are left alone |
//! | [`region`] | from probabilities to the elements to fold |
//! | [`verdict`] | labels, scores and reasons |
//!
//! # Untrusted input
//!
//! Any [`Page`] is safe to judge: indices are checked, the work is linear in its size, and nothing recurses. Pages beyond the
//! limits of [`page`] are refused. Whatever is unsure stays: the error to avoid is a folded paragraph of an article.
//!
//! # What a release may change
//!
//! Scores and labels change with cues and weights in any release; the shapes of [`Page`] and [`Verdict`] in a minor one.
#![forbid(unsafe_code)]

pub mod analysis;
mod concept;
pub mod cues;
pub mod features;
#[cfg(feature = "cli")]
pub mod front;
pub mod gate;
pub mod model;
pub mod names;
mod packed;
pub mod page;
pub mod region;
pub mod text;
mod tree;
pub mod verdict;
#[cfg(feature = "wasm")]
pub mod wasm;

pub use page::Page;
pub use verdict::{Verdict, classify};
