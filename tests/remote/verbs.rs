//! The verbs as a script sees them, with a server that writes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::server::{Asked, Reply, Server, answer};

const SECRET: &str = "sk-never-to-be-seen";

/// A folder with a board of so many scenes, and the program's own folders inside it.
pub struct Place(tempfile::TempDir);

impl Place {
    pub fn new(scenes: usize) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        let briefs: String = (1..=scenes)
            .map(|n| {
                format!("  - {{number: \"{n}\", heading: EXT. SHORE - DAY, brief: Event {n} happens., seconds: 6}}\n")
            })
            .collect();
        let bible = "bible:\n  characters: [{name: MARA, look: tall}]\n  places: [{name: SHORE}]\n";
        let head = "slateboard: 1\ntitle: Long\nlogline: Many things happen.\n";
        fs::write(place.board(), format!("{head}{bible}scenes:\n{briefs}")).unwrap();
        place
    }

    pub fn board(&self) -> PathBuf {
        self.0.path().join("board.yaml")
    }

    fn configure(&self, yaml: &str) {
        fs::create_dir_all(self.0.path().join("CONFIG")).unwrap();
        fs::write(self.0.path().join("CONFIG/config.yaml"), yaml).unwrap();
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_slateboard"));
        command.current_dir(self.0.path()).args(words).stdin(Stdio::null());
        for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
            command.env(format!("SLATEBOARD_{name}_DIR"), self.0.path().join(name));
        }
        command.env("SLATEBOARD_REVIEWER", "Anna").env("GPU_KEY", SECRET);
        command
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    pub fn done(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// How many takes each scene has, edits newer than the YAML included.
    pub fn takes(&self) -> Vec<usize> {
        let board: Value = serde_json::from_str(&self.done(&["show", "board.yaml", "--json"])).unwrap();
        board["scenes"].as_array().unwrap().iter().map(|scene| scene["takes"].as_array().map_or(0, Vec::len)).collect()
    }
}

/// The number of the scene that a request is about.
fn scene(asked: &Asked) -> usize {
    let (_, brief) = asked.brief().rsplit_once("Brief: Event ").unwrap();
    brief.split(' ').next().unwrap().parse().unwrap()
}

/// Answers that depend on the seed alone.
fn by_seed(asked: &Asked) -> String {
    answer(asked, asked.body["seed"].as_u64().unwrap() as usize % 1000)
}

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, all) } else { all.push(path) }
    }
}

#[test]
fn a_server_in_the_configuration_writes_and_its_key_is_nowhere() {
    let server = Server::start(|_, asked| Reply::Words(by_seed(asked), Duration::ZERO));
    let place = Place::new(2);
    place.configure(&format!("engine: {{kind: openai, url: '{}', key_env: GPU_KEY, max_parallel: 2}}\n", server.url));
    let output = place.run(&["generate", "board.yaml", "--scene", "2", "--takes", "2"]);
    let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
    said += &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("test-model on 127.0.0.1"), "{said}");
    assert!(server.asked().iter().all(|asked| asked.headers.contains(SECRET)));
    let yaml = fs::read_to_string(place.board()).unwrap();
    assert!(yaml.contains("machine: remote") && yaml.contains("model: test-model"), "{yaml}");
    assert!(!yaml.contains("model_sha256"));
    let again = place.done(&["replay", "board.yaml", "2", "1"]);
    assert!(again.contains("came out the same"), "{again}");
    said += &again;
    said += &place.done(&["config"]);
    said += &place.done(&["doctor"]);
    assert!(!said.contains(SECRET), "{said}");
    let mut all = Vec::new();
    files(place.0.path(), &mut all);
    assert!(all.len() > 3);
    for file in all {
        let bytes = fs::read(&file).unwrap();
        assert!(!bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()), "{}", file.display());
    }
}

#[test]
fn the_doctor_asks_a_server_only_when_it_is_told_to() {
    let server = Server::start(|_, _| Reply::Silence);
    let place = Place::new(1);
    let doctor = place.done(&["doctor", "--engine", &server.url]);
    assert!(doctor.contains("not asked"), "{doctor}");
    assert_eq!(server.asked().len(), 0);
    let doctor = place.done(&["doctor", "--ask", "--engine", &server.url]);
    assert!(doctor.contains("test-model on 127.0.0.1") && doctor.contains("8192 tokens"), "{doctor}");
    assert!(!server.asked().is_empty() && server.chats().is_empty());
}

