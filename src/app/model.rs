//! What the screen shows, as data: a small record of smaller models.

use std::collections::VecDeque;
use std::path::PathBuf;

use super::action::Action;
use super::animatic::Animatic;
use super::bible::BibleView;
use super::compare::{Against, Compare};
use super::exporting::Exporting;
use super::history::{Change, History, Step};
use super::key::Key;
use super::list::SceneList;
use super::msg::{Effect, Epoch, Focus, Msg};
use super::now::Now;
use super::proposals::Proposals;
use super::review::Review;
use super::seen::Seen;
use super::settings::Settings;
use super::sheet::Sheet;
use super::taste_view::TasteView;
use crate::board::{Edit, EditError, Line, Scene, Storyboard, Take};
use crate::words::Phrase;

pub use super::engine::{Engine, EngineState, Running};
pub use super::overlay::{Editor, Overlay};
pub use super::picker::Picker;
pub use super::target::{BoardText, EntryText, Target};

/// Takes asked for at one press of a key.
pub const POOL: usize = 4;

/// Everything.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// What fills the screen.
    pub place: Place,
    /// What lies over it.
    pub overlay: Overlay,
    /// The engine.
    pub engine: Engine,
    /// An export under way.
    pub exporting: Option<Exporting>,
    /// The keys typed that wait for more.
    pub pending: Vec<Key>,
    /// How the person wants it.
    pub settings: Settings,
    /// What the last drawn screen shows where.
    pub seen: Seen,
    /// Which window the person looks at.
    pub focus: Focus,
    /// The last word to the person.
    pub notice: Option<Notice>,
    /// Scripts and boards of other programs that were found here, to be brought in.
    pub scripts: Vec<String>,
    /// What was said, the newest last.
    pub log: VecDeque<Logged>,
    /// Columns and rows.
    pub size: (u16, u16),
    /// Who judges.
    pub reviewer: Line,
    /// Whether the program ends once the board is saved.
    pub leaving: bool,
    /// The name for unfinished work; counts up.
    pub(super) epoch: Epoch,
}

/// What fills the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// A board is being opened.
    Opening(PathBuf),
    /// Boards to choose from.
    Picker(Picker),
    /// A board.
    Desk(Box<Desk>),
}

/// The open board.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    /// Its file.
    pub path: PathBuf,
    /// What is in it.
    pub board: Storyboard,
    /// How it is looked at.
    pub view: View,
    /// How its list of scenes is looked at.
    pub list: SceneList,
    /// What the take shown is marked against.
    pub against: Against,
    /// Whether it may only be looked at.
    pub read_only: bool,
    /// Undo.
    pub history: History,
    /// What is selected.
    pub at: Selection,
    /// How the files stand.
    pub keeping: Keeping,
    /// A verdict on its way to disk.
    pub judging: Option<Judging>,
    /// Whether a sequence begins anywhere: a long board is not looked through for every picture.
    pub(super) has_sequences: bool,
    /// What came in meanwhile and would change the board: it waits, so that edits reach the journal in their order.
    pub(super) held: VecDeque<(Now, Msg)>,
}

/// How a board is looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum View {
    /// Scenes, stage and takes.
    #[default]
    Desk,
    /// What the model proposes for the board.
    Proposals(Box<Proposals>),
    /// Every shot as a grid.
    Sheet(Sheet),
    /// One take after another, judged by single keys.
    Review(Box<Review>),
    /// The board played in its seconds.
    Animatic(Animatic),
    /// Two takes side by side.
    Compare(Compare),
    /// Characters, places and props.
    Bible(BibleView),
    /// The storyboard's own fields; the one under the cursor.
    Board(usize),
    /// What was done; the point under the cursor, as so many steps done.
    History(usize),
    /// What verdicts taught.
    Taste(TasteView),
    /// What was said, newest first; rows above what is shown.
    Log(usize),
}

/// The scene and take shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Selection {
    /// The scene's position.
    pub scene: usize,
    /// The take's position among the scene's takes and, behind them, those being written.
    pub take: usize,
    /// Rows of the stage above what is shown.
    pub scroll: u16,
    /// Rows of the stage below what is shown, as last drawn.
    pub beyond: u16,
    /// Since when this take is shown, in milliseconds since 1970.
    pub since_ms: u64,
}

