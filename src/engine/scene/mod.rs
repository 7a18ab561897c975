//! A scene's takes: the job that asks for them, and the takes read from its outcome.

mod calls;
mod deal;
mod framing;
mod prompt;
mod prose;
mod reading;
mod rhythm;
mod schema;

pub use deal::Dealing;
pub use prompt::as_answer;
pub(super) use prompt::{about, bible, is_english, story_before};
pub(super) use prose::{Part, Prose};
pub(super) use reading::closed;
pub use reading::draft;
pub(super) use schema::{SPACING, heading, object, prose, spacing};

use serde::{Deserialize, Serialize};

use super::job::{Job, Outcome, Role};
use crate::board::lock::locks;
use crate::board::{
    Batch, Bible, Deal, Field, Leaning, Limits, Line, Lock, Origin, Plan, Provenance, Sampler, SceneId, Storyboard,
    Take, TakeId,
};
use crate::taste::Candidate;

/// The scene's own heading may be kept where there is no take yet.
const HEADING: Lock = Lock::Field(Field::Heading);

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SceneAsk {
    /// One take a seed, sampled together.
    pub seeds: Vec<u32>,
    /// How tokens are drawn.
    pub sampler: Sampler,
    /// Parts to keep from the leading take, beside those the scene itself locks.
    pub locked: Vec<Lock>,
    /// What the grammar holds takes to beside the scene's own form.
    pub limits: Limits,
    /// What each take's form is dealt from; it is free where there is none.
    pub deal: Option<Deal>,
    /// Words and phrases that prose leans towards or away from, beside the brief's own words.
    pub leaning: Vec<Leaning>,
    /// Accepted takes of this board to show as worked examples, the one to be followed most last. Those that are not on
    /// the board are left out.
    pub exemplars: Vec<TakeId>,
}

impl SceneAsk {
    /// What a take's plan asked for, to be asked again.
    #[must_use]
    pub fn of(plan: &Plan, seeds: Vec<u32>) -> Self {
        Self {
            seeds,
            sampler: plan.sampler,
            locked: plan.locked.clone(),
            limits: plan.limits.clone(),
            deal: plan.deal.clone(),
            leaning: plan.leaning.clone(),
            exemplars: plan.exemplars.clone(),
        }
    }
}

/// Why takes of a scene cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// No such scene.
    #[error("there is no scene {0} on this board")]
    NoScene(SceneId),
    /// A locked field with nothing to keep.
    #[error("scene {number} keeps its {part}, but there is none yet: write one or pick a take first")]
    NothingToKeep {
        /// The scene's number.
        number: Line,
        /// What was to be kept.
        part: Lock,
    },
    /// Neither brief nor heading nor logline.
    #[error("scene {number} has no brief, and the board no logline: write what should happen first")]
    NothingToGoOn {
        /// The scene's number.
        number: Line,
    },
}

/// A job for takes of one scene, with what reading its outcome needs. Serialises, so that a take can be made again when
/// the board has moved on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SceneJob {
    /// What the model is asked.
    pub job: Job,
    /// Which scene.
    pub scene: SceneId,
    locked: Vec<Lock>,
    kept: Option<Take>,
    bible: Bible,
    #[serde(default)]
    limits: Limits,
    #[serde(default)]
    leaning: Vec<Leaning>,
    #[serde(default)]
    exemplars: Vec<TakeId>,
}

