use super::*;
use crate::board::{Seconds, Text};

/// A sound board of one scene with one take of two shots.
const SOUND: &str = r#"
slateboard: 1
title: The Keeper
aspect: "2.39:1"
fps: 24
language: en
bible:
  characters: [{name: MARA, look: sixties}, {name: TOM, look: twenties}]
  places: [{name: ROCKY SHORE, look: grey}]
  props: [{name: BOTTLE, look: green}]
scenes:
  - id: 01J9Z0V5W6M4QK3T8E2C7R1XNB
    number: "1"
    heading: EXT. ROCKY SHORE - DAWN
    brief: She finds the bottle.
    takes:
      - id: 01J9Z0W1F3V7C2P5K8D4H6T9SA
        action: She finds it.
        dialogue: [{speaker: MARA, line: "Who are you?"}]
        shots:
          - size: wide
            seconds: 4.0
            staging:
              - {subject: MARA, position: left, depth: near}
              - {subject: TOM, position: right, depth: near}
          - size: medium
            seconds: 6.0
            staging:
              - {subject: MARA, position: left}
              - {subject: TOM, position: center-right}
"#;

fn board_with(from: &str, to: &str) -> Storyboard {
    assert!(SOUND.contains(from), "the sample has no `{from}`");
    serde_yaml::from_str(&SOUND.replacen(from, to, 1)).unwrap()
}

#[test]
fn a_sound_board_has_no_findings() {
    assert_eq!(check(&board_with("", "")), []);
}

#[test]
fn each_fault_is_found_at_its_place_and_weighed() {
    use Severity::{Error, Warning};
    let cases = [
        ("\"2.39:1\"", "wide", Error, "board", "no aspect", "16:9"),
        ("fps: 24", "fps: 0", Error, "board", "no frame rate", "24"),
        ("language: en", "language: e n", Error, "board", "no language", "BCP 47"),
        ("speaker: MARA", "speaker: MARRA", Error, "scene 1, take 1, line 1", "MARRA speaks", "did you mean MARA?"),
        ("speaker: MARA", "speaker: BOTTLE", Error, "scene 1, take 1, line 1", "BOTTLE speaks", "newcomers"),
        (
            "subject: TOM, position: right",
            "subject: GULL, position: right",
            Error,
            "scene 1, take 1, shot 1",
            "GULL is staged",
            "newcomers",
        ),
        ("EXT. ROCKY SHORE - DAWN", "ROCKY SHORE", Warning, "scene 1", "no heading", "INT. or EXT."),
        (
            "EXT. ROCKY SHORE - DAWN",
            "EXT. ROCKY SHOER - DAWN",
            Warning,
            "scene 1",
            "ROCKY SHOER is not in the bible",
            "did you mean ROCKY SHORE?",
        ),
        ("EXT. ROCKY SHORE - DAWN", "EXT. ROCKY SHORELINE - DAWN", Warning, "scene 1", "is not in the bible", "bible"),
        (
            "brief: She finds the bottle.",
            "breif: She finds the bottle.",
            Warning,
            "scene 1",
            "`breif` is unknown",
            "did you mean `brief`?",
        ),
        ("brief: She finds the bottle.", "brief: \"  \"", Warning, "scene 1", "brief is empty", "model"),
        ("name: TOM,", "name: mara,", Error, "bible, mara", "there twice", "rename"),
        ("number: \"1\"", "number: \"1\"\n    seconds: 30", Warning, "scene 1, take 1", "lasts 10.0 s", "seconds"),
        (
            "number: \"1\"",
            "number: \"1\"\n    picked: 01J9Z0W1F3V7C2P5K8D4H6T9SB",
            Error,
            "scene 1",
            "not among its takes",
            "pick one",
        ),
        (
            "position: right, depth: near",
            "position: left, depth: near",
            Warning,
            "scene 1, take 1, shot 1",
            "both stand left and near",
            "move",
        ),
        ("position: center-right", "position: left", Warning, "scene 1, take 1, shot 2", "both stand", "move"),
        (
            "MARA, position: left}",
            "MARA, position: right}",
            Warning,
            "scene 1, take 1, shot 2",
            "crosses the line",
            "swap",
        ),
        ("seconds: 6.0", "seconds: 0", Warning, "scene 1, take 1, shot 2", "it lasts 0.0 s", "seconds"),
    ];
    for (from, to, severity, place, message, hint) in cases {
        let findings = check(&board_with(from, to));
        let found = findings.iter().any(|finding| {
            finding.severity == severity
                && finding.place == place
                && finding.message.contains(message)
                && finding.hint.as_deref().unwrap_or_default().contains(hint)
        });
        assert!(found, "{to}: {findings:#?}");
        assert_eq!(has_errors(&findings), severity == Error, "{to}: {findings:#?}");
    }
}

#[test]
fn a_takes_own_newcomer_may_be_staged_and_speak() {
    let mut board = board_with("subject: TOM, position: right", "subject: GULL, position: right");
    let take = &mut board.scenes[0].takes[0];
    take.newcomers.push(serde_yaml::from_str("{kind: prop, name: gull}").unwrap());
    assert!(!has_errors(&check(&board)));
    board.scenes[0].takes[0].dialogue[0].speaker = crate::board::Line::clipped("GULL", 10);
    assert!(has_errors(&check(&board)), "a prop does not speak");
}

#[test]
fn two_scenes_of_one_number_are_an_error() {
    let mut board = board_with("", "");
    let mut second = board.scenes[0].clone();
    second.id = "01J9Z0V5W6M4QK3T8E2C7R1XNC".parse().unwrap();
    board.scenes.push(second);
    let findings = check(&board);
    assert!(findings.iter().any(|finding| finding.message.contains("position 1")), "{findings:#?}");
}

#[test]
fn overhead_has_no_line_to_cross() {
    let mut board = board_with("MARA, position: left}", "MARA, position: right}");
    board.scenes[0].takes[0].shots[1].angle = crate::board::Angle::Overhead;
    assert_eq!(check(&board), []);
}

#[test]
fn more_shots_than_the_seconds_allow_are_a_warning() {
    let mut board = board_with("", "");
    let scene = &mut board.scenes[0];
    scene.seconds = Seconds::new(1.0);
    let shot = crate::board::Shot { seconds: Seconds::clamped(0.1), ..scene.takes[0].shots[0].clone() };
    scene.takes[0].shots = vec![shot; 9];
    assert!(check(&board).iter().any(|finding| finding.message.contains("9 shots are more than 1.0 s allow")));
}

#[test]
fn an_unknown_field_far_from_every_known_one_is_left_in_peace() {
    let board = board_with("title: The Keeper", "title: The Keeper\nstudio_code: K-12");
    assert_eq!(check(&board), []);
}

#[test]
fn a_sound_board_stays_sound_whatever_the_words() {
    let mut board = board_with("", "");
    board.scenes[0].takes[0].action = Text::clipped("INT. no place — at all", 100);
    assert_eq!(check(&board), []);
}
