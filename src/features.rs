//! Named features of a block: each is one function that answers yes or no, and its name is its weight's name.
//!
//! No feature names a site. Families group them for the ablation in `docs/MODEL.md`.

use crate::analysis::{Analysis, EVIDENCE, FURNITURE, set};
use crate::cues::{Concept, Concepts};
use crate::names;
use crate::page::{Page, hint};

/// A block with what lies around it.
pub struct At<'a> {
    a: &'a Analysis<'a>,
    b: usize,
    has: Concepts,
    /// Concepts of the blocks one, two and up to five steps away, and of siblings up to four steps away.
    near1: Concepts,
    near2: Concepts,
    near5: Concepts,
    before1: Concepts,
    after1: Concepts,
    before3: Concepts,
    after3: Concepts,
    siblings: Concepts,
    inner: usize,
    outer: usize,
    in_body: bool,
    words: u32,
    link: f32,
    button: f32,
    targets: u32,
    tags: u32,
    named: u32,
}

/// A feature; its question is in the list below.
pub struct Feature {
    /// Name of the feature and of its weights.
    pub name: &'static str,
    /// Family, for ablation.
    pub family: &'static str,
    /// What it may speak for.
    pub lean: Lean,
}

/// What a feature may speak for, by what it asks: its learned weights keep to it, whatever the few labelled pages suggest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    /// An appeal, written `+` below.
    For,
    /// Anything but an appeal, written `-`.
    Against,
    /// Either, written `~`.
    Either,
}

macro_rules! lean {
    (+) => {
        Lean::For
    };
    (-) => {
        Lean::Against
    };
    (~) => {
        Lean::Either
    };
}

use Concept::*;

const SELF: Concepts = set(&[Receiver, We, I]);
const OPENING: Concepts = set(&[Opener, Reader, Ask, Independence, Threat, Receiver]);
const CLOSING: Concepts = set(&[Ask, Thanks, Dismiss, Rail, Arithmetic]);
const REQUEST: Concepts = set(&[Ask, Rail, Reader]);

impl<'a> At<'a> {
    /// The view of block `b`.
    pub fn new(a: &'a Analysis<'a>, b: usize) -> Self {
        let n = a.normals.len();
        let masks = |from: usize, to: usize| {
            (from..to.min(n)).filter(|&i| i != b).fold(0, |m, i| m | a.signs[i].has)
        };
        let element = a.page.blocks[b].element as usize;
        let parent = a.page.parent(element);
        let siblings = (b.saturating_sub(4)..(b + 5).min(n))
            .filter(|&i| i != b && a.page.parent(a.page.blocks[i].element as usize) == parent)
            .fold(0, |m, i| m | a.signs[i].has);
        At {
            has: a.signs[b].has,
            near1: masks(b.saturating_sub(1), b + 2),
            near2: masks(b.saturating_sub(2), b + 3),
            near5: masks(b.saturating_sub(5), b + 6),
            before1: if b > 0 { a.signs[b - 1].has } else { 0 },
            after1: a.signs.get(b + 1).map_or(0, |s| s.has),
            before3: masks(b.saturating_sub(3), b),
            after3: masks(b + 1, b + 4),
            siblings,
            inner: a.boxes[b],
            outer: a.units[b],
            in_body: a.in_body(b),
            words: a.normals[b].words,
            link: a.link_share(b),
            button: a.button_share(b),
            targets: a.targets[b],
            tags: a.tags[element],
            named: a
                .page
                .ancestors(element)
                .take(4)
                .take_while(|&e| !a.around_body(e))
                .fold(0, |t, e| t | a.names[e]),
            a,
            b,
        }
    }

    fn has(&self, c: Concept) -> bool {
        self.has & c.bit() != 0
    }

    fn any(&self, set: Concepts) -> bool {
        self.has & set != 0
    }

    fn quoted(&self, c: Concept) -> bool {
        self.a.signs[self.b].quoted & c.bit() != 0
    }

    fn evidence(&self) -> u32 {
        (self.has & EVIDENCE).count_ones()
    }

    fn plain(&self) -> bool {
        self.has & (EVIDENCE | FURNITURE) == 0
    }

    fn short(&self) -> bool {
        self.words <= 8
    }

    fn normal(&self) -> &crate::text::Normal {
        &self.a.normals[self.b]
    }

    fn inner(&self) -> &crate::analysis::Holds {
        &self.a.holds[self.inner]
    }

