//! Imports: read in a thread of their own, kept until the person says whether they come in, and put on disk before the board
//! knows of them.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ulid::Ulid;

use super::{Arrival, said};
use crate::app::importing::{Fate, Happens, Onto, Part, Plan};
use crate::app::msg::{Epoch, ImportNews, Msg, StoreNews};
use crate::app::picker;
use crate::board::towards::towards;
use crate::board::{Line, Storyboard};
use crate::exchange::import::{self, From as Source, Imported};
use crate::exchange::merge::{self, Happened, Merged};
use crate::store::{BoardFile, yaml};
use crate::words::Phrase;

/// How often progress is told.
const TOLD: Duration = Duration::from_millis(100);
/// Scripts that are offered, at most.
const OFFERED: usize = 500;
/// Folders that are looked into, at most, and how deep.
const FOLDERS: usize = 400;
const DEPTH: usize = 4;

/// What was read last, and for which job.
type Waiting = Arc<Mutex<Option<(Epoch, Imported)>>>;

/// The loop's end.
pub(super) struct ImportLink {
    stop: Arc<AtomicBool>,
    waiting: Waiting,
    news: Sender<Arrival>,
}

impl ImportLink {
    pub(super) fn new(news: Sender<Arrival>) -> Self {
        Self { stop: Arc::default(), waiting: Arc::default(), news }
    }

    /// Reads a file or folder and tells what it would do.
    pub(super) fn read(
        &mut self,
        asked: Epoch,
        path: &str,
        onto: Option<(Box<Storyboard>, u64)>,
    ) -> std::io::Result<()> {
        self.stop.store(true, Ordering::Relaxed);
        self.stop = Arc::default();
        let (stop, waiting, news) = (Arc::clone(&self.stop), Arc::clone(&self.waiting), self.news.clone());
        let path = located(path);
        let work = move || {
            // A loop that has ended needs no news.
            let tell = |item| drop(news.send(Arrival::Msg(Msg::Import(asked, item))));
            let mut told: Option<Instant> = None;
            let read = read(&path, &mut |done, total| {
                if told.is_none_or(|told| told.elapsed() >= TOLD) {
                    told = Some(Instant::now());
                    tell(ImportNews::Step(done, total));
                }
                match stop.load(Ordering::Relaxed) {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                }
            });
            tell(match read {
                Ok(imported) => {
                    let plan = plan(&imported, onto);
                    *waiting.lock().unwrap_or_else(PoisonError::into_inner) = Some((asked, imported));
                    ImportNews::Read(Box::new(plan))
                }
                Err(why) => ImportNews::Failed(why),
            });
        };
        std::thread::Builder::new().name("import".into()).spawn(work).map(drop)
    }

    /// Puts what was read for this job on disk: its pictures beside the open board, or all of it as a new board.
    pub(super) fn bring(&self, asked: Epoch, onto: Onto, sidecar: Option<PathBuf>) -> std::io::Result<()> {
        let (waiting, news) = (Arc::clone(&self.waiting), self.news.clone());
        let work = move || {
            let taken = waiting.lock().unwrap_or_else(PoisonError::into_inner).take_if(|(of, _)| *of == asked);
            let Some((_, imported)) = taken else { return };
            let msg = match (onto, sidecar) {
                (Onto::Board, Some(sidecar)) => Msg::Import(
                    asked,
                    match imported.keep_pictures(&sidecar) {
                        Ok(()) => ImportNews::Kept,
                        Err(error) => ImportNews::Failed(said::export(&error)),
                    },
                ),
                // Nothing of a board that is only looked at may change.
                (Onto::Board, None) => return,
                (Onto::NewBoard, _) => Msg::Store(StoreNews::Made(new_board(imported))),
            };
            let _ = news.send(Arrival::Msg(msg));
        };
        std::thread::Builder::new().name("import".into()).spawn(work).map(drop)
    }

    /// Reads no further and forgets what was read.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Looks for scripts and boards of other programs in this folder and those in it.
    pub(super) fn find(&self) -> std::io::Result<()> {
        let news = self.news.clone();
        let work = move || drop(news.send(Arrival::Msg(Msg::Scripts(scripts(Path::new("."))))));
        std::thread::Builder::new().name("scripts".into()).spawn(work).map(drop)
    }
}

