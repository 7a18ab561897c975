//! Proposals for the board: from what the core asks to the engine's jobs, and back.

use std::time::Instant;

use super::engine_link::{SHOW_EVERY, ready};
use super::said;
use crate::app::msg::{EngineNews, Epoch, Failure};
use crate::app::proposals::{Ask, Proposal};
use crate::board::Storyboard;
use crate::engine::outline::{
    EntryProposal, SceneProposal, bible_job, draft_bible, draft_scenes, read_bible, read_scenes, scenes_job,
};
use crate::engine::{Cancel, Event, Generator};
use crate::words::{self, Phrase};

/// What somebody wants proposed.
pub(super) struct Question {
    pub(super) epoch: Epoch,
    pub(super) board: Box<Storyboard>,
    pub(super) ask: Ask,
    pub(super) seed: u32,
}

/// Runs the job, telling what is there while it grows.
pub(super) fn propose(
    generator: &mut dyn Generator,
    question: &Question,
    cancel: &Cancel,
    tell: &dyn Fn(EngineNews),
) -> Result<(), Failure> {
    let Question { board, ask, seed, .. } = question;
    let job = match *ask {
        Ask::Bible => bible_job(board, *seed),
        Ask::Scenes { count, at } => scenes_job(board, count, at, *seed),
    };
    let mut so_far = String::new();
    let mut shown = Instant::now();
    let outcome = generator.run(&job, cancel, &mut |event| match event {
        Event::Loading(share) => tell(EngineNews::Loading(share)),
        Event::Loaded(loaded) => tell(ready(&loaded)),
        Event::Prefill { done, total } => tell(EngineNews::Reading { done, total }),
        Event::Piece { text, .. } => {
            so_far.push_str(&text);
            if shown.elapsed() >= SHOW_EVERY {
                shown = Instant::now();
                tell(EngineNews::Proposing(match ask {
                    Ask::Bible => entries(draft_bible(board, &so_far)),
                    Ask::Scenes { .. } => scenes(draft_scenes(&so_far)),
                }));
            }
        }
        Event::Again { .. } => so_far.clear(),
        Event::Finished { .. } => {}
        Event::Pace { tokens_per_s, .. } => tell(EngineNews::Pace(tokens_per_s)),
    });
    let answer = outcome.map_err(said::engine)?.answers.into_iter().next().flatten();
    let answer = answer.ok_or_else(|| Failure::Refused(words::proposals_cut()))?;
    let refused = |error: serde_json::Error| Failure::Refused(Phrase::verbatim(error.to_string()));
    tell(EngineNews::Proposed(match ask {
        Ask::Bible => entries(read_bible(board, &answer).map_err(refused)?),
        Ask::Scenes { .. } => scenes(read_scenes(&answer).map_err(refused)?),
    }));
    Ok(())
}

fn entries(list: Vec<EntryProposal>) -> Vec<Proposal> {
    list.into_iter().map(|EntryProposal { kind, entry }| Proposal::Entry { kind, entry }).collect()
}

fn scenes(list: Vec<SceneProposal>) -> Vec<Proposal> {
    list.into_iter().map(|SceneProposal { heading, brief }| Proposal::Scene { heading, brief }).collect()
}
