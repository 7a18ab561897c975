//! The review session: a queue of takes, one at a time, judged by single keys.

use std::collections::{BTreeSet, HashSet};

use super::judging;
use super::model::{Desk, EngineState, Model, Target, View};
use super::msg::Effect;
use super::now::Now;
use crate::board::plan::Limits;
use crate::board::{Line, Scene, SceneId, Storyboard, TakeId, Verdict};
use crate::taste::heeds::heeds;
use crate::words;

/// Which takes are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those of scenes without a picked take.
    Undecided,
    /// Those of the sequence of the scene shown.
    Sequence,
    /// Those of the scenes chosen together.
    Chosen,
    /// All.
    Everything,
}

/// A take in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its scene.
    pub scene: SceneId,
    /// The take.
    pub take: TakeId,
}

/// What was said of a take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Where it stands in the queue.
    pub at: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub reason: Option<Line>,
    /// The word that went with it.
    pub note: Option<Line>,
}

/// Where so few takes are left, new ones are written for scenes that have none.
const AHEAD: usize = 8;

/// The session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Which takes it is about.
    pub scope: Scope,
    /// The scenes it is about, those without a take among them: theirs are written while the session goes on.
    pub scenes: Vec<SceneId>,
    /// The takes, in the order of the board, later ones behind them.
    pub queue: Vec<Item>,
    /// Which one is shown; at the queue's end there is none.
    pub at: usize,
    /// What was said, the newest last.
    pub said: Vec<Said>,
    /// Takes passed over without a verdict.
    pub skipped: BTreeSet<TakeId>,
    /// A word that goes with the next verdict.
    pub note: Option<Line>,
    /// When it began, in milliseconds since 1970.
    pub began_ms: u64,
    /// The moment of the last key.
    pub now_ms: u64,
    /// Whether its summary is shown.
    pub ended: bool,
    /// Whether the person ended it: what is written from then on does not bring it back.
    pub left_by_person: bool,
}

impl Review {
    /// A session over a scope of the board, from the scene shown on.
    pub(super) fn begin(model: &mut Model, now: Now, scope: Scope) -> Vec<Effect> {
        let Some(desk) = model.desk_mut() else { return Vec::new() };
        let scenes = scenes(desk, scope);
        let queue: Vec<Item> = takes(&desk.board, &scenes).collect();
        if queue.is_empty() && (desk.read_only || without_take(&desk.board, &scenes).is_none()) {
            model.say(words::review_nothing());
            return Vec::new();
        }
        let at_ms = now.at_ms;
        desk.view = View::Review(Box::new(Self {
            scope,
            scenes,
            queue,
            at: 0,
            said: Vec::new(),
            skipped: BTreeSet::new(),
            note: None,
            began_ms: at_ms,
            now_ms: at_ms,
            ended: false,
            left_by_person: false,
        }));
        show(model, now);
        ahead(model, now)
    }

    /// The take shown.
    #[must_use]
    pub fn item(&self) -> Option<Item> {
        self.queue.get(self.at).copied().filter(|_| !self.ended)
    }

    /// Takes judged.
    #[must_use]
    pub fn judged(&self) -> usize {
        self.said.len()
    }

