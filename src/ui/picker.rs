//! Boards to choose from.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::theme::Theme;
use crate::app::model::Picker;
use crate::app::wrap::fit;

pub(super) fn view(picker: &Picker, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let block = super::titled("Boards", area.width, theme);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let Some(boards) = &picker.boards else {
        return frame.render_widget(Paragraph::new("looking for boards …"), inner);
    };
    if boards.is_empty() {
        let words = "There is no board here yet.\n\nLeave with q and make one:\n  slateboard new my-film.yaml";
        return frame.render_widget(Paragraph::new(words), inner);
    }
    let rows = usize::from(inner.height);
    let first = super::first_row(picker.at, rows, boards.len());
    let lines = boards.iter().enumerate().skip(first).take(rows).map(|(at, path)| {
        let path = crate::board::Line::clipped(&path.to_string_lossy(), 400);
        let mark = if at == picker.at { "▸" } else { " " };
        let words = fit(&format!("{mark} {path}"), usize::from(inner.width));
        if at == picker.at { Line::styled(words, theme.chosen) } else { Line::raw(words) }
    });
    frame.render_widget(Paragraph::new(lines.collect::<Vec<_>>()), inner);
}
