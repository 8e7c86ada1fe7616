//! The playground: the core in a web page, for anybody's text or HTML. Nothing leaves the page.
//!
//! | module | job |
//! |---|---|
//! | `input` | takes text or bytes, or refuses them with a sentence |
//! | `lines` | a page of lines |
//! | `source`, `collect` | a page of HTML, walked as the content script walks a document |
//! | `judge` | the verdict, and what speaks for it block by block |
//! | `heat`, `reader` | the two views of it |
//! | `app` | the state, and what the controls do |

mod app;
mod collect;
mod dom;
mod heat;
mod input;
mod judge;
mod lines;
mod reader;
mod samples;
mod source;

use wasm_bindgen::prelude::wasm_bindgen;

/// Wires the controls and judges the first sample.
#[wasm_bindgen(start)]
pub fn start() {
    app::start();
}
