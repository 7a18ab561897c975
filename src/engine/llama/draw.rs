//! Drawing a token from logits, after the grammar has had its say.
//!
//! Own code rather than llama.cpp's sampler chain, because a chain builds and sorts an array over the whole
//! vocabulary (0.5 ms a token at 49k entries); here only what the grammar allows and the draw could reach is gathered.

use std::collections::VecDeque;

use llguidance::toktrie::SimpleVob;

use crate::board::Sampler;

/// One answer's source of chance: SplitMix64 (Steele, Lea, Flood 2014). The same seed gives the same draws everywhere.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u32) -> Self {
        Self(u64::from(seed))
    }

    /// The next number in `0.0..1.0`.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        // 53 bits fill a double's mantissa.
        #[expect(clippy::cast_precision_loss, reason = "53 bits are exact in an f64")]
        let mantissa = (z >> 11) as f64;
        mantissa / (1_u64 << 53) as f64
    }
}

/// The words an answer used lately, whose odds the repetition penalty divides.
#[derive(Debug, Clone)]
pub(super) struct Recent {
    window: VecDeque<u32>,
    cap: usize,
}

impl Recent {
    pub(super) fn new(cap: u32) -> Self {
        Self { window: VecDeque::new(), cap: cap as usize }
    }

    pub(super) fn push(&mut self, token: u32) {
        if self.cap == 0 {
            return;
        }
        if self.window.len() == self.cap {
            self.window.pop_front();
        }
        self.window.push_back(token);
    }
}

/// How often an answer has used each word of its vocabularies.
#[derive(Debug, Clone, Default)]
pub(super) struct Used(Vec<(u32, f32)>);

impl Used {
    pub(super) fn count(&mut self, token: u32) {
        match self.0.iter_mut().find(|(one, _)| *one == token) {
            Some((_, times)) => *times += 1.0,
            None => self.0.push((token, 1.0)),
        }
    }

    /// The frequency penalty of OpenAI's samplers: `by` nats less for each time.
    pub(super) fn leaning(&self, by: f32) -> Vec<(u32, f32)> {
        self.0.iter().map(|&(token, times)| (token, -by * times)).collect()
    }
}

/// What changes a draw beside the model's own odds.
#[derive(Clone, Copy)]
pub(super) struct Bent<'a> {
    /// Words used lately.
    pub(super) recent: &'a Recent,
    /// Tokens whose logits are moved, and by how much.
    pub(super) leaning: &'a [(u32, f32)],
}

/// Buffers that one draw after another uses again.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    logits: Vec<f32>,
    candidates: Vec<(f32, u32)>,
}

/// Draws one of the tokens that `allowed` holds; `None` where it holds none.
pub(super) fn draw(
    logits: &[f32],
    allowed: &SimpleVob,
    bent: &Bent<'_>,
    sampler: &Sampler,
    chance: &mut Chance,
    scratch: &mut Scratch,
) -> Option<u32> {
    scratch.logits.clear();
    scratch.logits.extend_from_slice(logits);
    penalise(&mut scratch.logits, bent.recent, sampler.repeat_penalty);
    for &(token, by) in bent.leaning {
        if let Some(logit) = scratch.logits.get_mut(token as usize) {
            *logit += by;
        }
    }
    gather(&scratch.logits, allowed, sampler, &mut scratch.candidates);
    let candidates = &mut scratch.candidates;
    if candidates.is_empty() {
        return None;
    }
    let keep = if sampler.top_k == 0 { candidates.len() } else { sampler.top_k as usize };
    if sampler.temperature <= 0.0 {
        return candidates.iter().min_by(|a, b| likelier(a, b)).map(|best| best.1);
    }
    if keep < candidates.len() {
        candidates.select_nth_unstable_by(keep, likelier);
        candidates.truncate(keep);
    }
    candidates.sort_unstable_by(likelier);
    let best = candidates[0].0;
    let mut total = 0.0_f64;
    for candidate in candidates.iter_mut() {
        candidate.0 = ((candidate.0 - best) / sampler.temperature).exp();
        total += f64::from(candidate.0);
    }
    // Weights fall in order and the best is 1, so `min_p` is a bound on the weight itself.
    let likely = candidates.partition_point(|&(weight, _)| weight >= sampler.min_p);
    let mut nucleus = 0;
    let mut mass = 0.0_f64;
    for &(weight, _) in &candidates[..likely.max(1)] {
        mass += f64::from(weight);
        nucleus += 1;
        if mass >= f64::from(sampler.top_p) * total {
            break;
        }
    }
    let mut left = chance.next() * mass;
    for &(weight, token) in &candidates[..nucleus] {
        left -= f64::from(weight);
        if left < 0.0 {
            return Some(token);
        }
    }
    // Rounding can leave a sliver past the last; it belongs to the last.
    Some(candidates[nucleus - 1].1)
}

/// Likelier first; the lower id breaks ties, so that a draw does not hang on the order of gathering.
fn likelier(a: &(f32, u32), b: &(f32, u32)) -> std::cmp::Ordering {
    b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
}

/// As in CTRL (Keskar et al. 2019): a positive logit is divided, a negative one multiplied.
fn penalise(logits: &mut [f32], recent: &Recent, penalty: f32) {
    if penalty <= 1.0 {
        return;
    }
    let mut seen: Vec<u32> = recent.window.iter().copied().collect();
    seen.sort_unstable();
    seen.dedup();
    for token in seen {
        if let Some(logit) = logits.get_mut(token as usize) {
            *logit = if *logit > 0.0 { *logit / penalty } else { *logit * penalty };
        }
    }
}

