//! What verbs share: opening a board, saying what happened on the way, finding a scene and a take by what a person
//! typed, and saving.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use ulid::Ulid;

use super::{Code, Failure};
use crate::board::{Line, Scene, Storyboard, Take};
use crate::store::{Access, BoardFile, OpenError, Opened, Saved, StoreError};

/// Opens a board and tells on stderr what the store has to say.
pub(super) fn open(path: &Path, access: Access) -> Result<Opened, Failure> {
    let opened = BoardFile::open(path, access)?;
    for notice in &opened.notices {
        tell(&notice.to_string());
    }
    Ok(opened)
}

/// Says something on stderr that is no failure.
pub(super) fn tell(words: &str) {
    use std::io::Write as _;
    // Nobody is left to tell where stderr itself is gone.
    let _ = writeln!(std::io::stderr().lock(), "slateboard: {}", crate::board::text::clean(words));
}

/// Writes the board.
pub(super) fn save(file: &mut BoardFile, board: &Storyboard) -> Result<(), Failure> {
    match file.save(board)? {
        Saved::Written => Ok(()),
        Saved::Conflict { ours } => {
            let what = format!("{} was changed by another program meanwhile and is left as it is", shown(file.path()));
            Err(Failure::new(Code::Conflict, what).hint(format!("the board with this change is in {}", shown(&ours))))
        }
    }
}

/// Refuses to write over the board itself, or into what is kept beside it: what is written from a board never is the board.
pub(super) fn spare(file: &BoardFile, out: &Path) -> Result<(), Failure> {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(there) = out.canonicalize().or_else(|_| folder.canonicalize()) else { return Ok(()) };
    let is = |path: &Path| path.canonicalize().is_ok_and(|path| there.starts_with(path));
    if is(file.path()) || is(file.sidecar()) {
        let what = format!("{} is the board, or what is kept beside it", shown(out));
        return Err(Failure::usage(what).hint("name another file"));
    }
    Ok(())
}

/// The scene of that number or id.
pub(super) fn scene<'a>(board: &'a Storyboard, wanted: &str) -> Result<&'a Scene, Failure> {
    board.find_scene(wanted).ok_or_else(|| {
        let wanted = Line::clipped(wanted, 40);
        let numbers: Vec<&str> = board.scenes.iter().map(|scene| scene.number.as_str()).take(40).collect();
        let hint = match numbers.len() {
            0 => "the board has no scenes yet".to_owned(),
            _ => format!("its scenes are {}", numbers.join(", ")),
        };
        Failure::usage(format!("there is no scene {wanted} on this board")).hint(hint)
    })
}

/// The take of that id, or of that index from 1, with its index from 0.
pub(super) fn take<'a>(scene: &'a Scene, wanted: &str) -> Result<(usize, &'a Take), Failure> {
    let by_index = wanted.parse::<usize>().ok().and_then(|index| index.checked_sub(1));
    let by_id = || wanted.parse().ok().and_then(|id| scene.takes.iter().position(|take| take.id == id));
    let at = by_index.filter(|&at| at < scene.takes.len()).or_else(by_id);
    at.map(|at| (at, &scene.takes[at])).ok_or_else(|| {
        let what = format!("scene {} has no take {}", scene.number, Line::clipped(wanted, 40));
        let hint = match scene.takes.len() {
            0 => format!("it has none yet: slateboard generate BOARD.yaml --scene {}", scene.number),
            1 => "it has one take: 1".to_owned(),
            many => format!("its takes are 1 to {many}, or say an id"),
        };
        Failure::usage(what).hint(hint)
    })
}

/// The scenes a verb is about: the one named, or all.
pub(super) fn scenes<'a>(board: &'a Storyboard, wanted: Option<&str>) -> Result<Vec<&'a Scene>, Failure> {
    match wanted {
        Some(wanted) => Ok(vec![scene(board, wanted)?]),
        None => Ok(board.scenes.iter().collect()),
    }
}

/// A path as it may be shown.
pub(super) fn shown(path: &Path) -> Line {
    Line::clipped(&path.to_string_lossy(), 400)
}

/// A new identity.
pub(super) fn fresh() -> Ulid {
    Ulid::new()
}

/// Milliseconds since 1970; 0 where the clock stands before that.
pub(super) fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        let code = match &error {
            OpenError::Held { .. } => Code::Conflict,
            OpenError::Invalid { .. } => Code::Invalid,
            OpenError::NotWritable { .. } => Code::Failed,
            OpenError::Store(StoreError::Held { .. }) => Code::Conflict,
            OpenError::Store(_) => Code::Failed,
        };
        let hint = error.hint().map(str::to_owned);
        Self { code, what: error.to_string(), hint }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::Held { .. } => Code::Conflict,
            _ => Code::Failed,
        };
        Self { code, what: error.to_string(), hint: error.hint().map(str::to_owned) }
    }
}
