//! A picture with a palette. Over a coarse histogram, which a sketch's few hues need no more than, the box of colours that
//! spread most is cut at their mean, again and again (after Wan, Wong and Prusinkiewicz, 1988), until all are near enough.

use image::RgbaImage;

use super::deflate;

/// A picture whose pixels are places in a palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indexed {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// At most [`MOST`] colours.
    pub palette: Vec<[u8; 3]>,
    /// Row by row.
    pub pixels: Vec<u8>,
}

/// Colours are told apart by five bits a channel.
const BITS: usize = 5;
const CELLS: usize = 1 << (3 * BITS);

/// The colours of one cell of the histogram: how many pixels, and the sum of their channels.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    count: u32,
    sum: [u32; 3],
}

/// So many pixels are looked at, at most twice as many: more tell nothing new of which colours a sketch has.
const LOOKED_AT: usize = 1 << 15;

/// Colours of a palette, at most: their places and one more number fit a byte.
pub const MOST: usize = 255;
/// How far from their palette's the colours of a picture may be, as the mean of the squares of a channel's levels: three
/// quarters. A sketch has some forty colours then, and a photograph all that there is room for.
const NEAR: (u64, u64) = (3, 4);
/// What stands for a colour that was not looked at yet.
const UNKNOWN: u8 = 255;

fn cell_of([red, green, blue]: [u8; 3]) -> usize {
    let high = |channel: u8| usize::from(channel >> (8 - BITS));
    high(red) << (2 * BITS) | high(green) << BITS | high(blue)
}

impl Indexed {
    /// A part of it, as far as it reaches, with the same palette.
    #[must_use]
    pub fn part(&self, (left, top): (u32, u32), (width, height): (u32, u32)) -> Self {
        let (width, height) = (width.min(self.width.saturating_sub(left)), height.min(self.height.saturating_sub(top)));
        let rows = self.pixels.chunks(self.width.max(1) as usize).skip(top as usize).take(height as usize);
        let pixels = rows.flat_map(|row| row.iter().skip(left as usize).take(width as usize).copied()).collect();
        Self { width, height, palette: self.palette.clone(), pixels }
    }

    /// A picture with as few colours as are near enough to its own, at most [`MOST`]; its alpha is let go.
    #[must_use]
    pub fn of(picture: &RgbaImage) -> Self {
        let cells = looked_at(picture);
        let used: Vec<usize> = (0..CELLS).filter(|&at| cells[at].count > 0).collect();
        let mut boxes = vec![Cut::of(used, &cells)];
        let mut off = boxes[0].off;
        let near = boxes[0].count * 3 * NEAR.0 / NEAR.1;
        while boxes.len() < MOST && off > near {
            let best = boxes.iter().enumerate().filter(|(_, cut)| cut.worth > 0);
            let Some((at, _)) = best.max_by_key(|(at, cut)| (cut.worth, std::cmp::Reverse(*at))) else { break };
            let (low, high) = boxes[at].halves(&cells);
            off -= boxes[at].off;
            boxes[at] = Cut::of(low, &cells);
            boxes.push(Cut::of(high, &cells));
            off += boxes[at].off + boxes[boxes.len() - 1].off;
        }
        let mut places = vec![UNKNOWN; CELLS];
        let mut palette = Vec::with_capacity(boxes.len());
        for (place, cut) in (0..UNKNOWN).zip(&boxes) {
            palette.push(mean(&cut.cells, &cells));
            for &cell in &cut.cells {
                places[cell] = place;
            }
        }
        let place = |pixel: &[u8; 4]| {
            let colour = [pixel[0], pixel[1], pixel[2]];
            let place = &mut places[cell_of(colour)];
            if *place == UNKNOWN {
                *place = nearest(colour, &palette);
            }
            *place
        };
        let pixels = picture.as_raw().as_chunks().0.iter().map(place).collect();
        Self { width: picture.width(), height: picture.height(), palette, pixels }
    }

    /// As PNG with its palette.
    ///
    /// # Errors
    /// Where the picture is empty or too large for the format.
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        let few = self.palette.len() <= 16;
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(if few { png::BitDepth::Four } else { png::BitDepth::Eight });
        encoder.set_palette(self.palette.concat());
        let mut writer = encoder.write_header()?;
        // Each row begins with the filter that it went through: none.
        let row = 1 + if few { self.width.div_ceil(2) } else { self.width } as usize;
        let mut rows = Vec::with_capacity(row * self.height as usize);
        for line in self.pixels.chunks(self.width.max(1) as usize) {
            rows.push(0);
            if few {
                rows.extend(line.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)));
            } else {
                rows.extend_from_slice(line);
            }
        }
        writer.write_chunk(png::chunk::IDAT, &deflate::zlib(&rows, row))?;
        writer.finish()?;
        Ok(bytes)
    }
}

