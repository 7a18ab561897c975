//! The stage: the take shown, large. A take being written fills the same places, so nothing jumps when it is whole.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::canvas::Canvas;
use super::marked::{Marked, Marks};
use super::panel::{self, Of};
use super::pictures::Wanted;
use super::theme::Scope;
use crate::app::action::Action;
use crate::app::camera::Crop;
use crate::app::model::Model;
use crate::app::seen::Pointed;
use crate::app::wrap::{fit, rows, width};
use crate::board::text::clean;
use crate::board::{Passage, Scene, Shot, Speech, Storyboard, Take, aspect};
use crate::words;

/// Lines longer than this are tiring to read.
const MEASURE: usize = 96;
/// From this width on the shots stand as panels beside the text.
const BESIDE: u16 = 96;
/// The fewest columns of these panels.
const STRIP: u16 = 34;

pub(super) fn view(model: &Model, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let Some((desk, scene)) = model.desk().and_then(|desk| Some((desk, desk.scene()?))) else {
        let inner = canvas.titled("", area);
        return welcome(canvas, inner);
    };
    let heading = model.take().and_then(|take| take.heading.as_ref()).unwrap_or(scene.current_heading());
    let inner = canvas.titled(&format!("{}  {heading}", scene.number), area);
    let shot_take = model.take().filter(|take| !take.shots.is_empty() && inner.width >= BESIDE);
    let ratio = aspect::ratio(&desk.board.aspect).unwrap_or(16.0 / 9.0);
    let beside = shot_take.map_or(0, |take| strip(inner, take.shots.len(), ratio));
    let text = match shot_take {
        Some(_) => Rect { width: inner.width - beside - 2, ..inner },
        None => inner,
    };
    let columns = usize::from(text.width).min(MEASURE);
    let against = model.whole_take().and_then(|_| desk.against());
    // Pictures stand in the text where there is no room for them beside it.
    let pictured = model.whole_take().filter(|_| shot_take.is_none()).map(|take| (&desk.board, scene, take));
    let lines = lines(model, scene, against, pictured, columns, canvas);
    let strip = Rect { x: text.right() + 2, width: beside, ..inner };
    let out_of_sight = shot_take.map_or(0, |take| take.shots.len().saturating_sub(panels_in(strip, ratio)));
    let rows = out_of_sight * usize::from(panel::rows_for(strip.width, ratio) + 1);
    let (above, below) = scrolled(lines, desk.at.scroll, rows, canvas, text);
    canvas.hidden(above, below, area);
    if let Some(take) = shot_take {
        // The panels follow the text as it is scrolled, and at its end stand at theirs.
        let first = (out_of_sight * above).div_ceil((above + below).max(1));
        panels(&desk.board, scene, take, first, canvas, strip);
    }
    canvas.spot(inner, Pointed::Scrolls("take.scroll-up", "take.scroll-down"));
}

/// How wide the panels beside the text are: two thirds of what a wide screen has to spare, while all of a short take are
/// seen whole, and three of a longer one.
fn strip(inner: Rect, shots: usize, ratio: f32) -> u16 {
    let most = STRIP + (inner.width - BESIDE) * 2 / 3;
    let high = inner.height / shots.clamp(1, 3) as u16;
    (STRIP..=most).rev().find(|&columns| panel::rows_for(columns, ratio) < high).unwrap_or(STRIP)
}

