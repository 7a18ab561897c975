//! Which of the takes sampled together are shown, and in which order.

use super::candidate::Candidate;
use super::chance::Chance;
use super::features::Features;
use super::head::Head;
use super::likeness::{Likenesses, NEAR_COPY};
use super::log::Judged;
use crate::board::{Chooser, Chosen};

/// How much likeness to what is shown or was rejected weighs against a unit of log-odds (MMR, Carbonell and Goldstein
/// 1998, with likeness to rejected takes counted too).
const UNLIKENESS: f32 = 1.0;

/// A candidate in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// Which candidate, from 0 in the order of sampling.
    pub at: usize,
    /// The probability of acceptance by the head, where one ranks.
    pub probability: Option<f32>,
    /// What put it there.
    pub by: Chooser,
    /// Whether it is nearly the same as a take before it or a rejected one. Such a take is not shown while there is another.
    pub near_copy: bool,
}

impl Ranked {
    /// What a take's provenance says of its choice: its `place` from 1, of so many.
    #[must_use]
    pub fn chosen(&self, place: usize, of: usize) -> Chosen {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Chosen { place: number(place), of: number(of), by: self.by, probability: self.probability }
    }
}

/// Ranks candidates, best first.
///
/// The head's log-odds decide, less the likeness, in words and to the model, to those ranked before and to those rejected. Without a head that may rank
/// the order of sampling stays, which is an honest "no opinion". In the `exploration` share of calls, drawn by `seed`, the
/// first place goes to the take that one member of the head, drawn by chance, likes best: where the members agree that is the
/// same take, where they do not it is the one there is something to learn from. Near copies come last, whoever ranks.
#[must_use]
pub fn rank(
    candidates: &[Candidate],
    features: &[Features],
    head: Option<&Head>,
    rejected: &[&Judged],
    exploration: f32,
    seed: u32,
) -> Vec<Ranked> {
    let known = rejected.iter().map(|one| (&one.take, one.reading.as_ref()));
    let all: Vec<_> = candidates.iter().map(|one| (&one.take, one.reading.as_ref())).chain(known).collect();
    let likenesses = Likenesses::new(&all);
    let opinions: Vec<Option<(f32, f32)>> = (0..candidates.len())
        .map(|at| {
            let opinion = head?.opinion(features.get(at)?, candidates[at].reading.as_ref());
            Some((opinion.log_odds, opinion.probability))
        })
        .collect();
    let avoided = candidates.len()..all.len();
    let mut closest: Vec<f32> = (0..candidates.len())
        .map(|at| avoided.clone().map(|other| likenesses.between(at, other)).fold(0.0, f32::max))
        .collect();
    let mut left: Vec<usize> = (0..candidates.len()).collect();
    let mut ranked = Vec::with_capacity(candidates.len());
    if let Some(first) = explored(candidates, features, head, &closest, exploration, seed) {
        ranked.push(Ranked {
            at: first,
            probability: opinions[first].map(|opinion| opinion.1),
            by: Chooser::Exploration,
            near_copy: false,
        });
        take_out(&mut left, &mut closest, &likenesses, first);
    }
    while let Some(best) = best(&left, &opinions, &closest) {
        ranked.push(Ranked {
            at: best,
            probability: opinions[best].map(|opinion| opinion.1),
            by: if opinions[best].is_some() { Chooser::Taste } else { Chooser::Order },
            near_copy: closest[best] >= NEAR_COPY,
        });
        take_out(&mut left, &mut closest, &likenesses, best);
    }
    ranked
}

/// The best of those left: no near copy before any other, then by opinion and unlikeness, then by order.
fn best(left: &[usize], opinions: &[Option<(f32, f32)>], closest: &[f32]) -> Option<usize> {
    let worth = |at: usize| opinions[at].map_or(0.0, |(log_odds, _)| log_odds - UNLIKENESS * closest[at]);
    let is_copy = |at: usize| closest[at] >= NEAR_COPY;
    left.iter()
        .copied()
        .min_by(|&a, &b| is_copy(a).cmp(&is_copy(b)).then(worth(b).total_cmp(&worth(a))).then(a.cmp(&b)))
}

