//! A body's joints in space: from a pose, a height, a place and a facing. Arms and legs keep their lengths whatever the
//! pose: a hand out of reach stops where the arm ends.

use crate::frame::lexicon::Pose;
use crate::frame::space::{V3, sin_cos, v3};

/// Shares of a grown body's height; a head is an eighth of it.
const SPINE: f32 = 0.3;
const SHOULDER: f32 = 0.108;
const HIP: f32 = 0.052;
const UPPER_ARM: f32 = 0.165;
const FOREARM: f32 = 0.15;
const THIGH: f32 = 0.25;
const SHIN: f32 = 0.245;
/// From the neck's foot to the head's middle.
const NECK: f32 = 0.1;

/// A limb: where it starts, bends and ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limb {
    /// Shoulder or hip.
    pub root: V3,
    /// Elbow or knee.
    pub bend: V3,
    /// Wrist or ankle.
    pub end: V3,
}

/// Axes of a body part: to its left, up, forward.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axes {
    /// To its own left.
    pub left: V3,
    /// Towards its top.
    pub up: V3,
    /// Where it looks.
    pub forward: V3,
}

impl Axes {
    /// A point given along the axes.
    #[must_use]
    pub fn point(&self, [left, up, forward]: [f32; 3]) -> V3 {
        self.left * left + self.up * up + self.forward * forward
    }

    /// Turned: left by `yaw`, down by `pitch`, to the left shoulder by `roll`, in degrees.
    #[must_use]
    pub fn turned(&self, yaw: f32, pitch: f32, roll: f32) -> Self {
        let (sin, cos) = sin_cos(yaw);
        let (left, forward) = (self.left * cos - self.forward * sin, self.forward * cos + self.left * sin);
        let (sin, cos) = sin_cos(pitch);
        let (up, forward) = (self.up * cos + forward * sin, forward * cos - self.up * sin);
        let (sin, cos) = sin_cos(roll);
        Self { left: left * cos - up * sin, up: up * cos + left * sin, forward }
    }

    /// A body standing upright that looks `yaw` degrees to the frame's right of the camera.
    #[must_use]
    pub fn facing(yaw: f32) -> Self {
        let (sin, cos) = sin_cos(yaw);
        Self { left: v3(cos, 0.0, sin), up: v3(0.0, 1.0, 0.0), forward: v3(sin, 0.0, -cos) }
    }
}

/// A body in space.
#[derive(Debug, Clone, PartialEq)]
pub struct Skeleton {
    /// Its height when it stands, in metres.
    pub height: f32,
    /// A head's height, in metres.
    pub head_size: f32,
    /// The hips' middle.
    pub pelvis: V3,
    /// The foot of the neck.
    pub neck: V3,
    /// The head's middle.
    pub head: V3,
    /// The hips' axes.
    pub hips: Axes,
    /// The chest's axes.
    pub chest: Axes,
    /// The head's axes.
    pub skull: Axes,
    /// Its left arm.
    pub left_arm: Limb,
    /// Its right arm.
    pub right_arm: Limb,
    /// Its left leg.
    pub left_leg: Limb,
    /// Its right leg.
    pub right_leg: Limb,
}

/// How a body differs from an average one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Standing, in metres.
    pub height: f32,
    /// The head's size against an adult's.
    pub head: f32,
    /// The girth against an average one.
    pub girth: f32,
}

impl Skeleton {
    /// A body of that frame in that pose, its feet about `place`, looking `yaw` degrees to the frame's right of the camera.
    #[must_use]
    pub fn new(frame: Frame, pose: &Pose, place: V3, yaw: f32) -> Self {
        let h = frame.height;
        let ground = Axes::facing(yaw);
        let at = |[left, up, forward]: [f32; 3]| place + ground.point([left * h, up * h, forward * h]);
        let hips = ground;
        // A big head leaves less for the rest.
        let torso = SPINE * (1.0 - 0.35 * (frame.head - 1.0).clamp(-0.3, 0.8));
        let broad = SHOULDER * (0.75 + 0.25 * frame.girth) * (1.0 - 0.18 * (frame.head - 1.0).clamp(0.0, 0.8));
        let pelvis = at([0.0, pose.pelvis[0], pose.pelvis[1]]);
        let spine = ground.turned(0.0, pose.lean, pose.side);
        let neck = pelvis + spine.up * (torso * h);
        let chest = spine.turned(pose.twist, 0.0, 0.0);
        // The head keeps half upright of its own accord, then nods and turns.
        let upright = if pose.lean.abs() > 60.0 { spine } else { ground.turned(0.0, pose.lean * 0.5, pose.side * 0.6) };
        let skull = upright.turned(pose.turn + pose.twist * 0.4, pose.nod, 0.0);
        let head_size = 0.132 * h * frame.head;
        let head = neck
            + (spine.up * 0.4 + skull.up * 0.6).unit() * (NECK * h * 0.55 + head_size * 0.42)
            + skull.forward * (0.012 * h);
        let shoulders = neck - chest.up * (0.02 * h);
        let arm = |side: f32, hand: [f32; 3]| {
            let root = shoulders + chest.left * (side * broad * h);
            let pole = chest.left * (0.5 * side) - chest.up * 0.9 - chest.forward * 0.8;
            bent(root, at(hand), [UPPER_ARM * h, FOREARM * h], pole)
        };
        let leg = |side: f32, foot: [f32; 3]| {
            let root = pelvis + hips.left * (side * HIP * h);
            let pole = match pose.lean {
                // On the back knees rise, on all fours they sink, on the belly they go outwards.
                ..-60.0 => spine.forward,
                60.0.. if pose.pelvis[0] > 0.2 => ground.forward - ground.up,
                60.0.. => hips.left * side,
                _ => hips.forward,
            };
            bent(root, at(foot), [THIGH * h, SHIN * h], pole + hips.left * (0.25 * side))
        };
        Self {
            height: h,
            head_size,
            pelvis,
            neck,
            head,
            hips,
            chest,
            skull,
            left_arm: arm(1.0, pose.left_hand),
            right_arm: arm(-1.0, pose.right_hand),
            left_leg: leg(1.0, pose.left_foot),
            right_leg: leg(-1.0, pose.right_foot),
        }
    }