/// How the files stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Keeping {
    /// Edits made in this session.
    pub made: u64,
    /// Edits that wait for the journal.
    pub waiting: usize,
    /// Whether the disk did not take some, and has not caught up.
    pub failing: bool,
    /// Edits that the YAML holds.
    pub saved: u64,
    /// Whether the YAML lacked edits when it was opened.
    pub behind: bool,
    /// How many edits the newest save under way will hold.
    pub saving: Option<u64>,
    /// Whether what stands in the editor, or stood there at an earlier end, is kept beside the board.
    pub draft: bool,
    /// When it was kept last, in milliseconds since 1970.
    pub drafted_ms: u64,
}

impl Keeping {
    /// Whether the YAML holds everything.
    #[must_use]
    pub fn is_saved(self) -> bool {
        !self.behind && self.made == self.saved
    }
}

/// A verdict on its way to disk: what happens to the board and the history once it is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Judging {
    /// What it does to the board.
    pub edit: Edit,
    /// The step.
    pub step: Step,
    /// Which way the history goes.
    pub way: Way,
}

/// Which way a change goes through the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Something new.
    New,
    /// Back.
    Undo,
    /// Forward again.
    Redo,
}

/// A word to the person.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// The words.
    pub words: Phrase,
    /// How much they matter.
    pub weight: Weight,
}

/// A word to the person that was said before.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// When, in milliseconds since 1970; 0 until the message that brought it is through.
    pub at_ms: u64,
    /// The word.
    pub notice: Notice,
}

/// How many words the log keeps.
const LOGGED: usize = 500;

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Something is done.
    Word,
    /// Something went wrong.
    Trouble,
}

impl Model {
    /// A screen of this size with nothing open; the boards to open or choose from come as effects are answered.
    #[must_use]
    pub fn new(board: Option<PathBuf>, reviewer: Line, size: (u16, u16)) -> (Self, Vec<Effect>) {
        let (place, effect) = match board {
            Some(path) => (Place::Opening(path.clone()), Effect::Open(path, super::msg::Opening::Write)),
            None => (Place::Picker(Picker::default()), Effect::FindBoards),
        };
        let epoch = Epoch(1);
        let overlay = Overlay::None;
        let model = Self {
            place,
            overlay,
            engine: Engine::default(),
            exporting: None,
            pending: Vec::new(),
            settings: Settings::default(),
            seen: Seen::default(),
            focus: Focus::default(),
            notice: None,
            scripts: Vec::new(),
            log: VecDeque::new(),
            size,
            reviewer,
            leaving: false,
            epoch,
        };
        (model, vec![effect, Effect::WarmUp(epoch)])
    }

    /// The open board.
    #[must_use]
    pub fn desk(&self) -> Option<&Desk> {
        match &self.place {
            Place::Desk(desk) => Some(desk),
            _ => None,
        }
    }

    /// The open board, to be changed.
    pub fn desk_mut(&mut self) -> Option<&mut Desk> {
        match &mut self.place {
            Place::Desk(desk) => Some(desk),
            _ => None,
        }
    }

    /// Whether scenes, stage and takes fill the screen.
    #[must_use]
    pub fn on_desk(&self) -> bool {
        self.desk().is_some_and(|desk| desk.view == View::Desk)
    }

    /// The takes being written for the scene shown.
    #[must_use]
    pub fn growing(&self) -> &[Option<Take>] {
        let scene = self.desk().and_then(Desk::scene);
        let job = self.engine.job.as_ref().filter(|job| scene.is_some_and(|scene| scene.id == job.scene));
        job.map_or(&[], |job| &job.takes)
    }

    /// The take shown, whole or so far.
    #[must_use]
    pub fn take(&self) -> Option<&Take> {
        let desk = self.desk()?;
        let scene = desk.scene()?;
        match scene.takes.get(desk.at.take) {
            Some(take) => Some(take),
            None => self.growing().get(desk.at.take - scene.takes.len())?.as_ref(),
        }
    }

    /// The take shown where it is whole.
    #[must_use]
    pub fn whole_take(&self) -> Option<&Take> {
        let desk = self.desk()?;
        desk.scene()?.takes.get(desk.at.take)
    }

    /// The keys that do the action of that id, to be named in a sentence.
    #[must_use]
    pub(super) fn keys_of(&self, id: &'static str) -> String {
        let keys = Action::find(id).map(|action| self.settings.keymap.shown(action)).unwrap_or_default();
        if keys.is_empty() { format!(":{id}") } else { keys }
    }

    /// Says something.
    pub fn say(&mut self, words: impl Into<Phrase>) {
        self.tell(Notice { words: words.into(), weight: Weight::Word });
    }

    /// Says that something went wrong and what to do.
    pub fn warn(&mut self, words: impl Into<Phrase>) {
        self.tell(Notice { words: words.into(), weight: Weight::Trouble });
    }

