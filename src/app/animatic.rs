//! The animatic: the board's shots played in their seconds, with the line spoken and the timecode.

use super::model::{Model, View};
use super::msg::Effect;
use super::now::Now;
use crate::board::{Scene, Shot, Speech, Storyboard, Take};

/// How often it wants to be told the time while it plays, in milliseconds: 15 times a second.
pub const TICK_MS: u64 = 66;
/// The speeds it can play at.
const SPEEDS: [f32; 5] = [0.5, 1.0, 1.5, 2.0, 4.0];

/// Where it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Playhead {
    /// The scene's position.
    pub scene: usize,
    /// The shot's position in the take that speaks for the scene.
    pub shot: usize,
    /// Seconds into the shot.
    pub seconds: f32,
}

/// What is played again at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loop {
    /// Nothing.
    Off,
    /// The scene.
    Scene,
    /// The board.
    Board,
}

/// The animatic.
#[derive(Debug, Clone, PartialEq)]
pub struct Animatic {
    /// Where it stands.
    pub at: Playhead,
    /// Whether it plays.
    pub playing: bool,
    /// How fast; 1 is as it will be.
    pub speed: f32,
    /// What is played again.
    pub again: Loop,
    /// The moment of the last tick.
    last_ms: u64,
    /// Milliseconds from picture to picture, smoothed; `None` until two were shown.
    pace_ms: Option<f32>,
}

/// How long each shot of a scene lasts; a scene without a take is one card of the seconds aimed at.
fn lengths(scene: &Scene) -> Vec<f32> {
    match scene.leading_take() {
        Some(take) if !take.shots.is_empty() => take.shots.iter().map(|shot| shot.seconds.get()).collect(),
        _ => vec![scene.target().get()],
    }
}

/// How long a scene lasts.
#[must_use]
pub fn seconds_of(scene: &Scene) -> f32 {
    lengths(scene).iter().sum()
}

impl Animatic {
    /// Standing at the beginning of a scene.
    #[must_use]
    pub fn at_scene(scene: usize) -> Self {
        let at = Playhead { scene, ..Playhead::default() };
        Self { at, playing: false, speed: 1.0, again: Loop::Off, last_ms: 0, pace_ms: None }
    }

    /// The scene it stands in, with the take and the shot shown; `None` where there is none.
    #[must_use]
    pub fn shown<'a>(&self, board: &'a Storyboard) -> Option<(&'a Scene, Option<(&'a Take, &'a Shot)>)> {
        let scene = board.scenes.get(self.at.scene)?;
        let shot = scene.leading_take().and_then(|take| Some((take, take.shots.get(self.at.shot)?)));
        Some((scene, shot))
    }

    /// The same, standing at the beginning of the shot that comes next; `None` behind the last one.
    #[must_use]
    pub fn next(&self, board: &Storyboard) -> Option<Self> {
        let length = *lengths(board.scenes.get(self.at.scene)?).get(self.at.shot)?;
        let mut next = Self { playing: true, ..self.clone() };
        next.go_on(board, (length - self.at.seconds).max(0.0));
        next.playing.then_some(next)
    }

    /// Pictures a second, as far as it plays: where they come more slowly than they should, some are left out and the time
    /// stays right.
    #[must_use]
    pub fn rate(&self) -> Option<f32> {
        self.pace_ms.filter(|_| self.playing).map(|pace| 1000.0 / pace.max(1.0))
    }

    /// The share of the shot that has been played, from 0 to 1.
    #[must_use]
    pub fn share(&self, board: &Storyboard) -> f32 {
        let length = board.scenes.get(self.at.scene).and_then(|scene| lengths(scene).get(self.at.shot).copied());
        length.filter(|length| *length > 0.0).map_or(0.0, |length| (self.at.seconds / length).clamp(0.0, 1.0))
    }

    /// Seconds into the scene.
    #[must_use]
    pub fn into_scene(&self, scene: &Scene) -> f32 {
        lengths(scene).iter().take(self.at.shot).sum::<f32>() + self.at.seconds
    }

    /// Seconds into the board, and the board's length.
    #[must_use]
    pub fn into_board(&self, board: &Storyboard) -> (f32, f32) {
        let (mut before, mut all) = (0.0, 0.0);
        for (at, scene) in board.scenes.iter().enumerate() {
            let length = seconds_of(scene);
            before += match at.cmp(&self.at.scene) {
                std::cmp::Ordering::Less => length,
                std::cmp::Ordering::Equal => self.into_scene(scene),
                std::cmp::Ordering::Greater => 0.0,
            };
            all += length;
        }
        (before, all)
    }

    /// Goes on by so many seconds of the board; over shots and scenes, and back where it is to begin again.
    fn go_on(&mut self, board: &Storyboard, seconds: f32) {
        self.at.seconds += seconds;
        // Each turn passes a shot, so a board whose shots last no time ends all the same.
        let mut passed = 0_usize;
        while let Some(scene) = board.scenes.get(self.at.scene) {
            let lengths = lengths(scene);
            let length = lengths.get(self.at.shot).copied().unwrap_or_default();
            if self.at.seconds < length {
                return;
            }
            let over = self.at.seconds - length;
            let last_shot = self.at.shot + 1 >= lengths.len();
            let last_scene = self.at.scene + 1 >= board.scenes.len();
            self.at = match (last_shot, last_scene, self.again) {
                (false, ..) => Playhead { shot: self.at.shot + 1, seconds: over, ..self.at },
                (true, _, Loop::Scene) => Playhead { scene: self.at.scene, shot: 0, seconds: over },
                (true, false, _) => Playhead { scene: self.at.scene + 1, shot: 0, seconds: over },
                (true, true, Loop::Board) => Playhead { scene: 0, shot: 0, seconds: over },
                (true, true, Loop::Off) => {
                    self.playing = false;
                    self.at.seconds = length;
                    return;
                }
            };
            passed += 1;
            if passed > 10_000 {
                self.at.seconds = 0.0;
                return;
            }
        }
    }
}

