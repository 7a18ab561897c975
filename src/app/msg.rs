//! What comes into the core and what it asks to be done: plain data both ways.

use std::path::PathBuf;

use super::config::Switch;
use super::importing::{Onto, Plan};
use super::key::Key;
use super::model::{Notice, Target};
use super::picker::{self, Found};
use super::proposals::{Ask, Proposal};
use super::seen::Seen;
use super::taste_view::{About, Told};
use crate::board::{Edit, Feedback, Line, Scene, SceneId, Storyboard, Take, TakeId, Template};
use crate::words::Phrase;

/// Which job or which question an answer belongs to. Answers of an earlier epoch are dropped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Epoch(pub u64);

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal's window came to the front, or left it.
    Focus(Focus),
    /// Text was pasted, as the terminal gave it.
    Paste(String),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// News of the engine.
    Engine(Epoch, EngineNews),
    /// News of the board's files.
    Store(StoreNews),
    /// `$EDITOR` was left; the text it left behind, or why there is none.
    EditedOutside(SceneId, Result<String, Phrase>),
    /// What verdicts taught, or why it cannot be told, in words.
    Taste(Epoch, Result<Told, Phrase>),
    /// News of an export.
    Export(Epoch, ExportNews),
    /// News of an import.
    Import(Epoch, ImportNews),
    /// Scripts and boards of other programs that are here.
    Scripts(Vec<String>),
    /// Time has passed, while something moves.
    Tick,
    /// The way through the history goes on, from where it began to where so many steps are done.
    StepTo {
        /// Steps that were done where it began.
        from: usize,
        /// Steps that are done where it ends.
        to: usize,
    },
    /// The system asks the program to end.
    Terminate,
    /// The terminal is gone, and the program ends.
    HangUp,
    /// The screen was drawn: what is where on it.
    Drawn(Seen),
    /// A worker broke.
    Broken(Phrase),
}

/// What the mouse did, and where on the screen, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub kind: MouseKind,
    /// The column.
    pub column: u16,
    /// The row.
    pub row: u16,
}

/// What a mouse does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// Its first button went down.
    Press,
    /// Its wheel turned away from the person.
    WheelUp,
    /// Its wheel turned towards the person.
    WheelDown,
}

/// Which window the person looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Focus {
    /// This one, as far as is known.
    #[default]
    Here,
    /// Another one.
    Elsewhere,
}

/// Something chosen in the program that the next start begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The theme of that name.
    Theme(String),
    /// The language of that tag.
    Language(String),
}

/// Something for the clipboard.
#[derive(Debug, Clone, PartialEq)]
pub enum Clip {
    /// Words.
    Text(String),
    /// A scene, as the file has it.
    Yaml(Box<Scene>),
}

/// News of the engine.
#[derive(Debug, Clone, PartialEq)]
pub enum EngineNews {
    /// The model is being read; from 0 to 1.
    Loading(f32),
    /// The model is ready.
    Ready {
        /// The model's name.
        model: String,
        /// What runs it.
        device: String,
    },
    /// The prompt is being read.
    Reading {
        /// Tokens read.
        done: usize,
        /// Tokens in all.
        total: usize,
    },
    /// A take so far.
    Growing(usize, Take),
    /// Tokens a second over all takes.
    Pace(f32),
    /// The takes are whole.
    Done {
        /// The takes, in the order they were asked for.
        takes: Vec<Take>,
        /// Parts of the prompt that were shortened or left out.
        left_out: Vec<String>,
    },
    /// Proposals so far.
    Proposing(Vec<Proposal>),
    /// The proposals are whole.
    Proposed(Vec<Proposal>),
    /// There are no takes and no proposals.
    Failed(Failure),
}

/// News of an export.
#[derive(Debug, Clone, PartialEq)]
pub enum ExportNews {
    /// So many steps of how many are done.
    Step(usize, usize),
    /// It is there.
    Done {
        /// The file or folder.
        written: String,
        /// What the format could not carry.
        left_out: Vec<Phrase>,
    },
    /// It was stopped; nothing was written.
    Stopped,
    /// It could not be done.
    Failed(Phrase),
}

/// News of an import.
#[derive(Debug, Clone, PartialEq)]
pub enum ImportNews {
    /// So many steps of how many are done.
    Step(usize, usize),
    /// It is read: this is what it would do.
    Read(Box<Plan>),
    /// What comes with it is on disk: it can go onto the board.
    Kept,
    /// It cannot be brought in.
    Failed(Phrase),
}

/// Why there is no model or no take.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// The person stopped it.
    Stopped,
    /// The engine is gone and can be started again.
    Died(Phrase),
    /// Anything else; the words say what to do.
    Refused(Phrase),
}

