//! Words in link targets and in `id` and `class` names: by meaning, never by publisher.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::tree::Tree;

/// Giving.
pub const GIVE: u32 = 1;
/// Payment services.
pub const PAYMENT: u32 = 2;
/// Membership.
pub const MEMBER: u32 = 4;
/// Subscription.
pub const SUBSCRIBE: u32 = 8;
/// Social networks.
pub const SOCIAL: u32 = 16;
/// Shops.
pub const SHOP: u32 = 32;
/// Consent dialogs.
pub const CONSENT: u32 = 64;
/// Page furniture: navigation, comments, related links.
pub const FURNITURE: u32 = 128;
/// Promotion boxes of any kind.
pub const PROMO: u32 = 256;

const GIVE_WORDS: [&str; 30] = [
    "donat",
    "donacion",
    "doacao",
    "doar",
    "dona-",
    "dona/",
    "doneer",
    "spende",
    "unterstuetz",
    "unterstutz",
    "support-us",
    "supportus",
    "support-our",
    "soutenir",
    "soutien",
    "faire-un-don",
    "faireundon",
    "sostieni",
    "apoya",
    "apoie",
    "aporta",
    "steun",
    "stoett",
    "stotta",
    "wesprzyj",
    "podpor",
    "contribut",
    "fundrais",
    "crowdfund",
    "give-",
];
const PAYMENT_WORDS: [&str; 18] = [
    "paypal",
    "patreon",
    "ko-fi",
    "kofi",
    "buymeacoffee",
    "bmc-",
    "liberapay",
    "steadyhq",
    "donorbox",
    "fundraiseup",
    "gofundme",
    "patronite",
    "tipeee",
    "venmo",
    "opencollective",
    "github.com/sponsors",
    "wishlist",
    "stripe",
];
const MEMBER_WORDS: [&str; 11] = [
    "member",
    "mitglied",
    "supporter",
    "socio",
    "adherer",
    "adhesion",
    "abbonati",
    "patron",
    "membres",
    "becoming",
    "hazte",
];
const SUBSCRIBE_WORDS: [&str; 6] = ["subscri", "suscri", "abonn", "abo-", "/abo", "paywall"];
const SOCIAL_WORDS: [&str; 10] = [
    "facebook.",
    "twitter.",
    "//x.com",
    "instagram.",
    "t.me/",
    "youtube.",
    "linkedin.",
    "whatsapp",
    "tiktok.",
    "pinterest",
];
const SHOP_WORDS: [&str; 6] = ["/shop", "shop.", "amazon.", "store.", "/store", "/product"];
const CONSENT_WORDS: [&str; 8] =
    ["cookie", "consent", "gdpr", "cmp-", "onetrust", "privacy", "cli-", "didomi"];
const FURNITURE_WORDS: [&str; 14] = [
    "nav",
    "menu",
    "breadcrumb",
    "comment",
    "related",
    "share",
    "social",
    "author",
    "teaser",
    "newsletter",
    "signup",
    "sign-up",
    "tags",
    "caption",
];
const PROMO_WORDS: [&str; 8] =
    ["cta", "promo", "banner", "popup", "modal", "appeal", "callout", "campaign"];

/// Words of sharing, in link targets only.
const SHARE_WORDS: [&str; 2] = ["share", "intent/"];

/// The bits of all words in the text, in any case.
fn find(text: &str) -> u32 {
    static WORDS: OnceLock<(Tree, Vec<u32>)> = OnceLock::new();
    let (tree, bits) = WORDS.get_or_init(|| {
        let mut words: BTreeMap<&str, u32> = BTreeMap::new();
        let lists: [(&[&str], u32); 10] = [
            (&GIVE_WORDS, GIVE),
            (&PAYMENT_WORDS, PAYMENT),
            (&MEMBER_WORDS, MEMBER),
            (&SUBSCRIBE_WORDS, SUBSCRIBE),
            (&SOCIAL_WORDS, SOCIAL),
            (&SHARE_WORDS, SOCIAL),
            (&SHOP_WORDS, SHOP),
            (&CONSENT_WORDS, CONSENT),
            (&FURNITURE_WORDS, FURNITURE),
            (&PROMO_WORDS, PROMO),
        ];
        for (list, bit) in lists {
            for word in list {
                *words.entry(word).or_default() |= bit;
            }
        }
        (Tree::new(words.keys().copied()), words.into_values().collect())
    });
    let lower = if text.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    };
    let mut found = 0;
    tree.find(&lower, |word, _, _| found |= bits[word as usize]);
    found
}

/// What the target of a link speaks of.
pub fn target(href: &str) -> u32 {
    if href.starts_with('#') {
        return 0;
    }
    let headline = |part: &str| part.split(['-', '_']).count() > WORDS_OF_A_PLACE;
    let place = if href.split('/').any(headline) {
        let parts: Vec<&str> = href.split('/').filter(|part| !headline(part)).collect();
        Cow::Owned(parts.join("/"))
    } else {
        Cow::Borrowed(href)
    };
    find(&place) & (GIVE | PAYMENT | MEMBER | SUBSCRIBE | SHOP | SOCIAL)
}

/// A part of an address with more words than this is the headline of a story, which may be about giving.
const WORDS_OF_A_PLACE: usize = 5;

/// What an `id` or `class` speaks of.
pub fn name(name: &str) -> u32 {
    find(name) & (GIVE | PAYMENT | MEMBER | SUBSCRIBE | CONSENT | FURNITURE | PROMO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_and_names_speak_by_their_words() {
        assert_eq!(target("https://x.test/DONATE?via=PayPal"), GIVE | PAYMENT);
        assert_eq!(target("https://x.test/share?u=1"), SOCIAL);
        assert_eq!(target("#donate"), 0);
        assert_eq!(target("/support-us-from-two-euros"), GIVE);
        assert_eq!(target("/news/ministers-want-to-donate-old-buses-to-kyiv"), 0);
        assert_eq!(name("share-buttons Social"), FURNITURE);
        assert_eq!(name("donation-popup"), GIVE | PROMO);
        assert_eq!(name(""), 0);
    }
}