/// The line that is spoken at a moment of the scene: lines share its time by their length, whether it has shots or not.
#[must_use]
pub fn line_at(scene: &Scene, seconds: f32) -> Option<&Speech> {
    let take = scene.leading_take()?;
    let weight = |speech: &Speech| speech.line.chars().count().max(1) as f32;
    let all: f32 = take.dialogue.iter().map(weight).sum();
    let mut until = 0.0;
    take.dialogue.iter().find(|speech| {
        until += weight(speech) / all * seconds_of(scene);
        seconds < until
    })
}

/// `HH:MM:SS:FF` at so many frames a second.
#[must_use]
pub fn timecode(seconds: f32, fps: f32) -> String {
    let rate = f64::from(fps).round().max(1.0);
    // A timecode counts whole frames; half a frame's rounding keeps 2.0 s from showing as 1:23.
    let frames = (f64::from(seconds.max(0.0)) * f64::from(fps.max(1.0)) + 0.001).floor();
    let whole = (frames / rate).floor();
    let (hours, minutes) = ((whole / 3600.0).floor(), (whole / 60.0).floor() % 60.0);
    format!("{hours:02.0}:{minutes:02.0}:{:02.0}:{:02.0}", whole % 60.0, frames % rate)
}

fn shown_mut(model: &mut Model) -> Option<(&mut Animatic, &Storyboard)> {
    let desk = model.desk_mut()?;
    match &mut desk.view {
        View::Animatic(animatic) => Some((animatic, &desk.board)),
        _ => None,
    }
}

pub(super) fn is_open(model: &Model) -> bool {
    model.desk().is_some_and(|desk| matches!(desk.view, View::Animatic(_)) && !desk.board.scenes.is_empty())
}

/// Time has passed.
pub(super) fn tick(model: &mut Model, now: Now) {
    let Some((animatic, board)) = shown_mut(model) else { return };
    if !animatic.playing {
        return;
    }
    // A program that was stopped for a while goes on where it was.
    let passed = now.at_ms.saturating_sub(animatic.last_ms).min(500);
    animatic.last_ms = now.at_ms;
    let passed_ms = passed.max(1) as f32;
    animatic.pace_ms = Some(animatic.pace_ms.map_or(passed_ms, |before| before + (passed_ms - before) * 0.2));
    animatic.go_on(board, passed as f32 / 1000.0 * animatic.speed);
}

pub(super) fn play(model: &mut Model, now: Now) -> Vec<Effect> {
    if let Some((animatic, board)) = shown_mut(model) {
        animatic.playing = !animatic.playing;
        animatic.last_ms = now.at_ms;
        animatic.pace_ms = None;
        let (at, all) = animatic.into_board(board);
        // At the end, play begins again.
        if animatic.playing && at >= all - 0.001 {
            animatic.at = Playhead::default();
        }
    }
    Vec::new()
}

fn go(model: &mut Model, to: impl Fn(Playhead, &Storyboard) -> Playhead) -> Vec<Effect> {
    if let Some((animatic, board)) = shown_mut(model) {
        animatic.at = to(animatic.at, board);
    }
    Vec::new()
}

pub(super) fn next_shot(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, |at, board| {
        let shots = board.scenes.get(at.scene).map_or(0, |scene| lengths(scene).len());
        match (at.shot + 1 < shots, at.scene + 1 < board.scenes.len()) {
            (true, _) => Playhead { shot: at.shot + 1, seconds: 0.0, ..at },
            (false, true) => Playhead { scene: at.scene + 1, ..Playhead::default() },
            (false, false) => at,
        }
    })
}

