//! A treatment in Markdown: the board as somebody would read it aloud.

use std::fmt::Write as _;

use super::order::{Credit, Order};
use super::reel::{Part, Reel};
use super::source::Source;
use crate::board::{Entry, Passage, Shot, Take};

/// Writes the treatment.
#[must_use]
pub fn write(order: &Order<'_>) -> String {
    let (board, reel) = (order.board, Reel::new(order.board, order.selection));
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    let _ = writeln!(out, "# {}\n", if board.title.is_empty() { "Untitled".into() } else { escaped(&board.title) });
    paragraph(&mut out, &board.logline, "*", "*");
    for (name, list) in
        [("Characters", &board.bible.characters), ("Places", &board.bible.places), ("Props", &board.bible.props)]
    {
        bible(&mut out, name, list);
    }
    for part in &reel.scenes {
        scene(&mut out, part);
    }
    if order.options.credit == Credit::Said {
        let source = Source::of_takes(reel.scenes.iter().flat_map(|part| part.takes.iter().copied()));
        let _ = writeln!(out, "---\n\n{}", source.sentence());
    }
    out
}

fn bible(out: &mut String, name: &str, list: &[Entry]) {
    if list.is_empty() {
        return;
    }
    let _ = writeln!(out, "## {name}\n");
    for entry in list {
        let now = entry.now.as_ref().map(|now| format!("; now: {}", inline(now))).unwrap_or_default();
        let _ = writeln!(out, "- **{}**: {}{now}", escaped(&entry.name), inline(&entry.look));
    }
    out.push('\n');
}

fn scene(out: &mut String, part: &Part<'_>) {
    let _ = writeln!(out, "## {}. {}\n", escaped(&part.scene.number), escaped(part.heading));
    paragraph(out, &part.scene.brief, "*", "*");
    for take in &part.takes {
        if part.takes.len() > 1 {
            let picked = if part.scene.picked == Some(take.id) { ", picked" } else { "" };
            let _ = writeln!(out, "### Take {}{picked}\n", part.take_number(take));
        }
        body(out, take);
    }
}

fn body(out: &mut String, take: &Take) {
    for passage in take.passages() {
        match passage {
            Passage::Action(words) => words.split("\n\n").for_each(|words| paragraph(out, words, "", "")),
            Passage::Speech(speech) => {
                let lines: Vec<String> = speech.line.lines().map(escaped).collect();
                let _ = writeln!(out, "> **{}**  \n> {}\n", escaped(&speech.cue()), lines.join("  \n> "));
            }
        }
    }
    if !take.sound.trim().is_empty() {
        let _ = writeln!(out, "Sound: {}\n", inline(&take.sound));
    }
    for (at, shot) in take.shots.iter().enumerate() {
        let _ = writeln!(out, "{}. {}", at + 1, shot_line(shot));
    }
    if !take.shots.is_empty() {
        out.push('\n');
    }
}

fn shot_line(shot: &Shot) -> String {
    let still = if shot.camera == crate::board::Move::Static { String::new() } else { format!(", {}", shot.camera) };
    format!("*{}, {}{still}, {}.* {}", shot.size, shot.angle, shot.seconds, inline(&shot.description))
}

/// A paragraph between two marks; nothing where there are no words.
fn paragraph(out: &mut String, words: &str, before: &str, after: &str) {
    let lines: Vec<String> = words.lines().map(str::trim).filter(|line| !line.is_empty()).map(escaped).collect();
    if !lines.is_empty() {
        let _ = writeln!(out, "{before}{}{after}\n", lines.join("  \n"));
    }
}

fn inline(words: &str) -> String {
    let lines: Vec<String> = words.lines().map(str::trim).filter(|line| !line.is_empty()).map(escaped).collect();
    lines.join(" ")
}

/// Words that Markdown shows as they stand.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for (at, c) in words.char_indices() {
        let special = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~')
            || (at == 0 && matches!(c, '#' | '+' | '-' | '='))
            // `1.` begins a list.
            || (matches!(c, '.' | ')') && at > 0 && words[..at].bytes().all(|byte| byte.is_ascii_digit()));
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fixture::{self, Grey};
    use crate::exchange::{Options, Selection};

    #[test]
    fn a_treatment_reads_from_top_to_bottom() {
        let board = fixture::keeper();
        let (selection, options) = (Selection::default(), Options::default());
        let order = Order { board: &board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
        let text = write(&order);
        assert!(text.starts_with("# The Keeper\n\n*A lighthouse keeper"), "{text}");
        assert!(text.contains("> **MARA**  \n> Who are you, then?\n"));
        assert!(text.contains("2. *close, high, push-in, 2.5 s.* Her hand.\n"));
        assert!(text.contains("## 2A. INT. LAMP ROOM - NIGHT"));
    }

    #[test]
    fn words_stay_words() {
        assert_eq!(escaped("1. *not* a [list](x)"), r"1\. \*not\* a \[list\](x)");
        assert_eq!(escaped("# no heading"), r"\# no heading");
    }
}
