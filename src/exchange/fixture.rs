//! Boards for tests: one that a person could have written, and any that could be.

use proptest::prelude::*;

use crate::board::{
    Angle, Depth, Extra, Facing, Line, Move, Passage, Position, Scene, SceneId, Seconds, Shot, Size, Speech, Staging,
    Storyboard, Take, TakeId, Text,
};

/// The beginning of the sample board.
pub(super) fn keeper() -> Storyboard {
    let line = |raw: &str| Line::new(raw).unwrap();
    let text = |raw: &str| Text::new(raw).unwrap();
    let staged = |subject: &str, position, facing, pose: &str| Staging {
        subject: line(subject),
        position,
        depth: Depth::Far,
        facing,
        pose: (!pose.is_empty()).then(|| line(pose)),
        extra: Extra::new(),
    };
    let shot = |size, camera, seconds, description: &str, staging| Shot {
        size,
        angle: Angle::High,
        camera,
        seconds: Seconds::clamped(seconds),
        description: text(description),
        staging,
        extra: Extra::new(),
    };
    let speech = |speaker: &str, said: &str| Speech {
        speaker: line(speaker),
        line: text(said),
        after: None,
        extra: Extra::new(),
    };
    let take = |id: u128, action: &str, dialogue, shots| Take {
        id: TakeId::new(id.into()),
        parent: None,
        heading: None,
        action: text(action),
        dialogue,
        sound: text("surf, a gull"),
        shots,
        newcomers: Vec::new(),
        provenance: Default::default(),
        extra: Extra::new(),
    };
    let scene = |id: u128, number: &str, heading: &str, brief: &str, takes: Vec<Take>| Scene {
        id: SceneId::new(id.into()),
        number: line(number),
        heading: line(heading),
        brief: text(brief),
        picked: takes.first().map(|take| take.id),
        takes,
        ..Scene::default()
    };
    Storyboard {
        title: line("The Keeper"),
        logline: text("A lighthouse keeper finds a message that was written to her."),
        aspect: line("2.39:1"),
        scenes: vec![
            scene(
                1,
                "1",
                "EXT. ROCKY SHORE - DAWN",
                "She finds the bottle.",
                vec![take(
                    11,
                    "MARA climbs over wet rocks.\n\nA green bottle rolls in the foam.",
                    vec![speech("MARA", "Who are you, then?"), speech("THE BOY", "(off)\nNobody.")],
                    vec![
                        shot(
                            Size::ExtremeWide,
                            Move::Static,
                            4.0,
                            "A small yellow figure on a huge grey shore.",
                            vec![staged("MARA", Position::Left, Some(Facing::Right), "climbing")],
                        ),
                        shot(
                            Size::Close,
                            Move::PushIn,
                            2.5,
                            "Her hand.",
                            vec![staged("BOTTLE", Position::Center, None, "")],
                        ),
                    ],
                )],
            ),
            scene(2, "2A", "INT. LAMP ROOM - NIGHT", "She reads.", Vec::new()),
        ],
        ..Storyboard::default()
    }
}

/// Words of any script in up to three lines, as a person leaves them: no ragged ends, no empty lines.
pub(super) fn prose() -> impl Strategy<Value = Text> {
    prop::collection::vec(any::<String>(), 0..4).prop_map(|lines| {
        let clean = Text::clipped(&lines.join("\n"), 400);
        let lines: Vec<&str> = clean.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        Text::new(&lines.join("\n")).unwrap()
    })
}

fn one_line() -> impl Strategy<Value = Line> {
    any::<String>().prop_map(|raw| Line::clipped(&raw, 60))
}

/// A name: letters of some script.
fn names() -> impl Strategy<Value = Line> {
    prop_oneof![
        Just("MARA"),
        Just("THE BOY"),
        Just("Élise"),
        Just("張偉"),
        Just("МАРА"),
        Just("مارا"),
        Just("*MARK_2*"),
        Just("Mc Coy"),
    ]
    .prop_map(|name| Line::new(name).unwrap())
}

fn any_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(all)
}

fn staging() -> impl Strategy<Value = Staging> {
    let pose = prop::option::of("[a-z|;,:\\\\]{1,12}".prop_map(|pose| Line::new(&pose).unwrap()));
    (names(), any_of(Position::ALL), any_of(Depth::ALL), prop::option::of(any_of(Facing::ALL)), pose).prop_map(
        |(subject, position, depth, facing, pose)| Staging {
            subject,
            position,
            depth,
            facing,
            pose,
            extra: Extra::new(),
        },
    )
}

