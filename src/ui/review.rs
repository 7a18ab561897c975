//! The review session: one take and nothing else, what is left, and the reasons on their digits.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::theme::Scope;
use crate::app::judging::{reason_name, reasons};
use crate::app::model::Model;
use crate::app::review::{Review, Scope as Reviewed, is_waiting};
use crate::app::seen::Pointed;
use crate::app::wrap::{fit, width};
use crate::board::Verdict;
use crate::words::{self, Phrase};

/// Lines longer than this are tiring to read.
const MEASURE: usize = 96;
/// From this width on the reasons stand beside the take.
const BESIDE: u16 = 90;

pub(super) fn view(model: &Model, review: &Review, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let title = canvas.text(match review.scope {
        Reviewed::Undecided => words::review_title_undecided(),
        Reviewed::Sequence => words::review_title_sequence(),
        Reviewed::Chosen => words::review_title_chosen(),
        Reviewed::Everything => words::review_title_all(),
    });
    let inner = canvas.titled(&title, area);
    if review.ended {
        return summary(model, review, canvas, inner);
    }
    let [bar, rest] = Layout::vertical([Constraint::Length(2), Constraint::Min(1)]).areas(inner);
    progress(review, canvas, bar);
    let count = reasons(model);
    if rest.width >= BESIDE {
        let [take, side] = Layout::horizontal([Constraint::Min(40), Constraint::Length(28)]).spacing(2).areas(rest);
        let lines: Vec<Line<'_>> = (0..count).map(|at| reason(model, at, 28, canvas)).collect();
        canvas.lines(lines, side);
        for at in 0..count {
            canvas.spot(super::row_of(side, at), Pointed::Nth("review.reason", at + 1));
        }
        stage(model, review, canvas, take, area);
        return;
    }
    // Three columns of reasons below the take, where a third of the screen is enough for them.
    let rows = u16::try_from(count.div_ceil(3)).unwrap_or(1).min(rest.height / 3);
    let [take, below] = Layout::vertical([Constraint::Min(1), Constraint::Length(rows)]).areas(rest);
    let columns = usize::from(below.width) / 3;
    let row = |row: usize| {
        let cells = (0..3).filter_map(|column| {
            let at = column * usize::from(rows) + row;
            (at < count).then(|| reason(model, at, columns, canvas).spans)
        });
        Line::from(cells.flatten().collect::<Vec<_>>())
    };
    let lines: Vec<Line<'_>> = (0..usize::from(rows)).map(row).collect();
    canvas.lines(lines, below);
    stage(model, review, canvas, take, area);
}

fn reason<'a>(model: &Model, at: usize, columns: usize, canvas: &Canvas<'_, '_>) -> Line<'a> {
    let keys = canvas.nth("review.reason", at + 1);
    let words = fit(&canvas.text(reason_name(model, at)), columns.saturating_sub(width(&keys) + 3));
    let gap = " ".repeat(columns.saturating_sub(width(&words) + width(&keys) + 1));
    Line::from(vec![canvas.span(format!("{keys} "), Scope::Key), Span::raw(format!("{words}{gap}"))])
}

/// How far the session is, in words and as a bar.
fn progress(review: &Review, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let columns = usize::from(area.width);
    let all = review.queue.len();
    let mut said = vec![canvas.text(words::review_place(all, review.at + 1)), canvas.text(counts(review))];
    if let (Some(pace), Some(left)) = (review.pace(), review.minutes_left()) {
        said.push(canvas.text(words::review_pace(pace.round())));
        said.push(canvas.text(match left {
            short if short <= 1.0 => words::review_seconds_left((short * 60.0).ceil()),
            long => words::review_time_left(long.ceil()),
        }));
    }
    let done = columns * review.at.min(all) / all.max(1);
    let bar = Line::from(vec![
        canvas.span("━".repeat(done), Scope::Progress),
        canvas.span("─".repeat(columns.saturating_sub(done)), Scope::Border),
    ]);
    canvas.lines(vec![Line::from(canvas.span(fit(&said.join(" · "), columns), Scope::Status)), bar], area);
}

fn counts(review: &Review) -> Phrase {
    words::review_counts(review.count(Verdict::Accept), review.count(Verdict::Reject), review.skipped.len())
}

/// The take under review, in a part of the view at `whole`.
fn stage(model: &Model, review: &Review, canvas: &mut Canvas<'_, '_>, area: Rect, whole: Rect) {
    let Some((desk, scene)) = model.desk().and_then(|desk| Some((desk, desk.scene()?))) else { return };
    let columns = usize::from(area.width).min(MEASURE);
    let proposed = model.whole_take().and_then(|take| take.heading.as_ref());
    let heading = format!("{}  {}", scene.number, proposed.unwrap_or(scene.current_heading()));
    let is_picked = model.whole_take().is_some_and(|take| scene.picked == Some(take.id));
    let picked = match scene.picked_take() {
        Some(_) if is_picked => format!("  ✓ {}", canvas.text(words::review_picked())),
        Some(_) => format!("  {}", canvas.text(words::review_other_picked())),
        None => String::new(),
    };
    let heading = fit(&heading, columns.saturating_sub(width(&picked)));
    let mut lines = vec![Line::from(vec![
        canvas.span(heading, Scope::Title),
        canvas.span(picked, if is_picked { Scope::Picked } else { Scope::Quiet }),
    ])];
    if let Some(note) = &review.note {
        let words = canvas.text(words::review_noted(note.as_str()));
        lines.push(Line::from(canvas.span(fit(&words, columns), Scope::Match)));
    }
    let pictured = model.whole_take().map(|take| (&desk.board, scene, take));
    lines.extend(super::stage::lines(model, scene, desk.against(), pictured, columns, canvas));
    let (above, below) = super::stage::scrolled(lines, desk.at.scroll, 0, canvas, area);
    canvas.hidden(above, below, whole);
    canvas.spot(area, Pointed::Scrolls("review.scroll-up", "review.scroll-down"));
}

/// What the session came to.
fn summary(model: &Model, review: &Review, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let minutes = review.now_ms.saturating_sub(review.began_ms) as f64 / 60_000.0;
    let minutes = format!("{minutes:.1}");
    let plain = |phrase: Phrase| Line::raw(canvas.text(phrase));
    let waiting = is_waiting(model);
    let title = if waiting { words::review_waiting() } else { words::review_over() };
    let mut lines = vec![Line::from(canvas.span(canvas.text(title), Scope::Title)), Line::default()];
    // Before the first verdict there is nothing to sum up.
    if !waiting || review.judged() > 0 {
        lines.extend([plain(words::review_took(review.judged(), minutes)), plain(counts(review))]);
    }
    if review.left() > 0 {
        lines.push(plain(words::review_left_over(review.left())));
    }
    if model.engine.job.is_some() && !waiting {
        lines.push(Line::from(canvas.span(canvas.text(words::review_writing_ahead()), Scope::Growing)));
    }
    let reasons = review.reasons();
    if !reasons.is_empty() {
        lines.push(Line::default());
        lines.push(Line::from(canvas.span(canvas.text(words::review_why()), Scope::Name)));
        lines.extend(reasons.into_iter().map(|(reason, count)| Line::raw(format!("{count:>4}× {reason}"))));
    }
    canvas.lines(lines, area);
}
