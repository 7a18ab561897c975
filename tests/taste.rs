//! Taste from the keystroke to the model: verdicts given through the verbs, and what the real model then samples.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use slateboard::board::deal::{Card, Odds};
use slateboard::board::{
    Deal, Entry, Limits, Line, Lock, Motion, Move, Range, Scene, Seconds, Speech, Storyboard, Take, TakeId, Text,
};
use slateboard::engine::catalog::Models;
use slateboard::engine::{
    Cancel, EngineError, Generator, Launch, LocalEngine, Lora, Outcome, SceneAsk, SceneJob, Settings, draft,
};
use slateboard::store::{Paths, yaml};
use slateboard::taste::Candidate;

const BINARY: &str = env!("CARGO_BIN_EXE_slateboard");

fn entry(name: &str, look: &str) -> Entry {
    Entry { name: Line::new(name).unwrap(), look: Text::new(look).unwrap(), ..Entry::default() }
}

/// A board with one scene of two short shots at the most.
fn board() -> Storyboard {
    let mut board = Storyboard { logline: Text::new("A keeper finds a message.").unwrap(), ..Storyboard::default() };
    board.bible.characters = vec![entry("MARA", "sixties, yellow raincoat"), entry("TOM", "forties, wool cap")];
    board.bible.places = vec![entry("ROCKY SHORE", "black rock, foam")];
    board.bible.props = vec![entry("BOTTLE", "green glass")];
    board.scenes.push(Scene {
        id: "01J9Z0V5W6M4QK3T8E2C7R1XNB".parse().unwrap(),
        number: Line::new("1").unwrap(),
        heading: Line::new("EXT. ROCKY SHORE - DAWN").unwrap(),
        brief: Text::new("Mara finds the bottle by the water.").unwrap(),
        seconds: Seconds::new(5.0),
        ..Scene::default()
    });
    board
}

fn model() -> PathBuf {
    let paths = Paths::from_env().unwrap();
    let wanted = std::env::var("SLATEBOARD_MODEL").ok();
    Models::new(&paths.data, &paths.state).resolve(wanted.as_deref()).expect("`make test` fetches the model first")
}

fn engine(lora: Option<Lora>) -> LocalEngine {
    let settings = Settings { context: 2048, threads: Some(1), lora, ..Settings::default() };
    LocalEngine::new(Launch {
        program: BINARY.into(),
        model: model(),
        sha256: "0".repeat(64),
        settings,
        cache: None,
        log: None,
    })
}

fn run(engine: &mut LocalEngine, board: &Storyboard, ask: &SceneAsk) -> (Vec<Candidate>, Outcome) {
    let job = SceneJob::new(board, board.scenes[0].id, ask).unwrap();
    let outcome = engine.run(&job.job, &Cancel::default(), &mut |_| {}).unwrap();
    (job.candidates(&outcome, TakeId::default).unwrap(), outcome)
}

#[test]
fn limits_hold_whatever_the_model_would_have_written() {
    let limits = Limits {
        shots: Some(Range { least: 2, most: 2 }),
        lines: Some(Range { least: 1, most: 1 }),
        action_words: Some(Range { least: 4, most: 9 }),
        motion: Some(Motion::AllMove),
        cast: vec![Line::new("MARA").unwrap()],
        not_at: vec![Line::new("ROCKY SHORE").unwrap()],
    };
    let ask = SceneAsk { seeds: vec![1, 2, 3, 4], limits: limits.clone(), ..SceneAsk::default() };
    let mut board = board();
    board.bible.places.push(entry("KITCHEN", "a round room"));
    let (candidates, _) = run(&mut engine(None), &board, &ask);
    assert_eq!(candidates.len(), 4);
    for Candidate { take, reading } in &candidates {
        assert_eq!((take.shots.len(), take.dialogue.len()), (2, 1), "{take:?}");
        assert!(
            (4..=9).contains(
                &take.action.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
            ),
            "{}",
            take.action
        );
        assert!(take.shots.iter().all(|shot| shot.camera != Move::Static));
        assert!(take.heading.as_ref().is_some_and(|heading| heading.contains("KITCHEN")), "{:?}", take.heading);
        let staged = take.shots.iter().flat_map(|shot| &shot.staging).map(|staged| staged.subject.as_str());
        assert!(staged.chain(take.dialogue.iter().map(|speech| speech.speaker.as_str())).all(|name| name == "MARA"));
        let plan = take.provenance.plan.as_ref().unwrap();
        assert_eq!(plan.limits, limits);
        let reading = reading.as_ref().unwrap();
        let likelihood = reading.likelihood.unwrap();
        assert!(reading.embedding.numbers().len() >= 64 && likelihood < 0.0, "{likelihood}");
    }
    assert_ne!(candidates[0].reading, candidates[1].reading, "two takes read alike");
}

