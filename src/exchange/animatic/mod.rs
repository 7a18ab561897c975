//! The animatic: shots in time, each with its camera move over its still picture, as GIF, animated WebP or video.

mod gif;
mod palette;
#[cfg(test)]
mod tests;
mod video;
mod webp;

use std::ops::ControlFlow;

use image::RgbaImage;
use tiny_skia::{FilterQuality, Pixmap, PixmapMut, PixmapPaint, PixmapRef, Rect, Transform};

use super::order::{Captions, ExportError, Order, Watch};
use super::reel::{Cue, Cut, Part, Reel};
use crate::board::Move;
use crate::lettering::{FontFiles, Typesetter, Weight, draw_line};

pub use self::gif::write as gif;
pub use self::video::{Container, write as video};
pub use self::webp::write as webp;

/// How much larger than the film a still is drawn, so that a camera that goes nearer stays sharp.
const OVERSIZE: f32 = 1.2;

/// Where the camera looks: how far the picture's middle is moved, as shares of its sides, and how much it is magnified.
#[derive(Debug, Clone, Copy, PartialEq)]
struct View {
    x: f32,
    y: f32,
    scale: f32,
}

/// The view at `t`, from 0 to 1 through a shot, `seconds` into the film. `page.js` has the same curves.
fn view(camera: Move, t: f32, seconds: f32) -> View {
    let still = |x, y, scale| View { x, y, scale };
    let across = 0.06 - 0.12 * t;
    match camera {
        Move::Static => still(0.0, 0.0, 1.0),
        Move::PanLeft | Move::TrackLeft => still(across, 0.0, 1.14),
        Move::PanRight | Move::TrackRight => still(-across, 0.0, 1.14),
        Move::TiltUp | Move::CraneUp => still(0.0, across, 1.14),
        Move::TiltDown | Move::CraneDown => still(0.0, -across, 1.14),
        Move::PushIn | Move::ZoomIn => still(0.0, 0.0, 1.0 + 0.18 * t),
        Move::PullOut | Move::ZoomOut => still(0.0, 0.0, 1.18 - 0.18 * t),
        Move::Handheld => still(0.006 * (seconds * 5.1).sin(), 0.006 * (seconds * 3.7 + 1.0).sin(), 1.03),
    }
}

/// A film of some shots at a number of pictures a second.
struct Film<'a, 'b> {
    order: &'b Order<'a>,
    reel: &'b Reel<'a>,
    size: (u32, u32),
    /// Pictures in `per` seconds.
    pictures: u32,
    per: u32,
    files: FontFiles,
}

impl<'a, 'b> Film<'a, 'b> {
    fn new(order: &'b Order<'a>, reel: &'b Reel<'a>, pictures: u32, per: u32) -> Result<Self, ExportError> {
        if reel.shots() == 0 {
            return Err(ExportError::Empty("no scene selected has a shot"));
        }
        let even = |side: u32| (side.max(16) / 2) * 2;
        let size = (even(order.options.size.0), even(order.options.size.1));
        Ok(Self { order, reel, size, pictures, per, files: order.fonts()? })
    }

    fn seconds(&self) -> f64 {
        self.reel.rate.seconds(self.reel.frames())
    }

    /// How many pictures it has.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "films last hours, not ages")]
    fn count(&self) -> u64 {
        ((self.seconds() * f64::from(self.pictures) / f64::from(self.per)).round() as u64).max(1)
    }

    /// The stills one after the other, without captions and moves.
    fn stills(&self, mut each: impl FnMut(&RgbaImage) -> Result<(), ExportError>) -> Result<(), ExportError> {
        for (part, cut) in self.reel.cuts() {
            each(&self.still(part, cut, 1.0)?)?;
        }
        Ok(())
    }

