use super::*;
use crate::board::{Angle, Field, Move, Position, Shot, Size, Staging};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// A take of `shots` shots of equal length.
pub(crate) fn take(id: u128, shots: usize) -> Take {
    let shot = |n: usize| Shot {
        size: Size::ALL[n % Size::ALL.len()],
        angle: Angle::Eye,
        camera: Move::Static,
        seconds: Seconds::clamped(2.0),
        description: Text::clipped(&format!("shot {n}"), 20),
        staging: vec![Staging {
            subject: Line::clipped("MARA", 10),
            position: Position::Center,
            depth: crate::board::Depth::Middle,
            facing: None,
            pose: None,
            extra: Default::default(),
        }],
        extra: Default::default(),
    };
    Take {
        id: TakeId::new(id.into()),
        parent: None,
        heading: None,
        action: Text::clipped(&format!("take {id}"), 20),
        dialogue: Vec::new(),
        sound: Text::default(),
        shots: (0..shots).map(shot).collect(),
        newcomers: Vec::new(),
        provenance: Default::default(),
        extra: Default::default(),
    }
}

fn line() -> impl Strategy<Value = Line> {
    "[a-zA-Z0-9 .é]{0,6}".prop_map(|raw| Line::clipped(&raw, 10))
}

fn text() -> impl Strategy<Value = Text> {
    "[a-z\n]{0,6}".prop_map(|raw| Text::clipped(&raw, 10))
}

// Few ids, so that edits meet what is there as often as what is not.
fn scene_id() -> impl Strategy<Value = SceneId> {
    (1_u128..6).prop_map(|n| SceneId::new(n.into()))
}

fn take_id() -> impl Strategy<Value = TakeId> {
    (1_u128..6).prop_map(|n| TakeId::new(n.into()))
}

fn any_take() -> impl Strategy<Value = Take> {
    (1_u128..6, 0_usize..4).prop_map(|(id, shots)| take(id, shots))
}

fn any_entry() -> impl Strategy<Value = Entry> {
    ("[A-Da-d]{0,1}", text()).prop_map(|(name, look)| Entry { name: Line::clipped(&name, 2), look, ..Entry::default() })
}

fn any_scene() -> impl Strategy<Value = Scene> {
    (scene_id(), line(), text(), vec(any_take(), 0..4), option::of(0_usize..4)).prop_map(
        |(id, number, brief, takes, picked)| {
            let mut scene = Scene { id, number, brief, ..Scene::default() };
            for take in takes {
                if scene.take(take.id).is_none() {
                    scene.takes.push(take);
                }
            }
            scene.picked = picked.and_then(|at| scene.takes.get(at)).map(|take| take.id);
            scene
        },
    )
}

/// A board of a few scenes whose ids differ.
pub(crate) fn any_board() -> impl Strategy<Value = Storyboard> {
    (vec(any_scene(), 0..5), line()).prop_map(|(scenes, title)| {
        let mut board = Storyboard { title, ..Storyboard::default() };
        for scene in scenes {
            if board.position(scene.id).is_none() {
                board.scenes.push(scene);
            }
        }
        board
    })
}

fn board_change() -> impl Strategy<Value = BoardChange> {
    prop_oneof![
        line().prop_map(BoardChange::Title),
        text().prop_map(BoardChange::Logline),
        line().prop_map(BoardChange::Language),
        line().prop_map(BoardChange::Aspect),
        prop_oneof![Just(0.0_f32), Just(-1.0), Just(25.0), Just(500.0)].prop_map(BoardChange::Fps),
        option::of(line()).prop_map(BoardChange::Style),
        option::of(text()).prop_map(BoardChange::Tone),
        "[a-z]{1,3}".prop_map(|key| BoardChange::Extra([(key, serde_yaml::Value::from(1))].into())),
    ]
}