/// To the shot's beginning; from there to the shot before.
pub(super) fn previous_shot(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, |at, board| match (at.seconds > 0.3, at.shot, at.scene) {
        (true, ..) | (false, 0, 0) => Playhead { seconds: 0.0, ..at },
        (false, 0, scene) => {
            let shots = board.scenes.get(scene - 1).map_or(1, |scene| lengths(scene).len());
            Playhead { scene: scene - 1, shot: shots.saturating_sub(1), seconds: 0.0 }
        }
        (false, shot, _) => Playhead { shot: shot - 1, seconds: 0.0, ..at },
    })
}

pub(super) fn next_scene(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, |at, board| Playhead {
        scene: (at.scene + 1).min(board.scenes.len().saturating_sub(1)),
        ..Playhead::default()
    })
}

pub(super) fn previous_scene(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, |at, _| Playhead { scene: at.scene.saturating_sub(1), ..Playhead::default() })
}

pub(super) fn first(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, |_, _| Playhead::default())
}

fn change_speed(model: &mut Model, by: impl Fn(usize) -> usize) -> Vec<Effect> {
    if let Some((animatic, _)) = shown_mut(model) {
        let at = SPEEDS.iter().position(|speed| *speed >= animatic.speed).unwrap_or(1);
        animatic.speed = SPEEDS[by(at).min(SPEEDS.len() - 1)];
    }
    Vec::new()
}

pub(super) fn faster(model: &mut Model, _: Now) -> Vec<Effect> {
    change_speed(model, |at| at + 1)
}

pub(super) fn slower(model: &mut Model, _: Now) -> Vec<Effect> {
    change_speed(model, |at| at.saturating_sub(1))
}

pub(super) fn turn_loop(model: &mut Model, _: Now) -> Vec<Effect> {
    if let Some((animatic, _)) = shown_mut(model) {
        animatic.again = match animatic.again {
            Loop::Off => Loop::Scene,
            Loop::Scene => Loop::Board,
            Loop::Board => Loop::Off,
        };
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Seconds;

    fn board() -> Storyboard {
        let scene = |seconds| Scene { seconds: Seconds::new(seconds), ..Scene::default() };
        Storyboard { scenes: vec![scene(2.0), scene(3.0)], ..Storyboard::default() }
    }

    #[test]
    fn it_goes_on_over_scenes_and_ends_or_begins_again() {
        let board = board();
        let mut animatic = Animatic { playing: true, ..Animatic::at_scene(0) };
        animatic.go_on(&board, 2.5);
        assert_eq!((animatic.at.scene, animatic.at.seconds), (1, 0.5));
        animatic.go_on(&board, 9.0);
        assert!(!animatic.playing, "it ends");
        animatic.again = Loop::Board;
        animatic.go_on(&board, 1.0);
        assert_eq!(animatic.at.scene, 0);
        animatic.again = Loop::Scene;
        animatic.go_on(&board, 2.0);
        assert_eq!(animatic.at.scene, 0, "the scene again");
    }

    #[test]
    fn a_board_whose_scenes_last_no_time_does_not_hang() {
        let scene = Scene { seconds: Seconds::new(0.0), ..Scene::default() };
        let board = Storyboard { scenes: vec![scene], ..Storyboard::default() };
        let mut animatic = Animatic { again: Loop::Board, playing: true, ..Animatic::at_scene(0) };
        animatic.go_on(&board, 1.0);
        assert_eq!(animatic.at.scene, 0);
    }

    #[test]
    fn a_take_without_shots_is_heard_over_the_seconds_its_scene_aims_at() {
        let yaml = r#"{seconds: 8, takes: [{dialogue: [{speaker: A, line: "Who are you?"}, {speaker: B, line: "Nobody now."}]}]}"#;
        let scene: Scene = serde_yaml::from_str(yaml).unwrap();
        let heard = |at| line_at(&scene, at).map(|speech| speech.line.to_string());
        assert_eq!((heard(1.0), heard(7.0)), (Some("Who are you?".into()), Some("Nobody now.".into())));
        assert_eq!(heard(8.5), None);
    }

    #[test]
    fn a_timecode_counts_frames() {
        let cases = [
            (0.0, 24.0, "00:00:00:00"),
            (2.0, 24.0, "00:00:02:00"),
            (61.5, 24.0, "00:01:01:12"),
            (3600.04, 25.0, "01:00:00:01"),
        ];
        for (seconds, fps, expected) in cases {
            assert_eq!(timecode(seconds, fps), expected);
        }
    }
}
