//! Bringing a script or another program's board in: it is read in the background, what it would do is shown, and where the
//! person wants it the board changes in one step that undo takes back.

use super::action::Argument;
use super::model::{Model, Overlay, Place};
use super::msg::{Effect, Epoch, ImportNews};
use super::now::Now;
use super::progress::{Phase, Progress};
use super::writing;
use crate::board::{Edit, Line, Text};
use crate::words::{self, Phrase};

/// An import on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Importing {
    /// Which answer it waits for.
    pub(super) asked: Epoch,
    /// The file or folder, as it was named.
    pub path: String,
    /// How far it is, where it has said so.
    pub progress: Option<Progress>,
    /// What would come, once it is read.
    pub plan: Option<Box<Plan>>,
    /// Whether it was told to come in.
    pub coming: bool,
    /// Rows above what is shown.
    pub scroll: u16,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The format it was read as.
    pub format: &'static str,
    /// Its title.
    pub title: Line,
    /// Its story in a sentence.
    pub logline: Text,
    /// What becomes of each scene, in the script's order; those kept aside come last.
    pub scenes: Vec<Fate>,
    /// Names that the bible would have and has not.
    pub names: Vec<Line>,
    /// Takes that would come.
    pub takes: usize,
    /// Pictures that would come.
    pub pictures: usize,
    /// What a person should know of how it was read.
    pub said: Vec<String>,
    /// What it does to the open board; `None` where none is open or nothing of it changes.
    pub edit: Option<Box<Edit>>,
    /// How many edits the board had when this was found out.
    pub made: u64,
}

/// What becomes of a scene.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// Its number.
    pub number: Line,
    /// Its heading.
    pub heading: Line,
    /// What happens to it.
    pub what: Happens,
}

/// What an import does to a scene.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happens {
    /// It is new.
    Added,
    /// Nothing.
    Unchanged,
    /// These parts become as the script has them.
    Changed(Vec<Part>),
    /// The first parts changed in the script and here too, and stay as they are here; the others become as in the script.
    Kept(Vec<Part>, Vec<Part>),
    /// It had left the script, and comes back.
    Returned,
    /// It left the script, and is kept aside.
    Aside,
}

/// A part of a scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its number.
    Number,
    /// Its heading.
    Heading,
    /// Its brief.
    Brief,
    /// A take with new words, beside those that are there.
    Take,
}

/// Where an import goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onto {
    /// The open board.
    Board,
    /// A board of its own.
    NewBoard,
}

/// A file or folder to bring in.
pub(super) const SCRIPT: Argument = Argument {
    name: words::argument_path,
    choices: |model| model.scripts.clone(),
    free: true,
    lookup: Some(|| Effect::FindScripts),
    preview: None,
};

pub(super) fn can_import(model: &Model) -> bool {
    match &model.place {
        Place::Desk(desk) => !matches!(desk.view, super::model::View::Proposals(_) | super::model::View::Review(_)),
        Place::Picker(_) => true,
        Place::Opening(_) => false,
    }
}

fn shown(model: &Model) -> Option<&Importing> {
    match &model.overlay {
        Overlay::Import(importing) => Some(importing),
        _ => None,
    }
}

fn shown_mut(model: &mut Model, asked: Epoch) -> Option<&mut Importing> {
    match &mut model.overlay {
        Overlay::Import(importing) if importing.asked == asked => Some(importing),
        _ => None,
    }
}

/// Reads a file or folder, to show what it would do.
pub(super) fn import(model: &mut Model, _: Now, path: &str) -> Vec<Effect> {
    let asked = model.next_epoch();
    let path = path.trim().to_owned();
    let importing = Importing { asked, path: path.clone(), progress: None, plan: None, coming: false, scroll: 0 };
    model.overlay = Overlay::Import(Box::new(importing));
    vec![Effect::ReadScript { asked, path, onto: onto(model) }]
}

fn onto(model: &Model) -> Option<(Box<crate::board::Storyboard>, u64)> {
    model.desk().map(|desk| (Box::new(desk.board.clone()), desk.keeping.made))
}

/// Whether what is shown can go onto the open board.
pub(super) fn can_bring(model: &Model) -> bool {
    let changes =
        |importing: &Importing| !importing.coming && importing.plan.as_ref().is_some_and(|p| p.edit.is_some());
    shown(model).is_some_and(changes) && model.desk().is_some_and(|desk| !desk.read_only)
}

/// Whether what is shown can become a board of its own.
pub(super) fn can_make(model: &Model) -> bool {
    shown(model).is_some_and(|importing| importing.plan.is_some() && !importing.coming)
}

