//! Several processes on one board at once: each gives its verdicts, and none of them is lost.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use slateboard::board::{Edit, Feedback, FeedbackId, Line, Storyboard, Take, TakeId, Verdict, verdict_edit};
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

/// Puts a take of its own on the board and judges it.
fn judge(file: &mut BoardFile, board: &mut Storyboard, who: usize, round: usize) {
    let scene = board.scenes[0].id;
    let take = Take { id: TakeId::new(id(who, round)), ..board.scenes[0].takes[0].clone() };
    let insert = Edit::InsertTake { scene, at: 1, take: Box::new(take.clone()) };
    insert.apply(board).unwrap();
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
    let edit = verdict_edit(board, &feedback).unwrap();
    file.record_verdict(&feedback, &edit).unwrap();
    edit.apply(board).unwrap();
}

#[test]
#[ignore = "one of the processes that the tests below start"]
fn judges_in_turn() {
    let Ok(path) = std::env::var(BOARD) else { return };
    let number = |name: &str| std::env::var(name).unwrap().parse::<usize>().unwrap();
    let (who, count) = (number(WHO), number(COUNT));
    for round in 0..count {
        let Opened { mut file, mut board, .. } = open(Path::new(&path));
        judge(&mut file, &mut board, who, round);
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

/// Runs in a thread whose system cannot lock files, as that of some network file systems.
#[cfg(target_os = "linux")]
fn without_locks<T: Send>(does: impl FnOnce() -> T + Send) -> T {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
    let no_locks = SeccompAction::Errno(u32::try_from(libc::ENOLCK).unwrap());
    let rules = [(libc::SYS_flock, vec![])].into();
    let filter =
        SeccompFilter::new(rules, SeccompAction::Allow, no_locks, std::env::consts::ARCH.try_into().unwrap()).unwrap();
    let program: BpfProgram = filter.try_into().unwrap();
    std::thread::scope(|threads| {
        let thread = threads.spawn(|| {
            seccompiler::apply_filter(&program).unwrap();
            does()
        });
        thread.join().unwrap()
    })
}

#[cfg(target_os = "linux")]
#[test]
fn where_nothing_locks_it_is_said_and_two_writers_keep_their_verdicts_and_overwrite_nothing() {
    use slateboard::store::{Notice, Saved};
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("keeper.yaml");
    fs::write(&path, yaml::write(&board())).unwrap();
    without_locks(|| {
        let mut both = [open(&path), open(&path)];
        for (who, Opened { file, board, notices }) in both.iter_mut().enumerate() {
            assert_eq!(*notices, [Notice::NoLock]);
            judge(file, board, who, 0);
        }
        for (who, Opened { file, board, .. }) in both.iter_mut().enumerate() {
            judge(file, board, who, 1);
        }
        let [first, second] = &mut both;
        assert_eq!(first.file.save(&first.board).unwrap(), Saved::Written);
        let Saved::Conflict { ours } = second.file.save(&second.board).unwrap() else { panic!("overwritten") };
        assert_eq!(yaml::read(&fs::read(&path).unwrap()).unwrap(), first.board);
        assert_eq!(yaml::read(&fs::read(ours).unwrap()).unwrap(), second.board);
    });
    let (records, _) = BoardFile::open(&path, Access::ReadOnly).unwrap().file.feedback().unwrap();
    assert_eq!(records.len(), 4, "no verdict is lost");
}
