//! A disk that stops after any change, in the middle of any write, with or without what was not waited for; and one that
//! is full, or lets nothing more be written by this person, at any change.

#[path = "../../../tests/torture/script.rs"]
mod script;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::watch::{self, Kept, NoRoom};
use crate::board::{FeedbackId, Storyboard};
use crate::store::{Access, BoardFile, Opened, sha256_hex, yaml};
use script::{Step, board, step};

/// A disk as it stands in memory, and what of it survives a loss of power.
#[derive(Debug, Clone, Default)]
struct Disk {
    root: PathBuf,
    files: Vec<Data>,
    names: BTreeMap<PathBuf, Entry>,
    safe: BTreeMap<PathBuf, Entry>,
}

#[derive(Debug, Clone, Default)]
struct Data {
    bytes: Vec<u8>,
    safe: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Entry {
    Folder,
    File(usize),
}

/// What is left of names, and of what is in files, when the power goes.
#[derive(Debug, Clone, Copy)]
enum Left {
    /// Everything: the process died, the machine did not.
    All,
    /// What was waited for, and nothing else.
    Safe,
    /// Every name; in files what was waited for.
    NamesFirst,
    /// Every name and every length; in files zeros where nothing was waited for.
    Zeros,
    /// Everything in files; names that were waited for.
    DataFirst,
}

const LEFT: [Left; 5] = [Left::All, Left::Safe, Left::NamesFirst, Left::Zeros, Left::DataFirst];

impl Disk {
    /// A folder with one file in it, which is safe.
    fn with(root: &Path, file: &Path, bytes: Vec<u8>) -> Self {
        let names = BTreeMap::from([(root.to_owned(), Entry::Folder), (file.to_owned(), Entry::File(0))]);
        Self { root: root.to_owned(), files: vec![Data { safe: bytes.clone(), bytes }], safe: names.clone(), names }
    }

    fn file(&mut self, path: &Path) -> &mut Data {
        let Some(Entry::File(at)) = self.names.get(path) else { panic!("{} is no file", path.display()) };
        &mut self.files[*at]
    }

    fn make(&mut self, change: &Kept) {
        match change {
            Kept::Folder(path) => {
                self.names.entry(path.clone()).or_insert(Entry::Folder);
            }
            Kept::New(path) => {
                self.names.insert(path.clone(), Entry::File(self.files.len()));
                self.files.push(Data::default());
            }
            Kept::Append(path, bytes) => self.file(path).bytes.extend_from_slice(bytes),
            Kept::Cut(path, end) => self.file(path).bytes.truncate(usize::try_from(*end).unwrap()),
            Kept::Sync(path) => {
                let file = self.file(path);
                file.safe = file.bytes.clone();
            }
            Kept::SyncFolder(folder) => {
                let is_in = |path: &Path| path.parent() == Some(folder);
                self.safe.retain(|path, _| !is_in(path));
                let now = self.names.iter().filter(|(path, _)| is_in(path));
                self.safe.extend(now.map(|(path, entry)| (path.clone(), *entry)));
            }
            Kept::Rename(from, to) => {
                let entry = self.names.remove(from).unwrap();
                self.names.insert(to.clone(), entry);
            }
            Kept::Remove(path) => drop(self.names.remove(path)),
        }
    }

