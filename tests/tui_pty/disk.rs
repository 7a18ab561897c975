//! Disks that are full, slow, read-only or gone: it is said, work goes on in memory, and what could not be kept is kept as
//! soon as it can be.

use std::fs;
use std::path::Path;
use std::process::Command;

use rustix::process::{Resource, Rlimit, Signal, prlimit};

use crate::harness::{Start, Tui, shown, words};

/// How often the brief stands on the board that the next process finds.
fn scenes(board: &Path, state: &Path) -> usize {
    shown(board, state).matches("She finds the bottle.").count()
}

/// Ends it without a word, as a loss of power does.
fn kill(tui: Tui) -> tempfile::TempDir {
    tui.signal(Signal::KILL);
    tui.gone()
}

#[test]
fn a_file_that_may_not_grow_is_said_and_what_waited_is_kept_once_it_may() {
    // As a quota does, and without anybody's leave.
    let mut tui = Start::new().inside("ulimit -S -f 4; exec $TUI").run();
    tui.shows("She finds the bottle.");
    // More than may be written; the keys do not wait for the disk, which says so when it comes to it.
    let mut made = 1;
    for _ in 0..40 {
        made += 1;
        tui.keys("d");
        tui.shows(&format!("{made}  EXT. SHORE - DAWN"));
    }
    tui.shows("on the screen and not on disk");
    tui.shows("larger than is allowed");
    // Work goes on in memory.
    tui.keys("dd");
    made += 2;
    tui.shows(&format!("{made}  EXT. SHORE - DAWN"));
    prlimit(Some(tui.pid()), Resource::Fsize, Rlimit { current: None, maximum: None }).unwrap();
    tui.shows("every change is on disk again");
    let place = kill(tui);
    assert_eq!(scenes(&place.path().join("board.yaml"), &place.path().join("state")), made);
}

#[test]
fn a_folder_that_vanishes_is_said_and_what_waited_is_kept_once_it_is_back() {
    let mut tui = Start::new().inside("mkdir d && mv board.yaml d && cd d && exec $TUI").run();
    tui.shows("She finds the bottle.");
    let (folder, away) = (tui.place.path().join("d"), tui.place.path().join("away"));
    tui.keys("d");
    tui.shows("duplicated scene 1");
    fs::rename(&folder, &away).unwrap();
    tui.keys("d");
    tui.shows("not on disk");
    tui.keys("w");
    tui.shows("not saved");
    fs::rename(&away, &folder).unwrap();
    tui.shows("every change is on disk again");
    let place = kill(tui);
    assert_eq!(scenes(&place.path().join("d/board.yaml"), &place.path().join("state")), 3);
}

#[test]
fn what_was_removed_beside_the_board_is_made_again() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    tui.keys("d");
    tui.shows("duplicated scene 1");
    tui.until("the journal is there", |tui| tui.place.path().join("board.slate/journal").exists());
    fs::remove_dir_all(tui.place.path().join("board.slate")).unwrap();
    tui.keys("d");
    tui.until("the journal is there again", |tui| tui.place.path().join("board.slate/journal").exists());
    let place = kill(tui);
    assert_eq!(scenes(&place.path().join("board.yaml"), &place.path().join("state")), 3);
}

#[test]
fn a_slow_disk_is_waited_for_by_nobody() {
    let mut tui = Start::new().variable("SLATEBOARD_TEST_DISK_MS", "250").run();
    tui.shows("She finds the bottle.");
    tui.keys("dw");
    tui.shows("EXT. SHORE - DAWN");
    tui.keys("vb");
    tui.shows("Bible");
    assert_eq!(words(&tui.place.path().join("board.yaml")).matches("She finds").count(), 1, "it is not saved yet");
    tui.keys("\u{1b}");
    tui.until("it is saved", |tui| words(&tui.place.path().join("board.yaml")).matches("She finds").count() == 2);
    tui.keys("q");
    let (code, board, _place) = tui.ends_clean();
    assert_eq!((code, words(&board).matches("She finds the bottle.").count()), (0, 2));
}

/// Whether a file system can be mounted in a place of its own: where not, as in many a container, what needs it is passed
/// over, and says so.
fn can_mount() -> bool {
    let can = Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", "mount -t tmpfs none /mnt"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !can {
        eprintln!("passed over: mounting is not allowed here");
    }
    can
}

/// A program on a small disk of its own, and a shell beside it that does what is asked once a file named `now` appears.
fn on_a_disk(options: &str, before: &str, then: &str) -> Start {
    let inside = format!(
        "mkdir d && mount -t tmpfs -o {options} none d && cp board.yaml d || exit 9; {before} \
         (while ! [ -e now ]; do sleep 0.05; done; {then}) & cd d && exec $TUI"
    );
    // In one shell, so that the program is the child that is watched.
    Start::new().variable("INSIDE", &inside).inside("exec unshare --mount --map-root-user sh -c \"$INSIDE\"")
}

/// What is on the disk of a process that has one of its own.
fn inside(tui: &Tui) -> std::path::PathBuf {
    let root = format!("/proc/{}/root", tui.pid().as_raw_nonzero());
    Path::new(&root).join(tui.place.path().strip_prefix("/").unwrap()).join("d")
}

#[test]
fn a_full_disk_is_said_and_what_waited_is_kept_once_there_is_room() {
    if !can_mount() {
        return;
    }
    let fill = "head -c 1000000 /dev/zero > d/much 2>/dev/null;";
    let mut tui = on_a_disk("size=64k", fill, "rm d/much").run();
    tui.shows("She finds the bottle.");
    tui.keys("d");
    tui.shows("the disk is full");
    tui.keys("w");
    tui.shows("not saved");
    tui.keys("d");
    tui.shows("3  EXT. SHORE - DAWN");
    fs::write(tui.place.path().join("now"), "").unwrap();
    tui.shows("every change is on disk again");
    tui.keys("w");
    let board = inside(&tui).join("board.yaml");
    tui.until("the YAML has all three", |_| words(&board).matches("She finds the bottle.").count() == 3);
    tui.keys("q");
    assert_eq!(tui.ends_clean().0, 0);
}

#[test]
fn a_board_on_a_read_only_disk_is_open_to_be_read_and_says_so() {
    if !can_mount() {
        return;
    }
    let mut tui = on_a_disk("size=1m", "mount -o remount,ro d;", "true").run();
    tui.shows("She finds the bottle.");
    tui.shows("open to be read");
    tui.keys("q");
    assert_eq!(tui.ends_clean().0, 0);
}
