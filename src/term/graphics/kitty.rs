//! kitty's graphics: a picture is sent once under a number, and from then on only told where to be.
//!
//! Cells can show it ([`row`]), and whatever is written over such a cell hides that part of it. Terminals that do not know
//! this are told where it is ([`show`]): there it lies over what is written.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::palette::Indexed;

/// Bytes of base64 in one command, at most: the protocol's limit.
const CHUNK: usize = 4096;

/// Sends a picture under a number of at least 1. The terminal shows nothing yet and answers nothing.
///
/// # Errors
/// Where the picture cannot be encoded.
pub fn send(id: u32, picture: &Indexed) -> Result<String, png::EncodingError> {
    let encoded = STANDARD.encode(picture.png()?);
    let mut out = String::with_capacity(encoded.len() + encoded.len() / CHUNK * 16 + 64);
    let mut rest = encoded.as_str();
    let mut first = true;
    loop {
        let (chunk, left) = rest.split_at(rest.len().min(CHUNK));
        rest = left;
        let more = u8::from(!rest.is_empty());
        // Writing to a String cannot fail.
        let _ = if first {
            write!(out, "\x1b_Ga=t,f=100,t=d,i={id},q=2,m={more};{chunk}\x1b\\")
        } else {
            write!(out, "\x1b_Gm={more},q=2;{chunk}\x1b\\")
        };
        first = false;
        if rest.is_empty() {
            return Ok(out);
        }
    }
}

/// Sends a picture that ordinary cells show: see [`row`].
///
/// # Errors
/// Where the picture cannot be encoded.
pub fn send_for_cells(id: u32, picture: &Indexed, columns: u16, rows: u16) -> Result<String, png::EncodingError> {
    let mut out = send(id, picture)?;
    // Writing to a String cannot fail.
    let _ = write!(out, "\x1b_Ga=p,U=1,i={id},c={columns},r={rows},q=2\x1b\\");
    Ok(out)
}

/// The character of a cell of a picture.
const PLACEHOLDER: char = '\u{10EEEE}';

/// The accents that number rows and columns, in the protocol's order: their first and how many follow each other.
const ACCENTS: [(u32, u16); 86] = [
    (0x305, 1),
    (0x30D, 2),
    (0x310, 1),
    (0x312, 1),
    (0x33D, 3),
    (0x346, 1),
    (0x34A, 3),
    (0x350, 3),
    (0x357, 1),
    (0x35B, 1),
    (0x363, 13),
    (0x483, 5),
    (0x592, 4),
    (0x597, 3),
    (0x59C, 6),
    (0x5A8, 2),
    (0x5AB, 2),
    (0x5AF, 1),
    (0x5C4, 1),
    (0x610, 8),
    (0x657, 5),
    (0x65D, 2),
    (0x6D6, 7),
    (0x6DF, 4),
    (0x6E4, 1),
    (0x6E7, 2),
    (0x6EB, 2),
    (0x730, 1),
    (0x732, 2),
    (0x735, 2),
    (0x73A, 1),
    (0x73D, 1),
    (0x73F, 3),
    (0x743, 1),
    (0x745, 1),
    (0x747, 1),
    (0x749, 2),
    (0x7EB, 7),
    (0x7F3, 1),
    (0x816, 4),
    (0x81B, 9),
    (0x825, 3),
    (0x829, 5),
    (0x951, 1),
    (0x953, 2),
    (0xF82, 2),
    (0xF86, 2),
    (0x135D, 3),
    (0x17DD, 1),
    (0x193A, 1),
    (0x1A17, 1),
    (0x1A75, 8),
    (0x1B6B, 1),
    (0x1B6D, 7),
    (0x1CD0, 3),
    (0x1CDA, 2),
    (0x1CE0, 1),
    (0x1DC0, 2),
    (0x1DC3, 7),
    (0x1DCB, 2),
    (0x1DD1, 22),
    (0x1DFE, 1),
    (0x20D0, 2),
    (0x20D4, 4),
    (0x20DB, 2),
    (0x20E1, 1),
    (0x20E7, 1),
    (0x20E9, 1),
    (0x20F0, 1),
    (0x2CEF, 3),
    (0x2DE0, 32),
    (0xA66F, 1),
    (0xA67C, 2),
    (0xA6F0, 2),
    (0xA8E0, 18),
    (0xAAB0, 1),
    (0xAAB2, 2),
    (0xAAB7, 2),
    (0xAABE, 2),
    (0xAAC1, 1),
    (0xFE20, 7),
    (0x10A0F, 1),
    (0x10A38, 1),
    (0x1D185, 5),
    (0x1D1AA, 4),
    (0x1D242, 3),
];

/// The accent of a number; `None` beyond those we know.
fn accent(number: u16) -> Option<char> {
    let mut left = number;
    for (first, count) in ACCENTS {
        if left < count {
            return char::from_u32(first + u32::from(left));
        }
        left -= count;
    }
    None
}

/// One row of a picture, cell by cell: each text is a cell, its accents are row and column, and its colour has to be the
/// picture's number (red its third byte, blue its first). Whatever is drawn over such a cell hides that part of the
/// picture, so nothing of it needs erasing. `None` where it is wider or higher than can be numbered.
#[must_use]
pub fn row(id: u32, row: u16, columns: u16) -> Option<Vec<String>> {
    debug_assert!(id < 1 << 24, "a colour has three bytes");
    let down = accent(row)?;
    (0..columns).map(|column| Some(String::from_iter([PLACEHOLDER, down, accent(column)?]))).collect()
}

