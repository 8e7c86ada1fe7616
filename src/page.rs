//! The plain data that crosses every boundary: what a front end saw of a page.

use serde::{Deserialize, Serialize};

/// One page, or one article of it, as a front end saw it. Nothing in it refers to a DOM.
///
/// The field names on the wire are short because a content script sends thousands of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Page {
    /// Address of the document; may be empty.
    pub url: String,
    /// Declared language (BCP 47, as found in the document); may be empty.
    pub lang: String,
    /// Title of the document.
    pub title: String,
    /// Open Graph type (`article`, `website`); may be empty.
    pub og: String,
    /// Whether the blocks are a mere list of lines, of which the page's size and layout cannot be told.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub excerpt: bool,
    /// Elements in document order, parents before children.
    pub elements: Vec<Element>,
    /// Text blocks in document order.
    pub blocks: Vec<Block>,
}

/// An element that holds text or media, directly or below it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Element {
    /// Index of the parent element, smaller than its own; -1 for the root.
    #[serde(rename = "p")]
    pub parent: i32,
    /// Local name in lower case.
    #[serde(rename = "t")]
    pub tag: String,
    /// Bits of [`hint`].
    #[serde(rename = "h", skip_serializing_if = "is_zero")]
    pub hints: u32,
    /// `id` and `class` attributes: weak evidence.
    #[serde(rename = "n", skip_serializing_if = "String::is_empty")]
    pub name: String,
}

/// The text that one element holds directly, its inline descendants included.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Block {
    /// Index of the owning element.
    #[serde(rename = "e")]
    pub element: u32,
    /// The text, white space collapsed, not empty.
    #[serde(rename = "t")]
    pub text: String,
    /// Length of the text inside links, in UTF-16 units.
    #[serde(rename = "l", skip_serializing_if = "is_zero")]
    pub link: u32,
    /// Length of the text inside buttons, in UTF-16 units.
    #[serde(rename = "b", skip_serializing_if = "is_zero")]
    pub button: u32,
    /// Targets of its links as written in the document, at most four.
    #[serde(rename = "h", skip_serializing_if = "Vec::is_empty")]
    pub hrefs: Vec<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// What a front end can tell of an element beyond its tag.
pub mod hint {
    /// Taken out of the flow by an inline style (`position: fixed` or `sticky`).
    pub const FIXED: u32 = 1;
    /// A dialog by tag or role.
    pub const DIALOG: u32 = 2;
    /// A password input.
    pub const PASSWORD: u32 = 4;
    /// Any other visible form control.
    pub const FIELD: u32 = 8;
    /// A control for payment card details.
    pub const CARD: u32 = 16;
    /// Editable by the reader.
    pub const EDITABLE: u32 = 32;
    /// Marked as the body of an article.
    pub const ARTICLE_BODY: u32 = 64;
}

/// Most blocks that a page may have.
pub const MAX_BLOCKS: usize = 20_000;
/// Most elements that a page may have.
pub const MAX_ELEMENTS: usize = 65_536;
/// Length at which the text of one block is cut, in UTF-16 units.
pub const MAX_BLOCK_TEXT: usize = 5_000;

/// Why a page was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageError {
    /// More than [`MAX_BLOCKS`] blocks.
    TooManyBlocks(usize),
    /// More than [`MAX_ELEMENTS`] elements.
    TooManyElements(usize),
    /// The parent of an element does not come before it (or the root is not alone).
    Parent {
        /// The element at fault.
        element: usize,
        /// What it names as its parent.
        parent: i32,
    },
    /// A block names an element that does not exist.
    Owner {
        /// The block at fault.
        block: usize,
        /// What it names as its owner.
        element: u32,
    },
}

impl std::fmt::Display for PageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooManyBlocks(n) => write!(f, "page has {n} blocks, the limit is {MAX_BLOCKS}"),
            Self::TooManyElements(n) => {
                write!(f, "page has {n} elements, the limit is {MAX_ELEMENTS}")
            }
            Self::Parent { element, parent } => {
                write!(f, "element {element} has parent {parent}, which does not come before it")
            }
            Self::Owner { block, element } => {
                write!(f, "block {block} belongs to element {element}, which does not exist")
            }
        }
    }
}

impl std::error::Error for PageError {}

impl Page {
    /// Checks the limits and that all indices point where they should.
    ///
    /// # Errors
    /// The first fault found, with its place.
    pub fn check(&self) -> Result<(), PageError> {
        if self.blocks.len() > MAX_BLOCKS {
            return Err(PageError::TooManyBlocks(self.blocks.len()));
        }
        if self.elements.len() > MAX_ELEMENTS {
            return Err(PageError::TooManyElements(self.elements.len()));
        }
        for (i, e) in self.elements.iter().enumerate() {
            let before = usize::try_from(e.parent).map_or(i == 0 && e.parent == -1, |p| p < i);
            if !before {
                return Err(PageError::Parent { element: i, parent: e.parent });
            }
        }
        for (i, b) in self.blocks.iter().enumerate() {
            if b.element as usize >= self.elements.len() {
                return Err(PageError::Owner { block: i, element: b.element });
            }
        }
        Ok(())
    }

    /// The parent of an element, `None` for the root.
    pub fn parent(&self, element: usize) -> Option<usize> {
        usize::try_from(self.elements[element].parent).ok()
    }

    /// The element and its ancestors, innermost first.
    pub fn ancestors(&self, element: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(element), |&e| self.parent(e))
    }
}
