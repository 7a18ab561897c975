//! What verbs share about taste: a reviewer's taste on a board, from its log, the settings and what other boards taught.

use std::path::Path;

use super::{Failure, boards};
use crate::board::{Feedback, Line, Storyboard};
use crate::store::{BoardFile, Paths, StoreError, TasteSettings, tastes};
use crate::taste::{Judged, Taste, legacy, of_reviewer, prior, standing};

/// A reviewer's taste on a board, with everything it came from.
pub(super) struct Tasting {
    /// Whose.
    pub(super) reviewer: Line,
    /// The person's settings.
    pub(super) settings: TasteSettings,
    /// The whole log.
    pub(super) records: Vec<Feedback>,
    /// The verdicts that stand, of all reviewers.
    pub(super) standing: Vec<Judged>,
    /// The taste.
    pub(super) taste: Taste,
    /// On how many other boards the reviewer's beginning stands.
    pub(super) other_boards: usize,
}

impl Tasting {
    /// Folds the board's log.
    ///
    /// # Errors
    /// Where the log or the settings cannot be read.
    pub(super) fn of(file: &BoardFile, board: &Storyboard, paths: &Paths, reviewer: Line) -> Result<Self, Failure> {
        let settings = TasteSettings::load(paths)?;
        let (records, notices) = file.feedback()?;
        for notice in notices {
            boards::tell(&notice.to_string());
        }
        let standing = standing(&records, board, &settings.wording());
        let others = tastes::others(paths, &reviewer, file.sidecar());
        let taste = Taste::of(of_reviewer(standing.clone(), &reviewer), prior(&others), settings.head);
        Ok(Self { reviewer, settings, records, standing, taste, other_boards: others.len() })
    }

    /// The verdicts the taste came from.
    pub(super) fn judged(&self) -> Vec<&Judged> {
        self.taste.judged().iter().collect()
    }

    /// Keeps for the reviewer's other boards what was learned on this one.
    pub(super) fn remember(&self, paths: &Paths, sidecar: &Path) {
        let own = self.taste.judged().iter().filter(|judged| judged.reviewer == self.reviewer).count();
        told(tastes::remember(paths, &self.reviewer, sidecar, self.taste.legacy(), own));
    }
}

/// Keeps for a reviewer's other boards what the verdicts on this one taught, after one more.
///
/// # Errors
/// Where the log or the settings cannot be read.
pub(super) fn remember(file: &BoardFile, board: &Storyboard, reviewer: &Line) -> Result<(), Failure> {
    let paths = Paths::from_env()?;
    let settings = TasteSettings::load(&paths)?;
    let (records, _) = file.feedback()?;
    let standing = standing(&records, board, &settings.wording());
    let own: Vec<&Judged> = standing.iter().filter(|judged| judged.reviewer == *reviewer).collect();
    let begun = prior(&tastes::others(&paths, reviewer, file.sidecar()));
    told(tastes::remember(&paths, reviewer, file.sidecar(), legacy(&own, &begun, &settings.head), own.len()));
    Ok(())
}

/// A disk that refuses is told of and no failure: everything can be learned again from the log.
fn told(kept: Result<(), StoreError>) {
    if let Err(error) = kept {
        boards::tell(&format!("what was learned here is not kept for other boards: {error}"));
    }
}
