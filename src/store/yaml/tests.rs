//! Round trips and refusals, as a person meets them.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::board::{Entry, Line, Scene, SceneId, Text};

const SAMPLE: &str = r#"slateboard: 1
title: The Keeper
logline: A lighthouse keeper finds a message that was written to her.
language: en
aspect: "2.39:1"
fps: 24
style: pencil
bible:
  characters:
    - name: MARA
      look: sixties, yellow raincoat
      now: a bandaged left hand
scenes:
  - id: 01J9Z0V5W6M4QK3T8E2C7R1XNB
    number: "1"
    heading: EXT. ROCKY SHORE - DAWN
    brief: She finds the bottle.
    locked:
      - heading
    picked: 01J9Z0W1F3V7C2P5K8D4H6T9SA
    takes:
      - id: 01J9Z0W1F3V7C2P5K8D4H6T9SA
        parent: null
        action: |-
          MARA climbs.
          A bottle rolls.
        dialogue:
          - speaker: MARA
            line: "yes"
        sound: surf, a gull
        shots:
          - size: wide
            angle: high
            move: static
            seconds: 4.0
            description: A small yellow figure.
            staging:
              - subject: MARA
                position: left
                depth: far
                facing: right
                pose: climbing
        provenance:
          origin: human
    mood: # of another program
      - [1, 2.5, yes]
      - {"a b": null, 7: {}, [x]: []}
"#;

#[test]
fn what_is_written_is_what_was_read_unknown_fields_included() {
    let (board, notices) = read_noting(SAMPLE.as_bytes()).unwrap();
    assert_eq!(notices, [Notice::Comments]);
    let written = write(&board);
    let mood = "    mood:\n      - - 1\n        - 2.5\n        - \"yes\"\n      - a b: null\n        7: {}\n        ? [\"x\"]\n        : []\n";
    assert_eq!(written, format!("{}{mood}", &SAMPLE[..SAMPLE.find("    mood").unwrap()]));
    assert_eq!(read(written.as_bytes()).unwrap(), board);
}

#[test]
fn a_wrong_document_is_refused_with_its_place_and_what_was_expected() {
    let sample = |from: &str, to: &str| SAMPLE.replacen(from, to, 1);
    // The text, what begins the line that is named, and what is said.
    let cases = [
        (String::new(), "", "empty"),
        ("- a\n- b\n".to_owned(), "- a", "not a storyboard"),
        ("title: x\n".to_owned(), "title", "`slateboard: 1` is missing"),
        ("# hm\nslateboard: 2\nscenes: what\n".to_owned(), "slateboard", "version 2"),
        ("slateboard: 2\n".to_owned(), "slateboard", "version 2"),
        ("slateboard: 0\n".to_owned(), "slateboard", "no version 0"),
        (sample("size: wide", "size: hug"), "- size", "one of `extreme-wide`"),
        (
            sample("seconds: 4.0", "seconds: soon"),
            "seconds: soon",
            "the text \"soon\" stands here where a number is expected",
        ),
        (sample("seconds: 4.0", "seconds: -1"), "- size", "0 to 3600"),
        (sample("fps: 24", "fps: 0"), "fps", "above 0"),
        (sample("title: The", "title: [The]\n#"), "title", "a list stands here where a line of text is expected"),
        (sample("bible:\n", "bible: 3\nbiblia:\n"), "bible: 3", "the number `3` stands here where a mapping of fields"),
        (sample("fps: 24", "fps: 24\ntitle: Again"), "title: Again", "`title` stands here twice"),
        (sample("            angle", "           angle"), "angle", ""),
        (sample("- size: wide\n", "- sizes: wide\n"), "- sizes", "`size` is missing"),
        (sample("    mood:", "    moood: 1\n    moood: 2\n    mood:"), "moood: 2", "twice"),
        (sample("7: {}", "7: {}, 7: []"), "- {", "twice"),
        (sample("[1, 2.5", "[!x 1, 2.5"), "- [!x", "tags"),
        (sample("picked: 01J9Z0W1", "picked: 01J9Z0W2"), "picked", "scenes[0].picked: the scene has no take"),
        (sample("id: 01J9Z0V5W6M4QK3T8E2C7R1XNB", "id: seven"), "- id: seven", "`seven` is not an id"),
        (sample("look: sixties", "look: x\n    - name: Mara\n      look: y"), "- name: Mara", "called Mara already"),
        (format!("{SAMPLE}---\na: b\n"), "---", "second document"),
    ];
    for (text, start, words) in cases {
        let refused = read(text.as_bytes()).expect_err(&text);
        assert!(refused.message.contains(words), "{words}: {refused}");
        let line = text.lines().nth(refused.line - 1).unwrap_or_default();
        assert!(line.trim_start().starts_with(start), "{start}: {refused}");
    }
    assert_eq!(read(b"slateboard: 1\ntitle: \xff\n").unwrap_err().line, 2);
    let scene = SAMPLE[SAMPLE.find("  - id").unwrap()..].to_owned();
    let twice = read(format!("{SAMPLE}{scene}").as_bytes()).unwrap_err();
    let line = SAMPLE.lines().count() + 1;
    assert_eq!((twice.line, twice.message.starts_with("scenes[1].id")), (line, true), "{twice}");
}

