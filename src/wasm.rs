//! The boundary to JavaScript: the only file that speaks wasm-bindgen.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::page::Page;

/// Judges a page given as a plain object (see `Page`); answers with a plain object (see `Verdict`).
///
/// # Errors
/// An `Error` that says what of the page is wrong.
#[wasm_bindgen]
pub fn classify(page: JsValue) -> Result<JsValue, JsValue> {
    let page: Page = serde_wasm_bindgen::from_value(page)
        .map_err(|e| js_sys::Error::new(&format!("not a page: {e}")))?;
    let verdict = crate::classify(&page).map_err(|e| js_sys::Error::new(&e.to_string()))?;
    // Numbers, not BigInts, and objects, not Maps: what JSON and messages can carry.
    Ok(verdict.serialize(&Serializer::json_compatible())?)
}

/// Builds the cue automaton ahead of the first page.
#[wasm_bindgen]
pub fn warm() {
    crate::cues::Cues::get();
}
