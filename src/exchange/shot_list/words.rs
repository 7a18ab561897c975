//! What people call columns, framings and moves in their shot lists.

use crate::board::{Angle, Move, Seconds, Size};

use super::Column;

/// Letters and digits alone, in lower case, so that "Shot #", "shot_no." and "SHOT NO" are alike.
fn key(raw: &str) -> String {
    raw.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The column that a header means.
pub(super) fn column(header: &str) -> Option<Column> {
    use Column as C;
    let named: &[(C, &[&str])] = &[
        (C::Scene, &["scene", "scenenumber", "sceneno", "scenenr", "sc", "scn", "sequence", "seq"]),
        (C::Heading, &["heading", "sceneheading", "slugline", "slug", "location", "set", "setting"]),
        (C::Brief, &["brief", "synopsis", "summary", "scenedescription"]),
        (C::Take, &["take"]),
        (C::Picked, &["picked"]),
        (C::Shot, &["shot", "shotnumber", "shotno", "shotnr", "number", "no", "nr", "panel", "frame", "setup", "cut"]),
        (C::Size, &["size", "shotsize", "framing", "shottype", "type", "fieldsize"]),
        (C::Angle, &["angle", "cameraangle", "shotangle"]),
        (C::Move, &["move", "movement", "cameramove", "cameramovement", "camera"]),
        (
            C::Seconds,
            &["seconds", "duration", "length", "secs", "sec", "dur", "time", "durations", "seconds", "lengths"],
        ),
        (C::Start, &["start", "in", "tcin", "starttime"]),
        (C::End, &["end", "out", "tcout", "endtime"]),
        (
            C::Description,
            &["description", "shotdescription", "desc", "visual", "visuals", "picture", "content", "subject"],
        ),
        (C::Staging, &["staging", "blocking"]),
        (C::Dialogue, &["dialogue", "dialog", "line", "lines", "vo", "voiceover"]),
        (C::Action, &["action"]),
        (C::Sound, &["sound", "audio", "sfx", "sounds", "music"]),
        (C::Source, &["source"]),
    ];
    let key = key(header);
    named.iter().find(|(_, names)| names.contains(&key.as_str())).map(|(column, _)| *column)
}

/// The size that a word means.
pub(super) fn size(raw: &str) -> Option<Size> {
    use Size as S;
    raw.trim().parse().ok().or_else(|| {
        Some(match key(raw).trim_end_matches("shot") {
            "ews" | "els" | "xws" | "xls" | "vws" | "extremewide" | "extremelong" | "verywide" | "establishing" => {
                S::ExtremeWide
            }
            "ws" | "ls" | "long" | "wide" | "w" => S::Wide,
            "fs" | "full" | "fullbody" => S::Full,
            "ms" | "mid" | "medium" | "m" | "mls" | "mediumlong" | "cowboy" | "mws" | "2s" | "two" => S::Medium,
            "mcu" | "mediumcloseup" | "mediumclose" => S::MediumClose,
            "cu" | "closeup" | "close" | "c" => S::Close,
            "ecu" | "xcu" | "bcu" | "extremecloseup" | "extremeclose" | "insert" | "detail" => S::ExtremeClose,
            _ => return None,
        })
    })
}

/// The angle that a word means.
pub(super) fn angle(raw: &str) -> Option<Angle> {
    raw.trim().parse().ok().or_else(|| {
        Some(match key(raw).trim_end_matches("angle") {
            "eye" | "eyelevel" | "el" | "straight" | "neutral" | "normal" | "front" => Angle::Eye,
            "low" | "la" | "lowlevel" | "worm" | "wormseye" => Angle::Low,
            "high" | "ha" => Angle::High,
            "overhead" | "top" | "topdown" | "birdseye" | "birdseyeview" | "aerial" | "god" => Angle::Overhead,
            "dutch" | "canted" | "tilted" | "oblique" | "dutchtilt" => Angle::Dutch,
            "overshoulder" | "ots" | "overtheshoulder" | "os" => Angle::OverShoulder,
            "pov" | "pointofview" | "subjective" => Angle::Pov,
            _ => return None,
        })
    })
}

/// The move that a word means.
pub(super) fn camera(raw: &str) -> Option<Move> {
    use Move as M;
    raw.trim().parse().ok().or_else(|| {
        Some(match key(raw).as_str() {
            "static" | "fixed" | "still" | "none" | "locked" | "lockedoff" | "tripod" | "sticks" => M::Static,
            "panleft" | "panl" | "pan" | "leftpan" => M::PanLeft,
            "panright" | "panr" | "rightpan" => M::PanRight,
            "tiltup" | "tilt" => M::TiltUp,
            "tiltdown" => M::TiltDown,
            "pushin" | "push" | "dollyin" | "dolly" | "trackin" | "movein" | "in" => M::PushIn,
            "pullout" | "pull" | "pullback" | "dollyout" | "dollyback" | "trackout" | "moveout" => M::PullOut,
            "trackleft" | "truckleft" | "dollyleft" | "slideleft" | "sliderleft" => M::TrackLeft,
            "trackright" | "truckright" | "dollyright" | "slideright" | "sliderright" | "track" | "tracking"
            | "truck" => M::TrackRight,
            "craneup" | "boomup" | "crane" | "jibup" | "pedestalup" => M::CraneUp,
            "cranedown" | "boomdown" | "jibdown" | "pedestaldown" => M::CraneDown,
            "zoomin" | "zoom" => M::ZoomIn,
            "zoomout" => M::ZoomOut,
            "handheld" | "hh" | "steadicam" | "gimbal" => M::Handheld,
            _ => return None,
        })
    })
}

/// The duration that a cell means: `4`, `4,5 s`, `1:30`, `0:01:30`, `00:00:04:12` with the frames at `fps`.
pub(super) fn seconds(raw: &str, fps: f32) -> Option<Seconds> {
    let raw = raw.trim().to_lowercase();
    let number = raw.trim_end_matches(|c: char| c.is_alphabetic() || c == '.' || c.is_whitespace()).replace(',', ".");
    let parts: Vec<f32> = number.split([':', ';']).map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let value = match parts.as_slice() {
        [seconds] => *seconds,
        [minutes, seconds] => minutes * 60.0 + seconds,
        [hours, minutes, seconds] => hours * 3600.0 + minutes * 60.0 + seconds,
        [hours, minutes, seconds, frames] => hours * 3600.0 + minutes * 60.0 + seconds + frames / fps,
        _ => return None,
    };
    Seconds::new(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_trade_are_understood() {
        for (raw, expected) in
            [("ECU", Size::ExtremeClose), ("Wide Shot", Size::Wide), ("medium-close", Size::MediumClose)]
        {
            assert_eq!(size(raw), Some(expected), "{raw}");
        }
        for (raw, expected) in
            [("OTS", Angle::OverShoulder), ("Bird's Eye", Angle::Overhead), ("Low angle", Angle::Low)]
        {
            assert_eq!(angle(raw), Some(expected), "{raw}");
        }
        for (raw, expected) in
            [("Dolly in", Move::PushIn), ("hand-held", Move::Handheld), ("pan-right", Move::PanRight)]
        {
            assert_eq!(camera(raw), Some(expected), "{raw}");
        }
        for (raw, expected) in [("4", 4.0), ("4,5 s", 4.5), ("1:30", 90.0), ("00:00:04:12", 4.5), ("2.5 sec.", 2.5)] {
            assert_eq!(seconds(raw, 24.0).map(Seconds::get), Some(expected), "{raw}");
        }
        for raw in ["", "long", "-1", "1:2:3:4:5"] {
            assert_eq!(seconds(raw, 24.0), None, "{raw}");
        }
        assert_eq!(column("Shot #"), Some(Column::Shot));
        assert_eq!(column("Camera Movement"), Some(Column::Move));
        assert_eq!(column("Lens"), None);
    }
}
