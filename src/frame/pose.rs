//! Poses: from the words of a staging to the joints of a mannequin.

/// What a body does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pose {
    /// On both feet, arms down.
    Standing,
    /// A step.
    Walking,
    /// A long step, bent arms, leaning.
    Running,
    /// On a seat.
    Sitting,
    /// On one knee.
    Kneeling,
    /// One knee high, arms up.
    Climbing,
    /// An arm stretched out.
    Reaching,
    /// Flat.
    Lying,
}

/// The beginnings of words that mean a pose, in the languages of our sample boards; the first that fits wins.
const WORDS: [(&str, Pose); 46] = [
    ("lying", Pose::Lying),
    ("lies", Pose::Lying),
    ("asleep", Pose::Lying),
    ("sleep", Pose::Lying),
    ("prone", Pose::Lying),
    ("collapsed", Pose::Lying),
    ("dead", Pose::Lying),
    ("allong", Pose::Lying),
    ("couch", Pose::Lying),
    ("run", Pose::Running),
    ("sprint", Pose::Running),
    ("chas", Pose::Running),
    ("flee", Pose::Running),
    ("jump", Pose::Running),
    ("leap", Pose::Running),
    ("cour", Pose::Running),
    ("climb", Pose::Climbing),
    ("scrambl", Pose::Climbing),
    ("grimp", Pose::Climbing),
    ("sit", Pose::Sitting),
    ("sat", Pose::Sitting),
    ("seated", Pose::Sitting),
    ("rid", Pose::Sitting),
    ("driv", Pose::Sitting),
    ("assis", Pose::Sitting),
    ("kneel", Pose::Kneeling),
    ("crouch", Pose::Kneeling),
    ("squat", Pose::Kneeling),
    ("bend", Pose::Kneeling),
    ("crawl", Pose::Kneeling),
    ("genou", Pose::Kneeling),
    ("walk", Pose::Walking),
    ("step", Pose::Walking),
    ("stroll", Pose::Walking),
    ("march", Pose::Walking),
    ("enter", Pose::Walking),
    ("leav", Pose::Walking),
    ("reach", Pose::Reaching),
    ("point", Pose::Reaching),
    ("hold", Pose::Reaching),
    ("throw", Pose::Reaching),
    ("offer", Pose::Reaching),
    ("giv", Pose::Reaching),
    ("tendu", Pose::Reaching),
    ("push", Pose::Reaching),
    ("pull", Pose::Reaching),
];

impl Pose {
    /// The pose a staging's words mean; standing where they mean none we draw.
    #[must_use]
    pub fn read(words: &str) -> Self {
        let words = words.to_lowercase();
        let mut each = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        each.find_map(|word| WORDS.iter().find(|(start, _)| word.starts_with(start)))
            .map_or(Self::Standing, |&(_, pose)| pose)
    }

    /// The joints of a body of height 1, seen from its side and looking to +x; the ground is y = 0, up is +y.
    pub(super) fn joints(self) -> Joints {
        let standing = Joints {
            head: (0.01, 0.925),
            neck: (0.0, 0.845),
            shoulder: (0.0, 0.81),
            hip: (0.0, 0.5),
            near_arm: [(-0.02, 0.65), (0.02, 0.5)],
            far_arm: [(0.02, 0.65), (0.05, 0.5)],
            near_leg: [(0.01, 0.27), (0.0, 0.0)],
            far_leg: [(0.02, 0.27), (0.03, 0.0)],
        };
        match self {
            Self::Standing | Self::Lying => standing,
            Self::Walking => Joints {
                near_arm: [(-0.07, 0.66), (-0.06, 0.52)],
                far_arm: [(0.07, 0.66), (0.13, 0.54)],
                near_leg: [(0.07, 0.28), (0.13, 0.0)],
                far_leg: [(-0.03, 0.27), (-0.14, 0.04)],
                ..standing
            },
            Self::Running => Joints {
                head: (0.15, 0.88),
                neck: (0.11, 0.81),
                shoulder: (0.1, 0.775),
                near_arm: [(-0.02, 0.66), (-0.1, 0.73)],
                far_arm: [(0.19, 0.64), (0.28, 0.72)],
                near_leg: [(0.16, 0.36), (0.13, 0.13)],
                far_leg: [(-0.09, 0.28), (-0.27, 0.24)],
                ..standing
            },
            Self::Sitting => Joints {
                head: (0.01, 0.695),
                neck: (0.0, 0.615),
                shoulder: (0.0, 0.58),
                hip: (0.0, 0.27),
                near_arm: [(0.03, 0.42), (0.16, 0.33)],
                far_arm: [(0.05, 0.42), (0.18, 0.34)],
                near_leg: [(0.22, 0.28), (0.21, 0.0)],
                far_leg: [(0.23, 0.27), (0.26, 0.0)],
            },
            Self::Kneeling => Joints {
                head: (0.07, 0.69),
                neck: (0.04, 0.61),
                shoulder: (0.03, 0.575),
                hip: (-0.03, 0.27),
                near_arm: [(0.04, 0.42), (0.15, 0.34)],
                far_arm: [(0.1, 0.43), (0.2, 0.38)],
                near_leg: [(0.0, 0.02), (-0.22, 0.02)],
                far_leg: [(0.2, 0.25), (0.17, 0.0)],
            },
            Self::Climbing => Joints {
                head: (0.07, 0.91),
                neck: (0.05, 0.83),
                shoulder: (0.05, 0.795),
                near_arm: [(0.15, 0.9), (0.2, 1.04)],
                far_arm: [(0.18, 0.75), (0.26, 0.86)],
                near_leg: [(0.2, 0.47), (0.19, 0.24)],
                far_leg: [(0.02, 0.26), (-0.08, 0.02)],
                ..standing
            },
            Self::Reaching => Joints {
                near_arm: [(0.13, 0.75), (0.29, 0.77)],
                near_leg: [(0.04, 0.27), (0.07, 0.0)],
                far_leg: [(-0.02, 0.27), (-0.07, 0.0)],
                ..standing
            },
        }
    }
}

/// A point of a body: along its look, and up.
pub(super) type Point = (f32, f32);

/// Where a body bends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Joints {
    pub(super) head: Point,
    pub(super) neck: Point,
    pub(super) shoulder: Point,
    pub(super) hip: Point,
    /// Elbow and hand.
    pub(super) near_arm: [Point; 2],
    pub(super) far_arm: [Point; 2],
    /// Knee and foot.
    pub(super) near_leg: [Point; 2],
    pub(super) far_leg: [Point; 2],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_poses_and_unknown_ones_stand() {
        let cases = [
            ("climbing", Pose::Climbing),
            ("Kneeling down", Pose::Kneeling),
            ("fast asleep", Pose::Lying),
            ("bras tendu", Pose::Reaching),
            ("", Pose::Standing),
            ("wistful", Pose::Standing),
        ];
        for (words, pose) in cases {
            assert_eq!(Pose::read(words), pose, "{words}");
        }
    }
}
