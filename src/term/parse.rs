//! From a terminal's bytes to keys, the mouse, pastes and the terminal's own answers.
//!
//! Everything a terminal sends is read here, so an answer that comes late, or in pieces over a slow line, is never taken for
//! keys. Bytes that make no sense are dropped. The grammar is ECMA-48's: escape sequences, control sequences (CSI), and
//! strings (OSC, DCS, APC and the like) that end with ST or BEL.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::input::{Input, Mouse, MouseKind};
use super::reply::Reply;

/// The most bytes one paste may have; what is beyond is dropped. A board's text has 20,000 characters.
const PASTE_MOST: usize = 4 << 20;
/// The most bytes an answer may have: the palette of a terminal that tells all its colours is far below.
const STRING_MOST: usize = 64 << 10;
const PASTE_END: &[u8] = b"\x1b[201~";
const ESC: u8 = 0x1b;

/// What the bytes so far are a part of.
#[derive(Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Ground,
    /// Some of a character's bytes.
    Utf8,
    /// An escape, and nothing behind it yet.
    Escape,
    /// A single shift: a function key's letter follows.
    Shift,
    /// A control sequence without its final byte.
    Control,
    /// A string of this kind without its end.
    String(Kind),
    /// A paste without its end.
    Paste,
    /// The coordinates of an old mouse report.
    OldMouse,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Osc,
    Dcs,
    Apc,
    /// One that nobody asks for.
    Other,
}

/// Reads bytes as they come.
#[derive(Debug, Default)]
pub(super) struct Parser {
    state: State,
    bytes: Vec<u8>,
}

impl Parser {
    /// Takes bytes in; what they complete goes to `out`.
    pub(super) fn feed(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        for &byte in bytes {
            self.byte(byte, out);
        }
    }

    /// Whether something is begun that would be a key if nothing followed: it is to be ended with [`Parser::quiet`].
    #[must_use]
    pub(super) fn is_open(&self) -> bool {
        self.state != State::Ground && self.state != State::Paste
    }

    /// Nothing followed for a while: an escape alone was the key, a beginning of something longer is dropped.
    pub(super) fn quiet(&mut self, out: &mut Vec<Input>) {
        let key = match (&self.state, self.bytes.first()) {
            (State::Escape, _) => Some(KeyEvent::from(KeyCode::Esc)),
            (State::Shift, _) => Some(alt('O')),
            (State::Control, None) => Some(alt('[')),
            (State::String(Kind::Osc), None) => Some(alt(']')),
            (State::String(Kind::Dcs), None) => Some(alt('P')),
            (State::String(Kind::Apc), None) => Some(alt('_')),
            _ => None,
        };
        out.extend(key.map(Input::Key));
        if self.state != State::Paste {
            self.ground();
        }
    }

    fn ground(&mut self) {
        self.state = State::Ground;
        self.bytes.clear();
    }

    fn byte(&mut self, byte: u8, out: &mut Vec<Input>) {
        match self.state {
            State::Ground => self.first(byte, KeyModifiers::NONE, out),
            State::Utf8 => self.more_of_character(byte, out),
            State::Escape => self.after_escape(byte, out),
            State::Shift => {
                self.ground();
                out.extend(function_key(byte).map(|code| Input::Key(code.into())));
            }
            State::Control => self.control(byte, out),
            State::String(kind) => self.string(kind, byte, out),
            State::Paste => self.paste(byte, out),
            State::OldMouse => {
                self.bytes.push(byte);
                if self.bytes.len() == 3 {
                    let place = |at: usize| u16::from(self.bytes[at].saturating_sub(33));
                    out.extend(mouse(u16::from(self.bytes[0].saturating_sub(32)), place(1), place(2)));
                    self.ground();
                }
            }
        }
    }

    /// A byte that begins something.
    fn first(&mut self, byte: u8, held: KeyModifiers, out: &mut Vec<Input>) {
        let code = match byte {
            ESC => {
                self.state = State::Escape;
                return;
            }
            b'\r' | b'\n' => KeyCode::Enter,
            b'\t' => KeyCode::Tab,
            0x7f | 0x08 => KeyCode::Backspace,
            0 => return out.push(Input::Key(KeyEvent::new(KeyCode::Char(' '), held | KeyModifiers::CONTROL))),
            0x01..=0x1a => {
                let letter = char::from(byte - 1 + b'a');
                return out.push(Input::Key(KeyEvent::new(KeyCode::Char(letter), held | KeyModifiers::CONTROL)));
            }
            0x1c..=0x1f => {
                let digit = char::from(byte - 0x1c + b'4');
                return out.push(Input::Key(KeyEvent::new(KeyCode::Char(digit), held | KeyModifiers::CONTROL)));
            }
            0x20..=0x7e => KeyCode::Char(char::from(byte)),
            0xc2..=0xf4 => {
                self.state = State::Utf8;
                self.bytes = vec![byte];
                return;
            }
            // The middle of a character, or no character at all.
            _ => return,
        };
        out.push(Input::Key(KeyEvent::new(code, held)));
    }

