//! How a scene's seconds can be divided among its shots.

/// Shots last at least this many half seconds.
const SHORTEST: u32 = 2;
/// Shots last at most this many half seconds.
const LONGEST: u32 = 20;
/// A scene has at most this many shots.
pub(super) const SHOTS: u32 = 8;

/// Divisions of a scene of about `seconds` into shots, as half seconds: even ones, ones that begin or end long, ones that
/// alternate. Each adds up to the scene's length to the half second, so a take cannot miss it.
pub(super) fn rhythms(seconds: f32) -> Vec<Vec<u32>> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 1..=160 half seconds")]
    let total = (seconds * 2.0).round().clamp(SHORTEST as f32, (SHOTS * LONGEST) as f32) as u32;
    // A shot of four seconds is ordinary; scenes of one held shot and of quick cuts lie around it.
    let few = total.div_ceil(LONGEST).max(total / 14).clamp(1, SHOTS);
    let many = (total / 5).clamp(few, SHOTS);
    let mut rhythms: Vec<Vec<u32>> = Vec::new();
    for shots in few..=many {
        for weights in [even(shots), long_first(shots), long_last(shots), alternating(shots)] {
            let rhythm = divide(total, &weights);
            if rhythm.iter().sum::<u32>() == total && !rhythms.contains(&rhythm) {
                rhythms.push(rhythm);
            }
        }
    }
    rhythms
}

fn even(shots: u32) -> Vec<u32> {
    vec![2; shots as usize]
}

fn long_first(shots: u32) -> Vec<u32> {
    (0..shots).map(|at| if at == 0 { 4 } else { 2 }).collect()
}

fn long_last(shots: u32) -> Vec<u32> {
    (0..shots).map(|at| if at + 1 == shots { 4 } else { 2 }).collect()
}

fn alternating(shots: u32) -> Vec<u32> {
    (0..shots).map(|at| if at % 2 == 0 { 3 } else { 2 }).collect()
}

/// Divides `total` in proportion to `weights`; what rounding leaves goes to the first shots that have room.
fn divide(total: u32, weights: &[u32]) -> Vec<u32> {
    let sum: u32 = weights.iter().sum();
    let mut parts: Vec<u32> = weights.iter().map(|weight| (total * weight / sum).clamp(SHORTEST, LONGEST)).collect();
    let mut left = i64::from(total) - i64::from(parts.iter().sum::<u32>());
    for at in (0..parts.len()).cycle().take(weights.len() * LONGEST as usize) {
        if left > 0 && parts[at] < LONGEST {
            parts[at] += 1;
            left -= 1;
        } else if left < 0 && parts[at] > SHORTEST {
            parts[at] -= 1;
            left += 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn twelve_seconds_can_be_cut_quickly_or_held() {
        let rhythms = rhythms(12.0);
        let shots: Vec<usize> = rhythms.iter().map(Vec::len).collect();
        assert_eq!((shots.iter().min(), shots.iter().max()), (Some(&2), Some(&4)));
        assert!(rhythms.contains(&vec![8, 8, 8]), "{rhythms:?}");
        assert!(rhythms.contains(&vec![12, 6, 6]), "{rhythms:?}");
    }

    proptest! {
        #[test]
        fn every_rhythm_adds_up_to_the_scene(seconds in 1.0_f32..80.0) {
            let rhythms = rhythms(seconds);
            prop_assert!(!rhythms.is_empty() && rhythms.len() <= 32);
            for rhythm in rhythms {
                let sum: u32 = rhythm.iter().sum();
                prop_assert!((sum as f32 / 2.0 - seconds).abs() <= 0.25 + f32::EPSILON);
                prop_assert!(rhythm.iter().all(|part| (SHORTEST..=LONGEST).contains(part)));
            }
        }
    }
}
