//! The rules of the craft, by geometry.

use super::framing::cuts_a_joint;
use super::*;
use crate::frame::lexicon::Mood;
use crate::frame::space::{distance, v3};
use proptest::prelude::*;

fn board(aspect: &str) -> Storyboard {
    serde_yaml::from_str(&format!(
        "{{slateboard: 1, aspect: '{aspect}', bible: {{characters: [{{name: A}}, {{name: B}}, {{name: REX, look: a dog}}], props: [{{name: BOTTLE}}, {{name: ZORB}}]}}}}"
    ))
    .unwrap()
}

fn shot(yaml: &str) -> Shot {
    serde_yaml::from_str(yaml).unwrap()
}

fn composed_in(yaml: &str, heading: &str, aspect: &str) -> Composition {
    let board = board(aspect);
    compose(&shot(yaml), &Stage::new(&board, heading))
}

fn composed(yaml: &str) -> Composition {
    composed_in(yaml, "EXT. SHORE - DAY", "16:9")
}

/// Rows of the top of the head, the chin and the feet of somebody.
fn rows(composition: &Composition, at: usize) -> (f32, f32, f32) {
    let actor = &composition.cast[at];
    let body = actor.skeleton().unwrap();
    let row = |point| composition.camera.see(point).unwrap().1;
    (row(body.crown()), row(body.head - body.skull.up * (body.head_size * 0.5)), row(actor.place))
}

fn column(composition: &Composition, at: usize) -> f32 {
    composition.camera.see(composition.cast[at].skeleton().unwrap().head).unwrap().0 / composition.ratio
}

const ALONE: &str = "staging: [{subject: A, position: center, facing: right}]";

#[test]
fn in_a_close_the_head_takes_a_third_to_two_thirds_of_the_height() {
    for angle in ["eye", "low", "high", "dutch", "pov"] {
        for depth in ["near", "middle", "far"] {
            let c = composed(&format!(
                "{{size: close, angle: {angle}, seconds: 1, staging: [{{subject: A, position: left, depth: {depth}}}]}}"
            ));
            let body = c.cast[0].skeleton().unwrap();
            let head = body.head_size * c.camera.scale(body.head);
            assert!((0.35..=0.6).contains(&head), "{angle} {depth}: {head}");
        }
    }
}

#[test]
fn in_a_wide_the_whole_figure_takes_a_seventh_to_two_fifths() {
    for angle in ["eye", "low", "dutch"] {
        for depth in ["near", "middle", "far"] {
            let c = composed(&format!(
                "{{size: wide, angle: {angle}, seconds: 1, staging: [{{subject: A, position: left, depth: {depth}}}]}}"
            ));
            let camera = &c.camera;
            let body = c.cast[0].skeleton().unwrap();
            let tall = distance(camera.see(body.crown()).unwrap(), camera.see(c.cast[0].place).unwrap());
            assert!((0.15..=0.4).contains(&tall), "{angle} {depth}: {tall}");
            let (top, _, feet) = rows(&c, 0);
            assert!(top > 0.0 && feet < 1.0, "{angle} {depth}: {top} {feet}");
        }
    }
}

#[test]
fn tighter_sizes_make_bigger_bodies_and_a_full_shows_head_and_feet() {
    let at = |size: &Size| composed(&format!("{{size: {size}, seconds: 1, {ALONE}}}"));
    let scales: Vec<f32> = Size::ALL
        .iter()
        .map(|size| {
            let c = at(size);
            c.camera.scale(c.cast[0].place)
        })
        .collect();
    assert!(scales.windows(2).all(|pair| pair[0] < pair[1]), "{scales:?}");
    let (top, _, feet) = rows(&at(&Size::Full), 0);
    assert!(top > 0.04 && feet < 0.96 && feet - top > 0.65, "{top} {feet}");
}

#[test]
fn a_low_camera_is_below_the_eyes_with_the_horizon_in_the_lower_third() {
    for size in Size::ALL {
        let c = composed(&format!("{{size: {size}, angle: low, seconds: 1, {ALONE}}}"));
        let horizon = c.camera.horizon();
        assert!((2.0 / 3.0..=1.0).contains(&horizon), "{size}: {horizon}");
        assert!(c.camera.eye.y < c.cast[0].skeleton().unwrap().eyes().y - 0.05, "{size}");
    }
}

#[test]
fn a_high_camera_is_above_the_head_with_the_horizon_at_the_top_or_out_of_the_frame() {
    for size in Size::ALL {
        let c = composed(&format!("{{size: {size}, angle: high, seconds: 1, {ALONE}}}"));
        assert!(c.camera.horizon() < 1.0 / 3.0, "{size}: {}", c.camera.horizon());
        assert!(c.camera.eye.y > c.cast[0].skeleton().unwrap().crown().y, "{size}");
    }
}

