//! What verdicts taught, and why a take stands where it stands. Both are asked of the run, which reads the feedback log, and
//! shown when they come.

use super::model::{Model, Overlay, View};
use super::msg::{Effect, Epoch};
use super::now::Now;
use super::{review, views};
use crate::board::{Line, SceneId, TakeId};
use crate::taste::{Change, Report, Why};
use crate::words::Phrase;

/// What verdicts taught.
#[derive(Debug, Clone, PartialEq)]
pub struct Taught {
    /// Whose verdicts they are.
    pub reviewer: Line,
    /// On how many other boards the taste began.
    pub other_boards: usize,
    /// What there is to tell.
    pub report: Report,
    /// What changes in the next takes, by the scenes' numbers.
    pub plans: Vec<(Line, Vec<Change>)>,
}

/// What was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// What verdicts taught.
    Board,
    /// Why a take stands where it stands.
    Take(SceneId, TakeId),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// What verdicts taught.
    Board(Box<Taught>),
    /// Why a take stands where it stands.
    Take(Box<Why>),
}

/// The view of taste.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TasteView {
    /// Which answer it waits for.
    pub(super) asked: Epoch,
    /// What verdicts taught, once it is read.
    pub taught: Option<Box<Taught>>,
    /// Rows above what is shown.
    pub scroll: u16,
}

/// Why a take stands where it stands, over the screen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WhyView {
    /// Which answer it waits for.
    pub(super) asked: Epoch,
    /// The scene's number.
    pub scene: Line,
    /// The take's, from 1.
    pub take: usize,
    /// The answer, once it came.
    pub why: Option<Box<Why>>,
    /// Rows above what is shown.
    pub scroll: u16,
}

pub(super) fn is_open(model: &Model) -> bool {
    model.desk().is_some_and(|desk| matches!(desk.view, View::Taste(_)))
}

fn ask(model: &Model, asked: Epoch, about: About) -> Vec<Effect> {
    let board = model.desk().map(|desk| Box::new(desk.board.clone()));
    board.map(|board| Effect::AskTaste(asked, board, about)).into_iter().collect()
}

/// Shows what verdicts taught.
pub(super) fn show(model: &mut Model, _: Now) -> Vec<Effect> {
    let asked = model.next_epoch();
    if let Some(desk) = model.desk_mut() {
        desk.view = View::Taste(TasteView { asked, ..TasteView::default() });
    }
    ask(model, asked, About::Board)
}

pub(super) fn can_tell_why(model: &Model) -> bool {
    (model.on_desk() || review::is_open(model)) && model.whole_take().is_some()
}

/// Shows why the take stands where it stands.
pub(super) fn why(model: &mut Model, _: Now) -> Vec<Effect> {
    let asked = model.next_epoch();
    let Some(scene) = model.desk().and_then(|desk| desk.scene()) else { return Vec::new() };
    let Some(take) = model.whole_take() else { return Vec::new() };
    let about = About::Take(scene.id, take.id);
    let at = model.desk().map_or(0, |desk| desk.at.take);
    let why = WhyView { asked, scene: scene.number.clone(), take: at + 1, ..WhyView::default() };
    model.overlay = Overlay::Why(Box::new(why));
    ask(model, asked, about)
}

/// An answer came; one that nobody waits for any more is dropped.
pub(super) fn told(model: &mut Model, asked: Epoch, told: Result<Told, Phrase>) {
    match told {
        Ok(Told::Board(taught)) => {
            if let Some(View::Taste(view)) = model.desk_mut().map(|desk| &mut desk.view)
                && view.asked == asked
            {
                view.taught = Some(taught);
            }
        }
        Ok(Told::Take(why)) => {
            if let Overlay::Why(view) = &mut model.overlay
                && view.asked == asked
            {
                view.why = Some(why);
            }
        }
        Err(words) => {
            if matches!(&model.overlay, Overlay::Why(view) if view.asked == asked) {
                model.overlay = Overlay::None;
            }
            model.warn(words);
        }
    }
}

fn scroll(model: &mut Model, by: i16) -> Vec<Effect> {
    let beyond = model.desk().map_or(0, |desk| desk.at.beyond);
    if let Some(View::Taste(view)) = model.desk_mut().map(|desk| &mut desk.view) {
        view.scroll =
            view.scroll.saturating_add_signed(if by > 0 { by.min(beyond.try_into().unwrap_or(by)) } else { by });
    }
    Vec::new()
}

pub(super) fn down(model: &mut Model, _: Now) -> Vec<Effect> {
    scroll(model, 1)
}

pub(super) fn up(model: &mut Model, _: Now) -> Vec<Effect> {
    scroll(model, -1)
}

pub(super) fn can_show(model: &Model) -> bool {
    views::can_show(model)
}