fn read(path: &Path, watch: &mut dyn FnMut(usize, usize) -> ControlFlow<()>) -> Result<Imported, Phrase> {
    let from = Source::of(path).map_err(|error| said::import(&error))?;
    let read_board = |bytes: &[u8]| yaml::read(bytes).map_err(|refused| refused.to_string());
    let mut step = |done, total| watch(done, total);
    import::read(path, from, &read_board, &mut Ulid::new, &mut step).map_err(|error| said::import(&error))
}

/// What an import would do, by itself or to the open board.
fn plan(imported: &Imported, onto: Option<(Box<Storyboard>, u64)>) -> Plan {
    let new = &imported.board;
    let (scenes, names, edit, made) = match onto {
        Some((board, made)) => {
            let Merged { board: merged, scenes, new_names } = merge::merge(&board, new.clone(), &mut Ulid::new);
            let edit = towards(&board, &merged).map(Box::new);
            (scenes.into_iter().map(fate).collect(), new_names, edit, made)
        }
        None => {
            let added = |scene: &crate::board::Scene| Fate {
                number: scene.number.clone(),
                heading: scene.heading.clone(),
                what: Happens::Added,
            };
            let names: Vec<Line> = new.bible.entries().map(|(_, entry)| entry.name.clone()).collect();
            (new.scenes.iter().map(added).collect(), names, None, 0)
        }
    };
    Plan {
        format: imported.from.word(),
        title: new.title.clone(),
        logline: new.logline.clone(),
        scenes,
        names,
        takes: new.scenes.iter().map(|scene| scene.takes.len()).sum(),
        pictures: imported.pictures.len(),
        said: imported.said.clone(),
        edit,
        made,
    }
}

fn fate(fate: merge::Fate) -> Fate {
    let parts = |parts: Vec<merge::Part>| {
        let part = |part| match part {
            merge::Part::Number => Part::Number,
            merge::Part::Heading => Part::Heading,
            merge::Part::Brief => Part::Brief,
            merge::Part::Take => Part::Take,
        };
        parts.into_iter().map(part).collect()
    };
    let what = match fate.what {
        Happened::Added => Happens::Added,
        Happened::Unchanged => Happens::Unchanged,
        Happened::Changed(changed) => Happens::Changed(parts(changed)),
        Happened::Kept { stays, changed } => Happens::Kept(parts(stays), parts(changed)),
        Happened::Returned => Happens::Returned,
        Happened::Aside => Happens::Aside,
    };
    Fate { number: fate.number, heading: fate.heading, what }
}

/// Makes a board of it under a free name in this folder.
fn new_board(mut imported: Imported) -> Result<PathBuf, Phrase> {
    if imported.from != Source::Board {
        merge::remember(&mut imported.board);
    }
    let path = picker::free_name(&imported.board.title, |path| path.symlink_metadata().is_ok());
    let file = BoardFile::create(&path, &imported.board).map_err(|error| said::store(&error))?;
    imported.keep_pictures(file.sidecar()).map_err(|error| said::export(&error))?;
    Ok(path)
}

/// The file or folder that somebody typed, pasted or dropped: `~` is the home folder, and quotes and backslashes are a
/// shell's where there is no such file.
fn located(typed: &str) -> PathBuf {
    let literal = PathBuf::from(typed);
    if literal.exists() {
        return literal;
    }
    let words = shlex::split(typed).filter(|words| words.len() == 1).and_then(|mut words| words.pop());
    let word = words.unwrap_or_else(|| typed.to_owned());
    let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match (word.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ if Path::new(&word).exists() => word.into(),
        _ => literal,
    }
}

