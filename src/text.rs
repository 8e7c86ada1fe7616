//! Text normalisation, shared by pages and cues so that both meet in the same form.
//!
//! The normal form is a lower-case string of words separated by single spaces, with a space at both ends, so
//! that a phrase with a space at its ends matches at word boundaries by plain substring search. A sentence end is
//! the word `.`. Spellings that readers do not tell apart (final sigma, Arabic alef forms, points, full-width
//! letters) become one.

use std::sync::OnceLock;

/// Normalised text with the facts that normalising loses.
#[derive(Debug, Default, Clone)]
pub struct Normal {
    /// The normal form: words and `.` separated by single spaces, a space at both ends.
    pub text: String,
    /// Byte ranges of `text` that stood inside quotation marks.
    pub quotes: Vec<(u32, u32)>,
    /// Number of sentence ends.
    pub sentences: u32,
    /// Number of words, counting a run of text without spaces as one.
    pub words: u32,
    /// Number of digits.
    pub digits: u32,
    /// Whether a currency symbol or code stands next to a number.
    pub amount: bool,
    /// Number of upper-case letters.
    pub upper: u32,
    /// Number of letters.
    pub letters: u32,
    /// Number of exclamation marks.
    pub exclamations: u32,
    /// Number of question marks.
    pub questions: u32,
    /// Whether the text opens with a dash, as dialogue does in many languages.
    pub dash: bool,
    /// Whether it holds something of the shape of an IBAN.
    pub iban: bool,
}

/// What a character becomes.
#[derive(Clone, Copy)]
enum Class {
    /// A part of a word, already folded.
    Letter(char),
    /// Separates words.
    Space,
    /// Separates words where white space or the end follows, and ends a sentence.
    Stop,
    /// A quotation mark.
    Quote(char),
    /// A currency symbol: a word of its own.
    Currency(char),
    /// Leaves no trace.
    Nothing,
}

fn class(c: char) -> Class {
    use Class::*;
    match c {
        'a'..='z' | '0'..='9' => Letter(c),
        'A'..='Z' => Letter(c.to_ascii_lowercase()),
        ' ' | '\t' | '\n' | '\r' | ',' | ':' | ';' | '-' | '/' | '(' | ')' | '\'' | '’' => Space,
        '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '۔' | '։' => Stop,
        '"' | '“' | '”' | '„' | '‘' | '«' | '»' | '‟' | '「' | '」' | '『' | '』' | '״' => {
            Quote(c)
        }
        '$' | '€' | '£' | '¥' | '₹' | '₽' | '₴' | '₺' | '₩' | '₪' | '฿' | '₫' | '₸' | '￥' => {
            Currency(c)
        }
        '\u{ad}' | '\u{200b}' | '\u{200d}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | 'ـ'
        | '\u{93c}' | '\u{9bc}' | '՛' | '՜' | '՞' => Nothing,
        '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{300}'..='\u{301}' => {
            Nothing
        }
        'İ' => Letter('i'),
        'ş' | 'Ş' => Letter('ș'),
        'ţ' | 'Ţ' => Letter('ț'),
        'ς' => Letter('σ'),
        'ך' => Letter('כ'),
        'ם' => Letter('מ'),
        'ן' => Letter('נ'),
        'ף' => Letter('פ'),
        'ץ' => Letter('צ'),
        'ά' | 'Ά' => Letter('α'),
        'έ' | 'Έ' => Letter('ε'),
        'ή' | 'Ή' => Letter('η'),
        'ί' | 'Ί' | 'ϊ' | 'ΐ' | 'Ϊ' => Letter('ι'),
        'ό' | 'Ό' => Letter('ο'),
        'ύ' | 'Ύ' | 'ϋ' | 'ΰ' | 'Ϋ' => Letter('υ'),
        'ώ' | 'Ώ' => Letter('ω'),
        'ى' | 'ی' | 'ې' => Letter('ي'),
        'ک' => Letter('ك'),
        'أ' | 'إ' | 'آ' | 'ٱ' => Letter('ا'),
        'ة' | 'ۀ' | 'ە' | 'ہ' | 'ھ' => Letter('ه'),
        '\u{958}'..='\u{95f}' => {
            Letter(['क', 'ख', 'ग', 'ज', 'ड', 'ढ', 'फ', 'य'][c as usize - 0x958])
        }
        '\u{9dc}' => Letter('ড'),
        '\u{9dd}' => Letter('ঢ'),
        '\u{9df}' => Letter('য'),
        // Full-width forms of ASCII.
        '\u{ff01}'..='\u{ff5e}' => match char::from_u32(c as u32 - 0xfee0) {
            Some(a) => class(a),
            None => Space,
        },
        _ if c.is_ascii() => Space,
        // Combining marks are parts of words in the Indic and Thai scripts; `is_alphabetic` covers only some.
        '\u{900}'..='\u{dff}' | '\u{e00}'..='\u{e7f}' if !matches!(c, '\u{964}' | '\u{965}') => {
            Letter(c)
        }
        // Scripts of many characters, without cases.
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => Letter(c),
        _ if c.is_alphanumeric() => match c.to_lowercase().next() {
            Some(l) => Letter(l),
            None => Space,
        },
        _ => Space,
    }
}

