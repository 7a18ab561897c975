//! DEC's sixels: bands six pixels high, one colour of the band at a time.

use std::fmt::Write as _;

use super::palette::Indexed;

/// The longest side of one picture, in pixels: xterm leaves out what is larger, where nobody told it otherwise (its resource
/// `maxGraphicSize`).
pub const LONGEST_SIDE: u32 = 1000;

/// The picture as one sixel sequence. It is left where the cursor is; the terminal scrolls where it does not fit.
#[must_use]
pub fn encode(picture: &Indexed) -> String {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let mut head = format!("\x1bP0;1q\"1;1;{width};{height}");
    for (at, colour) in picture.palette.iter().enumerate() {
        let [red, green, blue] = colour.map(|channel| (u32::from(channel) * 100 + 127) / 255);
        // Writing to a String cannot fail.
        let _ = write!(head, "#{at};2;{red};{green};{blue}");
    }
    let mut out = Out::after(head);
    let mut band = Band::new(picture.palette.len(), width);
    let ground = frequent(&picture.pixels);
    for pixels in picture.pixels.chunks(width.max(1) * Band::ROWS) {
        let mut rows = 0;
        for line in pixels.chunks(width.max(1)) {
            band.row(rows, line);
            rows += 1;
        }
        out.make_room(band.most());
        // What is written later lies over it: the colour of the paper needs no stretches.
        out.put_text(b"#");
        out.number(ground);
        out.stretch((1 << rows) - 1, width);
        band.write(ground, &mut out);
    }
    out.make_room(2);
    out.put_text(b"\x1b\\");
    // Everything written is ASCII.
    String::from_utf8(out.done()).unwrap_or_default()
}

/// The place of the colour that most of the pixels have, as far as some of them tell.
fn frequent(pixels: &[u8]) -> usize {
    let mut counts = [0_u32; 256];
    pixels.iter().step_by(31).for_each(|&place| counts[usize::from(place)] += 1);
    (0..counts.len()).max_by_key(|&place| counts[place]).unwrap_or_default()
}

/// Six rows, colour by colour.
struct Band {
    colours: usize,
    width: usize,
    /// For each colour, which of the six rows have it, column by column: its sixels.
    sixels: Vec<u8>,
    /// For each row and colour, which columns have it, 64 a word. Where a stretch of columns that look alike begins
    /// is told by these for 64 columns at once, where the sixels themselves would have to be compared one by one.
    columns: Vec<u64>,
    /// Columns at which another stretch begins; as many as fit, since which of them are meant is told by their number.
    begins: Vec<u32>,
}

/// Columns that are looked at together.
const WORD: usize = 64;

impl Band {
    /// Rows of a band: a sixel has six bits.
    const ROWS: usize = 6;

    fn new(colours: usize, width: usize) -> Self {
        // A picture without colours has no pixels either.
        let (colours, words) = (colours.max(1), width.div_ceil(WORD));
        Self {
            colours,
            width,
            sixels: vec![0; colours * width],
            columns: vec![0; Self::ROWS * words * colours],
            begins: vec![0; words * WORD + 8],
        }
    }

    fn row(&mut self, row: usize, line: &[u8]) {
        let bit = 1 << row;
        let words = self.width.div_ceil(WORD);
        let columns = &mut self.columns[row * self.colours * words..][..self.colours * words];
        for (x, &colour) in line.iter().enumerate() {
            let colour = usize::from(colour);
            self.sixels[colour * self.width + x] |= bit;
            columns[colour * words + x / WORD] |= 1 << (x % WORD);
        }
    }

    /// The bytes a band takes, at most: each of its pixels is a stretch of its own after a gap, each colour has its number.
    fn most(&self) -> usize {
        Self::ROWS * self.width * 2 * Out::LONGEST + self.colours * 8 + 8
    }

    /// Writes all of the band's colours but one over that one, and empties it for the next.
    fn write(&mut self, ground: usize, out: &mut Out) {
        for colour in 0..self.colours {
            let stretches = self.stretches(colour);
            if stretches == 0 {
                continue;
            }
            let sixels = &mut self.sixels[colour * self.width..][..self.width];
            if colour != ground {
                out.put_text(b"$#");
                out.number(colour);
                let (mut from, mut sixel) = (0, 0);
                for &begin in &self.begins[..stretches] {
                    let begin = begin as usize;
                    out.stretch(sixel, begin - from);
                    (from, sixel) = (begin, sixels.get(begin).copied().unwrap_or_default());
                }
                // What is left is without this colour, or reaches to the edge.
                if sixel != 0 {
                    out.stretch(sixel, self.width - from);
                }
            }
            sixels.fill(0);
        }
        self.columns.fill(0);
        out.put_text(b"-");
    }

    /// Finds the columns at which a colour's sixels change, and says how many there are.
    fn stretches(&mut self, colour: usize) -> usize {
        let words = self.width.div_ceil(WORD);
        let mut before = [0; Self::ROWS];
        let mut count = 0;
        for word in 0..words {
            let mut changes = 0;
            for (row, before) in before.iter_mut().enumerate() {
                let columns = self.columns[(row * self.colours + colour) * words + word];
                changes |= columns ^ (columns << 1 | *before);
                *before = columns >> (WORD - 1);
            }
            let all = count + changes.count_ones() as usize;
            // Eight at a time, meant or not: how many there are cannot be guessed, and a wrong guess costs more.
            while changes != 0 {
                for begin in &mut self.begins[count..][..8] {
                    *begin = (word * WORD) as u32 + changes.trailing_zeros();
                    changes &= changes.wrapping_sub(1);
                }
                count += 8;
            }
            count = all;
        }
        count
    }
}