/// The same, beside the open board.
pub(super) fn can_make_beside(model: &Model) -> bool {
    can_make(model) && model.desk().is_some()
}

/// The same, where no board is open that it could go onto.
pub(super) fn can_only_make(model: &Model) -> bool {
    can_make(model) && model.desk().is_none()
}

/// It comes onto the open board.
pub(super) fn bring(model: &mut Model, _: Now) -> Vec<Effect> {
    come(model, Onto::Board)
}

/// It becomes a board of its own, which is opened.
pub(super) fn make(model: &mut Model, now: Now) -> Vec<Effect> {
    if writing::is_busy(model) {
        model.warn(words::writing_still(model.keys_of("app.leave-unsaved"), model.keys_of("take.stop")));
        return Vec::new();
    }
    // What the board before has waits in its journal; its YAML is written before the other is opened.
    let unsaved = model.desk().is_some_and(|desk| !desk.read_only && !desk.keeping.is_saved());
    let mut effects = if unsaved { super::keeping::save(model, now) } else { Vec::new() };
    effects.extend(come(model, Onto::NewBoard));
    effects
}

fn come(model: &mut Model, onto: Onto) -> Vec<Effect> {
    match &mut model.overlay {
        Overlay::Import(importing) => {
            importing.coming = true;
            vec![Effect::BringIn(importing.asked, onto)]
        }
        _ => Vec::new(),
    }
}

/// Nothing comes in, and what is being read is not read on.
pub(super) fn close(model: &mut Model, _: Now) -> Vec<Effect> {
    let waits = shown(model).is_some_and(|importing| importing.plan.is_none());
    model.overlay = Overlay::None;
    if waits {
        model.say(words::import_stopped());
    }
    vec![Effect::StopImport]
}

/// News of an import; of one that nobody waits for any more there is none.
pub(super) fn news(model: &mut Model, now: Now, asked: Epoch, news: ImportNews) -> Vec<Effect> {
    let Some(importing) = shown_mut(model, asked) else { return Vec::new() };
    match news {
        ImportNews::Step(done, total) => {
            #[expect(clippy::cast_precision_loss, reason = "steps of a job")]
            let share = done as f32 / total.max(1) as f32;
            importing.progress = Some(Progress::step(importing.progress, Phase::Importing, share, now.at_ms));
            Vec::new()
        }
        ImportNews::Read(plan) => {
            importing.plan = Some(plan);
            Vec::new()
        }
        ImportNews::Kept => entered(model, asked),
        ImportNews::Failed(why) => {
            model.overlay = Overlay::None;
            model.warn(words::import_failed(why));
            Vec::new()
        }
    }
}

/// Its pictures are on disk: now the board changes. Where it has changed since the plan was made, the plan is made anew and
/// shown again.
fn entered(model: &mut Model, asked: Epoch) -> Vec<Effect> {
    let made = model.desk().map(|desk| desk.keeping.made);
    let Some(importing) = shown_mut(model, asked) else { return Vec::new() };
    let path = importing.path.clone();
    let Some(plan) = importing.plan.take() else { return Vec::new() };
    if Some(plan.made) != made {
        importing.coming = false;
        importing.progress = None;
        model.say(words::import_again());
        return vec![Effect::ReadScript { asked, path, onto: onto(model) }];
    }
    model.overlay = Overlay::None;
    let Some(edit) = plan.edit else { return Vec::new() };
    let count = plan.scenes.iter().filter(|fate| fate.what != Happens::Unchanged).count();
    model.edit(*edit, words::imported(count, name_of(&path)))
}

/// What a path is called in a sentence: its last part.
fn name_of(path: &str) -> Phrase {
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
    Phrase::verbatim(crate::board::text::clean(name).into_owned())
}

#[cfg(test)]
mod tests {
    use super::super::model::Desk;
    use super::super::msg::Msg;
    use super::super::update;
    use super::*;
    use crate::board::{BoardChange, Scene, SceneId, Storyboard};

    fn model() -> Model {
        let (mut model, _) = Model::new(None, Line::clipped("Anna", 10), (80, 24));
        let scene = Scene { id: SceneId::new(1.into()), ..Scene::default() };
        let board = Storyboard { scenes: vec![scene], ..Storyboard::default() };
        model.place = Place::Desk(Box::new(Desk::new("a.yaml".into(), board, false, false)));
        model
    }

    fn at(at_ms: u64) -> Now {
        Now { at_ms, chance: 1 }
    }

