//! Two takes side by side, in each marked what the other has not.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::canvas::Canvas;
use super::marked::Marks;
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
    let at = compare.left_at(scene).unwrap_or_default();
    let (left, right) = (scene.takes.get(at), scene.takes.get(desk.at.take));
    let differs = left.zip(right).map(|(left, right)| (share(left, right) * 100.0).round());
    let against = |other: Option<&'_ Take>, take: &Take| other.is_some_and(|other| other.id != take.id);
    let old = Side { scene, at, marks: Marks::OfOld, differs: None };
    let beyond =
        left.map(|take| old.view(take, right.filter(|_| against(right, take)), compare.scroll, canvas, places[0]));
    let new = Side { scene, at: desk.at.take, marks: Marks::OfNew, differs };
    let more =
        right.map(|take| new.view(take, left.filter(|_| against(left, take)), compare.scroll, canvas, places[1]));
    let (beyond, more) = (beyond.unwrap_or_default(), more.unwrap_or_default());
    canvas.beyond(beyond.max(more));
    canvas.spot(area, Pointed::Scrolls("compare.scroll-up", "compare.scroll-down"));
}

/// One of the two.
struct Side<'a> {
    scene: &'a Scene,
    /// Which take of the scene it is.
    at: usize,
    marks: Marks,
    /// How much of it differs, in percent, where that is said.
    differs: Option<f32>,
}

impl Side<'_> {
    /// Draws it; answers how many of its rows lie below what fits.
    fn view(&self, take: &Take, other: Option<&Take>, scroll: u16, canvas: &mut Canvas<'_, '_>, area: Rect) -> u16 {
        let mut title = format!("{} · {}", self.scene.number, canvas.text(words::compare_title(self.at + 1)));
        if self.scene.picked == Some(take.id) {
            title.push_str(" ✓");
        }
        if let Some(percent) = self.differs {
            title.push_str(&format!(" · {}", canvas.text(words::compare_differs(percent))));
        }
        let inner = canvas.titled(&title, area);
        let lines = super::stage::take_lines(take, other, self.marks, inner.width.into(), canvas);
        let all = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let scroll = scroll.min(all.saturating_sub(inner.height));
        let shown: Vec<Line<'_>> = lines.into_iter().skip(scroll.into()).take(inner.height.into()).collect();
        canvas.lines(shown, inner);
        let below = all.saturating_sub(scroll + inner.height);
        canvas.hidden(scroll.into(), below.into(), area);
        below
    }
}
