//! Whether taste is any good: each verdict was predicted before it was learned from (prequential, Dawid 1984).
//!
//! Three predictors stand side by side: the head; the model's own likelihood of the take under the prompt that made it,
//! accepted takes as worked examples included; and a coin that falls as often as verdicts so far were acceptances.

use serde::Serialize;

use super::chance::Chance;
use super::head::{Head, HeadSettings, Prior, log_odds, sigmoid};
use super::log::Judged;

/// A head is trained anew for every one of so many first verdicts; after that each time their number has grown by a
/// twelfth. A prediction then comes from a head that is a little older than it could be, never from one that knew.
const EACH_UNTIL: usize = 48;
/// Predictions the head must have made before it may rank.
const ENOUGH: usize = 5;
/// Whether it may rank is judged by so many of the newest predictions: those before came of a head that knew less.
const NEWEST: usize = 20;
/// How far it is to be believed, by so many.
const REMEMBERED: usize = 60;
/// How far a head is believed before it has predicted anything.
const HALF: f32 = 0.5;
/// The share of pairs that a coin orders rightly.
const BY_CHANCE: f32 = 0.5;
/// Draws of the bootstrap.
const DRAWS: usize = 200;

/// What was predicted for one verdict before it was known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    /// By the head, where there was one, as far as it was believed.
    pub head: Option<f32>,
    /// What the head itself said.
    pub said: Option<f32>,
    /// By the model's likelihood, where the take has a reading and others had.
    pub likelihood: Option<f32>,
    /// By the coin.
    pub coin: f32,
    /// What came.
    pub accepted: bool,
}

/// How good a predictor was, over those verdicts that both it and the head predicted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// How many predictions.
    pub predictions: usize,
    /// Mean natural logarithm of what was given to what came, turned positive; 0.693 is a fair coin's.
    pub log_loss: f32,
    /// The share foreseen.
    pub accuracy: f32,
    /// The share of pairs of an accepted and a rejected take that it ordered rightly, ties half; `None` without both kinds.
    pub auc: Option<f32>,
    /// The 95 % interval of `auc`, by bootstrap.
    pub auc_interval: Option<[f32; 2]>,
}

/// The three predictors' scores.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Honesty {
    /// The head.
    pub head: Option<Score>,
    /// The model's likelihood.
    pub likelihood: Option<Score>,
    /// The coin.
    pub coin: Option<Score>,
    /// Whether the head ranks: over the newest predictions it put accepted takes before rejected ones more often than not,
    /// which is all that ranking asks of it and what a coin at the base rate cannot do; or it lost less than the coin. The
    /// second tells where it chose what was shown: then nearly all it predicts is acceptance, and there is little to order.
    pub ranks: bool,
}

/// Whether a head is trained anew for the predictions once so many verdicts are known.
#[must_use]
pub fn is_due(verdicts: usize) -> bool {
    // The last due number at or below `verdicts`, found by walking the fixed series.
    let mut due = EACH_UNTIL;
    while due < verdicts {
        due += due / 12;
    }
    verdicts <= EACH_UNTIL || due == verdicts
}

/// Predictions for verdicts in the order they came.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Predictor {
    head: Option<Head>,
    predictions: Vec<Prediction>,
}

impl Predictor {
    /// Predicts the verdict that comes after `before`, then looks at it.
    pub fn meet(&mut self, before: &[&Judged], next: &Judged, prior: &Prior, settings: &HeadSettings) {
        if is_due(before.len()) {
            self.head = Head::fit(before, prior, settings);
        }
        let said = self.head.as_ref().map(|head| head.opinion(&next.features, next.reading.as_ref()).probability);
        let coin = coin(before);
        let belief = belief(&self.predictions);
        self.predictions.push(Prediction {
            head: said.map(|said| tempered(said, coin, belief)),
            said,
            likelihood: by_likelihood(before, next),
            coin,
            accepted: next.accepted,
        });
    }

    /// What was predicted so far.
    #[must_use]
    pub fn predictions(&self) -> &[Prediction] {
        &self.predictions
    }

    /// How good the predictors were.
    #[must_use]
    pub fn honesty(&self) -> Honesty {
        honesty(&self.predictions)
    }
}

/// The head's word, moved towards the coin's in log-odds: 1 is all the head's, 0 all the coin's.
fn tempered(said: f32, coin: f32, belief: f32) -> f32 {
    let of = |share: f32| log_odds(share.clamp(1e-4, 1.0 - 1e-4));
    sigmoid(of(coin) + belief * (of(said) - of(coin)))
}