/// Four takes of a longer scene with these odds.
fn dealt(odds: Vec<Odds>) -> Vec<Take> {
    let mut board = board();
    board.scenes[0].seconds = Seconds::new(12.0);
    let ask = SceneAsk { seeds: vec![1, 2, 3, 4], deal: Some(Deal { odds }), ..SceneAsk::default() };
    run(&mut engine(None), &board, &ask).0.into_iter().map(|candidate| candidate.take).collect()
}

#[test]
fn each_take_has_the_form_it_was_dealt() {
    let forms =
        |takes: &[Take]| takes.iter().map(|take| (take.shots.len(), take.dialogue.len())).collect::<BTreeSet<_>>();
    assert!(forms(&dealt(Vec::new())).len() > 1, "four takes of one form");
    let cards = [Card::Shots(3), Card::Lines(0), Card::Move(Move::PushIn), Card::Move(Move::PullOut)];
    let takes = dealt(cards.map(|card| Odds { card, by: 20.0 }).to_vec());
    assert_eq!(forms(&takes), BTreeSet::from([(3, 0)]));
    let moves = takes.iter().flat_map(|take| &take.shots).map(|shot| shot.camera);
    assert!(moves.into_iter().all(|camera| matches!(camera, Move::PushIn | Move::PullOut)));
    assert_eq!(takes[0].provenance.plan.as_ref().unwrap().deal.as_ref().unwrap().odds.len(), 4);
}

#[test]
fn a_locked_line_shot_and_staging_stay_and_the_rest_is_written_anew() {
    let mut board = board();
    let shots = "[{size: wide, move: pan-left, seconds: 3, description: The kept first shot., \
                 staging: [{subject: TOM, position: left, depth: far}]}, \
                 {size: close, seconds: 2, description: The second shot., staging: [{subject: MARA, position: right, depth: near, facing: away}]}]";
    let written = Take {
        id: "01J9Z0W1F3V7C2P5K8D4H6T9SA".parse().unwrap(),
        action: Text::new("Mara waits.").unwrap(),
        dialogue: ["First.", "Kept, word for word!"]
            .map(|line| Speech {
                speaker: Line::new("TOM").unwrap(),
                line: Text::new(line).unwrap(),
                after: None,
                extra: Default::default(),
            })
            .to_vec(),
        shots: serde_yaml::from_str(shots).unwrap(),
        ..draft("", &board.bible)
    };
    board.scenes[0].takes.push(written.clone());
    let locked = vec![Lock::Line(1), Lock::Shot(0), Lock::Staging(1)];
    let ask = SceneAsk { seeds: vec![5, 6], locked: locked.clone(), ..SceneAsk::default() };
    let (candidates, _) = run(&mut engine(None), &board, &ask);
    assert_eq!(candidates.len(), 2);
    for Candidate { take, .. } in &candidates {
        assert_eq!(take.dialogue[1], written.dialogue[1]);
        assert_eq!(take.shots[0], written.shots[0]);
        assert_eq!(take.shots[1].staging, written.shots[1].staging);
        assert_ne!(take.shots[1].description, written.shots[1].description);
        assert_ne!(take.action, written.action);
        assert_eq!(take.parent, Some(written.id));
        assert_eq!(take.provenance.plan.as_ref().unwrap().locked, locked);
    }
    let gone = SceneAsk { locked: vec![Lock::Shot(7)], ..ask };
    assert!(SceneJob::new(&board, board.scenes[0].id, &gone).is_err());
}

#[test]
fn an_adapter_changes_what_is_written_and_is_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("style.gguf");
    fs::write(&file, lora()).unwrap();
    let ask = SceneAsk { seeds: vec![1], ..SceneAsk::default() };
    let with = |scale| Lora { file: file.clone(), scale, sha256: "ab".repeat(32) };
    let (plain, _) = run(&mut engine(None), &board(), &ask);
    let (adapted, outcome) = run(&mut engine(Some(with(1.0))), &board(), &ask);
    let (silenced, _) = run(&mut engine(Some(with(0.0))), &board(), &ask);
    assert_ne!(adapted[0].take.action, plain[0].take.action);
    assert_eq!(silenced[0].take.action, plain[0].take.action, "at a scale of 0 it adds nothing");
    let recorded = adapted[0].take.provenance.plan.as_ref().unwrap().adapter.clone().unwrap();
    assert_eq!((recorded.name.as_str(), recorded.scale), ("style.gguf", 1.0));
    assert_eq!(outcome.model.adapter, Some(recorded));
    let missing = Lora { file: folder.path().join("none.gguf"), ..with(1.0) };
    let refused = engine(Some(missing)).warm_up(&Cancel::default(), &mut |_| {});
    assert!(matches!(&refused, Err(EngineError::Model(words)) if words.contains("none.gguf")), "{refused:?}");
}

