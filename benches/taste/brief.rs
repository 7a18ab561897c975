//! How far takes keep to their brief: the share of the brief's content words and names that they use.

use std::collections::BTreeSet;

use slateboard::board::{Storyboard, Take};
use slateboard::engine::SceneJob;
use slateboard::run::asking::ask;
use slateboard::taste::{Next, words};

use super::asked_for;
use super::bank::Bank;
use super::review::{SCENES, copies};

/// Takes of each scene looked at.
const TAKES: usize = 16;

pub(crate) fn measure(bank: &Bank, board: &Storyboard) {
    println!("\nhow far takes keep to their brief (means over {TAKES} takes of each scene)");
    println!(
        "{:<8}{:>14}{:>14}{:>10}{:>14}{:>14}",
        "scene", "brief's words", "brief's names", "words", "near copies", "likelihood"
    );
    let mut sums = [0.0; 2];
    for scene in board.scenes.iter().take(SCENES) {
        let job =
            SceneJob::new(&asked_for(board, scene.id), scene.id, &ask(&Next::default(), &[], Vec::new())).unwrap();
        let takes = bank.takes(&job, TAKES);
        let takes = &takes[..takes.len().min(TAKES)];
        let names: Vec<&str> = board.bible.subjects().map(|name| name.as_str()).collect();
        let told: BTreeSet<String> = stems(&scene.brief);
        let is_name = |stem: &String| names.iter().any(|name| stems(name).contains(stem));
        let (named, content): (BTreeSet<String>, BTreeSet<String>) = told.into_iter().partition(is_name);
        let share = |of: &BTreeSet<String>, take: &Take| {
            let used = used(take);
            of.iter().filter(|stem| used.contains(*stem)).count() as f32 / of.len().max(1) as f32
        };
        let mean =
            |of: &dyn Fn(&Take) -> f32| takes.iter().map(|one| of(&one.take)).sum::<f32>() / takes.len().max(1) as f32;
        let (content, named) = (mean(&|take| share(&content, take)), mean(&|take| share(&named, take)));
        let length = mean(&|take| words::prose(take).flat_map(str::split_whitespace).count() as f32);
        let likelihood: Vec<f32> = takes.iter().filter_map(|one| one.reading.as_ref()?.likelihood).collect();
        let likelihood = likelihood.iter().sum::<f32>() / likelihood.len().max(1) as f32;
        println!(
            "{:<8}{content:>14.2}{named:>14.2}{length:>10.0}{:>14.3}{likelihood:>14.2}",
            scene.number,
            copies(takes)
        );
        sums[0] += content / SCENES as f32;
        sums[1] += named / SCENES as f32;
        if std::env::var_os("SLATEBOARD_BENCH_SHOW").is_some() {
            takes.iter().take(3).for_each(|one| println!("    {}", one.take.action));
        }
    }
    println!("{:<8}{:>14.2}{:>14.2}", "all", sums[0], sums[1]);
}

fn stems(text: &str) -> BTreeSet<String> {
    words::content(text).map(|word| words::stem(&word)).collect()
}

/// The stems of prose and of names staged or speaking.
fn used(take: &Take) -> BTreeSet<String> {
    let mut used = words::stems(take);
    let subjects = take.shots.iter().flat_map(|shot| &shot.staging).map(|staged| staged.subject.as_str());
    let speakers = take.dialogue.iter().map(|speech| speech.speaker.as_str());
    used.extend(subjects.chain(speakers).flat_map(stems));
    used
}
