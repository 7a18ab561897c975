//! Projects for Storyboarder 3: looked at as its own loader does, and brought back.

use std::fs;

use serde_json::json;

use crate::place::{Place, root};

#[test]
fn a_storyboarder_project_goes_out_and_comes_back_with_its_pictures() {
    let place = Place::new();
    place.export("the-keeper.yaml", "storyboarder", "project", &[]);
    place.done(&["import", "project", "--out", "back.yaml"]);
    let board = place.json(&["show", "back.yaml", "--json"]);
    assert_eq!(board["aspect"], "2.39:1");
    let shots = board["scenes"][0]["takes"][0]["shots"].as_array().unwrap();
    assert_eq!((shots.len(), &shots[0]["size"], &shots[0]["seconds"]), (4, &"extreme-wide".into(), &4.0.into()));
    let picture = shots[0]["picture"].as_str().unwrap();
    assert!(place.at("back.slate/pictures").join(picture).is_file());
    // An imported picture goes out again instead of a drawn one.
    place.export("back.yaml", "otio", "back.otio", &["--size", "64x27"]);
    assert!(place.at("back.frames/scene-1-shot-01.png").is_file());
}

#[test]
fn storyboarder_finds_every_scene_and_misses_no_picture() {
    let place = Place::new();
    let yaml = fs::read_to_string(root().join("storyboards/the-keeper.yaml")).unwrap();
    // Upright, with a number that has a dash and a heading that its parser does not know by itself.
    let upright =
        yaml.replace("aspect: \"2.39:1\"", "aspect: \"9:16\"").replace("number: \"1\"", "number: \"1-2\"").replace(
            "heading: EXT. ROCKY SHORE - DAWN\n    brief: After",
            "heading: INT/EXT ROCKY SHORE - DAWN\n    brief: After",
        );
    assert!(upright.contains("9:16") && upright.contains("INT/EXT ROCKY") && upright.contains("1-2"));
    fs::write(place.at("upright.yaml"), upright).unwrap();
    for (board, title, scenes, shots) in [
        ("the-keeper.yaml", "The Keeper", 8, 4),
        ("upright.yaml", "The Keeper", 8, 4),
        ("last-save.yaml", "Last Save", 5, 3),
    ] {
        let project = format!("{}-project", board.trim_end_matches(".yaml"));
        place.export(board, "storyboarder", &project, &[]);
        let opened = place.read("storyboarder", &project, &[]);
        let found = opened["scenes"].as_array().unwrap();
        assert_eq!((opened["title"].as_str(), found.len()), (Some(title), scenes), "{board}");
        assert_eq!(opened["folders"], scenes, "{board}");
        for scene in found {
            assert!(scene["folder"].is_string(), "{board}: a new, empty folder would be made for {scene}");
            assert_eq!(scene["missing"], json!([]), "{board}");
        }
        let first = &found[0];
        assert_eq!(first["boards"].as_array().unwrap().len(), shots, "{board}");
        let wanted = first["wanted"].as_array().unwrap().iter().map(|side| side.as_f64().unwrap().round());
        let wanted: Vec<f64> = wanted.collect();
        for size in first["sizes"].as_array().unwrap() {
            assert_eq!(
                size.as_array().unwrap().iter().filter_map(serde_json::Value::as_f64).collect::<Vec<_>>(),
                wanted,
                "{board}"
            );
        }
        let panel = &first["boards"][1];
        assert!(
            panel["duration"].is_u64() && panel["time"] == first["boards"][0]["duration"],
            "whole milliseconds: {panel}"
        );
        assert_eq!(panel["url"], format!("board-2-{}.png", panel["uid"].as_str().unwrap()));
        assert_eq!(panel["uid"].as_str().unwrap().len(), 5);
    }
}