fn take_out(left: &mut Vec<usize>, closest: &mut [f32], likenesses: &Likenesses, taken: usize) {
    left.retain(|&at| at != taken);
    for &at in left.iter() {
        closest[at] = closest[at].max(likenesses.between(at, taken));
    }
}

/// The take that explores, in the share of calls that do.
fn explored(
    candidates: &[Candidate],
    features: &[Features],
    head: Option<&Head>,
    closest: &[f32],
    share: f32,
    seed: u32,
) -> Option<usize> {
    let head = head?;
    let mut chance = Chance::new(u64::from(seed) ^ 0x7a57_e000_0000);
    if chance.share() >= share {
        return None;
    }
    let member = chance.below(head.members());
    let score = |at: usize| head.sample(member, &features[at], candidates[at].reading.as_ref());
    let open = (0..candidates.len().min(features.len())).filter(|&at| closest[at] < NEAR_COPY);
    open.max_by(|&a, &b| score(a).total_cmp(&score(b)).then(b.cmp(&a)))
}

#[cfg(test)]
mod tests {
    use super::super::features::features;
    use super::super::head::{HeadSettings, Prior};
    use super::super::log::{standing, supposed};
    use super::*;
    use crate::board::{Feedback, FeedbackId, Line, Scene, SceneId, Storyboard, Take, TakeId, Verdict};

    fn candidate(action: &str) -> Candidate {
        Candidate { take: serde_yaml::from_str(&format!("{{action: {action}}}")).unwrap(), reading: None }
    }

    fn all() -> Vec<Candidate> {
        ["Rain falls on glass.", "Rain falls on the glass again.", "A boat sinks.", "She reads old letters."]
            .map(candidate)
            .to_vec()
    }

    fn order(candidates: &[Candidate], head: Option<&Head>, rejected: &[&Judged], exploration: f32) -> Vec<usize> {
        let seen: Vec<Features> = candidates.iter().map(|one| features(&one.take, &Line::default())).collect();
        rank(candidates, &seen, head, rejected, exploration, 3).iter().map(|ranked| ranked.at).collect()
    }

    /// A head that likes boats.
    fn likes_boats() -> Head {
        let record = |id: u128, action: &str, verdict| Feedback {
            id: FeedbackId::new(id.into()),
            at_ms: 0,
            reviewer: Line::default(),
            scene: SceneId::new(1.into()),
            verdict,
            reason: None,
            looked_ms: None,
            take: Take { id: TakeId::new(id.into()), ..candidate(action).take },
            reading: None,
            edited_from: None,
            picked_before: None,
            index: 0,
        };
        let records: Vec<Feedback> = (0..16)
            .map(|n| match n % 2 {
                0 => record(n, &format!("A boat number {n}."), Verdict::Accept),
                _ => record(n, &format!("A wall number {n}."), Verdict::Reject),
            })
            .collect();
        let judged = standing(&records, &Storyboard::default(), &[]);
        Head::fit(&judged.iter().collect::<Vec<_>>(), &Prior::new(), &HeadSettings::default()).unwrap()
    }

    #[test]
    fn without_an_opinion_the_order_of_sampling_stays_and_copies_come_last() {
        assert_eq!(order(&all(), None, &[], 0.1), [0, 2, 3, 1]);
    }

    #[test]
    fn a_head_puts_first_what_it_likes() {
        assert_eq!(order(&all(), Some(&likes_boats()), &[], 0.0)[0], 2);
    }

    #[test]
    fn what_was_rejected_does_not_come_again_in_other_words() {
        let rejected = supposed(&candidate("A boat sinks!").take, &Scene::default(), &Line::default(), false);
        let order = order(&all(), Some(&likes_boats()), &[&rejected], 0.0);
        assert_eq!(order[..2].iter().find(|&&at| at == 2), None, "{order:?}");
    }

    #[test]
    fn an_exploring_call_shows_every_take_once_too() {
        let mut explored = order(&all(), Some(&likes_boats()), &[], 1.0);
        explored.sort_unstable();
        assert_eq!(explored, [0, 1, 2, 3]);
    }

    #[test]
    fn nothing_is_ranked_where_there_is_nothing() {
        assert_eq!(order(&[], None, &[], 1.0), [0_usize; 0]);
    }
}
