//! The list of scenes: number, mark, heading, takes, seconds.

use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::theme::Scope;
use crate::app::list::{self, Row, Rows};
use crate::app::model::{Desk, Model, Overlay};
use crate::app::seen::Pointed;
use crate::app::wrap::{fit, width};
use crate::board::Scene;
use crate::words;

pub(super) fn view(model: &Model, desk: &Desk, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let title = &desk.board.title;
    let title = if title.is_empty() { canvas.text(words::scenes_title()) } else { title.to_string() };
    let inner = canvas.titled(&title, area);
    let scenes = &desk.board.scenes;
    if scenes.is_empty() {
        let words = canvas.text(words::scenes_none(canvas.way_to("scene.add")));
        return canvas.lines(words, inner);
    }
    let list = list::rows(desk);
    let inner = narrowed(model, desk, &list, canvas, inner);
    let rows = usize::from(inner.height);
    let cursor = list.of_scene(desk.at.scene);
    let first = super::first_row(cursor, rows, list.len());
    let columns = usize::from(inner.width);
    let mut lines = Vec::with_capacity(rows);
    for at in first..list.len().min(first + rows) {
        let Some(of) = list.get(at) else { break };
        let line = match of {
            Row::Scene(scene) => row(&scenes[scene], desk.list.chosen.contains(&scenes[scene].id), columns, canvas),
            Row::Sequence(scene) => sequence(desk, scene, columns, canvas),
        };
        lines.push(if at == cursor { canvas.under_cursor(line) } else { line });
        let (Row::Scene(scene) | Row::Sequence(scene)) = of;
        canvas.spot(super::row_of(inner, at - first), Pointed::Scene(scene));
    }
    canvas.lines(lines, inner);
    canvas.hidden(first, list.len().saturating_sub(first + rows), area);
    canvas.spot(inner, Pointed::Scrolls("scene.previous", "scene.next"));
}

/// The row of the filter above the list where there is one; answers the place below it.
fn narrowed(model: &Model, desk: &Desk, rows: &Rows, canvas: &mut Canvas<'_, '_>, area: Rect) -> Rect {
    let typing = matches!(model.overlay, Overlay::Filter(_));
    if (desk.list.filter.is_empty() && !typing) || area.height < 2 {
        return area;
    }
    let found = canvas.text(words::filter_matches(desk.board.scenes.len(), rows.len()));
    let room = usize::from(area.width).saturating_sub(width(&found) + 3);
    let words = fit(&desk.list.filter, room);
    let gap = " ".repeat(room.saturating_sub(width(&words)));
    let line = Line::from(vec![
        canvas.span("/", Scope::Key),
        canvas.span(words.clone(), Scope::Match),
        Span::raw(format!("{gap} ")),
        canvas.span(found, Scope::Quiet),
    ]);
    canvas.lines(line, Rect { height: 1, ..area });
    if typing {
        let x = area.x + u16::try_from(width(&words) + 1).unwrap_or(0).min(area.width.saturating_sub(1));
        canvas.cursor(Position { x, y: area.y });
    }
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}

/// The row of a sequence: its name, and what it sums up to.
fn sequence<'a>(desk: &Desk, first: usize, columns: usize, canvas: &Canvas<'_, '_>) -> Line<'a> {
    let scenes = &desk.board.scenes;
    let range = desk.board.sequence_of(first);
    let folded = desk.list.folded.contains(&scenes[first].id);
    let seconds: f32 = scenes[range.clone()].iter().map(crate::app::animatic::seconds_of).sum();
    let sums = canvas.text(words::sequence_sums(range.len(), seconds.round()));
    let name = scenes[first].sequence.as_ref().map_or("", |name| name.as_str());
    let room = columns.saturating_sub(width(&sums) + 3);
    let name = fit(name, room);
    let gap = " ".repeat(room.saturating_sub(width(&name)));
    Line::from(vec![
        canvas.span(format!("{} ", if folded { "▸" } else { "▾" }), Scope::Key),
        canvas.span(name, Scope::Title),
        Span::raw(gap),
        canvas.span(format!(" {sums}"), Scope::Quiet),
    ])
}

fn row<'a>(scene: &Scene, chosen: bool, columns: usize, canvas: &Canvas<'_, '_>) -> Line<'a> {
    let (mark, scope) = match (scene.picked_take(), scene.takes.len()) {
        (Some(_), _) => ("✓", Scope::Picked),
        (None, 0) => ("·", Scope::Quiet),
        (None, _) => ("?", Scope::Undecided),
    };
    let seconds = crate::app::animatic::seconds_of(scene);
    let right = match scene.takes.len() {
        0 => format!(" {seconds:>3.0}s"),
        takes => format!(" {takes}× {seconds:>3.0}s"),
    };
    let number = fit(&scene.number, 5);
    let heading = if scene.current_heading().is_empty() { scene.brief.as_str() } else { scene.current_heading() };
    let heading = heading.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let room = columns.saturating_sub(width(&right) + 8);
    let heading = match heading {
        "" => fit(&canvas.text(words::scenes_no_brief()), room),
        heading => fit(heading, room),
    };
    let gap = " ".repeat(room.saturating_sub(width(&heading)));
    let pad = " ".repeat(5_usize.saturating_sub(width(&number)));
    let number = match chosen {
        true => canvas.span(format!("{pad}{number}●"), Scope::Selected),
        false => Span::raw(format!("{pad}{number} ")),
    };
    Line::from(vec![
        number,
        canvas.span(format!("{mark} "), scope),
        Span::raw(heading),
        Span::raw(gap),
        canvas.span(right, Scope::Quiet),
    ])
}
