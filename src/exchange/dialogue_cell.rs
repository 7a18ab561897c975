//! Speeches in one text field of another program: `MARA: Who are you?`, a line each; an indented line goes on.

use super::script;
use crate::board::{Extra, Line, Speech, Text};

/// The longest name before a colon.
const NAME: usize = 60;

/// The field for some speeches.
pub(super) fn write<'a>(speeches: impl IntoIterator<Item = &'a Speech>) -> String {
    let lines: Vec<String> = speeches
        .into_iter()
        .map(|speech| format!("{}: {}", speech.speaker, speech.line.replace('\n', "\n  ")))
        .collect();
    lines.join("\n")
}

/// The speeches in a field. A line that names nobody goes on with the one before, or is said by nobody known.
pub(super) fn read(cell: &str) -> Vec<Speech> {
    let mut speeches: Vec<Speech> = Vec::new();
    for line in cell.lines().filter(|line| !line.trim().is_empty()) {
        let goes_on = line.starts_with("  ") && !speeches.is_empty();
        let named = line.trim().split_once(':').filter(|(name, words)| {
            !goes_on && (words.is_empty() || words.starts_with(' ')) && name.chars().count() <= NAME
        });
        match (named, speeches.last_mut()) {
            (Some((name, words)), _) => speeches.push(speech(name, words)),
            (None, Some(before)) => before.line = Text::clipped(&format!("{}\n{}", before.line, line.trim()), 20_000),
            (None, None) => speeches.push(speech("", line)),
        }
    }
    speeches
}

fn speech(name: &str, words: &str) -> Speech {
    Speech {
        speaker: Line::clipped(name, script::NAME),
        line: Text::clipped(words.trim(), 20_000),
        after: None,
        extra: Extra::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeches_come_back_and_foreign_text_is_understood() {
        let speeches = [speech("MARA", "Who: me?"), speech("", "Nobody."), speech("Élise", "")];
        let mut speeches = speeches.to_vec();
        speeches[0].line = Text::new("Who: me?\nNOT: a name").unwrap();
        assert_eq!(read(&write(&speeches)), speeches);
        let foreign = read("Hello there.\nJOE: It is 10:30.\nAnd more.");
        let said: Vec<_> = foreign.iter().map(|s| (s.speaker.as_str(), s.line.as_str())).collect();
        assert_eq!(said, [("", "Hello there."), ("JOE", "It is 10:30.\nAnd more.")]);
    }
}
