//! The store's worker: edits, verdicts and saves reach the disk in the order they were made.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Arrival, said};
use crate::app::model::Notice;
use crate::app::msg::{self, Msg, Opening, StoreNews};
use crate::board::{Edit, Feedback, Line, Storyboard};
use crate::store::chosen::{self, Chosen};
use crate::store::{
    Access, BoardFile, Draft, OpenError, Opened, Paths, Saved, draft, places, recent, reviewer, takeover,
};
use crate::words::{self, Phrase};

enum Work {
    Open(PathBuf, Opening, Paths),
    Record(Edit),
    Judge(Feedback, Edit),
    Learn(Feedback),
    Save(Storyboard, u64),
    Remember(PathBuf, msg::Left, Paths),
    Keep(msg::Choice, Paths),
    KeepDraft(Option<Box<msg::Draft>>, Line),
}

type Sidecar = Arc<Mutex<Option<(PathBuf, Access)>>>;

/// The loop's end of the link.
pub(super) struct StoreLink {
    work: Option<Sender<Work>>,
    /// `NAME.slate/` of the open board, and whether it may be written.
    sidecar: Sidecar,
    ended: Receiver<()>,
}

impl StoreLink {
    pub(super) fn start(news: Sender<Arrival>) -> io::Result<Self> {
        let (work, jobs) = channel();
        let (end, ended) = channel();
        let sidecar: Sidecar = Arc::default();
        let place = Arc::clone(&sidecar);
        std::thread::Builder::new().name("store".into()).spawn(move || {
            let mut keeper = Keeper { file: None, opened: None, sidecar: place };
            // A loop that has ended needs no answers; what it asked for is done all the same.
            let tell = |msg| drop(news.send(Arrival::Msg(msg)));
            while let Some(first) = keeper.next(&jobs) {
                let mut was_behind = keeper.is_behind();
                let mut next = first;
                while let Some(work) = next {
                    keeper.work(work).map(Msg::Store).map(tell);
                    was_behind |= keeper.is_behind();
                    next = jobs.try_recv().ok();
                }
                if !was_behind {
                    keeper.settle().map(Msg::Broken).map(tell);
                    continue;
                }
                keeper.catch_up();
                if !keeper.is_behind() {
                    tell(Msg::Store(StoreNews::CaughtUp));
                }
            }
            keeper.catch_up();
            drop(keeper);
            let _ = end.send(());
        })?;
        Ok(Self { work: Some(work), sidecar, ended })
    }

    pub(super) fn open(&self, path: PathBuf, how: Opening, paths: &Paths) {
        self.send(Work::Open(path, how, paths.clone()));
    }

    pub(super) fn record(&self, edit: Edit) {
        self.send(Work::Record(edit));
    }

    pub(super) fn judge(&self, feedback: Feedback, edit: Edit) {
        self.send(Work::Judge(feedback, edit));
    }

    pub(super) fn learn(&self, feedback: Feedback) {
        self.send(Work::Learn(feedback));
    }

    pub(super) fn save(&self, board: Storyboard, made: u64) {
        self.send(Work::Save(board, made));
    }

    /// Remembers where the board is left.
    pub(super) fn remember(&self, board: PathBuf, left: msg::Left, paths: &Paths) {
        self.send(Work::Remember(board, left, paths.clone()));
    }

    /// Keeps a choice for the next start.
    pub(super) fn keep(&self, choice: msg::Choice, paths: &Paths) {
        self.send(Work::Keep(choice, paths.clone()));
    }

    /// Keeps what stands in a person's editor beside the board, or no longer.
    pub(super) fn keep_draft(&self, draft: Option<Box<msg::Draft>>, reviewer: Line) {
        self.send(Work::KeepDraft(draft, reviewer));
    }

    /// `NAME.slate/` of the open board, where it may be written.
    pub(super) fn sidecar(&self) -> Option<PathBuf> {
        let sidecar = self.sidecar.lock().unwrap_or_else(PoisonError::into_inner).clone();
        sidecar.filter(|(_, access)| *access == Access::Write).map(|(path, _)| path)
    }

    /// The same, where it may only be read.
    pub(super) fn beside(&self) -> Option<PathBuf> {
        self.sidecar.lock().unwrap_or_else(PoisonError::into_inner).clone().map(|(path, _)| path)
    }

