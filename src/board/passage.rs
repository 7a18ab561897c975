//! What a take tells in the order in which it is told: action and speech by turns.

use std::ops::Range;

use super::take::{Speech, Take};

/// What is told in one go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Passage<'a> {
    /// Paragraphs of the action, one or several, with the empty lines between them.
    Action(&'a str),
    /// A spoken line.
    Speech(&'a Speech),
}

impl Take {
    /// Action and dialogue as they follow each other: all action before all speech, unless the lines say where they stand
    /// ([`Speech::after`]). Lines never change places with each other.
    #[must_use]
    pub fn passages(&self) -> Vec<Passage<'_>> {
        let first_place = self.dialogue.iter().find_map(|speech| speech.after);
        let paragraphs = match first_place {
            Some(_) => paragraphs(&self.action),
            None => Vec::from_iter((!self.action.trim().is_empty()).then_some(0..self.action.len())),
        };
        let action = |from: usize, to: usize| {
            let (first, last) = (paragraphs.get(from..to)?.first()?, paragraphs.get(to.checked_sub(1)?)?);
            self.action.get(first.start..last.end).map(Passage::Action)
        };
        let mut passages = Vec::with_capacity(2 * self.dialogue.len() + 1);
        let (mut told, mut place) = (0, first_place.map_or(paragraphs.len(), usize::from));
        for speech in &self.dialogue {
            place = place.max(speech.after.map_or(place, usize::from)).min(paragraphs.len());
            passages.extend(action(told, place));
            passages.push(Passage::Speech(speech));
            told = place.max(told);
        }
        passages.extend(action(told, paragraphs.len()));
        passages
    }
}

/// Where the paragraphs of a text are.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let ranges = text.split("\n\n").map(|paragraph| {
        let range = at..at + paragraph.len();
        at = range.end + 2;
        range
    });
    ranges.filter(|range| text.get(range.clone()).is_some_and(|paragraph| !paragraph.trim().is_empty())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(action: &str, lines: &[(&str, Option<u16>)]) -> Vec<String> {
        let lines: Vec<String> = lines
            .iter()
            .map(|(line, after)| {
                format!("{{speaker: A, line: {line}{}}}", after.map(|n| format!(", after: {n}")).unwrap_or_default())
            })
            .collect();
        let yaml = format!("{{id: 01J9Z0W1F3V7C2P5K8D4H6T9SA, dialogue: [{}]}}", lines.join(", "));
        let mut take: Take = serde_yaml::from_str(&yaml).unwrap();
        take.action = crate::board::Text::new(action).unwrap();
        let words = |passage: &Passage<'_>| match passage {
            Passage::Action(words) => (*words).to_owned(),
            Passage::Speech(speech) => format!("- {}", speech.line),
        };
        take.passages().iter().map(words).collect()
    }

    #[test]
    fn where_no_line_says_where_it_stands_all_action_comes_first() {
        assert_eq!(told("One.\n\nTwo.", &[("a", None), ("b", None)]), ["One.\n\nTwo.", "- a", "- b"]);
        assert_eq!(told("", &[("a", None)]), ["- a"]);
        assert_eq!(told("One.", &[]), ["One."]);
    }

    #[test]
    fn lines_stand_between_the_paragraphs_they_follow() {
        let action = "One.\n\nTwo.\n\nThree.";
        assert_eq!(told(action, &[("a", Some(1)), ("b", Some(2))]), ["One.", "- a", "Two.", "- b", "Three."]);
        assert_eq!(told(action, &[("a", Some(0)), ("b", Some(3))]), ["- a", action, "- b"]);
        assert_eq!(told(action, &[("a", Some(2))]), ["One.\n\nTwo.", "- a", "Three."]);
    }

    #[test]
    fn a_line_that_does_not_say_follows_the_one_before_and_none_overtakes_another() {
        let action = "One.\n\nTwo.";
        assert_eq!(told(action, &[("a", None), ("b", Some(1)), ("c", None)]), ["One.", "- a", "- b", "- c", "Two."]);
        assert_eq!(told(action, &[("a", Some(2)), ("b", Some(0))]), [action, "- a", "- b"]);
        // The action was made shorter since.
        assert_eq!(told(action, &[("a", Some(9)), ("b", None)]), [action, "- a", "- b"]);
    }
}
