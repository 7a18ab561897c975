//! What the screen takes off the model's rate: the same takes written with nobody looking, and with each step drawn as the
//! product draws it, by a thread beside the one that hears the engine.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::{TerminalOptions, Viewport, layout::Rect};
use slateboard::app::model::{Desk, Model, Place};
use slateboard::app::msg::{Effect, EngineNews, Epoch, Msg};
use slateboard::app::now::Now;
use slateboard::app::update;
use slateboard::board::{Line, Storyboard};
use slateboard::engine::catalog::Models;
use slateboard::engine::{
    Cancel, Event, Generator as _, GpuLayers, Launch, LocalEngine, SceneAsk, SceneJob, Settings, draft,
};
use slateboard::store::{Paths, yaml};
use slateboard::ui::{self, Looks};

const ROUNDS: usize = 7;
/// Tokens of each take.
const TOKENS: u32 = 96;
/// Takes written together, as the TUI asks for them.
const SEEDS: [u32; 4] = [1, 2, 3, 4];
/// How often a growing take is told: 30 times a second.
const TOLD: Duration = Duration::from_millis(33);

pub(crate) fn measure() {
    let board = Path::new(env!("CARGO_MANIFEST_DIR")).join("storyboards/the-keeper.yaml");
    let board = yaml::read(&std::fs::read(board).unwrap()).unwrap();
    let paths = Paths::from_env().unwrap();
    let wanted = std::env::var("SLATEBOARD_MODEL").ok();
    let model = Models::new(&paths.data, &paths.state).resolve(wanted.as_deref()).expect("a model");
    let settings = Settings { gpu_layers: GpuLayers::Count(0), ..Settings::default() };
    let program = env!("CARGO_BIN_EXE_slateboard").into();
    let mut engine =
        LocalEngine::new(Launch { program, model, sha256: String::new(), settings, cache: None, log: None });
    let ask = SceneAsk { seeds: SEEDS.to_vec(), ..SceneAsk::default() };
    let mut job = SceneJob::new(&board, board.scenes[0].id, &ask).unwrap();
    // Short enough that no take is whole before: every run writes as many tokens.
    job.job.max_tokens = TOKENS;
    let mut rate = |on: &mut dyn FnMut(Event)| {
        let stats = engine.run(&job.job, &Cancel::default(), on).unwrap().stats;
        stats.tokens as f64 / stats.decode_ms * 1e3
    };
    // The prompt is in the cache from here on, for both.
    rate(&mut |_| {});
    let (mut drawn, mut alone, mut frames) = (Vec::new(), Vec::new(), 0.0);
    for _ in 0..ROUNDS {
        let (news, arrivals) = channel();
        let (room, epoch) = room(&board);
        let screen = std::thread::spawn(move || draw(room, epoch, &arrivals));
        let begun = Instant::now();
        drawn.push(told(&mut rate, &board, &news));
        drop(news);
        frames = f64::from(screen.join().unwrap()) / begun.elapsed().as_secs_f64();
        alone.push(rate(&mut |_| {}));
    }
    let (mut losses, pairs): (Vec<f64>, usize) =
        (drawn.iter().zip(&alone).map(|(drawn, alone)| (1.0 - drawn / alone) * 100.0).collect(), drawn.len());
    let loss = super::quantile(&mut losses, 0.5);
    let missed = if loss > 5.0 { "  MISSED" } else { "" };
    println!(
        "{:<64} {:>7.1} %  {:>10} {:>7}  ≤ 5{missed}",
        format!("what the screen takes off the decode rate ({frames:.0} frames/s, {pairs} pairs)"),
        loss,
        "",
        ""
    );
    println!(
        "{:<64} {:>6.1} /s {:>7.1} /s",
        "  tokens: drawn, with nobody looking",
        super::quantile(&mut drawn, 0.5),
        super::quantile(&mut alone, 0.5)
    );
}

/// The rate while every step is told on.
fn told(rate: &mut impl FnMut(&mut dyn FnMut(Event)) -> f64, board: &Storyboard, news: &Sender<EngineNews>) -> f64 {
    let mut texts = vec![(String::new(), Instant::now()); SEEDS.len()];
    rate(&mut |event| {
        let item = match event {
            Event::Piece { index, text } => {
                let (so_far, told) = &mut texts[index];
                so_far.push_str(&text);
                if told.elapsed() < TOLD {
                    return;
                }
                *told = Instant::now();
                EngineNews::Growing(index, draft(so_far, &board.bible))
            }
            Event::Prefill { done, total } => EngineNews::Reading { done, total },
            Event::Pace { tokens_per_s, .. } => EngineNews::Pace(tokens_per_s),
            _ => return,
        };
        news.send(item).unwrap();
    })
}

/// The room with takes asked for.
fn room(board: &Storyboard) -> (Model, Epoch) {
    let (mut model, _) = Model::new(None, Line::new("Anna").unwrap(), (120, 40));
    model.place = Place::Desk(Box::new(Desk::new("board.yaml".into(), board.clone(), false, false)));
    let effects = update(&mut model, Now { at_ms: 1, chance: 1 }, Msg::Key("g".parse().unwrap()));
    let epoch = effects.iter().find_map(|effect| match effect {
        Effect::Generate { epoch, .. } => Some(*epoch),
        _ => None,
    });
    (model, epoch.unwrap())
}

/// Draws what arrives, as the loop of the TUI does; answers how many frames it were.
fn draw(mut model: Model, epoch: Epoch, arrivals: &Receiver<EngineNews>) -> u32 {
    let looks = Looks::default();
    let nowhere = BufWriter::with_capacity(1 << 16, File::create("/dev/null").unwrap());
    let viewport = Viewport::Fixed(Rect::new(0, 0, 120, 40));
    let mut terminal = Terminal::with_options(CrosstermBackend::new(nowhere), TerminalOptions { viewport }).unwrap();
    let mut frames = 0;
    while let Ok(first) = arrivals.recv() {
        let until = Instant::now() + Duration::from_millis(15);
        let mut next = Some(first);
        while let Some(item) = next {
            update(&mut model, Now { at_ms: 1, chance: 1 }, Msg::Engine(epoch, item));
            next = arrivals.try_recv().ok().filter(|_| Instant::now() < until);
        }
        terminal.draw(|frame| drop(ui::view(&model, &looks, frame))).unwrap();
        frames += 1;
    }
    frames
}