/// A LoRA of rank 1 on one matrix of the default model (576 to 576), large enough to change every word.
fn lora() -> Vec<u8> {
    const WIDTH: usize = 576;
    let text = |words: &str| [&(words.len() as u64).to_le_bytes()[..], words.as_bytes()].concat();
    let mut file = [&b"GGUF"[..], &3_u32.to_le_bytes(), &2_u64.to_le_bytes(), &4_u64.to_le_bytes()].concat();
    for (key, value) in [("general.type", "adapter"), ("general.architecture", "llama"), ("adapter.type", "lora")] {
        file.extend([text(key), 8_u32.to_le_bytes().to_vec(), text(value)].concat());
    }
    file.extend([text("adapter.lora.alpha"), 6_u32.to_le_bytes().to_vec(), 1.0_f32.to_le_bytes().to_vec()].concat());
    let shapes = [("a", [WIDTH as u64, 1]), ("b", [1, WIDTH as u64])];
    for (at, (part, shape)) in shapes.iter().enumerate() {
        file.extend(text(&format!("blk.20.attn_output.weight.lora_{part}")));
        file.extend(2_u32.to_le_bytes());
        shape.iter().for_each(|length| file.extend(length.to_le_bytes()));
        file.extend(0_u32.to_le_bytes());
        file.extend(((at * WIDTH * 4) as u64).to_le_bytes());
    }
    file.resize(file.len().next_multiple_of(32), 0);
    for at in 0..2 * WIDTH {
        let number = (((at * 7919) % 199) as f32 - 99.0) / 33.0;
        file.extend(number.to_le_bytes());
    }
    file
}

/// A folder with a board, and the program's own folders inside it; models come from where they are.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        fs::write(place.at("board.yaml"), yaml::write(&board())).unwrap();
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(BINARY);
        command.current_dir(self.0.path()).args(words).stdin(Stdio::null());
        for name in ["CONFIG", "STATE", "CACHE"] {
            command.env(format!("SLATEBOARD_{name}_DIR"), self.at(name));
        }
        command.env("SLATEBOARD_REVIEWER", "Anna").output().unwrap()
    }

    fn done(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, words: &[&str]) -> Value {
        serde_json::from_str(&self.done(words)).unwrap()
    }

    /// What TRL's own readers make of the verdicts in these forms.
    fn trainers_read(&self, forms: &[(&str, &str)]) -> Vec<Value> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let readers = Command::new(root.join(".ci/readers")).output().unwrap();
        let mut python = Command::new("python3");
        python.env("PYTHONPATH", String::from_utf8(readers.stdout).unwrap().trim());
        python.envs([("HF_HUB_OFFLINE", "1"), ("HF_DATASETS_OFFLINE", "1")]).env("HF_HOME", self.at("hub"));
        python.arg(root.join("tests/readers/trainers.py")).arg(self.at("read"));
        for (format, messages) in forms {
            let file = self.at(&format!("{format}-{messages}.jsonl"));
            self.done(&[
                "feedback",
                "board.yaml",
                "--format",
                format,
                "--messages",
                messages,
                "--out",
                file.to_str().unwrap(),
            ]);
            python.arg(file);
        }
        let output = python.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

fn moves(take: &Value) -> Vec<&str> {
    take["shots"].as_array().unwrap().iter().map(|shot| shot["move"].as_str().unwrap_or("static")).collect()
}

