//! The boards that new ones begin from.

use super::yaml;
use crate::board::{Storyboard, Template};

/// The board of a template, its scenes without identities yet. It is part of the program, and a test reads each.
///
/// # Errors
/// Where it is no board, in words.
pub fn board(template: Template) -> Result<Storyboard, String> {
    let text = match template {
        Template::Film => include_str!("templates/film.yaml"),
        Template::Animation => include_str!("templates/animation.yaml"),
        Template::Game => include_str!("templates/game.yaml"),
        Template::Ad => include_str!("templates/ad.yaml"),
        Template::MusicVideo => include_str!("templates/music-video.yaml"),
        Template::Sample => include_str!("../../storyboards/the-keeper.yaml"),
    };
    yaml::read(text.as_bytes()).map_err(|refused| format!("the template {template}: {refused}"))
}
