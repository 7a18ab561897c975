//! Animated WebP without loss: the container by its specification (RIFF with VP8X, ANIM, ANMF), each changed rectangle by
//! the `image-webp` crate.

use std::io::Write;

use image::RgbaImage;
use image_webp::{ColorType, WebPEncoder};

use super::{Film, changed};
use crate::exchange::order::{Credit, ExportError, Order, Watch};
use crate::exchange::reel::Reel;
use crate::exchange::source::Source;

/// Pictures a second where nothing else is asked for.
const FPS: u32 = 12;
/// Flags of VP8X: there is an animation, there is XMP.
const ANIMATED: u8 = 0x02;
const XMP: u8 = 0x04;
/// A picture's flag: it replaces what is under it.
const REPLACES: u8 = 0x02;

/// Writes the animatic.
///
/// # Errors
/// [`ExportError`].
pub fn write(order: &Order<'_>, out: &mut dyn Write, watch: &mut dyn Watch) -> Result<(), ExportError> {
    let reel = Reel::new(order.board, order.selection);
    let fps = order.options.motion_fps.unwrap_or(FPS).clamp(1, 50);
    let film = Film::new(order, &reel, fps, 1)?;
    let (width, height) = film.size;
    let credit = order.options.credit == Credit::Said;
    let mut body = Vec::new();
    let mut head = vec![ANIMATED | if credit { XMP } else { 0 }, 0, 0, 0];
    three(&mut head, width - 1);
    three(&mut head, height - 1);
    chunk(&mut body, b"VP8X", &head);
    // Background and loop count: white, for ever.
    chunk(&mut body, b"ANIM", &[255, 255, 255, 255, 0, 0]);
    let row = width as usize;
    let mut shown: Vec<[u8; 4]> = Vec::new();
    let mut waiting: Option<(Vec<u8>, u64)> = None;
    let mut number = 0_u64;
    let milliseconds = |number: u64| number * 1000 / u64::from(fps);
    film.play(watch, |picture| {
        let at = milliseconds(number);
        number += 1;
        let Some(picture) = picture else { return Ok(()) };
        let next: Vec<[u8; 4]> = picture.pixels().map(|pixel| pixel.0).collect();
        let place = match shown.is_empty() {
            true => Some((0, 0, row, height as usize)),
            false => changed(&shown, &next, row),
        };
        let Some((left, top, wide, high)) = place else { return Ok(()) };
        if let Some((frame, begun)) = waiting.take() {
            animated(&mut body, &frame, at - begun);
        }
        // Places are written halved, so they have to be even.
        let (left, top, wide, high) = (left & !1, top & !1, wide + (left & 1), high + (top & 1));
        waiting = Some((encoded(picture, left, top, wide, high)?, at));
        shown = next;
        Ok(())
    })?;
    if let Some((frame, begun)) = waiting.take() {
        animated(&mut body, &frame, (milliseconds(number) - begun).max(1));
    }
    if credit {
        let source = Source::of_takes(reel.scenes.iter().filter_map(|part| part.take));
        chunk(&mut body, b"XMP ", source.xmp(&order.board.title).as_bytes());
    }
    let Ok(size) = u32::try_from(body.len() + 4) else {
        return Err(ExportError::TooLarge {
            format: crate::exchange::Format::Webp,
            what: "it is over 4 GiB".to_owned(),
        });
    };
    let failed = |error| ExportError::Io("the WebP".into(), error);
    out.write_all(b"RIFF").map_err(failed)?;
    out.write_all(&size.to_le_bytes()).map_err(failed)?;
    out.write_all(b"WEBP").map_err(failed)?;
    out.write_all(&body).map_err(failed)?;
    Ok(())
}

/// A rectangle of a picture as an ANMF chunk's content, its duration left open.
fn encoded(picture: &RgbaImage, left: usize, top: usize, wide: usize, high: usize) -> Result<Vec<u8>, ExportError> {
    let side = |value: usize| u32::try_from(value).unwrap_or(0);
    let part = image::imageops::crop_imm(picture, side(left), side(top), side(wide), side(high)).to_image();
    let rgb: Vec<u8> = part.pixels().flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut file = Vec::new();
    WebPEncoder::new(&mut file)
        .encode(&rgb, part.width(), part.height(), ColorType::Rgb8)
        .map_err(|error| ExportError::Picture(error.to_string()))?;
    let mut content = Vec::with_capacity(file.len() + 16);
    three(&mut content, side(left) / 2);
    three(&mut content, side(top) / 2);
    three(&mut content, part.width() - 1);
    three(&mut content, part.height() - 1);
    content.extend([0, 0, 0, REPLACES]);
    // After `RIFF size WEBP` the file is its one picture chunk.
    content.extend_from_slice(file.get(12..).unwrap_or_default());
    Ok(content)
}

/// Where in an ANMF chunk the duration stands.
const DURATION: usize = 12;

fn animated(body: &mut Vec<u8>, frame: &[u8], milliseconds: u64) {
    let mut frame = frame.to_vec();
    let duration = u32::try_from(milliseconds).unwrap_or(u32::MAX).min(0x00ff_ffff).to_le_bytes();
    frame[DURATION..DURATION + 3].copy_from_slice(&duration[..3]);
    chunk(body, b"ANMF", &frame);
}

fn chunk(body: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) {
    body.extend_from_slice(name);
    body.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes());
    body.extend_from_slice(content);
    if content.len() % 2 == 1 {
        body.push(0);
    }
}

/// A number in three bytes, the lowest first.
fn three(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_le_bytes()[..3]);
}
