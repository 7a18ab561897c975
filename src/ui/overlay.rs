//! What lies over the screen: help, reasons, texts to choose from, the editor, a board somebody else holds.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};

use super::theme::Theme;
use crate::app::action::ACTIONS;
use crate::app::editing::{columns, targets};
use crate::app::judging::REASONS;
use crate::app::model::{Editor, Model, Overlay};
use crate::app::wrap::rows;

pub(super) fn view(model: &Model, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    match &model.overlay {
        Overlay::None => {}
        Overlay::Help(scrolled) => help(*scrolled, frame, area, theme),
        Overlay::Reasons => {
            let list = REASONS.iter().enumerate().map(|(at, reason)| choice(at, reason, theme));
            popup("Reject, because", list.collect(), frame, area, theme);
        }
        Overlay::Fields => {
            let list = targets(model).into_iter().take(9).enumerate();
            let list = list.map(|(at, target)| choice(at, &target.name(), theme));
            popup("Edit", list.collect(), frame, area, theme);
        }
        Overlay::Editor(editor) => self::editor(model, editor, frame, area, theme),
        Overlay::Held { path, holder } => {
            let path = crate::board::Line::clipped(&path.to_string_lossy(), 120);
            let words = vec![
                Line::raw(path.to_string()),
                Line::raw(format!("is open elsewhere: {holder}")),
                Line::default(),
                Line::raw("v  look at it without changing it"),
                Line::raw("c  work on a copy beside it"),
                Line::raw("q  leave"),
            ];
            popup("This board is held", words, frame, area, theme);
        }
    }
}

fn choice<'a>(at: usize, words: &str, theme: &Theme) -> Line<'a> {
    Line::from(vec![Span::styled(format!("{} ", at + 1), theme.key), Span::raw(words.to_owned())])
}

fn help(scrolled: u16, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let lines: Vec<Line<'_>> = ACTIONS
        .iter()
        .map(|action| {
            let keys = action.keys.join(" ");
            Line::from(vec![Span::styled(format!("{keys:<16}"), theme.key), Span::raw(action.description)])
        })
        .collect();
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let inner = boxed("Keys", 70, rows, frame, area, theme);
    let last = rows.saturating_sub(inner.height);
    frame.render_widget(Paragraph::new(lines).scroll((scrolled.min(last), 0)), inner);
}

fn popup(title: &str, lines: Vec<Line<'_>>, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let wide = lines.iter().map(Line::width).max().unwrap_or(0).max(title.len() + 4);
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let inner = boxed(title, u16::try_from(wide).unwrap_or(u16::MAX), rows, frame, area, theme);
    frame.render_widget(Paragraph::new(lines).wrap(ratatui::widgets::Wrap { trim: false }), inner);
}

/// A box in the middle of the screen for so many columns and rows; answers its inside.
fn boxed(title: &str, columns: u16, rows: u16, frame: &mut Frame<'_>, area: Rect, theme: &Theme) -> Rect {
    let width = columns.saturating_add(4).min(area.width);
    let height = rows.saturating_add(2).min(area.height.saturating_sub(2));
    let place = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + area.height.saturating_sub(2).saturating_sub(height) / 2,
        width,
        height,
    };
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.quiet)
        .title(Span::styled(format!(" {title} "), theme.title))
        .padding(ratatui::widgets::Padding::horizontal(1));
    let inner = block.inner(place);
    frame.render_widget(Clear, place);
    frame.render_widget(block, place);
    inner
}

fn editor(model: &Model, editor: &Editor, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let columns = columns(model.size);
    let text = editor.buffer.text();
    let wrapped = rows(text, columns);
    let (row, column) = editor.buffer.position(columns);
    let wanted = u16::try_from(wrapped.len().max(if editor.target.is_line() { 1 } else { 5 })).unwrap_or(u16::MAX);
    let title =
        if editor.asking { "Keep the changes?".to_owned() } else { format!("Edit the {}", editor.target.name()) };
    let inner = boxed(&title, u16::try_from(columns).unwrap_or(u16::MAX), wanted, frame, area, theme);
    let height = usize::from(inner.height);
    let first = super::first_row(row, height, wrapped.len());
    let lines = wrapped
        .iter()
        .skip(first)
        .take(height)
        .map(|range| Line::raw(text.get(range.clone()).unwrap_or_default().trim_end_matches('\n').to_owned()));
    frame.render_widget(Paragraph::new(lines.collect::<Vec<_>>()), inner);
    let x = inner.x + u16::try_from(column).unwrap_or(0).min(inner.width.saturating_sub(1));
    let y = inner.y + u16::try_from(row.saturating_sub(first)).unwrap_or(0).min(inner.height.saturating_sub(1));
    frame.set_cursor_position(Position { x, y });
}
