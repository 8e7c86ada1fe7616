//! The concepts that cues stand for, the same in every language.

/// What a cue stands for. Money for the outlet itself makes an appeal, money for somebody else a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Concept {
    /// The reader is asked to give or join.
    Ask,
    /// Bare words of giving and membership.
    Give,
    /// The outlet as the one that receives.
    Receiver,
    /// The reader addressed as such.
    Reader,
    /// First person plural.
    We,
    /// First person singular.
    I,
    /// Second person.
    You,
    /// How appeals open.
    Opener,
    /// What makes the outlet worth it.
    Independence,
    /// What endangers it.
    Threat,
    /// How little it takes.
    Arithmetic,
    /// How often to pay.
    Period,
    /// Words for money units.
    Currency,
    /// Ways to pay.
    Rail,
    /// Thanks for support.
    Thanks,
    /// Ways out of an appeal.
    Dismiss,
    /// Money for somebody else.
    ThirdParty,
    /// Attribution of what somebody said.
    Speech,
    /// Newsletter sign-ups.
    Newsletter,
    /// Plain subscription offers and walls.
    Paywall,
    /// Cookies and data protection.
    Consent,
    /// Advertising and ad blockers.
    Advert,
    /// Sharing, following, further reading.
    Share,
    /// Imprint and terms.
    Legal,
    /// Information is asked for, not money.
    Tip,
    /// A charity speaks of its own cause.
    Charity,
    /// Words of payment forms.
    Checkout,
}

/// Names of the concepts as they stand in the cue files, in the order of [`Concept`].
pub const NAMES: [&str; 27] = [
    "ask",
    "give",
    "receiver",
    "reader",
    "we",
    "i",
    "you",
    "opener",
    "independence",
    "threat",
    "arithmetic",
    "period",
    "currency",
    "rail",
    "thanks",
    "dismiss",
    "third_party",
    "speech",
    "newsletter",
    "paywall",
    "consent",
    "advert",
    "share",
    "legal",
    "tip",
    "charity",
    "checkout",
];
