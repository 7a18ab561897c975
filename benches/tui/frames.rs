//! One frame of the screen in this process: a long board against a short one.

use std::time::Instant;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use slateboard::app::model::{Desk, Model, Place};
use slateboard::board::{Line, Scene, SceneId, Storyboard, Text};
use slateboard::ui::{self, Looks};
use ulid::Ulid;

/// Frames of one measurement, and measurements.
const FRAMES: u32 = 200;
const ROUNDS: usize = 15;

pub(crate) fn measure() {
    let (long, short) = (model(10_000), model(100));
    let looks = Looks::default();
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let mut once = |model: &Model| {
        let begun = Instant::now();
        for _ in 0..FRAMES {
            terminal.draw(|frame| drop(ui::view(model, &looks, frame))).unwrap();
        }
        super::millis(begun.elapsed()) * 1000.0 / f64::from(FRAMES)
    };
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(once(&long));
        theirs.push(once(&short));
    }
    let (ours, theirs) = (super::quantile(&mut ours, 0.5), super::quantile(&mut theirs, 0.5));
    super::line("a frame: 10,000 scenes, 100 scenes", "µs", ours, theirs, 1.1);
}

fn model(scenes: usize) -> Model {
    let (mut model, _) = Model::new(None, Line::new("Anna").unwrap(), (80, 24));
    let scene = |at: usize| Scene {
        id: SceneId::new(Ulid(at as u128 + 1)),
        number: Line::new(&(at + 1).to_string()).unwrap(),
        heading: Line::new("EXT. SHORE - DAWN").unwrap(),
        brief: Text::new("She finds the bottle.").unwrap(),
        ..Scene::default()
    };
    let board = Storyboard { scenes: (0..scenes).map(scene).collect(), ..Storyboard::default() };
    let mut desk = Desk::new("board.yaml".into(), board, false, false);
    desk.go_to(scenes / 2, slateboard::app::now::Now::default());
    model.place = Place::Desk(Box::new(desk));
    model
}
