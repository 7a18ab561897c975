//! Kinds of boards to begin with.

use super::vocabulary::vocabulary;

vocabulary! {
    /// What a new board is for: its aspect, frame rate, tone, and scenes to fill in.
    Template: "template" {
        /// A short film in three acts.
        Film = "film",
        /// An animated short that tells itself without words.
        Animation = "animation",
        /// A game's cutscene between two stretches of play.
        Game = "game",
        /// An advertisement of thirty seconds.
        Ad = "ad",
        /// A music video.
        MusicVideo = "music-video",
        /// Written out: a short film with takes in it, to look around in.
        Sample = "sample",
    }
}