    /// How many were judged so.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.said.iter().filter(|said| said.verdict == verdict).count()
    }

    /// Takes left, the one shown among them.
    #[must_use]
    pub fn left(&self) -> usize {
        self.queue.len().saturating_sub(self.at)
    }

    /// Takes judged a minute; `None` before the first verdict.
    #[must_use]
    pub fn pace(&self) -> Option<f64> {
        let minutes = self.now_ms.saturating_sub(self.began_ms) as f64 / 60_000.0;
        (!self.said.is_empty() && minutes > 0.0).then(|| self.judged() as f64 / minutes)
    }

    /// Minutes the rest will take at this pace.
    #[must_use]
    pub fn minutes_left(&self) -> Option<f64> {
        self.pace().map(|pace| self.left() as f64 / pace)
    }

    /// Why takes were rejected, the most frequent reason first, each with how often.
    #[must_use]
    pub fn reasons(&self) -> Vec<(Line, usize)> {
        let mut counted: Vec<(Line, usize)> = Vec::new();
        let rejected = self.said.iter().filter(|said| said.verdict == Verdict::Reject);
        for reason in rejected.filter_map(|said| said.reason.as_ref()) {
            match counted.iter_mut().find(|(known, _)| known == reason) {
                Some((_, count)) => *count += 1,
                None => counted.push((reason.clone(), 1)),
            }
        }
        counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counted
    }

    /// The session ends, and its summary is shown.
    pub(super) fn end(&mut self, now: Now) {
        self.now_ms = now.at_ms;
        self.ended = true;
        self.left_by_person = true;
    }

    /// A take of it is to be shown again.
    fn go_on(&mut self, at: usize) {
        self.at = at;
        self.ended = false;
        self.left_by_person = false;
    }

    /// Whether this take needs no look any more: it left the board, or its scene was decided meanwhile.
    fn is_settled(&self, board: &Storyboard, item: Item) -> bool {
        let Some(scene) = board.scene(item.scene) else { return true };
        scene.take(item.take).is_none() || (self.scope == Scope::Undecided && scene.picked.is_some())
    }

    /// Orders what is left of the scene just judged: takes that heed what was asked before those that do not.
    fn put_first(&mut self, board: &Storyboard, asked: &Limits) {
        let (passed, left) = self.queue.split_at_mut(self.at);
        let Some(judged) = passed.last() else { return };
        let of_scene = left.iter().take_while(|item| item.scene == judged.scene).count();
        let scene = board.scene(judged.scene);
        let heeds = |item: &Item| scene.and_then(|scene| scene.take(item.take)).is_some_and(|take| heeds(take, asked));
        left[..of_scene].sort_by_key(|item| !heeds(item));
    }

    /// Where the take before stands that is still on the board.
    fn before(&self, board: &Storyboard) -> Option<usize> {
        let there = |item: &Item| board.scene(item.scene).is_some_and(|scene| scene.take(item.take).is_some());
        self.queue.get(..self.at)?.iter().rposition(there)
    }

    /// On to the next take that needs a look, from `at` on.
    fn settle(&mut self, board: &Storyboard) {
        while self.queue.get(self.at).is_some_and(|&item| self.is_settled(board, item)) {
            self.at += 1;
        }
        self.ended = self.at >= self.queue.len();
    }
}

/// The scenes of a scope, in the order of the board.
fn scenes(desk: &Desk, scope: Scope) -> Vec<SceneId> {
    let sequence = desk.board.sequence_of(desk.at.scene);
    let scenes = desk.board.scenes.iter().enumerate().filter(|(at, scene)| match scope {
        Scope::Undecided => scene.picked_take().is_none(),
        Scope::Sequence => sequence.contains(at),
        Scope::Chosen => desk.list.chosen.contains(&scene.id),
        Scope::Everything => true,
    });
    scenes.map(|(_, scene)| scene.id).collect()
}

/// All their takes.
fn takes<'a>(board: &'a Storyboard, scenes: &'a [SceneId]) -> impl Iterator<Item = Item> + 'a {
    let scenes = scenes.iter().filter_map(|id| board.scene(*id));
    scenes.flat_map(|scene| scene.takes.iter().map(|take| Item { scene: scene.id, take: take.id }))
}

/// The first of them that waits for takes: undecided, with a brief, and without one.
fn without_take(board: &Storyboard, scenes: &[SceneId]) -> Option<SceneId> {
    let mut scenes = scenes.iter().filter_map(|id| board.scene(*id));
    let waits = |scene: &&Scene| scene.takes.is_empty() && scene.picked.is_none() && !scene.brief.is_empty();
    scenes.find(waits).map(|scene| scene.id)
}