    /// Asks for nothing more, and lets what was asked for reach the disk. Where that takes long, says so with `tell`: what
    /// waits there was done, and a person who wants to leave it can still end the program.
    pub(super) fn finish(&mut self, tell: impl FnOnce()) {
        self.work = None;
        // A worker that has ended already is disconnected.
        if self.ended.recv_timeout(super::LAST_WORDS) == Err(RecvTimeoutError::Timeout) {
            tell();
            let _ = self.ended.recv();
        }
    }

    fn send(&self, work: Work) {
        if let Some(sender) = &self.work {
            // The worker ends only with this link.
            let _ = sender.send(work);
        }
    }
}

/// A panic unwinds through here: what was asked for before it reaches the disk all the same.
impl Drop for StoreLink {
    fn drop(&mut self) {
        self.finish(|| {});
    }
}

/// How long after a failure the disk is tried again, where nobody asks for anything meanwhile.
const AGAIN: Duration = Duration::from_secs(2);

/// How long a program may take to let a board go, longer than it takes to end; and how often that is looked for.
const LET_GO: Duration = Duration::from_secs(8);
const AGAIN_SOON: Duration = Duration::from_millis(50);

/// The worker's side.
struct Keeper {
    file: Option<BoardFile>,
    /// A board that was opened and is not yet in the list of recent ones.
    opened: Option<(PathBuf, Paths)>,
    sidecar: Sidecar,
}

