//! Native front ends: what a content script does in a browser, for files.

pub mod decode;
pub mod html;
pub mod text;