/// The histogram of a picture, of some of its pixels where it has many.
fn looked_at(picture: &RgbaImage) -> Vec<Cell> {
    let mut cells = vec![Cell::default(); CELLS];
    let pixels = picture.as_raw().as_chunks::<4>().0;
    let width = picture.width() as usize;
    // A step that shares a factor with the width would look at the same columns in each row, and miss lines between them.
    let step = (pixels.len() / LOOKED_AT).max(1);
    let step = (step..).find(|&step| coprime(step, width)).unwrap_or(1);
    for &[red, green, blue, _] in pixels.iter().step_by(step) {
        let colour = [red, green, blue];
        let cell = &mut cells[cell_of(colour)];
        cell.count += 1;
        for (sum, channel) in cell.sum.iter_mut().zip(colour) {
            *sum += u32::from(channel);
        }
    }
    cells
}

fn coprime(one: usize, other: usize) -> bool {
    let (mut one, mut other) = (one, other);
    while other > 0 {
        (one, other) = (other, one % other);
    }
    one <= 1
}

/// The place of the colour that is most like it.
fn nearest(colour: [u8; 3], palette: &[[u8; 3]]) -> u8 {
    let far = |known: &[u8; 3]| -> u32 {
        known.iter().zip(colour).map(|(&one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    (0..UNKNOWN).zip(palette).min_by_key(|(_, known)| far(known)).map_or(0, |(place, _)| place)
}

/// A box of colours.
struct Cut {
    cells: Vec<usize>,
    /// How far its pixels are from their mean: the sum of the squares, over all channels.
    off: u64,
    /// The channel along which they spread most.
    axis: usize,
    /// How much it is worth cutting it there: the squares of that channel by the root of the pixels, so that a thin red line
    /// has a colour before the paper has its next.
    worth: u64,
    /// Its pixels.
    count: u64,
    /// The sum of that channel.
    sum: u64,
}

impl Cut {
    fn of(cut: Vec<usize>, cells: &[Cell]) -> Self {
        let (mut count, mut sums, mut squares) = (0_u64, [0_u64; 3], [0_u64; 3]);
        for cell in cut.iter().map(|&at| &cells[at]) {
            count += u64::from(cell.count);
            for axis in 0..3 {
                let sum = u64::from(cell.sum[axis]);
                sums[axis] += sum;
                squares[axis] += sum * sum / u64::from(cell.count.max(1));
            }
        }
        let spread = |axis: usize| squares[axis].saturating_sub(sums[axis] * sums[axis] / count.max(1));
        let axis = (0..3).max_by_key(|&axis| spread(axis)).unwrap_or(0);
        let worth = spread(axis) / count.isqrt().max(1);
        Self { off: (0..3).map(spread).sum(), axis, worth, count, sum: sums[axis], cells: cut }
    }

    /// Its colours below and above the mean.
    fn halves(&mut self, cells: &[Cell]) -> (Vec<usize>, Vec<usize>) {
        std::mem::take(&mut self.cells)
            .into_iter()
            .partition(|&at| u64::from(cells[at].sum[self.axis]) * self.count <= self.sum * u64::from(cells[at].count))
    }
}

fn mean(cut: &[usize], cells: &[Cell]) -> [u8; 3] {
    let count: u64 = cut.iter().map(|&cell| u64::from(cells[cell].count)).sum::<u64>().max(1);
    [0, 1, 2].map(|axis| (cut.iter().map(|&cell| u64::from(cells[cell].sum[axis])).sum::<u64>() / count).min(255) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_are_kept_as_they_are() {
        let picture = RgbaImage::from_fn(9, 5, |x, _| {
            image::Rgba(if x % 2 == 0 { [250, 240, 230, 255] } else { [20, 20, 30, 255] })
        });
        let indexed = Indexed::of(&picture);
        assert_eq!(indexed.palette.len(), 2);
        let back = image::load_from_memory(&indexed.png().unwrap()).unwrap().into_rgba8();
        assert_eq!(back, picture);
    }

    #[test]
    fn the_grain_of_paper_takes_few_colours_and_a_thin_line_keeps_its_own() {
        let grain = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(2_246_822_519)) >> 13;
        let picture = RgbaImage::from_fn(320, 180, |x, y| {
            let paper = 220 + (grain(x, y) % 16) as u8;
            image::Rgba(if y == 90 { [200, 40, 30, 255] } else { [paper, paper, paper - 6, 255] })
        });
        let indexed = Indexed::of(&picture);
        assert!((3..12).contains(&indexed.palette.len()), "{:?}", indexed.palette);
        assert_eq!(indexed.palette[usize::from(indexed.pixels[90 * 320])], [200, 40, 30]);
    }

    #[test]
    fn many_colours_are_told_by_near_ones() {
        let picture = RgbaImage::from_fn(64, 64, |x, y| image::Rgba([x as u8 * 4, y as u8 * 4, 128, 255]));
        let fine = Indexed::of(&picture);
        assert_eq!(fine.palette.len(), MOST);
        assert!(fine.pixels.iter().all(|&at| usize::from(at) < MOST) && fine.png().is_ok());
        let worst = picture.pixels().zip(&fine.pixels).map(|(pixel, &at)| {
            let known = fine.palette[usize::from(at)];
            (0..3).map(|n| pixel[n].abs_diff(known[n])).max().unwrap()
        });
        assert!(worst.max().unwrap() < 24);
    }
}