#[test]
fn takes_rejected_for_being_static_give_takes_that_move() {
    let place = Place::new();
    for said in ["at least one shot moves", "every shot moves"] {
        place.json(&["generate", "board.yaml", "--takes", "1", "--threads", "1", "--json"]);
        place.done(&["verdict", "board.yaml", "1", "1", "reject", "--reason", "too static"]);
        let told = place.done(&["taste", "board.yaml"]);
        assert!(told.contains(said), "{told}");
    }
    let answer = place.json(&["generate", "board.yaml", "--takes", "2", "--threads", "1", "--json"]);
    assert_eq!(answer["changes"][0]["reason"], "too static");
    for take in answer["takes"].as_array().unwrap() {
        assert!(moves(take).iter().all(|&camera| camera != "static"), "{take}");
        assert_eq!(take["provenance"]["chosen"]["by"], "order");
    }
    // A take of a plan is made again from its provenance.
    assert!(place.done(&["replay", "board.yaml", "1", "1", "--threads", "1"]).contains("came out the same"));
}

#[test]
fn verdicts_become_training_data_and_what_was_learned_is_told() {
    let place = Place::new();
    place.json(&["generate", "board.yaml", "--takes", "3", "--threads", "1", "--json"]);
    place.done(&["verdict", "board.yaml", "1", "1", "reject", "--reason", "dull"]);
    place.done(&["verdict", "board.yaml", "1", "1", "accept"]);
    let lines = |format: &str, messages: &str| -> Vec<Value> {
        let text = place.done(&["feedback", "board.yaml", "--format", format, "--messages", messages, "--out", "-"]);
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let kto = lines("kto", "text");
    assert_eq!(kto.iter().map(|line| line["label"].as_bool().unwrap()).collect::<Vec<_>>(), [false, true]);
    assert!(kto[0]["prompt"].as_str().unwrap().contains("Mara finds the bottle"));
    let completion: Value = serde_json::from_str(kto[0]["completion"].as_str().unwrap()).unwrap();
    assert!(completion["shots"].is_array() && completion["action"].is_string());
    let dpo = lines("dpo", "text");
    assert_eq!(dpo.len(), 1);
    assert_eq!((&dpo[0]["rejected"], &dpo[0]["chosen"]), (&kto[0]["completion"], &kto[1]["completion"]));
    let chat = lines("dpo", "chat");
    assert_eq!(chat[0]["prompt"][0]["role"], "system");
    assert_eq!(chat[0]["chosen"][0]["role"], "assistant");
    let read = place.trainers_read(&[("kto", "text"), ("dpo", "text"), ("kto", "chat"), ("dpo", "chat")]);
    for (set, is_chat) in read.iter().zip([false, false, true, true]) {
        assert_eq!(set["conversational"], is_chat, "{set}");
    }
    assert_eq!(read[0]["columns"], json!(["completion", "label", "prompt"]));
    assert_eq!(read[1]["columns"], json!(["chosen", "prompt", "rejected"]));
    assert_eq!((&read[2]["rows"], &read[3]["unpaired"]), (&2.into(), &json!([true, false])));
    let log = lines("jsonl", "text");
    assert_eq!(log[0]["reason"], "dull");
    assert!(log[0]["reading"]["embedding"].is_string(), "the verdict keeps how the model read the take");
    let taste = place.json(&["taste", "board.yaml", "--json"]);
    assert_eq!((&taste["verdicts"], &taste["accepted"], &taste["ranks"]), (&2.into(), &1.into(), &false.into()));
    fs::remove_dir_all(place.at("board.slate").join("feedback")).unwrap();
    assert_eq!(place.json(&["taste", "board.yaml", "--json"])["verdicts"], 0, "without the log there is no taste");
}

#[test]
fn a_retracted_verdict_is_unlearned() {
    let place = Place::new();
    place.json(&["generate", "board.yaml", "--takes", "1", "--threads", "1", "--json"]);
    place.done(&["verdict", "board.yaml", "1", "1", "reject", "--reason", "too static"]);
    let rejected = fs::read_dir(place.at("board.slate").join("feedback")).unwrap().next().unwrap().unwrap().path();
    let record: Value = serde_json::from_str(fs::read_to_string(&rejected).unwrap().trim()).unwrap();
    let take = record["take"]["id"].as_str().unwrap();
    place.done(&["verdict", "board.yaml", "1", take, "retract"]);
    let taste = place.json(&["taste", "board.yaml", "--json"]);
    assert_eq!((&taste["verdicts"], taste["plans"].as_array().unwrap().len()), (&0.into(), 0));
}

#[test]
fn settings_of_taste_that_are_none_are_refused_with_their_file() {
    let place = Place::new();
    fs::create_dir_all(place.at("CONFIG")).unwrap();
    fs::write(place.at("CONFIG").join("taste.yaml"), "exploration: often\n").unwrap();
    let output = place.run(&["taste", "board.yaml"]);
    assert_ne!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("taste.yaml"));
}
