//! One review: forty verdicts over the board's scenes, under one arm.

use std::collections::BTreeSet;

use slateboard::board::{Deal, Embedding, Feedback, FeedbackId, Line, SceneId, Storyboard, Take, TakeId, Verdict};
use slateboard::engine::SceneJob;
use slateboard::run::asking::ask;
use slateboard::taste::chance::Chance;
use slateboard::taste::likeness::NEAR_COPY;
use slateboard::taste::{
    Candidate, Diversity, HeadSettings, Judged, Next, Prior, Taste, Wishes, diversity, next, rank, seen, standing,
};
use ulid::Ulid;

use super::asked_for;
use super::bank::Bank;
use super::reviewers::Reviewer;

/// Verdicts of one review; the second half counts.
pub(crate) const VERDICTS: usize = 40;
/// Reviews of each reviewer in each arm.
const SEEDS: u64 = 3;
/// Verdicts on one scene before the next one's turn.
const ON_A_SCENE: usize = 5;
/// Takes to choose from.
const POOL: usize = 8;
/// Takes kept of each scene without a plan: as many as all pools of a review need, so that what is rare is not used up.
pub(crate) const OF_A_SCENE: usize = POOL * VERDICTS / SCENES;
/// Scenes reviewed: the board's first.
pub(crate) const SCENES: usize = 4;
/// A scene of which the bank has fewer takes is left out.
const ENOUGH: usize = 2 * POOL;
/// Takes kept of each scene under a plan: a pool for each verdict on the scene, without those shown before.
const OF_A_PLAN: usize = POOL + ON_A_SCENE - 1;

/// What is switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arm {
    None,
    Head,
    Exemplars,
    Reasons,
    Deal,
    All,
    Ceiling,
}

impl Arm {
    pub(crate) const ALL: [Self; 7] =
        [Self::None, Self::Head, Self::Exemplars, Self::Reasons, Self::Deal, Self::All, Self::Ceiling];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Head => "head",
            Self::Exemplars => "exemplars",
            Self::Reasons => "reasons",
            Self::Deal => "deal",
            Self::All => "all",
            Self::Ceiling => "ceiling",
        }
    }

    /// Seeds of a review. What is asked with a plan of its own has to be sampled for it, half a minute a plan, so that those
    /// arms can be told to take fewer.
    pub(crate) fn seeds(self) -> u64 {
        let samples_anew = matches!(self, Self::Exemplars | Self::Reasons | Self::Deal | Self::All);
        let asked = std::env::var("SLATEBOARD_BENCH_SEEDS").ok().and_then(|text| text.parse().ok());
        asked.filter(|_| samples_anew).unwrap_or(SEEDS)
    }

    /// What of a plan the arm follows.
    fn follows(self, plan: Next) -> Next {
        match self {
            Self::None | Self::Head | Self::Ceiling => Next::default(),
            Self::Exemplars => Next { exemplars: plan.exemplars, ..Next::default() },
            Self::Reasons => Next { exemplars: Vec::new(), deal: Deal::default(), ..plan },
            Self::Deal => Next { deal: plan.deal, ..Next::default() },
            Self::All => plan,
        }
    }
}

/// What came of a review.
pub(crate) struct Reviewed {
    /// The share of takes shown in the second half that the rule likes.
    pub(crate) liked: f32,
    pub(crate) diversity: Diversity,
    /// Whether at the end the head may rank.
    pub(crate) ranks: bool,
}

/// The first scenes of the board of which there are takes enough; they are sampled as far as time allows.
pub(crate) fn scenes(bank: &Bank, board: &Storyboard) -> Vec<SceneId> {
    let takes = |scene: SceneId| {
        let job = SceneJob::new(&asked_for(board, scene), scene, &ask(&Next::default(), &[], Vec::new())).unwrap();
        bank.takes(&job, OF_A_SCENE).len()
    };
    let counted: Vec<(SceneId, usize)> =
        board.scenes.iter().take(SCENES).map(|scene| (scene.id, takes(scene.id))).collect();
    println!("takes of each scene: {:?}", counted.iter().map(|(_, count)| count).collect::<Vec<_>>());
    counted.into_iter().filter(|&(_, count)| count >= ENOUGH).map(|(scene, _)| scene).collect()
}

