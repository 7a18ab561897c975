//! Hand lettering for labels: capitals of straight strokes, so that no font is needed and the pencil can draw them.

/// How wide a letter is, spacing included, in letter heights.
pub(super) const ADVANCE: f32 = 0.85;

/// A letter's strokes, each a run of grid points `xy` with x from 0 to 4 and y from 0 (top) to 6.
fn strokes(letter: char) -> &'static str {
    match letter {
        'A' => "06 20 46,13 33",
        'B' => "06 00 30 41 32 03,32 44 35 06",
        'C' => "41 30 10 01 05 16 36 45",
        'D' => "00 06 26 44 42 20 00",
        'E' => "40 00 06 46,03 33",
        'F' => "40 00 06,03 33",
        'G' => "41 30 10 01 05 16 36 45 43 23",
        'H' => "00 06,40 46,03 43",
        'I' => "20 26",
        'J' => "40 45 36 16 05",
        'K' => "00 06,40 03 46",
        'L' => "00 06 46",
        'M' => "06 00 23 40 46",
        'N' => "06 00 46 40",
        'O' => "10 30 41 45 36 16 05 01 10",
        'P' => "06 00 30 41 42 33 03",
        'Q' => "10 30 41 45 36 16 05 01 10,24 46",
        'R' => "06 00 30 41 42 33 03,23 46",
        'S' => "41 30 10 01 02 43 45 36 16 05",
        'T' => "00 40,20 26",
        'U' => "00 05 16 36 45 40",
        'V' => "00 26 40",
        'W' => "00 16 23 36 40",
        'X' => "00 46,40 06",
        'Y' => "00 23 40,23 26",
        'Z' => "00 40 06 46",
        '0' => "10 30 41 45 36 16 05 01 10,41 05",
        '1' => "11 20 26",
        '2' => "01 10 30 41 42 06 46",
        '3' => "00 40 23 34 45 36 16 05",
        '4' => "36 30 04 44",
        '5' => "40 00 02 32 43 45 36 06",
        '6' => "30 02 05 16 36 45 44 33 04",
        '7' => "00 40 16",
        '8' => "10 30 41 42 33 13 02 01 10,13 04 05 16 36 45 44 33",
        '9' => "16 44 41 30 10 01 02 13 43",
        '-' => "03 43",
        '\'' => "20 22",
        '.' => "25 26",
        '&' => "46 02 11 20 31 05 16 26 44",
        '/' => "06 40",
        _ => "",
    }
}

/// A capital for a letter of the Latin scripts, accents left off. Other scripts have no strokes here.
fn plain(letter: char) -> char {
    match letter {
        'À'..='Å' | 'à'..='å' => 'A',
        'Ç' | 'ç' => 'C',
        'È'..='Ë' | 'è'..='ë' => 'E',
        'Ì'..='Ï' | 'ì'..='ï' => 'I',
        'Ñ' | 'ñ' => 'N',
        'Ò'..='Ö' | 'ò'..='ö' | 'Ø' | 'ø' => 'O',
        'Ù'..='Ü' | 'ù'..='ü' => 'U',
        'Ý' | 'ý' | 'ÿ' => 'Y',
        '’' => '\'',
        other => other.to_ascii_uppercase(),
    }
}

/// The strokes of a text whose letters are 1 high, from (0, 0) at its top left; and its width. Empty where none of
/// its letters can be drawn.
pub(super) fn letter(text: &str) -> (Vec<Vec<(f32, f32)>>, f32) {
    let mut lines = Vec::new();
    let mut at = 0.0;
    for letter in text.chars().map(plain) {
        for run in strokes(letter).split(',').filter(|run| !run.is_empty()) {
            let point = |pair: &str| {
                let mut digits = pair.bytes().map(|digit| f32::from(digit.saturating_sub(b'0')));
                let (x, y) = (digits.next().unwrap_or(0.0), digits.next().unwrap_or(0.0));
                (at + x * 0.15, y / 6.0)
            };
            lines.push(run.split(' ').map(point).collect());
        }
        at += ADVANCE;
    }
    let width = if lines.is_empty() { 0.0 } else { at - (ADVANCE - 0.6) };
    (lines, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_capital_and_digit_can_be_drawn_within_its_box() {
        for c in ('A'..='Z').chain('0'..='9') {
            let (lines, width) = letter(&c.to_string());
            assert!(!lines.is_empty() && width > 0.0, "{c}");
            let sound = |&(x, y): &(f32, f32)| (0.0..=0.6).contains(&x) && (0.0..=1.0).contains(&y);
            assert!(lines.iter().flatten().all(sound), "{c}: {lines:?}");
        }
        assert_eq!(letter("é").0, letter("E").0);
        assert!(letter("灯塔").0.is_empty());
    }
}
