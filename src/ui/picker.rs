//! Boards to choose from.

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::canvas::Canvas;
use super::theme::Scope;
use crate::app::model::Picker;
use crate::app::seen::Pointed;
use crate::app::wrap::fit;
use crate::words;

pub(super) fn view(picker: &Picker, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let title = canvas.text(words::boards_title());
    let inner = canvas.titled(&title, area);
    let Some(boards) = &picker.boards else {
        let words = canvas.text(words::boards_looking());
        return canvas.draw(Paragraph::new(words), inner);
    };
    if boards.is_empty() {
        let words = canvas.text(words::boards_none());
        return canvas.draw(Paragraph::new(words), inner);
    }
    let rows = usize::from(inner.height);
    let first = super::first_row(picker.at, rows, boards.len());
    let mut lines = Vec::with_capacity(rows);
    for (at, path) in boards.iter().enumerate().skip(first).take(rows) {
        let path = crate::board::Line::clipped(&path.to_string_lossy(), 400);
        let mark = if at == picker.at { "▸" } else { " " };
        let words = fit(&format!("{mark} {path}"), usize::from(inner.width));
        lines.push(if at == picker.at { Line::styled(words, canvas.style(Scope::Cursor)) } else { Line::raw(words) });
        canvas.spot(super::row_of(inner, at - first), Pointed::Board(at));
    }
    canvas.draw(Paragraph::new(lines), inner);
}
