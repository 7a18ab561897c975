//! A take's action and dialogue edited by a person: what stays keeps its place among the others, and what other programs say
//! of it.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::board::passage::paragraphs;
use crate::board::text::TooLong;
use crate::board::{Line, Speech, Take, Text};
use crate::words::{self, Phrase};

/// What a line that goes on begins with.
const INDENT: &str = "  ";

/// The dialogue as rows to be edited: `NAME: line`, and rows that go on indented.
pub(super) fn dialogue_words(take: &Take) -> String {
    let rows = take
        .dialogue
        .iter()
        .map(|speech| format!("{}: {}", speech.speaker, speech.line.replace('\n', &format!("\n{INDENT}"))));
    rows.collect::<Vec<_>>().join("\n")
}

/// Reads such rows. A line that was changed keeps what it has besides its words: where it stands, whether it is heard from
/// elsewhere or at the same time as another.
pub(super) fn dialogue(take: &Take, words: &str) -> Result<Vec<Speech>, Phrase> {
    let too_long = |error: TooLong| words::too_long(error.cap, error.length);
    let mut rows: Vec<(Line, String)> = Vec::new();
    for (at, row) in words.lines().enumerate() {
        if let Some((_, line)) = rows.last_mut().filter(|_| row.starts_with(INDENT)) {
            *line = format!("{line}\n{}", row.trim());
            continue;
        }
        if row.trim().is_empty() {
            continue;
        }
        let named = row.split_once(':').filter(|(speaker, _)| !speaker.trim().is_empty());
        let (speaker, line) = named.ok_or_else(|| words::dialogue_no_speaker(at + 1))?;
        rows.push((Line::new(speaker).map_err(too_long)?, line.trim().to_owned()));
    }
    let mut new = Vec::with_capacity(rows.len());
    for (speaker, line) in rows {
        let line = Text::new(&line).map_err(too_long)?;
        new.push(Speech { speaker, line, after: None, extra: Default::default() });
    }
    let key = |speech: &Speech| (speech.speaker.to_string(), speech.line.to_string());
    let (was, is): (Vec<_>, Vec<_>) = (take.dialogue.iter().map(key).collect(), new.iter().map(key).collect());
    for op in capture_diff_slices(Algorithm::Myers, &was, &is) {
        let (old, new) = (&take.dialogue[op.old_range()], &mut new[op.new_range()]);
        let paired = old.len() == new.len();
        let mut left = old.iter();
        for speech in new {
            // Of another number of lines each follows from the next one of the same speaker.
            let same = left.as_slice().iter().position(|old| paired || old.speaker == speech.speaker);
            let from = same.and_then(|at| left.nth(at));
            if let Some(from) = from {
                speech.after = from.after;
                speech.extra = from.extra.clone();
            }
        }
    }
    Ok(new)
}

/// Puts new action in its place. Lines that stand between its paragraphs stay behind those they followed.
pub(super) fn set_action(take: &mut Take, action: Text) {
    let cut = |text: &str| -> Vec<String> {
        paragraphs(text).into_iter().filter_map(|range| text.get(range)).map(|words| words.trim().to_owned()).collect()
    };
    let (was, is) = (cut(&take.action), cut(&action));
    // For each paragraph that was: how many stand up to the end of what it is now.
    let mut ends = vec![0; was.len() + 1];
    for op in capture_diff_slices(Algorithm::Myers, &was, &is) {
        let (old, new) = (op.old_range(), op.new_range());
        for (n, at) in old.clone().enumerate() {
            let end = match op {
                DiffOp::Equal { .. } => new.start + n + 1,
                _ if at + 1 == old.end => new.end,
                _ => (new.start + n + 1).min(new.end),
            };
            if let Some(place) = ends.get_mut(at + 1) {
                *place = end;
            }
        }
    }
    for after in take.dialogue.iter_mut().filter_map(|speech| speech.after.as_mut()) {
        let end = ends.get(usize::from(*after)).or(ends.last()).copied().unwrap_or_default();
        *after = u16::try_from(end).unwrap_or(u16::MAX);
    }
    take.action = action;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take() -> Take {
        serde_yaml::from_str(
            "id: 01J9Z0W1F3V7C2P5K8D4H6T9SA\naction: \"One.\\n\\nTwo.\\n\\nThree.\"\ndialogue:\n\
             - {speaker: IDA, line: Never., after: 1}\n\
             - {speaker: TOM, line: \"(low)\\nWhy?\", after: 2, extension: O.S.}\n\
             - {speaker: IDA, line: Once., after: 2, dual: true}\n",
        )
        .unwrap()
    }

    fn edited(words: &str) -> Vec<(String, String, Option<u16>, usize)> {
        let new = dialogue(&take(), words).unwrap();
        new.iter().map(|s| (s.speaker.to_string(), s.line.to_string(), s.after, s.extra.len())).collect()
    }

    fn row(speaker: &str, line: &str, after: Option<u16>, extra: usize) -> (String, String, Option<u16>, usize) {
        (speaker.to_owned(), line.to_owned(), after, extra)
    }

    #[test]
    fn a_line_that_is_changed_keeps_its_place_and_what_others_say_of_it() {
        let words = dialogue_words(&take());
        assert_eq!(words, "IDA: Never.\nTOM: (low)\n  Why?\nIDA: Once.");
        assert_eq!(dialogue(&take(), &words).unwrap(), take().dialogue, "nothing was changed");
        let tom = || row("TOM", "(low)\nWhy?", Some(2), 1);
        assert_eq!(
            edited("IDA: Never.\nTOM: (low)\n  Why?\nIDA: Once?"),
            [row("IDA", "Never.", Some(1), 0), tom(), row("IDA", "Once?", Some(2), 1)]
        );
        assert_eq!(
            edited("IDA: Never.\nIDA: No.\nTOM: (low)\n  Why?"),
            [row("IDA", "Never.", Some(1), 0), row("IDA", "No.", None, 0), tom()]
        );
        assert_eq!(
            edited("IDA: Never.\nADA: Hm.\nTOM: (low)\n  Why?\nADA: So.\nIDA: Once?"),
            [
                row("IDA", "Never.", Some(1), 0),
                row("ADA", "Hm.", None, 0),
                tom(),
                row("ADA", "So.", None, 0),
                row("IDA", "Once?", Some(2), 1)
            ],
            "a line put in takes nothing from the others"
        );
        let renamed = edited("ADA: Never.\nTOM: (low)\n  Why?\nIDA: Once.");
        assert_eq!(renamed[0], row("ADA", "Never.", Some(1), 0), "another name is a change too");
        assert!(dialogue(&take(), "nobody speaks").is_err());
    }

    #[test]
    fn lines_stay_behind_the_paragraphs_they_followed() {
        for (action, expected) in [
            ("Wind.\n\nOne.\n\nTwo.\n\nThree.", [2, 3, 3]),
            ("One.\n\nTwo!\n\nThree.", [1, 2, 2]),
            ("One.\n\nThree.", [1, 1, 1]),
            ("One.\n\nTwo, a.\n\nTwo, b.\n\nThree.", [1, 3, 3]),
            ("", [0, 0, 0]),
        ] {
            let mut take = take();
            set_action(&mut take, Text::new(action).unwrap());
            let after: Vec<u16> = take.dialogue.iter().filter_map(|speech| speech.after).collect();
            assert_eq!(after, expected, "{action:?}");
        }
    }
}
