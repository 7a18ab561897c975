use proptest::prelude::*;

use super::*;
use crate::board::{Speech, Storyboard};
use crate::exchange::fixture::{self, Grey};
use crate::exchange::{Options, Order, Report, Selection, Takes};

fn written(board: &Storyboard, options: &Options, takes: Takes) -> String {
    let selection = Selection { scenes: None, takes };
    write(&Order { board, verdicts: &[], selection: &selection, options, studio: &Grey }, &mut Report::default())
}

#[test]
fn a_shot_is_a_row() {
    let options = Options {
        columns: vec![Column::Scene, Column::Shot, Column::Size, Column::Seconds, Column::Start, Column::Dialogue],
        ..Options::default()
    };
    assert_eq!(
        written(&fixture::keeper(), &options, Takes::Picked),
        "scene,shot,size,seconds,start,dialogue\n\
         1,1,extreme-wide,4,00:00:00:00,\"MARA: Who are you, then?\nTHE BOY: (off)\n  Nobody.\"\n\
         1,2,close,2.5,00:00:04:00,\n\
         2A,,,,,\n"
    );
}

#[test]
fn no_cell_is_a_formula() {
    for cell in ["=1+1", "-Who?", "+1", "@me", "'quoted'", "plain"] {
        assert!(!inert(cell).starts_with(FORMULA), "{cell}");
        assert_eq!(live(&inert(cell)), cell);
    }
}

#[test]
fn a_list_from_a_spreadsheet_is_understood_and_says_how() {
    let script = read(
        "Scene;Shot #;Shot Size;Camera Movement;Lens;Duration;Description;Dialogue\n\
         1;1A;WS;Dolly in;35mm;0:05;A shore.;\n1;1B;ECU;wobbly;85mm;2,5 s;A hand.;MARA: Oh.\n;;;;;;;\n2;2A;OTS;;;;A stair.;\n",
        24.0,
    )
    .unwrap();
    assert_eq!(script.scenes.len(), 2);
    let shots = &script.scenes[0].shots;
    assert_eq!((shots[0].size.word(), shots[0].camera.word(), shots[0].seconds.get()), ("wide", "push-in", 5.0));
    assert_eq!(
        (shots[1].size.word(), shots[1].camera.word(), &shots[1].extra["Lens"]),
        ("extreme-close", "static", &"85mm".into())
    );
    assert_eq!(script.scenes[0].dialogue[0].speaker, "MARA");
    assert!(script.said.contains(&"column `Shot Size` is read as size".to_owned()), "{:?}", script.said);
    assert!(script.said.contains(&"column `Lens` is kept with each shot as it is".to_owned()));
    assert!(script.said.iter().any(|said| said.contains("wobbly")));
    assert_eq!(shots[1].extra["Camera Movement"], "wobbly", "what is not understood stays with the shot");
    let over = &script.scenes[1].shots[0];
    assert_eq!((over.size.word(), over.angle.word()), ("medium", "over-shoulder"), "an angle in the column of sizes");
    assert!(!script.said.iter().any(|said| said.contains("OTS")), "{:?}", script.said);
}

#[test]
fn a_table_of_something_else_is_refused() {
    for text in ["", "name,age\nA,3\n", "just words"] {
        assert!(read(text, 24.0).unwrap_err().to_string().contains("no column is a shot's"), "{text}");
    }
}

#[test]
fn of_several_takes_the_picked_one_is_read_and_a_file_cut_off_is_refused() {
    let rows =
        "scene,take,picked,shot,description\n1,1,no,1,first\n1,1,no,2,second\n1,2,yes,1,third\n1,3,no,1,fourth\n";
    let script = read(rows, 24.0).unwrap();
    let shots: Vec<&str> = script.scenes[0].shots.iter().map(|shot| shot.description.as_str()).collect();
    assert_eq!(shots, ["third"]);
    assert!(script.said.iter().any(|said| said.contains("3 rows of other takes")), "{:?}", script.said);
    // Where every row is picked, none of them throws away what came before it.
    assert_eq!(read(&rows.replace(",no,", ",yes,"), 24.0).unwrap().scenes[0].shots.len(), 2);
    let half = "Scene,Shot,Description\n1,1,\"A wide shot of the ki";
    assert!(read(half, 24.0).unwrap_err().to_string().contains("breaks off"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_a_list_can_carry_comes_back(board in fixture::boards()) {
        let script = read(&written(&board, &Options::default(), Takes::Picked), 24.0).unwrap();
        prop_assert_eq!(script.scenes.len(), board.scenes.len());
        for (back, scene) in script.scenes.iter().zip(&board.scenes) {
            prop_assert_eq!(back.number.as_ref(), Some(&scene.number));
            prop_assert_eq!(&back.heading, &scene.heading);
            prop_assert_eq!(&back.synopsis, &scene.brief);
            let Some(take) = scene.leading_take() else { continue };
            prop_assert_eq!(back.action_text(), take.action.as_str());
            let spoken: Vec<Speech> = take.dialogue.iter().filter(|speech| !speech.line.is_empty()).cloned().collect();
            prop_assert_eq!(fixture::lines(&back.dialogue), fixture::lines(&spoken));
            prop_assert_eq!(&back.sound, &take.sound);
            prop_assert_eq!(&back.shots, &take.shots);
        }
    }

    #[test]
    fn no_table_is_too_strange(raw in any::<String>()) {
        let _ = read(&raw, 24.0);
        let _ = read(&format!("scene,shot,seconds,staging\n{raw}"), 24.0);
    }
}

#[test]
fn a_second_column_of_a_name_is_kept_beside_the_first_and_never_in_its_place() {
    let script = read("shot,size,angle,angle\n1,wide,high,by hand\n", 24.0).unwrap();
    let shot = &script.scenes[0].shots[0];
    assert_eq!((shot.angle, shot.extra["angle 2"].as_str()), (crate::board::Angle::High, Some("by hand")));
    assert!(!shot.extra.contains_key("angle"), "a YAML with two of it would be refused");
}