/// All rows of a picture as lines of text, for a program that prints; nothing where it is larger than can be numbered.
#[must_use]
pub fn cells(id: u32, columns: u16, rows: u16) -> String {
    let [_, red, green, blue] = id.to_be_bytes();
    let lines = (0..rows).filter_map(|at| row(id, at, columns)).map(|cells| cells.concat());
    lines.map(|line| format!("\x1b[38;2;{red};{green};{blue}m{line}\x1b[39m\n")).collect()
}

/// Row and column that a cell of a picture says it is; `None` for any other cell.
#[must_use]
pub fn place_of(cell: &str) -> Option<(u16, u16)> {
    let mut characters = cell.chars();
    if characters.next() != Some(PLACEHOLDER) {
        return None;
    }
    Some((number_of(characters.next()?)?, number_of(characters.next()?)?))
}

/// The number of an accent.
fn number_of(accent: char) -> Option<u16> {
    let mut before = 0;
    for (first, count) in ACCENTS {
        if let Some(on) = u32::from(accent).checked_sub(first).filter(|&on| on < u32::from(count)) {
            return u16::try_from(on).ok().map(|on| before + on);
        }
        before += count;
    }
    None
}

/// The same commands, so that tmux hands them on to the terminal it runs in, where its user lets it
/// (`set -g allow-passthrough on`).
#[must_use]
pub fn through_tmux(commands: &str) -> String {
    let wrapped = commands.split_inclusive("\x1b\\").filter(|command| !command.is_empty());
    wrapped.map(|command| format!("\x1bPtmux;{}\x1b\\", command.replace('\x1b', "\x1b\x1b"))).collect()
}

/// Takes a picture off the screen and lets the terminal forget it.
#[must_use]
pub fn forget(id: u32) -> String {
    format!("\x1b_Ga=d,d=I,i={id},q=2\x1b\\")
}

/// Shows a picture that was sent, at the cursor, in so many cells; where it was before, it no longer is.
#[must_use]
pub fn show(id: u32, columns: u16, rows: u16) -> String {
    format!("\x1b_Ga=p,i={id},p=1,c={columns},r={rows},C=1,q=2\x1b\\")
}

/// Takes a picture off the screen; it can be shown again without being sent.
#[must_use]
pub fn hide(id: u32) -> String {
    format!("\x1b_Ga=d,d=i,i={id},q=2\x1b\\")
}

/// Takes every picture off the screen and lets the terminal forget them.
pub const FORGET_ALL: &str = "\x1b_Ga=d,d=A,q=2\x1b\\";

#[cfg(test)]
mod tests {
    use super::*;
    use image::RgbaImage;

    #[test]
    fn a_picture_is_sent_in_chunks_that_join_to_its_png() {
        let picture =
            RgbaImage::from_fn(200, 120, |x, y| image::Rgba([(x * y % 251) as u8, (x * 3 % 256) as u8, y as u8, 255]));
        let indexed = Indexed::of(&picture);
        let sent = send(7, &indexed).unwrap();
        let payload: String = sent
            .split("\x1b\\")
            .filter(|command| !command.is_empty())
            .map(|command| {
                let (keys, chunk) = command.strip_prefix("\x1b_G").unwrap().split_once(';').unwrap();
                assert!(chunk.len() <= CHUNK && keys.contains("q=2"), "{keys}");
                chunk
            })
            .collect();
        assert_eq!(STANDARD.decode(payload).unwrap(), indexed.png().unwrap());
        assert!(sent.starts_with("\x1b_Ga=t,f=100,t=d,i=7,q=2,m=1;") && sent.contains("m=0"));
    }

    #[test]
    fn rows_and_columns_are_numbered_without_doubles() {
        assert_eq!(row(1, 0, 2).unwrap(), ["\u{10EEEE}\u{305}\u{305}", "\u{10EEEE}\u{305}\u{30D}"]);
        let numbers: std::collections::BTreeSet<char> = (0..297).map(|n| accent(n).unwrap()).collect();
        assert_eq!(numbers.len(), 297, "all that the protocol has");
        assert!(row(1, 0, 298).is_none() && row(1, 297, 1).is_none());
        for (down, across) in [(0, 0), (3, 7), (99, 199)] {
            assert_eq!(place_of(&row(1, down, across + 1).unwrap()[usize::from(across)]), Some((down, across)));
        }
        let lines = cells(0x01_02_03, 2, 2);
        assert!(lines.starts_with("\x1b[38;2;1;2;3m\u{10EEEE}\u{305}\u{305}\u{10EEEE}\u{305}\u{30D}\x1b[39m\n\x1b[38"));
        assert_eq!((place_of(" "), place_of("\u{10EEEE}"), place_of("a\u{305}\u{305}")), (None, None, None));
    }

    #[test]
    fn each_command_goes_through_tmux_by_itself_with_its_escapes_doubled() {
        let sent = through_tmux(&format!("{}{}", hide(3), forget(4)));
        assert_eq!(
            sent,
            "\x1bPtmux;\x1b\x1b_Ga=d,d=i,i=3,q=2\x1b\x1b\\\x1b\\\x1bPtmux;\x1b\x1b_Ga=d,d=I,i=4,q=2\x1b\x1b\\\x1b\\"
        );
    }

    #[test]
    fn showing_and_hiding_name_the_picture_and_take_few_bytes() {
        assert_eq!(show(9, 60, 17), "\x1b_Ga=p,i=9,p=1,c=60,r=17,C=1,q=2\x1b\\");
        assert_eq!(hide(9), "\x1b_Ga=d,d=i,i=9,q=2\x1b\\");
    }
}
