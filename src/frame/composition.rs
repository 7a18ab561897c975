//! PURE: from a shot to who stands where on the panel and how big.
//!
//! Coordinates are the panel's: x from 0 to its ratio, y from 0 at the top to 1 at the bottom; lengths are in panel
//! heights. A camera at a given height sees its own height on the horizon, so a body of apparent height h has its
//! feet `camera height × h` below it, near or far. That one rule keeps every figure on one ground.

use crate::board::heading::Heading;
use crate::board::{Angle, Depth, Facing, Kind, Move, Position, Shot, Size, Staging, Storyboard, aspect};

use super::pose::Pose;

/// What a shot is staged on, the same for a whole scene.
#[derive(Debug, Clone, Copy)]
pub struct Stage<'a> {
    board: &'a Storyboard,
    interior: bool,
}

impl<'a> Stage<'a> {
    /// The stage of a scene with that heading.
    #[must_use]
    pub fn new(board: &'a Storyboard, heading: &str) -> Self {
        let prefix = Heading::parse(heading).map(|heading| heading.prefix.to_ascii_uppercase()).unwrap_or_default();
        Self { board, interior: prefix.starts_with("INT") }
    }

    fn ratio(&self) -> f32 {
        aspect::ratio(&self.board.aspect).unwrap_or(16.0 / 9.0)
    }

    fn is_prop(&self, staged: &Staging) -> bool {
        match self.board.bible.find(&staged.subject) {
            Some((kind, _)) => kind == Kind::Prop,
            // Whoever looks somewhere or holds a pose has a body.
            None => staged.facing.is_none() && staged.pose.is_none(),
        }
    }
}

/// A panel, composed.
#[derive(Debug, Clone, PartialEq)]
pub struct Composition {
    /// Width to height.
    pub ratio: f32,
    /// Where the horizon lies; outside 0 to 1 it is not seen.
    pub horizon: f32,
    /// How far the camera is tilted, in degrees clockwise.
    pub tilt: f32,
    /// Seen straight down: a plan, without a horizon.
    pub plan: bool,
    /// Whether there are walls.
    pub interior: bool,
    /// Whether it is seen through someone's eyes.
    pub vignette: bool,
    /// Farthest first.
    pub subjects: Vec<Placed>,
    /// A shoulder that nobody was staged for, at this x.
    pub shoulder: Option<f32>,
    /// What the camera does.
    pub camera: Move,
}

/// A subject on the panel.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Its name.
    pub name: String,
    /// Whether it is a prop: a thing, without a body.
    pub prop: bool,
    /// The middle of it.
    pub x: f32,
    /// Where it stands.
    pub feet: f32,
    /// How high a standing body is there.
    pub height: f32,
    /// Where it looks.
    pub facing: Facing,
    /// What its body does.
    pub pose: Pose,
}

/// How high a body at middle depth is, in panel heights, and where the top of its head lies.
const fn framing(size: Size) -> (f32, f32) {
    match size {
        Size::ExtremeWide => (0.17, 0.46),
        Size::Wide => (0.42, 0.34),
        Size::Full => (0.78, 0.12),
        Size::Medium => (1.5, 0.13),
        Size::MediumClose => (2.2, 0.12),
        Size::Close => (3.9, 0.14),
        Size::ExtremeClose => (8.0, -0.1),
    }
}

/// The camera's height in body heights.
const fn camera_height(angle: Angle) -> f32 {
    match angle {
        Angle::Low => 0.3,
        Angle::High => 1.7,
        _ => 0.92,
    }
}

/// Composes a shot.
#[must_use]
pub fn compose(shot: &Shot, stage: &Stage<'_>) -> Composition {
    let ratio = stage.ratio();
    let (body, top) = framing(shot.size);
    let camera = camera_height(shot.angle);
    let horizon = top + (1.0 - camera) * body;
    let plan = shot.angle == Angle::Overhead;
    let mut staged: Vec<&Staging> = shot.staging.iter().collect();
    staged.sort_by_key(|staged| std::cmp::Reverse(staged.depth));
    let mut subjects: Vec<Placed> = staged
        .iter()
        .map(|staged| {
            let height = body * scale(staged.depth);
            let feet = if plan { plan_row(staged.depth) } else { horizon + camera * height };
            let prop = stage.is_prop(staged);
            Placed {
                name: staged.subject.to_string(),
                prop,
                x: across(staged.position) * ratio,
                feet,
                height,
                facing: staged.facing.unwrap_or(Facing::Camera),
                pose: staged.pose.as_ref().map_or(Pose::Standing, |words| Pose::read(words)),
            }
        })
        .collect();
    let shoulder = if shot.angle == Angle::OverShoulder { foreground(&mut subjects, ratio) } else { None };
    Composition {
        ratio,
        horizon,
        tilt: if shot.angle == Angle::Dutch { 11.0 } else { 0.0 },
        plan,
        interior: stage.interior,
        vignette: shot.angle == Angle::Pov,
        subjects,
        shoulder,
        camera: shot.camera,
    }
}