/// How far the head is to be believed: as far as would have lost the least so far (temperature scaling, Guo et al. 2017), half
/// before there is anything to go by. A head that orders takes rightly is sure of itself long before it may be.
fn belief(predictions: &[Prediction]) -> f32 {
    let newest = &predictions[predictions.len().saturating_sub(REMEMBERED)..];
    let known: Vec<(f32, f32, bool)> =
        newest.iter().filter_map(|one| Some((one.said?, one.coin, one.accepted))).collect();
    let loss = |belief: f32| {
        let lost =
            known.iter().map(|&(said, coin, came)| cross_entropy(tempered(said, coin, belief), came)).sum::<f32>();
        lost + (belief - HALF) * (belief - HALF)
    };
    let all = (0..=20_u8).map(|step| f32::from(step) / 20.0);
    all.min_by(|&a, &b| loss(a).total_cmp(&loss(b))).unwrap_or(HALF)
}

fn honesty(predictions: &[Prediction]) -> Honesty {
    let both: Vec<&Prediction> = predictions.iter().filter(|one| one.head.is_some()).collect();
    let scored = |of: &dyn Fn(&Prediction) -> Option<f32>| {
        let pairs: Vec<(f32, bool)> = both.iter().filter_map(|one| Some((of(one)?, one.accepted))).collect();
        score(&pairs)
    };
    let newest = &both[both.len().saturating_sub(NEWEST)..];
    let ordered: Vec<(f32, bool)> = newest.iter().filter_map(|one| Some((one.said?, one.accepted))).collect();
    let orders = auc(&ordered).is_some_and(|auc| auc > BY_CHANCE);
    let ranks = newest.len() >= ENOUGH && (orders || loses_less(newest));
    Honesty {
        head: scored(&|one| one.head),
        likelihood: scored(&|one| one.likelihood),
        coin: scored(&|one| Some(one.coin)),
        ranks,
    }
}

/// Whether the head's predictions lost less than the coin's.
fn loses_less(predictions: &[&Prediction]) -> bool {
    let loss = |of: &dyn Fn(&Prediction) -> Option<f32>| -> f32 {
        predictions.iter().filter_map(|one| Some(cross_entropy(of(one)?, one.accepted))).sum()
    };
    loss(&|one| one.head) < loss(&|one| Some(one.coin))
}

/// The rate of acceptance so far, one of each kind assumed before the first (Laplace).
fn coin(before: &[&Judged]) -> f32 {
    let accepted = before.iter().filter(|judged| judged.accepted).count();
    float(accepted + 1) / float(before.len() + 2)
}

/// A logistic curve over the likelihood alone, by a few steps of Newton's method with a light pull to 0.
fn by_likelihood(before: &[&Judged], next: &Judged) -> Option<f32> {
    let of = |judged: &Judged| judged.reading.as_ref().and_then(|reading| reading.likelihood);
    let x = of(next)?;
    let known: Vec<(f32, f32)> =
        before.iter().filter_map(|judged| Some((of(judged)?, if judged.accepted { 1.0 } else { 0.0 }))).collect();
    if known.len() < 4 {
        return None;
    }
    let middle = known.iter().map(|(x, _)| x).sum::<f32>() / float(known.len());
    let (mut slope, mut level) = (0.0_f32, log_odds(coin(before).clamp(0.02, 0.98)));
    for _ in 0..8 {
        let (mut gradient, mut hessian) = ((-slope, 0.0), (1.0, 1e-3));
        for &(x, label) in &known {
            let expected = sigmoid(slope * (x - middle) + level);
            let weight = expected * (1.0 - expected);
            gradient.0 += (label - expected) * (x - middle);
            gradient.1 += label - expected;
            hessian.0 += weight * (x - middle) * (x - middle);
            hessian.1 += weight;
        }
        slope = (slope + gradient.0 / hessian.0).clamp(-20.0, 20.0);
        level = (level + gradient.1 / hessian.1).clamp(-6.0, 6.0);
    }
    Some(sigmoid(slope * (x - middle) + level))
}

fn score(pairs: &[(f32, bool)]) -> Option<Score> {
    if pairs.is_empty() {
        return None;
    }
    let count = float(pairs.len());
    let loss = pairs.iter().map(|&(said, came)| cross_entropy(said, came)).sum::<f32>() / count;
    let foreseen = pairs.iter().filter(|&&(said, came)| (said >= 0.5) == came).count();
    let auc = auc(pairs);
    let auc_interval = auc.and_then(|_| interval(pairs));
    Some(Score { predictions: pairs.len(), log_loss: loss, accuracy: float(foreseen) / count, auc, auc_interval })
}

fn cross_entropy(said: f32, came: bool) -> f32 {
    let given = if came { said } else { 1.0 - said };
    -given.clamp(1e-4, 1.0).ln()
}

