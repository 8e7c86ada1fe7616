//! Tells pages that are to be left alone: where money, accounts or a cause are the page's purpose.
//!
//! Only content and the words of the address count; there is no list of sites.

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, set};
use crate::cues::Concept;
use crate::page::hint;

/// What a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Mainly one article.
    Article,
    /// Anything else on which appeals may stand.
    #[default]
    Other,
    /// Giving to the outlet is its purpose.
    Donation,
    /// Paying is its purpose.
    Checkout,
    /// Logging in or registering is its purpose.
    Account,
    /// The cause of a charity is its purpose.
    Charity,
    /// A home page or section front.
    Front,
    /// An editor or another application.
    App,
    /// It has no text.
    Empty,
}

impl Kind {
    /// Whether pages of this kind are left as they are.
    pub fn left_alone(self) -> bool {
        !matches!(self, Kind::Article | Kind::Other)
    }
}

/// Judges the page as a whole.
pub fn kind(a: &Analysis<'_>) -> Kind {
    let page = a.page;
    if page.blocks.is_empty() {
        return Kind::Empty;
    }
    if page.excerpt {
        return Kind::Other;
    }
    let root = &a.holds[0];
    let body = a.body.map_or(0, |b| a.holds[b].prose);
    let story = body >= 1_200;
    let path = path(&page.url);
    if !story {
        if root.hints & hint::CARD != 0 {
            return Kind::Checkout;
        }
        let words = a.signs.iter().filter(|s| s.has & Concept::Checkout.bit() != 0).count();
        if words >= 3 && root.fields >= 3 {
            return Kind::Checkout;
        }
        if root.hints & hint::PASSWORD != 0 && root.prose < 1_500 {
            return Kind::Account;
        }
        if root.hints & hint::EDITABLE != 0 && root.prose < 1_500 {
            return Kind::App;
        }
    }
    if path_speaks(&path, &ACCOUNT) && root.fields > 0 && !story {
        return Kind::Account;
    }
    if path_speaks(&path, &CHECKOUT) && root.fields > 0 {
        return Kind::Checkout;
    }
    if path_speaks(&path, &GIVING) && asks(a) {
        return Kind::Donation;
    }
    if charity(a) {
        return Kind::Charity;
    }
    if path.is_empty() && !page.url.is_empty() && page.og != "article" && !story {
        return Kind::Front;
    }
    if story || page.og == "article" { Kind::Article } else { Kind::Other }
}

const GIVING: [&str; 34] = [
    "donate",
    "donation",
    "donations",
    "donar",
    "dona",
    "doar",
    "spenden",
    "spende",
    "support-us",
    "supportus",
    "support",
    "unterstuetzen",
    "unterstuetzung",
    "faire-un-don",
    "soutenir",
    "don",
    "soutenez-nous",
    "sostieni",
    "sostienici",
    "apoya",
    "apoyanos",
    "apoie",
    "wesprzyj",
    "wsparcie",
    "contribute",
    "membership",
    "become-a-member",
    "join",
    "mitglied-werden",
    "steun-ons",
    "stotta",
    "stott-oss",
    "podpora",
    "give",
];
const CHECKOUT: [&str; 8] =
    ["checkout", "cart", "basket", "payment", "order", "kasse", "warenkorb", "panier"];
const ACCOUNT: [&str; 12] = [
    "login",
    "log-in",
    "signin",
    "sign-in",
    "register",
    "signup",
    "sign-up",
    "account",
    "anmelden",
    "konto",
    "connexion",
    "logowanie",
];

/// The segments of the address's path, in lower case, without query and file ending.
fn path(url: &str) -> Vec<String> {
    let rest = url.split_once("://").map_or(url, |(_, r)| r);
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    path.split('/')
        .skip(1)
        .filter(|s| !s.is_empty())
        .map(|s| s.trim_end_matches(".html").trim_end_matches(".php").to_ascii_lowercase())
        .filter(|s| s != "index" && s.len() > 2)
        .collect()
}

/// Whether one of the last two segments is one of the words; a story's address may hold them among others.
fn path_speaks(path: &[String], words: &[&str]) -> bool {
    path.iter().rev().take(2).any(|s| words.contains(&s.as_str()))
}

/// Whether requests make up a good part of the page's prose.
fn asks(a: &Analysis<'_>) -> bool {
    let evidence = set(&[Concept::Ask, Concept::Give, Concept::Rail, Concept::Checkout]);
    let (mut asking, mut all) = (0, 0);
    for (n, s) in a.normals.iter().zip(&a.signs) {
        let weight = n.text.len().min(600);
        all += weight;
        if s.has & evidence != 0 {
            asking += weight;
        }
    }
    asking * 4 >= all
}

/// A charity's own page: its cause is spoken of in the first person all over the page, and few others are quoted.
fn charity(a: &Analysis<'_>) -> bool {
    let cause = a.signs.iter().filter(|s| s.has & Concept::Charity.bit() != 0).count();
    let news = a.signs.iter().filter(|s| s.has & Concept::Speech.bit() != 0).count();
    cause >= 3 && cause * 3 > news
}
