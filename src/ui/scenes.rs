//! The list of scenes: number, mark, heading, takes, seconds.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::theme::Theme;
use crate::app::model::Desk;
use crate::app::wrap::{fit, width};
use crate::board::Scene;

pub(super) fn view(desk: &Desk, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let title = if desk.board.title.is_empty() { "Scenes" } else { desk.board.title.as_str() };
    let block = super::titled(title, area.width, theme);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let scenes = &desk.board.scenes;
    if scenes.is_empty() {
        return frame.render_widget(Paragraph::new("No scene yet: o adds one."), inner);
    }
    let rows = usize::from(inner.height);
    let first = super::first_row(desk.at.scene, rows, scenes.len());
    let columns = usize::from(inner.width);
    let lines = scenes.iter().enumerate().skip(first).take(rows).map(|(at, scene)| {
        let line = row(scene, columns, theme);
        if at == desk.at.scene { line.patch_style(theme.chosen) } else { line }
    });
    frame.render_widget(Paragraph::new(lines.collect::<Vec<_>>()), inner);
}

fn row<'a>(scene: &Scene, columns: usize, theme: &Theme) -> Line<'a> {
    let (mark, style) = match (scene.picked_take(), scene.takes.len()) {
        (Some(_), _) => ("✓", theme.picked),
        (None, 0) => ("·", theme.quiet),
        (None, _) => ("?", theme.growing),
    };
    let seconds = scene.leading_take().map_or(scene.target(), |take| take.seconds());
    let right = match scene.takes.len() {
        0 => format!(" {:>3.0}s", seconds.get()),
        takes => format!(" {takes}× {:>3.0}s", seconds.get()),
    };
    let number = fit(&scene.number, 5);
    let heading = if scene.current_heading().is_empty() { scene.brief.as_str() } else { scene.current_heading() };
    let heading = heading.lines().next().unwrap_or_default();
    let room = columns.saturating_sub(width(&right) + 8);
    let heading = fit(if heading.is_empty() { "(no brief yet)" } else { heading }, room);
    let gap = " ".repeat(room.saturating_sub(width(&heading)));
    let number = format!("{}{number} ", " ".repeat(5_usize.saturating_sub(width(&number))));
    Line::from(vec![
        Span::raw(number),
        Span::styled(format!("{mark} "), style),
        Span::raw(heading),
        Span::raw(gap),
        Span::styled(right, theme.quiet),
    ])
}