/// By ranks (Mann and Whitney): O(n log n), ties share their mean rank.
fn auc(pairs: &[(f32, bool)]) -> Option<f32> {
    let mut sorted: Vec<(f32, bool)> = pairs.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let liked = sorted.iter().filter(|(_, came)| *came).count();
    let disliked = sorted.len() - liked;
    if liked == 0 || disliked == 0 {
        return None;
    }
    let mut ranks = 0.0_f64;
    let mut at = 0;
    while at < sorted.len() {
        let end = at + sorted[at..].iter().take_while(|one| one.0 == sorted[at].0).count();
        let mean_rank = f64::from(float(at + end + 1)) / 2.0;
        let liked_here = sorted[at..end].iter().filter(|(_, came)| *came).count();
        ranks += mean_rank * f64::from(float(liked_here));
        at = end;
    }
    let (liked, disliked) = (f64::from(float(liked)), f64::from(float(disliked)));
    #[expect(clippy::cast_possible_truncation, reason = "a share")]
    Some(((ranks - liked * (liked + 1.0) / 2.0) / (liked * disliked)) as f32)
}

fn interval(pairs: &[(f32, bool)]) -> Option<[f32; 2]> {
    let mut chance = Chance::new(pairs.len() as u64);
    let mut drawn: Vec<f32> = (0..DRAWS)
        .filter_map(|_| {
            let sample: Vec<(f32, bool)> = (0..pairs.len()).map(|_| pairs[chance.below(pairs.len())]).collect();
            auc(&sample)
        })
        .collect();
    drawn.sort_by(f32::total_cmp);
    let last = drawn.len().checked_sub(1)?;
    Some([drawn[last * 25 / 1000], drawn[last * 975 / 1000]])
}

#[expect(clippy::cast_precision_loss, reason = "counts of verdicts")]
fn float(count: usize) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn predictions(said: &[(f32, bool)]) -> Vec<Prediction> {
        said.iter()
            .map(|&(head, accepted)| Prediction {
                head: Some(head),
                said: Some(head),
                likelihood: None,
                coin: 0.5,
                accepted,
            })
            .collect()
    }

    #[test]
    fn scores_are_those_of_the_textbook() {
        let score = score(&[(0.9, true), (0.2, false), (0.6, false), (0.4, true)]).unwrap();
        let expected = -(0.9_f32.ln() + 0.8_f32.ln() + 0.4_f32.ln() + 0.4_f32.ln()) / 4.0;
        assert!((score.log_loss - expected).abs() < 1e-5);
        assert_eq!(score.accuracy, 0.5);
        assert_eq!(score.auc, Some(0.75));
        assert_eq!(auc(&[(0.5, true), (0.5, false)]), Some(0.5), "ties count half");
        assert_eq!(auc(&[(0.5, true)]), None);
    }

    #[test]
    fn the_head_ranks_only_while_it_beats_the_coin() {
        let good: Vec<(f32, bool)> = (0..20).map(|at| (if at % 2 == 0 { 0.8 } else { 0.2 }, at % 2 == 0)).collect();
        let bad: Vec<(f32, bool)> = good.iter().map(|&(said, came)| (1.0 - said, came)).collect();
        assert!(honesty(&predictions(&good)).ranks);
        assert!(!honesty(&predictions(&bad)).ranks);
        assert!(!honesty(&predictions(&good[..4])).ranks, "four predictions are not enough");
        assert_eq!(honesty(&[]), Honesty::default());
    }

    #[test]
    fn a_head_that_chose_what_was_shown_ranks_on_while_it_loses_less_than_the_coin() {
        // Nearly all of what it chose was accepted; the one that was not it had liked best.
        let mut chosen: Vec<(f32, bool)> = (0..19).map(|_| (0.8, true)).collect();
        chosen.push((0.85, false));
        assert!(honesty(&predictions(&chosen)).ranks);
        chosen.iter_mut().for_each(|(said, came)| (*said, *came) = (0.3, *came));
        assert!(!honesty(&predictions(&chosen)).ranks);
    }

    #[test]
    fn a_head_that_is_too_sure_of_itself_is_believed_less() {
        // Right in three of four, and sure each time.
        let sure: Vec<(f32, bool)> =
            (0..40).map(|at| (if at % 2 == 0 { 0.99 } else { 0.01 }, (at % 4 < 2) == (at % 2 == 0))).collect();
        let right: Vec<(f32, bool)> = (0..40).map(|at| (if at % 2 == 0 { 0.8 } else { 0.2 }, at % 2 == 0)).collect();
        assert_eq!(belief(&[]), HALF);
        assert!(belief(&predictions(&sure)) < 0.3);
        assert!(belief(&predictions(&right)) > 0.9);
        assert!((tempered(0.9, 0.5, 1.0) - 0.9).abs() < 1e-5 && (tempered(0.9, 0.5, 0.0) - 0.5).abs() < 1e-5);
    }

    #[test]
    fn heads_for_predictions_are_trained_ever_more_seldom() {
        assert!((0..=48).all(is_due));
        assert!(!is_due(49) && is_due(52));
        let trained = (0..2000).filter(|&n| is_due(n)).count();
        assert!((60..120).contains(&trained), "{trained}");
    }
}