/// News of the board's files.
#[derive(Debug, Clone, PartialEq)]
pub enum StoreNews {
    /// A board is open.
    Opened {
        /// Its file.
        path: PathBuf,
        /// What is in it.
        board: Box<Storyboard>,
        /// Whether it may only be looked at.
        read_only: bool,
        /// Whether the YAML lacks edits that the journal has.
        unsaved: bool,
        /// What a person should be told.
        notices: Vec<Notice>,
        /// Where the board was left.
        left: Option<Left>,
    },
    /// Another process has the board open.
    Held {
        /// Its file.
        path: PathBuf,
        /// Who has it.
        holder: Phrase,
        /// Whether that is a program here which can be told to let it go.
        can_be_taken_over: bool,
    },
    /// The board cannot be opened.
    NotOpened(Phrase),
    /// An edit is in the journal.
    Recorded,
    /// A verdict is on disk.
    Judged(Box<Feedback>),
    /// A verdict could not be kept.
    NotJudged(Phrase),
    /// An edit could not be kept.
    NotRecorded(Phrase),
    /// Edits that could not be kept before are in the journal now.
    CaughtUp,
    /// The YAML holds the board as it was after so many edits.
    Saved(u64),
    /// Another program changed the YAML; the board is in this file.
    Conflict(PathBuf, u64),
    /// The board could not be saved.
    NotSaved(Phrase),
    /// Boards to choose from.
    Boards(Vec<Found>),
    /// What is in one of them.
    About(PathBuf, picker::About),
    /// A new board is made, or why not.
    Made(Result<PathBuf, Phrase>),
}

/// Where a board was left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Left {
    /// The scene shown.
    pub scene: Option<SceneId>,
    /// The take shown.
    pub take: Option<TakeId>,
    /// Rows of the take above what was shown.
    pub scroll: u16,
    /// The view shown, by its name.
    pub view: String,
    /// The scene for which takes were being written as the program ended.
    pub cut_off: Option<SceneId>,
    /// What stood in the editor then.
    pub draft: Option<Draft>,
}

/// Words that are on no board yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Who was writing.
    pub reviewer: Line,
    /// Which text.
    pub target: Target,
    /// The scene and the take it was written at, where the text does not say.
    pub on_stage: Option<(SceneId, TakeId)>,
    /// The words, as far as they were written.
    pub words: String,
}

/// How a board is to be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// To be worked on.
    Write,
    /// To be looked at.
    ReadOnly,
    /// As a copy under a free name beside it.
    Copy,
    /// To be worked on, and let go by the program that holds it here.
    TakeOver,
}

/// Something to be done outside the core.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Look for boards to choose from.
    FindBoards,
    /// Make a new board.
    NewBoard {
        /// Its file.
        file: PathBuf,
        /// Its title.
        title: String,
        /// What it begins from.
        template: Option<Template>,
    },
    /// Open a board.
    Open(PathBuf, Opening),
    /// Put an edit, which the board has already, into the journal.
    Record(Box<Edit>),
    /// Put a verdict and its edit on disk; the board has it not yet.
    Judge(Box<Feedback>, Box<Edit>),
    /// Put what taste is to learn of an edit on disk; the board has it already.
    Learn(Box<Feedback>),
    /// Write the YAML; the number is how many edits it holds.
    Save(Box<Storyboard>, u64),
    /// Load the model.
    WarmUp(Epoch),
    /// Write takes of a scene.
    Generate {
        /// The job.
        epoch: Epoch,
        /// The board as it is.
        board: Box<Storyboard>,
        /// Which scene.
        scene: SceneId,
        /// One take a seed.
        seeds: Vec<u32>,
        /// The takes' identities.
        ids: Vec<TakeId>,
    },
    /// Let the model propose what the board might become.
    Propose {
        /// The job.
        epoch: Epoch,
        /// The board as it is.
        board: Box<Storyboard>,
        /// What is asked.
        ask: Ask,
        /// The seed of the sampling.
        seed: u32,
    },
    /// Tell what verdicts taught.
    AskTaste(Epoch, Box<Storyboard>, About),
    /// Take the board out in another format.
    Export {
        /// The job.
        asked: Epoch,
        /// The board as it is.
        board: Box<Storyboard>,
        /// Its file.
        path: PathBuf,
        /// The format's name.
        format: String,
        /// Where to; empty for beside the board.
        to: String,
    },
    /// Stop the export under way.
    StopExport,
    /// Look for scripts and boards of other programs.
    FindScripts,
    /// Read a script or another program's board, and tell what it would do.
    ReadScript {
        /// The job.
        asked: Epoch,
        /// The file or folder.
        path: String,
        /// The open board, and how many edits it has.
        onto: Option<(Box<Storyboard>, u64)>,
    },
    /// Bring in what was read for this job.
    BringIn(Epoch, Onto),
    /// Read no further, and forget what was read.
    StopImport,
    /// Stop the running job.
    Cancel,
    /// Keep what stands in the editor beside the board for the next start, or no longer.
    KeepDraft(Option<Box<Draft>>),
    /// Let the person change a text in `$VISUAL` or `$EDITOR`.
    EditOutside(SceneId, String),
    /// Put something on the clipboard.
    Copy(Clip),
    /// Keep what was chosen for the next start.
    Keep(Choice),
    /// Use the mouse, or no longer.
    UseMouse(Switch),
    /// Tell the person, who looks at another window.
    Notify(Phrase),
    /// Stop the program as ctrl-z does.
    Suspend,
    /// Leave.
    Quit,
}
