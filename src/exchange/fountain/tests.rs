use proptest::prelude::*;

use super::*;
use crate::board::{Speech, Storyboard, Text};
use crate::exchange::fixture::{self, Grey};
use crate::exchange::{Options, Order, Report, Selection};

fn written(board: &Storyboard) -> String {
    let (selection, options) = (Selection::default(), Options::default());
    let order = Order { board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
    write(&order, &mut Report::default())
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
    let [opening, begins, river, scope] = script.scenes.as_slice() else { panic!("{:#?}", script.scenes) };
    assert_eq!((opening.heading.as_str(), opening.action.as_slice()), ("", &["FADE IN:".to_owned()][..]));
    assert_eq!(begins.synopsis, "It begins.");
    assert_eq!((river.heading.as_str(), river.number.as_deref()), ("EXT. RIVER - DAY", Some("12A")));
    assert_eq!(river.synopsis, "A fish.");
    assert_eq!(river.action, ["EDWARD (60s), thin, waits.\nHe waits more."]);
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
        ("FADE IN:\n\nEXT. A - DAY\n\nB.", "", "FADE IN:"),
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
            prop_assert_eq!(&back.dialogue, &take.dialogue);
            prop_assert_eq!(&back.sound, &take.sound);
            prop_assert_eq!(&back.shots, &take.shots);
        }
    }

    #[test]
    fn any_text_is_a_script(text in any::<String>()) {
        let _ = read(&text).into_board(&mut fixture::fresh());
    }
}