/// What to do with a board that has no scene.
fn welcome(canvas: &mut Canvas<'_, '_>, area: Rect) {
    let mut lines = vec![Line::from(canvas.span(canvas.text(words::stage_no_scene()), Scope::Title)), Line::default()];
    // The first scene comes after no other.
    for id in ["scene.add", "scene.texts", "view.bible", "scene.propose"] {
        let Some(action) = Action::find(id) else { continue };
        let keys = canvas.way_to(id);
        let gap = " ".repeat(6_usize.saturating_sub(width(&keys)));
        lines.push(Line::from(vec![
            Span::raw("  "),
            canvas.span(keys, Scope::Key),
            Span::raw(format!("{gap} {}", canvas.text(if id == "scene.add" { action.name() } else { action.about() }))),
        ]));
    }
    let then = canvas.text(words::stage_no_scene_then(canvas.way_to("take.generate")));
    lines.extend([Line::default(), Line::from(canvas.span(then, Scope::Quiet))]);
    canvas.draw(Paragraph::new(lines).wrap(Wrap { trim: false }), area);
}

/// How many panels a strip has room for, each with the caption below it.
fn panels_in(strip: Rect, ratio: f32) -> usize {
    usize::from(strip.height / (panel::rows_for(strip.width, ratio) + 1))
}

/// The take's shots as panels below each other, from the `first` one on, as many as fit whole. A take that grows changes
/// with every word: its pictures are drawn when it is whole.
fn panels(board: &Storyboard, scene: &Scene, take: &Take, first: usize, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let is_whole = scene.takes.iter().any(|whole| whole.id == take.id);
    let high = panel::rows_for(area.width, aspect::ratio(&board.aspect).unwrap_or(16.0 / 9.0));
    for (n, (at, shot)) in take.shots.iter().enumerate().skip(first).enumerate() {
        let y = u16::try_from(n).unwrap_or(u16::MAX).saturating_mul(high + 1);
        if y.saturating_add(high + 1) > area.height {
            break;
        }
        let place = Rect { y: area.y + y, height: high, ..area };
        if is_whole {
            panel::view(Of { board, scene, take, shot }, Crop::WHOLE, Scope::Border, canvas, place);
        } else {
            panel::planned(shot, Crop::WHOLE, Scope::Border, canvas, place);
        }
        let caption = fit(&format!("{} {} · {}", at + 1, shot.size, shot.seconds), area.width.into());
        let below = Rect { y: place.bottom(), height: 1, ..area };
        canvas.lines(Line::from(canvas.span(caption, Scope::Shot)), below);
    }
}

/// Draws the rows from `scroll` on, which may go so far as there is text, and at least `least` rows; answers how many lie above
/// and below.
pub(super) fn scrolled(
    lines: Vec<Line<'_>>,
    scroll: u16,
    least: usize,
    canvas: &mut Canvas<'_, '_>,
    area: Rect,
) -> (usize, usize) {
    let fits = usize::from(area.height);
    let last = lines.len().saturating_sub(fits);
    let most = last.max(least);
    let above = usize::from(scroll).min(most);
    let visible: Vec<Line<'_>> = lines.into_iter().skip(above.min(last)).take(fits).collect();
    canvas.lines(visible, area);
    canvas.beyond(u16::try_from(most - above).unwrap_or(u16::MAX));
    (above, most - above)
}

/// What the pictures of a take are drawn from.
pub(super) type Pictured<'a> = (&'a Storyboard, &'a Scene, &'a Take);

/// The scene's brief and the take shown, as rows.
pub(super) fn lines<'a>(
    model: &Model,
    scene: &Scene,
    against: Option<&Take>,
    pictured: Option<Pictured<'_>>,
    columns: usize,
    canvas: &Canvas<'_, '_>,
) -> Vec<Line<'a>> {
    let mut page = Page { lines: Vec::new(), columns, pictured, marks: Marks::Together, canvas };
    match scene.brief.as_str() {
        "" => page.text(&canvas.text(words::stage_no_brief(canvas.way_to("scene.brief"))), 0, Scope::Quiet),
        brief => page.text(brief, 0, Scope::Brief),
    }
    for note in scene.notes() {
        page.text(&clean(&format!("✎ {note}")), 0, Scope::Quiet);
    }
    if !scene.locked.is_empty() {
        let kept = scene.locked.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        page.text(&canvas.text(words::stage_kept(kept)), 0, Scope::Quiet);
    }
    page.gap();
    match model.take() {
        Some(take) => page.take(take, against),
        None if !model.growing().is_empty() => page.text("…", 0, Scope::Growing),
        None => page.text(&canvas.text(words::stage_no_take(canvas.way_to("take.generate"))), 0, Scope::Text),
    }
    page.lines
}

