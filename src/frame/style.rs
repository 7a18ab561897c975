//! How frames look: paper and inks, how tones are laid, and how steady the hand is. The styles are files in `themes/`.

use serde::Deserialize;

use super::picture::FrameError;

/// A colour without transparency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// The colour at a share of the way to another.
    #[must_use]
    pub fn mixed(self, other: Self, share: f32) -> Self {
        let share = (share.clamp(0.0, 1.0) * 256.0) as i32;
        let mix = |at: usize| {
            let (from, to) = (i32::from(self.0[at]), i32::from(other.0[at]));
            (from + (((to - from) * share) >> 8)).clamp(0, 255) as u8
        };
        Self([mix(0), mix(1), mix(2)])
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = String::deserialize(deserializer)?;
        let digits = raw.strip_prefix('#').filter(|digits| digits.len() == 6);
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let [_, red, green, blue] =
            number.ok_or_else(|| serde::de::Error::custom("a colour such as \"#2b2a2e\" is expected"))?.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

/// A frame style, as in `themes/pencil.yaml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// Its name.
    pub name: String,
    /// What is drawn on.
    pub paper: Colour,
    /// Contours, and what is filled black.
    pub ink: Colour,
    /// Construction lines and hatching.
    pub light: Colour,
    /// Washes at their darkest.
    pub shade: Colour,
    /// Camera moves.
    pub accent: Colour,
    /// Around a panel that does not fill the picture.
    pub surround: Colour,
    /// A contour's width, in thousandths of the panel's height.
    pub stroke: f32,
    /// How far the hand strays, in thousandths of the panel's height.
    pub wobble: f32,
    /// How often a contour is gone over: 1 or 2.
    pub passes: u8,
    /// How much a stroke thins towards its ends, from 0 to 1.
    pub taper: f32,
    /// How much of a tone is laid as a wash, from 0 to 1.
    pub wash: f32,
    /// Into how many steps tones are cut; 0 for none.
    #[serde(default)]
    pub levels: u8,
    /// From which tone on an area is filled with ink; 0 for never.
    #[serde(default)]
    pub solid: f32,
    /// How much of the colours that words name is shown, from 0 to 1.
    #[serde(default)]
    pub tint: f32,
    /// How dark hatching is, from 0, none, to 1.
    #[serde(default)]
    pub hatch: f32,
    /// From which tone on an area is hatched.
    #[serde(default)]
    pub hatch_from: f32,
    /// How close hatching is against the usual.
    #[serde(default = "Style::usual")]
    pub hatch_density: f32,
    /// How heavy its lines are.
    #[serde(default = "Style::usual")]
    pub hatch_weight: f32,
    /// Its direction, in degrees.
    #[serde(default)]
    pub hatch_angle: f32,
    /// How much the paper's tooth shows, from 0 to 1.
    #[serde(default)]
    pub grain: f32,
}

/// The styles that come with the program.
const BUILT_IN: [(&str, &str); 6] = [
    ("pencil", include_str!("../../themes/pencil.yaml")),
    ("ink", include_str!("../../themes/ink.yaml")),
    ("noir", include_str!("../../themes/noir.yaml")),
    ("marker", include_str!("../../themes/marker.yaml")),
    ("blueprint", include_str!("../../themes/blueprint.yaml")),
    ("storyboard-blue", include_str!("../../themes/storyboard-blue.yaml")),
];

impl Style {
    const fn usual() -> f32 {
        1.0
    }

