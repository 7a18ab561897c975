//! Camera moves as a moving crop: which part of the panel is seen at a moment of the shot.

use crate::board::Move;

/// The part of a panel that is seen, in shares of its width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crop {
    /// Its left edge.
    pub x: f32,
    /// Its upper edge.
    pub y: f32,
    /// Its width, and its height as a share of the panel's.
    pub size: f32,
}

impl Crop {
    /// The whole panel.
    pub const WHOLE: Self = Self { x: 0.0, y: 0.0, size: 1.0 };

    /// Where a point of the panel lies in the crop, in shares of the crop; outside of 0 to 1 it is not seen.
    #[must_use]
    pub fn place(self, x: f32, y: f32) -> (f32, f32) {
        ((x - self.x) / self.size, (y - self.y) / self.size)
    }
}

/// How much a pan, tilt, track or crane leaves outside the frame.
const ASIDE: f32 = 0.24;
/// How much a push, pull or zoom leaves outside at its narrow end.
const CLOSER: f32 = 0.36;

/// What is seen when the shot has run for `share` of its time, from 0 to 1. Moves begin and end softly.
#[must_use]
pub fn crop(camera: Move, share: f32) -> Crop {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    // Smoothstep: no jerk at either end.
    let t = share * share * (3.0 - 2.0 * share);
    let aside = |x: f32, y: f32| Crop { x, y, size: 1.0 - ASIDE };
    let narrowed = |by: f32| Crop { x: by / 2.0, y: by / 2.0, size: 1.0 - by };
    match camera {
        Move::Static => Crop::WHOLE,
        Move::PanLeft | Move::TrackLeft => aside(ASIDE * (1.0 - t), ASIDE / 2.0),
        Move::PanRight | Move::TrackRight => aside(ASIDE * t, ASIDE / 2.0),
        Move::TiltUp | Move::CraneUp => aside(ASIDE / 2.0, ASIDE * (1.0 - t)),
        Move::TiltDown | Move::CraneDown => aside(ASIDE / 2.0, ASIDE * t),
        Move::PushIn | Move::ZoomIn => narrowed(CLOSER * t),
        Move::PullOut | Move::ZoomOut => narrowed(CLOSER * (1.0 - t)),
        // Two slow swings that do not repeat within a shot, of at most a fiftieth of the frame.
        Move::Handheld => {
            Crop { x: 0.02 + 0.02 * (share * 23.0).sin(), y: 0.02 + 0.02 * (share * 17.0 + 1.0).sin(), size: 0.96 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn moves_go_the_way_they_are_called() {
        let x = |camera, share| crop(camera, share).x;
        let y = |camera, share| crop(camera, share).y;
        let size = |camera, share| crop(camera, share).size;
        assert!(x(Move::PanRight, 1.0) > x(Move::PanRight, 0.0));
        assert!(x(Move::PanLeft, 1.0) < x(Move::PanLeft, 0.0));
        assert!(y(Move::TiltUp, 1.0) < y(Move::TiltUp, 0.0));
        assert!(y(Move::CraneDown, 1.0) > y(Move::CraneDown, 0.0));
        assert!(size(Move::PushIn, 1.0) < size(Move::PushIn, 0.0));
        assert!(size(Move::ZoomOut, 1.0) > size(Move::ZoomOut, 0.0));
        assert_eq!(crop(Move::Static, 0.7), Crop::WHOLE);
    }

    proptest! {
        #[test]
        fn what_is_seen_lies_within_the_panel(share in -1.0f32..2.0, which in 0usize..14) {
            let crop = crop(Move::ALL[which % Move::ALL.len()], share);
            prop_assert!(crop.x >= 0.0 && crop.y >= 0.0);
            prop_assert!(crop.x + crop.size <= 1.0001 && crop.y + crop.size <= 1.0001, "{:?}", crop);
        }
    }
}