    fn more_of_character(&mut self, byte: u8, out: &mut Vec<Input>) {
        if !(0x80..0xc0).contains(&byte) {
            self.ground();
            return self.byte(byte, out);
        }
        self.bytes.push(byte);
        let length = match self.bytes[0] {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            _ => 4,
        };
        if self.bytes.len() == length {
            let character = std::str::from_utf8(&self.bytes).ok().and_then(|text| text.chars().next());
            out.extend(character.map(|character| Input::Key(KeyCode::Char(character).into())));
            self.ground();
        }
    }

    fn after_escape(&mut self, byte: u8, out: &mut Vec<Input>) {
        self.bytes.clear();
        match byte {
            // Two escapes: the first one was the key.
            ESC => out.push(Input::Key(KeyCode::Esc.into())),
            b'[' => self.state = State::Control,
            b'O' => self.state = State::Shift,
            b']' => self.state = State::String(Kind::Osc),
            b'P' => self.state = State::String(Kind::Dcs),
            b'_' => self.state = State::String(Kind::Apc),
            b'X' | b'^' => self.state = State::String(Kind::Other),
            // The end of a string that was dropped.
            b'\\' => self.ground(),
            _ => {
                self.ground();
                self.first(byte, KeyModifiers::ALT, out);
            }
        }
    }

    fn control(&mut self, byte: u8, out: &mut Vec<Input>) {
        match byte {
            // Parameters and intermediates. No sequence we know is longer.
            0x20..=0x3f if self.bytes.len() < 64 => self.bytes.push(byte),
            b'M' if self.bytes.is_empty() => self.state = State::OldMouse,
            b'[' if self.bytes.is_empty() => self.bytes.push(byte),
            0x40..=0x7e => {
                let parameters = std::mem::take(&mut self.bytes);
                self.ground();
                if parameters == b"200" && byte == b'~' {
                    self.state = State::Paste;
                } else {
                    out.extend(sequence(&parameters, byte));
                }
            }
            ESC => self.state = State::Escape,
            _ => self.ground(),
        }
    }

    fn string(&mut self, kind: Kind, byte: u8, out: &mut Vec<Input>) {
        let ended_by_st = byte == b'\\' && self.bytes.last() == Some(&ESC);
        if ended_by_st {
            self.bytes.pop();
        }
        if ended_by_st || byte == 0x07 {
            let content = std::mem::take(&mut self.bytes);
            self.ground();
            out.extend(match kind {
                Kind::Osc => Some(Input::Reply(Reply::Osc(content))),
                Kind::Dcs => Some(Input::Reply(Reply::Dcs(content))),
                Kind::Apc => Some(Input::Reply(Reply::Apc(content))),
                Kind::Other => None,
            });
        } else if self.bytes.len() < STRING_MOST {
            self.bytes.push(byte);
        } else {
            // The end has to be found all the same.
            self.bytes.clear();
            self.state = State::String(Kind::Other);
        }
    }

    fn paste(&mut self, byte: u8, out: &mut Vec<Input>) {
        self.bytes.push(byte);
        if byte == b'~' && self.bytes.ends_with(PASTE_END) {
            self.bytes.truncate(self.bytes.len() - PASTE_END.len());
            self.bytes.truncate(PASTE_MOST);
            let text = String::from_utf8_lossy(&self.bytes).into_owned();
            self.ground();
            out.push(Input::Paste(text));
        } else if self.bytes.len() > PASTE_MOST + PASTE_END.len() {
            // Only the end is still of interest.
            self.bytes.remove(PASTE_MOST);
        }
    }
}

fn alt(letter: char) -> KeyEvent {
    KeyEvent::new(KeyCode::Char(letter), KeyModifiers::ALT)
}

