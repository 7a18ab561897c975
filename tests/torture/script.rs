//! A session of edits, verdicts and saves in which every step follows from its number and the board before it, so that who
//! looks on from outside knows what the board is after each.

use slateboard::board::{
    BoardChange, Edit, Feedback, FeedbackId, Line, Provenance, Scene, SceneChange, SceneId, Storyboard, Take, TakeId,
    Text, Verdict, verdict_edit,
};
use slateboard::store::{BoardFile, StoreError};
use ulid::Ulid;

/// What is done in one step.
pub(crate) enum Step {
    Edit(Edit),
    Verdict(Box<Feedback>, Edit),
    Save,
}

/// The board before the first step.
pub(crate) fn board() -> Storyboard {
    let scene = Scene { id: SceneId::new(Ulid(1)), takes: vec![take(2), take(3)], ..Scene::default() };
    Storyboard { title: Line::new("The Keeper").unwrap(), scenes: vec![scene], ..Storyboard::default() }
}

fn take(id: u64) -> Take {
    Take {
        id: TakeId::new(Ulid(id.into())),
        parent: None,
        heading: None,
        action: words(id),
        dialogue: vec![],
        sound: Text::default(),
        shots: vec![],
        newcomers: vec![],
        provenance: Provenance::default(),
        extra: Default::default(),
    }
}

/// Words that YAML makes something else of where they are not quoted, and the number that tells them from all others.
fn words(n: u64) -> Text {
    let odd = ["no", "1:30", "- a", "~", "é\n  b", "# c", "'\"", "<<"];
    Text::new(&format!("{} {n}", odd[n as usize % odd.len()])).unwrap()
}

/// The step with number `n`, from 1, on the board that the steps before it made.
pub(crate) fn step(n: u64, board: &Storyboard) -> Step {
    // Numbers of steps and of the first board's entries are kept apart.
    let fresh = 100 + n;
    let scene = &board.scenes[n as usize % board.scenes.len()];
    let judged = scene.takes.get(n as usize % scene.takes.len().max(1));
    match n % 11 {
        0 => Step::Save,
        1 | 7 if board.scenes.len() < 30 => {
            let scene = Scene { id: SceneId::new(Ulid(fresh.into())), brief: words(n), ..Scene::default() };
            Step::Edit(Edit::InsertScene { at: n as usize % board.scenes.len(), scene: Box::new(scene) })
        }
        1 | 7 => Step::Edit(Edit::RemoveScene { id: scene.id }),
        2 | 3 | 8 => Step::Edit(Edit::InsertTake { scene: scene.id, at: 0, take: Box::new(take(fresh)) }),
        4 | 5 | 9 if judged.is_some() => {
            let feedback = Feedback {
                id: FeedbackId::new(Ulid(fresh.into())),
                at_ms: n,
                reviewer: Line::new("Ana").unwrap(),
                scene: scene.id,
                verdict: if n.is_multiple_of(2) { Verdict::Accept } else { Verdict::Reject },
                reason: None,
                looked_ms: None,
                take: judged.unwrap().clone(),
                reading: None,
                edited_from: None,
                picked_before: scene.picked,
                index: n as usize % scene.takes.len(),
            };
            let edit = verdict_edit(board, &feedback).unwrap();
            Step::Verdict(Box::new(feedback), edit)
        }
        6 => Step::Edit(Edit::Board(BoardChange::Title(Line::new(&format!("Title {n}")).unwrap()))),
        _ => Step::Edit(Edit::Scene { id: scene.id, change: SceneChange::Brief(words(n)) }),
    }
}

impl Step {
    /// Its verdict.
    pub(crate) fn feedback(&self) -> Option<FeedbackId> {
        if let Self::Verdict(feedback, _) = self { Some(feedback.id) } else { None }
    }

    /// Does it on the board and on disk, as the program does.
    pub(crate) fn take(self, file: &mut BoardFile, board: &mut Storyboard) -> Result<(), StoreError> {
        match self {
            Self::Edit(edit) => {
                edit.apply(board).unwrap();
                file.record(&edit)
            }
            Self::Verdict(feedback, edit) => {
                file.record_verdict(&feedback, &edit)?;
                edit.apply(board).unwrap();
                Ok(())
            }
            Self::Save => file.save(board).map(drop),
        }
    }
}
