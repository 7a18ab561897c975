//! Closed lists of words: one table gives the type, the YAML, the display, the parsing and the grammar.

use super::text::Line;

/// An enumeration whose YAML values are its words: one table gives serde, display, parsing and the grammar.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident: $what:literal { $($(#[$item_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize, ::schemars::JsonSchema)]
        pub enum $name {
            $($(#[$item_doc])* #[serde(rename = $word)] $variant),+
        }
        impl $name {
            /// Every value, in the order the field lists them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in the YAML and on the screen.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.word())
            }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::board::vocabulary::UnknownWord;
            fn from_str(raw: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.word() == raw).ok_or_else(|| {
                    $crate::board::vocabulary::UnknownWord {
                        what: $what,
                        word: $crate::board::Line::clipped(raw, 40),
                        allowed: Self::ALL.iter().map(|value| value.word()).collect::<Vec<_>>().join(", "),
                    }
                })
            }
        }
    };
}
pub(crate) use vocabulary;

/// A word outside a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is no {what}; one of {allowed} is expected")]
pub struct UnknownWord {
    /// What was expected, as a noun.
    pub what: &'static str,
    /// The word found.
    pub word: Line,
    /// The words allowed, separated by commas.
    pub allowed: String,
}