/// A control sequence by its parameters and its final byte.
fn sequence(parameters: &[u8], last: u8) -> Option<Input> {
    let text = std::str::from_utf8(parameters).ok()?;
    if let Some(place) = text.strip_prefix('<') {
        let mut numbers = place.split(';').map(|number| number.parse::<u16>().ok());
        let (button, x, y) = (numbers.next()??, numbers.next()??, numbers.next()??);
        // A release ends with `m`; pressing is what counts.
        return (last == b'M').then(|| mouse(button, x.saturating_sub(1), y.saturating_sub(1))).flatten();
    }
    if let Some(private) = text.strip_prefix(['?', '>', '=']) {
        return Reply::control(&text[..1], private, last).map(Input::Reply);
    }
    if let Some(linux) = text.strip_prefix('[') {
        // The Linux console's first five function keys.
        let known = linux.is_empty() && (b'A'..=b'E').contains(&last);
        return known.then(|| Input::Key(KeyCode::F(last - b'A' + 1).into()));
    }
    let mut numbers = text.split(';').map(|number| number.split(':').next().unwrap_or_default().parse::<u32>().ok());
    let (first, second, third) = (numbers.next().flatten(), numbers.next().flatten(), numbers.next().flatten());
    let key = |code, held| Some(Input::Key(KeyEvent::new(code, held)));
    let held = modifiers(second.unwrap_or(1));
    match last {
        b'A' => key(KeyCode::Up, held),
        b'B' => key(KeyCode::Down, held),
        b'C' => key(KeyCode::Right, held),
        b'D' => key(KeyCode::Left, held),
        b'H' => key(KeyCode::Home, held),
        b'F' => key(KeyCode::End, held),
        b'Z' => key(KeyCode::BackTab, KeyModifiers::NONE),
        b'P' | b'Q' | b'S' => key(function_key(last)?, held),
        b'I' if text.is_empty() => Some(Input::FocusGained),
        b'O' if text.is_empty() => Some(Input::FocusLost),
        // `CSI 1;2R` may be F3 with a modifier or a place of the cursor; nobody here asks for the latter.
        b'R' if first == Some(1) && second.is_some() => key(KeyCode::F(3), held),
        b't' => Some(Input::Reply(Reply::Window(text.split(';').filter_map(|number| number.parse().ok()).collect()))),
        // xterm's modifyOtherKeys, and the same as CSI u.
        b'~' if first == Some(27) => typed(third?, held),
        b'u' => typed(first?, held),
        b'~' => key(numbered(first?)?, held),
        _ => None,
    }
}

/// A key told by its character's number.
fn typed(number: u32, held: KeyModifiers) -> Option<Input> {
    let code = match char::from_u32(number)? {
        '\u{1b}' => KeyCode::Esc,
        '\r' => KeyCode::Enter,
        '\t' if held.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        '\t' => KeyCode::Tab,
        '\u{7f}' => KeyCode::Backspace,
        character => KeyCode::Char(character),
    };
    Some(Input::Key(KeyEvent::new(code, held)))
}

/// A key told as `CSI number ~`.
fn numbered(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(u8::try_from(number - 10).ok()?),
        17..=21 => KeyCode::F(u8::try_from(number - 11).ok()?),
        23..=24 => KeyCode::F(u8::try_from(number - 12).ok()?),
        _ => return None,
    })
}

/// A key told by a letter behind a single shift.
fn function_key(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'M' => KeyCode::Enter,
        b'P'..=b'T' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

/// The modifiers of a parameter: one more than the sum of shift 1, alt 2, control 4.
fn modifiers(parameter: u32) -> KeyModifiers {
    let bits = parameter.saturating_sub(1);
    let mut held = KeyModifiers::NONE;
    for (bit, modifier) in [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)] {
        if bits & bit != 0 {
            held |= modifier;
        }
    }
    held
}

