//! What differs between two texts, word by word, and how much two takes differ.

use similar::{ChangeTag, TextDiff};

use crate::board::Take;

/// Where a word is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// In both texts.
    Both,
    /// In the older one alone.
    Old,
    /// In the newer one alone.
    New,
}

/// Texts longer than this together, in bytes, are not compared word by word: the time it takes grows with the square of what
/// differs, and a screen is drawn with it.
const LONGEST: usize = 12_000;
/// How much of a take is compared to say how much of it differs, in bytes.
const COMPARED: usize = 2_000;

/// Texts of more than a few letters that have less than this in common are two texts: the few words they share by chance would cut both to pieces.
const ALIKE: f32 = 0.5;
const SHORT: usize = 24;

/// The words of both texts in reading order, neighbours of one side joined. Of very long texts, and of such that have little
/// in common, the whole old one, then the whole new one.
#[must_use]
pub fn words(old: &str, new: &str) -> Vec<(Side, String)> {
    let apart = || {
        let both = [(Side::Old, old), (Side::New, new)].map(|(side, text)| (side, text.to_owned()));
        both.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    };
    if old.len() + new.len() > LONGEST {
        return apart();
    }
    let mut pieces: Vec<(Side, String)> = Vec::new();
    for change in TextDiff::from_words(old, new).iter_all_changes() {
        let side = match change.tag() {
            ChangeTag::Equal => Side::Both,
            ChangeTag::Delete => Side::Old,
            ChangeTag::Insert => Side::New,
        };
        match pieces.last_mut().filter(|(last, _)| *last == side) {
            Some((_, text)) => text.push_str(change.value()),
            None => pieces.push((side, change.value().to_owned())),
        }
    }
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let common: usize = pieces.iter().filter(|(side, _)| *side == Side::Both).map(|(_, text)| letters(text)).sum();
    let longer = letters(old).max(letters(new));
    if (common as f32) < ALIKE * longer as f32 && longer >= SHORT { apart() } else { pieces }
}

/// How much of two takes' words differs, from 0 to 1, judged by their beginnings where they are long.
#[must_use]
pub fn share(a: &Take, b: &Take) -> f32 {
    let text = |take: &Take| {
        let spoken = take.dialogue.iter().map(|speech| format!("{}: {}\n", speech.speaker, speech.line));
        let seen = take.shots.iter().map(|shot| format!("{} {}\n", shot.size, shot.description));
        let mut text =
            format!("{}\n{}{}{}", take.action, spoken.collect::<String>(), take.sound, seen.collect::<String>());
        text.truncate((0..=COMPARED).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0));
        text
    };
    1.0 - TextDiff::from_words(&text(a), &text(b)).ratio()
}

/// What a take is told by in a list, beside the one shown: its action from where that differs, else what is said, else what
/// is seen; and whether something that is the same was left out before it.
#[must_use]
pub fn gist<'a>(shown: &Take, take: &'a Take) -> (&'a str, bool) {
    let spoken = |take: &'a Take| take.dialogue.iter().map(|speech| speech.line.as_str());
    let seen = |take: &'a Take| take.shots.iter().map(|shot| shot.description.as_str());
    let texts = std::iter::once(take.action.as_str()).chain(spoken(take)).chain(seen(take));
    let before = std::iter::once(shown.action.as_str())
        .chain(shown.dialogue.iter().map(|speech| speech.line.as_str()))
        .chain(shown.shots.iter().map(|shot| shot.description.as_str()));
    let differing =
        texts.zip(before.map(Some).chain(std::iter::repeat(None))).find(|(text, before)| Some(*text) != *before);
    match differing {
        Some((text, Some(before))) => {
            let from = from_first_difference(before, text);
            (from, from.len() < take.action.len() || text != take.action.as_str())
        }
        Some((text, None)) => (text, true),
        None => (take.action.as_str(), false),
    }
}

/// `text` from its first word that is not in `shown` on, so that a list of takes says how each differs.
#[must_use]
pub fn from_first_difference<'a>(shown: &str, text: &'a str) -> &'a str {
    let same = shown.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
    let word = text.as_bytes()[..same].iter().rposition(|byte| *byte == b' ').map_or(0, |at| at + 1);
    text.get(word..).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_of_one_side_are_marked_and_the_rest_is_not() {
        let pieces = words("She runs to the sea.", "She walks to the sea.");
        assert_eq!(pieces[0], (Side::Both, "She ".to_owned()));
        assert!(pieces.contains(&(Side::Old, "runs".to_owned())));
        assert!(pieces.contains(&(Side::New, "walks".to_owned())));
    }

    #[test]
    fn two_texts_that_share_a_few_words_by_chance_are_not_cut_to_pieces() {
        let (old, new) =
            ("Mara climbs the lighthouse at dusk and waves.", "A boat with no light drifts and the tide is out.");
        assert_eq!(words(old, new), [(Side::Old, old.to_owned()), (Side::New, new.to_owned())]);
        assert_eq!(words("", new), [(Side::New, new.to_owned())]);
    }

    #[test]
    fn a_text_is_told_from_its_first_difference_on() {
        assert_eq!(from_first_difference("She runs to sea.", "She runs to land."), "land.");
        assert_eq!(from_first_difference("A", "B"), "B");
        assert_eq!(from_first_difference("你好", "你坏"), "你坏");
    }

    #[test]
    fn takes_that_begin_alike_are_told_by_what_is_said_or_seen_otherwise() {
        let spoken = |line: &str| {
            let mut take = crate::board::edit::tests::take(1, 1);
            let (speaker, line) = (crate::board::Line::clipped("MARA", 9), crate::board::Text::clipped(line, 40));
            take.dialogue = vec![crate::board::Speech { speaker, line, after: None, extra: Default::default() }];
            take
        };
        assert_eq!(gist(&spoken("Not now."), &spoken("Not ever.")), ("ever.", true));
        assert_eq!(gist(&spoken("Yes."), &spoken("Yes.")), ("take 1", false));
        let mut other = spoken("Yes.");
        other.action = crate::board::Text::clipped("take off", 20);
        assert_eq!(gist(&spoken("Yes."), &other), ("off", true));
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_out_of_their_difference(old in "[a-c ]{0,20}", new in "[a-c ]{0,20}") {
            let pieces = words(&old, &new);
            let read = |without: Side| -> String {
                pieces.iter().filter(|(side, _)| *side != without).map(|(_, text)| text.as_str()).collect()
            };
            prop_assert_eq!(read(Side::New), old);
            prop_assert_eq!(read(Side::Old), new);
        }
    }
}
