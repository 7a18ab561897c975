//! From a phrase to text in one language.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::phrase::Words;
use super::{LANGUAGES, Phrase, Value};

/// The language that every message is in.
const FIRST: &str = LANGUAGES[0].0;

/// One language, with English behind it for what it lacks.
pub struct Lexicon {
    tag: &'static str,
    /// How the language counts; the messages are beside it.
    rules: FluentBundle<FluentResource>,
    messages: FxHashMap<&'static str, Message>,
}

/// Messages there is room for before it has to be made larger.
const ROOM: usize = 1024;

/// A message as it stands in the language's file. The first screen says forty of a thousand: each is read when it is first
/// said.
struct Message {
    source: &'static str,
    read: OnceLock<FluentResource>,
}

/// What was begun so far, in the order of [`LANGUAGES`].
static BEGUN: [OnceLock<Lexicon>; LANGUAGES.len()] = [const { OnceLock::new() }; LANGUAGES.len()];

impl Lexicon {
    /// The language of that tag, or the nearest there is.
    #[must_use]
    pub fn of(tag: &str) -> &'static Self {
        let tag = choose(tag);
        let known = BEGUN.iter().zip(LANGUAGES).find(|(_, (known, _))| *known == tag);
        let (place, (tag, text)) = known.unwrap_or((&BEGUN[0], &LANGUAGES[0]));
        place.get_or_init(|| Self::new(tag, text))
    }

    /// A language as its file has it; nothing of it is read yet.
    fn new(tag: &'static str, text: &'static str) -> Self {
        let mut rules = FluentBundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
        // Isolation marks are for mixed directions in prose; on a terminal they are columns of nothing.
        rules.set_use_isolating(false);
        let mut messages = FxHashMap::with_capacity_and_hasher(ROOM, FxBuildHasher);
        messages.extend(entries(text).map(|(key, source)| (key, Message { source, read: OnceLock::new() })));
        Self { tag, rules, messages }
    }

    /// The one that every message is in.
    #[must_use]
    pub fn english() -> &'static Self {
        Self::of(FIRST)
    }

    /// Itself, and what stands behind it.
    fn with_english(&self) -> impl Iterator<Item = &Self> {
        // A test rules out that something is missing in the first.
        [self, Self::english()].into_iter()
    }

    /// Its tag, one of [`LANGUAGES`].
    #[must_use]
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// The phrase in this language.
    #[must_use]
    pub fn say(&self, phrase: &Phrase) -> String {
        match &phrase.words {
            Words::Verbatim(words) => words.clone(),
            Words::Joined(between, phrases) => {
                phrases.iter().map(|phrase| self.say(phrase)).collect::<Vec<_>>().join(between)
            }
            Words::Named { key, attribute } => self.message(key, *attribute, None),
            Words::Message { key, attribute, arguments } => {
                let mut values = FluentArgs::with_capacity(arguments.len());
                for (name, value) in arguments {
                    values.set(*name, self.value(value));
                }
                self.message(key, *attribute, Some(&values))
            }
        }
    }

    /// The phrase in this language, where it has words at all.
    #[must_use]
    pub fn find(&self, phrase: &Phrase) -> Option<String> {
        match &phrase.words {
            Words::Named { key, .. }
                if !self.with_english().any(|lexicon| lexicon.messages.contains_key(key.as_str())) =>
            {
                None
            }
            _ => Some(self.say(phrase)),
        }
    }

    fn value(&self, value: &Value) -> FluentValue<'static> {
        match value {
            Value::Text(text) => FluentValue::from(text.clone()),
            Value::Number(number) => FluentValue::from(*number),
            Value::Phrase(phrase) => FluentValue::from(self.say(phrase)),
        }
    }

    /// A message's text; its key where no language has it, which a test rules out.
    fn message(&self, key: &str, attribute: Option<&str>, arguments: Option<&FluentArgs<'_>>) -> String {
        for lexicon in self.with_english() {
            if let Some(pattern) = lexicon.messages.get(key).and_then(|message| message.pattern(attribute)) {
                // An error here is a variable nobody gave; the text then shows its name.
                return lexicon.rules.format_pattern(pattern, arguments, &mut Vec::new()).into_owned();
            }
        }
        key.to_owned()
    }
}

impl Message {
    /// Its text, or that of an attribute.
    fn pattern(&self, attribute: Option<&str>) -> Option<&ast::Pattern<&str>> {
        // What can be read of a message with a mistake is; a test reads them all.
        let read = || FluentResource::try_new(self.source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let Some(ast::Entry::Message(message)) = self.read.get_or_init(read).get_entry(0) else { return None };
        match attribute {
            None => message.value.as_ref(),
            Some(name) => message.attributes.iter().find(|one| one.id.name == name).map(|one| &one.value),
        }
    }
}

/// Each message of a file, by its key. A message begins with its key at the beginning of a line, where nothing else in it
/// can stand with a letter first, and ends before the next one or a comment.
pub(super) fn entries(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let bytes = text.as_bytes();
    let line_end =
        |from: usize| bytes[from..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| from + at + 1);
    let begins = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let goes_on = |at: usize| bytes.get(at).is_some_and(|byte| !byte.is_ascii_alphabetic() && *byte != b'#');
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !begins(at) {
            at = line_end(at);
        }
        let from = at;
        let key = bytes[from..].iter().position(|byte| *byte == b' ')?;
        at = line_end(at);
        while goes_on(at) {
            at = line_end(at);
        }
        Some((&text[from..from + key], &text[from..at]))
    })
}

/// The language nearest to a wish such as `zh-CN`, `zh_CN.UTF-8` or `de`: the same one, else one that shares its first
/// part, else English.
#[must_use]
pub fn choose(wish: &str) -> &'static str {
    let wish = wish.split(['.', '@']).next().unwrap_or_default().replace('_', "-").to_ascii_lowercase();
    let first = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let same = LANGUAGES.iter().find(|(tag, _)| tag.to_ascii_lowercase() == wish);
    let near = || LANGUAGES.iter().find(|(tag, _)| first(tag) == first(&wish));
    same.or_else(near).map_or(FIRST, |(tag, _)| tag)
}
