//! Keys as the core knows them, whatever terminal sent them.

use std::fmt;
use std::str::FromStr;

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character, as typed: shift is in the character.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Backspace.
    Backspace,
    /// Delete forwards.
    Delete,
    /// Tab.
    Tab,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Start of line.
    Home,
    /// End of line.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Tab with shift.
    BackTab,
    /// Insert.
    Insert,
    /// A function key, from 1.
    F(u8),
}

/// A key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Whether control was held.
    pub ctrl: bool,
    /// Whether alt was held.
    pub alt: bool,
}

impl Key {
    /// The key alone.
    #[must_use]
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// A character alone.
    #[must_use]
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A character with control.
    #[must_use]
    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false }
    }

    /// The character this key writes into a text.
    #[must_use]
    pub const fn typed(self) -> Option<char> {
        match self {
            Self { code: Code::Char(c), ctrl: false, alt: false } => Some(c),
            _ => None,
        }
    }
}

/// The keys that have names, with the names that key maps and the screen use.
const NAMED: &[(Code, &str)] = &[
    (Code::Char(' '), "space"),
    (Code::Enter, "enter"),
    (Code::Esc, "esc"),
    (Code::Backspace, "backspace"),
    (Code::Delete, "del"),
    (Code::Tab, "tab"),
    (Code::Up, "up"),
    (Code::Down, "down"),
    (Code::Left, "left"),
    (Code::Right, "right"),
    (Code::Home, "home"),
    (Code::End, "end"),
    (Code::PageUp, "pgup"),
    (Code::PageDown, "pgdn"),
    (Code::BackTab, "backtab"),
    (Code::Insert, "ins"),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("ctrl-")?;
        }
        if self.alt {
            f.write_str("alt-")?;
        }
        let arrow = match self.code {
            Code::Up => Some("↑"),
            Code::Down => Some("↓"),
            Code::Left => Some("←"),
            Code::Right => Some("→"),
            _ => None,
        };
        match (arrow, NAMED.iter().find(|(code, _)| *code == self.code), self.code) {
            (Some(arrow), _, _) => f.write_str(arrow),
            (None, Some((_, name)), _) => f.write_str(name),
            (None, None, Code::Char(c)) => write!(f, "{c}"),
            (None, None, Code::F(number)) => write!(f, "f{number}"),
            (None, None, _) => Ok(()),
        }
    }
}

/// A word that names no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no key; a character, ctrl-x, or one of esc, enter, up, down and the like is expected")]
pub struct NotAKey(String);

impl NotAKey {
    /// The word.
    #[must_use]
    pub fn word(&self) -> &str {
        &self.0
    }
}

impl FromStr for Key {
    type Err = NotAKey;

    fn from_str(raw: &str) -> Result<Self, NotAKey> {
        let (ctrl, rest) = raw.strip_prefix("ctrl-").map_or((false, raw), |rest| (true, rest));
        let (alt, rest) = rest.strip_prefix("alt-").map_or((false, rest), |rest| (true, rest));
        let named = || NAMED.iter().find(|(_, name)| *name == rest).map(|(code, _)| *code);
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) => Code::Char(c),
            _ => named().or_else(|| function(rest)).ok_or_else(|| NotAKey(rest.to_owned()))?,
        };
        Ok(Self { code, ctrl, alt })
    }
}

/// A function key by its name.
fn function(name: &str) -> Option<Code> {
    name.strip_prefix('f')?.parse().ok().filter(|number| (1..=35).contains(number)).map(Code::F)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_by_the_names_they_have() {
        let cases = [
            ("j", Key::char('j')),
            ("J", Key::char('J')),
            ("ctrl-r", Key::ctrl('r')),
            ("esc", Key::plain(Code::Esc)),
            ("space", Key::char(' ')),
            ("-", Key::char('-')),
            ("f5", Key::plain(Code::F(5))),
            ("f", Key::char('f')),
            ("ctrl-alt-x", Key { code: Code::Char('x'), ctrl: true, alt: true }),
        ];
        for (name, key) in cases {
            assert_eq!(name.parse(), Ok(key), "{name}");
            assert_eq!(key.to_string(), name);
        }
        assert!("escape".parse::<Key>().is_err());
        assert!("".parse::<Key>().is_err());
    }
}
