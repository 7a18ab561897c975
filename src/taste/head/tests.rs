//! What the head learns from verdicts that follow a rule, and what it does not.

use super::*;
use crate::board::{Embedding, FeedbackId, Line, SceneId, Take};
use crate::taste::chance::Chance;

/// A verdict on a take with some features switched on.
fn judged(id: u128, accepted: bool, on: &[Feature], embedding: Option<&[f32]>) -> Judged {
    let take: Take = serde_yaml::from_str("{}").unwrap();
    Judged {
        id: FeedbackId::new(id.into()),
        at_ms: 0,
        reviewer: Line::default(),
        scene: SceneId::new(1.into()),
        accepted,
        said: None,
        reason: None,
        take,
        reading: embedding.map(|numbers| Reading {
            model: Line::new("ab").unwrap(),
            embedding: Embedding::new(numbers).unwrap(),
            likelihood: Some(-2.0),
        }),
        features: on.iter().cloned().map(|feature| (feature, 1.0)).collect(),
    }
}

fn word(n: usize) -> Feature {
    Feature::Word(format!("w{n}"))
}

/// `count` verdicts over ten features by chance; one is accepted where `rule` says so.
fn reviewed(count: usize, seed: u64, rule: impl Fn(&[Feature]) -> bool) -> Vec<Judged> {
    let mut chance = Chance::new(seed);
    (0..count)
        .map(|at| {
            let on: Vec<Feature> = (0..10).filter(|_| chance.share() < 0.4).map(word).collect();
            let numbers: Vec<f32> = (0..6).map(|_| chance.share()).collect();
            judged(at as u128, rule(&on), &on, Some(&numbers))
        })
        .collect()
}

fn fit(judged: &[Judged]) -> Option<Head> {
    Head::fit(&judged.iter().collect::<Vec<_>>(), &Prior::new(), &HeadSettings::default())
}

/// The share of pairs of one accepted and one rejected take that the head orders rightly.
fn ordered(head: &Head, judged: &[Judged]) -> f32 {
    let said = |judged: &&Judged| head.opinion(&judged.features, judged.reading.as_ref()).log_odds;
    let (liked, disliked): (Vec<&Judged>, Vec<&Judged>) = judged.iter().partition(|judged| judged.accepted);
    let pairs = liked.iter().flat_map(|a| disliked.iter().map(move |b| (a, b)));
    let right: Vec<bool> = pairs.map(|(a, b)| said(a) > said(b)).collect();
    right.iter().filter(|right| **right).count() as f32 / right.len().max(1) as f32
}

#[test]
fn a_rule_on_a_feature_is_found_and_holds_for_takes_not_seen() {
    let rule = |on: &[Feature]| on.contains(&word(3));
    let head = fit(&reviewed(60, 1, rule)).unwrap();
    assert!(ordered(&head, &reviewed(200, 2, rule)) > 0.95);
    assert_eq!(head.weights()[0].0, word(3));
    assert!(head.weights()[0].1 > 0.0);
}

#[test]
fn a_rule_on_the_embedding_is_found() {
    let both = |seed, count: usize| -> Vec<Judged> {
        let mut chance = Chance::new(seed);
        (0..count)
            .map(|at| {
                let numbers: Vec<f32> = (0..24).map(|_| chance.share() - 0.5).collect();
                judged(at as u128, numbers[5] > 0.0, &[], Some(&numbers))
            })
            .collect()
    };
    let head = fit(&both(1, 80)).unwrap();
    assert!(ordered(&head, &both(2, 200)) > 0.8);
}

#[test]
fn nothing_is_learned_while_all_verdicts_are_alike() {
    assert_eq!(fit(&[]), None);
    assert_eq!(fit(&reviewed(20, 1, |_| true)), None);
    assert_eq!(fit(&reviewed(20, 1, |_| false)), None);
}

