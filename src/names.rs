//! Words in link targets and in `id` and `class` names: by meaning, never by publisher.

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

fn any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|w| text.contains(w))
}

/// What the target of a link speaks of.
pub fn target(href: &str) -> u32 {
    if href.is_empty() || href.starts_with('#') {
        return 0;
    }
    let h = href.to_ascii_lowercase();
    let flag = |words: &[&str], bit: u32| if any(&h, words) { bit } else { 0 };
    let share = any(&h, &["share", "intent/"]);
    flag(&GIVE_WORDS, GIVE)
        | flag(&PAYMENT_WORDS, PAYMENT)
        | flag(&MEMBER_WORDS, MEMBER)
        | flag(&SUBSCRIBE_WORDS, SUBSCRIBE)
        | flag(&SHOP_WORDS, SHOP)
        | if share { SOCIAL } else { flag(&SOCIAL_WORDS, SOCIAL) }
}

/// What an `id` or `class` speaks of.
pub fn name(name: &str) -> u32 {
    if name.is_empty() {
        return 0;
    }
    let n = name.to_ascii_lowercase();
    let flag = |words: &[&str], bit: u32| if any(&n, words) { bit } else { 0 };
    flag(&GIVE_WORDS, GIVE)
        | flag(&PAYMENT_WORDS, PAYMENT)
        | flag(&MEMBER_WORDS, MEMBER)
        | flag(&SUBSCRIBE_WORDS, SUBSCRIBE)
        | flag(&CONSENT_WORDS, CONSENT)
        | flag(&FURNITURE_WORDS, FURNITURE)
        | flag(&PROMO_WORDS, PROMO)
}
