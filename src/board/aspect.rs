//! Aspect ratios as the field writes them.

/// Width divided by height of an aspect such as `2.39:1`, `16:9` or `1.85`; `None` where it is none, or is outside
/// 0.2 to 5, which no screen has.
#[must_use]
pub fn ratio(aspect: &str) -> Option<f32> {
    let (width, height) = aspect.split_once([':', '/', 'x']).unwrap_or((aspect, "1"));
    let (width, height): (f32, f32) = (width.trim().parse().ok()?, height.trim().parse().ok()?);
    let ratio = width / height;
    (width > 0.0 && height > 0.0 && (0.2..=5.0).contains(&ratio)).then_some(ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_field_writes_is_understood_and_the_rest_is_not() {
        for (aspect, expected) in
            [("2.39:1", 2.39), ("16:9", 16.0 / 9.0), ("1.85", 1.85), ("9:16", 0.5625), ("4 : 3", 4.0 / 3.0)]
        {
            assert!((ratio(aspect).unwrap() - expected).abs() < 1e-6, "{aspect}");
        }
        for wrong in ["", "wide", "16:", ":9", "0:1", "1:0", "-16:9", "NaN:1", "inf:1", "100:1", "16:9:4"] {
            assert_eq!(ratio(wrong), None, "{wrong}");
        }
    }
}
