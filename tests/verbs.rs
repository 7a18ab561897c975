//! The verbs as a script sees them: exit codes, JSON on stdout, files on disk.

#![expect(clippy::unwrap_used, reason = "a helper that cannot do its part has failed the test")]

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_slateboard");

/// A folder with a copy of the sample board, and the program's own folders inside it.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        fs::copy(samples().join("the-keeper.yaml"), place.board()).unwrap();
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn board(&self) -> PathBuf {
        self.at("board.yaml")
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command.current_dir(self.0.path()).args(words).stdin(Stdio::null());
        for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
            command.env(format!("SLATEBOARD_{name}_DIR"), self.at(name));
        }
        command.env("SLATEBOARD_REVIEWER", "Anna");
        command
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// Runs a verb that has to succeed, and answers its stdout.
    fn done(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, words: &[&str]) -> Value {
        serde_json::from_str(&self.done(words)).unwrap()
    }

    /// Runs a verb that has to fail, and answers its exit code and stderr.
    fn fails(&self, words: &[&str]) -> (i32, String) {
        let output = self.run(words);
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    fn change(&self, from: &str, to: &str) {
        let yaml = fs::read_to_string(self.board()).unwrap();
        assert!(yaml.contains(from), "the board has no `{from}`");
        fs::write(self.board(), yaml.replacen(from, to, 1)).unwrap();
    }
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("storyboards")
}

const TAKE: &str = "01J9Z0W1F3V7C2P5K8D4H6T9SA";

#[test]
fn every_sample_board_has_nothing_to_mend() {
    let place = Place::new();
    let files = fs::read_dir(samples()).unwrap().map(|entry| entry.unwrap().path());
    let boards: Vec<_> = files.filter(|path| path.extension().is_some_and(|extension| extension == "yaml")).collect();
    assert!(boards.len() >= 3);
    for board in boards {
        let found = place.json(&["check", board.to_str().unwrap(), "--json"]);
        assert_eq!(found["findings"], serde_json::json!([]), "{board:?}");
    }
}

#[test]
fn a_new_board_is_made_once_and_can_be_read() {
    let place = Place::new();
    for template in ["film", "animation", "game", "ad", "music-video"] {
        let file = format!("my-{template}.yaml");
        place.done(&["new", &file, "--template", template, "--logline", "no"]);
        let board = place.json(&["show", &file, "--json"]);
        assert_eq!((&board["slateboard"], &board["logline"]), (&1.into(), &"no".into()));
        assert!(board["scenes"][0]["id"].as_str().unwrap().len() == 26, "{board}");
        place.done(&["check", &file]);
    }
    let before = fs::read(place.at("my-ad.yaml")).unwrap();
    let (code, stderr) = place.fails(&["new", "my-ad.yaml", "--title", "Other"]);
    assert_eq!(code, 1);
    assert!(stderr.contains("not overwritten"), "{stderr}");
    assert_eq!(fs::read(place.at("my-ad.yaml")).unwrap(), before);
}

#[test]
fn exit_codes_say_what_kind_of_failure_it_was() {
    let place = Place::new();
    assert_eq!(place.fails(&["show", "none.yaml"]).0, 1);
    assert_eq!(place.fails(&["show"]).0, 2);
    assert_eq!(place.fails(&["show", "board.yaml", "--wrong"]).0, 2);
    assert_eq!(place.fails(&["show", "board.yaml", "--scene", "99"]).0, 2);
    assert_eq!(place.fails(&["pick", "board.yaml", "1", "7"]).0, 2);
    assert_eq!(place.fails(&["verdict", "board.yaml", "1", "1", "maybe"]).0, 2);
    fs::write(place.at("bad.yaml"), "slateboard: 1\nfps: quick\n").unwrap();
    let (code, stderr) = place.fails(&["show", "bad.yaml"]);
    assert_eq!(code, 3);
    assert!(stderr.contains("bad.yaml:2"), "the line is named: {stderr}");
}

