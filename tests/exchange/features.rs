//! Scripts of feature length: whole plays in the public domain, written as scripts by tests/readers/plays.py, which counts
//! what is in them by itself.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::place::{Place, readers, root};

/// Runs plays.py.
fn plays(place: &Place, words: &[&str]) -> Vec<u8> {
    let output = Command::new("python3")
        .current_dir(place.0.path())
        .env("PYTHONPATH", readers())
        .arg(root().join("tests/readers/plays.py"))
        .args(words)
        .output()
        .unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Heading, and who says what, scene by scene, as the play has it.
fn written(place: &Place, play: &str) -> Vec<(String, Vec<(String, String)>)> {
    serde_json::from_slice(&plays(place, &["speeches", play])).unwrap()
}

/// The same as a board has it.
fn board(place: &Place, file: &str) -> Vec<(String, Vec<(String, String)>)> {
    let board = place.json(&["show", file, "--json"]);
    let spoken = |take: &Value| -> Vec<(String, String)> {
        let speeches = take["dialogue"].as_array().unwrap().iter();
        let words = |value: &Value| value.as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        speeches.map(|speech| (words(&speech["speaker"]), words(&speech["line"]))).collect()
    };
    let scenes = board["scenes"].as_array().unwrap().iter();
    scenes.map(|scene| (scene["heading"].as_str().unwrap().to_owned(), spoken(&scene["takes"][0]))).collect()
}

#[test]
fn every_word_of_a_play_comes_in_as_a_screenplay_and_goes_out_again() {
    let place = Place::new();
    for (play, format, scenes, speeches) in [("hamlet", "fountain", 20, 1138), ("king-lear", "fdx", 26, 1068)] {
        let script = format!("{play}.{format}");
        plays(&place, &["write", play, format, &script]);
        let yaml = format!("{play}.yaml");
        place.done(&["import", &script, "--out", &yaml]);
        let expected = written(&place, play);
        assert_eq!((expected.len(), expected.iter().map(|(_, said)| said.len()).sum::<usize>()), (scenes, speeches));
        assert!(board(&place, &yaml) == expected, "{script} came in otherwise");
        for to in ["fountain", "fdx"] {
            let (out, back) = (format!("{play}-out.{to}"), format!("{play}-back-{to}.yaml"));
            place.export(&yaml, to, &out, &[]);
            place.done(&["import", &out, "--out", &back]);
            assert!(board(&place, &back) == expected, "{script} came back otherwise from {to}");
        }
    }
}

#[test]
fn another_parser_finds_the_same_speeches_in_a_whole_play() {
    let place = Place::new();
    plays(&place, &["write", "hamlet", "fountain", "hamlet.fountain"]);
    place.done(&["import", "hamlet.fountain", "--out", "hamlet.yaml"]);
    let ours: Vec<(String, String)> = board(&place, "hamlet.yaml").into_iter().flat_map(|(_, said)| said).collect();
    let paragraphs = place.read("screenplain", "hamlet.fountain", &[]);
    let speeches = paragraphs.as_array().unwrap().iter().filter(|paragraph| paragraph["kind"] == "Dialog");
    let theirs: Vec<(String, String)> = speeches
        .map(|speech| {
            let blocks = speech["blocks"].as_array().unwrap().iter().filter_map(Value::as_str);
            let said = blocks.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
            (speech["character"].as_str().unwrap().to_owned(), said)
        })
        .collect();
    assert_eq!(ours.len(), 1138);
    let differ: Vec<_> = ours.iter().zip(&theirs).filter(|(ours, theirs)| ours != theirs).collect();
    assert!(differ.is_empty() && ours.len() == theirs.len(), "{differ:#?}");
}

#[test]
fn a_play_as_an_outline_gives_a_scene_for_each_heading() {
    let place = Place::new();
    plays(&place, &["write", "richard-iii", "md", "richard.md"]);
    place.done(&["import", "richard.md", "--out", "richard.yaml"]);
    let board = place.json(&["show", "richard.yaml", "--json"]);
    let headings: Vec<&str> =
        board["scenes"].as_array().unwrap().iter().filter_map(|scene| scene["heading"].as_str()).collect();
    assert_eq!((headings.len(), headings[0]), (25, "ACT I, SCENE I. London. A street."));
    let last = board["scenes"][24]["brief"].as_str().unwrap();
    assert!(last.contains("God and your arms be praised, victorious friends"), "{last}");
}

#[test]
fn a_play_that_was_revised_keeps_its_takes_verdicts_and_frames() {
    let place = Place::new();
    plays(&place, &["write", "hamlet", "fountain", "hamlet.fountain"]);
    place.done(&["import", "hamlet.fountain", "--out", "hamlet.yaml"]);
    place.done(&["verdict", "hamlet.yaml", "3", "1", "reject", "--reason", "too long"]);
    let before = place.json(&["show", "hamlet.yaml", "--json"]);
    let script = fs::read_to_string(place.at("hamlet.fountain")).unwrap();
    let at = |heading: &str| script.find(heading).unwrap();
    // Scene 1 goes, a line changes in scene 2, and scene 3 gets another heading.
    let (first, second) = (at(".SCENE I. Elsinore"), at(".SCENE II. A room of state"));
    let revised = format!("{}{}", &script[..first], &script[second..])
        .replacen("A little more than kin, and less than kind.", "Kin enough.", 1)
        .replacen(".SCENE III. A room in Polonius' house.", ".SCENE III. The harbour.", 1);
    assert_ne!(revised.len(), script.len());
    fs::write(place.at("hamlet.fountain"), revised).unwrap();
    let preview = place.json(&["import", "hamlet.fountain", "--out", "hamlet.yaml", "--dry-run", "--json"]);
    assert_eq!(preview["written"], false);
    place.done(&["import", "hamlet.fountain", "--out", "hamlet.yaml"]);
    let after = place.json(&["show", "hamlet.yaml", "--json"]);
    assert_eq!(after["aside"][0]["id"], before["scenes"][0]["id"], "a scene that vanished is kept aside");
    assert_eq!(after["scenes"][0]["id"], before["scenes"][1]["id"]);
    assert_eq!(after["scenes"][0]["takes"].as_array().unwrap().len(), 2, "new words are a new take");
    assert_eq!(
        after["scenes"][0]["takes"].as_array().unwrap().first(),
        before["scenes"][1]["takes"].as_array().unwrap().first()
    );
    assert_eq!(
        (&after["scenes"][1]["id"], &after["scenes"][1]["heading"]),
        (&before["scenes"][2]["id"], &"SCENE III. The harbour.".into())
    );
    let verdicts = place.json(&["taste", "hamlet.yaml", "--json"]);
    assert!(verdicts.to_string().contains("too long") || verdicts["verdicts"] == 1, "{verdicts}");
}