/// Brings the one we look past to the front, close and with the back to us. Where nobody can be that one, an unnamed
/// shoulder on the emptier side of the frame.
fn foreground(subjects: &mut Vec<Placed>, ratio: f32) -> Option<f32> {
    let bodies: Vec<usize> = (0..subjects.len()).filter(|&at| !subjects[at].prop).collect();
    if bodies.len() < 2 {
        let others = bodies.first().map_or(ratio * 0.7, |&at| subjects[at].x);
        return Some(if others > ratio / 2.0 { ratio * 0.12 } else { ratio * 0.88 });
    }
    let away = bodies.iter().rev().find(|&&at| subjects[at].facing == Facing::Away);
    let chosen = away.or(bodies.last()).copied()?;
    let mut past = subjects.remove(chosen);
    past.facing = Facing::Away;
    past.pose = Pose::Standing;
    past.height = past.height.max(2.4);
    past.x = if past.x > ratio / 2.0 { ratio * 0.86 } else { ratio * 0.14 };
    past.feet = 0.26 + past.height;
    subjects.push(past);
    None
}

const fn across(position: Position) -> f32 {
    match position {
        Position::Left => 0.17,
        Position::CenterLeft => 0.34,
        Position::Center => 0.5,
        Position::CenterRight => 0.66,
        Position::Right => 0.83,
    }
}

const fn scale(depth: Depth) -> f32 {
    match depth {
        Depth::Near => 1.22,
        Depth::Middle => 1.0,
        Depth::Far => 0.6,
    }
}

const fn plan_row(depth: Depth) -> f32 {
    match depth {
        Depth::Near => 0.78,
        Depth::Middle => 0.5,
        Depth::Far => 0.24,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shot(yaml: &str) -> Shot {
        serde_yaml::from_str(yaml).unwrap()
    }

    fn composed(yaml: &str) -> Composition {
        let board: Storyboard =
            serde_yaml::from_str("{slateboard: 1, bible: {characters: [{name: A}, {name: B}], props: [{name: P}]}}")
                .unwrap();
        compose(&shot(yaml), &Stage::new(&board, "EXT. SHORE - DAY"))
    }

    #[test]
    fn tighter_sizes_make_bigger_bodies() {
        let heights: Vec<f32> = Size::ALL.iter().map(|&size| framing(size).0).collect();
        assert!(heights.windows(2).all(|pair| pair[0] < pair[1]), "{heights:?}");
    }

    #[test]
    fn far_subjects_are_smaller_stand_higher_and_are_drawn_first() {
        let c = composed(
            "{size: wide, seconds: 1, staging: [{subject: A, position: left, depth: near}, {subject: B, position: right, depth: far}]}",
        );
        let [b, a] = c.subjects.as_slice() else { panic!("{c:?}") };
        assert_eq!((b.name.as_str(), a.name.as_str()), ("B", "A"));
        assert!(b.height < a.height && b.feet < a.feet && a.x < b.x, "{c:?}");
    }

    #[test]
    fn a_low_camera_lowers_the_horizon_and_a_high_one_lifts_it() {
        let at = |angle| composed(&format!("{{size: wide, angle: {angle}, seconds: 1}}")).horizon;
        assert!(at("low") > at("eye") && at("eye") > at("high"));
    }

    #[test]
    fn over_the_shoulder_someone_is_in_front_with_the_back_to_us() {
        let both = composed(
            "{size: medium, angle: over-shoulder, seconds: 1, staging: [{subject: A, position: left, facing: away}, {subject: B, position: right}]}",
        );
        let front = both.subjects.last().unwrap();
        assert_eq!((front.name.as_str(), front.facing), ("A", Facing::Away));
        assert!(front.height > both.subjects[0].height && both.shoulder.is_none());
        let alone =
            composed("{size: medium, angle: over-shoulder, seconds: 1, staging: [{subject: B, position: right}]}");
        assert!(alone.shoulder.unwrap() < alone.ratio / 2.0);
    }

    #[test]
    fn things_have_no_body_and_strangers_have_one_where_they_pose() {
        let c = composed(
            "{size: wide, seconds: 1, staging: [{subject: P, position: left}, {subject: X, position: center, pose: sitting}, {subject: Y, position: right}]}",
        );
        assert_eq!(c.subjects.iter().map(|placed| placed.prop).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(c.subjects[1].pose, Pose::Sitting);
    }
}
