//! Something to be said, in no language yet.

/// Something to be said: which words, and what goes into them.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    pub(super) words: Words,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Words {
    /// A message of the language files, one of its attributes, and its arguments.
    Message { key: &'static str, attribute: Option<&'static str>, arguments: Vec<(&'static str, Value)> },
    /// The message of an id that is known only at run time.
    Named { key: String, attribute: Option<&'static str> },
    /// Several, with words between them that are the same in every language.
    Joined(&'static str, Vec<Phrase>),
    /// Words that came from outside: of a file, of the system, of another program.
    Verbatim(String),
}

/// What goes into a phrase.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A number; it also chooses singular and plural.
    Number(f64),
    /// Another phrase.
    Phrase(Phrase),
}

impl Phrase {
    /// The message of that key.
    pub(super) fn new(key: &'static str, arguments: Vec<(&'static str, Value)>) -> Self {
        Self { words: Words::Message { key, attribute: None, arguments } }
    }

    /// The message `start-id`, dots and spaces written as dashes; where `attribute` is given, that part of it.
    #[must_use]
    pub fn named(start: &str, id: &str, attribute: Option<&'static str>) -> Self {
        let mut key = format!("{start}-");
        for c in id.chars() {
            match c {
                '.' | ' ' => key.push('-'),
                c if c.is_ascii_alphanumeric() || c == '-' || c == '_' => key.push(c),
                // What a message's name may not have is written by its number: `,` is `u2c`.
                c => key.push_str(&format!("u{:x}", u32::from(c))),
            }
        }
        Self { words: Words::Named { key, attribute } }
    }

    /// Several phrases one after the other, with this between them.
    #[must_use]
    pub fn joined(between: &'static str, phrases: Vec<Self>) -> Self {
        Self { words: Words::Joined(between, phrases) }
    }

    /// Words from outside, said as they are.
    #[must_use]
    pub fn verbatim(words: impl Into<String>) -> Self {
        Self { words: Words::Verbatim(words.into()) }
    }
}

/// What the system, a file or another program said.
impl From<String> for Phrase {
    fn from(words: String) -> Self {
        Self::verbatim(words)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Phrase> for Value {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(phrase)
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {
        $(impl From<$number> for Value {
            #[expect(clippy::allow_attributes, reason = "not every type here loses something")]
            fn from(number: $number) -> Self {
                #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "a count on the screen")]
                Self::Number(number as f64)
            }
        })+
    };
}
numbers!(u8, u16, u32, u64, usize, i32, f32, f64);