/// A take as rows, marked against another where there is one.
pub(super) fn take_lines<'a>(
    take: &Take,
    against: Option<&Take>,
    marks: Marks,
    columns: usize,
    canvas: &Canvas<'_, '_>,
) -> Vec<Line<'a>> {
    let mut page = Page { lines: Vec::new(), columns, pictured: None, marks, canvas };
    // On the stage it is the title.
    let heading = |take: &Take| take.heading.as_ref().map(ToString::to_string).unwrap_or_default();
    let (proposed, other) = (heading(take), against.map(heading));
    if !proposed.is_empty() || other.as_ref().is_some_and(|other| !other.is_empty()) {
        page.marked(other.as_deref(), &proposed, 0, Scope::Title);
        page.gap();
    }
    page.take(take, against);
    page.lines
}

/// Rows being gathered.
struct Page<'a, 'c, 'f> {
    lines: Vec<Line<'a>>,
    columns: usize,
    /// Where pictures stand in the text.
    pictured: Option<Pictured<'c>>,
    /// Where the other take is shown that this one is marked against.
    marks: Marks,
    canvas: &'c Canvas<'c, 'f>,
}

impl Page<'_, '_, '_> {
    fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    fn text(&mut self, text: &str, indent: usize, scope: Scope) {
        let margin = " ".repeat(indent);
        for row in rows(text, self.columns.saturating_sub(indent)) {
            let words = text.get(row).unwrap_or_default().trim_end_matches('\n');
            self.lines.push(Line::styled(format!("{margin}{words}"), self.canvas.style(scope)));
        }
    }

    /// A text with what differs from another marked in it.
    fn marked(&mut self, old: Option<&str>, text: &str, indent: usize, scope: Scope) {
        match old.filter(|old| *old != text) {
            Some(old) => {
                let marked = Marked::difference(old, text, self.marks, scope);
                self.lines.extend(marked.lines(self.columns, indent, self.canvas));
            }
            None => self.text(text, indent, scope),
        }
    }

    fn take(&mut self, take: &Take, against: Option<&Take>) {
        match against {
            Some(old) => self.told_against(take, old),
            None => self.told(take),
        }
        if !take.sound.is_empty() || against.is_some_and(|old| !old.sound.is_empty()) {
            self.gap();
            let old = against.map(|old| format!("♪ {}", old.sound));
            self.marked(old.as_deref(), &format!("♪ {}", take.sound), 0, Scope::Sound);
        }
        for newcomer in &take.newcomers {
            self.text(&format!("+ {} {}: {}", newcomer.kind, newcomer.name, newcomer.look), 0, Scope::Growing);
        }
        let shots = take.shots.len().max(against.map_or(0, |old| old.shots.len()));
        for at in 0..shots {
            self.gap();
            let old = against.map(|old| old.shots.get(at));
            match (take.shots.get(at), old) {
                (Some(shot), Some(old)) => self.shot(at, shot, Some(old)),
                (Some(shot), None) => self.shot(at, shot, None),
                (None, Some(Some(gone))) => {
                    self.marked(Some(&format!("{} · {}", head(at, gone), gone.seconds)), "", 0, Scope::Shot);
                }
                (None, _) => {}
            }
        }
    }

    /// Action and dialogue as they follow each other.
    fn told(&mut self, take: &Take) {
        for (at, passage) in take.passages().into_iter().enumerate() {
            match passage {
                Passage::Action(words) => {
                    if at > 0 {
                        self.gap();
                    }
                    self.text(words, 0, Scope::Take);
                }
                Passage::Speech(speech) => self.speech(Some(speech), None),
            }
        }
    }

    /// All action and then the lines, each beside the other take's in its place.
    fn told_against(&mut self, take: &Take, old: &Take) {
        self.marked(Some(&old.action), &take.action, 0, Scope::Take);
        for at in 0..take.dialogue.len().max(old.dialogue.len()) {
            self.speech(take.dialogue.get(at), Some(old.dialogue.get(at)));
        }
    }

    /// A line of the take, and beside it what the other take has in its place: nothing, where it has none.
    fn speech(&mut self, new: Option<&Speech>, old: Option<Option<&Speech>>) {
        self.gap();
        // Who speaks at the same time as the one before is marked as in Fountain.
        let cue = |speech: &Speech| if speech.is_dual() { format!("{} ^", speech.cue()) } else { speech.cue() };
        let speaker = |speech: Option<&Speech>| speech.map(cue).unwrap_or_default();
        let line = |speech: Option<&Speech>| speech.map_or("", |speech| speech.line.as_str()).to_owned();
        self.marked(old.map(speaker).as_deref(), &speaker(new), 6, Scope::Speaker);
        self.marked(old.map(line).as_deref(), &line(new), 3, Scope::Take);
    }

    /// The shot's frame, at most half as high as the screen.
    fn picture(&self, shot: &Shot) -> Option<Vec<Line<'static>>> {
        let (board, scene, take) = self.pictured?;
        let columns = u16::try_from(self.columns.saturating_sub(4)).unwrap_or(u16::MAX);
        self.canvas.picture(&Wanted { board, scene, take, shot, columns, rows: self.canvas.area().height / 2 })
    }

    fn shot(&mut self, at: usize, shot: &Shot, old: Option<Option<&Shot>>) {
        let framing = head(at, shot);
        let seconds = format!("{}", shot.seconds);
        let timed = |shot: &Shot| format!("{} · {}", head(at, shot), shot.seconds);
        let before = old.map(|old| old.map(timed).unwrap_or_default());
        if let Some(before) = before.filter(|before| *before != timed(shot)) {
            self.marked(Some(&before), &timed(shot), 0, Scope::Shot);
        } else {
            let rule = self.columns.saturating_sub(width(&framing) + width(&seconds) + 2);
            self.lines.push(Line::from(vec![
                self.canvas.span(framing, Scope::Shot),
                self.canvas.span(format!(" {} ", "─".repeat(rule)), Scope::Border),
                self.canvas.span(seconds, Scope::Time),
            ]));
        }
        // Who stands elsewhere, or otherwise, is told in words: a drawn plan cannot be marked.
        let staged = |shot: &Shot| super::plan::told(shot);
        let stood = old.map(|old| old.map(staged).unwrap_or_default()).filter(|stood| *stood != staged(shot));
        if let Some(stood) = stood {
            self.marked(Some(&stood), &staged(shot), 4, Scope::Plan);
            let described = old.map(|old| old.map(|old| old.description.as_str()).unwrap_or_default());
            return self.marked(described, &shot.description, 4, Scope::Take);
        }
        match self.picture(shot) {
            Some(rows) => self.lines.extend(rows.into_iter().map(|mut row| {
                row.spans.insert(0, "    ".into());
                row
            })),
            None => {
                for row in super::plan::rows(shot, self.columns.saturating_sub(4)) {
                    self.lines.push(Line::styled(format!("    {row}"), self.canvas.style(Scope::Plan)));
                }
            }
        }
        let described = old.map(|old| old.map(|old| old.description.as_str()).unwrap_or_default());
        self.marked(described, &shot.description, 4, Scope::Take);
    }
}

/// A shot's framing in a row.
fn head(at: usize, shot: &Shot) -> String {
    format!("{:>2}  {} · {} · {}", at + 1, shot.size, shot.angle, shot.camera)
}
