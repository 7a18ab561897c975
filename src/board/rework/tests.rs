use super::*;
use crate::board::edit::tests::{any_board, take};
use proptest::prelude::*;

fn numbered(numbers: &[&str]) -> Storyboard {
    let scene = |(at, number): (usize, &&str)| Scene {
        id: SceneId::new((at as u128 + 1).into()),
        number: Line::clipped(number, 20),
        ..Scene::default()
    };
    Storyboard { scenes: numbers.iter().enumerate().map(scene).collect(), ..Storyboard::default() }
}

fn numbers(board: &Storyboard) -> Vec<&str> {
    board.scenes.iter().map(|scene| scene.number.as_str()).collect()
}

#[test]
fn a_scene_that_comes_in_late_is_numbered_as_scripts_do() {
    let cases: [(&[&str], usize, &str); 11] = [
        (&[], 0, "1"),
        (&["1"], 1, "2"),
        (&["12", "13"], 1, "12A"),
        (&["12A", "13"], 1, "12B"),
        (&["12", "12A"], 1, "A12A"),
        (&["12", "12B"], 1, "12A"),
        (&["12Z", "13"], 1, "12AA"),
        (&["1"], 0, "A1"),
        (&["1", "3"], 1, "2"),
        (&["1", "2", "1A"], 1, "1B"),
        (&["one", "two"], 1, "1"),
    ];
    for (there, at, expected) in cases {
        assert_eq!(number_at(&numbered(there), at), *expected, "{there:?} at {at}");
    }
}

#[test]
fn renumbering_keeps_or_drops_letters() {
    let there = ["4", "4A", "7", "", "A9", "12B"];
    let mut board = numbered(&there);
    let back = renumber(&board, Letters::Keep).apply(&mut board).unwrap();
    assert_eq!(numbers(&board), ["1", "1A", "2", "3", "4", "4B"]);
    back.apply(&mut board).unwrap();
    assert_eq!(numbers(&board), there);
    renumber(&board, Letters::Drop).apply(&mut board).unwrap();
    assert_eq!(numbers(&board), ["1", "2", "3", "4", "5", "6"]);
}

fn fresh() -> impl FnMut() -> TakeId {
    let mut next = 1000_u128;
    move || {
        next += 1;
        TakeId::new(next.into())
    }
}

#[test]
fn a_copy_keeps_its_pick_and_its_family_under_new_ids() {
    let mut board = numbered(&["1", "2"]);
    let (first, mut second) = (take(50, 2), take(51, 2));
    second.parent = Some(first.id);
    board.scenes[0].takes = vec![first, second];
    board.scenes[0].picked = Some(TakeId::new(51.into()));
    let id = SceneId::new(99.into());
    duplicate(&board, board.scenes[0].id, id, &mut fresh()).unwrap().apply(&mut board).unwrap();
    assert_eq!(numbers(&board), ["1", "1A", "2"]);
    let copy = &board.scenes[1];
    assert_eq!(copy.id, id);
    assert_eq!(copy.picked, Some(copy.takes[1].id));
    assert_eq!(copy.takes[1].parent, Some(copy.takes[0].id));
    assert_ne!(copy.takes[0].id, board.scenes[0].takes[0].id);
}

#[test]
fn a_split_divides_shots_and_seconds_and_says_that_it_did() {
    let mut board = numbered(&["1", "2"]);
    let whole = take(50, 4);
    board.scenes[0].takes = vec![whole.clone(), take(51, 1)];
    board.scenes[0].picked = Some(whole.id);
    board.scenes[0].seconds = Seconds::new(20.0);
    let scene = board.scenes[0].id;
    split(&board, scene, 1, SceneId::new(99.into()), &mut fresh()).unwrap().apply(&mut board).unwrap();
    let [head, tail, _] = board.scenes.as_slice() else { panic!("{board:?}") };
    assert_eq!((head.number.as_str(), tail.number.as_str()), ("1", "1A"));
    assert_eq!([&head.takes[0].shots[..], &tail.takes[0].shots[..]].concat(), whole.shots);
    assert_eq!((head.seconds, tail.seconds), (Seconds::new(5.0), Seconds::new(15.0)));
    assert_eq!((head.takes.len(), tail.takes.len()), (2, 1), "a take of one shot stays whole");
    assert_eq!(tail.picked, Some(tail.takes[0].id));
    assert_eq!(tail.takes[0].parent, Some(whole.id));
    assert!(tail.takes[0].provenance.edited.contains(&Field::Shots));
}

proptest! {
    #[test]
    fn undoing_a_rework_restores_the_board(board in any_board(), which in 0_usize..4, at in 0_usize..5, shot in 0_usize..4) {
        let Some(scene) = board.scenes.get(at % board.scenes.len().max(1)).map(|scene| scene.id) else { return Ok(()) };
        let id = SceneId::new(9999.into());
        let edit = match which {
            0 => duplicate(&board, scene, id, &mut fresh()).unwrap(),
            1 => split(&board, scene, shot, id, &mut fresh()).unwrap(),
            2 => renumber(&board, Letters::Keep),
            _ => renumber(&board, Letters::Drop),
        };
        let mut changed = board.clone();
        let back = edit.apply(&mut changed).unwrap();
        back.apply(&mut changed).unwrap();
        prop_assert_eq!(changed, board);
    }

    #[test]
    fn a_number_that_is_handed_out_is_free(numbers in proptest::collection::vec("[A-C]?[0-9]{1,2}[A-C]?", 0..8), at in 0_usize..9) {
        let there: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let number = number_at(&numbered(&there), at.min(there.len()));
        prop_assert!(!number.is_empty());
        prop_assert!(there.iter().all(|other| !other.eq_ignore_ascii_case(&number)), "{} in {:?}", number, there);
    }
}

#[test]
fn a_brief_split_between_its_words_divides_the_seconds_as_they_do() {
    let mut board = numbered(&["1", "2"]);
    let whole = board.scenes[0].clone();
    let id = SceneId::new(77.into());
    let text = |words: &str| crate::board::Text::new(words).unwrap();
    board.scenes[0].seconds = Some(Seconds::clamped(12.0));
    let before = board.clone();
    let edit = split_brief(&board, whole.id, text("She waits"), text("He"), id).unwrap();
    let back = edit.apply(&mut board).unwrap();
    assert_eq!(board.scenes[0].brief, "She waits");
    assert_eq!(board.scenes[1].brief, "He");
    assert_eq!(board.scenes[1].heading, whole.heading);
    assert!(board.scenes[1].takes.is_empty());
    let seconds = |at: usize| board.scenes[at].seconds.unwrap().get();
    assert!((seconds(0) + seconds(1) - 12.0).abs() < 0.001 && seconds(0) > seconds(1));
    back.apply(&mut board).unwrap();
    assert_eq!(board, before);
}
