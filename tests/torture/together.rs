//! Several processes on one board at once: each gives its verdicts, and none of them is lost.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use slateboard::board::{Edit, Feedback, FeedbackId, Line, Take, TakeId, Verdict, verdict_edit};
use slateboard::store::{Access, BoardFile, OpenError, Opened, yaml};
use ulid::Ulid;

use crate::script::board;
use crate::times;

const BOARD: &str = "SLATEBOARD_TORTURE_BOARD";
const WHO: &str = "SLATEBOARD_TORTURE_WHO";
const COUNT: &str = "SLATEBOARD_TORTURE_COUNT";

fn start(worker: &str, path: &Path, who: usize, count: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", worker, "--ignored", "--nocapture", "--test-threads=1"])
        .env(BOARD, path)
        .env(WHO, who.to_string())
        .env(COUNT, count.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Opens the board for writing as soon as nobody else has it.
fn open(path: &Path) -> Opened {
    loop {
        match BoardFile::open(path, Access::Write) {
            Ok(opened) => return opened,
            Err(OpenError::Held { .. }) => std::thread::sleep(Duration::from_millis(1)),
            Err(error) => panic!("{error}"),
        }
    }
}

/// The verdict that one of them gives in one round.
fn id(who: usize, round: usize) -> Ulid {
    Ulid(10_000 * (who as u128 + 1) + round as u128)
}

#[test]
#[ignore = "one of the processes that the tests below start"]
fn judges_in_turn() {
    let Ok(path) = std::env::var(BOARD) else { return };
    let number = |name: &str| std::env::var(name).unwrap().parse::<usize>().unwrap();
    let (who, count) = (number(WHO), number(COUNT));
    for round in 0..count {
        let Opened { mut file, mut board, .. } = open(Path::new(&path));
        let scene = board.scenes[0].id;
        let take = Take { id: TakeId::new(id(who, round)), ..board.scenes[0].takes[0].clone() };
        let insert = Edit::InsertTake { scene, at: 1, take: Box::new(take.clone()) };
        insert.apply(&mut board).unwrap();
        file.record(&insert).unwrap();
        let feedback = Feedback {
            id: FeedbackId::new(id(who, round)),
            at_ms: 1,
            reviewer: Line::new(&format!("reviewer {who}")).unwrap(),
            scene,
            verdict: if round.is_multiple_of(2) { Verdict::Accept } else { Verdict::Reject },
            reason: None,
            looked_ms: None,
            reading: None,
            edited_from: None,
            picked_before: board.scenes[0].picked,
            index: 1,
            take,
        };
        let edit = verdict_edit(&board, &feedback).unwrap();
        file.record_verdict(&feedback, &edit).unwrap();
        edit.apply(&mut board).unwrap();
        // Every other one leaves without saving: the next process brings its work back.
        if round % 4 < 2 {
            let _ = file.save(&board).unwrap();
        }
    }
}

#[test]
#[ignore = "the process that the last test kills"]
fn holds_the_board() {
    let Ok(path) = std::env::var(BOARD) else { return };
    let _opened = open(Path::new(&path));
    eprintln!("held");
    std::thread::sleep(Duration::from_secs(600));
}

fn none_is_lost(processes: usize, count: usize) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("keeper.yaml");
    fs::write(&path, yaml::write(&board())).unwrap();
    let all: Vec<_> = (0..processes).map(|who| start("together::judges_in_turn", &path, who, count)).collect();
    for child in all {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let mut opened = open(&path);
    let (records, notices) = opened.file.feedback().unwrap();
    let given: BTreeSet<_> = records.iter().map(|record| record.id).collect();
    let wanted: BTreeSet<_> =
        (0..processes).flat_map(|who| (0..count).map(move |round| FeedbackId::new(id(who, round)))).collect();
    assert_eq!((given, notices), (wanted, vec![]));
    let takes: BTreeSet<_> = opened.board.scenes[0].takes.iter().map(|take| take.id).collect();
    for who in 0..processes {
        for round in 0..count {
            let there = takes.contains(&TakeId::new(id(who, round)));
            assert_eq!(there, round.is_multiple_of(2), "the take of round {round} of process {who}");
        }
    }
    let _ = opened.file.save(&opened.board).unwrap();
    drop(opened.file);
    assert_eq!(yaml::read(&fs::read(&path).unwrap()).unwrap(), opened.board);
    let conflicts = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(conflicts.filter(|name| name.contains("conflict")).count(), 0, "nobody overwrote anybody");
}

#[test]
fn two_processes_that_judge_on_one_board_lose_no_verdict_and_no_edit() {
    none_is_lost(2, times(12, 200));
}

#[test]
fn five_processes_that_judge_on_one_board_lose_no_verdict_and_no_edit() {
    none_is_lost(5, times(6, 100));
}

#[test]
fn a_holder_that_is_killed_frees_the_board_at_once() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("keeper.yaml");
    fs::write(&path, yaml::write(&board())).unwrap();
    for _ in 0..times(3, 50) {
        let mut holder = start("together::holds_the_board", &path, 0, 0);
        let mut words = BufReader::new(holder.stderr.take().unwrap()).lines();
        assert!(words.any(|line| line.unwrap() == "held"));
        let error = BoardFile::open(&path, Access::Write).unwrap_err();
        let OpenError::Held { by, .. } = &error else { panic!("{error}") };
        assert_eq!(by.pid, holder.id(), "who holds it is named");
        // SIGKILL on Unix.
        holder.kill().unwrap();
        holder.wait().unwrap();
        assert_eq!(BoardFile::open(&path, Access::Write).unwrap().board, board());
    }
}