impl SceneJob {
    /// A job for takes of a scene.
    ///
    /// # Errors
    /// [`AskError`] in words for the person.
    pub fn new(board: &Storyboard, scene: SceneId, ask: &SceneAsk) -> Result<Self, AskError> {
        let scene = board.scene(scene).ok_or(AskError::NoScene(scene))?;
        let locked = locks(scene.locked.iter().chain(&ask.locked).copied());
        let kept = scene.leading_take();
        let is_there = |lock: &Lock| *lock == HEADING || kept.is_some_and(|take| lock.is_in(take));
        if let Some(&part) = locked.iter().find(|lock| !is_there(lock)) {
            return Err(AskError::NothingToKeep { number: scene.number.clone(), part });
        }
        if scene.brief.is_empty() && scene.current_heading().is_empty() && board.logline.is_empty() {
            return Err(AskError::NothingToGoOn { number: scene.number.clone() });
        }
        let exemplars = calls::exemplars(board, &ask.exemplars);
        let form = schema::Form { board, scene, locked: &locked, kept, limits: &ask.limits };
        Ok(Self {
            job: Job {
                sections: prompt::sections(board, scene, &locked, kept, &exemplars),
                schema: form.schema(),
                dealing: ask.deal.as_ref().map(|deal| form.dealing(deal)),
                seeds: ask.seeds.clone(),
                sampler: ask.sampler,
                leaning: calls::leaning(board, scene, &ask.leaning),
                max_tokens: form.token_bound(),
                threads: Vec::new(),
            },
            scene: scene.id,
            kept: kept.filter(|_| !locked.is_empty()).cloned(),
            locked,
            bible: board.bible.clone(),
            limits: ask.limits.clone(),
            leaning: ask.leaning.clone(),
            exemplars: exemplars.iter().map(|exemplar| exemplar.take.id).collect(),
        })
    }

    /// Reads the takes; answers that were cut short are left out. Each take gets an identity from `new_id`.
    ///
    /// # Errors
    /// Where an answer is not of the grammar's shape, which a model held to it cannot write.
    pub fn takes(&self, outcome: &Outcome, new_id: impl FnMut() -> TakeId) -> Result<Vec<Take>, serde_json::Error> {
        Ok(self.candidates(outcome, new_id)?.into_iter().map(|candidate| candidate.take).collect())
    }

    /// Reads the takes, each with how the model read it while it wrote it.
    ///
    /// # Errors
    /// As [`Self::takes`].
    pub fn candidates(
        &self,
        outcome: &Outcome,
        mut new_id: impl FnMut() -> TakeId,
    ) -> Result<Vec<Candidate>, serde_json::Error> {
        let answers = outcome.answers.iter().zip(&self.job.seeds).enumerate();
        answers
            .filter_map(|(index, (answer, &seed))| answer.as_ref().map(|answer| (index, answer, seed)))
            .map(|(index, answer, seed)| {
                let mut take = reading::whole(answer, &self.bible)?;
                take.id = new_id();
                take.provenance = self.provenance(outcome, index, seed);
                if let Some(kept) = &self.kept {
                    // A heading alone is the scene's: the take is then not made from another.
                    take.parent = (self.locked != [HEADING]).then_some(kept.id);
                    self.locked.iter().for_each(|lock| lock.put_back(&mut take, kept));
                } else if self.locked.contains(&HEADING) {
                    take.heading = None;
                }
                Ok(Candidate { take, reading: outcome.readings.get(index).cloned().flatten() })
            })
            .collect()
    }

    /// The conversation that asks for the takes, whole: neighbouring sections of one role are one message.
    #[must_use]
    pub fn messages(&self) -> Vec<(Role, String)> {
        let mut messages: Vec<(Role, String)> = Vec::new();
        for section in &self.job.sections {
            match messages.last_mut() {
                Some((role, text)) if *role == section.role => {
                    text.push('\n');
                    text.push_str(&section.text);
                }
                _ => messages.push((section.role, section.text.clone())),
            }
        }
        messages
    }

    fn provenance(&self, outcome: &Outcome, index: usize, seed: u32) -> Provenance {
        Provenance {
            origin: Origin::Model,
            model: Some(Line::clipped(&outcome.model.name, 120)),
            machine: outcome.model.machine,
            model_sha256: outcome.model.sha256.as_deref().map(|sha256| Line::clipped(sha256, 64)),
            prompt_sha256: Some(Line::clipped(&outcome.prompt_sha256, 64)),
            seed: Some(seed),
            plan: Some(Plan {
                sampler: self.job.sampler,
                locked: self.locked.clone(),
                limits: self.limits.clone(),
                deal: self.job.dealing.as_ref().map(|dealing| dealing.deal.clone()),
                exemplars: self.exemplars.clone(),
                leaning: self.leaning.clone(),
                adapter: outcome.model.adapter.clone(),
                weights: outcome.model.weights,
                batch: Some(Batch {
                    seeds: self.job.seeds.clone(),
                    index: u32::try_from(index).unwrap_or(u32::MAX),
                    threads: outcome.threads.clone(),
                }),
            }),
            ..Provenance::default()
        }
    }
}
