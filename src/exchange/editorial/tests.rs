use std::path::Path;

use super::*;
use crate::exchange::fixture::{self, Grey};
use crate::exchange::xml_read::{self, Element};
use crate::exchange::{Options, Selection};

/// Writes a long board at a rate, and answers the text with the cuts it should have.
fn written(fps: f32, write: fn(&Edit<'_, '_>, &mut Report) -> String) -> (String, Vec<(u64, u64)>) {
    let mut board = fixture::keeper();
    board.fps = fps;
    let take = &mut board.scenes[0].takes[0];
    let shot = take.shots[0].clone();
    take.shots = (1_u16..400)
        .map(|n| {
            let seconds = crate::board::Seconds::clamped(0.37 + f32::from(n % 11) * 0.31);
            crate::board::Shot { seconds, ..shot.clone() }
        })
        .collect();
    let (selection, options) = (Selection::default(), Options::default());
    let order = Order { board: &board, verdicts: &[], selection: &selection, options: &options, studio: &Grey };
    let reel = Reel::new(&board, &selection);
    let edit = Edit { order: &order, reel: &reel, frames: &Frames::default(), folder: Path::new("/a b") };
    let cuts = reel.cuts().map(|(_, cut)| (cut.start, cut.frames)).collect();
    (write(&edit, &mut Report::default()), cuts)
}

const RATES: [f32; 6] = [23.976, 24.0, 25.0, 29.97, 59.94, 60.0];

#[test]
fn fcpxml_lies_on_whole_frames() {
    for fps in RATES {
        let (text, cuts) = written(fps, fcpxml);
        let rate = crate::exchange::Rate::of(fps);
        let frames = |time: &str| {
            let (over, under) = time.trim_end_matches('s').split_once('/').unwrap_or((time.trim_end_matches('s'), "1"));
            let (over, under): (u64, u64) = (over.parse().unwrap(), under.parse().unwrap());
            let scaled = over * u64::from(rate.numerator());
            assert_eq!(scaled % (under * u64::from(rate.denominator())), 0, "{time} is no whole frame at {fps}");
            scaled / (under * u64::from(rate.denominator()))
        };
        let root = xml_read::read(&text.replace("<!DOCTYPE fcpxml>", ""), "FCPXML").unwrap();
        let path = ["library", "event", "project", "sequence", "spine"];
        let spine = path.iter().fold(&root, |element, name| element.child(name).unwrap());
        let found: Vec<(u64, u64)> = spine
            .all("clip")
            .map(|clip| (frames(clip.attribute("offset").unwrap()), frames(clip.attribute("duration").unwrap())))
            .collect();
        assert_eq!(found, cuts, "{fps}");
    }
}

#[test]
fn final_cut_7_counts_the_same_frames() {
    for fps in RATES {
        let (text, cuts) = written(fps, xmeml);
        let root = xml_read::read(&text, "FCP XML").unwrap();
        let path = ["sequence", "media", "video", "track"];
        let track = path.iter().fold(&root, |element, name| element.child(name).unwrap());
        let number = |clip: &Element, name: &str| clip.child(name).unwrap().words.parse::<u64>().unwrap();
        let found: Vec<(u64, u64)> = track
            .all("clipitem")
            .map(|clip| (number(clip, "start"), number(clip, "end") - number(clip, "start")))
            .collect();
        assert_eq!(found, cuts, "{fps}");
        let rate = root.child("sequence").unwrap().child("rate").unwrap();
        assert_eq!(rate.child("ntsc").unwrap().words == "TRUE", fps.fract() != 0.0);
    }
}

#[test]
fn an_edit_decision_list_has_no_gap_and_no_overlap() {
    for fps in RATES {
        let (text, cuts) = written(fps, edl);
        let base = u64::from(crate::exchange::Rate::of(fps).nominal());
        let frames = |timecode: &str| {
            let parts: Vec<u64> = timecode.split(':').map(|part| part.parse().unwrap()).collect();
            ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * base + parts[3]
        };
        let found: Vec<(u64, u64)> = text
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
            .map(|line| {
                let times: Vec<u64> = line.split_whitespace().skip(4).map(frames).collect();
                assert_eq!(times[1] - times[0], times[3] - times[2], "{line}");
                (times[2] - base * 3600, times[3] - times[2])
            })
            .collect();
        assert_eq!(found, cuts, "{fps}");
    }
}