/// Whether words of the character's script stand without spaces between them, so that a phrase has no boundaries.
pub fn spaceless(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{e00}'..='\u{e7f}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether `close` ends a quotation that `open` began.
fn closes(open: char, close: char) -> bool {
    match open {
        '"' | '״' => open == close,
        '„' | '‟' => matches!(close, '“' | '”' | '"'),
        '“' => matches!(close, '”' | '"'),
        '”' => close == '”',
        '«' => close == '»',
        '»' => matches!(close, '«' | '»'),
        '‘' => close == '’',
        '「' => close == '」',
        '『' => close == '』',
        _ => false,
    }
}

/// What [`class`] says of the characters before U+3100, and whether they are in upper case: looked up in a table, as the
/// question is asked of every character of a page.
fn classes() -> &'static [(Class, bool)] {
    static CLASSES: OnceLock<Vec<(Class, bool)>> = OnceLock::new();
    CLASSES.get_or_init(|| {
        let of = |c: char| (class(c), c.is_uppercase());
        (0..0x3100).map(|c| char::from_u32(c).map_or((Class::Space, false), of)).collect()
    })
}

/// Normalises `raw`. Linear in its length.
pub fn normalise(raw: &str) -> Normal {
    let mut n = Normal { text: String::with_capacity(raw.len() + 16), ..Normal::default() };
    let classes = classes();
    let out = &mut n.text;
    out.push(' ');
    let first = raw.chars().find(|c| !c.is_whitespace());
    n.dash = matches!(first, Some('-' | '–' | '—' | '―'));
    let mut in_word = false;
    let mut numbers = false;
    let mut quote: Option<(char, u32)> = None;
    let bytes = raw.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // Words in small ASCII letters are in normal form already.
        let small = bytes[at..].iter().take_while(|b| b.is_ascii_lowercase()).count();
        if small > 0 {
            out.push_str(&raw[at..at + small]);
            n.letters += small as u32;
            n.words += u32::from(!in_word);
            in_word = true;
            at += small;
        }
        let Some(c) = raw[at..].chars().next() else { break };
        at += c.len_utf8();
        let alphanumeric = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (mut class, upper) =
            classes.get(c as usize).copied().unwrap_or_else(|| (class(c), c.is_uppercase()));
        // The same sign is an apostrophe and closes what a single quotation mark opened.
        if c == '’' && matches!(quote, Some(('‘', _))) && !alphanumeric(raw[at..].chars().next())
        {
            class = Class::Quote(c);
        }
        match class {
            Class::Letter(l) => {
                if c.is_ascii_digit() {
                    n.digits += 1;
                } else {
                    n.letters += 1;
                    n.upper += u32::from(upper);
                }
                numbers |= l.is_ascii_digit();
                n.words += u32::from(!in_word);
                out.push(l);
                in_word = true;
            }
            Class::Currency(s) => {
                if in_word {
                    out.push(' ');
                }
                out.push(s);
                out.push(' ');
                in_word = false;
            }
            Class::Stop => {
                n.exclamations += u32::from(matches!(c, '!' | '！'));
                n.questions += u32::from(matches!(c, '?' | '？' | '؟'));
                if in_word {
                    out.push(' ');
                }
                // A full stop inside a number, an abbreviation or an address ends no sentence.
                let inner = c == '.' && in_word && alphanumeric(raw[at..].chars().next());
                in_word = false;
                if !inner && !out.ends_with(". ") && out.len() > 1 {
                    out.push_str(". ");
                    n.sentences += 1;
                }
            }
            Class::Quote(q) => {
                if in_word {
                    out.push(' ');
                    in_word = false;
                }
                let at = out.len() as u32 - 1;
                match quote {
                    Some((open, from)) if closes(open, q) => {
                        n.quotes.push((from, at + 1));
                        quote = None;
                    }
                    Some(_) => {}
                    None if matches!(q, '」' | '』') => {}
                    None => quote = Some((q, at)),
                }
            }
            Class::Space => {
                if in_word {
                    out.push(' ');
                    in_word = false;
                }
            }
            Class::Nothing => {}
        }
    }
    if in_word {
        out.push(' ');
    }
    // A quotation that goes on in the next paragraph is left open.
    if let Some((_, from)) = quote {
        n.quotes.push((from, n.text.len() as u32));
    }
    n.amount = numbers && has_amount(&n.text);
    n.iban = n.digits >= 10 && has_iban(&n.text);
    n
}

