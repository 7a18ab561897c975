//! Continuity between shots: what an editor would notice when they are cut together.

use super::Findings;
use crate::board::{Angle, Shot, Staging, Take};

pub(super) fn check_take(take: &Take, place: &str, found: &mut Findings) {
    for (index, shot) in take.shots.iter().enumerate() {
        check_spots(shot, &format!("{place}, shot {}", index + 1), found);
    }
    for (index, pair) in take.shots.windows(2).enumerate() {
        check_line(&pair[0], &pair[1], &format!("{place}, shot {}", index + 2), found);
    }
}

/// Two bodies cannot be in one place.
fn check_spots(shot: &Shot, place: &str, found: &mut Findings) {
    for (at, one) in shot.staging.iter().enumerate() {
        for other in &shot.staging[at + 1..] {
            if same(one, other) {
                found.warning(place, format!("{} is staged twice", one.subject), "stage each subject once");
            } else if (one.position, one.depth) == (other.position, other.depth) {
                let message =
                    format!("{} and {} both stand {} and {}", one.subject, other.subject, one.position, one.depth);
                found.warning(place, message, "move one of them: in the frame they would hide each other");
            }
        }
    }
}

/// The 180-degree rule: between neighbouring shots a pair keeps its sides of the frame, or the viewer loses where
/// each of them is. Seen from overhead or through someone's eyes there are no sides to keep.
fn check_line(before: &Shot, after: &Shot, place: &str, found: &mut Findings) {
    if [before, after].iter().any(|shot| matches!(shot.angle, Angle::Overhead | Angle::Pov)) {
        return;
    }
    for (at, left) in before.staging.iter().enumerate() {
        for right in &before.staging[at + 1..] {
            let (left, right) = if left.position <= right.position { (left, right) } else { (right, left) };
            let find = |wanted: &Staging| after.staging.iter().find(|staged| same(staged, wanted));
            let (Some(left_now), Some(right_now)) = (find(left), find(right)) else { continue };
            if left.position < right.position && left_now.position > right_now.position {
                let message = format!(
                    "the camera crosses the line: {} was left of {} in the shot before, and is right of it now",
                    left.subject, right.subject
                );
                found.warning(place, message, "swap their positions, or put a shot of only one of them between");
            }
        }
    }
}

fn same(one: &Staging, other: &Staging) -> bool {
    one.subject.to_lowercase() == other.subject.to_lowercase()
}
