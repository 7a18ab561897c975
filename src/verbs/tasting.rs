//! What verbs share about taste: folding a board's log, and keeping for other boards what it taught.

use super::{Failure, boards};
use crate::board::{Line, SceneId, Storyboard};
use crate::run::asking::Asking;
use crate::store::{BoardFile, Paths, TasteSettings, tastes};
use crate::taste::{Change, Judged, legacy, next, prior, standing};

/// Folds a board's log, and tells what of it could not be read.
///
/// # Errors
/// Where the log or the settings cannot be read.
pub(super) fn fold(file: &BoardFile, board: &Storyboard, paths: &Paths, reviewer: Line) -> Result<Asking, Failure> {
    let asking = Asking::of(file.sidecar(), board, paths, reviewer)?;
    for notice in &asking.notices {
        boards::tell(&notice.to_string());
    }
    Ok(asking)
}

/// After one more verdict: keeps for the reviewer's other boards what the verdicts on this one taught, and answers what they
/// change in the scene's next takes.
///
/// # Errors
/// Where the log or the settings cannot be read.
pub(super) fn judged(
    file: &BoardFile,
    board: &Storyboard,
    reviewer: &Line,
    scene: SceneId,
) -> Result<Vec<Change>, Failure> {
    let paths = Paths::from_env()?;
    let settings = TasteSettings::load(&paths)?;
    let (records, _) = file.feedback()?;
    let standing = standing(&records, board, &settings.wording());
    let own: Vec<&Judged> = standing.iter().filter(|judged| judged.reviewer == *reviewer).collect();
    let begun = prior(&tastes::others(&paths, reviewer, file.sidecar()));
    let legacy = legacy(&own, &begun, &settings.head);
    // A disk that refuses is told of and no failure: everything can be learned again from the log.
    if let Err(error) = tastes::remember(&paths, reviewer, file.sidecar(), legacy, own.len()) {
        boards::tell(&format!("what was learned here is not kept for other boards: {error}"));
    }
    let judged: Vec<&Judged> = standing.iter().collect();
    let changes = |scene| next::next(board, scene, &judged, settings.wishes()).changes;
    Ok(board.scene(scene).map(changes).unwrap_or_default())
}