/// Any shot.
pub(super) fn shots() -> impl Strategy<Value = Shot> {
    let framing = (any_of(Size::ALL), any_of(Angle::ALL), any_of(Move::ALL), 0_u16..2400);
    (framing, prose(), prop::collection::vec(staging(), 0..3)).prop_map(
        |((size, angle, camera, quarters), description, staging)| Shot {
            size,
            angle,
            camera,
            seconds: Seconds::clamped(f32::from(quarters) / 40.0),
            description,
            staging,
            extra: Extra::new(),
        },
    )
}

fn speeches() -> impl Strategy<Value = Speech> {
    let parts = (names(), prose(), prop::option::of(0_u16..4));
    parts.prop_map(|(speaker, line, after)| Speech { speaker, line, after, extra: Extra::new() })
}

/// What is said, without where it stands.
pub(super) fn lines(dialogue: &[Speech]) -> Vec<(String, String)> {
    dialogue.iter().map(|speech| (speech.speaker.to_string(), speech.line.to_string())).collect()
}

/// What a take tells, paragraph by paragraph and line by line.
pub(super) fn told(take: &Take) -> Vec<String> {
    let told = |passage: Passage<'_>| match passage {
        Passage::Action(words) => words.split("\n\n").map(|words| words.trim().to_owned()).collect(),
        Passage::Speech(speech) => vec![format!("{}: {}", speech.speaker, speech.line)],
    };
    take.passages().into_iter().flat_map(told).filter(|words| !words.is_empty()).collect()
}

fn takes() -> impl Strategy<Value = Take> {
    let parts = (prose(), prop::collection::vec(speeches(), 0..4), prose(), prop::collection::vec(shots(), 1..4));
    (1_u64.., parts).prop_map(|(id, (action, dialogue, sound, shots))| Take {
        id: TakeId::new(u128::from(id).into()),
        parent: None,
        heading: None,
        action,
        dialogue,
        sound,
        shots,
        newcomers: Vec::new(),
        provenance: Default::default(),
        extra: Extra::new(),
    })
}

fn scenes() -> impl Strategy<Value = Scene> {
    let heading = prop_oneof![
        Just("INT. KITCHEN - NIGHT".to_owned()),
        Just("EXT. 海辺 - 夜".to_owned()),
        Just("The dream".to_owned()),
        "[A-Z]{1,8} [a-z]{1,8}".prop_map(|place| format!("INT./EXT. {place} - DAY")),
    ];
    (heading, prose(), prop::collection::vec(takes(), 0..3), any::<prop::sample::Index>()).prop_map(
        |(heading, brief, takes, picked)| Scene {
            heading: Line::new(&heading).unwrap(),
            brief,
            picked: (!takes.is_empty()).then(|| takes[picked.index(takes.len())].id),
            takes,
            ..Scene::default()
        },
    )
}

/// Any board.
pub(super) fn boards() -> impl Strategy<Value = Storyboard> {
    let aspect = prop_oneof![Just("16:9"), Just("2.39:1"), Just("4:3")];
    let fps = prop_oneof![Just(23.976), Just(24.0), Just(25.0), Just(29.97), Just(60.0)];
    (one_line(), prose(), aspect, fps, prop::collection::vec(scenes(), 1..5)).prop_map(
        |(title, logline, aspect, fps, mut scenes)| {
            for (at, scene) in scenes.iter_mut().enumerate() {
                scene.id = SceneId::new((at as u128 + 1).into());
                scene.number = Line::new(&format!("{}{}", at + 1, ["", "A"][at % 2])).unwrap();
            }
            Storyboard { title, logline, aspect: Line::new(aspect).unwrap(), fps, scenes, ..Storyboard::default() }
        },
    )
}

/// Identities in a row.
pub(super) fn fresh() -> impl FnMut() -> ulid::Ulid {
    let mut last = 1_000_u128;
    move || {
        last += 1;
        last.into()
    }
}

/// A studio that draws flat grey, each shot in its own.
pub(super) struct Grey;

impl super::Studio for Grey {
    fn panel(&self, _: &Scene, shot: &Shot, width: u32, height: u32) -> Result<image::RgbaImage, String> {
        let tone = u8::try_from(shot.description.len() % 200).unwrap() + 40;
        Ok(image::RgbaImage::from_pixel(width, height, image::Rgba([tone, tone, tone, 255])))
    }

    fn yaml(&self, board: &Storyboard) -> String {
        serde_yaml::to_string(board).unwrap()
    }
}
