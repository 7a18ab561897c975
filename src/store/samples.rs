//! Takes as the model wrote them, with how it read them, beside the board: a verdict that comes later, in this process or
//! another, finds there what to learn from, and an edited take what it was before.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::{Doing, StoreError};
use crate::board::{Feedback, Reading, Take, TakeId, Verdict};
use crate::taste::Candidate;

/// The file `NAME.slate/samples.jsonl`: only appended to, safe to delete.
#[derive(Debug)]
pub struct Samples {
    path: PathBuf,
    known: HashMap<TakeId, Sample>,
    read_to: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Sample {
    take: Take,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reading: Option<Reading>,
}

impl Samples {
    /// Those in a board's sidecar.
    #[must_use]
    pub fn beside(sidecar: &Path) -> Self {
        Self { path: sidecar.join("samples.jsonl"), known: HashMap::new(), read_to: 0 }
    }

    /// Keeps takes that were sampled and are to be shown.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be written.
    pub fn put<'a>(&self, candidates: impl IntoIterator<Item = &'a Candidate>) -> Result<(), StoreError> {
        let failed = |error| StoreError::io(Doing::Write, &self.path)(error);
        let mut lines = Vec::new();
        for candidate in candidates {
            let sample = Sample { take: candidate.take.clone(), reading: candidate.reading.clone() };
            lines.extend(super::json_line(&sample).map_err(|error| failed(error.into()))?);
            lines.push(b'\n');
        }
        if lines.is_empty() {
            return Ok(());
        }
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).map_err(StoreError::io(Doing::Create, folder))?;
        }
        let mut file = OpenOptions::new().append(true).create(true).open(&self.path).map_err(failed)?;
        // One write, so that two processes never mix their lines.
        file.write_all(&lines).map_err(failed)
    }

    /// How the model read a take when it wrote it.
    ///
    /// # Errors
    /// [`StoreError`] where the file is there and cannot be read. Lines that are none are passed over.
    pub fn reading(&mut self, take: TakeId) -> Result<Option<Reading>, StoreError> {
        self.catch_up()?;
        Ok(self.known.get(&take).and_then(|sample| sample.reading.clone()))
    }

    /// A verdict with what is known of its take: how the model read it, and what it was before a person edited it.
    ///
    /// # Errors
    /// As [`Self::reading`].
    pub fn complete(&mut self, mut feedback: Feedback) -> Result<Feedback, StoreError> {
        if feedback.verdict == Verdict::Retract {
            return Ok(feedback);
        }
        self.catch_up()?;
        if let Some(sample) = self.known.get(&feedback.take.id) {
            feedback.reading = feedback.reading.or_else(|| sample.reading.clone());
            if !feedback.take.provenance.edited.is_empty() && feedback.edited_from.is_none() {
                feedback.edited_from = Some(Box::new(sample.take.clone()));
            }
        }
        Ok(feedback)
    }

    /// Reads what was appended since.
    fn catch_up(&mut self) -> Result<(), StoreError> {
        let failed = |error| StoreError::io(Doing::Read, &self.path)(error);
        let mut file = match File::open(&self.path) {
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(()),
            opened => opened.map_err(failed)?,
        };
        if file.metadata().map_err(failed)?.len() < self.read_to {
            // Somebody deleted it, and it has begun anew.
            (self.read_to, self.known) = (0, HashMap::new());
        }
        file.seek(SeekFrom::Start(self.read_to)).map_err(failed)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        let whole = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        for line in bytes[..whole].split(|&byte| byte == b'\n') {
            if let Ok(sample) = serde_json::from_slice::<Sample>(line) {
                self.known.insert(sample.take.id, sample);
            }
        }
        self.read_to += whole as u64;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Embedding, FeedbackId, Field, Line, SceneId};

    fn candidate(id: u128) -> Candidate {
        let take = Take { id: TakeId::new(id.into()), ..serde_yaml::from_str("{action: As written.}").unwrap() };
        let embedding = Embedding::new(&[1.0, -2.0]).unwrap();
        Candidate { take, reading: Some(Reading { model: Line::default(), embedding, likelihood: Some(-1.5) }) }
    }

    fn accept(take: &Take) -> Feedback {
        Feedback {
            id: FeedbackId::new(9.into()),
            at_ms: 0,
            reviewer: Line::default(),
            scene: SceneId::new(1.into()),
            verdict: Verdict::Accept,
            reason: None,
            looked_ms: None,
            take: take.clone(),
            reading: None,
            edited_from: None,
            picked_before: None,
            index: 0,
        }
    }

    #[test]
    fn a_later_verdict_finds_how_the_model_read_the_take() {
        let folder = tempfile::tempdir().unwrap();
        let mut samples = Samples::beside(&folder.path().join("board.slate"));
        let one = candidate(1);
        assert_eq!(samples.complete(accept(&one.take)).unwrap().reading, None);
        samples.put([&one]).unwrap();
        assert_eq!(samples.complete(accept(&one.take)).unwrap().reading, one.reading);
        // Another process appends; half a line is not read yet.
        Samples::beside(&folder.path().join("board.slate")).put([&candidate(2)]).unwrap();
        fs::OpenOptions::new().append(true).open(&samples.path).unwrap().write_all(b"{\"take\":").unwrap();
        assert_eq!(samples.reading(TakeId::new(2.into())).unwrap(), one.reading);
        assert_eq!(samples.reading(TakeId::new(3.into())).unwrap(), None);
    }

    #[test]
    fn an_edited_take_finds_what_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let mut samples = Samples::beside(folder.path());
        let one = candidate(1);
        samples.put([&one]).unwrap();
        let mut edited = one.take.clone();
        edited.provenance.edited.push(Field::Action);
        assert_eq!(samples.complete(accept(&edited)).unwrap().edited_from.as_deref(), Some(&one.take));
        assert_eq!(samples.complete(accept(&one.take)).unwrap().edited_from, None);
    }
}