#[test]
fn an_engine_that_is_none_is_refused_in_words() {
    let place = Place::new(1);
    for (words, code, said) in [
        (&["--engine", "gpu:8000"][..], 2, "http://"),
        (&["--engine", "http://me:secret@gpu"], 2, "do not belong"),
        (&["--engine", "http://127.0.0.1:9", "--key-env", "NOT_SET_ANYWHERE"], 2, "NOT_SET_ANYWHERE"),
        (&["--engine", "http://127.0.0.1:9", "--lora", "x.gguf"], 2, "adapter"),
        (&["--engine", "http://127.0.0.1:9"], 4, "127.0.0.1:9"),
    ] {
        let output = place.run(&[&["generate", "board.yaml"], words].concat());
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{words:?}: {error}");
        assert!(error.contains(said) && !error.contains("me:secret"), "{words:?}: {error}");
    }
    place.configure("engine: {kind: openai, url: 'http://127.0.0.1:9', maxparallel: 3}\n");
    let output = place.run(&["generate", "board.yaml"]);
    assert_eq!(output.status.code(), Some(2), "nobody else writes in its stead");
    assert!(String::from_utf8_lossy(&output.stderr).contains("max_parallel"));
}

#[test]
fn every_scene_is_written_with_several_at_work_and_one_that_fails_does_not_stop_the_rest() {
    let server = Server::start(|_, asked| match scene(asked) {
        3 => Reply::Status(400, "", json!({ "error": { "message": "I will not write this" } }).to_string()),
        _ => Reply::Words(by_seed(asked), Duration::from_millis(3)),
    });
    let place = Place::new(8);
    let all = ["generate", "board.yaml", "--all", "--takes", "2", "--json", "--max-parallel", "4", "--engine"];
    let output = place.run(&[&all[..], &[&server.url]].concat());
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(4), "{error}");
    assert!(error.contains("I will not write this") && error.contains(" left"), "{error}");
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["scenes"].as_array().unwrap().len(), 7);
    let report = &value["report"];
    assert_eq!((&report["written"], &report["takes"], &report["left"]), (&json!(7), &json!(14), &json!(0)));
    assert_eq!((&report["failed"][0]["number"], report["failed"].as_array().unwrap().len()), (&json!("3"), 1));
    assert_eq!(server.most_at_once(), 4);
    assert_eq!(place.takes(), [2, 2, 0, 2, 2, 2, 2, 2]);
    // The same command does what is left, and no more.
    let server = Server::start(|_, asked| Reply::Words(by_seed(asked), Duration::ZERO));
    let report = place.done(&[&all[..], &[&server.url]].concat());
    assert_eq!(serde_json::from_str::<Value>(&report).unwrap()["report"]["before"], json!(7));
    assert_eq!(server.chats().iter().map(scene).collect::<Vec<_>>(), [3, 3]);
    assert_eq!(place.takes(), [2; 8]);
    // It is over: asked once more, every scene gets more takes.
    place.done(&[&all[..], &[&server.url]].concat());
    assert_eq!(place.takes(), [4; 8]);
}

/// Kills the program as soon as `when` says so.
fn kill(mut child: Child, when: impl Fn() -> bool) {
    let patience = Instant::now() + Duration::from_secs(60);
    while !when() {
        assert!(Instant::now() < patience, "it did not come so far");
        assert!(child.try_wait().unwrap().is_none(), "it was done before it could be killed");
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_generation_that_is_killed_goes_on_and_does_nothing_twice() {
    let place = Place::new(20);
    let server = Server::start(|_, asked| Reply::Words(by_seed(asked), Duration::from_millis(2)));
    let all = ["generate", "board.yaml", "--all", "--takes", "2", "--max-parallel", "4", "--engine", &server.url];
    let mut asked_for = Vec::new();
    for chats in [6, 14, 9] {
        let before = server.chats().len();
        let had: BTreeSet<usize> = (1..=20).filter(|&n| place.takes()[n - 1] > 0).collect();
        let child = place.command(&all).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        kill(child, || server.chats().len() >= before + chats);
        let now: Vec<usize> = server.chats()[before..].iter().map(scene).collect();
        assert!(now.iter().all(|scene| !had.contains(scene)), "{now:?} after {had:?}");
        asked_for.extend(now);
        assert!(place.takes().iter().all(|&takes| takes == 0 || takes == 2), "{:?}", place.takes());
    }
    let before = server.chats().len();
    let had = place.takes().iter().filter(|&&takes| takes > 0).count();
    let output = place.run(&all);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{error}");
    assert!(error.contains(&format!("{had} scenes have their takes")), "{error}");
    assert_eq!(server.chats().len() - before, (20 - had) * 2);
    assert_eq!(place.takes(), [2; 20]);
}

#[test]
fn a_generation_whose_server_is_gone_ends_and_keeps_what_it_has() {
    let place = Place::new(20);
    let server = Server::start(|number, asked| match number {
        0..6 => Reply::Words(by_seed(asked), Duration::ZERO),
        _ => Reply::Silence,
    });
    place.configure(&format!("engine: {{kind: openai, url: '{}', max_parallel: 2, deadline: 1}}\n", server.url));
    let output = place.run(&["generate", "board.yaml", "--all", "--takes", "1"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.contains("scenes were not tried any more"), "{said}");
    let written = place.takes().iter().filter(|&&takes| takes == 1).count();
    assert_eq!(written, 6);
}
