//! One answer, through everything that may come between: a busy server, a line that drops, words that are not of the form.

use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::check::Form;
use super::http::{Trouble, Wire};
use super::patience::Patience;
use super::permits::Permits;
use super::request::Request;
use super::stream::{self, Told};
use crate::engine::job::Cancel;

/// How often a server that is busy or gone is asked again for one answer.
const FAILURES: u32 = 8;
/// How often an answer that is not of the form is asked for anew.
const WRONG: u32 = 4;
/// What is added to the seed for that: the next draw has nothing in common with the one before.
const STEP: u32 = 0x3c6e_f372;

/// What a job's thread tells.
#[derive(Debug)]
pub(super) enum News {
    /// More of an answer.
    Told(Told),
    /// What there was of it is nothing.
    Again,
    /// It is over.
    Over(Result<Written, Trouble>),
}

/// An answer that came to an end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Written {
    /// The answer, which was found to be of the form; else what was wrong with the last one.
    pub(super) text: Result<String, String>,
    /// Tokens of the prompt, and how many of them the server had kept.
    pub(super) prompt: (usize, usize),
    /// Tokens written, those of wrong answers among them.
    pub(super) tokens: usize,
}

/// What all answers of a job share.
pub(super) struct Errand<'a> {
    pub(super) wire: &'a Wire,
    pub(super) permits: &'a Permits,
    pub(super) request: &'a Request,
    pub(super) form: Form,
    pub(super) cancel: &'a Cancel,
}

impl Errand<'_> {
    /// Asks for the answer of `seed` until it is of the form, and tells how it grows.
    pub(super) fn run(&self, index: usize, seed: u32, news: &Sender<(usize, News)>) {
        // Whoever hung up wants to hear no more.
        let tell = |item| drop(news.send((index, item)));
        tell(News::Over(self.ask(seed, &|item| tell(item))));
    }

    fn ask(&self, seed: u32, tell: &dyn Fn(News)) -> Result<Written, Trouble> {
        let mut patience: Option<Patience> = None;
        let mut wrong = 0;
        let mut tokens = 0;
        loop {
            let permit = self.permits.take(self.cancel).ok_or(Trouble::Stopped)?;
            // The time spent waiting for one's turn is nobody's fault.
            let patience =
                patience.get_or_insert_with(|| Patience::until(Instant::now() + self.wire.endpoint.deadline));
            let mut begun = false;
            let said = self.once(seed.wrapping_add(STEP.wrapping_mul(wrong)), patience.left(), &mut |told| {
                begun |= matches!(told, Told::Words(_));
                tell(News::Told(told));
            });
            drop(permit);
            match said {
                Ok(said) => {
                    // How many they were is what a server says.
                    tokens = said.tokens.saturating_add(tokens);
                    let checked = match said.whole {
                        true => self.form.check(&said.text),
                        false => Err("it was not done within the tokens it may have".to_owned()),
                    };
                    wrong += 1;
                    if checked.is_ok() || wrong == WRONG || patience.left().is_zero() {
                        return Ok(Written { text: checked, prompt: said.prompt, tokens });
                    }
                }
                Err(Trouble::Passing(words, after)) => {
                    let worn_out = patience.failures() + 1 >= FAILURES;
                    if worn_out || !patience.wait(after, self.cancel) {
                        let stopped = self.cancel.is_cancelled();
                        return Err(if stopped { Trouble::Stopped } else { Trouble::Passing(words, after) });
                    }
                }
                Err(trouble) => return Err(trouble),
            }
            if begun {
                tell(News::Again);
            }
        }
    }

    fn once(&self, seed: u32, within: Duration, on: &mut dyn FnMut(Told)) -> Result<stream::Said, Trouble> {
        let answer =
            self.wire.post("/chat/completions", &self.request.of(seed, self.form.schema()), within, self.cancel)?;
        stream::read(self.wire, answer, self.cancel, on)
    }
}
