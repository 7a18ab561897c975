//! How a context's cells are laid out for answers beside each other.
//!
//! On a GPU all sequences share one pool of cells: the prompt is there once. On a processor every token is computed against
//! every cell of its pool, the other answers' too: eight answers of 200 tokens after a prompt of 765 go through 2,365
//! cells a token and see 965. There each sequence has cells of its own, with the prompt copied into each, and a step
//! takes as long at the end as at the beginning: of eight answers 46 ms, where the shared pool went from 40 to 80.

/// Sequences of a shared pool: the prompt and the answers beside each other.
pub(super) const SHARED_SEQUENCES: usize = 33;
/// How many answers there is room for, by how much each takes: the widest that fits is used. More than eight gain nothing,
/// for a processor computes two tokens in twice the time of one.
const ABREAST: [usize; 3] = [8, 5, 3];
/// llama.cpp rounds the cells of a sequence to this.
const ROUND: usize = 256;

/// The layout of a context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One pool of cells.
    Shared {
        /// Cells in all.
        cells: usize,
    },
    /// As many cells for each sequence.
    Apart {
        /// Answers beside each other, the prompt not counted.
        answers: usize,
        /// Cells of each.
        cells: usize,
    },
}

impl Shape {
    /// The layout for a prompt and an answer of `length` tokens together, with `cells` for everything. It depends on
    /// nothing else, so that a take made again meets the same.
    pub(super) fn apart(length: usize, cells: usize) -> Self {
        let of_each = |answers: usize| cells / (answers + 1) / ROUND * ROUND;
        match ABREAST.into_iter().find(|&answers| length <= of_each(answers)) {
            Some(answers) => Self::Apart { answers, cells: of_each(answers) },
            None => Self::Shared { cells },
        }
    }

    pub(super) fn is_shared(self) -> bool {
        matches!(self, Self::Shared { .. })
    }

    /// Cells in all.
    pub(super) fn cells(self) -> usize {
        match self {
            Self::Shared { cells } => cells,
            Self::Apart { answers, cells } => (answers + 1) * cells,
        }
    }

    /// Sequences in all, the prompt's among them.
    pub(super) fn sequences(self) -> usize {
        match self {
            Self::Shared { .. } => SHARED_SEQUENCES,
            Self::Apart { answers, .. } => answers + 1,
        }
    }

    /// How many answers of at most `tokens` tokens fit beside each other after a prompt.
    pub(super) fn abreast(self, prompt: usize, tokens: usize) -> usize {
        match self {
            Self::Shared { cells } => (cells.saturating_sub(prompt) / tokens.max(1)).clamp(1, SHARED_SEQUENCES - 1),
            Self::Apart { answers, .. } => answers,
        }
    }

    /// How many tokens each answer goes on by in one step, where so many follow in each. Sequences apart are computed
    /// together only as far as each has a token; a shared pool takes whatever there is.
    pub(super) fn stride(self, following: impl Iterator<Item = usize>) -> usize {
        match self {
            Self::Shared { .. } => usize::MAX,
            Self::Apart { .. } => following.min().unwrap_or(usize::MAX),
        }
    }
}

/// Which sequence each answer under way is written in. Those in use stay next to each other: llama.cpp computes
/// sequences apart in one go only where no number between them is missing.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    /// Answer and sequence.
    used: Vec<(usize, usize)>,
}

/// Which sequence is to be copied over which.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Lanes {
    /// A sequence for an answer (from 0) that begins; sequence 0 is the prompt's.
    pub(super) fn begin(&mut self, answer: usize) -> usize {
        self.used.push((answer, answer + 1));
        answer + 1
    }

    /// The sequence of an answer under way.
    pub(super) fn of(&self, answer: usize) -> Option<usize> {
        self.used.iter().find(|(of, _)| *of == answer).map(|&(_, sequence)| sequence)
    }

    /// Gives up an answer's sequence. Answers the sequence to be emptied, and before that what is to be moved, so that no
    /// gap stays.
    pub(super) fn end(&mut self, answer: usize) -> Option<(usize, Option<Move>)> {
        let at = self.used.iter().position(|(of, _)| *of == answer)?;
        let (_, gap) = self.used.swap_remove(at);
        let below = self.used.iter().any(|&(_, sequence)| sequence < gap);
        let last = self.used.iter_mut().max_by_key(|(_, sequence)| *sequence).filter(|(_, sequence)| *sequence > gap);
        match last {
            Some((_, sequence)) if below => {
                let from = std::mem::replace(sequence, gap);
                Some((from, Some(Move { from, to: gap })))
            }
            _ => Some((gap, None)),
        }
    }

    pub(super) fn clear(&mut self) {
        self.used.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn as_many_answers_stand_apart_as_the_cells_hold() {
        let cells = 18_432;
        let apart = |answers, cells| Shape::Apart { answers, cells };
        for (length, shape) in [
            (900, apart(8, 2_048)),
            (2_048, apart(8, 2_048)),
            (2_049, apart(5, 3_072)),
            (4_608, apart(3, 4_608)),
            (4_609, Shape::Shared { cells }),
        ] {
            assert_eq!(Shape::apart(length, cells), shape, "{length}");
        }
    }

    proptest! {
        #[test]
        fn sequences_in_use_stay_next_to_each_other(order in Just((0..8).collect::<Vec<usize>>()).prop_shuffle()) {
            let mut lanes = Lanes::default();
            for answer in 0..8 {
                lanes.begin(answer);
            }
            for (ended, answer) in order.iter().enumerate() {
                let held = lanes.of(*answer);
                let (emptied, moved) = lanes.end(*answer).unwrap();
                prop_assert_eq!(Some(moved.as_ref().map_or(emptied, |moved| moved.to)), held);
                prop_assert_eq!(moved.map_or(emptied, |moved| moved.from), emptied);
                let mut left: Vec<usize> = order[ended + 1..].iter().filter_map(|answer| lanes.of(*answer)).collect();
                left.sort_unstable();
                prop_assert_eq!(left.len(), 7 - ended);
                prop_assert!(left.windows(2).all(|pair| pair[1] == pair[0] + 1), "{:?}", left);
            }
        }
    }
}