    fn still(&self, part: &Part<'_>, cut: &Cut<'_>, times: f32) -> Result<RgbaImage, ExportError> {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a picture's side"
        )]
        let side = |side: u32| ((side as f32 * times).round() as u32).clamp(16, 8192);
        let (width, height) = (side(self.size.0), side(self.size.1));
        self.order.studio.still(part.scene, cut.shot, width, height).map_err(ExportError::Picture)
    }

    /// Gives every picture in order; where one is the same as the one before, that is said instead of drawn again.
    fn play(
        &self,
        watch: &mut dyn Watch,
        mut each: impl FnMut(Option<&RgbaImage>) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let typesetter = Typesetter::new(&self.files);
        let cuts: Vec<(&Part<'_>, &Cut<'_>)> = self.reel.cuts().collect();
        let cues: Vec<&Cue<'_>> = match self.order.options.captions {
            Captions::Burnt => self.reel.scenes.iter().flat_map(|part| &part.cues).collect(),
            Captions::Absent => Vec::new(),
        };
        let total = self.count();
        let (mut at, mut spoken) = (0, 0);
        let mut still: Option<(usize, Pixmap)> = None;
        let mut before: Option<(usize, View, Option<usize>)> = None;
        let mut picture = RgbaImage::new(self.size.0, self.size.1);
        let steps = usize::try_from(total).unwrap_or(usize::MAX);
        for n in 0..total {
            if watch.step(usize::try_from(n).unwrap_or(usize::MAX), steps) == ControlFlow::Break(()) {
                return Err(ExportError::Stopped);
            }
            #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53 pictures")]
            let seconds = n as f64 * f64::from(self.per) / f64::from(self.pictures);
            // A picture shows what is on at its beginning; the tiny step keeps rounding from showing the cut before.
            let frame = self.reel.rate.fps() * seconds + 1e-6;
            #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53 frames")]
            let over = |end: u64| frame >= end as f64;
            while at + 1 < cuts.len() && over(cuts[at].1.start + cuts[at].1.frames) {
                at += 1;
            }
            while spoken < cues.len() && over(cues[spoken].end) {
                spoken += 1;
            }
            let cue = cues.get(spoken).filter(|cue| over(cue.start)).map(|_| spoken);
            let (part, cut) = cuts[at];
            #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a share of a shot")]
            let t = ((frame - cut.start as f64) / cut.frames as f64).clamp(0.0, 1.0) as f32;
            #[expect(clippy::cast_possible_truncation, reason = "seconds of a film")]
            let looked = view(cut.shot.camera, t, seconds as f32);
            if before == Some((at, looked, cue)) {
                each(None)?;
                continue;
            }
            if still.as_ref().is_none_or(|(of, _)| *of != at) {
                let drawn = self.still(part, cut, OVERSIZE)?;
                still = pixmap(drawn).map(|pixmap| (at, pixmap));
            }
            if let Some((_, still)) = &still {
                self.look(&mut picture, still.as_ref(), looked);
            }
            if let Some(cue) = cue {
                self.caption(&mut picture, &typesetter, cues[cue]);
            }
            before = Some((at, looked, cue));
            each(Some(&picture))?;
        }
        Ok(())
    }

    /// Draws a still as the camera sees it.
    fn look(&self, picture: &mut RgbaImage, still: PixmapRef<'_>, view: View) {
        let (width, height) = self.size;
        #[expect(clippy::cast_precision_loss, reason = "a picture's side")]
        let (w, h, sw, sh) = (width as f32, height as f32, still.width() as f32, still.height() as f32);
        let Some(mut canvas) = PixmapMut::from_bytes(picture.as_mut(), width, height) else { return };
        let (x, y) = (w / 2.0 - view.x * w * view.scale, h / 2.0 - view.y * h * view.scale);
        let place = Transform::from_translate(-sw / 2.0, -sh / 2.0)
            .post_scale(w / sw * view.scale, h / sh * view.scale)
            .post_translate(x, y);
        let paint = PixmapPaint { quality: FilterQuality::Bilinear, ..PixmapPaint::default() };
        canvas.fill(tiny_skia::Color::WHITE);
        canvas.draw_pixmap(0, 0, still, &paint, place, None);
    }

    fn caption(&self, picture: &mut RgbaImage, typesetter: &Typesetter<'_>, cue: &Cue<'_>) {
        let (width, height) = self.size;
        #[expect(clippy::cast_precision_loss, reason = "a picture's side")]
        let (w, h) = (width as f32, height as f32);
        let size = (h / 18.0).max(9.0);
        let words = match cue.speech.speaker.trim() {
            "" => cue.speech.line.to_string(),
            speaker => format!("{speaker}: {}", cue.speech.line),
        };
        let set = typesetter.set(&words, Weight::Regular, size, w * 0.86, 3);
        let leading = size * 1.3;
        #[expect(clippy::cast_precision_loss, reason = "at most three lines")]
        let lines = set.lines.len() as f32;
        let top = h - size * 0.8 - lines * leading;
        let wide = set.lines.iter().map(|line| line.width).fold(0.0, f32::max) + size * 1.2;
        if let Some(band) = Rect::from_xywh((w - wide) / 2.0, top, wide, lines * leading + size * 0.3)
            && let Some(mut canvas) = PixmapMut::from_bytes(picture.as_mut(), width, height)
        {
            let mut paint = tiny_skia::Paint::default();
            paint.set_color_rgba8(16, 16, 18, 205);
            canvas.fill_rect(band, &paint, Transform::identity(), None);
        }
        let mut y = top + size * 1.05;
        for line in &set.lines {
            draw_line(picture, typesetter, line, size, (w - line.width) / 2.0, y, [245, 243, 238]);
            y += leading;
        }
    }
}

fn pixmap(picture: RgbaImage) -> Option<Pixmap> {
    let size = tiny_skia::IntSize::from_wh(picture.width(), picture.height())?;
    Pixmap::from_vec(picture.into_raw(), size)
}

/// The smallest rectangle that holds every place where two pictures differ: left, top, width, height.
fn changed<T: PartialEq>(before: &[T], now: &[T], width: usize) -> Option<(usize, usize, usize, usize)> {
    let (mut left, mut right, mut top, mut bottom) = (width, 0, usize::MAX, 0);
    for (row, (old, new)) in before.chunks(width).zip(now.chunks(width)).enumerate() {
        let Some(first) = old.iter().zip(new).position(|(old, new)| old != new) else { continue };
        let last = old.iter().zip(new).rposition(|(old, new)| old != new).unwrap_or(first);
        left = left.min(first);
        right = right.max(last);
        top = top.min(row);
        bottom = row;
    }
    (top != usize::MAX).then(|| (left, top, right + 1 - left, bottom + 1 - top))
}
