use proptest::prelude::*;

use super::*;
use crate::board::{Field, Origin};
use crate::exchange::fixture;
use crate::exchange::fountain;

const SCRIPT: &str = "Title: Twice\n\nEXT. SHORE - DAWN\n\nMARA climbs over wet rocks and finds a bottle.\n\nMARA\nWho are you?\n\n\
    INT. STAIR - DAY\n\nShe carries the bottle up, landing after landing.\n\nINT. KITCHEN - DAY\n\nShe breaks the wax with a bread knife.\n";

fn import(text: &str) -> Storyboard {
    let mut board = fountain::read(text).into_board(&mut ids(1)).board;
    remember(&mut board);
    board
}

/// Identities that no other import in a test has.
fn ids(series: u128) -> impl FnMut() -> Ulid {
    let mut last = series << 64;
    move || {
        last += 1;
        last.into()
    }
}

fn again(board: &Storyboard, text: &str) -> Merged {
    merge(board, fountain::read(text).into_board(&mut ids(2)).board, &mut ids(3))
}

fn fates(merged: &Merged) -> Vec<Happened> {
    merged.scenes.iter().map(|fate| fate.what.clone()).collect()
}

#[test]
fn the_same_script_again_changes_nothing() {
    let board = import(SCRIPT);
    let merged = again(&board, SCRIPT);
    assert_eq!(merged.board, board);
    assert_eq!(fates(&merged), [Happened::Unchanged, Happened::Unchanged, Happened::Unchanged]);
}

#[test]
fn a_scene_whose_imported_take_was_rejected_is_known_under_another_heading_and_number() {
    let mut board = import(SCRIPT);
    board.scenes[1].takes.clear();
    let merged = again(&board, &SCRIPT.replace("INT. STAIR - DAY", "EXT. HARBOUR - DAY #9#"));
    assert_eq!(merged.board.scenes[1].id, board.scenes[1].id);
    assert_eq!(fates(&merged)[1], Happened::Changed(vec![Part::Number, Part::Heading]));
    assert_eq!(merged.board.scenes[1].takes, [], "what was rejected stays away");
}

#[test]
fn a_changed_script_changes_its_scenes_and_keeps_their_takes() {
    let mut board = import(SCRIPT);
    let mut take = board.scenes[1].takes[0].clone();
    take.id = TakeId::new(77.into());
    take.provenance.origin = Origin::Model;
    board.scenes[1].takes.push(take);
    board.scenes[1].picked = Some(TakeId::new(77.into()));
    // A new scene first, the stair renamed and reworded, the kitchen gone.
    let changed = "EXT. HARBOUR - DAWN\n\nThe ferry is late.\n\nEXT. SHORE - DAWN\n\nMARA climbs over wet rocks and finds a \
        bottle.\n\nMARA\nWho are you?\n\nINT. LIGHTHOUSE STAIR - DAY\n\nShe carries the green bottle up, landing after landing.\n";
    let merged = again(&board, changed);
    assert_eq!(
        fates(&merged),
        [
            Happened::Added,
            Happened::Changed(vec![Part::Number]),
            Happened::Changed(vec![Part::Number, Part::Heading, Part::Brief, Part::Take]),
            Happened::Aside
        ]
    );
    let stair = &merged.board.scenes[2];
    assert_eq!(stair.id, board.scenes[1].id);
    assert_eq!((stair.takes.len(), stair.picked), (3, Some(TakeId::new(77.into()))));
    assert_eq!(stair.takes[2].parent, Some(stair.takes[0].id));
    assert_eq!(merged.board.scenes.len(), 3);

    // The kitchen comes back as it was.
    let back =
        again(&merged.board, &format!("{changed}\nINT. KITCHEN - DAY\n\nShe breaks the wax with a bread knife.\n"));
    assert_eq!(back.scenes[3].what, Happened::Returned);
    assert_eq!(back.board.scenes[3].id, board.scenes[2].id);
    assert!(!back.board.extra.contains_key(ASIDE));
}

#[test]
fn what_was_written_here_since_stays() {
    let mut board = import(SCRIPT);
    board.scenes[0].brief = Text::new("My own brief.").unwrap();
    board.scenes[0].takes[0].action = Text::new("My own action.").unwrap();
    board.scenes[0].takes[0].provenance.edited = vec![Field::Action];
    let unchanged = again(&board, SCRIPT);
    assert_eq!(unchanged.board, board, "the script did not change, so nothing does");
    let merged = again(&board, &SCRIPT.replace("finds a bottle", "finds two bottles"));
    assert_eq!(merged.scenes[0].what, Happened::Kept { stays: vec![Part::Brief], changed: vec![Part::Take] });
    let scene = &merged.board.scenes[0];
    assert_eq!((scene.brief.as_str(), scene.takes[0].action.as_str()), ("My own brief.", "My own action."));
    assert!(scene.takes[1].action.contains("two bottles"));
}

