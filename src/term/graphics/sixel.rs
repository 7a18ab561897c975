//! DEC's sixels: bands six pixels high, one colour of the band at a time.

use std::fmt::Write as _;

use super::palette::Indexed;

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
    let mut out = head.into_bytes();
    out.reserve(width * height + 64);
    let colours = picture.palette.len();
    // For each colour of a band, which of its six rows have it, column by column, and between which columns.
    let mut rows = vec![0_u8; colours * width];
    let mut spans = vec![(usize::MAX, 0_usize); colours];
    for band in picture.pixels.chunks(width.max(1) * 6) {
        for (row, line) in band.chunks(width.max(1)).enumerate() {
            let bit = 1 << row;
            let mut x = 0;
            // A stretch of one colour at a time: its span is looked at once.
            for stretch in line.chunk_by(|one, other| one == other) {
                let colour = usize::from(stretch[0]);
                let end = x + stretch.len();
                rows[colour * width + x..colour * width + end].iter_mut().for_each(|bits| *bits |= bit);
                let (first, last) = &mut spans[colour];
                (*first, *last) = ((*first).min(x), (*last).max(end));
                x = end;
            }
        }
        let mut first = true;
        for (colour, span) in spans.iter_mut().enumerate() {
            let (from, to) = std::mem::replace(span, (usize::MAX, 0));
            if from >= to {
                continue;
            }
            if !std::mem::take(&mut first) {
                out.push(b'$');
            }
            out.push(b'#');
            number(colour, &mut out);
            repeated(0, from, &mut out);
            let line = &mut rows[colour * width + from..colour * width + to];
            runs(line, &mut out);
            line.fill(0);
        }
        out.push(b'-');
    }
    out.extend_from_slice(b"\x1b\\");
    // Everything written is ASCII.
    String::from_utf8(out).unwrap_or_default()
}

fn number(value: usize, out: &mut Vec<u8>) {
    let digits = [value / 1000 % 10, value / 100 % 10, value / 10 % 10, value % 10];
    let from = digits.iter().position(|&digit| digit > 0).unwrap_or(3);
    out.extend(digits[from..].iter().map(|&digit| b'0' + digit as u8));
}

/// Writes a line of sixels, repeats counted.
fn runs(line: &[u8], out: &mut Vec<u8>) {
    let mut at = 0;
    while let Some(&bits) = line.get(at) {
        let mut end = at + 1;
        if bits == 0 {
            // Most of a colour's line is empty: eight columns at a time.
            while line.get(end..end + 8).is_some_and(|eight| eight == [0; 8]) {
                end += 8;
            }
        }
        while line.get(end) == Some(&bits) {
            end += 1;
        }
        repeated(bits, end - at, out);
        at = end;
    }
}

/// Writes one sixel so many times.
fn repeated(bits: u8, mut long: usize, out: &mut Vec<u8>) {
    while long > 3 {
        let now = long.min(9999);
        out.push(b'!');
        number(now, out);
        out.push(bits + 63);
        long -= now;
    }
    out.extend(std::iter::repeat_n(bits + 63, long));
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
        let back = decode(&encode(&Indexed::of(&picture, 16)));
        assert_eq!(back, picture);
    }
}