    /// What is found afterwards: the files by their names.
    fn after(&self, left: Left) -> BTreeMap<PathBuf, Vec<u8>> {
        let names = if matches!(left, Left::Safe | Left::DataFirst) { &self.safe } else { &self.names };
        // A file in a folder that is lost is lost.
        let is_reached = |path: &Path| {
            let above = path.ancestors().skip(1).take_while(|folder| *folder != self.root);
            above.into_iter().all(|folder| names.contains_key(folder))
        };
        let mut found = BTreeMap::new();
        for (path, entry) in names.iter().filter(|(path, _)| is_reached(path)) {
            let Entry::File(at) = entry else { continue };
            let Data { bytes, safe } = &self.files[*at];
            let bytes = match left {
                Left::All | Left::DataFirst => bytes.clone(),
                Left::Safe | Left::NamesFirst => safe.clone(),
                Left::Zeros => {
                    let mut zeros = safe.clone();
                    zeros.resize(bytes.len(), 0);
                    zeros
                }
            };
            found.insert(path.clone(), bytes);
        }
        found
    }
}

/// A session's board and verdicts after each of its steps, and when each step was acknowledged.
struct Session {
    boards: Vec<Storyboard>,
    verdicts: Vec<Vec<FeedbackId>>,
    /// How many changes the disk had seen by then; and the last step by then that survives a loss of power.
    done: Vec<(usize, usize)>,
}

/// The steps of a session: in the short form, and in the long one of `make torture`.
fn steps() -> u64 {
    if std::env::var("SLATEBOARD_TORTURE").is_ok_and(|form| form == "long") { 150 } else { 26 }
}

/// Plays the session on a real disk, watched.
fn play(path: &Path) -> (Session, Vec<Kept>) {
    let mut session = Session { boards: vec![board()], verdicts: vec![vec![]], done: vec![(0, 0)] };
    watch::begin(0..0, NoRoom::Full);
    let Opened { mut file, mut board, .. } = BoardFile::open(path, Access::Write).unwrap();
    for n in 1..=steps() {
        let step = step(n, &board);
        let mut verdicts = session.verdicts[session.verdicts.len() - 1].clone();
        verdicts.extend(step.feedback());
        let lasts = !matches!(step, Step::Edit(_));
        step.take(&mut file, &mut board).unwrap();
        session.boards.push(board.clone());
        session.verdicts.push(verdicts);
        let last = if lasts { session.boards.len() - 1 } else { session.done[session.done.len() - 1].1 };
        session.done.push((watch::count(), last));
        if n.is_multiple_of(3) {
            file.settle().unwrap();
        }
    }
    (session, watch::end().0)
}

/// Opens what was left, as the next process would, and holds it against what was acknowledged.
fn assert_whole(session: &Session, changes: usize, left: Left, found: &BTreeMap<PathBuf, Vec<u8>>, root: &Path) {
    let place = tempfile::tempdir_in(if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "/tmp" }).unwrap();
    for (path, bytes) in found {
        let path = place.path().join(path.strip_prefix(root).unwrap());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let path = place.path().join("keeper.yaml");
    let said = format!("after {changes} changes, {left:?} left");
    yaml::read(&fs::read(&path).unwrap_or_else(|error| panic!("{said}: {error}")))
        .unwrap_or_else(|refused| panic!("{said}: {refused}"));
    let done = session.done.iter().rposition(|(count, _)| *count <= changes).unwrap();
    let least = if matches!(left, Left::All) { done } else { session.done[done].1 };
    let most = (done + 1).min(session.boards.len() - 1);
    let looked = BoardFile::open(&path, Access::ReadOnly).unwrap_or_else(|error| panic!("{said}: {error}"));
    let opened = BoardFile::open(&path, Access::Write).unwrap_or_else(|error| panic!("{said}: {error}"));
    assert_eq!(looked.board, opened.board, "{said}");
    assert_eq!(looked.file.feedback().unwrap().0, opened.file.feedback().unwrap().0, "{said}");
    let known: Vec<FeedbackId> = opened.file.feedback().unwrap().0.iter().map(|record| record.id).collect();
    let fits = |at: &usize| session.boards[*at] == opened.board && session.verdicts[*at] == known;
    assert!(
        (least..=most).any(|at| fits(&at)),
        "{said}: steps {least} to {most} were acknowledged or under way, and neither is found; {known:?}, {:?}",
        opened.notices
    );
}

#[test]
fn a_disk_that_stops_after_any_change_or_within_any_write_loses_nothing_that_was_acknowledged() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path().canonicalize().unwrap();
    let path = root.join("keeper.yaml");
    fs::write(&path, yaml::write(&board())).unwrap();
    let first = Disk::with(&root, &path, fs::read(&path).unwrap());
    let (session, changes) = play(&path);
    let mut disk = first;
    let mut seen = HashSet::new();
    let mut states = 0;
    let mut check = |disk: &Disk, count: usize| {
        for left in LEFT {
            let found = disk.after(left);
            let step = session.done.iter().rposition(|(done, _)| *done <= count);
            if seen.insert((step, sha256_hex(format!("{left:?}{found:?}").as_bytes()))) {
                states += 1;
                assert_whole(&session, count, left, &found, &root);
            }
        }
    };
    for (count, change) in changes.iter().enumerate() {
        if let Kept::Append(path, bytes) = change {
            for part in [1, bytes.len() / 2, bytes.len() - 1] {
                let mut torn = disk.clone();
                torn.make(&Kept::Append(path.clone(), bytes[..part].to_vec()));
                check(&torn, count);
            }
        }
        disk.make(change);
        check(&disk, count + 1);
    }
    eprintln!("{} changes, {states} states of the disk", changes.len());
    // What was watched is all that was done.
    for (path, bytes) in disk.after(Left::All) {
        assert_eq!(fs::read(&path).unwrap(), bytes, "{}", path.display());
    }
}