fn scene_change() -> impl Strategy<Value = SceneChange> {
    prop_oneof![
        line().prop_map(SceneChange::Number),
        line().prop_map(SceneChange::Heading),
        text().prop_map(SceneChange::Brief),
        option::of((0.0_f32..60.0).prop_map(Seconds::clamped)).prop_map(SceneChange::Seconds),
        (0_u8..4).prop_map(SceneChange::Newcomers),
        option::of(line()).prop_map(SceneChange::Style),
        proptest::sample::subsequence(Field::ALL.to_vec(), 0..=Field::ALL.len())
            .prop_map(|fields| SceneChange::Locked(fields.into_iter().map(Lock::from).collect())),
        option::of(take_id()).prop_map(SceneChange::Picked),
    ]
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let kind = || proptest::sample::select(Kind::ALL);
    let single = prop_oneof![
        board_change().prop_map(Edit::Board),
        (0_usize..6, any_scene()).prop_map(|(at, scene)| Edit::InsertScene { at, scene: Box::new(scene) }),
        scene_id().prop_map(|id| Edit::RemoveScene { id }),
        (scene_id(), 0_usize..6).prop_map(|(id, to)| Edit::MoveScene { id, to }),
        any_scene().prop_map(|scene| Edit::ReplaceScene { scene: Box::new(scene) }),
        (scene_id(), scene_change()).prop_map(|(id, change)| Edit::Scene { id, change }),
        (scene_id(), 0_usize..4, any_take()).prop_map(|(scene, at, take)| Edit::InsertTake {
            scene,
            at,
            take: Box::new(take)
        }),
        (scene_id(), take_id()).prop_map(|(scene, take)| Edit::RemoveTake { scene, take }),
        (scene_id(), any_take()).prop_map(|(scene, take)| Edit::ReplaceTake { scene, take: Box::new(take) }),
        (kind(), 0_usize..4, any_entry()).prop_map(|(kind, at, entry)| Edit::InsertEntry {
            kind,
            at,
            entry: Box::new(entry)
        }),
        (kind(), 0_usize..4).prop_map(|(kind, at)| Edit::RemoveEntry { kind, at }),
        (kind(), 0_usize..4, any_entry()).prop_map(|(kind, at, entry)| Edit::ReplaceEntry {
            kind,
            at,
            entry: Box::new(entry)
        }),
    ];
    single.prop_recursive(2, 8, 4, |inner| vec(inner, 0..4).prop_map(Edit::Together))
}

proptest! {
    #[test]
    fn a_run_of_edits_taken_back_in_turn_restores_the_board(board in any_board(), edits in vec(any_edit(), 0..24)) {
        let mut changed = board.clone();
        let mut inverses = Vec::new();
        for edit in &edits {
            let before = changed.clone();
            match edit.apply(&mut changed) {
                Ok(inverse) => inverses.push(inverse),
                Err(_) => prop_assert_eq!(&changed, &before, "a refused edit changed the board"),
            }
        }
        while let Some(inverse) = inverses.pop() {
            prop_assert!(inverse.apply(&mut changed).is_ok());
        }
        prop_assert_eq!(changed, board);
    }

    #[test]
    fn an_undone_edit_can_be_done_again(board in any_board(), edit in any_edit()) {
        let mut done = board.clone();
        let Ok(inverse) = edit.apply(&mut done) else { return Ok(()) };
        let mut undone = done.clone();
        let redo = inverse.apply(&mut undone).unwrap();
        redo.apply(&mut undone).unwrap();
        prop_assert_eq!(undone, done);
    }

    #[test]
    fn an_edit_survives_the_journal(edit in any_edit()) {
        let line = serde_json::to_string(&edit).unwrap();
        prop_assert_eq!(serde_json::from_str::<Edit>(&line).unwrap(), edit);
    }
}

#[test]
fn names_in_the_bible_stay_unique_whatever_their_case() {
    let mut board = Storyboard::default();
    let insert = |name: &str, kind| {
        let entry = Box::new(Entry { name: Line::clipped(name, 20), ..Entry::default() });
        Edit::InsertEntry { kind, at: 0, entry }
    };
    insert("MARA", Kind::Character).apply(&mut board).unwrap();
    let refused = insert("Mara", Kind::Prop).apply(&mut board).unwrap_err();
    assert_eq!(refused, EditError::NameThere(Line::clipped("Mara", 20)));
    assert_eq!(insert("", Kind::Prop).apply(&mut board), Err(EditError::NoName));
}

#[test]
fn taking_the_picked_take_out_leaves_no_pick_and_undo_brings_both_back() {
    let mut scene = Scene { id: SceneId::new(1.into()), ..Scene::default() };
    scene.takes = vec![take(1, 1), take(2, 1)];
    scene.picked = Some(TakeId::new(1.into()));
    let mut board = Storyboard { scenes: vec![scene], ..Storyboard::default() };
    let before = board.clone();
    let edit = Edit::RemoveTake { scene: SceneId::new(1.into()), take: TakeId::new(1.into()) };
    let back = edit.apply(&mut board).unwrap();
    assert_eq!(board.scenes[0].picked, None);
    back.apply(&mut board).unwrap();
    assert_eq!(board, before);
}
