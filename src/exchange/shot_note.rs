//! A shot in one line of text that people read and we read back: for Fountain's notes and other programs' note fields.
//!
//! `Shot 2: wide, high, push-in, 4 s | MARA: left, far, facing right, climbing; BOTTLE: right, near | What is seen.`
//! In a description `\` stands before a bracket, a slash, a star, an underscore or itself; in a name or a pose also before a bar, a
//! semicolon, a comma or a colon. A line break is `\n`.

use std::fmt::Write as _;

use crate::board::{Angle, Depth, Facing, Line, Move, Position, Seconds, Shot, Size, Staging, Text};

/// The line for a shot; `number` counts from 1.
#[must_use]
pub fn write(number: usize, shot: &Shot) -> String {
    let mut note = format!("Shot {number}: {}", framing(shot));
    if !shot.staging.is_empty() || !shot.description.is_empty() {
        note.push_str(" | ");
        note.push_str(&staging(shot));
    }
    if !shot.description.is_empty() {
        // Writing to a `String` cannot fail.
        let _ = write!(note, " | {}", escape(&shot.description, PROSE));
    }
    note
}

/// `wide, high, push-in, 4 s`.
#[must_use]
pub fn framing(shot: &Shot) -> String {
    format!("{}, {}, {}, {} s", shot.size, shot.angle, shot.camera, shot.seconds.get())
}

/// `MARA: left, far, facing right, climbing; BOTTLE: right, near`.
#[must_use]
pub fn staging(shot: &Shot) -> String {
    shot.staging.iter().map(staged).collect::<Vec<_>>().join("; ")
}

fn staged(staging: &Staging) -> String {
    let mut out = format!("{}: {}, {}", escape(&staging.subject, NAME), staging.position, staging.depth);
    if let Some(facing) = staging.facing {
        let _ = write!(out, ", facing {facing}");
    }
    if let Some(pose) = &staging.pose {
        let _ = write!(out, ", {}", escape(pose, NAME));
    }
    out
}

/// Reads what [`write()`] wrote; `None` where it is some other note.
#[must_use]
pub fn read(note: &str) -> Option<Shot> {
    let (number, rest) = note.trim().strip_prefix("Shot ")?.split_once(':')?;
    number.trim().parse::<usize>().ok()?;
    let parts = split(rest, '|');
    let mut shot = read_framing(parts.first()?)?;
    if let Some(subjects) = parts.get(1) {
        shot.staging = read_staging(subjects)?;
    }
    let said = parts.get(2..).unwrap_or_default().join("|");
    shot.description = Text::new(&unescape(said.strip_prefix(' ').unwrap_or(&said))).ok()?;
    Some(shot)
}

/// Reads `wide, high, push-in, 4 s`.
#[must_use]
pub fn read_framing(framing: &str) -> Option<Shot> {
    let mut words = framing.split(',').map(str::trim);
    let size: Size = words.next()?.parse().ok()?;
    let angle: Angle = words.next()?.parse().ok()?;
    let camera: Move = words.next()?.parse().ok()?;
    let seconds = Seconds::new(words.next()?.strip_suffix('s')?.trim().parse().ok()?)?;
    if words.next().is_some() {
        return None;
    }
    Some(Shot {
        size,
        angle,
        camera,
        seconds,
        description: Text::default(),
        staging: vec![],
        extra: Default::default(),
    })
}

/// Reads what [`staging()`] wrote; `None` where it is something else.
#[must_use]
pub fn read_staging(raw: &str) -> Option<Vec<Staging>> {
    if raw.trim().is_empty() {
        return Some(Vec::new());
    }
    split(raw, ';').into_iter().map(read_staged).collect()
}

fn read_staged(raw: &str) -> Option<Staging> {
    let parts = split(raw, ':');
    let (subject, rest) = (parts.first()?, parts.get(1)?);
    let words = split(rest, ',');
    let mut words = words.iter().map(|word| word.trim());
    let position: Position = words.next()?.parse().ok()?;
    let depth: Depth = words.next()?.parse().ok()?;
    let mut facing = None;
    let mut pose = None;
    for word in words {
        match word.strip_prefix("facing ").and_then(|way| way.parse::<Facing>().ok()) {
            Some(way) if facing.is_none() => facing = Some(way),
            _ => pose = Some(Line::new(&unescape(word)).ok()?),
        }
    }
    let subject = Line::new(&unescape(subject)).ok()?;
    Some(Staging { subject, position, depth, facing, pose, extra: Default::default() })
}

/// Marks of a description. The bar needs none: nothing comes after a description.
const PROSE: &str = "\\[]*_/";
/// Marks of a name or a pose.
const NAME: &str = "\\[]*_/|;,:";

fn escape(text: &str, marks: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            c => {
                if marks.contains(c) {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
    out
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some(escaped) => out.push(escaped),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    out
}

/// Splits where `mark` stands without a backslash before it.
fn split(text: &str, mark: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut escaped) = (0, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == mark => {
                parts.push(&text[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fixture;
    use proptest::prelude::*;

    #[test]
    fn a_shot_reads_as_a_line() {
        let board = fixture::keeper();
        let note = write(2, &board.scenes[0].takes[0].shots[0]);
        assert_eq!(
            note,
            "Shot 2: extreme-wide, high, static, 4 s | MARA: left, far, facing right, climbing | A small yellow figure \
             on a huge grey shore."
        );
    }

    #[test]
    fn other_notes_are_no_shots() {
        for note in ["", "Shot", "Shot 1", "Shot one: wide", "Shot 1: wide, high", "Look: wide, eye, static, 4 s"] {
            assert_eq!(read(note), None, "{note}");
        }
    }

    proptest! {
        #[test]
        fn a_shot_survives_its_note(shot in fixture::shots()) {
            prop_assert_eq!(read(&write(1, &shot)), Some(shot));
        }

        #[test]
        fn no_note_is_too_strange(raw in any::<String>()) {
            let _ = read(&format!("Shot 1: wide, eye, static, 2 s | {raw}"));
            let _ = read(&raw);
        }
    }
}
