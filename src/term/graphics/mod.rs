//! Pictures in the terminal: which protocol it understands, and the bytes each protocol takes.
//!
//! A sketch has few colours, so it is sent with a palette ([`palette`]): a quarter of the bytes of one without. kitty gets
//! it once and is then only told where to show it ([`kitty`]); where nothing else is understood, two pixels are a cell
//! ([`blocks`]).

pub mod blocks;
pub mod fit;
pub mod iterm;
pub mod kitty;
pub mod palette;
pub mod sixel;

use std::str::FromStr;

/// How pictures reach a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// kitty's, with a picture sent once.
    Kitty,
    /// iTerm2's.
    Iterm,
    /// DEC's.
    Sixel,
    /// Two pixels a cell, in any terminal with colours.
    Blocks,
}

/// What a person asks for with `--images`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Images {
    /// What the terminal is known to understand.
    #[default]
    Auto,
    /// This protocol, whatever the terminal says.
    Only(Protocol),
    /// No pictures.
    None,
}

impl Images {
    /// The words for `--images`.
    pub const WORDS: [&'static str; 6] = ["auto", "kitty", "iterm", "sixel", "blocks", "none"];

    /// The protocol to use in a terminal with those environment variables; `None` for no pictures.
    #[must_use]
    pub fn protocol(self, variable: impl Fn(&str) -> Option<String>) -> Option<Protocol> {
        match self {
            Self::Auto => Some(known(variable)),
            Self::Only(protocol) => Some(protocol),
            Self::None => None,
        }
    }
}

impl FromStr for Images {
    type Err = String;
    fn from_str(raw: &str) -> Result<Self, String> {
        Ok(match raw {
            "auto" => Self::Auto,
            "kitty" => Self::Only(Protocol::Kitty),
            "iterm" => Self::Only(Protocol::Iterm),
            "sixel" => Self::Only(Protocol::Sixel),
            "blocks" => Self::Only(Protocol::Blocks),
            "none" => Self::None,
            _ => return Err(format!("one of {} is expected", Self::WORDS.join(", "))),
        })
    }
}

/// The protocol a terminal is known for. Inside tmux and screen the variables are those of another terminal, and pictures
/// pass only where the user has said so: half-blocks.
fn known(variable: impl Fn(&str) -> Option<String>) -> Protocol {
    let of = |name: &str| variable(name).unwrap_or_default();
    let (term, program) = (of("TERM"), of("TERM_PROGRAM"));
    if variable("TMUX").is_some() || variable("STY").is_some() || term.starts_with("tmux") || term.starts_with("screen")
    {
        return Protocol::Blocks;
    }
    if term.contains("kitty")
        || term.contains("ghostty")
        || program == "ghostty"
        || variable("KITTY_WINDOW_ID").is_some()
    {
        return Protocol::Kitty;
    }
    if program == "iTerm.app" || program == "WezTerm" || program == "vscode" || of("LC_TERMINAL") == "iTerm2" {
        return Protocol::Iterm;
    }
    if term.starts_with("foot") || term.starts_with("mlterm") || term.starts_with("yaft") || term.contains("sixel") {
        return Protocol::Sixel;
    }
    Protocol::Blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_known_by_its_variables_and_tmux_hides_it() {
        let cases: [(&[(&str, &str)], Protocol); 7] = [
            (&[("TERM", "xterm-kitty")], Protocol::Kitty),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")], Protocol::Iterm),
            (&[("TERM", "foot")], Protocol::Sixel),
            (&[("TERM", "xterm-256color")], Protocol::Blocks),
            (&[("TERM", "tmux-256color"), ("KITTY_WINDOW_ID", "1")], Protocol::Blocks),
            (&[("TERM", "xterm-kitty"), ("TMUX", "/tmp/x")], Protocol::Blocks),
            (&[], Protocol::Blocks),
        ];
        for (variables, expected) in cases {
            let of =
                |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
            assert_eq!(Images::Auto.protocol(of), Some(expected), "{variables:?}");
        }
        assert_eq!(Images::None.protocol(|_| None), None);
    }

    #[test]
    fn every_word_of_the_option_is_understood() {
        for word in Images::WORDS {
            assert!(word.parse::<Images>().is_ok(), "{word}");
        }
        assert!("png".parse::<Images>().is_err());
    }
}
