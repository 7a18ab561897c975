use proptest::prelude::*;

use super::*;
use crate::board::{Speech, Storyboard, Text};
use crate::exchange::fixture::{self, Grey};
use crate::exchange::{Options, Order, Selection};

fn written(board: &Storyboard) -> String {
    let (selection, options) = (Selection::default(), Options::default());
    let order = Order { board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
    write(&order)
}

fn said(speeches: &[Speech]) -> Vec<(&str, &str)> {
    speeches.iter().map(|speech| (speech.speaker.as_str(), speech.line.as_str())).collect()
}

#[test]
fn a_board_reads_as_a_screenplay() {
    assert_eq!(
        written(&fixture::keeper()),
        "\
Title: The Keeper
Logline: A lighthouse keeper finds a message that was written to her.
Provenance: Written by hand; no text here comes from a model.

EXT. ROCKY SHORE - DAWN #1#

= She finds the bottle.

MARA climbs over wet rocks.

A green bottle rolls in the foam.

MARA
Who are you, then?

THE BOY
(off)
Nobody.

[[Sound: surf, a gull]]

[[Shot 1: extreme-wide, high, static, 4 s | MARA: left, far, facing right, climbing | A small yellow figure on a huge grey shore.]]

[[Shot 2: close, high, push-in, 2.5 s | BOTTLE: center, far | Her hand.]]

INT. LAMP ROOM - NIGHT #2A#

= She reads.

"
    );
}

#[test]
fn every_element_of_the_format_is_known() {
    let script = read(
        "Title: _**Big Fish**_\nCredit: written by\nAuthor:\n    John August\n    and friends\n\n\
         FADE IN:\n\n# Act One\n\n= It begins.\n\nEXT. RIVER - DAY #12A#\n\n= A fish.\n\nEDWARD (60s), thin, waits.\n\
         He *waits* more.\n\n/* cut\n\nINT. NOWHERE - DAY */\n\n[[remember the hat]]\n\nEDWARD (V.O.)\n(softly)\nA fish.\n  \n\
         Truly.\n\nWILL ^\nDad!\n\n@McAvoy\nYes.\n\n.SNIPER SCOPE POV\n\n!INT. IS NO HEADING\n\n> CUT TO:\n\n> THE END <\n\n\
         ~Willy Wonka!\n\n===\n\n.. an ellipsis\n\nSMASH CUT TO:\n\nEND CREDITS\n",
    );
    assert_eq!(script.title, "Big Fish");
    let front: Vec<_> = script.front.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    assert_eq!(front, [("Credit", "written by"), ("Author", "John August\nand friends")]);
    let [river, scope] = script.scenes.as_slice() else { panic!("{:#?}", script.scenes) };
    let sections: Vec<_> = river.sections.iter().map(|(depth, name)| (*depth, name.as_str())).collect();
    assert_eq!(sections, [(1, "Act One"), (0, "It begins.")]);
    assert_eq!((river.heading.as_str(), river.number.as_deref()), ("EXT. RIVER - DAY", Some("12A")));
    assert_eq!(river.synopsis, "A fish.");
    assert_eq!(river.action, ["FADE IN:", "EDWARD (60s), thin, waits.\nHe waits more."]);
    assert_eq!(river.notes, [Text::new("remember the hat").unwrap()]);
    assert_eq!(
        said(&river.dialogue),
        [("EDWARD", "(softly)\nA fish.\n\nTruly."), ("WILL", "Dad!"), ("McAvoy", "Yes.")]
    );
    assert_eq!(river.dialogue[0].extra["extension"], "V.O.");
    assert_eq!(river.dialogue[1].extra["dual"], true);
    assert_eq!(scope.heading, "SNIPER SCOPE POV");
    let said: Vec<&str> = scope.action.iter().map(String::as_str).collect();
    assert_eq!(
        said,
        ["INT. IS NO HEADING", "CUT TO:", "THE END", "Willy Wonka!", ".. an ellipsis", "SMASH CUT TO:", "END CREDITS"]
    );
}

#[test]
fn a_script_without_a_title_page_begins_with_its_first_line() {
    for (text, heading, action) in [
        ("FADE IN:\n\nEXT. A - DAY\n\nB.", "EXT. A - DAY", "FADE IN:"),
        ("EXT. STAR: DUST - DAY\n\nB.", "EXT. STAR: DUST - DAY", "B."),
        ("\n\n\nEXT. A - DAY\r\n\r\nB.", "EXT. A - DAY", "B."),
        ("He said: go.", "", "He said: go."),
    ] {
        let script = read(text);
        let scene = &script.scenes[0];
        assert_eq!((scene.heading.as_str(), scene.action[0].as_str()), (heading, action), "{text:?}");
    }
}

#[test]
fn who_speaks_is_what_the_format_says_and_not_whoever_stands_in_capitals() {
    // Another parser takes the first for a speech of "MARA (60s), in yellow, climbs", and "(V.O.)" for part of a name.
    let script = read(
        "EXT. SHORE - DAY\n\nMARA (60s), in yellow, climbs.\nShe stops.\n\nMARA (V.O.) (CONT'D)\n(low)\nWho are you,\n(beat)\nthen?\n\n\
         23\nis a number.\n\nR2D2\nBeep.\n\nNOBODY\n\nHears.\n",
    );
    let scene = &script.scenes[0];
    assert_eq!(said(&scene.dialogue), [("MARA", "(low)\nWho are you,\n(beat)\nthen?"), ("R2D2", "Beep.")]);
    assert_eq!(scene.action, ["MARA (60s), in yellow, climbs.\nShe stops.", "23\nis a number.", "NOBODY", "Hears."]);
    let board = script.into_board(&mut fixture::fresh()).board;
    assert_eq!(
        fixture::told(&board.scenes[0].takes[0]),
        [
            "MARA (60s), in yellow, climbs.\nShe stops.",
            "MARA: (low)\nWho are you,\n(beat)\nthen?",
            "23\nis a number.",
            "R2D2: Beep.",
            "NOBODY",
            "Hears."
        ]
    );
}

#[test]
fn an_outline_without_headings_keeps_its_sections_and_their_words() {
    let script = read("# Act One\n\n= She finds it.\n\n## The stair\n\n= She carries it up.\n\n# Act Two\n");
    let scenes: Vec<_> = script.scenes.iter().map(|scene| (scene.sections.len(), scene.synopsis.as_str())).collect();
    assert_eq!(scenes, [(1, "She finds it."), (1, "She carries it up.")]);
    assert_eq!(script.said, ["sections at the end with no scene in them are left out: Act Two"]);
}

#[test]
fn a_note_inside_a_sentence_leaves_one_space() {
    let script = read("EXT. A - DAY\n\nA line [[with a note]] in it[[!]].\n");
    assert_eq!(script.scenes[0].action, ["A line in it."]);
}

#[test]
fn what_never_ends_is_text_and_costs_one_walk() {
    for hostile in ["[[".repeat(400_000), "/*".repeat(400_000), "[[a\n\n".repeat(200_000), "*a _b ".repeat(200_000)] {
        let _ = read(&hostile);
    }
    assert_eq!(read("a [[b\n\nc]]").scenes[0].action, ["a [[b", "c]]"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_a_script_can_carry_comes_back(board in fixture::boards()) {
        let script = read(&written(&board));
        prop_assert_eq!(&script.title, &board.title);
        prop_assert_eq!(script.logline.split_whitespace().collect::<Vec<_>>(), board.logline.split_whitespace().collect::<Vec<_>>());
        prop_assert_eq!(script.scenes.len(), board.scenes.len());
        for (back, scene) in script.scenes.iter().zip(&board.scenes) {
            prop_assert_eq!(back.number.as_ref(), Some(&scene.number));
            prop_assert_eq!(&back.heading, &scene.heading);
            prop_assert_eq!(&back.synopsis, &scene.brief);
            let Some(take) = scene.leading_take() else { continue };
            prop_assert_eq!(back.action_text(), take.action.as_str());
            prop_assert_eq!(fixture::lines(&back.dialogue), fixture::lines(&take.dialogue));
            prop_assert_eq!(&back.sound, &take.sound);
            prop_assert_eq!(&back.shots, &take.shots);
        }
        let again = script.into_board(&mut fixture::fresh()).board;
        for (back, scene) in again.scenes.iter().zip(&board.scenes) {
            let told = |scene: &crate::board::Scene| scene.leading_take().map(fixture::told).unwrap_or_default();
            prop_assert_eq!(told(back), told(scene), "action and speech follow each other as they did");
        }
    }

    #[test]
    fn any_text_is_a_script(text in any::<String>()) {
        let _ = read(&text).into_board(&mut fixture::fresh());
    }
}
