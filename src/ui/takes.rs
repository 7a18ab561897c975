//! The strip of takes: which there are, which is picked, which is shown, how each begins.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::theme::Scope;
use crate::app::difference::{gist, share};
use crate::app::model::Model;
use crate::app::seen::Pointed;
use crate::app::wrap::{fit, width};
use crate::board::{Chooser, Chosen, Take};
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
    let shown = all.get(desk.at.take).and_then(|(take, _)| *take);
    let mut lines = Vec::with_capacity(rows);
    for (at, (take, growing)) in all.iter().enumerate().skip(first).take(rows) {
        let picked = take.is_some_and(|take| !growing && scene.picked == Some(take.id));
        let (mark, scope) = match (picked, growing) {
            (true, _) => ("✓", Scope::Picked),
            (false, true) => ("…", Scope::Growing),
            (false, false) => (" ", Scope::Quiet),
        };
        // What all takes begin with says nothing: each is told from where it differs from the one shown.
        let told = take.map(|take| match shown.filter(|shown| shown.id != take.id && !growing) {
            Some(shown) => gist(shown, take),
            None => (take.action.as_str(), false),
        });
        let (words, cut) = told.unwrap_or_default();
        let gist = format!("{}{}", if cut { "…" } else { "" }, words.replace('\n', " "));
        let sums = take.filter(|_| columns >= 50).map(|take| sums(take, shown.filter(|_| !growing), canvas));
        let sums = sums.unwrap_or_default();
        let room = columns.saturating_sub(7 + width(&sums));
        let cursor = if at == desk.at.take { "▸" } else { " " };
        let line = Line::from(vec![
            Span::raw(format!("{cursor}{:>2} ", at + 1)),
            canvas.span(format!("{mark} "), scope),
            Span::raw(fit(&gist, room)),
            Span::raw(" ".repeat(room.saturating_sub(width(&fit(&gist, room))))),
            canvas.span(sums, Scope::Time),
        ]);
        lines.push(if at == desk.at.take { canvas.under_cursor(line) } else { line });
        canvas.spot(super::row_of(inner, at - first), Pointed::Take(at));
    }
    canvas.lines(lines, inner);
    canvas.hidden(first, all.len().saturating_sub(first + rows), area);
    canvas.spot(inner, Pointed::Scrolls("take.previous", "take.next"));
}

/// The place that taste gave a take among those written with it; `?` where it was shown to learn from it. The order of
/// sampling is no opinion and is not shown.
fn place(take: &Take) -> String {
    let mark = |chosen: &Chosen| match chosen.by {
        Chooser::Taste => Some("№"),
        Chooser::Exploration => Some("?"),
        Chooser::Order => None,
    };
    let placed = take.provenance.chosen.and_then(|chosen| Some(format!(" {}{}", mark(&chosen)?, chosen.place)));
    placed.unwrap_or_default()
}

/// Shots and seconds of a take, and how much of it differs from the one shown.
fn sums(take: &Take, shown: Option<&Take>, canvas: &Canvas<'_, '_>) -> String {
    let differs = shown.filter(|shown| shown.id != take.id).map(|shown| (share(shown, take) * 100.0).round());
    let differs = differs.map(|percent| format!(" · {}", canvas.text(words::compare_differs(percent))));
    format!("{} {}× {:.0}s{}", place(take), take.shots.len(), take.seconds().get(), differs.unwrap_or_default())
}
