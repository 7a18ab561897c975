//! From a phrase to text in one language.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::phrase::Words;
use super::{LANGUAGES, Phrase, Value};

/// The language that every message is in.
const FIRST: &str = LANGUAGES[0].0;

/// One language, with English behind it for what it lacks.
pub struct Lexicon {
    tag: &'static str,
    own: FluentBundle<FluentResource>,
}

/// What was read so far, in the order of [`LANGUAGES`].
static READ: [OnceLock<Lexicon>; LANGUAGES.len()] = [const { OnceLock::new() }; LANGUAGES.len()];

impl Lexicon {
    /// The language of that tag, or the nearest there is. It is read when it is first asked for, which takes milliseconds.
    #[must_use]
    pub fn of(tag: &str) -> &'static Self {
        let tag = choose(tag);
        let known = READ.iter().zip(LANGUAGES).find(|(_, (known, _))| *known == tag);
        let (place, (tag, _)) = known.unwrap_or((&READ[0], &LANGUAGES[0]));
        place.get_or_init(|| Self { tag, own: bundle(tag) })
    }

    /// The one that every message is in.
    #[must_use]
    pub fn english() -> &'static Self {
        Self::of(FIRST)
    }

    /// Its own words, and those that stand behind them.
    fn bundles(&self) -> impl Iterator<Item = &FluentBundle<FluentResource>> {
        // A test rules out that something is missing in the first.
        std::iter::once(&self.own).chain(std::iter::once_with(|| &Self::english().own))
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
            Words::Named { key, .. } if !self.bundles().any(|bundle| bundle.has_message(key)) => None,
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
        for bundle in self.bundles() {
            let Some(message) = bundle.get_message(key) else { continue };
            let pattern = match attribute {
                None => message.value(),
                Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
            };
            if let Some(pattern) = pattern {
                // An error here is a variable nobody gave; the text then shows its name.
                return bundle.format_pattern(pattern, arguments, &mut Vec::new()).into_owned();
            }
        }
        key.to_owned()
    }
}

pub(super) fn bundle(tag: &str) -> FluentBundle<FluentResource> {
    let text = LANGUAGES.iter().find(|(known, _)| *known == tag).map_or("", |(_, text)| *text);
    // What can be read of a file with a mistake is; a test reads them all.
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
    // Isolation marks are for mixed directions in prose; on a terminal they are columns of nothing.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
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