#[test]
fn a_scene_made_here_stays_behind_the_one_it_followed() {
    let mut board = import(SCRIPT);
    let own =
        Scene { id: crate::board::SceneId::new(5.into()), heading: Line::new("OWN").unwrap(), ..Scene::default() };
    board.scenes.insert(2, own);
    let merged = again(&board, SCRIPT);
    let headings: Vec<&str> = merged.board.scenes.iter().map(|scene| scene.heading.as_str()).collect();
    assert_eq!(headings, ["EXT. SHORE - DAWN", "INT. STAIR - DAY", "OWN", "INT. KITCHEN - DAY"]);
}

#[test]
fn what_was_moved_here_stays_moved_unless_the_script_moved_it_too() {
    let headings = |merged: &Merged| -> Vec<String> {
        merged.board.scenes.iter().map(|scene| scene.current_heading().to_string()).collect()
    };
    let mut board = import(SCRIPT);
    board.scenes.swap(1, 2);
    // A scene more behind the stair, which stands last here.
    let (more, kitchen) =
        ("INT. LANDING - DAY\n\nShe rests on the way, the bottle under her arm.\n\n", "INT. KITCHEN - DAY");
    let merged = again(&board, &SCRIPT.replace(kitchen, &format!("{more}{kitchen}")));
    assert_eq!(headings(&merged), ["EXT. SHORE - DAWN", kitchen, "INT. STAIR - DAY", "INT. LANDING - DAY"]);
    // A scene that left and came back says nothing of the order.
    let gone =
        again(&board, &SCRIPT.replace("INT. STAIR - DAY\n\nShe carries the bottle up, landing after landing.\n\n", ""));
    assert_eq!(headings(&gone), ["EXT. SHORE - DAWN", kitchen]);
    // The script's own order changes: then it counts.
    let (shore, rest) = SCRIPT.split_once("INT. STAIR").unwrap();
    let title = "Title: Twice\n\n";
    let merged = again(&board, &format!("{title}INT. STAIR{rest}\n\n{}", shore.strip_prefix(title).unwrap()));
    assert_eq!(headings(&merged), ["INT. STAIR - DAY", kitchen, "EXT. SHORE - DAWN"]);
}

#[test]
fn a_new_scene_has_a_number_of_its_own_and_what_surrounds_a_line_counts_as_its_words() {
    let mut board = import(SCRIPT);
    let own = Scene {
        id: crate::board::SceneId::new(5.into()),
        number: Line::new("4").unwrap(),
        heading: Line::new("OWN").unwrap(),
        ..Scene::default()
    };
    board.scenes.push(own);
    let merged = again(&board, &format!("{SCRIPT}\nEXT. SEA - NIGHT\n\nNothing but water and the light.\n"));
    let numbers: Vec<&str> = merged.board.scenes.iter().map(|scene| scene.number.as_str()).collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "4A"]);
    let merged = again(&import(SCRIPT), &SCRIPT.replace("MARA\nWho", "MARA (V.O.)\nWho"));
    assert_eq!(fates(&merged)[0], Happened::Changed(vec![Part::Take]));
}

#[test]
fn whom_the_bible_knows_it_knows_better() {
    let mut board = import(SCRIPT);
    board.bible.characters[0].look = Text::new("yellow raincoat").unwrap();
    let merged = again(&board, &SCRIPT.replace("MARA\nWho", "mara\n\nJOSEF\nWho"));
    assert_eq!(merged.new_names, [Line::new("JOSEF").unwrap()]);
    assert_eq!(merged.board.bible.characters[0].look, "yellow raincoat");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn nothing_is_lost_whatever_is_imported(mut old in fixture::boards(), new in fixture::boards()) {
        remember(&mut old);
        let merged = merge(&old, new.clone(), &mut ids(9));
        let after: Vec<Scene> = merged.board.scenes.iter().cloned().chain(aside(&merged.board)).collect();
        for scene in &old.scenes {
            let kept = after.iter().find(|kept| kept.id == scene.id);
            prop_assert!(kept.is_some(), "a scene is gone");
            for take in &scene.takes {
                prop_assert!(kept.is_some_and(|kept| kept.takes.contains(take)), "a take is gone");
            }
        }
        prop_assert!(merged.board.scenes.len() >= new.scenes.len());
        let mut ids: Vec<_> = after.iter().map(|scene| scene.id).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), after.len(), "an identity is there twice");
    }
}
