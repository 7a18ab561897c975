//! A shot: how it is framed, what it shows, how long it lasts. The vocabulary is the field's.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::{Line, Text};
use super::vocabulary::vocabulary;
use super::{Extra, Seconds};

vocabulary! {
    /// How much of the subject the frame holds.
    Size: "shot size" {
        /// The place; people are specks.
        ExtremeWide = "extreme-wide",
        /// The place with people in it.
        Wide = "wide",
        /// Head to toe.
        Full = "full",
        /// Head to waist.
        Medium = "medium",
        /// Head to chest.
        MediumClose = "medium-close",
        /// The face.
        Close = "close",
        /// A detail.
        ExtremeClose = "extreme-close",
    }
}

vocabulary! {
    /// Where the camera looks from.
    Angle: "camera angle" {
        /// At the subject's eyes.
        Eye = "eye",
        /// From below.
        Low = "low",
        /// From above.
        High = "high",
        /// Straight down.
        Overhead = "overhead",
        /// Tilted horizon.
        Dutch = "dutch",
        /// Past someone's shoulder.
        OverShoulder = "over-shoulder",
        /// Through someone's eyes.
        Pov = "pov",
    }
}

vocabulary! {
    /// What the camera does during the shot.
    Move: "camera move" {
        /// Nothing.
        Static = "static",
        /// Turns left.
        PanLeft = "pan-left",
        /// Turns right.
        PanRight = "pan-right",
        /// Turns up.
        TiltUp = "tilt-up",
        /// Turns down.
        TiltDown = "tilt-down",
        /// Goes nearer.
        PushIn = "push-in",
        /// Goes away.
        PullOut = "pull-out",
        /// Goes left beside the subject.
        TrackLeft = "track-left",
        /// Goes right beside the subject.
        TrackRight = "track-right",
        /// Rises.
        CraneUp = "crane-up",
        /// Sinks.
        CraneDown = "crane-down",
        /// Magnifies without going nearer.
        ZoomIn = "zoom-in",
        /// Widens without going away.
        ZoomOut = "zoom-out",
        /// Is carried, and shows it.
        Handheld = "handheld",
    }
}

vocabulary! {
    /// Where across the frame a subject stands.
    Position: "position" {
        /// The left edge.
        Left = "left",
        /// Between the left edge and the middle.
        CenterLeft = "center-left",
        /// The middle.
        Center = "center",
        /// Between the middle and the right edge.
        CenterRight = "center-right",
        /// The right edge.
        Right = "right",
    }
}

vocabulary! {
    /// How far from the camera a subject stands.
    Depth: "depth" {
        /// In the foreground.
        Near = "near",
        /// In the middle ground.
        Middle = "middle",
        /// In the background.
        Far = "far",
    }
}

vocabulary! {
    /// Where a subject looks, as the camera sees it.
    Facing: "facing" {
        /// To the frame's left.
        Left = "left",
        /// To the frame's right.
        Right = "right",
        /// At the camera.
        Camera = "camera",
        /// Away from the camera.
        Away = "away",
    }
}

/// Who stands where in a shot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Staging {
    /// A name from the bible.
    pub subject: Line,
    /// Across the frame.
    pub position: Position,
    /// Away from the camera.
    #[serde(default = "Staging::default_depth")]
    pub depth: Depth,
    /// Where it looks; absent for what has no face.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facing: Option<Facing>,
    /// One word or two: climbing, kneeling, asleep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pose: Option<Line>,
    /// Fields of other programs, kept as they are.
    #[serde(flatten)]
    #[schemars(skip)]
    pub extra: Extra,
}

impl Staging {
    const fn default_depth() -> Depth {
        Depth::Middle
    }
}

/// One shot of a take.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Shot {
    /// How much of the subject the frame holds.
    pub size: Size,
    /// Where the camera looks from.
    #[serde(default = "Shot::default_angle")]
    pub angle: Angle,
    /// What the camera does.
    #[serde(rename = "move", default = "Shot::default_move")]
    pub camera: Move,
    /// How long it lasts.
    pub seconds: Seconds,
    /// What is seen.
    #[serde(default)]
    pub description: Text,
    /// Who stands where.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub staging: Vec<Staging>,
    /// Fields of other programs, kept as they are.
    #[serde(flatten)]
    #[schemars(skip)]
    pub extra: Extra,
}

impl Shot {
    const fn default_angle() -> Angle {
        Angle::Eye
    }

    const fn default_move() -> Move {
        Move::Static
    }
}
