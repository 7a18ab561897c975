//! What a terminal answers, and what it can do as far as it said.

/// An answer of the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// How a mode stands (DECRPM): 0 unknown, 1 set, 2 reset, 3 and 4 for good.
    Mode {
        /// The mode.
        mode: u16,
        /// How it stands.
        setting: u16,
    },
    /// What the terminal is (DA1). Every terminal answers this, in the order of the questions: so it ends a probe.
    Attributes(Vec<u16>),
    /// A report on window or cells (`CSI … t`): `6;height;width` is a cell in pixels, `4;height;width` the window.
    Window(Vec<u16>),
    /// The content of an APC string: kitty's answers on pictures begin with `G`.
    Apc(Vec<u8>),
    /// The content of a DCS string: `>|` and the terminal's name and version is XTVERSION's.
    Dcs(Vec<u8>),
    /// The content of an OSC string.
    Osc(Vec<u8>),
}

impl Reply {
    /// The answer in a private control sequence; `None` for one that nobody asks for.
    pub(super) fn control(mark: &str, parameters: &str, last: u8) -> Option<Self> {
        let numbers = || parameters.trim_end_matches('$').split(';').filter_map(|number| number.parse().ok());
        match (mark, last) {
            ("?", b'c') => Some(Self::Attributes(numbers().collect())),
            ("?", b'y') => {
                let mut numbers = numbers();
                Some(Self::Mode { mode: numbers.next()?, setting: numbers.next()? })
            }
            _ => None,
        }
    }
}

/// The questions that are asked at the start, the one that every terminal answers last.
///
/// Synchronized output (mode 2026), the terminal's name and version, what it is.
pub const QUESTIONS: &[u8] = b"\x1b[?2026$p\x1b[>0q\x1b[c";

/// What is asked about pictures, before the other questions: whether it understands kitty's, and how many pixels a cell has.
///
/// Not inside tmux and screen, nor on Linux's console: they take the first for a title, or print it.
pub const QUESTIONS_OF_PICTURES: &[u8] = b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[16t";

/// What the terminal can do, as far as it has said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// Whether it can hold a picture back until it is whole (mode 2026).
    pub synchronized: bool,
    /// Its name and version, where it told them.
    pub name: Option<String>,
    /// What it is (DA1): 4 among them is sixel. `None` until it has answered.
    pub attributes: Option<Vec<u16>>,
    /// Whether it understands kitty's pictures.
    pub kitty: bool,
    /// How many pixels a cell is wide and high.
    pub cell: Option<(u16, u16)>,
}

impl Capabilities {
    /// Learns from an answer.
    pub fn learn(&mut self, reply: &Reply) {
        match reply {
            Reply::Mode { mode: 2026, setting } => self.synchronized = matches!(setting, 1..=3),
            Reply::Attributes(attributes) => self.attributes = Some(attributes.clone()),
            Reply::Dcs(content) => {
                let name = content.strip_prefix(b">|").map(|name| String::from_utf8_lossy(name).into_owned());
                self.name = name.or(self.name.take());
            }
            Reply::Apc(content) if content.starts_with(b"Gi=31") => self.kitty = content.ends_with(b";OK"),
            Reply::Window(numbers) => {
                if let [6, high, wide] = numbers[..]
                    && high > 0
                    && wide > 0
                {
                    self.cell = Some((wide, high));
                }
            }
            _ => {}
        }
    }

    /// Whether it has answered all that it will.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.attributes.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_says_is_what_it_can_do() {
        let mut can = Capabilities::default();
        assert!(!can.is_told());
        can.learn(&Reply::Mode { mode: 2026, setting: 2 });
        can.learn(&Reply::Dcs(b">|kitty(0.35.2)".to_vec()));
        can.learn(&Reply::Mode { mode: 1, setting: 0 });
        can.learn(&Reply::Attributes(vec![62, 4]));
        assert!(can.synchronized && can.is_told());
        assert_eq!(can.name.as_deref(), Some("kitty(0.35.2)"));
        can.learn(&Reply::Apc(b"Gi=31;OK".to_vec()));
        can.learn(&Reply::Window(vec![6, 20, 9]));
        can.learn(&Reply::Window(vec![4, 600, 800]));
        assert!(can.kitty && can.cell == Some((9, 20)));
        can.learn(&Reply::Apc(b"Gi=31;ENOENT:no".to_vec()));
        assert!(!can.kitty);
        can.learn(&Reply::Mode { mode: 2026, setting: 0 });
        assert!(!can.synchronized);
    }
}
