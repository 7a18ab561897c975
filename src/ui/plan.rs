//! A shot's staging as a drawn plan in characters: who stands where, far above near.

use crate::app::wrap::{fit, width};
use crate::board::{Depth, Facing, Position, Shot, Staging};

/// The plan's rows, far to near; depths where nobody stands are left out.
pub(super) fn rows(shot: &Shot, columns: usize) -> Vec<String> {
    let columns = columns.clamp(20, 72);
    let depths = [Depth::Far, Depth::Middle, Depth::Near];
    depths.iter().filter_map(|&depth| row(shot, depth, columns)).collect()
}

fn row(shot: &Shot, depth: Depth, columns: usize) -> Option<String> {
    let mut staged: Vec<&Staging> = shot.staging.iter().filter(|staged| staged.depth == depth).collect();
    if staged.is_empty() {
        return None;
    }
    staged.sort_by_key(|staged| staged.position);
    let mut row = String::new();
    for staged in staged {
        let words = fit(&label(staged), columns);
        let middle = columns * place(staged.position) / 10;
        let start = middle.saturating_sub(width(&words) / 2).min(columns.saturating_sub(width(&words)));
        let gap = start.saturating_sub(width(&row)).max(usize::from(!row.is_empty()));
        row.push_str(&" ".repeat(gap));
        row.push_str(&words);
    }
    Some(row)
}

/// Tenths of the frame from its left edge.
const fn place(position: Position) -> usize {
    match position {
        Position::Left => 1,
        Position::CenterLeft => 3,
        Position::Center => 5,
        Position::CenterRight => 7,
        Position::Right => 9,
    }
}

/// The same in words, who is far first.
pub(super) fn told(shot: &Shot) -> String {
    let mut staged: Vec<&Staging> = shot.staging.iter().collect();
    staged.sort_by_key(|staged| (std::cmp::Reverse(staged.depth), staged.position));
    let each = staged.into_iter().map(|staged| format!("{} {} {}", label(staged), staged.position, staged.depth));
    each.collect::<Vec<_>>().join(" · ")
}

pub(super) fn label(staged: &Staging) -> String {
    let (before, after) = match staged.facing {
        Some(Facing::Left) => ("◂", ""),
        Some(Facing::Right) => ("", "▸"),
        Some(Facing::Camera) => ("", "▾"),
        Some(Facing::Away) => ("", "▴"),
        None => ("", ""),
    };
    let pose = staged.pose.as_ref().map(|pose| format!(" {pose}")).unwrap_or_default();
    format!("[{before}{}{after}{pose}]", staged.subject)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Angle, Line, Move, Seconds, Size};

    #[test]
    fn who_is_far_stands_above_who_is_near() {
        let stand = |name: &str, position, depth, facing| Staging {
            subject: Line::new(name).unwrap(),
            position,
            depth,
            facing,
            pose: None,
            extra: Default::default(),
        };
        let shot = Shot {
            size: Size::Wide,
            angle: Angle::Eye,
            camera: Move::Static,
            seconds: Seconds::default(),
            description: Default::default(),
            staging: vec![
                stand("BOTTLE", Position::Right, Depth::Near, None),
                stand("MARA", Position::Left, Depth::Far, Some(Facing::Right)),
            ],
            extra: Default::default(),
        };
        insta::assert_snapshot!(rows(&shot, 40).join("\n"), @r"
         [MARA▸]
                                        [BOTTLE]
        ");
    }
}
