//! Frames: from a shot's staging to a picture.
