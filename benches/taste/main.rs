//! How much verdicts help: simulated reviewers with hidden preferences, the real model's takes.
//!
//! `cargo bench --bench taste` runs every part; `-- brief`, `-- fit`, `-- paced`, `-- review` one of them. Takes are sampled once and
//! kept in the cache folder, by model and prompt: `SLATEBOARD_BENCH_MINUTES` (default 10) bounds the sampling of one run, and
//! a later run goes on where it ended; `SLATEBOARD_BENCH_ARMS` and `SLATEBOARD_BENCH_SEEDS` bound what is asked for, and
//! `SLATEBOARD_BENCH_BOARD` names another of the sample boards. Reviews
//! whose takes are not all there yet are left out of the table, and counted.
#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_precision_loss, clippy::cast_possible_truncation)]
#![allow(clippy::expect_used, reason = "a measurement that cannot be taken has nothing to go on with")]

mod bank;
mod brief;
mod fit;
mod paced;
mod review;
mod reviewers;
mod tune;

use std::path::Path;
use std::time::Duration;

use bank::Bank;
use review::{Arm, Reviewed, review, scenes};
use reviewers::REVIEWERS;
use slateboard::board::{Line, SceneId, Seconds, Storyboard};
use slateboard::store::yaml;
use slateboard::taste::HeadSettings;

/// Seconds of a scene, so that takes are short and many can be sampled.
const SECONDS: f32 = 9.0;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let wanted = |part: &str| asked.is_empty() || asked.iter().any(|name| name == part);
    if wanted("fit") {
        fit::measure();
    }
    let minutes =
        std::env::var("SLATEBOARD_BENCH_MINUTES").ok().and_then(|text| text.parse::<f64>().ok()).unwrap_or(10.0);
    let bank = Bank::open(Duration::from_secs_f64(minutes * 60.0));
    println!("model: {}", bank.model().file_name().unwrap().to_string_lossy());
    let board = board();
    if wanted("brief") {
        brief::measure(&bank, &board);
    }
    if wanted("paced") {
        paced::measure(&bank, &board);
    }
    // Only where it is asked for: it is for choosing defaults.
    if asked.iter().any(|name| name == "tune") {
        tune::measure(&bank, &board);
    }
    if wanted("review") {
        table(&bank, &board);
    }
    if bank.missing() > 0 {
        println!("{} takes were not sampled for want of time: run it again", bank.missing());
    }
}

/// A sample board without its takes, its scenes short: the one that the head's settings were chosen on, or another that
/// `SLATEBOARD_BENCH_BOARD` names.
pub(crate) fn board() -> Storyboard {
    let name = std::env::var("SLATEBOARD_BENCH_BOARD").unwrap_or_else(|_| "the-keeper".to_owned());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("storyboards").join(name).with_extension("yaml");
    let mut board = yaml::read(&std::fs::read(path).unwrap()).unwrap();
    for scene in &mut board.scenes {
        scene.takes.clear();
        scene.locked.clear();
        scene.picked = None;
        scene.seconds = Seconds::new(SECONDS);
    }
    board
}

/// The board as it is asked for takes of one scene: they propose its heading.
pub(crate) fn asked_for(board: &Storyboard, scene: SceneId) -> Storyboard {
    let mut board = board.clone();
    for one in board.scenes.iter_mut().filter(|one| one.id == scene) {
        one.heading = Line::default();
    }
    board
}

fn table(bank: &Bank, board: &Storyboard) {
    let arms: Vec<Arm> = match std::env::var("SLATEBOARD_BENCH_ARMS") {
        Ok(names) => Arm::ALL.into_iter().filter(|arm| names.split(',').any(|name| name == arm.name())).collect(),
        Err(_) => Arm::ALL.to_vec(),
    };
    println!(
        "\naccept rate of the takes shown at verdicts 21 to 40, mean of {} seeds (of {} where the arm samples anew); in brackets the share of the way from none to the ceiling",
        Arm::None.seeds(),
        Arm::All.seeds()
    );
    print!("{:<34}", "");
    arms.iter().for_each(|arm| print!("{:>16}", arm.name()));
    println!("{:>8}", "ranks");
    let scenes = scenes(bank, board);
    if scenes.is_empty() {
        println!("not one scene has takes enough yet");
        return;
    }
    let settings = HeadSettings::default();
    let mut closed: Vec<Vec<f32>> = vec![Vec::new(); arms.len()];
    let mut diverse: Vec<Vec<f32>> = vec![Vec::new(); arms.len()];
    let mut left_out = 0;
    for reviewer in &REVIEWERS {
        let mut means = Vec::new();
        let mut ranks = 0;
        for &arm in &arms {
            let reviews: Vec<Option<Reviewed>> =
                (0..arm.seeds()).map(|seed| review(bank, board, &scenes, reviewer, arm, seed, &settings)).collect();
            left_out += reviews.iter().filter(|one| one.is_none()).count();
            let done: Vec<&Reviewed> = reviews.iter().flatten().collect();
            ranks += if arm == Arm::Head { done.iter().filter(|one| one.ranks).count() } else { 0 };
            let mean = |of: &dyn Fn(&Reviewed) -> f32| done.iter().map(|one| of(one)).sum::<f32>() / done.len() as f32;
            means.push((!done.is_empty()).then(|| {
                (
                    mean(&|one| one.liked),
                    mean(&|one| one.diversity.unlikeness),
                    mean(&|one| one.diversity.distinct_2),
                    mean(&|one| one.diversity.spread),
                )
            }));
        }
        let of = |wanted: Arm| arms.iter().position(|&arm| arm == wanted).and_then(|at| means[at]);
        let (none, ceiling) = (of(Arm::None), of(Arm::Ceiling));
        print!("{:<34}", reviewer.name);
        for (at, mean) in means.iter().enumerate() {
            let Some((liked, unlike, distinct, spread)) = *mean else {
                print!("{:>16}", "-");
                continue;
            };
            let share = match (none, ceiling) {
                (Some(none), Some(ceiling)) if ceiling.0 - none.0 > 0.05 => {
                    Some((liked - none.0) / (ceiling.0 - none.0))
                }
                _ => None,
            };
            if let (Some(share), true) = (share, reviewer.expressible) {
                closed[at].push(share);
            }
            if let Some(none) = none {
                diverse[at].push((unlike / none.1 + distinct / none.2 + spread / none.3) / 3.0);
            }
            print!("{:>16}", share.map_or_else(|| format!("{liked:.2}"), |share| format!("{liked:.2} ({share:.2})")));
        }
        println!("{ranks:>6}/{}", Arm::Head.seeds());
    }
    let mean = |list: &Vec<f32>| list.iter().sum::<f32>() / list.len().max(1) as f32;
    print!("{:<34}", "mean share of the way");
    closed.iter().for_each(|list| print!("{:>16.2}", mean(list)));
    print!("\n{:<34}", "diversity against none's");
    diverse.iter().for_each(|list| print!("{:>16.2}", mean(list)));
    println!();
    if left_out > 0 {
        println!("{left_out} reviews are left out: their takes are not all sampled yet");
    }
}
