//! How much a scene's parts may say, so that they fit the panel: as patterns for the grammar.

use crate::board::Storyboard;

/// How a language counts: by words where it writes spaces between them, by characters where it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Measure {
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
    /// The least and the most words.
    const fn words(self) -> (u32, u32) {
        match self {
            Self::Action => (8, 45),
            Self::Line => (1, 18),
            Self::Sound => (2, 14),
            Self::Description => (5, 28),
            Self::Look => (3, 14),
            Self::Brief => (6, 32),
        }
    }
}

impl Measure {
    pub(in crate::engine) fn of(board: &Storyboard) -> Self {
        let primary = board.language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        match primary.as_str() {
            "zh" | "ja" | "yue" | "th" | "lo" | "km" | "my" | "bo" | "dz" => Self::Characters,
            _ => Self::Words,
        }
    }

    /// A pattern for prose that ends like a sentence. Quotation marks and backslashes stay out: they would need escapes.
    pub(in crate::engine) fn prose(self, part: Part) -> String {
        let (least, most) = part.words();
        match self {
            Self::Words => {
                // A bound on a word's letters: a small model can go on hyphenating for ever.
                let word = r"[\p{L}\p{N}'’][\p{L}\p{M}\p{N}'’,;:!?…()—–-]{0,17}";
                format!("^{word}( {word}){{{},{}}}[.!?…]$", least - 1, most - 1)
            }
            // About two characters stand for a word.
            Self::Characters => {
                let first = r"[\p{L}\p{N}「『（]";
                let next = r"[\p{L}\p{M}\p{N}，、；：！？…—「」『』（）《》・ー ]";
                format!("^{first}{next}{{{},{}}}[。！？…]$", least, most * 2)
            }
        }
    }

    /// A pattern for a new name, as a bible writes it.
    pub(in crate::engine) fn name(self) -> &'static str {
        match self {
            Self::Words => r"^\p{Lu}[\p{Lu}\p{M}]{1,13}( \p{Lu}[\p{Lu}\p{M}]{1,13}){0,2}$",
            Self::Characters => r"^\p{L}{1,8}$",
        }
    }
}
