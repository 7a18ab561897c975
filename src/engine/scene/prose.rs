//! How much a scene's parts may say, so that they fit the panel: as patterns for the grammar.

use crate::board::{Range, Storyboard};

/// The most words of one text: a panel holds no more.
const MOST_WORDS: u32 = 90;

/// How a language counts: by words where it writes spaces between them, by characters where it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Words,
    Characters,
}

/// A part of a board that the model writes as prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Part {
    Action,
    Line,
    Sound,
    Description,
    Look,
    Brief,
}

impl Part {
    /// The least and the most words: what a panel's caption can hold and a reviewer reads at a glance. A description is
    /// read while its shot lasts, which is four seconds as a rule.
    pub(in crate::engine) const fn words(self) -> (u32, u32) {
        match self {
            Self::Action => (8, 36),
            Self::Line => (1, 16),
            Self::Sound => (2, 9),
            Self::Description => (4, 18),
            Self::Look => (3, 14),
            Self::Brief => (6, 32),
        }
    }
}

/// Languages that write Latin letters: a small model drifts into other scripts now and then.
const LATIN: &[&str] = &[
    "", "af", "br", "bs", "ca", "cs", "cy", "da", "de", "en", "eo", "es", "et", "eu", "fi", "fr", "ga", "gd", "gl",
    "hr", "hu", "id", "is", "it", "lb", "lt", "lv", "ms", "mt", "nb", "nl", "nn", "no", "oc", "pl", "pt", "ro", "sk",
    "sl", "sq", "sv", "sw", "tl", "tr", "vi",
];

/// The letters that words are made of, as parts of a pattern's brackets. Beyond western Europe's, Latin capitals and small
/// letters stand in turn, so they are in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Letters {
    capital: &'static str,
    small: &'static str,
    /// What may follow a letter and is none.
    marks: &'static str,
}

impl Letters {
    const LATIN: Self = Self { capital: "A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿ", small: "a-zß-öø-ɏḀ-ỿ", marks: "" };
    const ANY: Self = Self { capital: r"\p{Lu}", small: r"\p{Ll}\p{Lo}", marks: r"\p{M}" };
}

/// How a board's prose is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::engine) struct Prose {
    measure: Measure,
    letters: Letters,
    /// The bible's names, as alternatives of a pattern.
    names: String,
}

impl Prose {
    pub(in crate::engine) fn of(board: &Storyboard) -> Self {
        let primary = board.language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        let measure = match primary.as_str() {
            "zh" | "ja" | "yue" | "th" | "lo" | "km" | "my" | "bo" | "dz" => Measure::Characters,
            _ => Measure::Words,
        };
        let names = board.bible.entries().filter_map(|(_, entry)| literal(&entry.name)).filter(|name| !name.is_empty());
        let letters = if LATIN.contains(&primary.as_str()) { Letters::LATIN } else { Letters::ANY };
        Self { measure, letters, names: names.collect::<Vec<_>>().join("|") }
    }

    /// A pattern for prose that ends like a sentence. Words in capitals can only be names of the bible, so nobody else is
    /// named that way. Quotation marks and backslashes stay out: they would need escapes. So do colons: a small model goes
    /// on after a name and a colon as if it were staging a subject. Figures are for what is said; elsewhere numbers are words.
    pub(in crate::engine) fn pattern(&self, part: Part) -> String {
        let (least, most) = part.words();
        self.pattern_within(part, Range { least, most })
    }

