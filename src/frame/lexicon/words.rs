//! Words: text taken apart, and the patterns the lexicon looks for in it.
//!
//! Upper and lower case and accents are alike, so that `comptoir` is found in `COMPTOIR` and `allonge` in `allongé`.

use icu_normalizer::{ComposingNormalizer, DecomposingNormalizer};
use serde::Deserialize;

/// A text's words, folded, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    words: Vec<String>,
    /// In which clause of the text each stands.
    clauses: Vec<usize>,
}

impl Words {
    /// The words of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let whole = ComposingNormalizer::new_nfc().normalize(text);
        let folded: String = whole.chars().flat_map(char::to_lowercase).map(plain).collect();
        let split = folded.replace('œ', "oe").replace('æ', "ae");
        let mut all = Self::default();
        for (clause, part) in split.split([',', ';', '.', ':', '!', '?', '\n']).enumerate() {
            for word in part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                all.words.push(word.to_owned());
                all.clauses.push(clause);
            }
        }
        all
    }

    /// Whether two places lie in one clause.
    #[must_use]
    pub fn together(&self, one: usize, other: usize) -> bool {
        self.clauses.get(one).is_some_and(|clause| self.clauses.get(other) == Some(clause))
    }

    /// Where a pattern first fits.
    #[must_use]
    pub fn find(&self, pattern: &Pattern) -> Option<usize> {
        (0..self.words.len()).find(|&at| self.is_at(at, pattern))
    }

    fn is_at(&self, at: usize, Pattern(parts): &Pattern) -> bool {
        let run = self.words.get(at..at + parts.len());
        run.is_some_and(|run| run.iter().zip(parts).all(|(word, part)| part.fits(word)))
    }

    /// How many words the longest of several patterns takes that fit at a place, in the clause of the word before it.
    #[must_use]
    pub fn fits_at(&self, at: usize, patterns: &[Pattern]) -> Option<usize> {
        let fits = patterns.iter().filter(|pattern| self.together(at.wrapping_sub(1), at) && self.is_at(at, pattern));
        fits.map(|Pattern(parts)| parts.len()).max()
    }

    /// Where another text's words first stand in a row.
    #[must_use]
    pub fn find_words(&self, other: &Self) -> Option<usize> {
        let long = other.words.len();
        (long > 0).then(|| self.words.windows(long).position(|run| run == other.words.as_slice())).flatten()
    }

    /// Where the first of several patterns to fit stands, the longest of those that start there counting.
    #[must_use]
    pub fn find_any(&self, patterns: &[Pattern]) -> Option<Found> {
        let found = patterns.iter().filter_map(|pattern| {
            let at = self.find(pattern)?;
            Some(Found { at, long: pattern.0.len() })
        });
        found.min_by_key(|found| (found.at, std::cmp::Reverse(found.long)))
    }

    /// Whether one of several patterns fits somewhere.
    #[must_use]
    pub fn any(&self, patterns: &[Pattern]) -> bool {
        self.find_any(patterns).is_some()
    }

    /// The word at a place.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&str> {
        self.words.get(at).map(String::as_str)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Where a pattern fits, and how many words it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The first word's place.
    pub at: usize,
    /// How many words.
    pub long: usize,
}

impl Found {
    /// The place after it.
    #[must_use]
    pub fn end(self) -> usize {
        self.at + self.long
    }
}

/// Words to look for: `rain coat` fits the two in a row, `run*` whatever starts so. A plain word fits its plural too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Word(String),
    Start(String),
}

impl Part {
    fn fits(&self, word: &str) -> bool {
        match self {
            Self::Word(wanted) => {
                word.strip_prefix(wanted.as_str()).is_some_and(|rest| matches!(rest, "" | "s" | "es" | "x"))
            }
            Self::Start(start) => word.starts_with(start.as_str()),
        }
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = String::deserialize(deserializer)?;
        let parts: Vec<Part> = raw
            .split_whitespace()
            .map(|part| match part.strip_suffix('*') {
                Some(start) => Part::Start(start.to_owned()),
                None => Part::Word(part.to_owned()),
            })
            .collect();
        let folded =
            raw.chars().all(|c| c == ' ' || c == '*' || c.is_alphanumeric() && c == plain(c) && !c.is_uppercase());
        if parts.is_empty() || !folded {
            return Err(serde::de::Error::custom(format!("`{raw}`: small letters without accents are expected")));
        }
        Ok(Self(parts))
    }
}

/// A small Latin letter without its accent; other scripts' letters as they are.
fn plain(letter: char) -> char {
    match letter {
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
            DecomposingNormalizer::new_nfd().normalize_iter(std::iter::once(letter)).next().unwrap_or(letter)
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(raw: &str) -> Pattern {
        serde_yaml::from_str(&format!("\"{raw}\"")).unwrap()
    }

    #[test]
    fn patterns_fit_words_whatever_their_case_accents_and_plurals() {
        let cases = [
            ("Deux CHAISES dépareillées", "chaise", Some(1)),
            ("a yellow raincoat", "coat", None),
            ("running late", "run*", Some(0)),
            ("the rain coats", "rain coat", Some(1)),
            ("Le cœur", "coeur", Some(1)),
            ("", "coat", None),
            ("she is allongée", "allonge*", Some(2)),
            ("allonge\u{301}e, as some machines write it", "allonge*", Some(0)),
            ("ŁÓDŹ", "lodz", Some(0)),
        ];
        for (text, raw, expected) in cases {
            assert_eq!(Words::of(text).find(&pattern(raw)), expected, "{text} / {raw}");
        }
    }

    #[test]
    fn the_first_pattern_in_the_text_counts_and_the_longest_there() {
        let patterns = [pattern("room"), pattern("lamp"), pattern("lamp room")];
        assert_eq!(Words::of("the lamp room").find_any(&patterns), Some(Found { at: 1, long: 2 }));
    }

    #[test]
    fn a_pattern_with_an_accent_or_a_capital_is_refused_for_it_could_never_fit() {
        for wrong in ["allongé", "Coat", "", "a-b"] {
            assert!(serde_yaml::from_str::<Pattern>(&format!("\"{wrong}\"")).is_err(), "{wrong}");
        }
    }
}