/// Runs a review; `None` where the bank lacks takes.
pub(crate) fn review(
    bank: &Bank,
    board: &Storyboard,
    scenes: &[SceneId],
    reviewer: &Reviewer,
    arm: Arm,
    seed: u64,
    settings: &HeadSettings,
) -> Option<Reviewed> {
    let mut board = board.clone();
    let mut chance = Chance::new(seed.wrapping_mul(977) + 13);
    let mut errors = Chance::new(seed + 500);
    let mut records: Vec<Feedback> = Vec::new();
    let mut taste = Taste::of(Vec::new(), Prior::new(), *settings);
    let mut shown: Vec<Candidate> = Vec::new();
    let mut known = BTreeSet::new();
    let mut liked = 0;
    let mut plan = Next::default();
    // Another scene comes first with each seed, so that the half that counts has them all.
    let first = usize::try_from(seed).unwrap();
    for at in 0..VERDICTS {
        let scene = scenes[(first + at / ON_A_SCENE) % scenes.len()];
        let scene = asked_for(&board, scene).scene(scene)?.clone();
        // Up to the half nothing is sampled anew: what counts comes after it. From there on the plan is made anew with
        // each scene; the app makes it anew with each verdict.
        if at >= VERDICTS / 2 && at % ON_A_SCENE == 0 {
            let judged: Vec<&Judged> = taste.judged().iter().collect();
            plan = arm.follows(next::next(&board, &scene, &judged, Wishes::default()));
        }
        let pool = pool(bank, &board, scene.id, &plan, &known, &mut chance)?;
        let rejected: Vec<&Judged> =
            taste.judged().iter().filter(|one| one.scene == scene.id && !one.accepted).collect();
        let chosen = match arm {
            Arm::None | Arm::Exemplars | Arm::Reasons | Arm::Deal => 0,
            Arm::Ceiling => pool.iter().position(|one| reviewer.likes(&one.take, at)).unwrap_or(0),
            Arm::Head | Arm::All => {
                let features = seen(&pool, &scene.heading);
                let draw = u32::try_from(at).unwrap() + 1000 * u32::try_from(seed).unwrap();
                rank(&pool, &features, taste.ranking_head(), &rejected, 0.1, draw)[0].at
            }
        };
        let candidate = pool[chosen].clone();
        known.insert(candidate.take.id);
        let accepted = reviewer.accepts(&candidate.take, at, &mut errors);
        if at >= VERDICTS / 2 {
            liked += usize::from(reviewer.likes(&candidate.take, at));
            shown.push(candidate.clone());
        }
        let record = record(at, scene.id, &candidate, accepted, reviewer.reason(&candidate.take));
        records.push(record);
        if accepted {
            // Worked examples are looked for on the board.
            let mut take = candidate.take;
            take.id = records[at].take.id;
            let scene = board.scenes.iter_mut().find(|one| one.id == scene.id)?;
            scene.picked = Some(take.id);
            scene.takes.push(take);
        }
        let standing = standing(&records[at..], &board, &[]);
        standing.into_iter().for_each(|judged| taste.learn(judged));
    }
    let takes: Vec<&Take> = shown.iter().map(|one| &one.take).collect();
    let embeddings: Vec<&Embedding> = shown.iter().filter_map(|one| Some(&one.reading.as_ref()?.embedding)).collect();
    Some(Reviewed {
        liked: liked as f32 / (VERDICTS / 2) as f32,
        diversity: diversity(&takes, &embeddings),
        ranks: taste.honesty().ranks,
    })
}

/// Eight takes by chance out of those kept for the plan, none that was shown: the app shows no take twice.
fn pool(
    bank: &Bank,
    board: &Storyboard,
    scene: SceneId,
    plan: &Next,
    known: &BTreeSet<TakeId>,
    chance: &mut Chance,
) -> Option<Vec<Candidate>> {
    let mut told = asked_for(board, scene);
    // The story so far is the same for all, as if the scenes were written from their briefs alone; else every review
    // would ask with prompts of its own. Worked examples stay.
    for one in &mut told.scenes {
        one.takes.retain(|take| plan.exemplars.contains(&take.id));
        one.picked = None;
    }
    let job = SceneJob::new(&told, scene, &ask(plan, &[], Vec::new())).unwrap();
    let wanted = if *plan == Next::default() { OF_A_SCENE } else { OF_A_PLAN };
    let mut takes = bank.takes(&job, wanted);
    takes.retain(|one| !known.contains(&one.take.id));
    chance.shuffle(&mut takes);
    takes.truncate(POOL);
    (takes.len() == POOL).then_some(takes)
}

fn record(at: usize, scene: SceneId, candidate: &Candidate, accepted: bool, reason: Option<&str>) -> Feedback {
    let id = Ulid::from_parts(at as u64 + 1, 7);
    Feedback {
        id: FeedbackId::new(id),
        at_ms: 0,
        reviewer: Line::default(),
        scene,
        verdict: if accepted { Verdict::Accept } else { Verdict::Reject },
        reason: reason.filter(|_| !accepted).and_then(|reason| Line::new(reason).ok()),
        looked_ms: None,
        // In the order of the review, so that later verdicts are newer.
        take: Take { id: TakeId::new(id), ..candidate.take.clone() },
        reading: candidate.reading.clone(),
        edited_from: None,
        picked_before: None,
        index: 0,
    }
}

/// The share of pairs of the takes of a pool that are near copies; for reading beside the table.
pub(crate) fn copies(takes: &[Candidate]) -> f32 {
    let gists: Vec<_> = takes.iter().map(|one| slateboard::taste::likeness::Gist::of(&one.take)).collect();
    let pairs: Vec<f32> =
        gists.iter().enumerate().flat_map(|(at, a)| gists[at + 1..].iter().map(|b| a.likeness(b))).collect();
    pairs.iter().filter(|&&likeness| likeness >= NEAR_COPY).count() as f32 / pairs.len().max(1) as f32
}
