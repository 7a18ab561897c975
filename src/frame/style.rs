//! How frames look: paper, ink, and how steady the hand is.

use serde::Deserialize;

use super::picture::FrameError;

/// A colour without transparency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

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
    /// Contours.
    pub ink: Colour,
    /// Construction lines and hatching.
    pub light: Colour,
    /// Camera moves.
    pub accent: Colour,
    /// Around a panel that does not fill the picture.
    pub surround: Colour,
    /// A contour's width, in thousandths of the panel's height.
    pub stroke: f32,
    /// How far the hand strays, in thousandths of the panel's height.
    pub wobble: f32,
}

impl Style {
    /// The style that frames have where a board names no other.
    ///
    /// # Errors
    /// Never in a build whose tests pass: the style is part of the program.
    pub fn pencil() -> Result<Self, FrameError> {
        Self::read(include_str!("../../themes/pencil.yaml"))
    }

    /// Reads a style.
    ///
    /// # Errors
    /// [`FrameError::Style`], saying where.
    pub fn read(yaml: &str) -> Result<Self, FrameError> {
        let style: Self = serde_yaml::from_str(yaml).map_err(|error| FrameError::Style(error.to_string()))?;
        let sound = (0.5..=40.0).contains(&style.stroke) && (0.0..=20.0).contains(&style.wobble);
        sound
            .then_some(style)
            .ok_or_else(|| FrameError::Style("stroke 0.5 to 40 and wobble 0 to 20 are expected".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_style_is_sound_and_a_wrong_one_is_refused() {
        let pencil = Style::pencil().unwrap();
        assert_eq!(pencil.name, "pencil");
        let yaml = include_str!("../../themes/pencil.yaml");
        for (from, to) in [("#f4efe4", "white"), ("stroke: 4.0", "stroke: -1"), ("wobble", "wobbble")] {
            assert!(Style::read(&yaml.replace(from, to)).is_err(), "{to}");
        }
    }
}
