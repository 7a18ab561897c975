//! Fountain in.

use std::borrow::Cow;

use crate::board::text::clean;
use crate::board::{Extra, Line, Speech, Text};
use crate::exchange::script::{NAME, Script, ScriptScene};
use crate::exchange::{opening, shot_note};

use super::emphasis::plain;
use super::{SOUND, is_cue, is_heading, is_transition};

/// The names that title pages give their fields.
const FIELDS: [&str; 13] = [
    "title",
    "credit",
    "author",
    "authors",
    "source",
    "notes",
    "draft date",
    "date",
    "contact",
    "copyright",
    "revision",
    "logline",
    "provenance",
];

/// Around a note's number in the text that is left; cleaning takes it out of what comes in.
const MARK: char = '\u{10eeee}';

/// Reads a script. Any text is one: what has no other form is action.
#[must_use]
pub fn read(text: &str) -> Script {
    let text = clean(text);
    let (text, notes) = take_out(&text);
    let mut reader = Reader { notes: &notes, ..Reader::default() };
    let body = reader.title_page(&text);
    reader.body(body);
    let mut script = reader.script;
    if !reader.sections.is_empty() {
        let names: Vec<&str> = reader.sections.iter().map(|(_, name)| name.as_str()).collect();
        script.said.push(format!("sections at the end with no scene in them are left out: {}", names.join(", ")));
    }
    script.scenes = opening::joined(script.scenes);
    script
}

/// The text without its boneyard, and its notes in order; where one was stands its number between two [`MARK`]s.
///
/// A note ends before an empty line (a line of two spaces is none). Where something never ends, that is found out once,
/// so no text takes more than one walk.
fn take_out(text: &str) -> (Cow<'_, str>, Vec<String>) {
    if !text.contains("[[") && !text.contains("/*") {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut out = String::with_capacity(text.len());
    let mut notes = Vec::new();
    let mut at = 0;
    let mut boneyards_end = true;
    // Up to here no note ends.
    let mut noteless = 0;
    while let Some(step) = text[at..].find(['[', '/']) {
        out.push_str(&text[at..at + step]);
        at += step;
        let rest = &text[at..];
        if boneyards_end && rest.starts_with("/*") {
            match rest[2..].find("*/") {
                Some(end) => {
                    at += end + 4;
                    continue;
                }
                None => boneyards_end = false,
            }
        } else if at >= noteless && rest.starts_with("[[") {
            let paragraph = rest.find("\n\n").unwrap_or(rest.len());
            if let Some(end) = rest[..paragraph].find("]]") {
                // Of several brackets the last two end the note: the others are its own.
                let more = rest[end + 2..paragraph].bytes().take_while(|&byte| byte == b']').count();
                let end = end + more;
                out.push(MARK);
                out.push_str(&notes.len().to_string());
                out.push(MARK);
                notes.push(rest[2..end.max(2)].trim().to_owned());
                at += end.max(2) + 2;
                continue;
            }
            noteless = at + paragraph;
        }
        // Both characters looked for are one byte long.
        out.push_str(&rest[..1]);
        at += 1;
    }
    out.push_str(&text[at..]);
    (Cow::Owned(out), notes)
}

/// What the line before was part of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Within {
    /// An empty line, or the beginning.
    #[default]
    Nothing,
    /// Action.
    Action,
    /// A speech.
    Dialogue,
    /// A synopsis.
    Synopsis,
}

#[derive(Debug, Default)]
struct Reader<'a> {
    script: Script,
    scene: ScriptScene,
    /// Sections that wait for the scene they begin before.
    sections: Vec<(u8, Line)>,
    within: Within,
    notes: &'a [String],
}