#[test]
fn a_disk_that_is_full_or_a_quota_that_is_used_up_at_any_change_costs_nothing_once_there_is_room_again() {
    let attempts = {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("keeper.yaml");
        fs::write(&path, yaml::write(&board())).unwrap();
        watch::begin(0..0, NoRoom::Full);
        work(&path, "full");
        watch::end().1
    };
    // Once, for a while, and long enough for a step to be tried again and fail again.
    for (length, no_room, words) in [
        (1, NoRoom::Full, "full"),
        (2, NoRoom::Full, "full"),
        (7, NoRoom::Full, "full"),
        (1, NoRoom::Quota, "quota"),
        (7, NoRoom::Quota, "quota"),
    ] {
        for at in 0..attempts {
            let place = tempfile::tempdir_in(if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "/tmp" }).unwrap();
            let path = place.path().join("keeper.yaml");
            fs::write(&path, yaml::write(&board())).unwrap();
            watch::begin(at..at + length, no_room);
            let worked = work(&path, words);
            watch::end();
            let Some((board, verdicts)) = worked else { continue };
            let said = format!("{words} at change {at}, for {length}");
            yaml::read(&fs::read(&path).unwrap()).unwrap_or_else(|refused| panic!("{said}: {refused}"));
            let Opened { mut file, board: found, .. } = BoardFile::open(&path, Access::Write).unwrap();
            assert_eq!(found, board, "{said}");
            let known: Vec<FeedbackId> = file.feedback().unwrap().0.iter().map(|record| record.id).collect();
            assert_eq!(known, verdicts, "{said}");
            let _ = file.save(&found).unwrap();
            assert_eq!(yaml::read(&fs::read(&path).unwrap()).unwrap(), board, "{said}");
        }
    }
}

/// Works as the program does where things fail: an edit that could not be kept stays on the board, a verdict that could not
/// is not given, a save is tried again; why is said in some words. Answers the board and the verdicts at the end, when all is
/// kept; nothing where the board could not be opened.
fn work(path: &Path, words: &str) -> Option<(Storyboard, Vec<FeedbackId>)> {
    let Opened { mut file, mut board, .. } = BoardFile::open(path, Access::Write).ok()?;
    let mut verdicts = Vec::new();
    for n in 1..=steps() {
        let step = step(n, &board);
        let id = step.feedback();
        match step.take(&mut file, &mut board) {
            Ok(()) => verdicts.extend(id),
            // An edit is on the board all the same.
            Err(error) => assert!(error.to_string().contains(words), "{error}"),
        }
        if n.is_multiple_of(3) {
            let _ = file.settle();
        }
    }
    // In the end there is room.
    let tries = 20;
    let kept = (0..tries).any(|_| file.catch_up().is_ok());
    assert!(kept, "there was room for {tries} tries");
    Some((board, verdicts))
}
