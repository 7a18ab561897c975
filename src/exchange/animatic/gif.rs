//! GIF: one palette for the whole film, and of each picture only the rectangle that changed, unchanged points in it left
//! open. So a shot that stands still costs one picture.

use std::borrow::Cow;
use std::io::Write;

use gif::{DisposalMethod, Encoder, Frame, Repeat};

use super::palette::Colours;
use super::{Film, changed};
use crate::exchange::order::{Credit, ExportError, Order, Watch};
use crate::exchange::reel::Reel;
use crate::exchange::source::Source;

/// Pictures a second where nothing else is asked for.
const FPS: u32 = 12;
/// Colours of the palette; one more says "as before".
const COLOURS: usize = 127;

/// Writes the animatic.
///
/// # Errors
/// [`ExportError`].
pub fn write(order: &Order<'_>, out: &mut dyn Write, watch: &mut dyn Watch) -> Result<(), ExportError> {
    let reel = Reel::new(order.board, order.selection);
    let fps = order.options.motion_fps.unwrap_or(FPS).clamp(1, 50);
    let film = Film::new(order, &reel, fps, 1)?;
    let mut colours = Colours::default();
    film.stills(|still| {
        colours.add(still);
        Ok(())
    })?;
    let mut palette = colours.palette(COLOURS);
    let open = u8::try_from(palette.len()).unwrap_or(u8::MAX);
    let mut table = palette.bytes();
    table.extend([0, 0, 0]);
    let failed = |error: gif::EncodingError| ExportError::Io("the GIF".into(), std::io::Error::other(error));
    let side = |pixels: u32| u16::try_from(pixels).unwrap_or(u16::MAX);
    let (width, height) = film.size;
    let mut encoder = Encoder::new(out, side(width), side(height), &table).map_err(failed)?;
    encoder.set_repeat(Repeat::Infinite).map_err(failed)?;
    if order.options.credit == Credit::Said {
        let source = Source::of_takes(reel.scenes.iter().filter_map(|part| part.take));
        let words = source.sentence().as_bytes();
        encoder.write_raw_extension(gif::Extension::Comment.into(), &[words]).map_err(failed)?;
    }
    let row = width as usize;
    let (mut shown, mut next): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
    let mut waiting: Option<Frame<'static>> = None;
    // Hundredths of a second from the film's beginning, so that rounding never adds up.
    let (mut number, mut begun) = (0_u64, 0_u64);
    let hundredths = |number: u64| number * 100 / u64::from(fps);
    film.play(watch, |picture| {
        let at = hundredths(number);
        number += 1;
        let Some(picture) = picture else { return Ok(()) };
        palette.indices(picture, &mut next);
        let whole = (0, 0, row, height as usize);
        let place = if shown.is_empty() { Some(whole) } else { changed(&shown, &next, row) };
        let Some((left, top, wide, high)) = place else { return Ok(()) };
        if let Some(mut frame) = waiting.take() {
            frame.delay = u16::try_from(at - begun).unwrap_or(u16::MAX);
            encoder.write_frame(&frame).map_err(failed)?;
        }
        begun = at;
        let mut buffer = Vec::with_capacity(wide * high);
        for line in top..top + high {
            let range = line * row + left..line * row + left + wide;
            match shown.get(range.clone()) {
                Some(before) => {
                    buffer
                        .extend(next[range].iter().zip(before).map(|(new, old)| if new == old { open } else { *new }));
                }
                None => buffer.extend_from_slice(&next[range]),
            }
        }
        let narrow = |side: usize| u16::try_from(side).unwrap_or(u16::MAX);
        waiting = Some(Frame {
            left: narrow(left),
            top: narrow(top),
            width: narrow(wide),
            height: narrow(high),
            dispose: DisposalMethod::Keep,
            transparent: Some(open),
            buffer: Cow::Owned(buffer),
            ..Frame::default()
        });
        std::mem::swap(&mut shown, &mut next);
        Ok(())
    })?;
    if let Some(mut frame) = waiting.take() {
        frame.delay = u16::try_from(hundredths(number) - begun).unwrap_or(u16::MAX).max(1);
        encoder.write_frame(&frame).map_err(failed)?;
    }
    Ok(())
}