#[test]
fn an_overhead_camera_looks_down_on_everybody() {
    let c = composed(
        "{size: full, angle: overhead, seconds: 1, staging: [{subject: A, position: left, depth: near}, {subject: B, position: right, depth: far}]}",
    );
    assert!(c.camera.looks_down());
    let seen = |at: usize| c.camera.see(c.cast[at].place).unwrap();
    assert!(seen(0).0 < seen(1).0 && seen(0).1 > seen(1).1, "{:?} {:?}", seen(0), seen(1));
}

#[test]
fn a_dutch_frame_is_tilted_by_eight_to_fifteen_degrees() {
    let c = composed(&format!("{{size: wide, angle: dutch, seconds: 1, {ALONE}}}"));
    let far = |x: f32| c.camera.see(v3(x, c.camera.eye.y, 1000.0)).unwrap();
    let (a, b) = (far(-300.0), far(300.0));
    let tilt = ((b.1 - a.1) / (b.0 - a.0)).atan().to_degrees().abs();
    assert!((8.0..=15.0).contains(&tilt), "{tilt}");
}

#[test]
fn over_the_shoulder_a_near_back_is_at_one_side_and_the_subject_at_the_other() {
    for (staging, past) in [
        ("{subject: A, position: left, depth: near, facing: away}, {subject: B, position: right}", "A"),
        ("{subject: A, position: left}, {subject: B, position: right, depth: near, facing: away}", "B"),
        ("{subject: B, position: right}", ""),
    ] {
        for size in ["medium", "medium-close", "close"] {
            let c = composed(&format!("{{size: {size}, angle: over-shoulder, seconds: 1, staging: [{staging}]}}"));
            let near = c.cast.iter().position(|actor| actor.shoulder).unwrap();
            let main = c.main.unwrap();
            assert_eq!(c.cast[near].name, past);
            assert!(c.camera.depth(c.cast[near].place) < c.camera.depth(c.cast[main].place));
            let (x, other) = (column(&c, near), column(&c, main));
            assert!((x < 0.3) != (x > 0.7) && (x < 0.5) != (other < 0.5), "{size} {past}: {x} {other}");
            let body = c.cast[near].skeleton().unwrap();
            assert!(body.chest.forward.dot(c.camera.forward) > 0.3, "the back is to us");
        }
    }
}

#[test]
fn headroom_is_kept_and_looking_room_is_left() {
    for size in ["full", "medium", "medium-close", "close"] {
        let right = composed(&format!("{{size: {size}, seconds: 1, {ALONE}}}"));
        let left = composed(&format!(
            "{{size: {size}, seconds: 1, staging: [{{subject: A, position: center, facing: left}}]}}"
        ));
        let (top, ..) = rows(&right, 0);
        assert!((0.03..0.22).contains(&top), "{size}: {top}");
        assert!(column(&right, 0) < 0.49 && column(&left, 0) > 0.51, "{size}");
    }
}

#[test]
fn facing_is_kept_on_the_screen() {
    for angle in ["eye", "low", "high", "dutch"] {
        for size in Size::ALL {
            for position in Position::ALL {
                for (facing, way) in [("left", -1.0), ("right", 1.0)] {
                    let c = composed(&format!(
                        "{{size: {size}, angle: {angle}, seconds: 1, staging: [{{subject: A, position: {position}, facing: {facing}}}]}}"
                    ));
                    let body = c.cast[0].skeleton().unwrap();
                    let (nose, head) = (c.camera.see(body.nose()).unwrap(), c.camera.see(body.head).unwrap());
                    assert!((nose.0 - head.0) * way > 0.0, "{angle} {size} {position} {facing}");
                }
            }
        }
    }
}

#[test]
fn positions_run_from_left_to_right_and_depths_from_near_to_far() {
    for size in Size::ALL {
        let columns: Vec<f32> = Position::ALL
            .iter()
            .map(|position| {
                column(
                    &composed(&format!(
                        "{{size: {size}, seconds: 1, staging: [{{subject: A, position: {position}, facing: camera}}]}}"
                    )),
                    0,
                )
            })
            .collect();
        assert!(columns.windows(2).all(|pair| pair[0] < pair[1]), "{size}: {columns:?}");
        let c = composed(&format!(
            "{{size: {size}, seconds: 1, staging: [{{subject: A, position: left, depth: near}}, {{subject: B, position: right, depth: far}}]}}"
        ));
        assert!(c.camera.depth(c.cast[0].place) < c.camera.depth(c.cast[1].place), "{size}");
    }
}

