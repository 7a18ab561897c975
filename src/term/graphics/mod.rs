//! Pictures in the terminal: which protocol it understands, and the bytes each protocol takes.
//!
//! A sketch has few colours, so it is sent with a palette ([`palette`]): a quarter of the bytes of one without. kitty gets
//! it once and is then only told where to show it ([`kitty`]); where nothing else is understood, two pixels are a cell
//! ([`blocks`]).

pub mod blocks;
mod deflate;
pub mod fit;
pub mod iterm;
pub mod kitty;
pub mod overlay;
pub mod palette;
pub mod sixel;

use std::str::FromStr;

use super::reply::Capabilities;

/// How pictures reach a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// kitty's, with a picture sent once that cells then show.
    Kitty,
    /// kitty's before 0.28, with a picture sent once and placed at the cursor.
    KittyPlaced,
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

impl Images {
    /// The protocol to begin with, before the terminal has answered: half-blocks, unless the person said.
    #[must_use]
    pub const fn at_first(self) -> Option<Protocol> {
        match self {
            Self::Auto => Some(Protocol::Blocks),
            Self::Only(protocol) => Some(protocol),
            Self::None => None,
        }
    }

    /// The protocol to use in a terminal that has answered. Inside tmux and screen the answers are theirs, and pictures
    /// pass only where the person has said so.
    #[must_use]
    pub fn told(self, can: &Capabilities, variable: impl Fn(&str) -> Option<String>) -> Option<Protocol> {
        let name = can.name.as_deref().unwrap_or_default().to_lowercase();
        let old = before_cells(&name);
        match self {
            Self::Only(Protocol::Kitty) if old => return Some(Protocol::KittyPlaced),
            Self::Only(_) | Self::None => return self.at_first(),
            Self::Auto => {}
        }
        let is = |names: &[&str]| names.iter().any(|known| name.starts_with(known));
        let sixel = can.attributes.as_ref().is_some_and(|attributes| attributes.contains(&4));
        Some(if inside(variable).is_some() {
            Protocol::Blocks
        } else if can.kitty && is(&["kitty", "ghostty"]) {
            // Others say that they understand kitty's pictures, and do not know those that cells show.
            if old { Protocol::KittyPlaced } else { Protocol::Kitty }
        } else if is(&["iterm2", "wezterm"]) {
            Protocol::Iterm
        } else if sixel {
            Protocol::Sixel
        } else {
            Protocol::Blocks
        })
    }
}

/// Whether a terminal with that name is a kitty that does not know pictures which cells show: one before 0.28.
fn before_cells(name: &str) -> bool {
    let version = name.strip_prefix("kitty(").and_then(|rest| rest.split(')').next());
    let mut numbers = version.unwrap_or_default().split('.').map_while(|number| number.parse::<u32>().ok());
    matches!((numbers.next(), numbers.next()), (Some(0), Some(minor)) if minor < 28)
}

/// What stands between this program and the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Multiplexer {
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

/// The multiplexer that this program runs in, by its environment.
#[must_use]
pub fn inside(variable: impl Fn(&str) -> Option<String>) -> Option<Multiplexer> {
    let term = variable("TERM").unwrap_or_default();
    if variable("TMUX").is_some() || term.starts_with("tmux") {
        Some(Multiplexer::Tmux)
    } else if variable("STY").is_some() || term.starts_with("screen") {
        Some(Multiplexer::Screen)
    } else {
        None
    }
}

/// Whether the terminal may be asked about pictures; see [`QUESTIONS_OF_PICTURES`](super::reply::QUESTIONS_OF_PICTURES).
#[must_use]
pub fn may_be_asked(variable: impl Fn(&str) -> Option<String>) -> bool {
    let term = variable("TERM").unwrap_or_default();
    term != "linux" && term != "dumb" && inside(variable).is_none()
}

/// How many pixels a cell has, as the system knows it; `None` where the terminal has not told.
#[must_use]
pub fn cell_pixels() -> Option<(u16, u16)> {
    let window = crossterm::terminal::window_size().ok()?;
    let side = |pixels: u16, cells: u16| pixels.checked_div(cells).filter(|&side| side > 0);
    Some((side(window.width, window.columns)?, side(window.height, window.rows)?))
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
    if inside(&variable).is_some() {
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
    fn a_terminal_is_drawn_on_as_it_answers_and_not_before() {
        let can = |name: &str, kitty: bool, attributes: &[u16]| Capabilities {
            name: Some(name.into()),
            kitty,
            attributes: Some(attributes.to_vec()),
            ..Capabilities::default()
        };
        let cases = [
            (can("kitty(0.35.2)", true, &[62]), Protocol::Kitty),
            (can("kitty(0.26.5)", true, &[62]), Protocol::KittyPlaced),
            (can("ghostty 1.1", true, &[62]), Protocol::Kitty),
            (can("Konsole 24.08", true, &[62, 4]), Protocol::Sixel),
            (can("WezTerm 20240203", true, &[65, 4]), Protocol::Iterm),
            (can("XTerm(379)", false, &[64, 4]), Protocol::Sixel),
            (can("XTerm(379)", false, &[64]), Protocol::Blocks),
            (Capabilities::default(), Protocol::Blocks),
        ];
        for (can, expected) in cases {
            assert_eq!(Images::Auto.told(&can, |_| None), Some(expected), "{can:?}");
            let inside = |name: &str| (name == "TMUX").then(String::new);
            assert_eq!(Images::Auto.told(&can, inside), Some(Protocol::Blocks));
            assert_eq!(Images::Only(Protocol::Iterm).told(&can, inside), Some(Protocol::Iterm));
            assert_eq!(Images::None.told(&can, |_| None), None);
        }
        assert_eq!(Images::Auto.at_first(), Some(Protocol::Blocks));
        assert!(!may_be_asked(|name| (name == "TERM").then(|| "linux".into())));
    }

    #[test]
    fn every_word_of_the_option_is_understood() {
        for word in Images::WORDS {
            assert!(word.parse::<Images>().is_ok(), "{word}");
        }
        assert!("png".parse::<Images>().is_err());
    }
}