    fn outer(&self) -> &crate::analysis::Holds {
        &self.a.holds[self.outer]
    }

    fn in_inner(&self, c: Concept) -> bool {
        self.inner().blocks > 1 && self.inner().has & c.bit() != 0
    }

    fn in_outer(&self, c: Concept) -> bool {
        self.outer().blocks > 1 && self.outer().has & c.bit() != 0
    }

    fn tag(&self, t: u32) -> bool {
        self.tags & t != 0
    }

    fn named(&self, t: u32) -> bool {
        self.named & t != 0
    }

    fn target(&self, t: u32) -> bool {
        self.targets & t != 0
    }

    fn is(&self, tag: &str) -> bool {
        self.a.page.elements[self.a.page.blocks[self.b].element as usize].tag == tag
    }

    fn heading(&self) -> bool {
        matches!(
            self.a.page.elements[self.a.page.blocks[self.b].element as usize].tag.as_str(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        )
    }

    fn after_prose(&self) -> bool {
        self.a.prose.is_some_and(|(_, last)| self.b > last)
    }
}

mod tag {
    pub(super) const NAV: u32 = 1;
    pub(super) const HEADER: u32 = 2;
    pub(super) const FOOTER: u32 = 4;
    pub(super) const ASIDE: u32 = 8;
    pub(super) const FORM: u32 = 16;
    pub(super) const DIALOG: u32 = 32;
    pub(super) const FIXED: u32 = 64;
    pub(super) const QUOTE: u32 = 128;
    pub(super) const FIGURE: u32 = 256;
    pub(super) const LIST: u32 = 512;
    pub(super) const TABLE: u32 = 1024;
    pub(super) const OPTION: u32 = 2048;
    pub(super) const ARTICLE: u32 = 4096;
}

/// For each element what it and its ancestors are, as bits of [`tag`].
pub(crate) fn tags(page: &Page) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::with_capacity(page.elements.len());
    for (e, element) in page.elements.iter().enumerate() {
        let own = match element.tag.as_str() {
            "nav" => tag::NAV,
            "header" => tag::HEADER,
            "footer" => tag::FOOTER,
            "aside" => tag::ASIDE,
            "form" => tag::FORM,
            "blockquote" | "q" => tag::QUOTE,
            "figure" | "figcaption" => tag::FIGURE,
            "li" | "dd" | "dt" => tag::LIST,
            "td" | "th" => tag::TABLE,
            "option" | "select" | "optgroup" => tag::OPTION,
            "article" => tag::ARTICLE,
            _ => 0,
        };
        let hints = if element.hints & hint::FIXED != 0 { tag::FIXED } else { 0 }
            | if element.hints & hint::DIALOG != 0 { tag::DIALOG } else { 0 };
        all.push(own | hints | page.parent(e).map_or(0, |p| all[p]));
    }
    all
}

macro_rules! features {
    ($($family:literal { $($lean:tt $name:ident: |$x:ident| $of:expr;)* })*) => {
        /// All features; a feature's place is its number.
        pub static FEATURES: &[Feature] = &[
            $($(Feature { name: stringify!($name), family: $family, lean: lean!($lean) },)*)*
        ];

        /// The numbers of the features that hold, in order. One function, so that questions share their parts.
        fn holding(at: &At<'_>) -> Vec<u16> {
            let mut all = Vec::with_capacity(64);
            let mut number = 0;
            $($({
                let $x = at;
                if $of {
                    all.push(number);
                }
                number += 1;
            })*)*
            debug_assert_eq!(number as usize, FEATURES.len());
            all
        }
    };
}

