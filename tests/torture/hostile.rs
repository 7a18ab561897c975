//! Model files that somebody spoiled: the look beforehand refuses them in words, or the engine does, or it dies and that is
//! said. The program that asked goes on.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use slateboard::board::text::clean;
use slateboard::engine::{Cancel, EngineError, Generator, gguf};

use crate::engine::{job, model, real};
use crate::{Chance, times};

/// The header of the real model, its key-value pairs and its tensors, and where the weights begin at the latest.
fn header(model: &Path) -> Vec<u8> {
    let mut bytes = vec![0; 2 << 20];
    let read = File::open(model).unwrap().read(&mut bytes).unwrap();
    bytes.truncate(read);
    bytes
}

/// A file of the model's length with this beginning and holes for weights.
fn spoiled(place: &tempfile::TempDir, header: &[u8], length: u64) -> PathBuf {
    let path = place.path().join("spoiled.gguf");
    let mut file = File::create(&path).unwrap();
    file.write_all(header).unwrap();
    file.set_len(length).unwrap();
    path
}

/// What a file came to.
#[derive(Debug, Default)]
struct Counts {
    refused_beforehand: usize,
    refused_by_the_engine: usize,
    killed_the_engine: usize,
    stopped: usize,
    ran: usize,
}

/// Looks at a file, and where it looks like a model runs it, as the program does.
fn try_out(path: &Path, counts: &mut Counts) {
    if let Err(error) = gguf::inspect(path) {
        let words = error.to_string();
        assert!(words.len() > 20 && clean(&words) == words, "{words}");
        counts.refused_beforehand += 1;
        return;
    }
    let mut engine = real(path.to_owned());
    let cancel = Cancel::default();
    let stop = cancel.clone();
    let (ended, end) = channel::<()>();
    let watch = std::thread::spawn(move || {
        if end.recv_timeout(Duration::from_secs(20)) == Err(RecvTimeoutError::Timeout) {
            stop.cancel();
        }
    });
    let mut job = job();
    job.job.max_tokens = 8;
    let result = engine.warm_up(&cancel, &mut |_| {}).and_then(|_| engine.run(&job.job, &cancel, &mut |_| {}));
    drop(ended);
    watch.join().unwrap();
    match result {
        Ok(_) => counts.ran += 1,
        Err(EngineError::Model(words) | EngineError::Job(words) | EngineError::TooBig(words)) => {
            assert!(!words.is_empty());
            counts.refused_by_the_engine += 1;
        }
        Err(EngineError::Died(words)) => {
            assert!(!words.is_empty() && clean(&words) == words, "{words}");
            counts.killed_the_engine += 1;
        }
        Err(EngineError::Cancelled) => counts.stopped += 1,
        Err(error @ EngineError::Unreachable(_)) => panic!("nothing is far away here: {error}"),
    }
}

#[test]
fn model_files_that_somebody_spoiled_never_cost_more_than_the_engine() {
    let mut chance = Chance::begin();
    let place = tempfile::tempdir().unwrap();
    let model = model();
    let length = fs::metadata(&model).unwrap().len();
    let whole = header(&model);
    let at = |needle: &[u8]| whole.windows(needle.len()).position(|window| window == needle).unwrap();
    let (words, tensors) = (at(b"tokenizer.ggml.tokens"), at(b"token_embd.weight"));
    let mut counts = Counts::default();
    for round in 0..times(8, 300) {
        let mut header = whole.clone();
        match round % 4 {
            // Values of the model's own keys, each four bytes behind its type.
            0 | 1 => {
                let numbers: Vec<usize> = (0..words - 8).filter(|&at| header[at..at + 4] == [4, 0, 0, 0]).collect();
                let at = numbers[chance.below(numbers.len() as u64) as usize] + 4;
                let value = [0, 1, 2, 3, 7, 0x7fff_ffff, 0xffff_ffff, 0x8000_0000, 1 << 20][chance.below(9) as usize];
                header[at..at + 4].copy_from_slice(&u32::to_le_bytes(value));
            }
            // A few bytes of the names, shapes and types of tensors.
            2 => {
                for _ in 0..=chance.below(2) {
                    let at = tensors + chance.below(16 << 10) as usize;
                    header[at] ^= 1 << chance.below(8);
                }
            }
            // A few bytes anywhere: keys, words of the vocabulary, merges.
            _ => {
                for _ in 0..=chance.below(4) {
                    let at = 24 + chance.below(header.len() as u64 - 24) as usize;
                    header[at] = chance.below(256) as u8;
                }
            }
        }
        try_out(&spoiled(&place, &header, length), &mut counts);
    }
    // Cut short anywhere, and with nothing behind the header.
    for _ in 0..times(4, 40) {
        let end = chance.below(whole.len() as u64) as usize;
        try_out(&spoiled(&place, &whole[..end], end as u64), &mut counts);
    }
    eprintln!("{counts:?}");
    assert!(counts.refused_beforehand > 0, "what is cut short is seen beforehand");
}
