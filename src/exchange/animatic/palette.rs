//! One palette for a whole film: the colours of all its stills, cut at their medians.

use std::collections::HashMap;

use image::RgbaImage;

/// Bits of a colour's channel that are told apart while colours are counted.
const BITS: u32 = 5;

/// Counts the colours of pictures.
#[derive(Debug, Default)]
pub(super) struct Colours(HashMap<[u8; 3], Seen>);

/// Colours that are counted as one.
#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    points: u32,
    /// The sum of each channel as it was, so that a flat paper keeps its very colour.
    sums: [u64; 3],
}

impl Seen {
    fn add(&mut self, colour: [u8; 3], points: u32) {
        self.points += points;
        for (sum, channel) in self.sums.iter_mut().zip(colour) {
            *sum += u64::from(channel) * u64::from(points);
        }
    }
}

/// At most as many colours as were asked for, and the one nearest to any other.
pub(super) struct Palette {
    colours: Vec<[u8; 3]>,
    /// For every colour at [`BITS`] a channel the nearest one, found when it is first asked for.
    nearest: Vec<Option<u8>>,
}

impl Colours {
    /// Adds a picture.
    pub(super) fn add(&mut self, picture: &RgbaImage) {
        let mut last: Option<([u8; 3], u32)> = None;
        for pixel in picture.pixels() {
            let colour = [pixel[0], pixel[1], pixel[2]];
            match &mut last {
                Some((before, run)) if *before == colour => *run += 1,
                _ => {
                    if let Some((before, run)) = last.replace((colour, 1)) {
                        self.seen(before, run);
                    }
                }
            }
        }
        if let Some((colour, run)) = last {
            self.seen(colour, run);
        }
    }

    fn seen(&mut self, colour: [u8; 3], points: u32) {
        let counted = colour.map(|channel| channel & (0xff << (8 - BITS)));
        self.0.entry(counted).or_default().add(colour, points);
    }

    /// Cuts them down to at most `most` colours: again and again the box whose colours lie farthest apart, weighed by how
    /// often they are seen, is cut at its median (Heckbert 1982).
    pub(super) fn palette(&self, most: usize) -> Palette {
        let mut colours: Vec<([u8; 3], Seen)> = self.0.iter().map(|(colour, seen)| (*colour, *seen)).collect();
        colours.sort_unstable_by_key(|(colour, _)| *colour);
        let mut boxes = vec![colours];
        while boxes.len() < most {
            let widest =
                boxes.iter().enumerate().filter(|(_, colours)| colours.len() > 1).max_by_key(|(_, colours)| {
                    let seen: u64 = colours.iter().map(|(_, seen)| u64::from(seen.points)).sum();
                    let (_, spread) = widest_channel(colours);
                    // The root keeps a large flat paper from taking all the colours.
                    u64::from(spread) * u64::from(seen.isqrt() as u32 + 1)
                });
            let Some((at, _)) = widest else { break };
            let mut colours = boxes.swap_remove(at);
            let (channel, _) = widest_channel(&colours);
            colours.sort_unstable_by_key(|(colour, _)| colour[channel]);
            let half: u64 = colours.iter().map(|(_, seen)| u64::from(seen.points)).sum::<u64>() / 2;
            let mut passed = 0;
            let cut = colours.iter().position(|(_, seen)| {
                passed += u64::from(seen.points);
                passed > half
            });
            let cut = cut.unwrap_or(0).clamp(1, colours.len() - 1);
            let rest = colours.split_off(cut);
            boxes.push(colours);
            boxes.push(rest);
        }
        let colours = boxes.iter().filter(|colours| !colours.is_empty()).map(|colours| mean(colours)).collect();
        Palette { colours, nearest: vec![None; 1 << (3 * BITS)] }
    }
}

/// The channel over which colours are spread most, and how far.
fn widest_channel(colours: &[([u8; 3], Seen)]) -> (usize, u8) {
    let spread = |channel: usize| {
        let values = colours.iter().map(|(colour, _)| colour[channel]);
        values.clone().max().unwrap_or(0) - values.min().unwrap_or(0)
    };
    (0..3).map(|channel| (channel, spread(channel))).max_by_key(|(_, spread)| *spread).unwrap_or((0, 0))
}

fn mean(colours: &[([u8; 3], Seen)]) -> [u8; 3] {
    let points: u64 = colours.iter().map(|(_, seen)| u64::from(seen.points)).sum::<u64>().max(1);
    std::array::from_fn(|channel| {
        let sum: u64 = colours.iter().map(|(_, seen)| seen.sums[channel]).sum();
        // A mean of bytes is a byte.
        u8::try_from((sum + points / 2) / points).unwrap_or(255)
    })
}

impl Palette {
    /// The colours as red, green and blue in a row.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.colours.concat()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.colours.len()
    }

    /// A picture by its nearest colours.
    pub(super) fn indices(&mut self, picture: &RgbaImage, into: &mut Vec<u8>) {
        into.clear();
        into.reserve(picture.pixels().len());
        for pixel in picture.pixels() {
            let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(|channel| usize::from(channel >> (8 - BITS)));
            let key = (r << (2 * BITS)) | (g << BITS) | b;
            let index = match self.nearest[key] {
                Some(index) => index,
                None => {
                    let index = self.find([pixel[0], pixel[1], pixel[2]]);
                    self.nearest[key] = Some(index);
                    index
                }
            };
            into.push(index);
        }
    }

    fn find(&self, colour: [u8; 3]) -> u8 {
        let distance = |other: &[u8; 3]| -> u32 {
            // The eye sees green best and blue least.
            let weights = [3, 6, 1];
            (0..3).map(|at| u32::from(colour[at].abs_diff(other[at])).pow(2) * weights[at]).sum()
        };
        let nearest = self.colours.iter().enumerate().min_by_key(|(_, other)| distance(other));
        nearest.and_then(|(at, _)| u8::try_from(at).ok()).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgba;

    #[test]
    fn a_flat_paper_keeps_its_very_colour() {
        let paper = [0xf4, 0xef, 0xe4];
        let picture = RgbaImage::from_fn(64, 64, |x, y| match (x, y) {
            (x, 10) => Rgba([(x * 3) as u8, (x * 2) as u8, x as u8, 255]),
            _ => Rgba([paper[0], paper[1], paper[2], 255]),
        });
        let mut colours = Colours::default();
        colours.add(&picture);
        let mut palette = colours.palette(16);
        assert!(palette.len() <= 16);
        let mut indices = Vec::new();
        palette.indices(&picture, &mut indices);
        let at = usize::from(indices[0]) * 3;
        assert_eq!(palette.bytes()[at..at + 3], paper);
    }
}
