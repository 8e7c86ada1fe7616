//! The boundary to JavaScript: the only file that speaks wasm-bindgen.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::model::Model;
use crate::page::Page;
use crate::verdict::classify_at;

/// Judges a page given as a plain object (see `Page`); answers with a plain object (see `Verdict`). `certainty` is the
/// probability from which a line counts as an appeal; without it the shipped one.
///
/// # Errors
/// An `Error` that says what of the page is wrong.
#[wasm_bindgen]
pub fn classify(page: JsValue, certainty: Option<f32>) -> Result<JsValue, JsValue> {
    let page: Page = serde_wasm_bindgen::from_value(page)
        .map_err(|e| js_sys::Error::new(&format!("not a page: {e}")))?;
    let certainty = certainty.unwrap_or(Model::shipped().sure.threshold);
    let verdict = classify_at(&page, certainty).map_err(|e| js_sys::Error::new(&e.to_string()))?;
    // Numbers, not BigInts, and objects, not Maps: what JSON and messages can carry.
    Ok(verdict.serialize(&Serializer::json_compatible())?)
}

/// Builds the cue automaton ahead of the first page.
#[wasm_bindgen]
pub fn warm() {
    crate::cues::Cues::get();
}