    /// Says that something went wrong that nobody asked for: it does not take the place of what is said already, and is in
    /// the log in any case.
    pub(super) fn warn_aside(&mut self, words: impl Into<Phrase>) {
        let before = self.notice.clone();
        self.warn(words);
        self.notice = before.or(self.notice.take());
    }

    /// Says several things at once: each is in the log, and all of them are on the screen, as weighty as the weightiest.
    pub(super) fn tell_all(&mut self, notices: Vec<Notice>) {
        if notices.is_empty() {
            return;
        }
        let trouble = notices.iter().any(|notice| notice.weight == Weight::Trouble);
        let words = Phrase::joined(" · ", notices.iter().map(|notice| notice.words.clone()).collect());
        notices.into_iter().for_each(|notice| self.tell(notice));
        self.notice = Some(Notice { words, weight: if trouble { Weight::Trouble } else { Weight::Word } });
    }

    fn tell(&mut self, notice: Notice) {
        self.notice = Some(notice.clone());
        self.log.push_back(Logged { at_ms: 0, notice });
        if self.log.len() > LOGGED {
            self.log.pop_front();
        }
    }

    /// A new epoch.
    pub(super) fn next_epoch(&mut self) -> Epoch {
        self.epoch = Epoch(self.epoch.0 + 1);
        self.epoch
    }

    /// Makes an edit that the person can undo. Where it does not fit, the board stays and the person is told.
    pub(super) fn edit(&mut self, edit: Edit, words: impl Into<Phrase>) -> Vec<Effect> {
        let words = words.into();
        match self.desk_mut().map(|desk| desk.edit(edit, words.clone())) {
            Some(Ok(effect)) => {
                self.say(words);
                vec![effect]
            }
            Some(Err(error)) => {
                self.warn(error.to_string());
                Vec::new()
            }
            None => Vec::new(),
        }
    }
}

impl Desk {
    /// A board as opened.
    #[must_use]
    pub fn new(path: PathBuf, board: Storyboard, read_only: bool, behind: bool) -> Self {
        let keeping = Keeping { behind, ..Keeping::default() };
        let has_sequences = board.has_sequences();
        let mut desk = Self {
            path,
            board,
            view: View::default(),
            list: SceneList::default(),
            against: Against::default(),
            read_only,
            keeping,
            history: History::default(),
            at: Selection::default(),
            judging: None,
            has_sequences,
            held: VecDeque::new(),
        };
        desk.go_to(0, Now::default());
        desk
    }

    /// The scene shown.
    #[must_use]
    pub fn scene(&self) -> Option<&Scene> {
        self.board.scenes.get(self.at.scene)
    }

    /// Shows the scene at a position, or the last one, with the take that speaks for it.
    pub fn go_to(&mut self, scene: usize, now: Now) {
        let scene = scene.min(self.board.scenes.len().saturating_sub(1));
        let leading = |scene: &Scene| {
            let id = scene.leading_take().map(|take| take.id);
            scene.takes.iter().position(|take| Some(take.id) == id).unwrap_or(0)
        };
        let take = self.board.scenes.get(scene).map_or(0, leading);
        self.at = Selection { scene, take, scroll: 0, beyond: 0, since_ms: now.at_ms };
    }

    /// Shows another take of the scene.
    pub fn go_to_take(&mut self, take: usize, now: Now) {
        self.at = Selection { take, scroll: 0, beyond: 0, since_ms: now.at_ms, ..self.at };
    }

    fn edit(&mut self, edit: Edit, words: Phrase) -> Result<Effect, EditError> {
        let inverse = self.apply(&edit)?;
        self.history.did(Step { words, change: Change::Edit(Box::new(inverse)) });
        Ok(Effect::Record(Box::new(edit)))
    }

    /// Applies an edit and counts it; the selection stays on what is there.
    pub(super) fn apply(&mut self, edit: &Edit) -> Result<Edit, EditError> {
        let shown = self.scene().map(|scene| scene.id);
        let inverse = edit.apply(&mut self.board)?;
        self.has_sequences = self.board.has_sequences();
        self.keeping.made += 1;
        self.keeping.waiting += 1;
        // The scene shown may have moved; where it is gone, its neighbour is shown.
        match shown.and_then(|id| self.board.position(id)) {
            Some(at) => self.at.scene = at,
            None => self.go_to(self.at.scene, Now { at_ms: self.at.since_ms, chance: 0 }),
        }
        super::compare::settle(self);
        Ok(inverse)
    }
}
