//! How the shots of a take may be framed in time and move: the rhythms a scene's grammar offers, and for each what every
//! shot's camera may do.

use serde::{Deserialize, Serialize};

use super::rhythm::rhythms;
use crate::board::{Limits, Lock, Motion, Move, Range, Scene, Take};

/// What one shot's camera may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Camera {
    /// Anything.
    Free,
    /// Anything but holding still.
    Moves,
    /// Nothing.
    Holds,
}

impl Camera {
    /// The moves it allows.
    pub(super) fn moves(self) -> Vec<Move> {
        let is_allowed = |camera: &Move| match self {
            Self::Free => true,
            Self::Moves => *camera != Move::Static,
            Self::Holds => *camera == Move::Static,
        };
        Move::ALL.iter().copied().filter(is_allowed).collect()
    }

    /// What it adds to the name of a definition.
    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Free => "",
            Self::Moves => "moves",
            Self::Holds => "holds",
        }
    }
}

/// One shot of a rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Beat {
    /// Half seconds; of a kept take's shot its seconds exactly.
    pub(super) seconds: f32,
    pub(super) camera: Camera,
}

/// The ways a take's shots can follow each other. Where one of the shots of `kept` is locked, its own rhythm is the only one.
pub(super) fn ways(scene: &Scene, locked: &[Lock], kept: Option<&Take>, limits: &Limits) -> Vec<Vec<Beat>> {
    let keeps_a_shot = locked.iter().any(|lock| matches!(lock, Lock::Shot(_) | Lock::Staging(_)));
    if let Some(kept) = kept.filter(|_| keeps_a_shot) {
        let fixed: Vec<Option<Move>> =
            (0..kept.shots.len()).map(|at| locked.contains(&Lock::Shot(at)).then_some(kept.shots[at].camera)).collect();
        let seconds: Vec<f32> = kept.shots.iter().map(|shot| shot.seconds.get()).collect();
        return cameras(&fixed, limits.motion).into_iter().map(|cameras| beats(&seconds, &cameras)).collect();
    }
    let all = rhythms(scene.target().get());
    let lengths = within(all.iter().map(Vec::len), limits.shots);
    let fitting = all.into_iter().filter(|rhythm| lengths.contains(&rhythm.len()));
    fitting
        .flat_map(|rhythm| {
            #[expect(clippy::cast_precision_loss, reason = "at most 160 half seconds")]
            let seconds: Vec<f32> = rhythm.iter().map(|&halves| halves as f32 / 2.0).collect();
            let free = vec![None; rhythm.len()];
            cameras(&free, limits.motion).into_iter().map(move |cameras| beats(&seconds, &cameras)).collect::<Vec<_>>()
        })
        .collect()
}

fn beats(seconds: &[f32], cameras: &[Camera]) -> Vec<Beat> {
    seconds.iter().zip(cameras).map(|(&seconds, &camera)| Beat { seconds, camera }).collect()
}

/// The numbers of shots that lie in the range; where none does, those nearest to it.
fn within(lengths: impl Iterator<Item = usize>, range: Option<Range>) -> Vec<usize> {
    let lengths: Vec<usize> = lengths.collect();
    let Some(range) = range else { return lengths };
    let distance = |length: usize| {
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        range.least.saturating_sub(length).max(length.saturating_sub(range.most))
    };
    let nearest = lengths.iter().map(|&length| distance(length)).min().unwrap_or(0);
    lengths.into_iter().filter(|&length| distance(length) == nearest).collect()
}

/// What each camera may do so that the motion holds, in as many ways as it takes. `fixed` are the moves of shots that
/// stay as they are.
fn cameras(fixed: &[Option<Move>], motion: Option<Motion>) -> Vec<Vec<Camera>> {
    let anything = vec![vec![Camera::Free; fixed.len()]];
    match motion {
        None => anything,
        Some(Motion::AllMove) => vec![vec![Camera::Moves; fixed.len()]],
        Some(Motion::AllHold) => vec![vec![Camera::Holds; fixed.len()]],
        Some(Motion::SomeMove) if fixed.iter().flatten().any(|&camera| camera != Move::Static) => anything,
        Some(Motion::SomeHold) if fixed.iter().flatten().any(|&camera| camera == Move::Static) => anything,
        Some(Motion::SomeMove) => first_one(fixed, Camera::Moves, Camera::Holds),
        Some(Motion::SomeHold) => first_one(fixed, Camera::Holds, Camera::Moves),
    }
}

/// One way for each free shot to be the first that does `this`; those before it do `other`.
fn first_one(fixed: &[Option<Move>], this: Camera, other: Camera) -> Vec<Vec<Camera>> {
    let firsts = (0..fixed.len()).filter(|&at| fixed[at].is_none());
    let ways: Vec<Vec<Camera>> = firsts
        .map(|first| {
            let camera = |at: usize| match at.cmp(&first) {
                std::cmp::Ordering::Less => other,
                std::cmp::Ordering::Equal => this,
                std::cmp::Ordering::Greater => Camera::Free,
            };
            (0..fixed.len()).map(camera).collect()
        })
        .collect();
    // Where every shot is kept there is nothing to choose.
    if ways.is_empty() { vec![vec![Camera::Free; fixed.len()]] } else { ways }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Seconds;
    use Camera::{Free, Holds, Moves};

    fn scene(seconds: f32) -> Scene {
        Scene { seconds: Seconds::new(seconds), ..Scene::default() }
    }

    #[test]
    fn some_motion_is_the_first_that_moves_wherever_it_comes() {
        let free = [None, None, None];
        assert_eq!(
            cameras(&free, Some(Motion::SomeMove)),
            [vec![Moves, Free, Free], vec![Holds, Moves, Free], vec![Holds, Holds, Moves]]
        );
        let panned = [None, Some(Move::PanLeft)];
        assert_eq!(cameras(&panned, Some(Motion::SomeMove)), [[Free, Free]], "a kept shot moves already");
        assert_eq!(cameras(&[Some(Move::Static)], Some(Motion::SomeMove)), [[Free]], "nothing is left to choose");
    }

    #[test]
    fn a_range_of_shots_holds_as_far_as_the_scene_can_be_divided() {
        let lengths = |least, most| {
            let limits = Limits { shots: Some(Range { least, most }), ..Limits::default() };
            let mut found: Vec<usize> = ways(&scene(12.0), &[], None, &limits).iter().map(Vec::len).collect();
            found.dedup();
            found
        };
        assert_eq!(lengths(2, 3), [2, 3]);
        assert_eq!(lengths(1, 1), [2], "the nearest there is");
        assert_eq!(lengths(7, 9), [4]);
    }

    #[test]
    fn every_way_of_every_motion_fills_the_scene() {
        for motion in Motion::ALL {
            let limits = Limits { motion: Some(*motion), ..Limits::default() };
            let ways = ways(&scene(17.0), &[], None, &limits);
            assert!(!ways.is_empty());
            for way in ways {
                let sum: f32 = way.iter().map(|beat| beat.seconds).sum();
                assert!((sum - 17.0).abs() < 0.3, "{motion} {way:?}");
                assert!(way.iter().all(|beat| !beat.camera.moves().is_empty()));
            }
        }
    }
}
