//! Paper: its tooth takes colour unevenly.

use std::sync::LazyLock;

use super::super::set::chance;
use super::super::style::Style;

/// Pixels along a side of the tile of grain.
const SIDE: usize = 256;

/// How deep the paper is at a place, from 0 to 255: fine grain over a coarser one.
static TOOTH: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let cell = |seed: u32, x: usize, y: usize, period: usize| chance(seed, ((y % period) * period + x % period) as u32);
    (0..SIDE * SIDE)
        .map(|at| {
            let (x, y) = (at % SIDE, at / SIDE);
            let fine = cell(1, x, y, SIDE);
            let coarse = {
                let (cx, cy) = (x / 3, y / 3);
                cell(2, cx, cy, SIDE / 3 + 1)
            };
            ((fine * 0.62 + coarse * 0.38) * 255.0) as u8
        })
        .collect()
});

/// Lets the paper show through what lies on it, where its tooth is low; arithmetic in whole numbers only.
pub(super) fn grain(pixels: &mut [u8], width: u32, style: &Style) {
    let strength = (style.grain.clamp(0.0, 1.0) * 256.0) as i32;
    if strength == 0 {
        return;
    }
    let tooth = &*TOOTH;
    let paper = style.paper.0.map(i32::from);
    let row = width as usize * 4;
    if row == 0 {
        return;
    }
    for (y, line) in pixels.chunks_exact_mut(row).enumerate() {
        let teeth = &tooth[(y % SIDE) * SIDE..(y % SIDE + 1) * SIDE];
        for (x, pixel) in line.chunks_exact_mut(4).enumerate() {
            let depth = i32::from(teeth[x % SIDE]);
            let share = (strength * depth) >> 8;
            let speck = ((depth - 128) * strength) >> 13;
            for (channel, &paper) in pixel[..3].iter_mut().zip(&paper) {
                let own = i32::from(*channel);
                *channel = (own + (((paper - own) * share) >> 9) + speck).clamp(0, 255) as u8;
            }
        }
    }
}
