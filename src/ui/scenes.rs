//! The list of scenes: number, mark, heading, takes, seconds.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::canvas::Canvas;
use super::theme::Scope;
use crate::app::model::Desk;
use crate::app::seen::Pointed;
use crate::app::wrap::{fit, width};
use crate::board::Scene;
use crate::words;

pub(super) fn view(desk: &Desk, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let title = &desk.board.title;
    let title = if title.is_empty() { canvas.text(words::scenes_title()) } else { title.to_string() };
    let inner = canvas.titled(&title, area);
    let scenes = &desk.board.scenes;
    if scenes.is_empty() {
        let words = canvas.text(words::scenes_none());
        return canvas.draw(Paragraph::new(words), inner);
    }
    let rows = usize::from(inner.height);
    let first = super::first_row(desk.at.scene, rows, scenes.len());
    let columns = usize::from(inner.width);
    let mut lines = Vec::with_capacity(rows);
    for (at, scene) in scenes.iter().enumerate().skip(first).take(rows) {
        let line = row(scene, columns, canvas);
        lines.push(if at == desk.at.scene { line.patch_style(canvas.style(Scope::Cursor)) } else { line });
        canvas.spot(super::row_of(inner, at - first), Pointed::Scene(at));
    }
    canvas.draw(Paragraph::new(lines), inner);
    canvas.spot(inner, Pointed::Scrolls("scene.previous", "scene.next"));
}

fn row<'a>(scene: &Scene, columns: usize, canvas: &Canvas<'_, '_>) -> Line<'a> {
    let (mark, scope) = match (scene.picked_take(), scene.takes.len()) {
        (Some(_), _) => ("✓", Scope::Picked),
        (None, 0) => ("·", Scope::Quiet),
        (None, _) => ("?", Scope::Undecided),
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
    let heading = match heading {
        "" => fit(&canvas.text(words::scenes_no_brief()), room),
        heading => fit(heading, room),
    };
    let gap = " ".repeat(room.saturating_sub(width(&heading)));
    let number = format!("{}{number} ", " ".repeat(5_usize.saturating_sub(width(&number))));
    Line::from(vec![
        Span::raw(number),
        canvas.span(format!("{mark} "), scope),
        Span::raw(heading),
        Span::raw(gap),
        canvas.span(right, Scope::Quiet),
    ])
}