    fn plan(made: u64) -> Box<Plan> {
        let scene = Scene { id: SceneId::new(2.into()), ..Scene::default() };
        let edit = Edit::Together(vec![Edit::InsertScene { at: 1, scene: Box::new(scene) }]);
        let fate = Fate { number: Line::default(), heading: Line::default(), what: Happens::Added };
        Box::new(Plan {
            format: "fountain",
            title: Line::default(),
            logline: Text::default(),
            scenes: vec![fate],
            names: Vec::new(),
            takes: 1,
            pictures: 0,
            said: Vec::new(),
            edit: Some(Box::new(edit)),
            made,
        })
    }

    fn asked(effects: &[Effect]) -> Epoch {
        match effects {
            [Effect::ReadScript { asked, .. }] => *asked,
            other => panic!("{other:?}"),
        }
    }

    fn press(model: &mut Model, key: &str) -> Vec<Effect> {
        update(model, at(9), Msg::Key(key.parse().unwrap()))
    }

    #[test]
    fn what_was_looked_at_comes_in_as_one_step_and_goes_again_by_undo() {
        let mut model = model();
        let asked = asked(&import(&mut model, at(1), "a/script.fountain"));
        assert_eq!(press(&mut model, "enter"), [], "nothing is there to be confirmed yet");
        update(&mut model, at(2), Msg::Import(asked, ImportNews::Read(plan(0))));
        assert_eq!(press(&mut model, "enter"), [Effect::BringIn(asked, Onto::Board)]);
        assert_eq!(model.desk().unwrap().board.scenes.len(), 1, "its pictures are written first");
        let effects = update(&mut model, at(3), Msg::Import(asked, ImportNews::Kept));
        assert!(matches!(effects.as_slice(), [Effect::Record(_)]), "{effects:?}");
        assert_eq!(model.desk().unwrap().board.scenes.len(), 2);
        assert_eq!(model.overlay, Overlay::None);
        press(&mut model, "u");
        assert_eq!(model.desk().unwrap().board.scenes.len(), 1);
    }

    #[test]
    fn a_board_that_changed_meanwhile_is_compared_anew() {
        let mut model = model();
        let asked = asked(&import(&mut model, at(1), "s.fountain"));
        update(&mut model, at(2), Msg::Import(asked, ImportNews::Read(plan(0))));
        let change = Edit::Board(BoardChange::Title(Line::clipped("New", 10)));
        let _ = model.edit(change, Phrase::verbatim("x"));
        press(&mut model, "enter");
        let effects = update(&mut model, at(3), Msg::Import(asked, ImportNews::Kept));
        assert!(matches!(effects.as_slice(), [Effect::ReadScript { onto: Some((_, 1)), .. }]), "{effects:?}");
        assert_eq!(model.desk().unwrap().board.scenes.len(), 1);
    }

    #[test]
    fn an_import_that_is_left_does_nothing_when_its_answer_comes() {
        let mut model = model();
        let asked = asked(&import(&mut model, at(1), "s.fountain"));
        assert_eq!(press(&mut model, "esc"), [Effect::StopImport]);
        update(&mut model, at(2), Msg::Import(asked, ImportNews::Read(plan(0))));
        update(&mut model, at(2), Msg::Import(asked, ImportNews::Kept));
        assert_eq!((model.desk().unwrap().board.scenes.len(), &model.overlay), (1, &Overlay::None));
    }

    #[test]
    fn without_a_board_it_becomes_one_and_a_board_is_saved_before_another_is_opened() {
        let (mut model, _) = Model::new(None, Line::clipped("Anna", 10), (80, 24));
        let asked_now = asked(&import(&mut model, at(1), "s.fountain"));
        update(&mut model, at(2), Msg::Import(asked_now, ImportNews::Read(plan(0))));
        assert_eq!(press(&mut model, "enter"), [Effect::BringIn(asked_now, Onto::NewBoard)]);
        let mut model = self::model();
        let _ = model.edit(Edit::Board(BoardChange::Title(Line::clipped("New", 10))), Phrase::verbatim("x"));
        let asked_now = asked(&import(&mut model, at(1), "s.fountain"));
        update(&mut model, at(2), Msg::Import(asked_now, ImportNews::Read(plan(1))));
        let effects = press(&mut model, "n");
        assert!(matches!(effects.as_slice(), [Effect::Save(..), Effect::BringIn(_, Onto::NewBoard)]), "{effects:?}");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_told_and_nothing_changes() {
        let mut model = model();
        let asked = asked(&import(&mut model, at(1), "s.docx"));
        update(&mut model, at(2), Msg::Import(asked, ImportNews::Failed(Phrase::verbatim("no such kind"))));
        assert!(model.notice.is_some() && model.overlay == Overlay::None);
    }
}
