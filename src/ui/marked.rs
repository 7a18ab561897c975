//! Text whose parts have looks of their own, broken into rows.

use std::ops::Range;

use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::theme::Scope;
use crate::app::difference::{Side, words};
use crate::app::wrap::rows;

/// A text with the looks of its parts, which follow each other.
pub(super) struct Marked {
    text: String,
    parts: Vec<(Range<usize>, Scope)>,
}

/// Where two texts that differ are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// In one place: what only the old one has stands before what only the new one has.
    Together,
    /// Each in its own place, this one being the old one: what only it has is marked.
    OfOld,
    /// The same, this one being the new one.
    OfNew,
}

impl Marked {
    /// A text marked against another: words that one of them alone has have their looks.
    pub(super) fn difference(other: &str, text: &str, marks: Marks, scope: Scope) -> Self {
        let mut marked = Self { text: String::new(), parts: Vec::new() };
        let shown = |side: Side| side == Side::Both || marks == Marks::Together || side == Side::New;
        let mut pieces: Vec<(Side, String)> = Vec::new();
        for (side, words) in words(other, text).into_iter().filter(|(side, _)| shown(*side)) {
            match pieces.last_mut().filter(|(last, _)| *last == side) {
                Some((_, text)) => text.push_str(&words),
                None => pieces.push((side, words)),
            }
        }
        let apart = pieces.len() == 2 && marks == Marks::Together && pieces.iter().all(|(_, text)| text.contains(' '));
        for (nth, (side, words)) in pieces.into_iter().enumerate() {
            // Two whole texts do not run into each other.
            if apart && nth == 1 {
                marked.text.push('\n');
            }
            // Colour alone says nothing to many eyes and some terminals.
            let (scope, mark, end) = match (side, marks) {
                (Side::Both, _) => (scope, "", ""),
                (Side::Old, Marks::Together) | (Side::New, Marks::OfOld) => (Scope::Removed, "[-", "-]"),
                (Side::New, Marks::Together | Marks::OfNew) => (Scope::Added, "{+", "+}"),
                // Left out above.
                (Side::Old, Marks::OfOld | Marks::OfNew) => continue,
            };
            let from = marked.text.len();
            // The marks hug the words; the space around them stays outside.
            let inner = words.trim();
            if inner.is_empty() {
                marked.text.push_str(&words);
            } else {
                let start = words.len() - words.trim_start().len();
                marked.text.push_str(&words[..start]);
                marked.text.push_str(mark);
                marked.text.push_str(inner);
                marked.text.push_str(end);
                marked.text.push_str(&words[start + inner.len()..]);
            }
            marked.parts.push((from..marked.text.len(), scope));
        }
        marked
    }

    /// Its rows at a width, indented.
    pub(super) fn lines(&self, columns: usize, indent: usize, canvas: &Canvas<'_, '_>) -> Vec<Line<'static>> {
        let row = |row: Range<usize>| {
            let mut spans = vec![Span::raw(" ".repeat(indent))];
            for (part, scope) in &self.parts {
                let (from, to) = (part.start.max(row.start), part.end.min(row.end));
                if from < to {
                    let words = self.text.get(from..to).unwrap_or_default().trim_end_matches('\n');
                    spans.push(canvas.span(words.to_owned(), *scope));
                }
            }
            Line::from(spans)
        };
        rows(&self.text, columns.saturating_sub(indent)).into_iter().map(row).collect()
    }
}
