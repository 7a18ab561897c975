use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::board::Storyboard;
use crate::exchange::fixture::{self, Grey};
use crate::exchange::script::Script;
use crate::exchange::{Options, Order, Selection};

fn written(board: &Storyboard, folder: &Path) {
    let selection = Selection::default();
    let options = Options::default();
    let order = Order { board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
    let mut watch = |_: usize, _: usize| std::ops::ControlFlow::Continue(());
    write(&order, folder, "board", &mut watch).unwrap();
}

fn back(board: &Storyboard) -> Script {
    let place = tempfile::tempdir().unwrap();
    written(board, place.path());
    read_project(place.path(), &mut |_, _| std::ops::ControlFlow::Continue(())).unwrap()
}

#[test]
fn a_project_has_the_names_that_storyboarder_gives() {
    let place = tempfile::tempdir().unwrap();
    written(&fixture::keeper(), place.path());
    let mut scenes: Vec<String> = fs::read_dir(place.path().join("storyboards"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    scenes.sort();
    assert!(scenes[0].starts_with("Scene-1-EXT-ROCKY-SHORE-DAWN-1-"), "{scenes:?}");
    assert_eq!(scenes[2], "storyboard.settings");
    let scene = place.path().join("storyboards").join(&scenes[0]);
    let text = fs::read_to_string(scene.join(format!("{}.storyboarder", scenes[0]))).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let boards = &file["boards"];
    assert_eq!(
        (&boards[0]["time"], &boards[0]["duration"], &boards[1]["time"]),
        (&0.into(), &4000.into(), &4000.into())
    );
    let picture = boards[1]["layers"]["reference"]["url"].as_str().unwrap();
    assert_eq!(image::image_dimensions(scene.join("images").join(picture)).unwrap(), (2151, 900));
    let script = fs::read_to_string(place.path().join("board.fountain")).unwrap();
    let id = scenes[0].rsplit('-').next().unwrap();
    assert!(script.contains(&format!("#1-{id}#")), "{script}");
}

#[test]
fn what_storyboarder_saves_is_read() {
    let place = tempfile::tempdir().unwrap();
    let images = place.path().join("images");
    fs::create_dir(&images).unwrap();
    image::RgbaImage::from_pixel(4, 2, image::Rgba([9, 9, 9, 255])).save(images.join("a.png")).unwrap();
    let path = place.path().join("ducks.storyboarder");
    fs::write(
        &path,
        r#"{"version":"0.8.0","aspectRatio":"2.39","fps":24,"defaultBoardTiming":"2001","boards":[
            {"uid":"42VR9","url":"a.png","shot":"1A","time":0,"duration":500,"notes":"TITLE","audio":{"filename":"quack.wav"}},
            {"uid":"J74F5","url":"none.png","shot":"1B","time":500,"action":"Ducks walk.","dialogue":"DUCK: Quack."}]}"#,
    )
    .unwrap();
    let script = read_file(&path).unwrap();
    assert_eq!((script.title.as_str(), script.aspect, script.pictures.len()), ("Ducks", Some(2.39), 1));
    let shots = &script.scenes[0].shots;
    assert_eq!((shots[0].seconds.get(), shots[1].seconds.get()), (0.5, 2.001));
    assert_eq!((shots[0].description.as_str(), shots[1].description.as_str()), ("TITLE", "Ducks walk."));
    assert_eq!(shots[0].extra["storyboarder"]["audio"], "quack.wav");
    assert_eq!(script.scenes[0].dialogue[0].speaker, "DUCK");
}

#[test]
fn hostile_projects_are_refused_in_words() {
    let place = tempfile::tempdir().unwrap();
    let images = place.path().join("images");
    fs::create_dir(&images).unwrap();
    // A picture that says it is 60,000 pixels wide and ends there.
    let mut lie = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    lie.extend([0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 6, 0, 0, 0, 0, 0, 0, 0]);
    fs::write(images.join("lie.png"), lie).unwrap();
    fs::write(images.join("text.png"), "no picture").unwrap();
    let path = place.path().join("x.storyboarder");
    for (file, words) in [
        (r#"{"boards":[{"url":"lie.png"}]}"#, "the picture lie.png"),
        (r#"{"boards":[{"url":"text.png"}]}"#, "the picture text.png"),
        (r#"{"boards":[{"url":"../../../etc/passwd"}]}"#, "leads out"),
        (r#"{"boards":[{"url":"/etc/passwd"}]}"#, "leads out"),
        (r#"{"boards":[7]}"#, "no board"),
        (r#"{"boards":{}}"#, "no list"),
        (r#"{"boards":["#, "EOF"),
    ] {
        fs::write(&path, file).unwrap();
        let said = read_file(&path).unwrap_err().to_string();
        assert!(said.contains(words), "{file}: {said}");
    }
}

#[test]
fn what_an_export_wrote_is_told_from_what_somebody_drew() {
    for (name, ours) in [
        ("board-1-4XKZM-reference.png", true),
        ("board-12-AAAAA-thumbnail.png", true),
        ("Scene-1-EXT-SHORE-1-ABCDE.storyboarder", true),
        ("board-1-4XKZM-fill.png", false),
        ("board-1-4XKZM.png", false),
        ("notes.txt", false),
    ] {
        assert_eq!(super::is_ours(name), ours, "{name}");
    }
    for (name, ours) in
        [("scene-1-shot-02.png", true), ("contact-sheet-01.png", true), ("scene-1-shot-02-v2.png", false)]
    {
        assert_eq!(crate::exchange::frames::is_ours(name), ours, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn what_a_project_can_carry_comes_back(mut board in fixture::boards()) {
        for shot in board.scenes.iter_mut().flat_map(|scene| &mut scene.takes).flat_map(|take| &mut take.shots) {
            // Panels last a frame at least.
            shot.seconds = crate::board::Seconds::clamped(shot.seconds.get().max(0.25));
        }
        let script = back(&board);
        prop_assert_eq!(script.scenes.len(), board.scenes.len());
        for (back, scene) in script.scenes.iter().zip(&board.scenes) {
            prop_assert_eq!(back.number.as_ref(), Some(&scene.number));
            prop_assert_eq!(&back.heading, &scene.heading);
            let Some(take) = scene.leading_take() else { continue };
            prop_assert_eq!(back.action_text(), take.action.as_str());
            prop_assert_eq!(fixture::lines(&back.dialogue), fixture::lines(&take.dialogue));
            let mut shots = back.shots.clone();
            for shot in &mut shots {
                shot.extra.clear();
            }
            prop_assert_eq!(&shots, &take.shots);
        }
    }
}