#[test]
fn a_small_thing_is_seen_in_every_size_and_nobody_loses_it() {
    for size in Size::ALL {
        let c = composed(&format!(
            "{{size: {size}, seconds: 1, staging: [{{subject: A, position: center-left, facing: right}}, {{subject: BOTTLE, position: right, depth: near}}]}}"
        ));
        let thing = &c.cast[1];
        let (foot, scale) = (c.camera.see(thing.place).unwrap(), c.camera.scale(thing.place));
        assert!(foot.1 < 1.0 && foot.1 - thing.extent().0 * scale > -0.1, "{size}: {foot:?}");
        assert!(thing.extent().0 * scale > 0.06, "{size}: {}", thing.extent().0 * scale);
    }
}

#[test]
fn a_hand_that_grips_takes_the_thing_beside_it() {
    let c = composed(
        "{size: medium, seconds: 1, staging: [{subject: A, position: center, pose: holding}, {subject: BOTTLE, position: center}, {subject: ZORB, position: right}]}",
    );
    assert_eq!((c.cast[1].holder, c.cast[2].holder), (Some(0), None));
}

#[test]
fn what_the_description_names_is_staged_where_nothing_is() {
    let c = composed("{size: wide, seconds: 1, description: 'REX barks. A laughs at Rex.'}");
    assert_eq!(c.cast.iter().map(|actor| actor.name.as_str()).collect::<Vec<_>>(), ["REX", "A"]);
    let c = composed("{size: close, seconds: 1, description: 'A laughs.', staging: [{subject: A, position: center}]}");
    assert_eq!(c.cast[0].mood, Mood::Happy);
}

#[test]
fn light_and_weather_come_from_heading_and_words() {
    let at = |heading: &str, told: &str| {
        let c = composed_in(&format!("{{size: wide, seconds: 1, description: '{told}'}}"), heading, "16:9");
        (c.light.name.clone(), c.weather, c.interior)
    };
    assert_eq!(at("EXT. STREET - NIGHT", "Rain falls."), ("night".into(), Weather::Rain, false));
    assert_eq!(at("INT. CUISINE - MATIN", ""), ("morning".into(), Weather::Clear, true));
    assert_eq!(at("EXT. SHORE - DAWN", "After the storm, calm."), ("dawn".into(), Weather::Clear, false));
    assert_eq!(at("EXT. RIDGE - DUSK", "Two silhouettes."), ("silhouette".into(), Weather::Clear, false));
    assert_eq!(at("nonsense", ""), ("day".into(), Weather::Clear, false));
}

#[test]
fn places_are_found_by_heading_and_else_by_look() {
    let place = |heading: &str| {
        let board = board("16:9");
        Stage::new(&board, heading).place
    };
    assert!(std::ptr::eq(place("INT. KITCHEN - DAY"), place("INT. CUISINE - JOUR")));
    assert!(!std::ptr::eq(place("INT. LAMP ROOM - DAY"), place("INT. ROOM - DAY")));
    assert!(place("EXT. XYZZY - DAY").ground.is_some() && place("INT. XYZZY - DAY").room.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn nobody_is_cut_at_a_knee_or_an_ankle_and_everything_is_finite(
        size in 0..7_usize, angle in 0..7_usize, position in 0..5_usize, depth in 0..3_usize, facing in 0..4_usize, pose in 0..51_usize,
        aspect in prop::sample::select(vec!["16:9", "2.39:1", "9:16", "4:3", "1:1"]),
    ) {
        let (size, angle) = (Size::ALL[size], Angle::ALL[angle]);
        let words = &lexicon().poses[pose].name;
        let yaml = format!(
            "{{size: {size}, angle: {angle}, seconds: 1, staging: [{{subject: A, position: {}, depth: {}, facing: {}, pose: '{words}'}}, {{subject: B, position: right, depth: far}}]}}",
            Position::ALL[position], Depth::ALL[depth], Facing::ALL[facing]
        );
        let c = composed_in(&yaml, "EXT. SHORE - DAY", aspect);
        for actor in &c.cast {
            prop_assert!(actor.place.x.is_finite() && actor.place.y.is_finite() && actor.place.z.is_finite());
        }
        let upright = matches!(words.as_str(), "standing" | "walking" | "pointing" | "holding" | "waving" | "looking");
        if let Some(main) = c.main.filter(|_| upright && matches!(angle, Angle::Eye | Angle::Low | Angle::High | Angle::Pov)) {
            prop_assert!(!cuts_a_joint(&c.camera, &c.cast[main]), "{}", yaml);
        }
        // Whatever is staged can be drawn.
        let drawing = crate::frame::scene::draw(&c);
        prop_assert!(!drawing.marks.is_empty());
    }
}