    /// The same for prose of this many words, at least one.
    pub(in crate::engine) fn pattern_within(&self, part: Part, words: Range) -> String {
        let least = words.least.clamp(1, MOST_WORDS);
        let most = words.most.clamp(least, MOST_WORDS);
        match self.measure {
            Measure::Words => {
                // A bound on a word's letters: a small model can go on hyphenating for ever.
                let Letters { capital, small, marks } = self.letters;
                let plain = format!("[{capital}]?[{small}'’][{small}{marks}'’-]{{0,17}}|[{capital}]['’]?");
                let number = if part == Part::Line { r"|\p{N}{1,4}" } else { "" };
                let names =
                    if self.names.is_empty() { String::new() } else { format!("|(?:{})(?:['’]s)?", self.names) };
                let word = format!("(?:{plain}{number}{names})");
                format!("^{word}(?:[,;!?…]? (?:[—–] )?{word}){{{},{}}}[.!?…]$", least - 1, most - 1)
            }
            // About two characters stand for a word.
            Measure::Characters => {
                let first = r"[\p{L}\p{N}「『（]";
                let next = r"[\p{L}\p{M}\p{N}，、；！？…—「」『』（）《》・ー ]";
                format!("^{first}{next}{{{},{}}}[。！？…]$", least, most * 2)
            }
        }
    }

    /// A pattern for a new name, as a bible writes it.
    pub(in crate::engine) fn name(&self) -> String {
        let Letters { capital, marks, .. } = self.letters;
        match self.measure {
            Measure::Words => {
                format!(r"^[{capital}][{capital}{marks}]{{1,13}}( [{capital}][{capital}{marks}]{{1,13}}){{0,2}}$")
            }
            Measure::Characters => r"^\p{L}{1,8}$".to_owned(),
        }
    }
}

/// Text as a pattern that matches it and nothing else; `None` where JSON would have to escape it.
pub(super) fn literal(text: &str) -> Option<String> {
    if text.contains(['"', '\\']) {
        return None;
    }
    Some(text.chars().fold(String::new(), |mut pattern, c| {
        if !c.is_alphanumeric() && !c.is_whitespace() {
            pattern.push('\\');
        }
        pattern.push(c);
        pattern
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Entry, Line};

    #[test]
    fn a_name_with_dots_means_itself() {
        assert_eq!(literal("MR. X").as_deref(), Some(r"MR\. X"));
        assert_eq!(literal("THE \"CAPTAIN\""), None);
    }

    #[test]
    fn the_bibles_names_stand_in_the_pattern() {
        let mut board = Storyboard::default();
        board.bible.characters.push(Entry { name: Line::new("THE BOY").unwrap(), ..Entry::default() });
        assert!(Prose::of(&board).pattern(Part::Action).contains("THE BOY"));
    }

    /// Whether a board in a language may have a text as its action.
    fn may_write(language: &str, text: &str) -> bool {
        use llguidance::api::TopLevelGrammar;
        use llguidance::toktrie::{ApproximateTokEnv, InferenceCapabilities};
        use llguidance::{Matcher, ParserFactory};

        let board = Storyboard { language: Line::new(language).unwrap(), ..Storyboard::default() };
        let pattern = Prose::of(&board).pattern_within(Part::Action, Range { least: 1, most: 9 });
        let bytes = ApproximateTokEnv::single_byte_env();
        let mut factory = ParserFactory::new(&bytes, InferenceCapabilities::default(), &[]).unwrap();
        factory.quiet();
        let schema = serde_json::json!({ "type": "string", "pattern": pattern });
        let mut matcher = Matcher::new(factory.create_parser(TopLevelGrammar::from_json_schema(schema)));
        let written: Vec<u32> = format!("\"{text}\"").bytes().map(u32::from).collect();
        matcher.validate_tokens(&written).unwrap() == written.len()
    }

    #[test]
    fn prose_keeps_to_the_script_of_its_language() {
        let cases = [
            ("en", "She sips a cold café crème.", true),
            ("en", "She stops at этот узел.", false),
            ("en", "She stops at 灯塔.", false),
            ("fr", "Elle ouvre le cœur de l'église.", true),
            ("pl", "Łódź płynie w świetle.", true),
            ("tr", "Işık yanıyor.", true),
            ("vi", "Biển lặng và đêm dài.", true),
            ("ru", "Она ждёт у воды.", true),
            ("el", "Περιμένει στη θάλασσα.", true),
            ("ar", "تنتظر عند البحر.", true),
            ("zh-CN", "她在海边等着他。", true),
        ];
        for (language, text, expected) in cases {
            assert_eq!(may_write(language, text), expected, "{language}: {text}");
        }
    }
}