/// Gathers the allowed tokens that the draw could reach at all.
fn gather(logits: &[f32], allowed: &SimpleVob, sampler: &Sampler, candidates: &mut Vec<(f32, u32)>) {
    candidates.clear();
    let mut best = f32::NEG_INFINITY;
    each_allowed(allowed, logits.len(), |token| best = best.max(logits[token]));
    if best == f32::NEG_INFINITY {
        return;
    }
    // e^-20 of the likeliest is never drawn in practice; `min_p` is a tighter bound where it is set.
    let reach = if sampler.min_p > 0.0 { -sampler.min_p.ln() } else { 20.0 };
    let floor = best - reach * sampler.temperature.max(0.0) - 1e-3;
    each_allowed(allowed, logits.len(), |token| {
        if logits[token] >= floor {
            #[expect(clippy::cast_possible_truncation, reason = "token ids are 32-bit")]
            candidates.push((logits[token], token as u32));
        }
    });
}

/// Calls `visit` for each allowed token below `vocabulary`, skipping 32 refused ones at a time.
fn each_allowed(allowed: &SimpleVob, vocabulary: usize, mut visit: impl FnMut(usize)) {
    for (at, &word) in allowed.as_slice().iter().enumerate() {
        let mut bits = word;
        while bits != 0 {
            let token = at * 32 + bits.trailing_zeros() as usize;
            if token >= vocabulary {
                return;
            }
            visit(token);
            bits &= bits - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Sampler =
        Sampler { temperature: 1.0, top_k: 0, top_p: 1.0, min_p: 0.0, repeat_penalty: 1.0, repeat_last: 0, vary: 0.0 };

    fn counts(logits: &[f32], allowed: &SimpleVob, sampler: &Sampler) -> Vec<usize> {
        let mut chance = Chance::new(7);
        let mut scratch = Scratch::default();
        let mut counts = vec![0; logits.len()];
        for _ in 0..10_000 {
            let token = draw(
                logits,
                allowed,
                &Bent { recent: &Recent::new(0), leaning: &[] },
                sampler,
                &mut chance,
                &mut scratch,
            )
            .unwrap();
            counts[token as usize] += 1;
        }
        counts
    }

    #[test]
    fn draws_follow_the_models_distribution() {
        let logits = [0.7_f32.ln(), 0.2_f32.ln(), 0.1_f32.ln()];
        let counts = counts(&logits, &SimpleVob::from_slice(&[true; 3]), &PLAIN);
        assert!((6_800..7_200).contains(&counts[0]), "{counts:?}");
        assert!((1_850..2_150).contains(&counts[1]), "{counts:?}");
    }

    #[test]
    fn what_the_grammar_refuses_is_never_drawn() {
        let counts = counts(&[9.0, 0.0, 0.0], &SimpleVob::from_slice(&[false, true, true]), &PLAIN);
        assert_eq!(counts[0], 0);
        let none = SimpleVob::from_slice(&[false; 3]);
        let mut scratch = Scratch::default();
        assert_eq!(
            draw(
                &[1.0; 3],
                &none,
                &Bent { recent: &Recent::new(0), leaning: &[] },
                &PLAIN,
                &mut Chance::new(1),
                &mut scratch
            ),
            None
        );
    }

    #[test]
    fn each_cut_keeps_what_it_should() {
        let logits = [0.6_f32.ln(), 0.3_f32.ln(), 0.1_f32.ln()];
        let all = SimpleVob::from_slice(&[true; 3]);
        let cases: [(&str, Sampler, [bool; 3]); 4] = [
            ("top_k", Sampler { top_k: 2, ..PLAIN }, [true, true, false]),
            ("top_p", Sampler { top_p: 0.5, ..PLAIN }, [true, false, false]),
            ("min_p", Sampler { min_p: 0.4, ..PLAIN }, [true, true, false]),
            ("greedy", Sampler { temperature: 0.0, ..PLAIN }, [true, false, false]),
        ];
        for (name, sampler, expected) in cases {
            let drawn: Vec<bool> = counts(&logits, &all, &sampler).iter().map(|&count| count > 0).collect();
            assert_eq!(drawn, expected, "{name}");
        }
    }

    #[test]
    fn a_word_leant_towards_is_drawn_before_a_likelier_one() {
        let sampler = Sampler { temperature: 0.0, ..PLAIN };
        let all = SimpleVob::from_slice(&[true; 2]);
        let mut scratch = Scratch::default();
        let mut drawn = |leaning: &[(u32, f32)]| {
            let bent = Bent { recent: &Recent::new(0), leaning };
            draw(&[1.5, 1.0], &all, &bent, &sampler, &mut Chance::new(1), &mut scratch)
        };
        assert_eq!(drawn(&[]), Some(0));
        assert_eq!(drawn(&[(1, 1.0)]), Some(1));
        assert_eq!(drawn(&[(0, -1.0), (77, 9.0)]), Some(1), "a token outside the vocabulary is nobody");
    }

    #[test]
    fn a_word_just_used_becomes_less_likely() {
        let mut recent = Recent::new(8);
        recent.push(0);
        let sampler = Sampler { temperature: 0.0, repeat_penalty: 2.0, ..PLAIN };
        let all = SimpleVob::from_slice(&[true; 2]);
        let mut scratch = Scratch::default();
        assert_eq!(
            draw(
                &[1.5, 1.0],
                &all,
                &Bent { recent: &recent, leaning: &[] },
                &sampler,
                &mut Chance::new(1),
                &mut scratch
            ),
            Some(1)
        );
    }

    #[test]
    fn a_word_of_a_vocabulary_is_less_likely_each_time_it_was_used() {
        let mut used = Used::default();
        [4, 9, 4].into_iter().for_each(|token| used.count(token));
        assert_eq!(used.leaning(0.5), [(4, -1.0), (9, -0.5)]);
    }
}
