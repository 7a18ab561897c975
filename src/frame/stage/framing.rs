//! Framing: from a shot's size and angle to a camera, solved so that the main subject is as large, as high and as seen as
//! the field's words say.

use super::cast::{Actor, Being};
use crate::board::{Angle, Shot, Size};
use crate::frame::space::{Camera, V3, sin_cos, v3};

/// What a frame is solved for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted {
    /// Panel heights in a metre at the main subject.
    pub scale: f32,
    /// The row of the top of its head.
    pub top: f32,
    /// The lens, in panel heights.
    pub focal: f32,
}

/// The lens for a size: wide for places, long for faces.
const fn focal(size: Size) -> f32 {
    match size {
        Size::ExtremeWide => 1.15,
        Size::Wide => 1.3,
        Size::Full => 1.6,
        Size::Medium => 1.9,
        Size::MediumClose => 2.3,
        Size::Close => 2.7,
        Size::ExtremeClose => 3.2,
    }
}

/// What a size asks for: how large the main subject is and where its head is, in a panel of that ratio.
#[must_use]
pub fn wanted(size: Size, main: Option<&Actor>, ratio: f32) -> Wanted {
    let focal = focal(size);
    let Some(main) = main else {
        let scale = match size {
            Size::ExtremeWide => 0.08,
            Size::Wide => 0.16,
            _ => 0.3,
        };
        return Wanted { scale, top: 0.45, focal };
    };
    let (high, wide) = main.extent();
    let narrow = (ratio / 1.2).min(1.0);
    match &main.being {
        Being::Person(_) | Being::Robot(..) => {
            let head = main.skeleton().map_or(0.23, |body| body.head_size);
            let standing = main.standing();
            let (scale, top): (f32, f32) = match size {
                Size::ExtremeWide => (0.13 / standing, 0.5),
                Size::Wide => (0.31 / standing, 0.37),
                // A body that is not upright is drawn larger, as far as it fits.
                Size::Full => ((0.76 / high).min(1.2 / standing), 0.12),
                Size::Medium => (0.213 / head, 0.12),
                Size::MediumClose => (0.32 / head, 0.12),
                Size::Close => (0.47 / head, 0.12),
                Size::ExtremeClose => (1.2 / head, -0.16),
            };
            let scale = if matches!(size, Size::ExtremeWide | Size::Wide | Size::Full) {
                scale.min(0.9 * ratio / (wide + standing * 0.2))
            } else {
                scale * narrow
            };
            // What lies low is not hung from the top of the frame.
            let top = if high < 0.45 * standing { top.max(0.74 - high * scale).max(0.2) } else { top };
            Wanted { scale, top, focal }
        }
        Being::Beast(..) | Being::Bird(_) => {
            let (share, top) = match size {
                Size::ExtremeWide => (0.11, 0.52),
                Size::Wide => (0.3, 0.42),
                Size::Full => (0.66, 0.2),
                Size::Medium => (0.95, 0.16),
                Size::MediumClose => (1.4, 0.14),
                Size::Close => (1.9, 0.14),
                Size::ExtremeClose => (3.0, 0.08),
            };
            let scale = (share / high).min(share * 1.25 * ratio / (1.8 * wide.max(0.05)));
            Wanted { scale, top, focal }
        }
        Being::Thing(_) | Being::Unknown => {
            let share = match size {
                Size::ExtremeWide => 0.14,
                Size::Wide => 0.26,
                Size::Full => 0.42,
                Size::Medium => 0.48,
                Size::MediumClose => 0.52,
                Size::Close => 0.56,
                Size::ExtremeClose => 0.72,
            };
            let scale = (share / high.max(0.04)).min(share * ratio / wide.max(0.04));
            Wanted { scale, top: 0.52 - high * scale * 0.5 + 0.04, focal }
        }
    }
}

