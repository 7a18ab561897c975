//! Seeds of the next takes: fresh ones each time a scene is asked for again, the same ones for the same question.

use crate::board::SceneId;

/// `count` seeds for a scene, starting from the person's `base`. `asked` is how often the scene was asked for already, so
/// that a rejected pool is not sampled once more.
#[must_use]
pub fn seeds(scene: SceneId, base: u32, asked: u32, count: usize) -> Vec<u32> {
    let scene = scene.to_string().bytes().fold(0xcbf2_9ce4_u32, |hash, byte| {
        // FNV-1a in 32 bits: spreads the scenes of one board over the seeds.
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let start = scene ^ base.wrapping_mul(0x9e37_79b9) ^ asked.wrapping_mul(0x85eb_ca6b);
    (0..).map(|at: u32| start.wrapping_add(at)).take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::SceneId;

    #[test]
    fn asking_again_gives_other_seeds_and_the_same_question_the_same() {
        let scene: SceneId = "01J9Z0V5W6M4QK3T8E2C7R1XNB".parse().unwrap();
        assert_eq!(seeds(scene, 7, 0, 4), seeds(scene, 7, 0, 4));
        let (first, second) = (seeds(scene, 7, 0, 8), seeds(scene, 7, 1, 8));
        assert!(first.iter().all(|seed| !second.contains(seed)));
    }
}
