//! A text being edited: cursor by graphemes, rows by their width, undo of its own.

use unicode_segmentation::UnicodeSegmentation;

use super::wrap;

/// A text under a cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Buffer {
    text: String,
    /// A byte offset on a grapheme boundary.
    cursor: usize,
    /// The column that going up and down aims at.
    goal: Option<usize>,
    undo: Vec<(String, usize)>,
    redo: Vec<(String, usize)>,
    /// Whether the last change was typing, which joins the typing before it into one undo step.
    typing: bool,
}

impl Buffer {
    /// A buffer with the cursor at its end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len(), ..Self::default() }
    }

    /// The words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The cursor, as a byte offset.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The words before the cursor and those after it.
    #[must_use]
    pub fn at_cursor(&self) -> (&str, &str) {
        self.text.split_at(self.cursor)
    }

    /// The cursor's row and column where rows are `columns` wide.
    #[must_use]
    pub fn position(&self, columns: usize) -> (usize, usize) {
        let rows = wrap::rows(&self.text, columns);
        let row = rows.iter().rposition(|row| row.start <= self.cursor).unwrap_or(0);
        (row, wrap::width(&self.text[rows[row].start..self.cursor]))
    }

    /// Puts `text` in at the cursor. What is pasted comes in one step, what is typed joins what was typed before.
    pub fn insert(&mut self, text: &str) {
        let one = text.graphemes(true).nth(1).is_none();
        let word_ends = text.chars().all(char::is_whitespace);
        if !(one && self.typing) {
            self.remember();
        }
        self.text.insert_str(self.cursor, text);
        // A combining mark may have joined the grapheme before it, or pulled in the one after.
        self.cursor = self.boundary_from(self.cursor + text.len());
        self.typing = one && !word_ends;
        self.goal = None;
    }

    /// Deletes the grapheme before the cursor.
    pub fn backspace(&mut self) {
        let from = self.previous();
        self.delete(from, self.cursor);
    }

    /// Deletes the grapheme after the cursor.
    pub fn delete_forward(&mut self) {
        let to = self.next();
        self.delete(self.cursor, to);
    }

    /// Deletes back to the start of the word.
    pub fn delete_word(&mut self) {
        let from = self.word_left();
        self.delete(from, self.cursor);
    }

    /// Deletes back to the start of the line.
    pub fn delete_to_line_start(&mut self) {
        let from = self.line_start();
        self.delete(from, self.cursor);
    }

    /// Deletes to the end of the line.
    pub fn delete_to_line_end(&mut self) {
        let to = self.line_end();
        self.delete(self.cursor, to);
    }

    /// One grapheme to the left.
    pub fn left(&mut self) {
        let to = self.previous();
        self.go(to);
    }

    /// One grapheme to the right.
    pub fn right(&mut self) {
        let to = self.next();
        self.go(to);
    }

    /// To the start of the word.
    pub fn back_a_word(&mut self) {
        let to = self.word_left();
        self.go(to);
    }

    /// Past the end of the word.
    pub fn on_a_word(&mut self) {
        let after = &self.text[self.cursor..];
        let skipped = after.len() - after.trim_start().len();
        let word = after.trim_start().find(char::is_whitespace).unwrap_or(after.trim_start().len());
        self.go(self.cursor + skipped + word);
    }

    /// To the start of the line.
    pub fn home(&mut self) {
        let to = self.line_start();
        self.go(to);
    }

    /// To the end of the line.
    pub fn end(&mut self) {
        let to = self.line_end();
        self.go(to);
    }

    /// `by` rows down, up where it is negative, where rows are `columns` wide.
    pub fn by_rows(&mut self, by: isize, columns: usize) {
        let rows = wrap::rows(&self.text, columns);
        let (row, column) = self.position(columns);
        let goal = self.goal.unwrap_or(column);
        let to = row.saturating_add_signed(by).min(rows.len() - 1);
        if to == row {
            let edge = if by < 0 { rows[row].start } else { rows[row].end };
            self.go(edge);
            return;
        }
        let range = rows[to].clone();
        // The end of a row that goes on is the start of the next, so the last grapheme of it is as far as one may go.
        let goes_on = rows.get(to + 1).is_some_and(|next| next.start == range.end);
        let mut at = range.start;
        let mut used = 0;
        for (offset, grapheme) in self.text[range.clone()].grapheme_indices(true) {
            let end = range.start + offset + grapheme.len();
            used += wrap::width(grapheme);
            if used > goal || (goes_on && end == range.end) {
                break;
            }
            at = end;
        }
        self.go(at);
        self.goal = Some(goal);
    }

    /// Whether there is a change to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Takes the last change back; false where there is none.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.undo.pop() else { return false };
        self.redo.push((std::mem::replace(&mut self.text, before.0), self.cursor));
        self.go(before.1);
        true
    }

    /// Makes a change again that was taken back; false where there is none.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.redo.pop() else { return false };
        self.undo.push((std::mem::replace(&mut self.text, after.0), self.cursor));
        self.go(after.1);
        true
    }

    fn remember(&mut self) {
        self.undo.push((self.text.clone(), self.cursor));
        self.redo.clear();
    }

    fn delete(&mut self, from: usize, to: usize) {
        if from == to {
            return;
        }
        self.remember();
        self.text.replace_range(from..to, "");
        self.go(self.boundary_from(from));
    }

    fn go(&mut self, to: usize) {
        self.cursor = to;
        self.goal = None;
        self.typing = false;
    }

    /// The first grapheme boundary at or after `at`.
    fn boundary_from(&self, at: usize) -> usize {
        let mut starts = self.text.grapheme_indices(true).map(|(start, _)| start);
        starts.find(|&start| start >= at).unwrap_or(self.text.len())
    }

    fn previous(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn next(&self) -> usize {
        let after = self.text[self.cursor..].graphemes(true).next();
        self.cursor + after.map_or(0, str::len)
    }

    fn word_left(&self) -> usize {
        let before = self.text[..self.cursor].trim_end();
        before.char_indices().rfind(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8())
    }

    fn line_start(&self) -> usize {
        self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        self.text[self.cursor..].find('\n').map_or(self.text.len(), |at| self.cursor + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_cursor_steps_over_whole_graphemes() {
        let mut buffer = Buffer::new("a👩\u{200d}🚒é");
        buffer.left();
        buffer.left();
        assert_eq!(buffer.cursor(), 1);
        buffer.delete_forward();
        assert_eq!(buffer.text(), "aé");
        buffer.right();
        buffer.backspace();
        assert_eq!(buffer.text(), "a");
    }

    #[test]
    fn going_down_keeps_the_column_over_short_rows() {
        let mut buffer = Buffer::new("12345678\n12\n12345678");
        buffer.by_rows(-1, 20);
        assert_eq!(buffer.position(20), (1, 2));
        buffer.by_rows(-1, 20);
        assert_eq!(buffer.position(20), (0, 8));
        buffer.by_rows(-1, 20);
        assert_eq!(buffer.position(20), (0, 0));
    }

    #[test]
    fn a_typed_word_is_one_undo_step_and_a_paste_another() {
        let mut buffer = Buffer::new("");
        for c in ["o", "n", "e", " ", "t", "w", "o"] {
            buffer.insert(c);
        }
        buffer.insert(" and three");
        let mut seen = vec![buffer.text().to_owned()];
        while buffer.undo() {
            seen.push(buffer.text().to_owned());
        }
        assert_eq!(seen, ["one two and three", "one two", "one ", ""]);
        while buffer.redo() {}
        assert_eq!(buffer.text(), "one two and three");
    }

    #[test]
    fn words_and_lines_are_deleted_whole() {
        let mut buffer = Buffer::new("first line\nsecond line");
        buffer.delete_word();
        assert_eq!(buffer.text(), "first line\nsecond ");
        buffer.delete_to_line_start();
        assert_eq!(buffer.text(), "first line\n");
        buffer.by_rows(-1, 40);
        buffer.delete_to_line_end();
        assert_eq!(buffer.text(), "\n");
    }

    proptest! {
        #[test]
        fn whatever_is_pressed_the_cursor_stays_on_a_boundary_and_undo_leads_back(
            text in "[a-z é你\u{301}\n👩]{0,20}", keys in proptest::collection::vec(0u8..12, 0..40)
        ) {
            let mut buffer = Buffer::new(&text);
            for key in keys {
                match key {
                    0 => buffer.left(),
                    1 => buffer.right(),
                    2 => buffer.by_rows(-1, 7),
                    3 => buffer.by_rows(1, 7),
                    4 => buffer.backspace(),
                    5 => buffer.delete_forward(),
                    6 => buffer.delete_word(),
                    7 => buffer.insert("x"),
                    8 => buffer.insert("\u{301}"),
                    9 => buffer.home(),
                    10 => buffer.on_a_word(),
                    _ => buffer.insert("你 好"),
                }
                let at = buffer.cursor();
                let boundary = at == buffer.text().len()
                    || buffer.text().grapheme_indices(true).any(|(start, _)| start == at);
                prop_assert!(boundary, "{:?} at {}", buffer.text(), at);
            }
            while buffer.undo() {}
            prop_assert_eq!(buffer.text(), text);
        }
    }
}
