//! Leaning towards words and away from phrases, by what an answer has written so far.

use super::model::Model;
use crate::board::Leaning;

/// The phrases of one job as tokens.
pub(super) struct Leanings(Vec<Phrase>);

struct Phrase {
    tokens: Vec<u32>,
    by: f32,
}

/// Which phrases one answer has written already.
#[derive(Debug, Clone)]
pub(super) struct Leant {
    written: Vec<bool>,
    /// The last tokens, as many as the longest phrase has.
    tail: Vec<u32>,
}

impl Leanings {
    pub(super) fn new(model: &Model, leanings: &[Leaning]) -> Self {
        let phrases = leanings.iter().filter(|leaning| leaning.by.is_finite() && leaning.by != 0.0);
        Self(phrases.flat_map(|leaning| in_running_text(model, leaning)).collect())
    }

    pub(super) fn begin(&self) -> Leant {
        Leant { written: vec![false; self.0.len()], tail: Vec::new() }
    }

    /// Tokens whose logits change before the next draw, and by how much.
    ///
    /// A phrase leant towards draws at its first token and at each that goes on with it, until it stands there once. A
    /// phrase leant away from is held back only at its last token: its beginnings are words of their own.
    pub(super) fn next(&self, leant: &Leant) -> Vec<(u32, f32)> {
        let mut next = Vec::new();
        for (phrase, &written) in self.0.iter().zip(&leant.written) {
            let last = phrase.tokens.len() - 1;
            if phrase.by < 0.0 {
                if leant.tail.ends_with(&phrase.tokens[..last]) {
                    next.push((phrase.tokens[last], phrase.by));
                }
            } else if !written {
                let begun = (0..=last).rev().find(|&at| leant.tail.ends_with(&phrase.tokens[..at])).unwrap_or(0);
                next.push((phrase.tokens[begun], phrase.by));
            }
        }
        next
    }

    /// Follows an answer by a token.
    pub(super) fn step(&self, leant: &mut Leant, token: u32) {
        let longest = self.0.iter().map(|phrase| phrase.tokens.len()).max().unwrap_or(0);
        if longest == 0 {
            return;
        }
        if leant.tail.len() == longest {
            leant.tail.remove(0);
        }
        leant.tail.push(token);
        for (phrase, written) in self.0.iter().zip(&mut leant.written) {
            *written |= leant.tail.ends_with(&phrase.tokens);
        }
    }
}

/// A phrase as it stands behind other words; one leant away from also at the head of a sentence.
fn in_running_text(model: &Model, leaning: &Leaning) -> Vec<Phrase> {
    let phrase = leaning.phrase.as_str();
    let mut forms = vec![format!(" {phrase}")];
    if leaning.by < 0.0 {
        let mut letters = phrase.chars();
        let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        forms.extend([format!(" {capital}"), capital]);
    }
    forms.dedup();
    let tokens = forms.iter().map(|form| model.tokens(form).iter().map(|token| token.0.cast_unsigned()).collect());
    tokens.filter(|tokens: &Vec<u32>| !tokens.is_empty()).map(|tokens| Phrase { tokens, by: leaning.by }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leanings(phrases: &[(&[u32], f32)]) -> Leanings {
        Leanings(phrases.iter().map(|&(tokens, by)| Phrase { tokens: tokens.to_vec(), by }).collect())
    }

    fn after(leanings: &Leanings, tokens: &[u32]) -> Vec<(u32, f32)> {
        let mut leant = leanings.begin();
        tokens.iter().for_each(|&token| leanings.step(&mut leant, token));
        leanings.next(&leant)
    }

    #[test]
    fn a_word_draws_until_it_is_written_and_no_longer() {
        let towards = leanings(&[(&[5, 6], 2.0)]);
        assert_eq!(after(&towards, &[]), [(5, 2.0)]);
        assert_eq!(after(&towards, &[1, 5]), [(6, 2.0)]);
        assert_eq!(after(&towards, &[5, 1]), [(5, 2.0)]);
        assert_eq!(after(&towards, &[1, 5, 6, 2]), []);
    }

    #[test]
    fn a_phrase_is_held_back_only_where_it_would_become_whole() {
        let away = leanings(&[(&[5, 6, 7], -3.0), (&[9], -1.0)]);
        assert_eq!(after(&away, &[5]), [(9, -1.0)]);
        assert_eq!(after(&away, &[5, 6]), [(7, -3.0), (9, -1.0)]);
        assert_eq!(after(&away, &[5, 6, 7, 5, 6]), [(7, -3.0), (9, -1.0)]);
    }
}
