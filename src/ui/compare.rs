//! Two takes side by side, what differs marked on the right.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::canvas::Canvas;
use crate::app::compare::Compare;
use crate::app::difference::share;
use crate::app::model::Desk;
use crate::app::seen::Pointed;
use crate::board::{Scene, Take};
use crate::words;

/// From this width on they stand beside each other; below it, one above the other.
const WIDE: u16 = 72;

pub(super) fn view(desk: &Desk, compare: &Compare, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let Some(scene) = desk.scene() else { return };
    let places: [Rect; 2] = if area.width >= WIDE {
        Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).spacing(2).areas(area)
    } else {
        Layout::vertical([Constraint::Fill(1), Constraint::Fill(1)]).areas(area)
    };
    let (left, right) = (scene.takes.get(compare.left), scene.takes.get(desk.at.take));
    let differs = left.zip(right).map(|(left, right)| (share(left, right) * 100.0).round());
    let beyond = side(scene, left.map(|take| (compare.left, take)), None, None, compare.scroll, canvas, places[0]);
    let against = left.filter(|left| right.is_some_and(|right| right.id != left.id));
    let right = right.map(|take| (desk.at.take, take));
    let more = side(scene, right, against, differs, compare.scroll, canvas, places[1]);
    canvas.beyond(beyond.max(more));
    canvas.spot(area, Pointed::Scrolls("compare.scroll-up", "compare.scroll-down"));
}

/// One of the two; answers how many of its rows lie below what fits.
fn side(
    scene: &Scene,
    take: Option<(usize, &Take)>,
    against: Option<&Take>,
    differs: Option<f32>,
    scroll: u16,
    canvas: &mut Canvas<'_, '_>,
    area: Rect,
) -> u16 {
    let Some((at, take)) = take else { return 0 };
    let mut title = format!("{} · {}", scene.number, canvas.text(words::compare_title(at + 1)));
    if scene.picked == Some(take.id) {
        title.push_str(" ✓");
    }
    if let Some(percent) = differs {
        title.push_str(&format!(" · {}", canvas.text(words::compare_differs(percent))));
    }
    let inner = canvas.titled(&title, area);
    let lines = super::stage::take_lines(take, against, inner.width.into(), canvas);
    let all = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let scroll = scroll.min(all.saturating_sub(inner.height));
    let shown: Vec<Line<'_>> = lines.into_iter().skip(scroll.into()).take(inner.height.into()).collect();
    canvas.draw(Paragraph::new(shown), inner);
    all.saturating_sub(scroll + inner.height)
}
