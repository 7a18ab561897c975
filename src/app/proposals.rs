//! What the model proposes for the board: bible entries and scene briefs. Nothing of it enters the board unless a person
//! accepts it.

use super::editing;
use super::model::{BoardText, Model, Target, View};
use super::msg::{Effect, Epoch};
use super::now::Now;
use crate::board::rework::number_at;
use crate::board::{Edit, Entry, Kind, Line, Scene, SceneId, Storyboard, Text};
use crate::words;

/// Scenes proposed for a board that has none.
const FIRST_SCENES: usize = 6;

/// Something that might join the board.
#[derive(Debug, Clone, PartialEq)]
pub enum Proposal {
    /// A bible entry.
    Entry {
        /// Which list it would join.
        kind: Kind,
        /// The entry.
        entry: Entry,
    },
    /// A scene.
    Scene {
        /// `INT./EXT. PLACE - TIME`; empty where the bible has no place to name.
        heading: Line,
        /// What would happen.
        brief: Text,
    },
}

impl Proposal {
    /// The text a person can change before accepting it: an entry's look, a scene's brief.
    #[must_use]
    pub fn text(&self) -> &Text {
        match self {
            Self::Entry { entry, .. } => &entry.look,
            Self::Scene { brief, .. } => brief,
        }
    }

    fn text_mut(&mut self) -> &mut Text {
        match self {
            Self::Entry { entry, .. } => &mut entry.look,
            Self::Scene { brief, .. } => brief,
        }
    }
}

/// What is asked of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Entries for the lists of the bible that are empty.
    Bible,
    /// Scenes that stand from position `at` on.
    Scenes {
        /// How many.
        count: usize,
        /// Where.
        at: usize,
    },
}

/// Proposals being written.
#[derive(Debug, Clone, PartialEq)]
pub struct Asking {
    /// The job.
    pub epoch: Epoch,
    /// What was asked.
    pub ask: Ask,
    /// What is there so far.
    pub so_far: Vec<Proposal>,
    /// Whether it was asked to stop.
    pub stopping: bool,
}

/// The proposals that wait for a word.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proposals {
    /// They, in the order they came.
    pub list: Vec<Proposal>,
    /// Which one is under the cursor.
    pub at: usize,
    /// How many entered the board.
    pub accepted: usize,
    /// How many did not.
    pub rejected: usize,
    /// The scene behind which the next accepted one stands; at the board's end where it is gone or there is none.
    after: Option<SceneId>,
    /// Scenes to ask for once the bible's entries are decided.
    scenes: Option<usize>,
}

impl Proposals {
    /// The position where the next accepted scene stands.
    #[must_use]
    pub fn position(&self, board: &Storyboard) -> usize {
        self.after.and_then(|after| board.position(after)).map_or(board.scenes.len(), |at| at + 1)
    }
}

fn shown(model: &Model) -> Option<&Proposals> {
    match &model.desk()?.view {
        View::Proposals(proposals) => Some(proposals),
        _ => None,
    }
}

fn shown_mut(model: &mut Model) -> Option<&mut Proposals> {
    match &mut model.desk_mut()?.view {
        View::Proposals(proposals) => Some(proposals),
        _ => None,
    }
}

pub(super) fn can_propose(model: &Model) -> bool {
    model.on_desk() && model.desk().is_some_and(|desk| !desk.read_only) && !super::writing::is_busy(model)
}

pub(super) fn is_open(model: &Model) -> bool {
    shown(model).is_some()
}

pub(super) fn has_proposals(model: &Model) -> bool {
    shown(model).is_some_and(|proposals| !proposals.list.is_empty())
}

pub(super) fn can_ask_more(model: &Model) -> bool {
    shown(model).is_some_and(|proposals| proposals.list.is_empty()) && !super::writing::is_busy(model)
}

/// The scenes that follow the one shown; before them the bible, where it lacks what scenes need.
pub(super) fn propose(model: &mut Model, now: Now) -> Vec<Effect> {
    let Some(desk) = model.desk_mut() else { return Vec::new() };
    let board = &desk.board;
    if board.logline.is_empty() && board.scenes.is_empty() {
        editing::open(model, Target::Board(BoardText::Logline));
        model.say(words::proposals_logline_first());
        return Vec::new();
    }
    let count = if board.scenes.is_empty() { FIRST_SCENES } else { 1 };
    let wants_bible = board.bible.characters.is_empty() || board.bible.places.is_empty();
    let after = desk.scene().map(|scene| scene.id);
    desk.view = View::Proposals(Box::new(Proposals { after, scenes: Some(count), ..Proposals::default() }));
    if wants_bible { ask(model, now, Ask::Bible) } else { ask_scenes(model, now) }
}

/// One more scene behind those accepted.
pub(super) fn more(model: &mut Model, now: Now) -> Vec<Effect> {
    if let Some(proposals) = shown_mut(model) {
        proposals.scenes = Some(1);
    }
    ask_scenes(model, now)
}

fn ask_scenes(model: &mut Model, now: Now) -> Vec<Effect> {
    let Some(count) = shown_mut(model).and_then(|proposals| proposals.scenes.take()) else { return Vec::new() };
    let Some(at) = model.desk().and_then(|desk| Some(shown(model)?.position(&desk.board))) else { return Vec::new() };
    ask(model, now, Ask::Scenes { count, at })
}

fn ask(model: &mut Model, now: Now, ask: Ask) -> Vec<Effect> {
    let epoch = model.next_epoch();
    let Some(board) = model.desk().map(|desk| Box::new(desk.board.clone())) else { return Vec::new() };
    model.engine.asking = Some(Asking { epoch, ask, so_far: Vec::new(), stopping: false });
    model.engine.pace = None;
    let seed = now.seeds(1).first().copied().unwrap_or_default();
    vec![Effect::Propose { epoch, board, ask, seed }]
}

