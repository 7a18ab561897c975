//! Bringing back what a journal holds when a board is opened: edits newer than the YAML, verdicts the log may lack.

use std::path::{Path, PathBuf};

use ulid::Ulid;

use super::error::{Doing, StoreError};
use super::feedback_log::{self, FeedbackLog};
use super::journal::{Found, Journal, Record, Tail};
use super::notice::Notice;
use super::{disk, replace, sha256_hex, soundness, yaml};
use crate::board::{Edit, Feedback, Storyboard};

/// What the journal adds to the board in `yaml`.
#[derive(Debug, Default)]
pub(super) struct Recovered {
    /// What a person should know.
    pub(super) notices: Vec<Notice>,
    /// Verdicts in the journal; the log of a machine that lost its power may lack them.
    pub(super) verdicts: Vec<Feedback>,
    /// What is to be done to the files, where they may be written.
    todo: Todo,
}

#[derive(Debug, Default, PartialEq)]
enum Todo {
    /// There is no journal.
    #[default]
    Nothing,
    /// All of it is in the YAML, or in a conflict copy.
    Clear,
    /// It goes on behind its first `to` records, at `end`; what follows is kept aside where there is more than a torn record.
    Resume { to: usize, end: usize, aside: bool },
    /// It starts anew from this YAML with the records from `from` to `to`.
    Restart { from: usize, to: usize, end: usize, aside: bool },
    /// It belongs to another state of the YAML: the board it makes goes into a conflict copy.
    Conflict { base: String },
    /// It says nothing usable; the whole is kept aside.
    Aside,
}

/// Applies to `board`, read from `yaml`, what the journal has newer than that. Writes nothing.
pub(super) fn replay(journal: &Journal, yaml: &[u8], board: &mut Storyboard) -> Result<(Recovered, Found), StoreError> {
    let bytes = journal.read()?.unwrap_or_default();
    let found = Found::parse(&bytes);
    let mut recovered = Recovered::default();
    if bytes.is_empty() {
        return Ok((recovered, found));
    }
    let Some(base) = &found.base else {
        recovered.todo = Todo::Aside;
        return Ok((recovered, found));
    };
    recovered.verdicts = found.records.iter().filter_map(|(record, _)| verdict(record)).cloned().collect();
    let sha256 = sha256_hex(yaml);
    let is_this = |record: &Record| matches!(record, Record::Saving { sha256: saved } if *saved == sha256);
    let saved = found.records.iter().rposition(|(record, _)| is_this(record)).map(|at| at + 1);
    if saved.is_none() && *base != sha256 {
        recovered.todo = if waits(&found) { Todo::Conflict { base: base.clone() } } else { Todo::Clear };
        return Ok((recovered, found));
    }
    let from = saved.unwrap_or(0);
    let (edits, to) = apply(board, &found, from);
    let end = end_of(&found, to);
    let misfit = to < found.records.len();
    recovered.todo = match saved {
        _ if edits == 0 && !misfit && found.tail != Tail::Damaged => Todo::Clear,
        Some(_) => Todo::Restart { from, to, end, aside: misfit || found.tail == Tail::Damaged },
        None => Todo::Resume { to, end, aside: misfit || found.tail == Tail::Damaged },
    };
    if edits > 0 {
        recovered.notices.push(Notice::Replayed { edits });
    }
    if found.tail == Tail::Torn && !misfit {
        recovered.notices.push(Notice::TornRecord);
    }
    Ok((recovered, found))
}

impl Recovered {
    /// What a reader is told who may not write.
    pub(super) fn read_only(mut self) -> Self {
        match &self.todo {
            Todo::Resume { aside: true, .. } | Todo::Restart { aside: true, .. } | Todo::Aside => {
                let replayed = self.replayed();
                self.notices.push(Notice::KeptAside { replayed, rest: None });
            }
            Todo::Conflict { .. } => self.notices.push(Notice::ForeignJournal),
            _ => {}
        }
        // A writer may be appending at this moment: a record that is not whole yet is no damage.
        self.notices.retain(|notice| *notice != Notice::TornRecord);
        self
    }

    /// Puts journal and feedback log in order, losing nothing. Answers what a person should know, and the records that the
    /// journal holds now.
    pub(super) fn settle(
        mut self,
        found: &Found,
        journal: &mut Journal,
        log: &mut FeedbackLog,
        target: &Path,
        yaml: &[u8],
    ) -> Result<(Vec<Notice>, Vec<Record>), StoreError> {
        let sidecar = replace::folder(journal.path()).to_owned();
        complete(log, &sidecar, &self.verdicts)?;
        let replayed = self.replayed();
        let records =
            |from: usize, to: usize| found.records[from..to].iter().map(|(record, _)| record.clone()).collect();
        let mut held = Vec::new();
        match &self.todo {
            Todo::Nothing => {}
            Todo::Clear => journal.clear()?,
            Todo::Resume { to, end, aside } => {
                let rest = aside.then(|| keep_aside(journal, *end)).transpose()?;
                journal.resume(*end as u64)?;
                held = records(0, *to);
                self.notices.extend(rest.map(|rest| Notice::KeptAside { replayed, rest: Some(rest) }));
            }
            Todo::Restart { from, to, end, aside } => {
                let rest = aside.then(|| keep_aside(journal, *end)).transpose()?;
                held = records(*from, *to);
                journal.begin(&sha256_hex(yaml), &held)?;
                self.notices.extend(rest.map(|rest| Notice::KeptAside { replayed, rest: Some(rest) }));
            }
            Todo::Aside => {
                let rest = keep_aside(journal, 0)?;
                journal.clear()?;
                self.notices.push(Notice::KeptAside { replayed, rest: Some(rest) });
            }
            Todo::Conflict { base } => self.notices.extend(keep_both(journal, found, base, target)?),
        }
        Ok((self.notices, held))
    }