/// Where the horizon lies and how the camera is tilted, by angle and size; `None` where it follows from the eyes.
const fn tilted(angle: Angle, size: Size) -> Option<(f32, f32)> {
    match (angle, size) {
        (Angle::Low, Size::ExtremeWide) => Some((0.76, 8.0)),
        (Angle::Low, Size::Wide) => Some((0.78, 10.0)),
        (Angle::Low, Size::Full) => Some((0.82, 15.0)),
        (Angle::Low, Size::Medium) => Some((0.93, 18.0)),
        (Angle::Low, _) => Some((0.97, 17.0)),
        (Angle::High, Size::ExtremeWide) => Some((0.1, -18.0)),
        (Angle::High, Size::Wide) => Some((-0.1, -24.0)),
        (Angle::High, Size::Full) => Some((-0.35, -27.0)),
        (Angle::High, Size::Medium) => Some((-0.5, -26.0)),
        (Angle::High, _) => Some((-0.55, -24.0)),
        _ => None,
    }
}

/// How far a dutch camera is rolled, in degrees.
pub const DUTCH: f32 = 11.0;
/// Lower than this the camera does not go, in metres.
const LOWEST: f32 = 0.14;

/// The camera of a shot whose main subject stands at the origin's depth.
#[must_use]
pub fn camera(shot: &Shot, main: Option<&Actor>, want: Wanted, ratio: f32) -> Camera {
    let Wanted { scale, top, focal } = want;
    let distance = focal / scale;
    let roll = if shot.angle == Angle::Dutch { DUTCH } else { 0.0 };
    let (high, base) = main.map_or((1.75, 0.0), |main| (main.extent().0, main.place.y));
    let crown = base + high;
    let at = |eye: V3, pitch: f32, horizon: f32| {
        let (sin, cos) = sin_cos(pitch);
        Camera::new(eye, pitch, roll, focal, (ratio / 2.0, horizon - focal * sin / cos), ratio)
    };
    if shot.angle == Angle::Overhead {
        let middle = base + high * 0.55;
        let (sin, cos) = sin_cos(-84.0);
        let eye = v3(0.0, middle - sin * distance, -cos * distance);
        return Camera::new(eye, -84.0, 0.0, focal, (ratio / 2.0, 0.5), ratio);
    }
    if let Some((horizon, pitch)) = tilted(shot.angle, shot.size) {
        let (sin, cos) = sin_cos(pitch);
        let above = (horizon - top) * cos * distance / focal;
        let eye = (crown - above).max(LOWEST);
        let back = (distance - (crown - eye) * sin) / cos;
        return at(v3(0.0, eye, -back), pitch, horizon);
    }
    let level = main.map_or(1.6, |main| {
        let eyes = base + main.eyes();
        if main.alive() {
            eyes.max(base + 0.42 * main.standing())
        } else {
            (crown + 0.22 * high).max(if want.scale < 0.4 { 1.5 } else { 0.0 })
        }
    });
    let level = if shot.angle == Angle::Pov && shot.size <= Size::Full { level.max(1.5) } else { level };
    at(v3(0.0, level, -distance), 0.0, top + (crown - level) * scale)
}

/// How large a frame seen straight down is: the share of the panel's height that a grown body's height takes.
#[must_use]
pub const fn from_above(size: Size) -> f32 {
    match size {
        Size::ExtremeWide => 0.13,
        Size::Wide => 0.3,
        Size::Full => 0.62,
        Size::Medium => 0.9,
        Size::MediumClose => 1.15,
        Size::Close => 1.5,
        Size::ExtremeClose => 2.4,
    }
}

/// Whether the frame's lower edge cuts a body at its knees or ankles.
#[must_use]
pub fn cuts_a_joint(camera: &Camera, actor: &Actor) -> bool {
    let Some(body) = actor.skeleton() else { return false };
    let margin = 0.018 * body.height * camera.scale(body.pelvis);
    body.joints().iter().filter_map(|&joint| camera.see(joint)).any(|(_, y)| (y - 1.0).abs() < margin)
}