    /// The names of the styles that come with the program.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The style of that name; `None` where the program has none.
    ///
    /// # Errors
    /// Never in a build whose tests pass: the styles are part of the program.
    pub fn named(name: &str) -> Option<Result<Self, FrameError>> {
        BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, yaml)| Self::read(yaml))
    }

    /// The style that frames have where a board names no other.
    ///
    /// # Errors
    /// Never in a build whose tests pass: the style is part of the program.
    pub fn pencil() -> Result<Self, FrameError> {
        Self::read(BUILT_IN[0].1)
    }

    /// Reads a style.
    ///
    /// # Errors
    /// [`FrameError::Style`], saying where.
    pub fn read(yaml: &str) -> Result<Self, FrameError> {
        let style: Self = serde_yaml::from_str(yaml).map_err(|error| FrameError::Style(error.to_string()))?;
        let share = |value: f32| (0.0..=1.0).contains(&value);
        let bounds = [
            ((0.5..=40.0).contains(&style.stroke), "stroke 0.5 to 40 is expected"),
            ((0.0..=20.0).contains(&style.wobble), "wobble 0 to 20 is expected"),
            ((1..=2).contains(&style.passes), "passes 1 or 2 is expected"),
            ((0.4..=3.0).contains(&style.hatch_density), "hatch_density 0.4 to 3 is expected"),
            ((0.1..=6.0).contains(&style.hatch_weight), "hatch_weight 0.1 to 6 is expected"),
            (style.hatch_angle.is_finite(), "hatch_angle in degrees is expected"),
            (
                [style.taper, style.wash, style.solid, style.tint, style.hatch, style.hatch_from, style.grain]
                    .into_iter()
                    .all(share),
                "taper, wash, solid, tint, hatch, hatch_from and grain from 0 to 1 are expected",
            ),
        ];
        match bounds.into_iter().find(|(sound, _)| !sound) {
            Some((_, why)) => Err(FrameError::Style(why.into())),
            None => Ok(style),
        }
    }

    /// The same hand with another ink on another paper: what lies between the two lies between them again.
    #[must_use]
    pub fn inked(&self, ink: Colour, paper: Colour) -> Self {
        Self {
            ink,
            paper,
            light: ink.mixed(paper, 0.4),
            shade: ink.mixed(paper, 0.25),
            surround: paper.mixed(Colour([0, 0, 0]), 0.5),
            ..self.clone()
        }
    }

    /// The lighter of paper and ink: rain at night is light on dark paper too.
    #[must_use]
    pub fn bright(&self) -> Colour {
        let light = |Colour(channels): Colour| channels.iter().map(|&channel| u32::from(channel)).sum::<u32>();
        if light(self.ink) > light(self.paper) { self.ink } else { self.paper }
    }

    /// A tone, cut into the style's steps.
    #[must_use]
    pub fn stepped(&self, dark: f32) -> f32 {
        if self.levels == 0 {
            return dark;
        }
        let levels = f32::from(self.levels);
        (dark * levels + 0.35).floor().min(levels) / levels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_styles_are_sound_and_named_as_they_are_called() {
        assert_eq!(Style::names().count(), 6);
        for name in Style::names() {
            assert_eq!(Style::named(name).unwrap().unwrap().name, name);
        }
        assert!(Style::named("crayon").is_none());
    }

    #[test]
    fn a_wrong_style_is_refused() {
        let yaml = BUILT_IN[0].1;
        for (from, to) in [
            ("paper: \"#", "paper: \"white"),
            ("stroke:", "stroke: -1 #"),
            ("wobble:", "wobbble:"),
            ("wash:", "wash: 7 #"),
        ] {
            let broken = yaml.replacen(from, to, 1);
            assert_ne!(broken, yaml);
            assert!(Style::read(&broken).is_err(), "{to}");
        }
    }

    #[test]
    fn a_style_in_another_ink_keeps_its_hand() {
        let (white, black) = (Colour([255; 3]), Colour([0; 3]));
        let pencil = Style::pencil().unwrap();
        let chalk = pencil.inked(white, black);
        assert_eq!((chalk.ink, chalk.paper, chalk.stroke, chalk.accent), (white, black, pencil.stroke, pencil.accent));
        assert!(chalk.light.0[0] > 100 && chalk.light.0[0] < 255);
    }

    #[test]
    fn tones_are_cut_into_steps() {
        let marker = Style { levels: 4, ..Style::pencil().unwrap() };
        assert_eq!(marker.stepped(0.0), 0.0);
        assert_eq!(marker.stepped(1.0), 1.0);
        assert_eq!(marker.stepped(0.5), 0.5);
    }
}
