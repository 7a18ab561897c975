//! Fountain out.

use std::fmt::Write as _;

use crate::board::{Passage, Speech, Take, Text};
use crate::exchange::order::{Credit, Order};
use crate::exchange::reel::{Part, Reel};
use crate::exchange::script::field;
use crate::exchange::{Source, shot_note};

use super::emphasis::escaped;
use super::{SOUND, is_common_heading, is_cue, is_heading, is_transition};

/// The board as a script.
#[must_use]
pub fn write(order: &Order<'_>) -> String {
    let reel = Reel::new(order.board, order.selection);
    let mut out = title_page(order, &reel);
    for part in &reel.scenes {
        scene(part, &mut out);
    }
    out
}

fn title_page(order: &Order<'_>, reel: &Reel<'_>) -> String {
    let board = order.board;
    let mut out = String::new();
    let mut line = |key: &str, value: &str| {
        let lines: Vec<_> = value.lines().map(str::trim).filter(|line| !line.is_empty()).map(escaped).collect();
        match lines.as_slice() {
            [] => {}
            [only] => out.push_str(&format!("{key}: {only}\n")),
            several => out.push_str(&format!("{key}:\n    {}\n", several.join("\n    "))),
        }
    };
    line("Title", &board.title);
    if let Some(serde_yaml::Value::Mapping(front)) = board.extra.get(field::FRONT) {
        for (key, value) in front {
            if let (Some(key), Some(value)) = (key.as_str(), value.as_str())
                && key.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-')
                && !matches!(key.to_ascii_lowercase().as_str(), "title" | "logline" | "provenance")
            {
                line(key, value);
            }
        }
    }
    line("Logline", &board.logline);
    if order.options.credit == Credit::Said {
        line("Provenance", Source::of_takes(reel.scenes.iter().filter_map(|part| part.take)).sentence());
    }
    out.push('\n');
    out
}

fn scene(part: &Part<'_>, out: &mut String) {
    if let Some(serde_yaml::Value::Sequence(sections)) = part.scene.extra.get(field::SECTIONS) {
        for section in sections.iter().filter_map(serde_yaml::Value::as_str).filter(|name| name.starts_with(['#', '=']))
        {
            let _ = writeln!(out, "{}\n", crate::board::Line::clipped(section, 500));
        }
    }
    let heading = match part.heading.trim_start_matches(['.', ' ']) {
        "" => "UNTITLED",
        heading => heading,
    };
    if !is_common_heading(heading) {
        out.push('.');
    }
    out.push_str(&escaped(heading));
    if !part.scene.number.is_empty() && !part.scene.number.contains('#') {
        let _ = write!(out, " #{}#", part.scene.number);
    }
    out.push_str("\n\n");
    for line in part.scene.brief.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let _ = writeln!(out, "= {}", escaped(line));
    }
    if !part.scene.brief.trim().is_empty() {
        out.push('\n');
    }
    if let Some(take) = part.take {
        body(take, out);
    }
    for note in part.scene.notes() {
        let _ = writeln!(out, "[[{}]]\n", in_note(&Text::clipped(note, 20_000)));
    }
}

fn body(take: &Take, out: &mut String) {
    for passage in take.passages() {
        match passage {
            Passage::Action(words) => action(words, out),
            Passage::Speech(speech) => spoken(speech, out),
        }
    }
    if !take.sound.trim().is_empty() {
        let _ = writeln!(out, "[[{SOUND}{}]]\n", in_note(take.sound.trim()));
    }
    for (at, shot) in take.shots.iter().enumerate() {
        let _ = writeln!(out, "[[{}]]\n", shot_note::write(at + 1, shot));
    }
}

fn action(words: &str, out: &mut String) {
    for line in words.lines() {
        let line = line.trim_end();
        if forces(line) {
            out.push('!');
        }
        out.push_str(&escaped(line));
        out.push('\n');
    }
    out.push('\n');
}

/// Whether a line of action would be read as something else.
fn forces(line: &str) -> bool {
    let trimmed = line.trim_start();
    trimmed.starts_with(['.', '!', '@', '>', '~', '#', '=', '^'])
        || is_heading(trimmed)
        || is_cue(trimmed)
        || is_transition(trimmed)
        || line.starts_with(' ')
}

fn spoken(speech: &Speech, out: &mut String) {
    let name = if speech.speaker.is_empty() { "?" } else { speech.speaker.as_str() };
    // A name in capitals is a cue by itself; any other is marked as one.
    let plain_cue = is_cue(name) && name.chars().all(|c| c.is_ascii_uppercase() || c == ' ');
    if !plain_cue || is_heading(name) || is_transition(name) {
        out.push('@');
    }
    out.push_str(&escaped(name));
    if let Some(extension) = speech.extra.get(Speech::EXTENSION).and_then(serde_yaml::Value::as_str) {
        let _ = write!(out, " ({})", crate::board::Line::clipped(extension, 100));
    }
    if speech.is_dual() {
        out.push_str(" ^");
    }
    out.push('\n');
    let lines: Vec<&str> = speech.line.split('\n').collect();
    for line in lines {
        let line = line.trim();
        match line.as_bytes().first() {
            None => out.push_str("  "),
            Some(b'~' | b'#' | b'=' | b'!' | b'@' | b'>' | b'.') => {
                out.push('\\');
                out.push_str(&escaped(line));
            }
            Some(_) => out.push_str(&escaped(line)),
        }
        out.push('\n');
    }
    out.push('\n');
}

/// Text inside a note, where an empty line or two brackets would end it.
fn in_note(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        if line.trim().is_empty() {
            out.push_str("  ");
            continue;
        }
        for c in line.chars() {
            if matches!(c, '[' | ']' | '*' | '_' | '\\' | '/') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}
