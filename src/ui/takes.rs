//! The strip of takes: which there are, which is picked, which is shown, how each begins.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::theme::Theme;
use crate::app::model::Model;
use crate::app::wrap::fit;
use crate::board::Take;

/// The most takes listed at once.
const MOST: usize = 8;

/// The rows it takes, its title among them.
pub(super) fn height(model: &Model) -> u16 {
    let whole = model.desk().and_then(|desk| desk.scene()).map_or(0, |scene| scene.takes.len());
    let takes = (whole + model.growing().len()).min(MOST);
    if takes == 0 { 0 } else { u16::try_from(takes + 1).unwrap_or(u16::MAX) }
}

pub(super) fn view(model: &Model, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let Some((desk, scene)) = model.desk().and_then(|desk| Some((desk, desk.scene()?))) else { return };
    if area.height == 0 {
        return;
    }
    let block = super::titled("Takes", area.width, theme);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let whole = scene.takes.iter().map(|take| (Some(take), false));
    let growing = model.growing().iter().map(|take| (take.as_ref(), true));
    let all: Vec<(Option<&Take>, bool)> = whole.chain(growing).collect();
    let rows = usize::from(inner.height);
    let first = super::first_row(desk.at.take, rows, all.len());
    let columns = usize::from(inner.width);
    let lines = all.iter().enumerate().skip(first).take(rows).map(|(at, (take, growing))| {
        let picked = take.is_some_and(|take| !growing && scene.picked == Some(take.id));
        let (mark, style) = match (picked, growing) {
            (true, _) => ("✓", theme.picked),
            (false, true) => ("…", theme.growing),
            (false, false) => (" ", theme.quiet),
        };
        let gist = take.map(|take| take.action.replace('\n', " ")).unwrap_or_default();
        let cursor = if at == desk.at.take { "▸" } else { " " };
        let line = Line::from(vec![
            Span::raw(format!("{cursor}{:>2} ", at + 1)),
            Span::styled(format!("{mark} "), style),
            Span::raw(fit(&gist, columns.saturating_sub(7))),
        ]);
        if at == desk.at.take { line.patch_style(theme.chosen) } else { line }
    });
    frame.render_widget(Paragraph::new(lines.collect::<Vec<_>>()), inner);
}