/// The proposals are whole.
pub(super) fn arrived(model: &mut Model, now: Now, list: Vec<Proposal>) -> Vec<Effect> {
    model.engine.asking = None;
    let none = list.is_empty();
    if let Some(proposals) = shown_mut(model) {
        proposals.list.extend(list);
    }
    // A bible for which nothing new came to the model's mind is no reason to stop.
    if none { decided(model, now) } else { Vec::new() }
}

/// Once nothing waits for a word any more, the scenes are asked for, where they have not been.
fn decided(model: &mut Model, now: Now) -> Vec<Effect> {
    let Some(proposals) = shown_mut(model) else { return Vec::new() };
    proposals.at = proposals.at.min(proposals.list.len().saturating_sub(1));
    if proposals.list.is_empty() && proposals.scenes.is_some() { ask_scenes(model, now) } else { Vec::new() }
}

pub(super) fn down(model: &mut Model, _: Now) -> Vec<Effect> {
    if let Some(proposals) = shown_mut(model) {
        proposals.at = (proposals.at + 1).min(proposals.list.len().saturating_sub(1));
    }
    Vec::new()
}

pub(super) fn up(model: &mut Model, _: Now) -> Vec<Effect> {
    if let Some(proposals) = shown_mut(model) {
        proposals.at = proposals.at.saturating_sub(1);
    }
    Vec::new()
}

pub(super) fn accept(model: &mut Model, now: Now) -> Vec<Effect> {
    let mut effects = accept_one(model, now, 0);
    effects.extend(decided(model, now));
    effects
}

pub(super) fn accept_all(model: &mut Model, now: Now) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut refused = None;
    let waiting = shown(model).map_or(0, |proposals| proposals.list.len());
    if let Some(proposals) = shown_mut(model) {
        proposals.at = 0;
    }
    for n in 0..waiting {
        let accepted = accept_one(model, now, u16::try_from(n).unwrap_or(u16::MAX));
        if accepted.is_empty() {
            refused = model.notice.take();
        }
        effects.extend(accepted);
    }
    // Why one was refused is not lost among the others.
    model.notice = refused.or_else(|| model.notice.take());
    effects.extend(decided(model, now));
    effects
}

/// Accepts the proposal under the cursor; `n` tells apart the scenes accepted at one moment. One that does not fit stays
/// where it is, and the person is told why.
fn accept_one(model: &mut Model, now: Now, n: u16) -> Vec<Effect> {
    let Some(proposals) = shown(model) else { return Vec::new() };
    let (at, Some(proposal)) = (proposals.at, proposals.list.get(proposals.at)) else { return Vec::new() };
    let Some(board) = model.desk().map(|desk| &desk.board) else { return Vec::new() };
    let (edit, words, scene) = match proposal.clone() {
        Proposal::Entry { kind, entry } => {
            let words = words::proposal_entry_joined(entry.name.as_str());
            (Edit::InsertEntry { kind, at: board.bible.list(kind).len(), entry: Box::new(entry) }, words, None)
        }
        Proposal::Scene { heading, brief } => {
            let at = proposals.position(board);
            let scene = Scene { id: now.scene(n), number: number_at(board, at), heading, brief, ..Scene::default() };
            let (id, words) = (scene.id, words::scene_added(scene.number.as_str()));
            (Edit::InsertScene { at, scene: Box::new(scene) }, words, Some(id))
        }
    };
    let effects = model.edit(edit, words);
    if effects.is_empty() {
        // Refused: the cursor steps over it, so that the others can be accepted.
        down(model, now);
        return effects;
    }
    if let Some(proposals) = shown_mut(model) {
        proposals.list.remove(at);
        proposals.accepted += 1;
        proposals.after = scene.or(proposals.after);
    }
    if let (Some(id), Some(desk)) = (scene, model.desk_mut())
        && let Some(at) = desk.board.position(id)
    {
        desk.go_to(at, now);
    }
    effects
}

pub(super) fn reject(model: &mut Model, now: Now) -> Vec<Effect> {
    if let Some(proposals) = shown_mut(model)
        && proposals.at < proposals.list.len()
    {
        proposals.list.remove(proposals.at);
        proposals.rejected += 1;
    }
    decided(model, now)
}

pub(super) fn edit(model: &mut Model, _: Now) -> Vec<Effect> {
    if let Some(at) = shown(model).map(|proposals| proposals.at) {
        editing::open(model, Target::Proposal(at));
    }
    Vec::new()
}

/// The words of a proposal, for the editor.
pub(super) fn words(model: &Model, at: usize) -> Option<String> {
    Some(shown(model)?.list.get(at)?.text().to_string())
}

/// New words for a proposal. It is no part of the board yet, so this is no edit of the board.
pub(super) fn reword(model: &mut Model, at: usize, words: Text) {
    if let Some(proposal) = shown_mut(model).and_then(|proposals| proposals.list.get_mut(at)) {
        *proposal.text_mut() = words;
    }
}

/// Back to the scenes; what was not accepted is left out.
pub(super) fn close(model: &mut Model, now: Now) -> Vec<Effect> {
    let left = shown(model).map_or(0, |proposals| proposals.list.len());
    if let Some(desk) = model.desk_mut() {
        desk.view = View::Desk;
    }
    if left > 0 {
        model.say(words::proposals_left_out(left));
    }
    if model.engine.asking.is_some() { super::writing::stop(model, now) } else { Vec::new() }
}
