//! A board of 10,000 scenes on disk: load and save against the bare YAML crate, a verdict against a full save.

use std::fs::{self, File};
use std::io::Write;
use std::time::Instant;

use slateboard::board::{Edit, Feedback, FeedbackId, Line, Scene, SceneId, Storyboard, Take, TakeId, Text, Verdict};
use slateboard::store::{Access, BoardFile, yaml};
use ulid::Ulid;

use super::app::sample;
use super::{Aim, ROUNDS, Table, middle, millis};

const SCENES: u128 = 10_000;
/// Verdicts between two saves. The first of them begins the journal; the YAML it starts from is put beside it when
/// the person has their answer already, as in the terminal UI.
const VERDICTS: usize = 8;

pub(crate) fn measure(table: &mut Table) {
    let mut board = long();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.yaml");
    let beside = folder.path().join("bare.yaml");
    fs::write(&path, yaml::write(&board)).unwrap();
    let mut loads = Vec::new();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let opened = BoardFile::open(&path, Access::ReadOnly).unwrap();
        let ours = millis(begun.elapsed());
        let begun = Instant::now();
        let bare: Storyboard = serde_yaml::from_slice(&fs::read(&path).unwrap()).unwrap();
        loads.push((ours, millis(begun.elapsed())));
        assert_eq!(bare.scenes.len(), opened.board.scenes.len());
    }
    let mut file = BoardFile::open(&path, Access::Write).unwrap().file;
    let mut saves = Vec::new();
    let mut firsts = Vec::new();
    let mut verdicts = Vec::new();
    let mut settled = Vec::new();
    let mut settles = Vec::new();
    for round in 0..ROUNDS {
        let given: Vec<f64> = (0..VERDICTS)
            .map(|at| {
                let number = round * VERDICTS + at;
                let (feedback, edit) = rejection(&board.scenes[number], number as u128);
                let begun = Instant::now();
                file.record_verdict(&feedback, &edit).unwrap();
                let verdict = millis(begun.elapsed());
                let begun = Instant::now();
                file.settle().unwrap();
                if at == 0 {
                    settled.push(millis(begun.elapsed()));
                }
                verdict
            })
            .collect();
        board.title = Line::new(&format!("The Keeper, part {round}")).unwrap();
        let begun = Instant::now();
        let _ = file.save(&board).unwrap();
        let save = millis(begun.elapsed());
        let begun = Instant::now();
        // As safe as a file can be written without the app's care: waited for, in place.
        let mut bare = File::create(&beside).unwrap();
        bare.write_all(serde_yaml::to_string(&board).unwrap().as_bytes()).unwrap();
        bare.sync_all().unwrap();
        saves.push((save, millis(begun.elapsed())));
        firsts.push((given[0], save));
        settles.push((settled[round], save));
        verdicts.push((middle(given[1..].iter().copied()), save));
    }
    table.line("10,000 scenes opened: app, bare YAML crate", "ms", &loads, Aim::AtMost(1.15));
    table.line("10,000 scenes saved: app, bare YAML crate", "ms", &saves, Aim::AtMost(1.15));
    table.line("a verdict on disk, a full save", "ms", &verdicts, Aim::AtMost(0.02));
    table.line("  the first one since the board was opened or saved", "ms", &firsts, Aim::AtMost(0.02));
    table.line("  what follows that one while nobody waits", "ms", &settles, Aim::Told);
}

/// The sample board's bible, and its first scene's kind over and over, each with a picked take.
fn long() -> Storyboard {
    let mut board = sample();
    let model = board.scenes.iter().find_map(|scene| scene.leading_take().cloned());
    board.scenes = (0..SCENES).map(|at| scene(at, model.as_ref())).collect();
    board
}

fn scene(at: u128, model: Option<&Take>) -> Scene {
    let words = |words: &str| Text::new(words).unwrap();
    let id = TakeId::new(Ulid(2 * at + 2));
    let mut take: Take = model.cloned().unwrap_or_else(|| {
        serde_yaml::from_str(
            "{action: She climbs over wet rocks., sound: 'surf, a gull', dialogue: [{speaker: MARA, line: 'Who are you, then?'}], \
             shots: [{size: wide, angle: high, move: static, seconds: 4.0, description: A small figure on a huge grey shore., \
             staging: [{subject: MARA, position: left, depth: far, facing: right, pose: climbing}]}]}",
        )
        .unwrap()
    });
    take.id = id;
    take.action = words(&format!("{} It is the {at}th time.", take.action));
    Scene {
        id: SceneId::new(Ulid(2 * at + 1)),
        number: Line::new(&(at + 1).to_string()).unwrap(),
        heading: Line::new("EXT. ROCKY SHORE - DAWN").unwrap(),
        brief: words("She finds the bottle, and reads what is in it."),
        picked: Some(id),
        takes: vec![take],
        ..Scene::default()
    }
}

fn rejection(scene: &Scene, number: u128) -> (Feedback, Edit) {
    let take = scene.takes[0].clone();
    let edit = Edit::RemoveTake { scene: scene.id, take: take.id };
    let feedback = Feedback {
        id: FeedbackId::new(Ulid(number + 1)),
        at_ms: 1,
        reviewer: Line::new("Ana").unwrap(),
        scene: scene.id,
        verdict: Verdict::Reject,
        reason: Some(Line::new("too slow").unwrap()),
        looked_ms: None,
        take,
        reading: None,
        edited_from: None,
        picked_before: None,
        index: 1,
    };
    (feedback, edit)
}
