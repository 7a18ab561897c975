//! The strip of takes: which there are, which is picked, which is shown, how each begins.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::canvas::Canvas;
use super::theme::Scope;
use crate::app::model::Model;
use crate::app::seen::Pointed;
use crate::app::wrap::fit;
use crate::board::Take;
use crate::words;

/// The most takes listed at once.
const MOST: usize = 8;

/// The rows it takes, its title among them.
pub(super) fn height(model: &Model) -> u16 {
    let whole = model.desk().and_then(|desk| desk.scene()).map_or(0, |scene| scene.takes.len());
    let takes = (whole + model.growing().len()).min(MOST);
    if takes == 0 { 0 } else { u16::try_from(takes + 1).unwrap_or(u16::MAX) }
}

pub(super) fn view(model: &Model, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let Some((desk, scene)) = model.desk().and_then(|desk| Some((desk, desk.scene()?))) else { return };
    if area.height == 0 {
        return;
    }
    let title = canvas.text(words::takes_title());
    let inner = canvas.titled(&title, area);
    let whole = scene.takes.iter().map(|take| (Some(take), false));
    let growing = model.growing().iter().map(|take| (take.as_ref(), true));
    let all: Vec<(Option<&Take>, bool)> = whole.chain(growing).collect();
    let rows = usize::from(inner.height);
    let first = super::first_row(desk.at.take, rows, all.len());
    let columns = usize::from(inner.width);
    let mut lines = Vec::with_capacity(rows);
    for (at, (take, growing)) in all.iter().enumerate().skip(first).take(rows) {
        let picked = take.is_some_and(|take| !growing && scene.picked == Some(take.id));
        let (mark, scope) = match (picked, growing) {
            (true, _) => ("✓", Scope::Picked),
            (false, true) => ("…", Scope::Growing),
            (false, false) => (" ", Scope::Quiet),
        };
        let gist = take.map(|take| take.action.replace('\n', " ")).unwrap_or_default();
        let cursor = if at == desk.at.take { "▸" } else { " " };
        let line = Line::from(vec![
            Span::raw(format!("{cursor}{:>2} ", at + 1)),
            canvas.span(format!("{mark} "), scope),
            Span::raw(fit(&gist, columns.saturating_sub(7))),
        ]);
        lines.push(if at == desk.at.take { line.patch_style(canvas.style(Scope::Cursor)) } else { line });
        canvas.spot(super::row_of(inner, at - first), Pointed::Take(at));
    }
    canvas.draw(Paragraph::new(lines), inner);
    canvas.spot(inner, Pointed::Scrolls("take.previous", "take.next"));
}