impl Normal {
    /// Whether the byte range lies inside a quotation.
    pub fn quoted(&self, from: u32, to: u32) -> bool {
        self.quotes.iter().any(|&(a, b)| a <= from && to <= b)
    }

    /// Whether (nearly) the whole text is a quotation.
    pub fn all_quoted(&self) -> bool {
        let inside: u32 = self.quotes.iter().map(|(a, b)| b - a).sum();
        !self.quotes.is_empty() && inside as usize * 10 >= self.text.len() * 8
    }
}

/// A currency symbol or a common code next to a number.
fn has_amount(text: &str) -> bool {
    const CODES: [&str; 13] =
        ["eur", "usd", "gbp", "chf", "zł", "kč", "kr", "lei", "ft", "tl", "rs", "円", "元"];
    let mut before = "";
    let money = |w: &str| {
        w.chars().next().is_some_and(|c| matches!(class(c), Class::Currency(_)))
            || CODES.contains(&w)
    };
    let number = |w: &str| w.as_bytes().first().is_some_and(u8::is_ascii_digit);
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        if (money(word) && number(before)) || (number(word) && money(before)) {
            return true;
        }
        if number(word)
            && (word.ends_with('円')
                || word.ends_with('元')
                || word.ends_with('원')
                || word.ends_with("kr"))
        {
            return true;
        }
        before = word;
    }
    false
}

/// Two letters, two digits, and at least twelve more digits or letters in the groups that follow.
fn has_iban(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    words.iter().enumerate().any(|(i, w)| {
        let b = w.as_bytes();
        if b.len() < 4
            || !(b[0].is_ascii_alphabetic()
                && b[1].is_ascii_alphabetic()
                && b[2].is_ascii_digit()
                && b[3].is_ascii_digit())
        {
            return false;
        }
        let digits = |w: &str| w.bytes().filter(u8::is_ascii_digit).count();
        let own = digits(w);
        let rest: usize =
            words[i + 1..].iter().take(8).take_while(|w| digits(w) > 0).map(|w| digits(w)).sum();
        own + rest >= 12
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn norm(s: &str) -> String {
        normalise(s).text
    }

    #[test]
    fn words_meet_in_one_form() {
        assert_eq!(norm("Since you’re here …"), " since you re here . ");
        assert_eq!(norm("  SUPPORT\u{a0}us!  "), " support us . ");
        assert_eq!(norm("Leser:innen und Leser*innen"), " leser innen und leser innen ");
        assert_eq!(norm("ΣΤΗΡΊΞΤΕ ΜΑΣ"), norm("στηρίξτε μας"));
        assert_eq!(norm("İstanbul"), " istanbul ");
        assert_eq!(norm("ＡＢＣ１"), " abc1 ");
        assert_eq!(norm("se\u{ad}cond"), " second ");
        assert_eq!(norm(""), " ");
    }

    #[test]
    fn a_stop_inside_a_number_or_address_ends_no_sentence() {
        let n = normalise("Only $2.50 at paypal.me today. Thanks!");
        assert_eq!(n.text, " only $ 2 50 at paypal me today . thanks . ");
        assert_eq!(n.sentences, 2);
    }

    #[test]
    fn quotations_are_found_in_the_usual_styles() {
        for s in [
            "x \"we need help\" y",
            "x “we need help” y",
            "x ‘we need help’ y",
            "x „we need help“ y",
            "x «we need help» y",
            "x »we need help« y",
            "x ”we need help” y",
            "x「we need help」y",
        ] {
            let n = normalise(s);
            let at = n.text.find("we need").expect("there") as u32;
            assert!(n.quoted(at - 1, at + 12), "{s}: {n:?}");
            assert!(!n.quoted(0, 2), "{s}");
        }
    }

    #[test]
    fn amounts_and_accounts_are_seen() {
        assert!(normalise("from $5 a month").amount);
        assert!(normalise("nur 5 € im Monat").amount);
        assert!(normalise("99 kr").amount);
        assert!(normalise("月額1,000円").amount);
        assert!(!normalise("in 2024 the $ fell").amount);
        assert!(normalise("IBAN DE22 1005 0000 0190 0947 29").iban);
        assert!(!normalise("On 12 May 2022 the 7000 men of AB12").iban);
    }
}
