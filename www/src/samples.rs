//! Articles to try, written for this page; the publishers are invented.

/// A sample as the list offers it.
pub(crate) struct Sample {
    pub name: &'static str,
    pub text: &'static str,
}

pub(crate) const SAMPLES: [Sample; 5] = [
    Sample { name: "English, HTML", text: include_str!("../samples/en.html") },
    Sample { name: "Deutsch, HTML", text: include_str!("../samples/de.html") },
    Sample { name: "Español, text", text: include_str!("../samples/es.txt") },
    Sample { name: "العربية, text", text: include_str!("../samples/ar.txt") },
    Sample { name: "English, about gifts", text: include_str!("../samples/lookalike.txt") },
];