fn shown(model: &Model) -> Option<&Review> {
    match &model.desk()?.view {
        View::Review(review) => Some(review),
        _ => None,
    }
}

fn shown_mut(model: &mut Model) -> Option<&mut Review> {
    match &mut model.desk_mut()?.view {
        View::Review(review) => Some(review),
        _ => None,
    }
}

/// Whether a take is being shown in a session.
pub(super) fn is_open(model: &Model) -> bool {
    shown(model).is_some_and(|review| !review.ended)
}

/// Whether a session, or its summary, fills the screen.
pub(super) fn is_shown(model: &Model) -> bool {
    shown(model).is_some()
}

/// Whether a take before is still on the board.
pub(super) fn can_go_back(model: &Model) -> bool {
    let board = model.desk().map(|desk| &desk.board);
    board.zip(shown(model)).is_some_and(|(board, review)| review.before(board).is_some())
}

pub(super) fn can_retract(model: &Model) -> bool {
    shown(model).is_some_and(|review| !review.said.is_empty())
}

/// Lets the stage show the take under review.
fn show(model: &mut Model, now: Now) {
    let Some(desk) = model.desk_mut() else { return };
    let View::Review(review) = &mut desk.view else { return };
    review.now_ms = now.at_ms;
    review.settle(&desk.board);
    let Some(item) = review.item() else {
        review.ended = true;
        return;
    };
    let Some(scene) = desk.board.position(item.scene) else { return };
    let take = desk.board.scenes[scene].takes.iter().position(|take| take.id == item.take);
    desk.go_to(scene, now);
    desk.go_to_take(take.unwrap_or_default(), now);
}

pub(super) fn skip(model: &mut Model, now: Now) -> Vec<Effect> {
    if let Some(review) = shown_mut(model) {
        review.skipped.extend(review.item().map(|item| item.take));
        review.at += 1;
        review.note = None;
    }
    show(model, now);
    ahead(model, now)
}

/// Back to the take before that is still on the board.
pub(super) fn back(model: &mut Model, now: Now) -> Vec<Effect> {
    let Some(desk) = model.desk_mut() else { return Vec::new() };
    let View::Review(review) = &mut desk.view else { return Vec::new() };
    let board = &desk.board;
    let Some(at) = review.before(board) else { return Vec::new() };
    let gone = review.at.saturating_sub(at + 1);
    review.go_on(at);
    review.note = None;
    let item = review.queue[at];
    let scene = board.position(item.scene).unwrap_or_default();
    let take = board.scene(item.scene).and_then(|scene| scene.takes.iter().position(|take| take.id == item.take));
    desk.go_to(scene, now);
    desk.go_to_take(take.unwrap_or_default(), now);
    if gone > 0 {
        model.say(words::review_back_over(gone, model.keys_of("review.retract")));
    }
    Vec::new()
}

/// Takes the session's last verdict back; its take is shown again.
pub(super) fn retract(model: &mut Model, now: Now) -> Vec<Effect> {
    let last = shown(model).and_then(|review| review.queue.get(review.said.last()?.at));
    match last.map(|item| item.take) {
        Some(take) => judging::retract(model, now, take),
        None => Vec::new(),
    }
}

/// Begins a session over everything at the take shown, for the note that was being written there.
pub(super) fn resume(model: &mut Model, now: Now) -> Vec<Effect> {
    let shown_take = model.whole_take().map(|take| take.id);
    let effects = Review::begin(model, now, Scope::Everything);
    if let Some(review) = shown_mut(model)
        && let Some(at) = review.queue.iter().position(|item| Some(item.take) == shown_take)
    {
        review.at = at;
    }
    show(model, now);
    effects
}

/// A word that goes with the next verdict.
pub(super) fn note(model: &mut Model, _: Now) -> Vec<Effect> {
    super::editing::open(model, Target::Note);
    Vec::new()
}

