//! `slateboard verdict`: a person's word on a take, kept in the feedback log and followed by the board.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser as _;
use serde_json::json;

use super::{Failure, boards, out, tasting};
use crate::board::verdict::{standing, verdict_edit};
use crate::board::{Feedback, FeedbackId, Line, Scene, Verdict as Word};
use crate::store::{Access, BoardFile, Opened, reviewer};

/// Accept or reject a take, or take a verdict back
#[derive(Debug, Args)]
pub struct Verdict {
    /// The board
    #[arg(value_name = "BOARD.yaml")]
    board: PathBuf,
    /// The scene's number or id
    scene: String,
    /// The take's id, or its index from 1; the id of a rejected take, to retract that
    take: String,
    /// What is said of it
    #[arg(value_name = "accept|reject|retract", hide_possible_values = true)]
    #[arg(value_parser = PossibleValuesParser::new(Word::SPOKEN.iter().map(|word| word.word())).try_map(|word| word.parse::<Word>()))]
    verdict: Word,
    /// Why, in your words
    #[arg(long)]
    reason: Option<String>,
    /// Who says it; else SLATEBOARD_REVIEWER, config.yaml's reviewer, the account
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    /// Print the record as JSON
    #[arg(long)]
    json: bool,
}

impl Verdict {
    /// Puts the verdict on disk, then on the board.
    ///
    /// # Errors
    /// Where the board cannot be opened or saved, or there is no such take or nothing to retract.
    pub fn run(self) -> Result<(), Failure> {
        let reason = self.reason.as_deref().map(Line::new).transpose()?.filter(|reason| !reason.is_empty());
        let reviewer = self.reviewer.as_deref().map(Line::new).transpose()?.filter(|name| !name.is_empty());
        let reviewer = reviewer.unwrap_or_else(reviewer::name);
        let Opened { mut file, mut board, .. } = boards::open(&self.board, Access::Write)?;
        let scene = boards::scene(&board, &self.scene)?;
        let id = FeedbackId::new(boards::fresh());
        let record = match self.verdict {
            Word::Retract => {
                let taken_back = last_verdict(&file, scene, &self.take)?;
                Feedback { reason, ..taken_back.retraction(id, boards::now_ms(), reviewer) }
            }
            verdict => {
                let (index, take) = boards::take(scene, &self.take)?;
                let (scene, picked_before, take) = (scene.id, scene.picked, take.clone());
                let at_ms = boards::now_ms();
                Feedback {
                    id,
                    at_ms,
                    reviewer,
                    scene,
                    verdict,
                    reason,
                    looked_ms: None,
                    take,
                    reading: None,
                    edited_from: None,
                    picked_before,
                    index,
                }
            }
        };
        let number = scene.number.clone();
        let edit = verdict_edit(&board, &record)?;
        edit.apply(&mut board)?;
        file.record_verdict(&record, &edit)?;
        boards::save(&mut file, &board)?;
        // The verdict is kept; what follows from it can be told another time.
        let changes = tasting::judged(&file, &board, &record.reviewer, record.scene).unwrap_or_else(|failure| {
            boards::tell(&failure.to_string());
            Vec::new()
        });
        let picked = board.scene(record.scene).and_then(|scene| scene.picked);
        if self.json {
            return out::json(&json!({
                "feedback": record.id, "scene": record.scene, "number": number, "take": record.take.id,
                "verdict": record.verdict, "reason": record.reason, "reviewer": record.reviewer,
                "at_ms": record.at_ms, "picked": picked, "changes": changes,
            }));
        }
        let done = match record.verdict {
            Word::Accept => "accepted, and the picked one now",
            Word::Reject => "rejected; it left the board and stays in the feedback log",
            Word::Retract | Word::Edit => "as before the verdict",
        };
        let mut text = format!("scene {number}: take {} is {done}\n", record.take.id);
        for change in &changes {
            text += &format!("  next takes, after \u{201c}{}\u{201d}: {}\n", change.reason, change.does);
        }
        out::print(&text)
    }
}

/// The newest verdict on a take that has not been taken back.
fn last_verdict(file: &BoardFile, scene: &Scene, wanted: &str) -> Result<Feedback, Failure> {
    let (mut records, notices) = file.feedback()?;
    for notice in notices {
        boards::tell(&notice.to_string());
    }
    records.retain(|record| record.scene == scene.id);
    // A rejected take is on the board no more, so its id is looked for in the log.
    let id = match wanted.parse() {
        Ok(id) if records.iter().any(|record| record.take.id == id) => id,
        _ => {
            boards::take(scene, wanted)
                .map_err(|failure| failure.hint("a rejected take is named by its id, which the feedback log has"))?
                .1
                .id
        }
    };
    records.retain(|record| record.take.id == id);
    standing(&records).pop().cloned().ok_or_else(|| {
        Failure::usage(format!("there is no verdict on take {id} to take back"))
            .hint("accept or reject it first; a verdict can be taken back once")
    })
}