features! {
    "bias" {
        ~ bias: |_x| true;
    }
    "cues" {
        + ask: |x| x.has(Ask);
        + give: |x| x.has(Give);
        + receiver: |x| x.has(Receiver);
        + reader: |x| x.has(Reader);
        ~ we: |x| x.has(We);
        ~ i: |x| x.has(I);
        ~ you: |x| x.has(You);
        + opener: |x| x.has(Opener);
        + independence: |x| x.has(Independence);
        + threat: |x| x.has(Threat);
        + arithmetic: |x| x.has(Arithmetic);
        + period: |x| x.has(Period);
        + currency: |x| x.has(Currency);
        + rail: |x| x.has(Rail);
        + thanks: |x| x.has(Thanks);
        + dismiss: |x| x.has(Dismiss);
        - third_party: |x| x.has(ThirdParty);
        - speech: |x| x.has(Speech);
        - newsletter: |x| x.has(Newsletter);
        ~ paywall: |x| x.has(Paywall);
        - consent: |x| x.has(Consent);
        - advert: |x| x.has(Advert);
        - share: |x| x.has(Share);
        - legal: |x| x.has(Legal);
        - tip: |x| x.has(Tip);
        - charity: |x| x.has(Charity);
        ~ checkout: |x| x.has(Checkout);
        + ask_twice: |x| x.a.signs[x.b].twice & Ask.bit() != 0;
        + amount: |x| x.normal().amount;
        + iban: |x| x.normal().iban;
    }
    "pairs" {
        + ask_self: |x| x.has(Ask) && x.any(SELF);
        + ask_receiver: |x| x.has(Ask) && x.has(Receiver);
        + ask_you: |x| x.has(Ask) && x.any(You.bit() | Reader.bit());
        + ask_amount: |x| x.has(Ask) && (x.normal().amount || x.has(Period));
        + ask_rail: |x| x.has(Ask) && x.has(Rail);
        + ask_short: |x| x.has(Ask) && x.short();
        + ask_control: |x| x.has(Ask) && x.short() && (x.link > 0.5 || x.button > 0.5);
        ~ ask_long: |x| x.has(Ask) && x.words > 60;
        - ask_third_party: |x| x.has(Ask) && x.has(ThirdParty);
        - ask_speech: |x| x.has(Ask) && x.has(Speech);
        - ask_newsletter: |x| x.has(Ask) && x.has(Newsletter);
        ~ ask_paywall: |x| x.has(Ask) && x.has(Paywall);
        - ask_advert: |x| x.has(Ask) && x.has(Advert);
        - ask_tip: |x| x.has(Ask) && x.has(Tip);
        - ask_charity: |x| x.has(Ask) && x.has(Charity);
        ~ ask_alone: |x| x.has(Ask) && x.has & EVIDENCE == Ask.bit() && !x.any(SELF | You.bit());
        + give_self: |x| x.has(Give) && x.any(SELF);
        + give_you: |x| x.has(Give) && x.any(You.bit() | Reader.bit());
        + give_receiver: |x| x.has(Give) && x.has(Receiver);
        + give_amount: |x| x.has(Give) && x.normal().amount;
        + give_rail: |x| x.has(Give) && x.has(Rail);
        + give_short: |x| x.has(Give) && x.short();
        + give_control: |x| x.has(Give) && x.short() && (x.link > 0.5 || x.button > 0.5);
        - give_speech: |x| x.has(Give) && x.has(Speech);
        - give_third_party: |x| x.has(Give) && x.has(ThirdParty);
        + rail_short: |x| x.has(Rail) && x.short();
        + rail_self: |x| x.has(Rail) && x.any(SELF);
        + receiver_you: |x| x.has(Receiver) && x.any(You.bit() | Reader.bit());
        + we_you: |x| x.has(We) && x.has(You);
        + i_you: |x| x.has(I) && x.has(You);
        + amount_period: |x| x.normal().amount && x.has(Period);
        ~ amount_short: |x| x.normal().amount && x.words <= 4;
        + dismiss_short: |x| x.has(Dismiss) && x.short();
        + opener_short: |x| x.has(Opener) && x.words <= 14;
        + thanks_self: |x| x.has(Thanks) && x.any(SELF);
        + independence_self: |x| x.has(Independence) && x.any(SELF);
        + threat_self: |x| x.has(Threat) && x.any(SELF);
        + paywall_support: |x| x.has(Paywall) && x.has(Give) && x.has(Receiver);
        + own_name: |x| x.a.named[x.b];
        + own_name_ask: |x| x.a.named[x.b] && x.has(Ask);
        + own_name_short: |x| x.a.named[x.b] && x.short();
        + give_imperative: |x| x.has(Give) && x.short() && x.normal().exclamations > 0;
        + evidence_2: |x| x.evidence() >= 2;
        + evidence_3: |x| x.evidence() >= 3;
        + evidence_4: |x| x.evidence() >= 4;
        - furniture_alone: |x| x.any(FURNITURE) && x.evidence() == 0;
        - plain: |x| x.plain();
    }
    "quotation" {
        - quoted_ask: |x| x.quoted(Ask);
        - quoted_self: |x| x.quoted(We) || x.quoted(I);
        - quoted_all: |x| x.normal().all_quoted();
        - quotes: |x| !x.normal().quotes.is_empty();
        - dash_speech: |x| x.normal().dash && x.has(Speech);
        - dash: |x| x.normal().dash;
        - blockquote: |x| x.tag(tag::QUOTE);
    }
    "shape" {
        ~ words_3: |x| x.words <= 3;
        ~ words_8: |x| x.words > 3 && x.words <= 8;
        ~ words_20: |x| x.words > 8 && x.words <= 20;
        ~ words_60: |x| x.words > 20 && x.words <= 60;
        ~ words_more: |x| x.words > 60;
        ~ paragraph: |x| x.a.is_paragraph(x.b);
        ~ all_link: |x| x.link > 0.9;
        ~ some_link: |x| x.link > 0.0 && x.link <= 0.9;
        ~ all_button: |x| x.button > 0.9;
        ~ exclamation: |x| x.normal().exclamations > 0;
        ~ question: |x| x.normal().questions > 0;
        ~ upper: |x| x.normal().letters >= 4 && x.normal().upper * 10 > x.normal().letters * 8;
        ~ numeric: |x| x.normal().digits > x.normal().letters;
        ~ no_sentence: |x| x.normal().sentences == 0;
        ~ heading: |x| x.heading();
        ~ tag_p: |x| x.is("p");
        ~ tag_li: |x| x.tag(tag::LIST);
        ~ tag_div: |x| x.is("div");
        ~ tag_option: |x| x.tag(tag::OPTION);
        ~ tag_table: |x| x.tag(tag::TABLE);
        ~ figure: |x| x.tag(tag::FIGURE);
        ~ repeated: |x| x.a.repeated[x.b];
    }
    "targets" {
        + to_give: |x| x.target(names::GIVE);
        + to_payment: |x| x.target(names::PAYMENT);
        + to_member: |x| x.target(names::MEMBER);
        ~ to_subscribe: |x| x.target(names::SUBSCRIBE);
        ~ to_social: |x| x.target(names::SOCIAL);
        ~ to_shop: |x| x.target(names::SHOP);
        + to_give_short: |x| x.target(names::GIVE | names::PAYMENT) && x.short() && x.link > 0.5;
        + to_give_ask: |x| x.target(names::GIVE | names::PAYMENT | names::MEMBER) && x.has(Ask);
        + to_give_prose: |x| x.target(names::GIVE | names::PAYMENT | names::MEMBER) && x.words > 8 && x.link < 0.5;
    }
    "names" {
        + name_give: |x| x.named(names::GIVE);
        + name_member: |x| x.named(names::MEMBER);
        + name_payment: |x| x.named(names::PAYMENT);
        ~ name_subscribe: |x| x.named(names::SUBSCRIBE);
        - name_consent: |x| x.named(names::CONSENT);
        ~ name_furniture: |x| x.named(names::FURNITURE);
        ~ name_promo: |x| x.named(names::PROMO);
        + name_give_ask: |x| x.named(names::GIVE) && x.has(Ask);
    }
    "place" {
        ~ in_body: |x| x.in_body;
        - in_body_paragraph: |x| x.in_body && x.a.is_paragraph(x.b);
        ~ in_body_ask: |x| x.in_body && x.has(Ask);
        ~ no_body: |x| x.a.body.is_none();
        ~ after_prose: |x| x.after_prose();
        ~ after_prose_close: |x| x.a.prose.is_some_and(|(_, last)| x.b > last && x.b <= last + 8);
        ~ before_prose: |x| x.a.prose.is_some_and(|(first, _)| x.b < first);
        - within_prose: |x| x.a.prose.is_some_and(|(first, last)| x.b >= first && x.b < last);
        ~ last_prose: |x| x.a.prose.is_some_and(|(_, last)| x.b == last);
        - nav: |x| x.tag(tag::NAV);
        ~ header: |x| x.tag(tag::HEADER);
        ~ footer: |x| x.tag(tag::FOOTER);
        ~ aside: |x| x.tag(tag::ASIDE);
        ~ form: |x| x.tag(tag::FORM);
        + dialog: |x| x.tag(tag::DIALOG);
        + fixed: |x| x.tag(tag::FIXED);
        ~ article: |x| x.tag(tag::ARTICLE);
        ~ excerpt: |x| x.a.page.excerpt;
        - nav_give: |x| x.tag(tag::NAV | tag::LIST) && x.has(Give);
        - list_link_give: |x| x.tag(tag::LIST) && x.link > 0.9 && x.has(Give);
        ~ excerpt_start: |x| x.a.page.excerpt && x.b < 2;
    }
    "neighbours" {
        + near1_ask: |x| x.near1 & Ask.bit() != 0;
        + near2_ask: |x| x.near2 & Ask.bit() != 0;
        + near5_ask: |x| x.near5 & Ask.bit() != 0;
        + before_ask: |x| x.before1 & Ask.bit() != 0;
        + after_ask: |x| x.after1 & Ask.bit() != 0;
        + near1_opener: |x| x.near1 & Opener.bit() != 0;
        + near2_rail: |x| x.near2 & Rail.bit() != 0;
        + near2_receiver: |x| x.near2 & Receiver.bit() != 0;
        + near2_dismiss: |x| x.near2 & Dismiss.bit() != 0;
        + near5_thanks: |x| x.near5 & Thanks.bit() != 0;
        - near2_third_party: |x| x.near2 & ThirdParty.bit() != 0;
        - near2_speech: |x| x.near2 & Speech.bit() != 0;
        - near1_newsletter: |x| x.near1 & Newsletter.bit() != 0;
        ~ near1_paywall: |x| x.near1 & Paywall.bit() != 0;
        - near1_consent: |x| x.near1 & Consent.bit() != 0;
        - near1_share: |x| x.near1 & Share.bit() != 0;
        + near2_evidence_2: |x| (x.near2 & EVIDENCE).count_ones() >= 2;
        + near2_evidence_4: |x| (x.near2 & EVIDENCE).count_ones() >= 4;
        + near5_evidence_3: |x| (x.near5 & EVIDENCE).count_ones() >= 3;
        + near5_evidence_5: |x| (x.near5 & EVIDENCE).count_ones() >= 5;
        - near5_none: |x| x.near5 & EVIDENCE == 0;
        + siblings_ask: |x| x.siblings & Ask.bit() != 0;
        + siblings_evidence_3: |x| (x.siblings & EVIDENCE).count_ones() >= 3;
        ~ ask_lonely: |x| x.has(Ask) && x.near5 & REQUEST == 0;
        + ask_among: |x| x.has(Ask) && (x.near2 & EVIDENCE).count_ones() >= 2;
        + ask_before3: |x| x.before3 & Ask.bit() != 0;
        + ask_after3: |x| x.after3 & Ask.bit() != 0;
        + between: |x| x.before3 & OPENING != 0 && x.after3 & CLOSING != 0;
        + between_plain: |x| x.before3 & OPENING != 0 && x.after3 & CLOSING != 0 && x.plain();
        + between_self: |x| x.before3 & OPENING != 0 && x.after3 & CLOSING != 0 && x.any(SELF);
        + after_opening: |x| x.before1 & (Opener.bit() | Reader.bit()) != 0;
        + evidence_before3_3: |x| (x.before3 & EVIDENCE).count_ones() >= 3;
        + evidence_after3_3: |x| (x.after3 & EVIDENCE).count_ones() >= 3;
        + evidence_after3_5: |x| (x.after3 & EVIDENCE).count_ones() >= 5;
        - no_evidence_before3: |x| x.before3 & EVIDENCE == 0;
        - no_evidence_after3: |x| x.after3 & EVIDENCE == 0;
        + self_ask_after3: |x| x.any(SELF) && !x.has(Speech) && x.after3 & Ask.bit() != 0;
        + self_ask_before3: |x| x.any(SELF) && !x.has(Speech) && x.before3 & Ask.bit() != 0;
        - speech_ask_near: |x| x.has(Speech) && x.near2 & Ask.bit() != 0;
        + short_ask_before1: |x| x.short() && x.before1 & Ask.bit() != 0;
        + short_ask_after1: |x| x.short() && x.after1 & Ask.bit() != 0;
        - furniture_ask_near: |x| x.any(FURNITURE) && x.near2 & Ask.bit() != 0;
        ~ paywall_ask_near: |x| x.has(Paywall) && x.near2 & Ask.bit() != 0;
        ~ excerpt_end: |x| x.a.page.excerpt && x.b + 1 == x.a.page.blocks.len();
        ~ we_alone: |x| x.any(SELF) && !x.has(Speech) && x.near2 & Speech.bit() == 0;
        + opener_before_ask: |x| x.has(Opener) && x.near5 & Ask.bit() != 0;
        + self_near_ask: |x| x.any(SELF) && x.near2 & Ask.bit() != 0;
        + plain_near_ask: |x| x.plain() && x.near1 & Ask.bit() != 0;
        - plain_far: |x| x.plain() && x.near5 & Ask.bit() == 0;
        + amount_near_ask: |x| x.normal().amount && x.near5 & Ask.bit() != 0;
        + dismiss_near_ask: |x| x.has(Dismiss) && x.near5 & Ask.bit() != 0;
        + rail_near_ask: |x| x.has(Rail) && x.near5 & Ask.bit() != 0;
        + heading_before_ask: |x| x.heading() && x.after1 & Ask.bit() != 0;
        + give_heading_rail: |x| x.short() && x.has(Give) && x.after1 & (Rail.bit() | Ask.bit()) != 0;
    }
    "container" {
        + inner_ask: |x| x.in_inner(Ask);
        + inner_receiver: |x| x.in_inner(Receiver);
        + inner_rail: |x| x.in_inner(Rail);
        - inner_newsletter: |x| x.in_inner(Newsletter);
        - inner_consent: |x| x.in_inner(Consent);
        ~ inner_paywall: |x| x.in_inner(Paywall);
        - inner_share: |x| x.in_inner(Share);
        - inner_speech: |x| x.in_inner(Speech);
        - inner_third_party: |x| x.in_inner(ThirdParty);
        + inner_control_ask: |x| x.in_inner(Ask) && x.inner().control;
        + inner_amount_ask: |x| x.in_inner(Ask) && x.inner().amount;
        + inner_fields_ask: |x| x.in_inner(Ask) && x.inner().fields > 0;
        + inner_evidence_2: |x| x.inner().blocks > 1 && (x.inner().has & EVIDENCE).count_ones() >= 2;
        + inner_evidence_4: |x| x.inner().blocks > 1 && (x.inner().has & EVIDENCE).count_ones() >= 4;
        + inner_evidence_6: |x| x.inner().blocks > 1 && (x.inner().has & EVIDENCE).count_ones() >= 6;
        + inner_give: |x| x.in_inner(Give);
        + inner_self_you: |x| x.inner().blocks > 1 && x.inner().has & SELF != 0 && x.in_inner(You);
        + inner_give_self: |x| x.in_inner(Give) && x.inner().has & SELF != 0;
        + inner_ask_receiver: |x| x.in_inner(Ask) && x.in_inner(Receiver);
        + inner_to_give: |x| x.inner().targets & (names::GIVE | names::PAYMENT) != 0;
        + inner_to_member: |x| x.inner().targets & names::MEMBER != 0;
        + inner_to_give_alone: |x| x.inner().targets & (names::GIVE | names::PAYMENT) != 0 && x.inner().blocks <= 3;
        + inner_telling: |x| x.inner().blocks > 1 && x.inner().telling * 2 >= x.inner().blocks;
        + inner_opener: |x| x.in_inner(Opener);
        + inner_independence: |x| x.in_inner(Independence);
        + outer_to_give: |x| x.outer().targets & (names::GIVE | names::PAYMENT) != 0;
        + outer_telling: |x| x.outer().blocks > 2 && x.outer().telling * 2 >= x.outer().blocks;
        + outer_ask_receiver: |x| x.in_outer(Ask) && x.in_outer(Receiver);
        ~ outer_short: |x| x.outer().length < 300;
        ~ inner_small: |x| x.inner().blocks > 1 && x.inner().blocks <= 5;
        + outer_ask: |x| x.in_outer(Ask);
        + outer_evidence_3: |x| x.outer().blocks > 1 && (x.outer().has & EVIDENCE).count_ones() >= 3;
        + outer_evidence_5: |x| x.outer().blocks > 1 && (x.outer().has & EVIDENCE).count_ones() >= 5;
        - outer_no_ask: |x| x.outer().blocks > 1 && x.outer().has & Ask.bit() == 0;
        - outer_newsletter: |x| x.in_outer(Newsletter);
        - outer_consent: |x| x.in_outer(Consent);
        ~ outer_paywall: |x| x.in_outer(Paywall);
        ~ outer_fields: |x| x.outer().fields > 0;
        ~ outer_alone: |x| x.outer().blocks == 1;
        + inner_plain_ask: |x| x.plain() && x.in_inner(Ask);
        + inner_self_ask: |x| x.any(SELF) && x.in_inner(Ask);
    }
}

/// The numbers of the features that hold for block `b`, in order.
pub fn active(a: &Analysis<'_>, b: usize) -> Vec<u16> {
    holding(&At::new(a, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_name_of_its_own() {
        let mut names: Vec<_> = FEATURES.iter().map(|f| f.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FEATURES.len());
    }
}
