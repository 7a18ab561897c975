//! The escape sequences that we send, each a typed value printed in one place.

use std::fmt;

use crossterm::Command;

/// Whether something of the terminal is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// It is.
    Begin,
    /// It is no longer.
    End,
}

impl Ask {
    const fn letter(self) -> char {
        match self {
            Self::Begin => 'h',
            Self::End => 'l',
        }
    }
}

/// Presses and the wheel of the mouse, in the form that knows no last column. Movements are not asked for: over SSH they
/// are bytes for nothing.
pub(super) struct MouseReports(pub(super) Ask);

impl Command for MouseReports {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        let letter = self.0.letter();
        write!(f, "\x1b[?1000{letter}\x1b[?1006{letter}")
    }
}

/// Word of the window coming to the front and leaving it.
pub(super) struct FocusReports(pub(super) Ask);

impl Command for FocusReports {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        write!(f, "\x1b[?1004{}", self.0.letter())
    }
}

/// The window's title. What a terminal could obey in it is dropped.
pub(super) struct Title<'a>(pub(super) &'a str);

impl Command for Title<'_> {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        write!(f, "\x1b]2;{}\x1b\\", plain(self.0))
    }
}

/// Keeps the window's title, to be brought back when the program ends.
pub(super) struct KeepTitle;

impl Command for KeepTitle {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[22;2t")
    }
}

/// Brings the title back that was kept.
pub(super) struct BringTitleBack;

impl Command for BringTitleBack {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[23;2t")
    }
}

/// Text for the clipboard (OSC 52). It is written only: nobody here reads a clipboard.
pub(super) struct Copy<'a>(pub(super) &'a str);

impl Command for Copy<'_> {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        write!(f, "\x1b]52;c;{}\x1b\\", base64(self.0.as_bytes()))
    }
}

/// A word to a person who looks at another window.
pub enum Notification<'a> {
    /// The bell.
    Bell,
    /// OSC 9: iTerm2, kitty, WezTerm, Windows Terminal.
    Osc9(&'a str),
    /// OSC 777: urxvt, foot, Ghostty.
    Osc777(&'a str),
}

impl Command for Notification<'_> {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        match self {
            Self::Bell => f.write_char('\x07'),
            Self::Osc9(words) => write!(f, "\x1b]9;{}\x1b\\", plain(words)),
            Self::Osc777(words) => write!(f, "\x1b]777;notify;slateboard;{}\x1b\\", plain(words).replace(';', ",")),
        }
    }
}

/// Words that may stand inside a sequence: without controls, and not too long.
fn plain(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// Base64 as RFC 4648 has it.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, &byte| group << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let letter = LETTERS[(group >> (18 - 6 * at)) as usize & 63];
            out.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(command: &impl Command) -> String {
        let mut out = String::new();
        command.write_ansi(&mut out).unwrap();
        out
    }

    #[test]
    fn nothing_of_a_board_can_end_a_sequence_early() {
        for words in ["a\x1b]0;evil\x07b", "a\u{9c}b\n"] {
            let title = written(&Title(words));
            assert_eq!(title.matches(['\x07', '\u{9c}', '\n']).count(), 0, "{title:?}");
            assert_eq!(title.matches('\x1b').count(), 2, "{title:?}");
        }
        assert_eq!(written(&Notification::Osc777("a;b")), "\x1b]777;notify;slateboard;a,b\x1b\\");
    }

    #[test]
    fn the_clipboard_gets_base64() {
        for (text, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(written(&Copy(text)), format!("\x1b]52;c;{coded}\x1b\\"));
        }
    }
}
