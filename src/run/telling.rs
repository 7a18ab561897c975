//! What verdicts taught, for the view of taste: the log is read in a thread of its own, as it may be long.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use super::asking::Asking;
use super::{Arrival, said};
use crate::app::msg::{Epoch, Msg};
use crate::app::taste_view::{About, Taught, Told};
use crate::board::{Line, Storyboard};
use crate::store::{Paths, Samples, reviewer};
use crate::taste::{Change, report, why};
use crate::words::{self, Phrase};

/// Answers in a thread of its own.
pub(super) fn tell(
    asked: Epoch,
    board: Box<Storyboard>,
    about: About,
    sidecar: Option<PathBuf>,
    paths: Paths,
    news: Sender<Arrival>,
) -> std::io::Result<()> {
    let answer = move || {
        let told = told(&board, about, sidecar.as_deref(), &paths);
        // A loop that has ended needs no answer.
        let _ = news.send(Arrival::Msg(Msg::Taste(asked, told)));
    };
    std::thread::Builder::new().name("taste".into()).spawn(answer).map(drop)
}

fn told(board: &Storyboard, about: About, sidecar: Option<&Path>, paths: &Paths) -> Result<Told, Phrase> {
    let asking = match sidecar {
        Some(sidecar) => Asking::of(sidecar, board, paths, reviewer::name()).map_err(|error| said::store(&error))?,
        None => Asking::without_verdicts(paths, reviewer::name()),
    };
    match about {
        About::Board => {
            let changes = |scene| asking.plan(board, scene).changes;
            let plans = board.scenes.iter().map(|scene| (scene.number.clone(), changes(scene)));
            let plans: Vec<(Line, Vec<Change>)> = plans.filter(|(_, changes)| !changes.is_empty()).collect();
            let report = report(&asking.taste, &asking.standing);
            Ok(Told::Board(Box::new(Taught {
                reviewer: asking.reviewer,
                other_boards: asking.other_boards,
                report,
                plans,
            })))
        }
        About::Take(scene, take) => {
            let scene = board.scene(scene).ok_or_else(words::scene_gone)?;
            let take = scene.take(take).ok_or_else(words::take_gone)?;
            // Without a reading the take's structure still speaks.
            let reading = sidecar.and_then(|sidecar| Samples::beside(sidecar).reading(take.id).ok()).flatten();
            Ok(Told::Take(Box::new(why(take, &scene.heading, reading.as_ref(), &asking.taste))))
        }
    }
}