#[test]
fn one_accepted_take_among_many_rejected_is_learned_from() {
    let mut verdicts = reviewed(20, 1, |_| false);
    verdicts[7].accepted = true;
    let head = fit(&verdicts).unwrap();
    let said = |judged: &Judged| head.opinion(&judged.features, judged.reading.as_ref()).log_odds;
    let others = verdicts.iter().enumerate().filter(|&(at, _)| at != 7);
    assert!(others.map(|(_, judged)| said(judged)).all(|other| other < said(&verdicts[7])));
}

#[test]
fn what_tells_nothing_alone_has_little_weight_beside_what_does() {
    let head = fit(&reviewed(40, 1, |on| on.contains(&word(3)))).unwrap();
    let weights = head.weights();
    assert_eq!(weights[0].0, word(3));
    assert!(weights[1..].iter().all(|(_, weight)| weight.abs() < weights[0].1 / 3.0), "{weights:?}");
}

#[test]
fn the_same_verdicts_give_the_same_head() {
    let verdicts = reviewed(50, 5, |on| on.len() > 4);
    assert_eq!(fit(&verdicts), fit(&verdicts));
}

#[test]
fn without_a_rule_probabilities_stay_near_the_base_rate() {
    let mut chance = Chance::new(9);
    let mut verdicts = reviewed(120, 3, |_| true);
    verdicts.iter_mut().for_each(|judged| judged.accepted = chance.share() < 0.3);
    let head = fit(&verdicts).unwrap();
    let fresh = reviewed(100, 4, |_| true);
    let said: Vec<f32> =
        fresh.iter().map(|judged| head.opinion(&judged.features, judged.reading.as_ref()).probability).collect();
    let mean = said.iter().sum::<f32>() / 100.0;
    assert!((0.15..0.5).contains(&mean), "{mean}");
}

#[test]
fn a_prior_speaks_where_verdicts_do_not_yet() {
    let verdicts = reviewed(6, 1, |on| on.len() % 2 == 0);
    let references: Vec<&Judged> = verdicts.iter().collect();
    let prior = Prior::from([(word(2), 2.0)]);
    let with = Head::fit(&references, &prior, &HeadSettings::default()).unwrap();
    let without = Head::fit(&references, &Prior::new(), &HeadSettings::default()).unwrap();
    let weight = |head: &Head| head.weights().iter().find(|(feature, _)| *feature == word(2)).map_or(0.0, |one| one.1);
    assert!(weight(&with) > weight(&without) + 0.5, "{} {}", weight(&with), weight(&without));
}

#[test]
fn a_mind_that_changed_is_followed() {
    let mut verdicts = reviewed(80, 1, |on| on.contains(&word(3)));
    verdicts.extend(reviewed(120, 2, |on| !on.contains(&word(3))));
    let head = fit(&verdicts).unwrap();
    let weight = head.weights().iter().find(|(feature, _)| *feature == word(3)).unwrap().1;
    assert!(weight < 0.0, "{weight}");
}

#[test]
fn the_parts_of_a_take_are_named_and_add_up() {
    let verdicts = reviewed(60, 1, |on| on.contains(&word(3)));
    let head = fit(&verdicts).unwrap();
    let take = &verdicts[0];
    let opinion = head.opinion(&take.features, take.reading.as_ref());
    let parts: f32 = head.parts(&take.features, take.reading.as_ref()).iter().map(Part::adds).sum();
    let bias: f32 = head.members.iter().map(|member| member.bias).sum::<f32>() / head.members.len() as f32;
    assert!((parts + bias + head.base - opinion.log_odds).abs() < 1e-3);
}

#[test]
fn a_reading_of_another_model_counts_as_none() {
    let verdicts = reviewed(60, 1, |on| on.contains(&word(3)));
    let head = fit(&verdicts).unwrap();
    let mut other = verdicts[0].reading.clone().unwrap();
    other.model = Line::new("cd").unwrap();
    let features = &verdicts[0].features;
    assert_eq!(head.opinion(features, Some(&other)), head.opinion(features, None));
}
