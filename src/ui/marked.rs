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

impl Marked {
    /// What differs between two texts: words of the old one alone and of the new one alone have their looks.
    pub(super) fn difference(old: &str, new: &str, scope: Scope) -> Self {
        let mut marked = Self { text: String::new(), parts: Vec::new() };
        for (side, words) in words(old, new) {
            let scope = match side {
                Side::Both => scope,
                Side::Old => Scope::Removed,
                Side::New => Scope::Added,
            };
            let (mark, end) = match side {
                Side::Both => ("", ""),
                // Colour alone says nothing to many eyes and some terminals.
                Side::Old => ("[-", "-]"),
                Side::New => ("{+", "+}"),
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
