//! Phrases that keep coming back in rejected takes.

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use super::log::Judged;
use super::words;
use crate::board::{Leaning, Line, Take};

/// A phrase has to stand in so many rejected takes.
const FEWEST: usize = 3;
/// And so many times as often in rejected takes as in accepted ones.
const RATIO: f32 = 3.0;
/// The most words of a phrase.
const LONGEST: usize = 4;
/// The most phrases.
const MOST: usize = 24;
/// How strongly prose leans away from one, in nats: a fifth of the odds.
pub const AWAY: f32 = -1.6;

/// A phrase and how often it came.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Phrase {
    /// The phrase, in lower case.
    pub words: String,
    /// In how many rejected takes.
    pub rejected: usize,
    /// In how many accepted ones.
    pub accepted: usize,
}

/// The phrases that stand in rejected takes much more often than in accepted ones: the most frequent first, and no phrase
/// that is only a part of another as frequent.
#[must_use]
pub fn recurring(judged: &[&Judged]) -> Vec<Phrase> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for judged in judged {
        for phrase in phrases(&judged.take) {
            let count = counts.entry(phrase).or_default();
            if judged.accepted { count.1 += 1 } else { count.0 += 1 }
        }
    }
    let accepted = judged.iter().filter(|judged| judged.accepted).count();
    let rejected = judged.len() - accepted;
    let rate = |count: usize, of: usize| (float(count) + 0.5) / (float(of) + 1.0);
    let mut found: Vec<Phrase> = counts
        .into_iter()
        .filter(|&(_, (in_rejected, in_accepted))| {
            in_rejected >= FEWEST && rate(in_rejected, rejected) >= RATIO * rate(in_accepted, accepted)
        })
        .map(|(words, (rejected, accepted))| Phrase { words, rejected, accepted })
        .collect();
    // Longer ones first among equals, so that a part of a phrase is found after the whole.
    found.sort_by(|a, b| (b.rejected, b.words.len()).cmp(&(a.rejected, a.words.len())).then(a.words.cmp(&b.words)));
    let mut kept: Vec<Phrase> = Vec::new();
    for phrase in found {
        let is_part = kept.iter().any(|whole| whole.rejected >= phrase.rejected && holds(&whole.words, &phrase.words));
        if !is_part && kept.len() < MOST {
            kept.push(phrase);
        }
    }
    kept
}

/// The leanings away from phrases: those found less those `allowed`, and those a person wants avoided in any case.
#[must_use]
pub fn leanings(found: &[Phrase], avoided: &[String], allowed: &[String]) -> Vec<Leaning> {
    let is_allowed = |words: &str| allowed.iter().any(|allowed| allowed.to_lowercase() == words);
    let found = found.iter().map(|phrase| phrase.words.as_str()).filter(|words| !is_allowed(words));
    let mut seen = BTreeSet::new();
    avoided
        .iter()
        .map(String::as_str)
        .chain(found)
        .filter(|words| seen.insert(words.to_lowercase()))
        .map(|words| Leaning { phrase: Line::clipped(words, 80), by: AWAY })
        .collect()
}

/// The phrases of a take, each once: two to four words in a row within a sentence, the first and last of which carry
/// content.
fn phrases(take: &Take) -> BTreeSet<String> {
    let mut phrases = BTreeSet::new();
    for text in words::prose(take) {
        for sentence in text.split(['.', ',', ';', ':', '!', '?', '…', '—']) {
            let words: Vec<String> = sentence.unicode_words().map(str::to_lowercase).collect();
            for length in 2..=LONGEST {
                for phrase in words.windows(length) {
                    let carries = |word: &String| words::content(word).next().is_some();
                    if carries(&phrase[0]) && carries(&phrase[length - 1]) {
                        phrases.insert(phrase.join(" "));
                    }
                }
            }
        }
    }
    phrases
}

/// Whether a phrase stands in another, word by word.
fn holds(whole: &str, part: &str) -> bool {
    format!(" {whole} ").contains(&format!(" {part} "))
}

#[expect(clippy::cast_precision_loss, reason = "counts of verdicts")]
fn float(count: usize) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::super::log::standing;
    use super::*;
    use crate::board::{Feedback, FeedbackId, SceneId, Storyboard, TakeId, Verdict};

    fn judged(said: &[(&str, Verdict)]) -> Vec<Judged> {
        let records: Vec<Feedback> = (1..)
            .zip(said)
            .map(|(id, (action, verdict)): (u128, _)| Feedback {
                id: FeedbackId::new(id.into()),
                at_ms: 0,
                reviewer: Line::default(),
                scene: SceneId::new(1.into()),
                verdict: *verdict,
                reason: None,
                looked_ms: None,
                take: serde_yaml::from_str(&format!("{{id: {}, action: '{action}'}}", TakeId::new(id.into()))).unwrap(),
                reading: None,
                edited_from: None,
                picked_before: None,
                index: 0,
            })
            .collect();
        standing(&records, &Storyboard::default(), &[])
    }

    #[test]
    fn a_phrase_that_keeps_being_rejected_is_found_once_and_whole() {
        let said = judged(&[
            ("She stares at the dark sea, alone.", Verdict::Reject),
            ("He stares at the dark sea.", Verdict::Reject),
            ("They stare. Mara stares at the dark sea again.", Verdict::Reject),
            ("Mara opens the letter.", Verdict::Accept),
        ]);
        let found = recurring(&said.iter().collect::<Vec<_>>());
        let words: Vec<&str> = found.iter().map(|phrase| phrase.words.as_str()).collect();
        assert_eq!(words, ["stares at the dark", "dark sea"]);
    }

    #[test]
    fn a_phrase_of_accepted_takes_too_is_nobodys_fault() {
        let both = [Verdict::Reject, Verdict::Accept, Verdict::Reject, Verdict::Accept, Verdict::Reject];
        let said: Vec<(&str, Verdict)> = both.iter().map(|&verdict| ("The iron stair turns.", verdict)).collect();
        assert_eq!(recurring(&judged(&said).iter().collect::<Vec<_>>()), []);
    }

    #[test]
    fn a_person_adds_phrases_and_allows_others() {
        let found = [Phrase { words: "dark sea".into(), rejected: 4, accepted: 0 }];
        let phrases = |avoided: &[&str], allowed: &[&str]| -> Vec<String> {
            let owned = |list: &[&str]| list.iter().map(|&one| one.to_owned()).collect::<Vec<_>>();
            leanings(&found, &owned(avoided), &owned(allowed)).iter().map(|one| one.phrase.to_string()).collect()
        };
        assert_eq!(phrases(&[], &[]), ["dark sea"]);
        assert_eq!(phrases(&["Suddenly"], &["Dark sea"]), ["Suddenly"]);
    }
}
