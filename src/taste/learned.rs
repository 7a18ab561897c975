//! One reviewer's taste: a deterministic fold of the verdicts that stand.

use super::features::Features;
use super::head::{Head, HeadSettings, Prior};
use super::honesty::{Honesty, Predictor};
use super::log::Judged;
use crate::board::Line;

/// What was learned from a reviewer's verdicts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Taste {
    judged: Vec<Judged>,
    prior: Prior,
    settings: HeadSettings,
    head: Option<Head>,
    predictor: Predictor,
}

impl Taste {
    /// Learns from verdicts in the order they were given.
    #[must_use]
    pub fn of(judged: Vec<Judged>, prior: Prior, settings: HeadSettings) -> Self {
        let mut predictor = Predictor::default();
        let references: Vec<&Judged> = judged.iter().collect();
        for at in 0..references.len() {
            predictor.meet(&references[..at], references[at], &prior, &settings);
        }
        let head = Head::fit(&references, &prior, &settings);
        Self { judged, prior, settings, head, predictor }
    }

    /// The same as [`Self::of`], by what was learned `before` where that holds still: verdicts that only came in addition cost
    /// one training each, not all of them again.
    #[must_use]
    pub fn following(before: Option<Self>, judged: Vec<Judged>, prior: Prior, settings: HeadSettings) -> Self {
        let holds =
            |before: &Self| before.prior == prior && before.settings == settings && judged.starts_with(&before.judged);
        let Some(mut taste) = before.filter(holds) else { return Self::of(judged, prior, settings) };
        let known = taste.judged.len();
        judged.into_iter().skip(known).for_each(|judged| taste.learn(judged));
        taste
    }

    /// Learns from one more verdict; the same as learning from all of them at once.
    pub fn learn(&mut self, judged: Judged) {
        let before: Vec<&Judged> = self.judged.iter().collect();
        self.predictor.meet(&before, &judged, &self.prior, &self.settings);
        self.judged.push(judged);
        let all: Vec<&Judged> = self.judged.iter().collect();
        self.head = Head::fit(&all, &self.prior, &self.settings);
    }

    /// The verdicts learned from.
    #[must_use]
    pub fn judged(&self) -> &[Judged] {
        &self.judged
    }

    /// The head, trained on all of them.
    #[must_use]
    pub fn head(&self) -> Option<&Head> {
        self.head.as_ref()
    }

    /// The head where it may rank: while it predicts verdicts better than their base rate.
    #[must_use]
    pub fn ranking_head(&self) -> Option<&Head> {
        self.head.as_ref().filter(|_| self.honesty().ranks)
    }

    /// How good its predictions were.
    #[must_use]
    pub fn honesty(&self) -> Honesty {
        self.predictor.honesty()
    }

    /// What it carries over to other boards: the weights of features that are not of one board alone.
    #[must_use]
    pub fn legacy(&self) -> Prior {
        travelling(self.head.as_ref())
    }
}

/// What verdicts carry over to other boards, without the predictions that a whole taste makes on the way.
#[must_use]
pub fn legacy(judged: &[&Judged], prior: &Prior, settings: &HeadSettings) -> Prior {
    travelling(Head::fit(judged, prior, settings).as_ref())
}

fn travelling(head: Option<&Head>) -> Prior {
    let weights = head.map(Head::weights).unwrap_or_default();
    weights.into_iter().filter(|(feature, _)| feature.travels()).collect()
}

/// The verdicts of one reviewer; of all where that one gave none here.
#[must_use]
pub fn of_reviewer(judged: Vec<Judged>, reviewer: &Line) -> Vec<Judged> {
    if judged.iter().any(|judged| judged.reviewer == *reviewer) {
        return judged.into_iter().filter(|judged| judged.reviewer == *reviewer).collect();
    }
    judged
}

/// The mean of several boards' weights, each counting by its verdicts.
#[must_use]
pub fn prior(boards: &[(Prior, usize)]) -> Prior {
    let all: usize = boards.iter().map(|(_, verdicts)| verdicts).sum();
    let mut prior = Prior::new();
    for (weights, verdicts) in boards {
        #[expect(clippy::cast_precision_loss, reason = "counts of verdicts")]
        let share = *verdicts as f32 / all.max(1) as f32;
        for (feature, weight) in weights {
            *prior.entry(feature.clone()).or_default() += weight * share;
        }
    }
    prior
}

/// The features of a take in its scene, as a candidate shows them.
#[must_use]
pub fn seen(candidates: &[super::Candidate], heading: &Line) -> Vec<Features> {
    candidates.iter().map(|candidate| super::features(&candidate.take, heading)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::features::Feature;
    use super::super::log::standing;
    use super::*;
    use crate::board::{Feedback, FeedbackId, SceneId, Storyboard, Take, TakeId, Verdict};

    fn verdicts(count: u128) -> Vec<Judged> {
        let records: Vec<Feedback> = (1..=count)
            .map(|id| Feedback {
                id: FeedbackId::new(id.into()),
                at_ms: 0,
                reviewer: Line::new(if id % 2 == 0 { "ana" } else { "bo" }).unwrap(),
                scene: SceneId::new(1.into()),
                verdict: if id % 3 == 0 { Verdict::Accept } else { Verdict::Reject },
                reason: None,
                looked_ms: None,
                take: Take {
                    id: TakeId::new(id.into()),
                    ..serde_yaml::from_str(&format!("{{action: '{}'}}", if id % 3 == 0 { "rain again" } else { "sun" }))
                        .unwrap()
                },
                reading: None,
                edited_from: None,
                picked_before: None,
                index: 0,
            })
            .collect();
        standing(&records, &Storyboard::default(), &[])
    }

    #[test]
    fn learning_one_by_one_is_learning_all_at_once() {
        let all = verdicts(30);
        let at_once = Taste::of(all.clone(), Prior::new(), HeadSettings::default());
        let mut one_by_one = Taste::of(all[..12].to_vec(), Prior::new(), HeadSettings::default());
        all[12..].iter().cloned().for_each(|judged| one_by_one.learn(judged));
        assert_eq!(one_by_one, at_once);
        assert!(at_once.honesty().ranks && at_once.ranking_head().is_some());
    }

    #[test]
    fn following_an_earlier_taste_is_learning_anew() {
        let all = verdicts(14);
        let of = |judged: &[Judged]| Taste::of(judged.to_vec(), Prior::new(), HeadSettings::default());
        let following = |before, judged: &[Judged]| {
            Taste::following(Some(before), judged.to_vec(), Prior::new(), HeadSettings::default())
        };
        assert_eq!(following(of(&all[..12]), &all), of(&all));
        assert_eq!(following(of(&all), &all[..13]), of(&all[..13]), "a verdict was taken back");
    }

    #[test]
    fn without_verdicts_there_is_no_opinion() {
        let taste = Taste::default();
        assert!(taste.ranking_head().is_none() && taste.legacy().is_empty());
    }

    #[test]
    fn a_reviewers_verdicts_are_their_own_and_a_newcomer_starts_from_all() {
        let of = |name: &str| of_reviewer(verdicts(10), &Line::new(name).unwrap()).len();
        assert_eq!((of("ana"), of("bo"), of("cy")), (5, 5, 10));
    }

    #[test]
    fn boards_with_more_verdicts_weigh_more_in_a_prior() {
        let one = |weight| Prior::from([(Feature::Moving, weight)]);
        let prior = prior(&[(one(1.0), 30), (one(-1.0), 10)]);
        assert!((prior[&Feature::Moving] - 0.5).abs() < 1e-6);
    }
}