impl Keeper {
    /// The next thing to do; nothing in particular where the disk is to be tried again. `None` where the link is gone.
    fn next(&self, jobs: &Receiver<Work>) -> Option<Option<Work>> {
        if !self.is_behind() {
            return jobs.recv().ok().map(Some);
        }
        match jobs.recv_timeout(AGAIN) {
            Ok(work) => Some(Some(work)),
            Err(RecvTimeoutError::Timeout) => Some(None),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    fn is_behind(&self) -> bool {
        self.file.as_ref().is_some_and(BoardFile::is_behind)
    }

    /// Brings the disk what it could not take before.
    fn catch_up(&mut self) {
        if let Some(file) = self.file.as_mut().filter(|file| file.is_behind()) {
            // Why it cannot take it was said when it first did not.
            let _ = file.catch_up();
        }
    }

    fn work(&mut self, work: Work) -> Option<StoreNews> {
        let no_board = words::no_board();
        Some(match work {
            Work::Open(path, how, paths) => self.open(path, how, &paths),
            Work::Remember(board, left, paths) => {
                let msg::Left { scene, take, scroll, view, cut_off, draft: _ } = left;
                // A place that cannot be remembered costs only that.
                let _ = places::remember(&paths, &board, places::Left { scene, take, scroll, view, cut_off });
                return None;
            }
            Work::Keep(choice, paths) => {
                let choice = match choice {
                    msg::Choice::Theme(name) => Chosen { theme: Some(name), ..Chosen::default() },
                    msg::Choice::Language(tag) => Chosen { language: Some(tag), ..Chosen::default() },
                };
                // A choice that cannot be kept holds until the program ends.
                let _ = chosen::keep(&paths, choice);
                return None;
            }
            Work::KeepDraft(kept, reviewer) => {
                let sidecar = self.file.as_ref().filter(|file| file.access() == Access::Write)?.sidecar();
                // A disk that does not take it is said as soon as an edit is to be kept; the next words are tried again.
                let _ = match kept.and_then(|kept| kept_draft(*kept)) {
                    Some(kept) => draft::keep(sidecar, &kept),
                    None => {
                        draft::forget(sidecar, &reviewer);
                        Ok(())
                    }
                };
                return None;
            }
            Work::Record(edit) => match self.file.as_mut().map(|file| file.record(&edit)) {
                Some(Ok(())) => StoreNews::Recorded,
                Some(Err(error)) => StoreNews::NotRecorded(said::store(&error)),
                None => StoreNews::NotRecorded(no_board),
            },
            Work::Judge(feedback, edit) => match self.file.as_mut().map(|file| file.record_verdict(&feedback, &edit)) {
                Some(Ok(())) => StoreNews::Judged(Box::new(feedback)),
                Some(Err(error)) => StoreNews::NotJudged(said::store(&error)),
                None => StoreNews::NotJudged(no_board),
            },
            Work::Learn(feedback) => {
                // A disk that refuses it has refused the edit before it, and that was said.
                let _ = self.file.as_mut()?.record_verdict(&feedback, &Edit::Together(Vec::new()));
                return None;
            }
            Work::Save(board, made) => match self.file.as_mut().map(|file| file.save(&board)) {
                Some(Ok(Saved::Written)) => StoreNews::Saved(made),
                Some(Ok(Saved::Conflict { ours })) => StoreNews::Conflict(ours, made),
                Some(Err(error)) => StoreNews::NotSaved(said::store(&error)),
                None => StoreNews::NotSaved(no_board),
            },
        })
    }

    /// What nobody waits for, when there is no other work.
    fn settle(&mut self) -> Option<Phrase> {
        if let Some((path, paths)) = self.opened.take() {
            // A list of recent boards that cannot be written costs only the list.
            let _ = recent::add(&paths, &path);
        }
        let error = self.file.as_mut()?.settle().err()?;
        Some(said::store(&error))
    }

    fn open(&mut self, path: PathBuf, how: Opening, paths: &Paths) -> StoreNews {
        // The board before gives its lock back first.
        self.file = None;
        let opened = match how {
            Opening::Write => open_as_far_as_possible(&path),
            Opening::TakeOver => take_over(&path),
            Opening::ReadOnly => BoardFile::open(&path, Access::ReadOnly).map(|opened| (opened, None)),
            Opening::Copy => BoardFile::copy(&path, BoardFile::free_copy_name(&path)).map(|opened| (opened, None)),
        };
        match opened {
            Ok((Opened { file, board, notices }, refused)) => {
                let read_only = file.access() == Access::ReadOnly;
                let draft = draft_beside(file.sidecar(), &reviewer::of(paths).0);
                let sidecar = (file.sidecar().to_owned(), file.access());
                *self.sidecar.lock().unwrap_or_else(PoisonError::into_inner) = Some(sidecar);
                let path = file.path().to_owned();
                self.opened = Some((path.clone(), paths.clone()));
                let unsaved = file.has_unsaved();
                self.file = Some(file);
                let notices = refused.into_iter().chain(notices.iter().map(said::notice)).collect();
                let left = places::of(paths, &path);
                let left = (left.is_some() || draft.is_some()).then(|| {
                    let places::Left { scene, take, scroll, view, cut_off } = left.unwrap_or_default();
                    msg::Left { scene, take, scroll, view, cut_off, draft }
                });
                StoreNews::Opened { path, board: Box::new(board), read_only, unsaved, notices, left }
            }
            // It was told, and still has the board.
            Err(OpenError::Held { by, .. }) if how == Opening::TakeOver => {
                StoreNews::NotOpened(words::not_let_go(said::holder(&by)))
            }
            Err(OpenError::Held { by, path }) => {
                let can_be_taken_over = takeover::is_possible(&path, &by);
                StoreNews::Held { path, holder: said::holder(&by), can_be_taken_over }
            }
            Err(error) => StoreNews::NotOpened(said::open(&error)),
        }
    }
}

/// Opens a board that a program here holds, once that has let it go. Where it does not, or cannot be told, it is still held.
fn take_over(path: &Path) -> Result<(Opened, Option<Notice>), OpenError> {
    let (until, mut told) = (Instant::now() + LET_GO, false);
    loop {
        match open_as_far_as_possible(path) {
            Err(OpenError::Held { by, path: held }) if Instant::now() < until => {
                if !told && !takeover::ask(&held, &by) {
                    return Err(OpenError::Held { by, path: held });
                }
                told = true;
                std::thread::sleep(AGAIN_SOON);
            }
            done => return done,
        }
    }
}

fn kept_draft(draft: msg::Draft) -> Option<Draft> {
    let msg::Draft { reviewer, target, on_stage, words } = draft;
    Some(Draft { reviewer, target: serde_json::to_value(target).ok()?, on_stage, words })
}

/// What this person was writing on this board; `None` where that is nothing, or a text that this version does not know.
fn draft_beside(sidecar: &Path, reviewer: &Line) -> Option<msg::Draft> {
    let Draft { reviewer, target, on_stage, words } = draft::of(sidecar, reviewer)?;
    Some(msg::Draft { reviewer, target: serde_json::from_value(target).ok()?, on_stage, words })
}

/// Opens a board for writing; where its place may not be written, for reading, and says so.
fn open_as_far_as_possible(path: &Path) -> Result<(Opened, Option<Notice>), OpenError> {
    match BoardFile::open(path, Access::Write) {
        Err(error @ OpenError::NotWritable { .. }) => {
            let opened = BoardFile::open(path, Access::ReadOnly)?;
            Ok((opened, Some(said::only_read(&error))))
        }
        opened => opened.map(|opened| (opened, None)),
    }
}
