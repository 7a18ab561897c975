use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::board::Storyboard;
use crate::exchange::fixture::{self, Grey};
use crate::exchange::frames::Frames;
use crate::exchange::{Options, Order, Reel, Report, Selection};

fn written(board: &Storyboard) -> Value {
    let (selection, options) = (Selection::default(), Options::default());
    let order = Order { board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
    write(&order, &Reel::new(board, &selection), &Frames::default(), &mut Report::default())
}

fn back(timeline: &Value) -> (Storyboard, Vec<String>) {
    match read(&timeline.to_string(), &mut fixture::fresh()).unwrap() {
        Read::Board(board, said) => (*board, said),
        Read::Script(_) => panic!("it is one of ours"),
    }
}

#[test]
fn what_an_editor_changed_is_a_new_take() {
    let board = fixture::keeper();
    let mut timeline = written(&board);
    let clips = timeline.pointer_mut("/tracks/children/0/children").unwrap().as_array_mut().unwrap();
    clips.remove(0);
    clips[0]["source_range"]["duration"]["value"] = 24.into();
    let (changed, said) = back(&timeline);
    assert_eq!(said.len(), 1);
    let scene = &changed.scenes[0];
    assert_eq!((scene.takes.len(), scene.picked), (2, Some(scene.takes[1].id)));
    assert_eq!(scene.takes[0], board.scenes[0].takes[0]);
    assert_eq!(scene.takes[1].shots.len(), 1);
    assert!((scene.takes[1].shots[0].seconds.get() - 1.0).abs() < 1e-6);
}

#[test]
fn another_programs_timeline_is_a_scene_a_part_and_a_shot_a_clip() {
    let text = r#"{"OTIO_SCHEMA":"Timeline.1","name":"Cut","tracks":{"OTIO_SCHEMA":"Stack.1","children":[
        {"OTIO_SCHEMA":"Track.1","kind":"Audio","children":[]},
        {"OTIO_SCHEMA":"Track.1","kind":"Video","name":"","children":[
          {"OTIO_SCHEMA":"Gap.1"},
          {"OTIO_SCHEMA":"Clip.1","name":"shot 1","media_reference":{"OTIO_SCHEMA":"ExternalReference.1","target_url":"a.mov",
            "available_range":{"duration":{"value":50,"rate":25}}},"markers":[{"name":"fix","comment":"the sky"}]},
          {"OTIO_SCHEMA":"Stack.1","name":"Dream","children":[{"OTIO_SCHEMA":"Track.1","kind":"Video","name":"V1","children":[
            {"OTIO_SCHEMA":"Clip.2","name":"x","source_range":{"duration":{"value":1,"rate":0}}}]}]}
        ]}]}}"#;
    let Read::Script(script) = read(text, &mut fixture::fresh()).unwrap() else { panic!("it is not one of ours") };
    let scenes: Vec<&str> = script.scenes.iter().map(|scene| scene.heading.as_str()).collect();
    assert_eq!(scenes, ["Cut", "Dream"]);
    assert!(script.said.contains(&"gaps left out: 1; transitions left out: 0".to_owned()), "{:?}", script.said);
    let shot = &script.scenes[0].shots[0];
    assert_eq!(
        (shot.seconds.get(), shot.description.as_str(), &shot.extra["media"]),
        (2.0, "shot 1\nfix the sky", &"a.mov".into())
    );
}

#[test]
fn what_is_no_timeline_is_refused() {
    let deep = "[".repeat(100_000);
    for text in
        ["", "{}", r#"{"OTIO_SCHEMA":"Timeline.1"}"#, r#"{"OTIO_SCHEMA":"Timeline.1","tracks":{"children":[]}}"#, &deep]
    {
        assert!(read(text, &mut fixture::fresh()).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn a_board_comes_back_whole(board in fixture::boards()) {
        let (back, said) = back(&written(&board));
        prop_assert_eq!(back, board);
        prop_assert_eq!(said, Vec::<String>::new());
    }
}