    fn replayed(&self) -> usize {
        self.notices
            .iter()
            .find_map(|notice| if let Notice::Replayed { edits } = notice { Some(*edits) } else { None })
            .unwrap_or(0)
    }
}

/// The board with our edits goes beside the YAML that another program changed.
fn keep_both(journal: &mut Journal, found: &Found, base: &str, target: &Path) -> Result<Vec<Notice>, StoreError> {
    let before = journal.read_base(base)?;
    let Some(mut board) = before.as_deref().and_then(|bytes| yaml::read(bytes).ok()) else {
        let rest = keep_aside(journal, 0)?;
        journal.clear()?;
        return Ok(vec![Notice::KeptAside { replayed: 0, rest: Some(rest) }]);
    };
    let (edits, to) = apply(&mut board, found, 0);
    let ours = conflict_path(target);
    replace::create(&ours, yaml::write(&board).as_bytes())?;
    let mut notices = vec![Notice::Conflict { ours }];
    if to < found.records.len() || found.tail == Tail::Damaged {
        let rest = keep_aside(journal, end_of(found, to))?;
        notices.push(Notice::KeptAside { replayed: edits, rest: Some(rest) });
    }
    journal.clear()?;
    Ok(notices)
}

/// `NAME.conflict-ULID.yaml` beside `NAME.yaml`.
pub(super) fn conflict_path(target: &Path) -> PathBuf {
    let name = target.file_stem().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!("{name}.conflict-{}.yaml", Ulid::new()))
}

/// Copies the journal from `end` on to a file of its own.
pub(super) fn keep_aside(journal: &Journal, end: usize) -> Result<PathBuf, StoreError> {
    let bytes = journal.read()?.unwrap_or_default();
    let rest = journal.path().with_file_name(format!("journal.kept-{}", Ulid::new()));
    replace::create(&rest, bytes.get(end..).unwrap_or_default())?;
    Ok(rest)
}

/// Writes to the log the verdicts that only the journal has.
fn complete(log: &mut FeedbackLog, sidecar: &Path, verdicts: &[Feedback]) -> Result<(), StoreError> {
    if verdicts.is_empty() {
        return Ok(());
    }
    let (known, _) = feedback_log::read_all(sidecar)?;
    for feedback in verdicts.iter().filter(|feedback| !known.contains_key(&feedback.id)) {
        log.append(feedback)?;
    }
    log.sync()
}

/// Applies the edits from record `from` on; answers how many, and the first record that does not fit.
///
/// What they make has to hold together: a journal that comes with somebody's board must not make one that, saved, cannot
/// be opened again.
fn apply(board: &mut Storyboard, found: &Found, from: usize) -> (usize, usize) {
    let before = board.clone();
    let (edits, to) = apply_while(board, found, from, &|_| true);
    if edits == 0 || soundness::holds(board) {
        return (edits, to);
    }
    *board = before;
    apply_while(board, found, from, &soundness::holds)
}

/// The same as long as the board is as it must be after each.
fn apply_while(
    board: &mut Storyboard,
    found: &Found,
    from: usize,
    is_sound: &dyn Fn(&Storyboard) -> bool,
) -> (usize, usize) {
    let mut edits = 0;
    for (at, (record, _)) in found.records.iter().enumerate().skip(from) {
        match record.edit().map(|edit| edit.apply(board)) {
            Some(Err(_)) => return (edits, at),
            Some(Ok(inverse)) if !is_sound(board) => {
                // An edit that was just made can be taken back.
                let _ = inverse.apply(board);
                return (edits, at);
            }
            // What taste learned of an edit changes no board.
            Some(Ok(inverse)) => edits += usize::from(inverse != Edit::Together(Vec::new())),
            None => {}
        }
    }
    (edits, found.records.len())
}

/// The offset behind the first `count` records.
fn end_of(found: &Found, count: usize) -> usize {
    match count.checked_sub(1) {
        Some(last) => found.records[last].1,
        None => found.header_end,
    }
}

/// Whether edits are in it that no conflict copy has.
fn waits(found: &Found) -> bool {
    let kept = found.records.iter().rposition(|(record, _)| *record == Record::Kept).map_or(0, |at| at + 1);
    found.records[kept..].iter().any(|(record, _)| record.edit().is_some())
}

fn verdict(record: &Record) -> Option<&Feedback> {
    if let Record::Verdict { feedback, .. } = record { Some(feedback) } else { None }
}

/// Moves the journal of an earlier board of this name out of the way of a new one.
pub(super) fn retire(journal: &Journal) -> Result<(), StoreError> {
    let kept = journal.path().with_file_name(format!("journal.kept-{}", Ulid::new()));
    match disk::rename(journal.path(), &kept) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io(Doing::Move, journal.path())(error))
        }
        _ => Ok(()),
    }
}