/// A press of the first button, or a turn of the wheel, from 0; other reports are of no use here.
fn mouse(button: u16, column: u16, row: u16) -> Option<Input> {
    let kind = match button & !0b1_1100 {
        // With 32 it is a movement.
        0 => MouseKind::Press,
        64 => MouseKind::WheelUp,
        65 => MouseKind::WheelDown,
        _ => return None,
    };
    Some(Input::Mouse(Mouse { kind, column, row }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(bytes: &[u8]) -> Vec<Input> {
        let (mut parser, mut out) = (Parser::default(), Vec::new());
        parser.feed(bytes, &mut out);
        parser.quiet(&mut out);
        out
    }

    fn key(code: KeyCode, held: KeyModifiers) -> Input {
        Input::Key(KeyEvent::new(code, held))
    }

    #[test]
    fn keys_are_told_in_many_ways() {
        let plain = KeyModifiers::NONE;
        let cases: [(&[u8], KeyCode, KeyModifiers); 19] = [
            (b"j", KeyCode::Char('j'), plain),
            ("é".as_bytes(), KeyCode::Char('é'), plain),
            ("你".as_bytes(), KeyCode::Char('你'), plain),
            (b"\x1b", KeyCode::Esc, plain),
            (b"\x12", KeyCode::Char('r'), KeyModifiers::CONTROL),
            (b"\x1bx", KeyCode::Char('x'), KeyModifiers::ALT),
            (b"\x1b[", KeyCode::Char('['), KeyModifiers::ALT),
            (b"\x1b[A", KeyCode::Up, plain),
            (b"\x1bOA", KeyCode::Up, plain),
            (b"\x1b[1;5C", KeyCode::Right, KeyModifiers::CONTROL),
            (b"\x1b[5~", KeyCode::PageUp, plain),
            (b"\x1b[3;5~", KeyCode::Delete, KeyModifiers::CONTROL),
            (b"\x1bOP", KeyCode::F(1), plain),
            (b"\x1b[[A", KeyCode::F(1), plain),
            (b"\x1b[15~", KeyCode::F(5), plain),
            (b"\x1b[Z", KeyCode::BackTab, plain),
            (b"\x1b[115;5u", KeyCode::Char('s'), KeyModifiers::CONTROL),
            (b"\x1b[27;5;115~", KeyCode::Char('s'), KeyModifiers::CONTROL),
            (b"\x7f", KeyCode::Backspace, plain),
        ];
        for (bytes, code, held) in cases {
            assert_eq!(parse(bytes), [key(code, held)], "{bytes:?}");
        }
    }

    #[test]
    fn what_a_terminal_answers_is_no_key() {
        let cases: [(&[u8], Reply); 5] = [
            (b"\x1b[?2026;2$y", Reply::Mode { mode: 2026, setting: 2 }),
            (b"\x1b[?62;4;22c", Reply::Attributes(vec![62, 4, 22])),
            (b"\x1b_Gi=31;OK\x1b\\", Reply::Apc(b"Gi=31;OK".to_vec())),
            (b"\x1b]11;rgb:0000/0000/0000\x07", Reply::Osc(b"11;rgb:0000/0000/0000".to_vec())),
            (b"\x1b[6;20;10t", Reply::Window(vec![6, 20, 10])),
        ];
        for (bytes, reply) in cases {
            assert_eq!(parse(bytes), [Input::Reply(reply)], "{bytes:?}");
        }
        assert_eq!(parse(b"\x1b[?1;2;3"), [], "an answer cut off is dropped");
    }

    #[test]
    fn the_mouse_presses_and_turns_its_wheel() {
        let at = |kind, column, row| [Input::Mouse(Mouse { kind, column, row })];
        assert_eq!(parse(b"\x1b[<0;11;6M"), at(MouseKind::Press, 10, 5));
        assert_eq!(parse(b"\x1b[<0;11;6m"), []);
        assert_eq!(parse(b"\x1b[<65;1;1M"), at(MouseKind::WheelDown, 0, 0));
        assert_eq!(parse(b"\x1b[<35;1;1M"), [], "a movement");
        assert_eq!(parse(b"\x1b[M +&"), at(MouseKind::Press, 10, 5));
    }

    #[test]
    fn a_paste_is_whole_whatever_is_in_it() {
        assert_eq!(parse(b"\x1b[200~a\x1b[31mb\x1b[201~c").len(), 2);
        assert_eq!(parse(b"\x1b[200~a\x1b[31mb\x1b[201~c")[0], Input::Paste("a\u{1b}[31mb".to_owned()));
        let mut long = b"\x1b[200~".to_vec();
        long.extend(std::iter::repeat_n(b'x', PASTE_MOST + 5000));
        long.extend(b"\x1b[201~q");
        let parsed = parse(&long);
        assert!(matches!(&parsed[0], Input::Paste(text) if text.len() == PASTE_MOST));
        assert_eq!(parsed[1..], [key(KeyCode::Char('q'), KeyModifiers::NONE)]);
    }

    proptest! {
        #[test]
        fn it_is_the_same_however_the_bytes_are_cut(
            parts in proptest::collection::vec(prop_oneof![
                Just(&b"\x1b[A"[..]), Just(&b"q"[..]), Just("你".as_bytes()), Just(&b"\x1b[?2026;2$y"[..]),
                Just(&b"\x1b[200~one\x1btwo\x1b[201~"[..]), Just(&b"\x1b_Gi=1;OK\x1b\\"[..]), Just(&b"\x1b[<0;3;4M"[..]),
            ], 0..12),
            cut in 1usize..7,
        ) {
            let whole: Vec<u8> = parts.concat();
            let (mut parser, mut out) = (Parser::default(), Vec::new());
            for piece in whole.chunks(cut) {
                parser.feed(piece, &mut out);
            }
            parser.quiet(&mut out);
            prop_assert_eq!(out.len(), parts.len());
            prop_assert_eq!(out, parse(&whole));
        }

        #[test]
        fn no_bytes_are_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let (mut parser, mut out) = (Parser::default(), Vec::new());
            parser.feed(&bytes, &mut out);
            parser.quiet(&mut out);
            parser.feed(PASTE_END, &mut out);
            parser.quiet(&mut out);
            out.clear();
            parser.feed(b"q", &mut out);
            prop_assert_eq!(out, vec![key(KeyCode::Char('q'), KeyModifiers::NONE)]);
        }
    }
}
