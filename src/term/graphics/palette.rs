//! A picture with a palette: by median cut over a coarse histogram, which a sketch's few hues need no more than.

use image::RgbaImage;

use super::deflate;

/// A picture whose pixels are places in a palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indexed {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// At most 255 colours.
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
const LOOKED_AT: usize = 1 << 16;

/// Colours of a palette, at most: their places and one more number fit a byte.
const MOST: usize = 255;
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

    /// A picture with at most `colours` colours (1 to 255); its alpha is let go.
    #[must_use]
    pub fn of(picture: &RgbaImage, colours: usize) -> Self {
        let colours = colours.clamp(1, MOST);
        let cells = looked_at(picture);
        let used: Vec<usize> = (0..CELLS).filter(|&at| cells[at].count > 0).collect();
        let mut boxes = vec![Cut::of(used, &cells)];
        while boxes.len() < colours {
            let best = boxes.iter().enumerate().filter(|(_, cut)| cut.cells.len() > 1);
            let Some((at, _)) = best.max_by_key(|(at, cut)| (cut.worth, std::cmp::Reverse(*at))) else { break };
            let axis = boxes[at].axis;
            let (low, high) = halves(std::mem::take(&mut boxes[at].cells), axis, &cells);
            boxes[at] = Cut::of(low, &cells);
            boxes.push(Cut::of(high, &cells));
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

fn channel(cell: usize, axis: usize) -> usize {
    cell >> ((2 - axis) * BITS) & ((1 << BITS) - 1)
}

/// A box of colours, and how much it is worth cutting it, along which channel: its pixels times its reach.
struct Cut {
    cells: Vec<usize>,
    axis: usize,
    worth: u128,
}

impl Cut {
    fn of(cut: Vec<usize>, cells: &[Cell]) -> Self {
        let (mut low, mut high, mut count) = ([usize::MAX; 3], [0; 3], 0_u64);
        for &cell in &cut {
            count += u64::from(cells[cell].count);
            for axis in 0..3 {
                let value = channel(cell, axis);
                low[axis] = low[axis].min(value);
                high[axis] = high[axis].max(value);
            }
        }
        let reach = |axis: usize| high[axis].saturating_sub(low[axis]);
        let axis = (0..3).max_by_key(|&axis| reach(axis)).unwrap_or(0);
        Self { axis, worth: u128::from(count.isqrt()) * reach(axis) as u128, cells: cut }
    }
}

/// A box cut where half of its pixels lie on either side.
fn halves(mut cut: Vec<usize>, axis: usize, cells: &[Cell]) -> (Vec<usize>, Vec<usize>) {
    cut.sort_by_key(|&cell| (channel(cell, axis), cell));
    let all: u64 = cut.iter().map(|&cell| u64::from(cells[cell].count)).sum();
    let mut gone = 0;
    let middle = cut.iter().position(|&cell| {
        gone += u64::from(cells[cell].count);
        gone * 2 >= all
    });
    let at = middle.map_or(1, |at| at + 1).clamp(1, cut.len().saturating_sub(1).max(1));
    let high = cut.split_off(at.min(cut.len()));
    (cut, high)
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
        let indexed = Indexed::of(&picture, 16);
        assert_eq!(indexed.palette.len(), 2);
        let back = image::load_from_memory(&indexed.png().unwrap()).unwrap().into_rgba8();
        assert_eq!(back, picture);
    }

    #[test]
    fn many_colours_are_told_by_near_ones() {
        let picture = RgbaImage::from_fn(64, 64, |x, y| image::Rgba([x as u8 * 4, y as u8 * 4, 128, 255]));
        for colours in [1, 2, 16, 64, 256, 900] {
            let indexed = Indexed::of(&picture, colours);
            assert!(indexed.palette.len() <= colours.min(MOST));
            assert!(indexed.pixels.iter().all(|&at| usize::from(at) < indexed.palette.len()));
            assert!(indexed.png().is_ok());
        }
        let fine = Indexed::of(&picture, 256);
        let worst = picture.pixels().zip(&fine.pixels).map(|(pixel, &at)| {
            let known = fine.palette[usize::from(at)];
            (0..3).map(|n| pixel[n].abs_diff(known[n])).max().unwrap()
        });
        assert!(worst.max().unwrap() < 24);
    }
}
