//! A folder with boards in it, the program run there, and readers that are not ours.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_slateboard");

/// A folder with a board, and the program's own folders inside it.
pub(crate) struct Place(pub(crate) tempfile::TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        for name in ["the-keeper.yaml", "last-save.yaml", "le-dernier-croissant.yaml"] {
            fs::copy(root().join("storyboards").join(name), place.at(name)).unwrap();
        }
        place
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(BINARY);
        command.current_dir(self.0.path()).args(words).stdin(Stdio::null());
        for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
            command.env(format!("SLATEBOARD_{name}_DIR"), self.at(name));
        }
        command.env("SLATEBOARD_REVIEWER", "Anna").output().unwrap()
    }

    pub(crate) fn done(&self, words: &[&str]) -> (String, String) {
        let output = self.run(words);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{words:?}: {stderr}");
        (String::from_utf8(output.stdout).unwrap(), stderr)
    }

    pub(crate) fn fails(&self, words: &[&str]) -> (i32, String) {
        let output = self.run(words);
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    /// Exports a sample board, and answers what was said to be left out.
    pub(crate) fn export(&self, board: &str, to: &str, out: &str, more: &[&str]) -> String {
        self.done(&[&["export", board, "--to", to, "--out", out], more].concat()).1
    }

    pub(crate) fn json(&self, words: &[&str]) -> Value {
        serde_json::from_str(&self.done(words).0).unwrap()
    }

    /// What a reader that is not ours finds in a file.
    pub(crate) fn read(&self, reader: &str, file: &str, more: &[&str]) -> Value {
        let output = Command::new("python3")
            .current_dir(self.0.path())
            .env("PYTHONPATH", readers())
            .arg(root().join("tests/readers/read.py"))
            .args([reader, file])
            .args(more)
            .output()
            .unwrap();
        assert!(output.status.success(), "{reader} {file}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder with the readers, which the first test that asks has installed.
pub(crate) fn readers() -> String {
    let output = Command::new(root().join(".ci/readers")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Runs a program that has to be there: `.ci/deps tests` installs it.
pub(crate) fn tool(place: &Place, name: &str, words: &[&str]) -> String {
    let output = Command::new(name).current_dir(place.0.path()).args(words).stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("{name}: {error}; `.ci/deps tests` installs it"));
    assert!(output.status.success(), "{name} {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