/// Files that can be brought in, those that are nothing but scripts first, by their paths from here. Boards of our own are
/// opened, not brought in, so they are not offered.
fn scripts(folder: &Path) -> Vec<String> {
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    let mut folders = vec![(folder.to_owned(), 0)];
    let mut looked = 0;
    while let Some((folder, depth)) = folders.pop() {
        looked += 1;
        let entries = fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok);
        for entry in entries {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if name.starts_with('.') || found.len() >= OFFERED {
                continue;
            }
            if is_folder {
                let ours = name.ends_with(".slate") || ["target", "node_modules"].contains(&name.as_str());
                if !ours && depth < DEPTH && looked + folders.len() < FOLDERS {
                    folders.push((path, depth + 1));
                }
                continue;
            }
            let rank = match Source::of(&path) {
                Ok(Source::Fountain | Source::Fdx | Source::Storyboarder) => 0,
                Ok(Source::Otio | Source::Csv | Source::Zip) => 1,
                Ok(Source::Outline) => 2,
                Ok(Source::Board) | Err(_) => continue,
            };
            let shown = path.strip_prefix(".").unwrap_or(&path).to_string_lossy().into_owned();
            // What the screen would show otherwise than it is could not be opened by that name.
            if crate::board::text::clean(&shown) == shown && !shown.contains('\n') {
                found.push((rank, depth, shown));
            }
        }
    }
    found.sort();
    found.into_iter().map(|(_, _, path)| path).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use super::*;

    const SCRIPT: &str = "Title: Twice\n\nEXT. SHORE - DAWN\n\nMARA climbs over wet rocks.\n\nMARA\nWho are you?\n\n\
        INT. STAIR - DAY\n\nShe carries the bottle up.\n";

    fn answer(arrivals: &Receiver<Arrival>) -> Msg {
        loop {
            match arrivals.recv().unwrap() {
                Arrival::Msg(Msg::Import(_, ImportNews::Step(..))) => {}
                Arrival::Msg(msg) => return msg,
                _ => panic!("no message"),
            }
        }
    }

    fn planned(arrivals: &Receiver<Arrival>) -> Plan {
        match answer(arrivals) {
            Msg::Import(_, ImportNews::Read(plan)) => *plan,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_script_read_again_changes_what_changed_in_it_and_keeps_takes_and_picks() {
        let place = tempfile::tempdir().unwrap();
        let script = place.path().join("a.fountain");
        fs::write(&script, SCRIPT).unwrap();
        let (sender, arrivals) = channel();
        let mut link = ImportLink::new(sender);
        let name = script.to_string_lossy().into_owned();
        link.read(Epoch(1), &name, Some((Box::default(), 0))).unwrap();
        let first = planned(&arrivals);
        assert_eq!((first.format, first.title.as_str(), first.scenes.len()), ("fountain", "Twice", 2));
        assert!(first.names.iter().any(|name| name.as_str() == "MARA"));
        let mut board = Storyboard::default();
        first.edit.unwrap().apply(&mut board).unwrap();
        board.scenes[0].picked = Some(board.scenes[0].takes[0].id);
        let kept = board.scenes[0].takes[0].id;
        fs::write(&script, SCRIPT.replace("wet rocks", "wet black rocks")).unwrap();
        link.read(Epoch(2), &name, Some((Box::new(board.clone()), 5))).unwrap();
        let second = planned(&arrivals);
        assert_eq!(second.scenes[0].what, Happens::Changed(vec![Part::Brief, Part::Take]));
        assert_eq!(second.scenes[1].what, Happens::Unchanged);
        assert_eq!(second.made, 5);
        let before = board.clone();
        let back = second.edit.unwrap().apply(&mut board).unwrap();
        assert_eq!((board.scenes[0].picked, board.scenes[0].takes.len()), (Some(kept), 2));
        back.apply(&mut board).unwrap();
        assert_eq!(board, before, "undo brings back what was there");
        link.read(Epoch(3), &place.path().join("none.docx").to_string_lossy(), None).unwrap();
        assert!(matches!(answer(&arrivals), Msg::Import(Epoch(3), ImportNews::Failed(_))));
    }

    #[test]
    fn a_path_may_be_typed_as_a_shell_writes_it() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("my script.fountain");
        fs::write(&file, SCRIPT).unwrap();
        let shown = file.to_string_lossy();
        for typed in [shown.to_string(), format!("'{shown}'"), shown.replace(' ', "\\ ")] {
            assert_eq!(located(&typed), file, "{typed}");
        }
        assert_eq!(located("nowhere.fdx"), PathBuf::from("nowhere.fdx"));
    }

    #[test]
    fn scripts_are_found_before_texts_and_the_programs_own_files_not_at_all() {
        let place = tempfile::tempdir().unwrap();
        for (name, text) in [("b/c.fdx", "x"), ("notes.md", "x"), ("board.yaml", "x"), ("x.slate/a.md", "x")] {
            let file = place.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let found = scripts(place.path());
        let names: Vec<&str> = found.iter().map(|path| path.rsplit('/').next().unwrap()).collect();
        assert_eq!(names, ["c.fdx", "notes.md"]);
    }
}
