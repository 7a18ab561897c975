//! DEC's sixels: bands six pixels high, one colour of the band at a time.

use std::fmt::Write as _;

use super::palette::Indexed;

/// The picture as one sixel sequence. It is left where the cursor is; the terminal scrolls where it does not fit.
#[must_use]
pub fn encode(picture: &Indexed) -> String {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let mut out = String::with_capacity(width * height / 3 + picture.palette.len() * 20 + 64);
    // Writing to a String cannot fail.
    let _ = write!(out, "\x1bP0;1q\"1;1;{width};{height}");
    for (at, colour) in picture.palette.iter().enumerate() {
        let [red, green, blue] = colour.map(|channel| (u32::from(channel) * 100 + 127) / 255);
        let _ = write!(out, "#{at};2;{red};{green};{blue}");
    }
    let colours = picture.palette.len();
    // For each colour of a band, which of its six rows have it, column by column.
    let mut rows = vec![0_u8; colours * width];
    let mut used = vec![false; colours];
    for band in picture.pixels.chunks(width.max(1) * 6) {
        for (row, line) in band.chunks(width.max(1)).enumerate() {
            for (x, &colour) in line.iter().enumerate() {
                let colour = usize::from(colour);
                rows[colour * width + x] |= 1 << row;
                used[colour] = true;
            }
        }
        let mut first = true;
        for colour in 0..colours {
            if !std::mem::take(&mut used[colour]) {
                continue;
            }
            if !std::mem::take(&mut first) {
                out.push('$');
            }
            let _ = write!(out, "#{colour}");
            let line = &mut rows[colour * width..(colour + 1) * width];
            runs(line, &mut out);
            line.fill(0);
        }
        out.push('-');
    }
    out.push_str("\x1b\\");
    out
}

/// Writes a line of sixels, repeats counted; what is empty to the end is left off.
fn runs(line: &[u8], out: &mut String) {
    let end = line.iter().rposition(|&bits| bits != 0).map_or(0, |last| last + 1);
    let mut at = 0;
    while at < end {
        let bits = line[at];
        let mut long = 1;
        while at + long < end && line[at + long] == bits {
            long += 1;
        }
        let sixel = char::from(bits + 63);
        if long > 3 {
            // Writing to a String cannot fail.
            let _ = write!(out, "!{long}{sixel}");
        } else {
            (0..long).for_each(|_| out.push(sixel));
        }
        at += long;
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
        let back = decode(&encode(&Indexed::of(&picture, 16)));
        assert_eq!(back, picture);
    }
}