#[test]
fn a_byte_order_mark_and_leading_comments_are_no_fault() {
    let text =
        format!("\u{feff}# yaml-language-server: $schema=x\n# by Ana\n{}", SAMPLE.replace(" # of another program", ""));
    let (_, notices) = read_noting(text.as_bytes()).unwrap();
    assert_eq!(notices, []);
    assert_eq!(head(text.as_bytes()), "# yaml-language-server: $schema=x\n# by Ana\n");
}

#[test]
fn ids_given_to_a_hand_written_board_are_the_same_at_every_reading() {
    let text = b"slateboard: 1\nscenes:\n- brief: a\n  takes: [{action: b}, {}]\n- brief: c\n";
    let (board, notices) = read_noting(text).unwrap();
    assert_eq!(notices, [Notice::IdsGiven { count: 4 }]);
    assert_eq!(read(text).unwrap(), board);
    assert!(!board.scenes[0].id.is_missing() && board.scenes[0].id != board.scenes[1].id);
}

#[test]
fn a_long_key_and_odd_keys_of_other_programs_survive() {
    let text = format!(
        "slateboard: 1\n\"{}\": 1\n? {}\n: 2\n\"yes\": {{\"\": \"a\\u0085b\"}}\n",
        "a: ".repeat(20),
        "k".repeat(2000)
    );
    let board = read(text.as_bytes()).unwrap();
    assert_eq!(board.extra.len(), 3);
    assert_eq!(read(write(&board).as_bytes()).unwrap(), board);
}

#[test]
fn the_shipped_schema_is_the_one_the_types_make() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/storyboards/slateboard.schema.json");
    let expected = format!("{}\n", serde_json::to_string_pretty(&schema()).unwrap());
    if std::env::var_os("SLATEBOARD_WRITE_SCHEMA").is_some() {
        std::fs::write(path, &expected).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), expected, "run this test with SLATEBOARD_WRITE_SCHEMA=1");
    assert_eq!(schema()["properties"]["slateboard"]["const"], json!(1));
}

fn nasty() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "yes",
        "no",
        "~",
        "=",
        "<<",
        "1:30",
        "012",
        "1e3",
        "0o7",
        "1_000",
        "2001-12-14",
        ".inf",
        "null",
        ": ",
        " #",
        "#",
        "-",
        "- ",
        "? ",
        "|",
        ">",
        "\n",
        "\n\n",
        " ",
        "  ",
        "\"",
        "'",
        "\\",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a",
        "*a",
        "!t",
        "%",
        "@",
        "`",
        "---",
        "...",
        "é",
        "你",
        "👩\u{200d}🚒",
        "word",
        "\u{fffe}",
        "\u{a0}",
    ]);
    prop_oneof![prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat()), any::<String>(),]
}

proptest! {
    #[test]
    fn any_words_come_back_from_every_place(words in prop::collection::vec(nasty(), 6)) {
        let mut board = Storyboard {
            title: Line::clipped(&words[0], 300),
            logline: Text::clipped(&words[1], 300),
            tone: Some(Text::clipped(&words[2], 300)),
            ..Storyboard::default()
        };
        board.bible.characters.push(Entry { name: Line::clipped("MARA", 9), look: Text::clipped(&words[3], 300), ..Entry::default() });
        board.scenes.push(Scene { id: SceneId::new(ulid::Ulid(7)), brief: Text::clipped(&words[4], 300), ..Scene::default() });
        let odd = serde_yaml::Value::from(vec![words[5].clone(), words[4].clone()]);
        board.extra.insert(format!("x{}", words[5]), odd.clone());
        board.scenes[0].extra.insert(words[5].clone() + "x", serde_yaml::Value::from(serde_yaml::Mapping::from_iter([(odd, words[3].clone().into())])));
        let written = write(&board);
        prop_assert_eq!(read(written.as_bytes()).map_err(|refused| TestCaseError::fail(format!("{refused}\n{written}")))?, board);
    }

    #[test]
    fn any_bytes_are_refused_or_read_and_never_a_panic(text in prop_oneof![any::<String>(), nasty()], at in 0..SAMPLE.len()) {
        let _ = read(text.as_bytes());
        // The sample is ASCII, so every byte is a boundary.
        let _ = read(format!("{}{text}{}", &SAMPLE[..at], &SAMPLE[at..]).as_bytes());
    }
}