impl Reader<'_> {
    /// Reads the title page, and answers what comes after it.
    fn title_page<'t>(&mut self, text: &'t str) -> &'t str {
        let text = text.trim_start_matches('\n');
        let (page, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let first = page.lines().next().unwrap_or_default();
        let Some((key, value)) = key(first) else { return text };
        // "FADE IN:" is how many scripts begin, and no title page.
        let lone = value.is_empty() && page.lines().nth(1).is_none_or(|next| !next.starts_with([' ', '\t']));
        // Prose has colons too: one line with a name nobody gives a field is no title page.
        let fields = page.lines().filter(|line| key_of(line).is_some()).count();
        let known = FIELDS.contains(&key.to_ascii_lowercase().as_str());
        if lone || is_transition(first) || is_heading(key) || (fields < 2 && !known) {
            return text;
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in page.lines() {
            match key_of(line) {
                Some((key, value)) => fields.push((key.to_owned(), value.to_owned())),
                None => {
                    if let Some((_, value)) = fields.last_mut() {
                        if !value.is_empty() {
                            value.push('\n');
                        }
                        value.push_str(line.trim());
                    }
                }
            }
        }
        for (key, value) in fields {
            let value = plain(&without_marks(&value)).into_owned();
            match key.to_ascii_lowercase().as_str() {
                "title" => self.script.title = Line::clipped(&value, 500),
                "provenance" => {}
                "logline" => self.script.logline = Text::clipped(&value, 2000),
                _ => self.script.front.push((Line::clipped(&key, 100), Text::clipped(&value, 2000))),
            }
        }
        body
    }

    fn body(&mut self, body: &str) {
        let mut lines = body.split('\n').peekable();
        while let Some(raw) = lines.next() {
            let (line, noted) = self.without_notes(raw);
            let trimmed = line.trim();
            if trimmed.is_empty() {
                // A note on a line of its own is not an empty line, and neither are two spaces inside a speech.
                if noted || (self.within == Within::Dialogue && line.len() >= 2 && self.speak("")) {
                    continue;
                }
                self.within = Within::Nothing;
                continue;
            }
            let next_is_empty = lines.peek().is_none_or(|next| next.trim().is_empty() && next.len() < 2);
            self.line(&line, trimmed, next_is_empty);
        }
        self.end_scene();
    }

    fn line(&mut self, line: &str, trimmed: &str, next_is_empty: bool) {
        let after_empty = self.within == Within::Nothing;
        let forced = trimmed.strip_prefix('.').filter(|rest| !rest.starts_with('.') && !rest.trim().is_empty());
        match trimmed.as_bytes()[0] {
            b'=' if trimmed.len() >= 3 && trimmed.bytes().all(|byte| byte == b'=') => self.within = Within::Nothing,
            b'=' => self.synopsis(trimmed[1..].trim()),
            b'#' => self.section(trimmed),
            b'!' => self.act(&trimmed[1..]),
            b'@' if after_empty => self.cue(&trimmed[1..]),
            b'.' if forced.is_some() && self.within != Within::Dialogue => self.heading(forced.unwrap_or_default()),
            _ if after_empty && is_heading(trimmed) => self.heading(trimmed),
            b'>' if self.within != Within::Dialogue => {
                let inside = trimmed[1..].trim();
                self.act(inside.strip_suffix('<').unwrap_or(inside).trim());
            }
            _ if self.within == Within::Dialogue => {
                self.speak(line.trim());
            }
            b'~' => self.act(trimmed[1..].trim_start()),
            _ if after_empty && is_transition(trimmed) && next_is_empty => self.act(trimmed),
            _ if after_empty && !next_is_empty && is_cue(trimmed) => self.cue(trimmed),
            _ => self.act(line.trim_end()),
        }
    }

    /// A line without its notes, which go to the scene, and whether there were any.
    fn without_notes<'l>(&mut self, line: &'l str) -> (Cow<'l, str>, bool) {
        if !line.contains(MARK) {
            return (Cow::Borrowed(line), false);
        }
        let mut words = String::with_capacity(line.len());
        for (at, part) in line.split(MARK).enumerate() {
            if at % 2 == 0 {
                // Of the two spaces around a note inside a sentence one is enough.
                let apart = at == 0 || !words.ends_with(' ');
                words.push_str(if apart { part } else { part.strip_prefix(' ').unwrap_or(part) });
                continue;
            }
            // Every number between two marks was written by `take_out`.
            let note = part.parse().ok().and_then(|number: usize| self.notes.get(number));
            if let Some(note) = note {
                self.note(note);
            }
        }
        (Cow::Owned(words), true)
    }

    fn note(&mut self, note: &str) {
        if let Some(shot) = shot_note::read(note) {
            self.scene.shots.push(shot);
        } else if let Some(sound) = note.strip_prefix(SOUND) {
            self.scene.sound = Text::clipped(&plain(sound), 20_000);
        } else if !note.is_empty() {
            self.scene.notes.push(Text::clipped(&plain(note), 20_000));
        }
    }

    fn heading(&mut self, line: &str) {
        self.end_scene();
        let line = line.trim();
        let numbered = line.strip_suffix('#').and_then(|rest| rest.rsplit_once('#'));
        let (heading, number) = match numbered {
            Some((heading, number)) if !number.trim().is_empty() => (heading.trim(), Some(Line::clipped(number, 40))),
            _ => (line, None),
        };
        self.scene.heading = Line::clipped(&plain(heading), 500);
        self.scene.number = number;
        self.scene.sections = std::mem::take(&mut self.sections);
        self.within = Within::Nothing;
    }

    fn section(&mut self, line: &str) {
        let depth = line.bytes().take_while(|&byte| byte == b'#').count();
        let name = Line::clipped(&plain(line[depth..].trim()), 500);
        if !name.is_empty() {
            self.end_scene();
            self.sections.push((u8::try_from(depth).unwrap_or(u8::MAX).min(6), name));
        }
        self.within = Within::Nothing;
    }

    fn synopsis(&mut self, words: &str) {
        let mut synopsis = self.scene.synopsis.to_string();
        if !synopsis.is_empty() {
            synopsis.push('\n');
        }
        synopsis.push_str(&plain(words));
        self.scene.synopsis = Text::clipped(&synopsis, 20_000);
        self.within = Within::Synopsis;
    }

    fn act(&mut self, words: &str) {
        let words = plain(words);
        match self.scene.action.last_mut() {
            Some(paragraph) if self.within == Within::Action => {
                paragraph.push('\n');
                paragraph.push_str(&words);
            }
            _ => self.scene.action.push(words.into_owned()),
        }
        self.within = Within::Action;
    }

    fn cue(&mut self, line: &str) {
        let mut extra = Extra::new();
        let line = line.trim();
        let line = match line.strip_suffix('^') {
            Some(rest) => {
                extra.insert(Speech::DUAL.to_owned(), true.into());
                rest.trim_end()
            }
            None => line,
        };
        let speaker = match line.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
            Some((name, extension)) if !name.trim().is_empty() => {
                let extension = Line::clipped(extension, 100);
                if !extension.is_empty() {
                    extra.insert(Speech::EXTENSION.to_owned(), extension.to_string().into());
                }
                name
            }
            _ => line,
        };
        let speaker = Line::clipped(&plain(speaker), NAME);
        let after = self.scene.paragraphs();
        self.scene.dialogue.push(Speech { speaker, line: Text::default(), after, extra });
        self.within = Within::Dialogue;
    }

    /// Adds a line to the speech; `false` where there is none.
    fn speak(&mut self, line: &str) -> bool {
        let Some(speech) = self.scene.dialogue.last_mut() else { return false };
        let words = plain(line.strip_prefix('~').map_or(line, str::trim_start));
        let joined = if speech.line.is_empty() { words.into_owned() } else { format!("{}\n{words}", speech.line) };
        speech.line = Text::clipped(&joined, 20_000);
        true
    }

    fn end_scene(&mut self) {
        let mut scene = std::mem::take(&mut self.scene);
        if scene.is_empty() {
            return;
        }
        if scene.heading.is_empty() {
            scene.sections = std::mem::take(&mut self.sections);
        }
        self.script.scenes.push(scene);
    }
}

/// `Key: value` at the very beginning of a line.
fn key(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let named = !key.is_empty() && key.len() <= 40 && key.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-');
    (named && !key.starts_with(' ')).then(|| (key, value.trim()))
}

/// The same inside a title page, where an indented line goes on with the field before it.
fn key_of(line: &str) -> Option<(&str, &str)> {
    if line.starts_with([' ', '\t']) { None } else { key(line) }
}

fn without_marks(text: &str) -> Cow<'_, str> {
    if !text.contains(MARK) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split(MARK).step_by(2).collect())
}
