//! A process that works on a board is killed at random moments, again and again. Whatever it had acknowledged is there.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use slateboard::board::{FeedbackId, Storyboard};
use slateboard::store::{Access, BoardFile, Notice, yaml};

use crate::script::{Step, board, step};
use crate::{Chance, times};

const BOARD: &str = "SLATEBOARD_TORTURE_BOARD";
const DONE: &str = "SLATEBOARD_TORTURE_DONE";

/// What a killed process does: from the step after those done, one after the other, each acknowledged on stderr when it is
/// done. It never ends by itself.
#[test]
#[ignore = "the process that the test below kills"]
fn works_until_it_is_killed() {
    let Ok(path) = std::env::var(BOARD) else { return };
    let done: u64 = std::env::var(DONE).unwrap().parse().unwrap();
    let mut opened = BoardFile::open(path, Access::Write).unwrap();
    for n in done + 1.. {
        step(n, &opened.board).take(&mut opened.file, &mut opened.board).unwrap();
        writeln!(std::io::stderr(), "{n}").unwrap();
        if n.is_multiple_of(3) {
            opened.file.settle().unwrap();
        }
    }
}

fn start(path: &Path, done: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::works_until_it_is_killed", "--ignored", "--nocapture", "--test-threads=1"])
        .env(BOARD, path)
        .env(DONE, done.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Lets it work for a random while and kills it; answers the last step it acknowledged.
fn killed(mut child: Child, chance: &mut Chance, done: u64) -> u64 {
    let (sender, acknowledged) = channel();
    let stderr = child.stderr.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut other = String::new();
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            match line.parse::<u64>() {
                Ok(n) => drop(sender.send(n)),
                Err(_) => other.push_str(&line),
            }
        }
        other
    });
    let mut last = done;
    if chance.below(4) == 0 {
        // While it starts, opens and brings back what the one before it left.
        std::thread::sleep(Duration::from_micros(chance.below(60_000)));
    } else {
        for _ in 0..=chance.below(40) {
            match acknowledged.recv_timeout(Duration::from_secs(20)) {
                Ok(n) => last = n,
                Err(_) => break,
            }
        }
        std::thread::sleep(Duration::from_micros(chance.below(4_000)));
    }
    // SIGKILL on Unix.
    child.kill().unwrap();
    child.wait().unwrap();
    let other = reader.join().unwrap();
    assert!(!other.contains("panicked"), "it ended by itself: {other}");
    acknowledged.try_iter().last().unwrap_or(last)
}

/// The board and the verdicts after the first `n` steps.
struct Expected {
    board: Storyboard,
    verdicts: Vec<FeedbackId>,
    n: u64,
}

impl Expected {
    fn go_to(&mut self, n: u64) {
        while self.n < n {
            self.n += 1;
            let step = step(self.n, &self.board);
            self.verdicts.extend(step.feedback());
            if let Step::Edit(edit) | Step::Verdict(_, edit) = step {
                edit.apply(&mut self.board).unwrap();
            }
        }
    }

    fn matches(&self, found: &Storyboard, verdicts: &[FeedbackId]) -> bool {
        self.board == *found && self.verdicts == verdicts
    }
}

#[test]
fn whatever_was_acknowledged_is_there_when_the_process_was_killed_at_a_random_moment() {
    let mut chance = Chance::begin();
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("keeper.yaml");
    fs::write(&path, yaml::write(&board())).unwrap();
    let mut expected = Expected { board: board(), verdicts: Vec::new(), n: 0 };
    let (mut replayed, mut torn, mut in_flight) = (0, 0, 0);
    let all = times(20, 500);
    for _ in 0..all {
        let acknowledged = killed(start(&path, expected.n), &mut chance, expected.n);
        yaml::read(&fs::read(&path).unwrap()).expect("the YAML is whole");
        let found = BoardFile::open(&path, Access::ReadOnly).unwrap();
        let (records, notices) = found.file.feedback().unwrap();
        assert_eq!(notices, [], "no line of the feedback log is torn where it is not the last");
        let verdicts: Vec<_> = records.iter().map(|record| record.id).collect();
        expected.go_to(acknowledged);
        if !expected.matches(&found.board, &verdicts) {
            // The step that it was at when it was killed may be done or not, and nothing in between.
            expected.go_to(acknowledged + 1);
            in_flight += 1;
            assert!(
                expected.matches(&found.board, &verdicts),
                "after step {acknowledged} was acknowledged:\n{:#?}\n{verdicts:?}\nis neither that nor\n{:#?}\n{:?}",
                found.board,
                expected.board,
                expected.verdicts
            );
        }
        replayed += usize::from(found.notices.iter().any(|notice| matches!(notice, Notice::Replayed { .. })));
        torn +=
            usize::from(fs::read(place.path().join("keeper.slate/journal")).is_ok_and(|bytes| !bytes.ends_with(b"\n")));
    }
    eprintln!(
        "{all} kills, {} steps and {} verdicts acknowledged; edits came back {replayed} times, a record was torn {torn} \
         times, the step under way was done {in_flight} times",
        expected.n,
        expected.verdicts.len()
    );
    drop(BoardFile::open(&path, Access::Write).unwrap());
    let left: Vec<_> =
        fs::read_dir(place.path().join("keeper.slate")).unwrap().map(|e| e.unwrap().file_name()).collect();
    let known = ["journal", "base.yaml", "feedback"];
    assert!(left.iter().all(|name| known.iter().any(|known| name == known)), "killed processes left {left:?}");
}
