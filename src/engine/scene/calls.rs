//! What a scene's job calls on beside its grammar: the brief's own words, and accepted takes as worked examples.

use std::collections::BTreeSet;

use crate::board::{Leaning, Line, Scene, Storyboard, Take, TakeId};
use crate::taste::words;

/// How strongly prose leans towards a word of the brief until it stands there once, in nats.
const PULL: f32 = 0.8;
/// The most words of a brief leant towards. The first ones say what the scene is about.
const PULLED: usize = 12;

/// How strongly prose leans away from the words of staging, in nats: a small model else describes each shot in them.
const STAGED: f32 = -1.5;
/// Words of staging that prose has little other use for.
const STAGING: [&str; 4] = ["center", "centre", "middle", "camera"];

/// An accepted take with the scene it answers.
pub(super) struct Exemplar<'a> {
    pub(super) scene: &'a Scene,
    pub(super) take: &'a Take,
}

/// The takes of these ids that are on the board, in the order given.
pub(super) fn exemplars<'a>(board: &'a Storyboard, wanted: &[TakeId]) -> Vec<Exemplar<'a>> {
    let find = |&id: &TakeId| board.scenes.iter().find_map(|scene| Some(Exemplar { scene, take: scene.take(id)? }));
    wanted.iter().filter_map(find).collect()
}

/// The leanings of a job: the brief's words first, then those asked for.
///
/// A small model drifts away from a brief within a sentence. A pull on the brief's own words, which ends once a word is
/// written, keeps it there without asking it to understand anything.
pub(super) fn leaning(board: &Storyboard, scene: &Scene, asked: &[Leaning]) -> Vec<Leaning> {
    let avoided: BTreeSet<String> =
        asked.iter().filter(|leaning| leaning.by < 0.0).map(|leaning| leaning.phrase.to_lowercase()).collect();
    let names: BTreeSet<String> =
        board.bible.entries().flat_map(|(_, entry)| words::content(&entry.name).collect::<Vec<_>>()).collect();
    let mut seen = BTreeSet::new();
    let towards = words::content(&scene.brief)
        // A name is written in capitals, which the grammar offers anyway.
        .filter(|word| !names.contains(word) && !avoided.contains(word) && seen.insert(words::stem(word)))
        .take(PULLED)
        .map(|word| Leaning { phrase: Line::clipped(&word, 40), by: PULL });
    let brief: BTreeSet<String> = words::content(&scene.brief).collect();
    let staging = STAGING
        .iter()
        .filter(|word| !brief.contains(**word))
        .map(|word| Leaning { phrase: Line::clipped(word, 40), by: STAGED });
    towards.collect::<Vec<_>>().into_iter().chain(staging).chain(asked.iter().cloned()).collect()
}
