//! `slateboard feedback`: the verdicts as training data for elsewhere.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::{Failure, boards, export, out};
use crate::board::{Feedback as Record, Storyboard, Take};
use crate::engine::{Role, SceneAsk, SceneJob, scene};
use crate::exchange::deliver::Overwrite;
use crate::store::{Access, BoardFile, Opened, Prompts};
use crate::taste::{Judged, standing};

/// Write the verdicts as training data
#[derive(Debug, Args)]
pub struct Feedback {
    /// The board
    #[arg(value_name = "BOARD.yaml")]
    board: PathBuf,
    /// The shape
    #[arg(long, value_name = "FORMAT")]
    format: Format,
    /// The file to write, one JSON document a line; - for stdout
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Replace what is there already
    #[arg(long)]
    force: bool,
    /// How prompts and completions are written
    #[arg(long, value_name = "SHAPE", default_value = "text")]
    messages: Messages,
}

/// The shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// TRL's unpaired preferences: prompt, completion, label; one line a take judged
    Kto,
    /// TRL's pairs: prompt, chosen, rejected; one line for each accepted and rejected take of the same prompt
    Dpo,
    /// The feedback log itself: every record whole, in order
    Jsonl,
}

/// How a conversation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Messages {
    /// As one text
    Text,
    /// As messages with roles, for models with a chat template
    Chat,
}

impl Feedback {
    /// Writes it.
    ///
    /// # Errors
    /// Where the board or its log cannot be read, or the file not written.
    pub fn run(self) -> Result<(), Failure> {
        let Opened { file, board, .. } = boards::open(&self.board, Access::ReadOnly)?;
        let (records, notices) = file.feedback()?;
        for notice in notices {
            boards::tell(&notice.to_string());
        }
        let lines = match self.format {
            Format::Jsonl => records.iter().map(serde_json::to_value).collect::<Result<Vec<Value>, _>>()?,
            Format::Kto => self.kto(&asked(&file, &board, &records)?),
            Format::Dpo => self.dpo(&asked(&file, &board, &records)?),
        };
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        if self.out == Path::new("-") {
            return out::print(&text);
        }
        boards::spare(&file, &self.out)?;
        let overwrite = if self.force || holds_lines(&self.out) { Overwrite::Replace } else { Overwrite::Refuse };
        export::write(&self.out, overwrite, text.as_bytes())?;
        boards::tell(&format!("{} lines in {}", lines.len(), boards::shown(&self.out)));
        Ok(())
    }

    fn kto(&self, asked: &[Asked]) -> Vec<Value> {
        let line = |one: &Asked| json!({ "prompt": self.prompt(one), "completion": self.answer(&one.judged.take), "label": one.judged.accepted });
        asked.iter().map(line).collect()
    }

    /// Only takes of the same prompt can be compared: an accepted one is chosen over each rejected one.
    fn dpo(&self, asked: &[Asked]) -> Vec<Value> {
        let mut lines = Vec::new();
        for chosen in asked.iter().filter(|one| one.judged.accepted) {
            let rejected = asked.iter().filter(|one| !one.judged.accepted && one.messages == chosen.messages);
            lines.extend(rejected.map(|rejected| {
                json!({
                    "prompt": self.prompt(chosen),
                    "chosen": self.answer(&chosen.judged.take),
                    "rejected": self.answer(&rejected.judged.take),
                })
            }));
        }
        lines
    }

    fn prompt(&self, asked: &Asked) -> Value {
        match self.messages {
            Messages::Text => {
                let texts: Vec<&str> = asked.messages.iter().map(|(_, text)| text.as_str()).collect();
                json!(texts.join("\n\n") + "\n\n")
            }
            Messages::Chat => {
                asked.messages.iter().map(|(role, text)| json!({ "role": role_name(*role), "content": text })).collect()
            }
        }
    }

    fn answer(&self, take: &Take) -> Value {
        let answer = scene::as_answer(take);
        match self.messages {
            Messages::Text => json!(answer),
            Messages::Chat => json!([{ "role": role_name(Role::Assistant), "content": answer }]),
        }
    }
}

/// Whether a file is empty or begins as such lines do: then it is replaced without a word. Anything else is somebody's.
fn holds_lines(path: &Path) -> bool {
    let mut first = [0];
    let read = std::fs::File::open(path).and_then(|mut file| std::io::Read::read(&mut file, &mut first));
    path.is_file() && read.is_ok_and(|read| read == 0 || first == *b"{")
}

/// A take judged, with the conversation that asked for it.
struct Asked {
    judged: Judged,
    messages: Vec<(Role, String)>,
}

/// The takes judged with what they were asked with: the prompt kept beside the board, else the one the board gives now.
/// Takes of scenes that are gone and have no prompt kept are left out, and said.
fn asked(file: &BoardFile, board: &Storyboard, records: &[Record]) -> Result<Vec<Asked>, Failure> {
    let prompts = Prompts::beside(file.sidecar());
    let mut asked = Vec::new();
    let mut lost = 0;
    for judged in standing(records, board, &[]) {
        let kept = judged.take.provenance.prompt_sha256.as_deref().map(|sha256| prompts.get(sha256)).transpose()?;
        let kept: Option<SceneJob> = kept.flatten().and_then(|document| serde_json::from_value(document).ok());
        let job = kept.or_else(|| SceneJob::new(board, judged.scene, &SceneAsk::default()).ok());
        match job {
            Some(job) => asked.push(Asked { judged, messages: job.messages() }),
            None => lost += 1,
        }
    }
    if lost > 0 {
        boards::tell(&format!("{lost} takes are left out: nothing is known any more of what they were asked with"));
    }
    Ok(asked)
}

const fn role_name(role: Role) -> &'static str {
    match role {
        Role::System => "system",
        Role::User => "user",
        Role::Assistant => "assistant",
    }
}
