//! `slateboard taste`: what verdicts taught, in words, and whether it is any good.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{Failure, boards, out, tasting};
use crate::board::{Line, Storyboard};
use crate::run::asking::Asking;
use crate::store::{Access, BoardFile, Opened, Paths, Samples, TasteSettings, reviewer};
use crate::taste::report::{Span, Weight};
use crate::taste::{Change, Report, Score, report, why};

/// Tell what verdicts taught: likes, dislikes, how sure, how honest
#[derive(Debug, Args)]
pub struct Taste {
    /// The board
    #[arg(value_name = "BOARD.yaml")]
    board: PathBuf,
    /// Whose taste; else SLATEBOARD_REVIEWER's, config.yaml's, the account's
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    /// Tell instead why a take stands where it stands: its plan, its rank, what of it is liked
    #[arg(long, num_args = 2, value_names = ["SCENE", "TAKE"])]
    why: Vec<String>,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

impl Taste {
    /// Folds the log and prints what came of it.
    ///
    /// # Errors
    /// Where the board, its log or the settings cannot be read.
    pub fn run(self) -> Result<(), Failure> {
        let named = self.reviewer.as_deref().map(Line::new).transpose()?.filter(|name| !name.is_empty());
        let Opened { file, board, .. } = boards::open(&self.board, Access::ReadOnly)?;
        let paths = Paths::from_env()?;
        let asking = tasting::fold(&file, &board, &paths, named.unwrap_or_else(reviewer::name))?;
        if let [scene, take] = self.why.as_slice() {
            return self.tell_why(&file, &board, &asking, scene, take);
        }
        let report = report(&asking.taste, &asking.standing);
        let plans: Vec<(Line, Vec<Change>)> = board
            .scenes
            .iter()
            .map(|scene| (scene.number.clone(), asking.plan(&board, scene).changes))
            .filter(|(_, changes)| !changes.is_empty())
            .collect();
        if self.json {
            let mut value = serde_json::to_value(&report)?;
            value["reviewer"] = json!(asking.reviewer);
            value["other_boards"] = json!(asking.other_boards);
            value["by_structure_alone"] = json!(by_structure_alone(&asking));
            value["plans"] =
                plans.iter().map(|(scene, changes)| json!({ "scene": scene, "changes": changes })).collect();
            return out::json(&value);
        }
        let mut text = String::new();
        verdicts(&report, &asking, &mut text);
        liked(&report, &mut text);
        honest(&report, &mut text);
        changes(&report, &plans, &paths, &mut text);
        out::print(&text)
    }
}

impl Taste {
    fn tell_why(
        &self,
        file: &BoardFile,
        board: &Storyboard,
        asking: &Asking,
        scene: &str,
        take: &str,
    ) -> Result<(), Failure> {
        let scene = boards::scene(board, scene)?;
        let (_, take) = boards::take(scene, take)?;
        let reading = Samples::beside(file.sidecar()).reading(take.id)?;
        let why = why(take, &scene.heading, reading.as_ref(), &asking.taste);
        if self.json {
            return out::json(&serde_json::to_value(&why)?);
        }
        let mut text = format!("scene {}, take {}\n", scene.number, take.id);
        if !why.plan.is_empty() {
            let _ = writeln!(text, "  plan: {}", listed(&why.plan));
        }
        if let Some(chosen) = why.chosen {
            let _ = writeln!(text, "  place {} of {} by {}", chosen.place, chosen.of, chosen.by);
        }
        if let Some(probability) = why.probability {
            let weight = if why.ranks { "" } else { "; not enough yet to rank by" };
            let _ = writeln!(text, "  accepted with a probability of {:.0} %{weight}", probability * 100.0);
        }
        for (part, adds) in &why.parts {
            let _ = writeln!(text, "    {adds:+.2} {part}");
        }
        out::print(&text)
    }
}

/// Verdicts on takes that no model of this machine and no server's embeddings have read.
fn by_structure_alone(asking: &Asking) -> usize {
    asking.judged().iter().filter(|judged| judged.reading.is_none()).count()
}

// Writing to a `String` cannot fail, so the results below are let go.

fn verdicts(report: &Report, asking: &Asking, text: &mut String) {
    let _ = writeln!(text, "taste of {}", asking.reviewer);
    if report.verdicts == 0 {
        let _ = writeln!(text, "  no verdicts yet: accept or reject takes, and what comes next follows them");
    } else {
        let (all, yes, no) = (report.verdicts, report.accepted, report.rejected);
        let _ = writeln!(text, "  {all} verdicts: {yes} accepted, {no} rejected");
        let bare = by_structure_alone(asking);
        if bare > 0 {
            let _ = writeln!(
                text,
                "  {bare} of them on takes without an embedding: of those, structure and words alone count"
            );
        }
    }
    if report.reviewers.len() > 1 {
        let named: Vec<String> = report.reviewers.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let _ = writeln!(text, "  reviewers: {}", named.join(", "));
    }
    if asking.other_boards > 0 {
        let _ = writeln!(text, "  begun from your taste on {} other boards", asking.other_boards);
    }
    if report.accept_rate.len() > 1 {
        let rate = |span: &Span| format!("{:.0} %", span.rate * 100.0);
        let rates: Vec<String> = report.accept_rate.iter().map(rate).collect();
        let _ = writeln!(text, "  accepted over time: {}", rates.join(", "));
    }
    for given in &report.reasons {
        let change = given.change.map(|change| format!(": {change}")).unwrap_or_default();
        let _ = writeln!(text, "  {} × \u{201c}{}\u{201d}{change}", given.times, given.said);
    }
}

fn liked(report: &Report, text: &mut String) {
    let mut list = |title: &str, weights: &[Weight]| {
        if !weights.is_empty() {
            let named: Vec<String> =
                weights.iter().map(|weight| format!("{} ({:+.2})", weight.feature, weight.weight)).collect();
            let _ = writeln!(text, "{title}\n  {}", named.join("\n  "));
        }
    };
    list("likes, with the log-odds one standard deviation adds", &report.likes);
    list("dislikes", &report.dislikes);
    if let Some(unsure) = report.unsure {
        let _ = writeln!(text, "how sure: its members are {unsure:.2} log-odds apart on a take");
    }
}

fn honest(report: &Report, text: &mut String) {
    let Some(head) = report.prequential.head else {
        let _ = writeln!(text, "not enough yet: takes are shown in the order they were sampled");
        return;
    };
    let _ = writeln!(text, "each verdict was predicted before it was learned from ({} of them)", head.predictions);
    let _ = writeln!(text, "  {:<12} {:>8} {:>8}  AUC", "", "log-loss", "right");
    let mut line = |name: &str, score: Option<Score>| {
        let Some(score) = score else { return };
        let auc = score.auc.map_or_else(|| "-".to_owned(), |auc| format!("{auc:.2}"));
        let interval = score.auc_interval.map(|[low, high]| format!(" ({low:.2} to {high:.2})")).unwrap_or_default();
        let right = score.accuracy * 100.0;
        let _ = writeln!(text, "  {name:<12} {:>8.3} {right:>6.0} %  {auc}{interval}", score.log_loss);
    };
    line("taste", Some(head));
    line("likelihood", report.prequential.likelihood);
    line("a coin", report.prequential.coin);
    let _ = writeln!(
        text,
        "{}",
        if report.ranks {
            "it predicts better than the base rate, so it decides the order of takes"
        } else {
            "not enough yet: it does not predict better than the base rate, so takes are shown as they were sampled"
        }
    );
}

fn changes(report: &Report, plans: &[(Line, Vec<Change>)], paths: &Paths, text: &mut String) {
    for (scene, changes) in plans {
        let does: Vec<String> = changes.iter().map(|change| change.does.to_string()).collect();
        let _ = writeln!(text, "scene {scene} next: {}", does.join("; "));
    }
    if !report.phrases.is_empty() {
        let phrases: Vec<String> =
            report.phrases.iter().map(|phrase| format!("\u{201c}{}\u{201d}", phrase.words)).collect();
        let _ = writeln!(text, "phrases leant away from: {}", phrases.join(", "));
        let file = TasteSettings::file(paths);
        let _ = writeln!(text, "  allow one, or avoid others, in {}", boards::shown(&file));
    }
    if report.verdicts > 1 {
        let diversity = report.diversity;
        let _ = writeln!(
            text,
            "the last takes judged: {:.0} % of word pairs different, unlikeness {:.2}, spread {:.2}",
            diversity.distinct_2 * 100.0,
            diversity.unlikeness,
            diversity.spread
        );
    }
}

/// Words one after the other.
fn listed(parts: &[impl ToString]) -> String {
    parts.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
