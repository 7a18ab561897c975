//! The animatic: the shot as it moves, the line spoken, the timecode.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span, Text};

use super::canvas::Canvas;
use super::panel::{self, Of};
use super::theme::Scope;
use crate::app::animatic::{Animatic, Loop, line_at, timecode};
use crate::app::camera::crop;
use crate::app::model::Desk;
use crate::app::wrap::{fit, width};
use crate::board::aspect;
use crate::words;

pub(super) fn view(desk: &Desk, animatic: &Animatic, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let board = &desk.board;
    let title = match board.title.as_str() {
        "" => canvas.text(words::animatic_title()),
        title => format!("{title} · {}", canvas.text(words::animatic_title())),
    };
    let inner = canvas.titled(&title, area);
    let Some((scene, shown)) = animatic.shown(board) else {
        let words = canvas.text(words::sheet_empty());
        return canvas.lines(words, inner);
    };
    let [head, picture, line, bar, times] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(3),
        Constraint::Length(2),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(inner);
    let columns = usize::from(inner.width);
    let mut heading = format!("{}  {}", scene.number, scene.current_heading());
    let ratio = aspect::ratio(&board.aspect).unwrap_or(16.0 / 9.0);
    let place = panel::fitted(picture, ratio);
    let mut spoken = Vec::new();
    let mut silent = match scene.leading_take() {
        Some(take) if !take.action.is_empty() => take.action.as_str(),
        _ => scene.brief.as_str(),
    };
    match shown {
        Some((take, shot)) => {
            let of = Of { board, scene, take, shot };
            let seen = crop(shot.camera, animatic.share(board));
            panel::view(of, seen, Scope::Border, canvas, place);
            // The next shot's picture is there when its time comes.
            if let Some((scene, Some((take, shot)))) = animatic.next(board).and_then(|next| next.shown(board)) {
                panel::ahead(Of { board, scene, take, shot }, crop(shot.camera, 0.0), canvas, place);
            }
            heading += &format!("  ·  {}.{} {} {}", scene.number, animatic.at.shot + 1, shot.size, shot.camera);
            silent = &shot.description;
        }
        None => {
            panel::empty(&canvas.text(panel::lacking(scene)), Scope::Border, canvas, place);
        }
    }
    // A scene whose take has no shots yet is heard all the same.
    match line_at(scene, animatic.into_scene(scene)) {
        Some(speech) => {
            let words = fit(&speech.line.replace('\n', " "), columns);
            spoken.push(Line::from(canvas.span(speech.speaker.to_string(), Scope::Speaker)).centered());
            spoken.push(Line::raw(words).centered());
        }
        None => {
            let words = fit(&silent.replace('\n', " "), columns);
            spoken.push(Line::from(canvas.span(words, Scope::Quiet)).centered());
        }
    }
    canvas.lines(Line::from(canvas.span(fit(&heading, columns), Scope::Shot)), head);
    canvas.draw(Text::from(spoken), line);
    let (at, all) = animatic.into_board(board);
    let done = if all > 0.0 { ((at / all).clamp(0.0, 1.0) * columns as f32) as usize } else { 0 };
    let rule = Line::from(vec![
        canvas.span("━".repeat(done), Scope::Progress),
        canvas.span("─".repeat(columns.saturating_sub(done)), Scope::Border),
    ]);
    canvas.lines(rule, bar);
    status(animatic, at, all, board.fps, canvas, times);
}

fn status(animatic: &Animatic, at: f32, all: f32, fps: f32, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let state = canvas.text(if animatic.playing { words::animatic_playing() } else { words::animatic_paused() });
    let again = match animatic.again {
        Loop::Off => String::new(),
        Loop::Scene => format!(" · {}", canvas.text(words::animatic_loop_scene())),
        Loop::Board => format!(" · {}", canvas.text(words::animatic_loop_board())),
    };
    let rate = match animatic.rate() {
        Some(rate) => format!(" · {}", canvas.text(words::animatic_rate(rate.round()))),
        None => String::new(),
    };
    let left = format!("{} {state} · {}×{again}{rate}", if animatic.playing { "▶" } else { "‖" }, animatic.speed);
    let right = format!("{} / {}", timecode(at, fps), timecode(all, fps));
    let columns = usize::from(area.width);
    let left = fit(&left, columns.saturating_sub(width(&right) + 1));
    let gap = " ".repeat(columns.saturating_sub(width(&left) + width(&right)));
    let line = Line::from(vec![canvas.span(left, Scope::Status), Span::raw(gap), canvas.span(right, Scope::Time)]);
    canvas.lines(line, area);
}
