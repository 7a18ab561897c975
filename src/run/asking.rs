//! Asking for takes as verdicts have it: from the feedback log to the plan, and from what was sampled to what is shown. The
//! terminal UI and the verbs ask in the same way.

use std::path::Path;

use crate::board::{Feedback, Line, Lock, Scene, Storyboard, Take};
use crate::engine::{Loaded, Outcome, SceneAsk};
use crate::store::{self, Notice, Paths, StoreError, TasteSettings, tastes};
use crate::taste::pool::{self, Pace};
use crate::taste::{Candidate, Judged, Next, Ranked, Taste, log, next, of_reviewer, prior, rank, seen, standing};

/// A reviewer's taste on a board, with everything it came from.
#[derive(Debug)]
pub struct Asking {
    /// Whose.
    pub reviewer: Line,
    /// The person's settings.
    pub settings: TasteSettings,
    /// The whole log.
    pub records: Vec<Feedback>,
    /// The verdicts that stand, of all reviewers.
    pub standing: Vec<Judged>,
    /// The taste.
    pub taste: Taste,
    /// On how many other boards the reviewer's beginning stands.
    pub other_boards: usize,
    /// What could not be read of the log.
    pub notices: Vec<Notice>,
    paths: Paths,
}

impl Asking {
    /// Folds the log of the board with this sidecar, and keeps for the reviewer's other boards what was learned here.
    ///
    /// # Errors
    /// [`StoreError`] where the log or the settings cannot be read.
    pub fn of(sidecar: &Path, board: &Storyboard, paths: &Paths, reviewer: Line) -> Result<Self, StoreError> {
        Self::following(None, sidecar, board, paths, reviewer)
    }

    /// The same, by the taste learned `before` where only verdicts were added since.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn following(
        before: Option<Taste>,
        sidecar: &Path,
        board: &Storyboard,
        paths: &Paths,
        reviewer: Line,
    ) -> Result<Self, StoreError> {
        let settings = TasteSettings::load(paths)?;
        let (records, notices) = store::feedback(sidecar)?;
        let standing = standing(&records, board, &settings.wording());
        let others = tastes::others(paths, &reviewer, sidecar);
        let own = of_reviewer(standing.clone(), &reviewer);
        let taste = Taste::following(before, own, prior(&others), settings.head);
        let own = taste.judged().iter().filter(|judged| judged.reviewer == reviewer).count();
        // The next board then begins without it; everything can be learned again from the log.
        let _ = tastes::remember(paths, &reviewer, sidecar, taste.legacy(), own);
        let (other_boards, paths) = (others.len(), paths.clone());
        Ok(Self { reviewer, settings, records, standing, taste, other_boards, notices, paths })
    }

    /// Where nothing may be read or kept beside a board: no verdicts, and the default settings.
    #[must_use]
    pub fn without_verdicts(paths: &Paths, reviewer: Line) -> Self {
        Self {
            reviewer,
            settings: TasteSettings::default(),
            records: Vec::new(),
            standing: Vec::new(),
            taste: Taste::default(),
            other_boards: 0,
            notices: Vec::new(),
            paths: paths.clone(),
        }
    }

    /// The verdicts the taste came from.
    #[must_use]
    pub fn judged(&self) -> Vec<&Judged> {
        self.taste.judged().iter().collect()
    }

    /// The plan of a scene's next takes.
    #[must_use]
    pub fn plan(&self, board: &Storyboard, scene: &Scene) -> Next {
        next::next(board, scene, &self.judged(), self.settings.wishes())
    }

    /// The plan of a scene's next takes if a take of `judged` were accepted, or rejected without a reason.
    #[must_use]
    pub fn plan_after(&self, board: &Storyboard, scene: &Scene, judged: &Scene, take: &Take, accepted: bool) -> Next {
        let supposed = log::supposed(take, judged, &self.reviewer, accepted);
        next::after(board, scene, &self.judged(), &supposed, self.settings.wishes())
    }

    /// How often takes of a scene were made already, as far as board and log know: none of its seeds comes again.
    #[must_use]
    pub fn times_asked(&self, scene: &Scene) -> u32 {
        let judged = self.records.iter().filter(|record| record.scene == scene.id).count();
        u32::try_from(scene.takes.len() + judged).unwrap_or(u32::MAX)
    }

    /// How many takes to sample where so many are wanted. More only where there is something to choose by.
    #[must_use]
    pub fn pool(&self, model: &Loaded, takes: usize) -> usize {
        if self.taste.ranking_head().is_none() {
            return takes;
        }
        let looked: Vec<u64> = self.records.iter().filter_map(|record| record.looked_ms).collect();
        pool::size(tastes::pace(&self.paths, &model.identity()), &looked, takes, self.settings.pool)
    }

    /// Remembers how fast takes were written.
    pub fn saw(&self, outcome: &Outcome) {
        #[expect(clippy::cast_precision_loss, reason = "counts of tokens and takes")]
        let tokens_per_take = outcome.stats.tokens as f64 / outcome.answers.len().max(1) as f64;
        let seen = Pace { tokens_per_s: outcome.stats.tokens_per_s, tokens_per_take };
        // The next pool is then of another size, and nothing else is lost.
        let _ = tastes::remember_pace(&self.paths, &outcome.model.identity(), seen);
    }

    /// The best of the candidates, best first, each with its place in its provenance, and how they were ranked. Near copies
    /// only where there is nothing else.
    #[must_use]
    pub fn best(
        &self,
        scene: &Scene,
        candidates: &[Candidate],
        takes: usize,
        seed: u32,
    ) -> (Vec<Candidate>, Vec<Ranked>) {
        let features = seen(candidates, &scene.heading);
        let judged = self.judged();
        let here = judged.iter().filter(|judged| judged.scene == scene.id && !judged.accepted);
        let rejected: Vec<&Judged> = here.copied().collect();
        let head = self.taste.ranking_head();
        let mut ranked = rank(candidates, &features, head, &rejected, self.settings.exploration, seed);
        let of = ranked.len();
        ranked.truncate(takes);
        let best = ranked.iter().enumerate().map(|(place, ranked)| {
            let mut candidate = candidates[ranked.at].clone();
            candidate.take.provenance.chosen = Some(ranked.chosen(place + 1, of));
            candidate
        });
        (best.collect(), ranked)
    }
}

/// What is asked of the model for a plan, with the parts a person locks beside it.
#[must_use]
pub fn ask(plan: &Next, locked: &[Lock], seeds: Vec<u32>) -> SceneAsk {
    SceneAsk {
        seeds,
        sampler: plan.sampler,
        locked: locked.iter().chain(&plan.locked).copied().collect(),
        limits: plan.limits.clone(),
        deal: Some(plan.deal.clone()),
        leaning: plan.leaning.clone(),
        exemplars: plan.exemplars.clone(),
    }
}