/// What is written, into room that was made before: eight bytes at a time, of which those that are meant stay.
struct Out {
    bytes: Vec<u8>,
    /// How many of them are written.
    at: usize,
    /// For a stretch of each length what stands before its sixel (`!12` for twelve): no branch is needed, and none can be
    /// guessed, for how long a stretch of grain is nobody knows.
    stretches: Vec<Stretch>,
}

/// How a stretch of some length is written.
#[derive(Clone, Copy)]
struct Stretch {
    /// What stands before its sixel, the first byte lowest.
    before: u32,
    /// Bits of that.
    bits: u8,
    /// Bytes of all of it.
    all: u8,
}

impl Out {
    /// Bytes of a stretch, at most.
    const LONGEST: usize = 6;
    /// Columns in a stretch that is written from a table.
    const SHORT: usize = 256;

    fn after(head: String) -> Self {
        let stretch = |long: usize| {
            // Up to three the sixel itself is shorter.
            let (text, sixels) = if long < 4 { (String::new(), long) } else { (format!("!{long}"), 1) };
            let before = text.bytes().rev().fold(0, |before, byte| before << 8 | u32::from(byte));
            Stretch { before, bits: text.len() as u8 * 8, all: (text.len() + sixels) as u8 }
        };
        Self { at: head.len(), bytes: head.into_bytes(), stretches: (0..Self::SHORT).map(stretch).collect() }
    }

    /// Room for so many bytes more, and for what is written too much.
    fn make_room(&mut self, bytes: usize) {
        let wanted = self.at + bytes + 16;
        if self.bytes.len() < wanted {
            self.bytes.resize(wanted * 2, 0);
        }
    }

    fn done(mut self) -> Vec<u8> {
        self.bytes.truncate(self.at);
        self.bytes
    }

    fn put_text(&mut self, text: &[u8]) {
        self.bytes[self.at..self.at + text.len()].copy_from_slice(text);
        self.at += text.len();
    }

    fn number(&mut self, value: usize) {
        self.put_text(value.to_string().as_bytes());
    }

    /// One sixel so many times.
    #[inline]
    fn stretch(&mut self, sixel: u8, long: usize) {
        let sixel = sixel + b'?';
        let Some(&Stretch { before, bits, all }) = self.stretches.get(long) else {
            self.put_text(b"!");
            self.number(long);
            return self.put_text(&[sixel]);
        };
        let three = u64::from(sixel) * 0x01_01_01;
        let written = u64::from(before) | three << (bits % 64);
        self.bytes[self.at..self.at + 8].copy_from_slice(&written.to_le_bytes());
        self.at += usize::from(all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::RgbaImage;

    /// Reads sixels as a terminal does.
    fn decode(sent: &str) -> RgbaImage {
        let body = sent.strip_prefix("\x1bP0;1q\"1;1;").unwrap().strip_suffix("\x1b\\").unwrap();
        let number = |text: &mut &str| -> u32 {
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, rest) = text.split_at(digits);
            *text = rest;
            number.parse().unwrap()
        };
        let mut rest = body;
        let width = number(&mut rest);
        rest = &rest[1..];
        let height = number(&mut rest);
        let mut picture = RgbaImage::new(width, height);
        let mut palette = std::collections::BTreeMap::new();
        let (mut x, mut y, mut colour) = (0, 0, 0);
        while let Some(c) = rest.chars().next() {
            rest = &rest[1..];
            let mut repeat = 1;
            let mut sixel = c;
            match c {
                '#' => {
                    colour = number(&mut rest);
                    if rest.starts_with(";2;") {
                        let mut channels = [0; 3];
                        rest = &rest[2..];
                        for channel in &mut channels {
                            rest = &rest[1..];
                            *channel = (number(&mut rest) * 255 / 100) as u8;
                        }
                        palette.insert(colour, channels);
                    }
                    continue;
                }
                '$' => {
                    x = 0;
                    continue;
                }
                '-' => {
                    x = 0;
                    y += 6;
                    continue;
                }
                '!' => {
                    repeat = number(&mut rest);
                    sixel = rest.chars().next().unwrap();
                    rest = &rest[1..];
                }
                _ => {}
            }
            for _ in 0..repeat {
                for row in 0..6 {
                    if (sixel as u8 - 63) >> row & 1 == 1 {
                        let [red, green, blue] = palette[&colour];
                        picture.put_pixel(x, y + row, image::Rgba([red, green, blue, 255]));
                    }
                }
                x += 1;
            }
        }
        picture
    }

    #[test]
    fn what_is_encoded_is_what_a_terminal_reads() {
        let picture = RgbaImage::from_fn(37, 20, |x, y| {
            image::Rgba(if (x / 5 + y / 3) % 3 == 0 { [255, 255, 255, 255] } else { [0, 0, (x % 2) as u8 * 255, 255] })
        });
        let back = decode(&encode(&Indexed::of(&picture)));
        assert_eq!(back, picture);
    }

    #[test]
    fn stretches_of_every_length_are_read_as_they_were() {
        // Row after row a longer stretch, with a column of another colour on either side.
        let picture = RgbaImage::from_fn(900, 320, |x, y| {
            image::Rgba(if x == 3 || x == 4 + y { [0, 0, 0, 255] } else { [255, 255, 255, 255] })
        });
        assert_eq!(decode(&encode(&Indexed::of(&picture))), picture);
    }
}