/// The note so far, for the editor.
pub(super) fn note_words(model: &Model) -> String {
    shown(model).and_then(|review| review.note.as_ref()).map(Line::to_string).unwrap_or_default()
}

pub(super) fn set_note(model: &mut Model, words: &str) {
    if let Some(review) = shown_mut(model) {
        review.note = Some(Line::clipped(words, 300)).filter(|note| !note.is_empty());
    }
}

/// The reason of a verdict with the note behind it.
pub(super) fn with_note(model: &Model, reason: Option<Line>) -> Option<Line> {
    match (reason, shown(model).and_then(|review| review.note.clone())) {
        (Some(reason), Some(note)) => Some(Line::clipped(&format!("{reason}: {note}"), 400)),
        (reason, note) => reason.or(note),
    }
}

/// A verdict of the session is on disk: it is counted, and the next take is shown. Of the scene's takes those come first that
/// heed what its reason `asked` for.
pub(super) fn judged(
    model: &mut Model,
    now: Now,
    verdict: Verdict,
    reason: Option<Line>,
    asked: &Limits,
) -> Vec<Effect> {
    let Some(desk) = model.desk_mut() else { return Vec::new() };
    let View::Review(review) = &mut desk.view else { return Vec::new() };
    if let Some(item) = review.item() {
        review.skipped.remove(&item.take);
    }
    let note = review.note.take();
    review.said.push(Said { at: review.at, verdict, reason, note });
    review.at += 1;
    review.put_first(&desk.board, asked);
    show(model, now);
    ahead(model, now)
}

/// A verdict was taken back: where it was the session's, its take is shown again.
pub(super) fn retracted(model: &mut Model, now: Now, take: TakeId) {
    let Some(review) = shown_mut(model) else { return };
    let queue = &review.queue;
    let is_it = |said: &Said| queue.get(said.at).is_some_and(|item| item.take == take);
    let Some(said) = review.said.iter().rposition(is_it) else { return };
    let said = review.said.remove(said);
    review.go_on(said.at);
    review.note = said.note;
    show(model, now);
}

/// New takes came in: those the session is about join its queue, and the next are asked for where few are left.
pub(super) fn arrived(model: &mut Model, now: Now) -> Vec<Effect> {
    let Some(desk) = model.desk() else { return Vec::new() };
    let Some(review) = shown(model) else { return Vec::new() };
    let known: HashSet<TakeId> = review.queue.iter().map(|item| item.take).collect();
    let new: Vec<Item> = takes(&desk.board, &review.scenes).filter(|item| !known.contains(&item.take)).collect();
    let waiting = review.ended && !review.left_by_person && !new.is_empty();
    if let Some(review) = shown_mut(model) {
        review.queue.extend(new);
        review.ended &= !waiting;
    }
    if waiting {
        show(model, now);
    }
    ahead(model, now)
}

/// Whether the session has no take to show and waits for some that are being written.
#[must_use]
pub fn is_waiting(model: &Model) -> bool {
    let of_it = |review: &Review| {
        model.engine.job.as_ref().is_some_and(|job| !job.stopping && review.scenes.contains(&job.scene))
    };
    shown(model).is_some_and(|review| review.ended && !review.left_by_person && of_it(review))
}

/// Where few takes are left, a scene has none and the engine has nothing to do, some are asked for while the reviewer goes
/// on.
fn ahead(model: &mut Model, now: Now) -> Vec<Effect> {
    let (Some(desk), Some(review)) = (model.desk(), shown(model)) else { return Vec::new() };
    let enough = review.left_by_person || review.left() >= AHEAD;
    let unable = desk.read_only || matches!(model.engine.state, EngineState::Down(_));
    if enough || unable || super::writing::is_busy(model) {
        return Vec::new();
    }
    match without_take(&desk.board, &review.scenes) {
        Some(scene) => super::writing::ask(model, now, scene),
        None => Vec::new(),
    }
}
