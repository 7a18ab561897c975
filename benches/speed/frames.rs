//! Frames: our way into the terminal against the bare crates', two cores against one.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::RgbaImage;
use image::imageops::FilterType;
use slateboard::board::{Shot, Storyboard};
use slateboard::frame::render::{hand, raster};
use slateboard::frame::{Size, Stage, Style, compose, draw, scene};
use slateboard::term::graphics::palette::Indexed;
use slateboard::term::graphics::{fit, kitty, sixel};

use super::{Aim, ROUNDS, Table, millis};

/// The board of the sheet: every size, angle and move.
const BOARD: &str = include_str!("../../docs/twenty-four.yaml");
/// Frames for the measure of two cores.
const MANY: usize = 200;
/// Pixels across and down of a frame in a terminal.
const SHOWN: (u32, u32) = (640, 360);

pub(crate) fn measure(table: &mut Table) {
    let board: Storyboard = serde_yaml::from_str(BOARD).unwrap();
    let shots = shots(&board);
    let (style, size) = (Style::pencil().unwrap(), Size::default());
    let picture = draw(&shots[4].0, &shots[4].1, size, &style).unwrap();
    let composed = scene::draw(&compose(&shots[4].0, &shots[4].1));
    let fills = hand::fills(&composed, &style);
    let rounds: Vec<(f64, f64)> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            drop(draw(&shots[4].0, &shots[4].1, size, &style).unwrap());
            let ours = millis(begun.elapsed());
            let begun = Instant::now();
            drop(raster::raster(&fills, size.width(), size.height()));
            (ours, millis(begun.elapsed()))
        })
        .collect();
    table.line("a sketch from its shot, to tiny-skia on its polygons alone", "ms", &rounds, Aim::Told);

    let (wide, high) = SHOWN;
    let mut sent = (0, 0);
    let rounds: Vec<(f64, f64)> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            let ours = kitty::send(1, &Indexed::of(&fit::resized(&picture, wide, high))).unwrap();
            let our_time = millis(begun.elapsed());
            let begun = Instant::now();
            let theirs = bare(&picture);
            let their_time = millis(begun.elapsed());
            sent = (ours.len(), theirs.len());
            (our_time, their_time)
        })
        .collect();
    table.line("resized and encoded for kitty, to image and plain RGBA", "ms", &rounds, Aim::AtMost(0.25));
    table.line("bytes of a frame for kitty, to plain RGBA", "kB", &[kilo(sent)], Aim::AtMost(0.15));
    by_the_crate(table, &Indexed::of(&fit::resized(&picture, wide, high)));
    let again = kitty::show(1, 64, 18).len();
    table.line("bytes of a frame shown again, to the first time", "kB", &[kilo((again, sent.0))], Aim::AtMost(0.05));

    let small = fit::resized(&picture, wide, high);
    let rounds: Vec<(f64, f64)> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            drop(sixel::encode(&Indexed::of(&small)));
            let ours = millis(begun.elapsed());
            let begun = Instant::now();
            drop(
                icy_sixel::sixel_string(
                    small.as_raw(),
                    small.width() as i32,
                    small.height() as i32,
                    icy_sixel::PixelFormat::RGBA8888,
                    icy_sixel::DiffusionMethod::Stucki,
                    icy_sixel::MethodForLargest::Auto,
                    icy_sixel::MethodForRep::Auto,
                    icy_sixel::Quality::HIGH,
                )
                .unwrap(),
            );
            (ours, millis(begun.elapsed()))
        })
        .collect();
    table.line("a frame as sixels, to icy_sixel 0.1", "ms", &rounds, Aim::AtMost(0.05));

    let rounds: Vec<(f64, f64)> = (0..2)
        .map(|_| {
            let one = many(&shots, size, &style, 1);
            let two = many(&shots, size, &style, 2);
            (one, two)
        })
        .collect();
    table.line("200 frames on one core, to two", "ms", &rounds, Aim::AtLeast(1.8));
}

/// Our PNG of a picture with a palette against the crate's, quick and at its best: time, and bytes on the line.
fn by_the_crate(table: &mut Table, small: &Indexed) {
    for (name, compression) in
        [("at its quickest", png::Compression::Fast), ("as it comes", png::Compression::Balanced)]
    {
        let mut sizes = (0, 0);
        let rounds: Vec<(f64, f64)> = (0..ROUNDS)
            .map(|_| {
                let begun = Instant::now();
                let ours = small.png().unwrap();
                let our_time = millis(begun.elapsed());
                let begun = Instant::now();
                let theirs = png_by_the_crate(small, compression);
                sizes = (ours.len(), theirs.len());
                (our_time, millis(begun.elapsed()))
            })
            .collect();
        table.line(&format!("  its PNG, to the png crate's {name}"), "ms", &rounds, Aim::Told);
        table.line("  its bytes", "kB", &[kilo(sizes)], Aim::Told);
    }
}

fn png_by_the_crate(picture: &Indexed, compression: png::Compression) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, picture.width, picture.height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(picture.palette.concat());
    encoder.set_compression(compression);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&picture.pixels).unwrap();
    writer.finish().unwrap();
    out
}

fn shots(board: &Storyboard) -> Vec<(Shot, Stage<'_>)> {
    let scenes = board.scenes.iter().filter_map(|scene| Some((scene, scene.leading_take()?)));
    scenes
        .flat_map(|(scene, take)| {
            let stage = Stage::new(board, scene.current_heading());
            take.shots.iter().map(move |shot| (shot.clone(), stage.clone()))
        })
        .collect()
}

fn kilo((this, that): (usize, usize)) -> (f64, f64) {
    (this as f64 / 1e3, that as f64 / 1e3)
}

/// What viuer does for kitty over a line: `image` resizes, and plain RGBA goes out as base64 in chunks.
fn bare(picture: &RgbaImage) -> String {
    let small = image::imageops::resize(picture, SHOWN.0, SHOWN.1, FilterType::Triangle);
    let encoded = STANDARD.encode(small.as_raw());
    let mut out = String::new();
    for chunk in encoded.as_bytes().chunks(4096) {
        out.push_str("\x1b_Gm=1;");
        out.push_str(std::str::from_utf8(chunk).unwrap());
        out.push_str("\x1b\\");
    }
    out
}

/// Milliseconds for many frames on so many threads.
fn many(shots: &[(Shot, Stage<'_>)], size: Size, style: &Style, threads: usize) -> f64 {
    let next = AtomicUsize::new(0);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= MANY {
                        break;
                    }
                    let (shot, stage) = &shots[at % shots.len()];
                    drop(draw(shot, stage, size, style).unwrap());
                }
            });
        }
    });
    millis(begun.elapsed())
}
