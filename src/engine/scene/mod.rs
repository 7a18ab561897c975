//! A scene's takes: the job that asks for them, and the takes read from its outcome.

mod prompt;
mod prose;
mod reading;
mod rhythm;
mod schema;

pub(super) use prompt::{about, bible, is_english, story_before};
pub(super) use prose::{Part, Prose};
pub(super) use reading::closed;
pub use reading::draft;
pub(super) use schema::{heading, object, prose};

use serde::{Deserialize, Serialize};

use super::job::{Job, Outcome};
use crate::board::{
    Batch, Bible, Field, Line, Origin, Plan, Provenance, Sampler, Scene, SceneId, Storyboard, Take, TakeId,
};

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneAsk {
    /// One take a seed, sampled together.
    pub seeds: Vec<u32>,
    /// How tokens are drawn.
    pub sampler: Sampler,
    /// Fields to keep from the leading take, beside those the scene itself locks.
    pub locked: Vec<Field>,
}

/// Why takes of a scene cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// No such scene.
    #[error("there is no scene {0} on this board")]
    NoScene(SceneId),
    /// A locked field with nothing to keep.
    #[error("scene {number} keeps its {field}, but there is none yet: write one or pick a take first")]
    NothingToKeep {
        /// The scene's number.
        number: Line,
        /// The field.
        field: Field,
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
    locked: Vec<Field>,
    kept: Option<Take>,
    bible: Bible,
}

impl SceneJob {
    /// A job for takes of a scene.
    ///
    /// # Errors
    /// [`AskError`] in words for the person.
    pub fn new(board: &Storyboard, scene: SceneId, ask: &SceneAsk) -> Result<Self, AskError> {
        let scene = board.scene(scene).ok_or(AskError::NoScene(scene))?;
        let locked = locked_fields(scene, &ask.locked);
        let kept = scene.leading_take();
        if let Some(&field) = locked.iter().find(|&&field| field != Field::Heading && kept.is_none()) {
            return Err(AskError::NothingToKeep { number: scene.number.clone(), field });
        }
        if scene.brief.is_empty() && scene.current_heading().is_empty() && board.logline.is_empty() {
            return Err(AskError::NothingToGoOn { number: scene.number.clone() });
        }
        Ok(Self {
            job: Job {
                sections: prompt::sections(board, scene, &locked, kept),
                schema: schema::take_schema(board, scene, &locked, kept),
                seeds: ask.seeds.clone(),
                sampler: ask.sampler,
                max_tokens: schema::token_bound(scene, &locked, kept),
                threads: Vec::new(),
            },
            scene: scene.id,
            kept: kept.filter(|_| !locked.is_empty()).cloned(),
            locked,
            bible: board.bible.clone(),
        })
    }

    /// Reads the takes; answers that were cut short are left out. Each take gets an identity from `new_id`.
    ///
    /// # Errors
    /// Where an answer is not of the grammar's shape, which a model held to it cannot write.
    pub fn takes(&self, outcome: &Outcome, mut new_id: impl FnMut() -> TakeId) -> Result<Vec<Take>, serde_json::Error> {
        let answers = outcome.answers.iter().zip(&self.job.seeds).enumerate();
        answers
            .filter_map(|(index, (answer, &seed))| answer.as_ref().map(|answer| (index, answer, seed)))
            .map(|(index, answer, seed)| {
                let mut take = reading::whole(answer, &self.bible)?;
                take.id = new_id();
                take.provenance = self.provenance(outcome, index, seed);
                if let Some(kept) = &self.kept {
                    // A heading alone is the scene's: the take is then not made from another.
                    take.parent = (self.locked != [Field::Heading]).then_some(kept.id);
                    keep(&mut take, kept, &self.locked);
                } else if self.locked.contains(&Field::Heading) {
                    take.heading = None;
                }
                Ok(take)
            })
            .collect()
    }

    fn provenance(&self, outcome: &Outcome, index: usize, seed: u32) -> Provenance {
        Provenance {
            origin: Origin::Model,
            model: Some(Line::clipped(&outcome.model.name, 120)),
            model_sha256: Some(Line::clipped(&outcome.model.sha256, 64)),
            prompt_sha256: Some(Line::clipped(&outcome.prompt_sha256, 64)),
            seed: Some(seed),
            plan: Some(Plan {
                sampler: self.job.sampler,
                locked: self.locked.clone(),
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

/// The scene's own locks and those asked for, each once, in the order of a take's fields.
fn locked_fields(scene: &Scene, asked: &[Field]) -> Vec<Field> {
    Field::ALL.iter().copied().filter(|field| scene.locked.contains(field) || asked.contains(field)).collect()
}

/// Puts the locked fields back as they were, with what only other programs understand.
fn keep(take: &mut Take, kept: &Take, locked: &[Field]) {
    for field in locked {
        match field {
            Field::Heading => take.heading.clone_from(&kept.heading),
            Field::Action => take.action.clone_from(&kept.action),
            Field::Dialogue => take.dialogue.clone_from(&kept.dialogue),
            Field::Sound => take.sound.clone_from(&kept.sound),
            Field::Shots => take.shots.clone_from(&kept.shots),
        }
    }
}
