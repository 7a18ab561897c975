//! Words that carry content, as taste counts them.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;

use crate::board::Take;

/// English words that say how a sentence is built, not what it is about. Sorted, for a binary search.
const BUILDING: &[&str] = &[
    "about",
    "above",
    "across",
    "after",
    "again",
    "against",
    "all",
    "almost",
    "alone",
    "along",
    "already",
    "also",
    "although",
    "always",
    "am",
    "among",
    "an",
    "and",
    "another",
    "any",
    "anyone",
    "anything",
    "are",
    "around",
    "as",
    "at",
    "away",
    "back",
    "be",
    "because",
    "been",
    "before",
    "behind",
    "being",
    "below",
    "beside",
    "between",
    "beyond",
    "both",
    "but",
    "by",
    "can",
    "can't",
    "cannot",
    "could",
    "did",
    "didn't",
    "do",
    "does",
    "doesn't",
    "doing",
    "don't",
    "done",
    "down",
    "during",
    "each",
    "either",
    "else",
    "enough",
    "even",
    "ever",
    "every",
    "everyone",
    "everything",
    "few",
    "first",
    "for",
    "from",
    "get",
    "gets",
    "getting",
    "go",
    "goes",
    "going",
    "got",
    "had",
    "has",
    "have",
    "having",
    "he",
    "he's",
    "her",
    "here",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "how",
    "however",
    "i",
    "i'll",
    "i'm",
    "i've",
    "if",
    "in",
    "inside",
    "into",
    "is",
    "isn't",
    "it",
    "it's",
    "its",
    "itself",
    "just",
    "last",
    "least",
    "less",
    "let",
    "like",
    "made",
    "make",
    "makes",
    "making",
    "many",
    "may",
    "me",
    "might",
    "more",
    "most",
    "much",
    "must",
    "my",
    "myself",
    "near",
    "never",
    "next",
    "no",
    "nobody",
    "none",
    "nor",
    "not",
    "nothing",
    "now",
    "of",
    "off",
    "often",
    "on",
    "once",
    "one",
    "only",
    "onto",
    "or",
    "other",
    "others",
    "our",
    "out",
    "outside",
    "over",
    "own",
    "per",
    "put",
    "puts",
    "quite",
    "rather",
    "really",
    "same",
    "she",
    "she's",
    "should",
    "since",
    "so",
    "some",
    "someone",
    "something",
    "still",
    "such",
    "take",
    "takes",
    "than",
    "that",
    "that's",
    "the",
    "their",
    "them",
    "themselves",
    "then",
    "there",
    "there's",
    "these",
    "they",
    "they're",
    "thing",
    "things",
    "this",
    "those",
    "though",
    "three",
    "through",
    "till",
    "to",
    "together",
    "too",
    "toward",
    "towards",
    "two",
    "under",
    "until",
    "up",
    "upon",
    "us",
    "very",
    "was",
    "we",
    "well",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whole",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "won't",
    "would",
    "yet",
    "you",
    "you're",
    "your",
    "yours",
];

/// The words of a text that carry content, in order, in lower case.
pub fn content(text: &str) -> impl Iterator<Item = String> + '_ {
    text.unicode_words().map(|word| word.replace('’', "'").to_lowercase()).filter(|word| carries_content(word))
}

fn carries_content(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && BUILDING.binary_search(&word).is_err()
}

/// A word without the commonest English endings, so that *wave*, *waves* and *waved* count as one. Crude, and the same
/// word always becomes the same stem; other languages' words mostly stay as they are.
#[must_use]
pub fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let endings = ["ing", "ed", "es", "s", "e"];
    let kept = endings.iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3));
    let stem = kept.unwrap_or(word);
    // stopped, stopping: the consonant doubled before the ending is one again.
    let mut letters = stem.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if kept.is_some() && last == before && !"aeiouls".contains(last) => {
            stem[..stem.len() - last.len_utf8()].to_owned()
        }
        _ => stem.to_owned(),
    }
}

/// The stems of everything a take says and shows, each once. The bible's names are counted elsewhere.
#[must_use]
pub fn stems(take: &Take) -> BTreeSet<String> {
    prose(take).flat_map(content).map(|word| stem(&word)).collect()
}

/// All of a take's prose: action, lines, sound, descriptions.
pub fn prose(take: &Take) -> impl Iterator<Item = &str> {
    let lines = take.dialogue.iter().map(|speech| speech.line.as_str());
    let descriptions = take.shots.iter().map(|shot| shot.description.as_str());
    [take.action.as_str(), take.sound.as_str()].into_iter().chain(lines).chain(descriptions)
}

/// How much two sets of stems have in common: shared ones over all; 0 where both are empty.
#[must_use]
pub fn overlap(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f32 {
    let shared = a.intersection(b).count();
    let all = a.len() + b.len() - shared;
    #[expect(clippy::cast_precision_loss, reason = "counts of words in a text of limited length")]
    if all == 0 { 0.0 } else { shared as f32 / all as f32 }
}

/// How many words a text has; characters by twos in writing without spaces: Thai, Lao, Tibetan, Burmese, Khmer, Chinese,
/// Japanese.
#[must_use]
pub fn count(text: &str) -> usize {
    let is_unspaced = |c: &char| {
        let script = matches!(c, '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}');
        script && c.is_alphabetic()
    };
    text.split_whitespace().count().max(text.chars().filter(is_unspaced).count() / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_building_words_are_sorted_for_the_search() {
        assert!(BUILDING.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn content_words_are_what_a_text_is_about() {
        let words: Vec<String> = content("She finds the Bottle, and doesn’t like the look of it.").collect();
        assert_eq!(words, ["finds", "bottle", "look"]);
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in
            [&["wave", "waves", "waved", "waving"][..], &["stop", "stops", "stopped", "stopping"], &["rock", "rocks"]]
        {
            let stems: BTreeSet<String> = forms.iter().map(|form| stem(form)).collect();
            assert_eq!(stems.len(), 1, "{forms:?} {stems:?}");
        }
        assert_eq!(stem("sea"), "sea");
        assert_eq!(stem("is"), "is");
    }

    #[test]
    fn equal_texts_overlap_wholly_and_strangers_not_at_all() {
        let stems = |text: &str| content(text).map(|word| stem(&word)).collect::<BTreeSet<_>>();
        assert_eq!(overlap(&stems("green bottle"), &stems("Green bottles")), 1.0);
        assert_eq!(overlap(&stems("green bottle"), &stems("stairs")), 0.0);
        assert_eq!(overlap(&stems(""), &stems("the")), 0.0);
    }

    #[test]
    fn words_are_counted_where_no_spaces_are_written_too() {
        for (text, words) in [("She waits there.", 3), ("", 0), ("她在海边等着他回来。", 4), ("그녀가 기다린다.", 2)]
        {
            assert_eq!(count(text), words, "{text}");
        }
    }
}