    /// The top of the head.
    #[must_use]
    pub fn crown(&self) -> V3 {
        self.head + self.skull.up * (self.head_size * 0.5)
    }

    /// Between the eyes.
    #[must_use]
    pub fn eyes(&self) -> V3 {
        self.head + self.skull.point([0.0, 0.03, 0.36]) * self.head_size
    }

    /// The tip of the nose.
    #[must_use]
    pub fn nose(&self) -> V3 {
        self.head + self.skull.point([0.0, -0.1, 0.5]) * self.head_size
    }

    /// The knees and ankles, where a frame must not cut a body.
    #[must_use]
    pub fn joints(&self) -> [V3; 4] {
        [self.left_leg.bend, self.right_leg.bend, self.left_leg.end, self.right_leg.end]
    }

    /// Where a toe points: along the body's front, but never into the shin.
    #[must_use]
    pub fn toe(&self, leg: &Limb) -> V3 {
        let shin = (leg.end - leg.bend).unit();
        let forward = self.hips.forward;
        let along = forward - shin * forward.dot(shin);
        let up = if self.chest.forward.y >= 0.0 { 1.0 } else { -1.0 };
        let way = if along.length() > 0.35 { along.unit() } else { v3(0.0, up, 0.0) };
        leg.end + way * (0.095 * self.height) - v3(0.0, 0.02 * self.height, 0.0) * way.dot(forward).max(0.0)
    }
}

/// A limb of two lengths from a root to where it would reach, bent towards the pole.
fn bent(root: V3, wanted: V3, [upper, lower]: [f32; 2], pole: V3) -> Limb {
    let way = wanted - root;
    let reach = way.length().clamp((upper - lower).abs() + 1e-3, (upper + lower) * 0.999);
    let along = way.unit();
    let end = root + along * reach;
    // The law of cosines: how far along the way the bend lies.
    let foot = (upper * upper - lower * lower + reach * reach) / (2.0 * reach);
    let out = (upper * upper - foot * foot).max(0.0).sqrt();
    let aside = pole - along * pole.dot(along);
    let aside = if aside.length() > 1e-3 { aside.unit() } else { v3(0.0, 0.0, -1.0) };
    Limb { root, bend: root + along * foot + aside * out, end }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::lexicon::lexicon;

    const ADULT: Frame = Frame { height: 1.75, head: 1.0, girth: 1.0 };

    fn every() -> impl Iterator<Item = (String, Skeleton)> {
        lexicon().poses.iter().flat_map(|pose| {
            [-120.0, -65.0, 0.0, 65.0, 180.0]
                .map(|yaw| (format!("{} {yaw}", pose.name), Skeleton::new(ADULT, pose, v3(0.3, 0.0, 1.0), yaw)))
        })
    }

    #[test]
    fn limbs_keep_their_lengths_in_every_pose() {
        for (name, body) in every() {
            for limb in [body.left_arm, body.right_arm] {
                assert!(((limb.bend - limb.root).length() - UPPER_ARM * 1.75).abs() < 1e-3, "{name}");
                assert!(((limb.end - limb.bend).length() - FOREARM * 1.75).abs() < 2e-3, "{name}");
            }
            for limb in [body.left_leg, body.right_leg] {
                assert!(((limb.bend - limb.root).length() - THIGH * 1.75).abs() < 1e-3, "{name}");
                assert!(((limb.end - limb.bend).length() - SHIN * 1.75).abs() < 2e-3, "{name}");
            }
        }
    }

    #[test]
    fn nobody_sinks_into_the_ground() {
        for (name, body) in every() {
            let low = body.joints().iter().map(|joint| joint.y).fold(body.pelvis.y.min(body.head.y), f32::min);
            assert!(low > -0.03, "{name}: {low}");
        }
    }

    #[test]
    fn a_standing_body_is_as_tall_as_it_is_said_to_be() {
        let standing = Skeleton::new(ADULT, &lexicon().standing(), v3(0.0, 0.0, 0.0), 0.0);
        assert!((standing.crown().y - 1.75).abs() < 0.05, "{}", standing.crown().y);
        let child = Frame { height: 1.22, head: 1.36, girth: 1.0 };
        let child = Skeleton::new(child, &lexicon().standing(), v3(0.0, 0.0, 0.0), 0.0);
        assert!((child.crown().y - 1.22).abs() < 0.06, "{}", child.crown().y);
    }

    #[test]
    fn a_body_that_faces_right_has_its_nose_right_of_its_head() {
        let of = |yaw| Skeleton::new(ADULT, &lexicon().standing(), v3(0.0, 0.0, 0.0), yaw);
        assert!(of(65.0).nose().x > of(65.0).head.x + 0.05 && of(-65.0).nose().x < of(-65.0).head.x - 0.05);
        assert!(of(0.0).nose().z < of(0.0).head.z && of(180.0).nose().z > of(180.0).head.z);
    }
}