#[test]
fn check_tells_an_error_by_exit_code_3_and_in_json() {
    let place = Place::new();
    place.change("speaker: MARA", "speaker: MARRA");
    let output = place.run(&["check", "board.yaml", "--json"]);
    assert_eq!(output.status.code(), Some(3));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["ok"], false);
    assert_eq!(found["findings"][0]["place"], "scene 1, take 1, line 1");
    assert!(found["findings"][0]["hint"].as_str().unwrap().contains("MARA?"));
    fs::write(place.board(), "slateboard: [").unwrap();
    let output = place.run(&["check", "board.yaml", "--json"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(serde_json::from_slice::<Value>(&output.stdout).is_ok());
}

#[test]
fn a_rejected_take_leaves_the_board_and_a_retraction_brings_it_back() {
    let place = Place::new();
    let said = place.json(&["verdict", "board.yaml", "1", "1", "reject", "--reason", "too wet", "--json"]);
    assert_eq!((&said["take"], &said["picked"], &said["reviewer"]), (&TAKE.into(), &Value::Null, &"Anna".into()));
    let scene = place.json(&["show", "board.yaml", "--scene", "1", "--json"]);
    assert_eq!(scene["takes"], serde_json::json!([]));
    let logs: Vec<_> = fs::read_dir(place.at("board.slate/feedback")).unwrap().collect();
    assert_eq!(logs.len(), 1);
    let line = fs::read_to_string(logs[0].as_ref().unwrap().path()).unwrap();
    let record: Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
    assert_eq!((&record["verdict"], &record["reason"]), (&"reject".into(), &"too wet".into()));
    assert_eq!(record["take"]["shots"].as_array().unwrap().len(), 4, "the log has the take whole");

    place.done(&["verdict", "board.yaml", "1", TAKE, "retract"]);
    let scene = place.json(&["show", "board.yaml", "--scene", "1", "--json"]);
    assert_eq!((&scene["picked"], &scene["takes"][0]["index"]), (&TAKE.into(), &1.into()));
    let (code, stderr) = place.fails(&["verdict", "board.yaml", "1", "1", "retract"]);
    assert_eq!(code, 2, "a verdict is taken back once: {stderr}");
}

#[test]
fn picking_and_accepting_change_who_stands_for_the_scene() {
    let place = Place::new();
    place.change(&format!("    picked: {TAKE}\n"), "");
    place.done(&["pick", "board.yaml", "1", "1"]);
    assert_eq!(place.json(&["show", "board.yaml", "--scene", "1", "--json"])["picked"], TAKE);
    assert!(!place.at("board.slate/feedback").exists(), "a pick is no verdict");
    place.done(&["verdict", "board.yaml", "1", "1", "accept", "--reviewer", "Bo"]);
    assert!(place.at("board.slate/feedback").exists());
}

#[test]
fn an_export_as_json_is_the_board_and_as_yaml_is_a_board_again() {
    let place = Place::new();
    place.done(&["export", "board.yaml", "--to", "json", "--out", "out.json"]);
    let json: Value = serde_json::from_slice(&fs::read(place.at("out.json")).unwrap()).unwrap();
    assert_eq!(json["title"], "The Keeper");
    place.done(&["export", "board.yaml", "--to", "yaml", "--out", "copy.yaml"]);
    assert_eq!(place.json(&["show", "copy.yaml", "--json"]), place.json(&["show", "board.yaml", "--json"]));
    assert_eq!(
        place.done(&["export", "board.yaml", "--to", "json", "--out", "-"]).as_bytes(),
        fs::read(place.at("out.json")).unwrap()
    );
}

#[test]
fn frames_are_png_files_of_the_size_asked_for() {
    let place = Place::new();
    let said = place.done(&["frame", "board.yaml", "--scene", "1", "--out", "frames", "--size", "320x180"]);
    assert_eq!(said.lines().count(), 4);
    let picture = image::open(place.at("frames/scene-1-shot-04.png")).unwrap();
    assert_eq!((picture.width(), picture.height()), (320, 180));
    assert_eq!(place.fails(&["frame", "board.yaml", "--out", "f", "--size", "9000x1"]).0, 2);
    assert_eq!(place.fails(&["frame", "board.yaml", "--out", "f", "--scene", "1", "--shot", "9"]).0, 2);
}

#[test]
fn a_scene_number_cannot_lead_a_frame_out_of_its_folder() {
    let place = Place::new();
    place.change("number: \"1\"", "number: \"../../1\"");
    place.done(&["frame", "board.yaml", "--out", "frames", "--size", "32x18", "--shot", "1"]);
    let names: Vec<_> = fs::read_dir(place.at("frames")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["scene-1-shot-01.png"]);
}

#[test]
fn a_reader_that_hangs_up_is_no_failure() {
    let place = Place::new();
    let mut child = place.command(&["schema"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(stderr, "");
}

#[test]
fn looking_at_a_board_writes_nothing() {
    let place = Place::new();
    let before = fs::read(place.board()).unwrap();
    place.done(&["show", "board.yaml"]);
    place.done(&["check", "board.yaml"]);
    assert!(!place.at("board.slate").exists());
    assert_eq!(fs::read(place.board()).unwrap(), before);
}

#[test]
fn the_program_describes_itself() {
    let place = Place::new();
    assert!(place.json(&["schema"])["properties"]["slateboard"].is_object());
    assert!(place.done(&["man"]).contains(".TH slateboard"));
    assert!(place.done(&["completions", "bash"]).contains("_slateboard"));
    let doctor = place.json(&["doctor", "--json"]);
    assert!(doctor["examined"].as_array().unwrap().iter().any(|examined| examined["name"] == "state"));
    assert_eq!(place.run(&["--help"]).status.code(), Some(0));
}

#[test]
fn config_says_what_is_in_force_and_where_it_came_from() {
    let place = Place::new();
    fs::create_dir_all(place.at("CONFIG")).unwrap();
    fs::write(place.at("CONFIG/config.yaml"), "# mine\ntheme: dusk\nmuose: off\n").unwrap();
    fs::write(place.at("CONFIG/keymap.yaml"), "z: scene.first\n").unwrap();
    let output = place.command(&["config", "--json"]).env("TERM", "xterm-256color").env_remove("NO_COLOR").output();
    let config: Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    let value = |name: &str| config["values"].as_array().unwrap().iter().find(|value| value["name"] == name).unwrap();
    assert_eq!(value("theme")["value"], "dusk");
    assert!(value("theme")["from"].as_str().unwrap().ends_with("config.yaml:2"), "{config}");
    assert_eq!(value("mouse")["from"], "default");
    assert_eq!(config["keys"][0]["does"], "scene.first");
    assert_eq!(config["complaints"].as_array().unwrap().len(), 1, "{config}");
    assert_eq!(place.json(&["config", "--schema"])["properties"]["theme"]["type"][0], "string");
}
