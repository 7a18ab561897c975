//! The imperative shell: the loop, the workers, the effects.
//!
//! One channel in; `app::update` is pure; effects go to workers, and their answers come back as messages. Nothing here
//! waits for a worker, and nothing is drawn unless something changed.

mod boards;
mod editor;
mod engine_link;
mod keys;
mod proposing;
mod store_link;

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::app::model::Model;
use crate::app::msg::{Effect, Msg, StoreNews};
use crate::app::now::Now;
use crate::app::seen::Seen;
use crate::app::update;
use crate::engine::Generator;
use crate::store::{Paths, reviewer};
use crate::term::{Input, InputThread, Session, Signal, session, watch};
use crate::ui::{self, Looks};
use engine_link::EngineLink;
use proposing::Question;
use store_link::StoreLink;

/// How long a worker may take to end when the screen is gone.
const LAST_WORDS: Duration = Duration::from_millis(800);
/// How long messages are gathered before they are drawn together.
const GATHER: Duration = Duration::from_millis(15);

/// Makes what runs the model.
pub type MakeGenerator = Box<dyn FnOnce() -> Result<Box<dyn Generator>, String> + Send>;

/// What a run of the TUI needs from outside.
pub struct Setting {
    /// The board to open; `None` for a choice of boards.
    pub board: Option<PathBuf>,
    /// The folders.
    pub paths: Paths,
    /// Makes what runs the model, or says in words why there is none. Called in the engine's thread: a model file that is
    /// new here is read whole for its hash, and the first picture does not wait for that.
    pub generator: MakeGenerator,
}

/// Something that reaches the loop.
enum Arrival {
    Msg(Msg),
    Signal(Signal),
}

/// Runs the TUI until the person leaves.
///
/// # Errors
/// Where the terminal cannot be taken or is gone. The board is on disk in either case.
pub fn tui(setting: Setting) -> io::Result<()> {
    let (sender, arrivals) = channel();
    let signals = sender.clone();
    // A loop that has ended needs no signals.
    watch(move |signal| drop(signals.send(Arrival::Signal(signal))))?;
    let mut session = Session::take()?;
    let size = crossterm::terminal::size()?;
    let (model, effects) = Model::new(setting.board.clone(), reviewer::name(), size);
    let keys = sender.clone();
    let input = InputThread::start(move |input| message(input).is_none_or(|msg| keys.send(msg).is_ok()))?;
    let mut shell = Shell {
        store: StoreLink::start(sender.clone())?,
        engine: EngineLink::start(setting.generator, sender.clone())?,
        paths: setting.paths,
        looks: Looks::default(),
        sender,
        input,
        leaving: false,
    };
    let result = shell.run(&mut session, model, effects, &arrivals);
    drop(session);
    shell.engine.stop(LAST_WORDS);
    shell.store.finish(LAST_WORDS);
    result
}

/// What carries effects out.
struct Shell {
    store: StoreLink,
    engine: EngineLink,
    paths: Paths,
    looks: Looks,
    sender: Sender<Arrival>,
    input: InputThread,
    leaving: bool,
}

impl Shell {
    fn run(
        &mut self,
        session: &mut Session,
        mut model: Model,
        effects: Vec<Effect>,
        arrivals: &Receiver<Arrival>,
    ) -> io::Result<()> {
        // The first picture does not wait for board or model.
        self.draw(session, &mut model)?;
        for effect in effects {
            self.carry_out(effect, session)?;
        }
        while !self.leaving {
            let Some(first) = next_arrival(arrivals, model.tick_ms()) else { break };
            let mut next = Some(first);
            let until = std::time::Instant::now() + GATHER;
            let mut gathered = 0;
            while let Some(arrival) = next {
                gathered += 1;
                self.arrived(arrival, &mut model, session)?;
                if self.leaving {
                    return Ok(());
                }
                next = arrivals.try_recv().ok().filter(|_| gathered < 256 && std::time::Instant::now() < until);
            }
            self.draw(session, &mut model)?;
        }
        Ok(())
    }

    fn arrived(&mut self, arrival: Arrival, model: &mut Model, session: &mut Session) -> io::Result<()> {
        let msg = match arrival {
            Arrival::Msg(msg) => msg,
            Arrival::Signal(Signal::HangUp) => {
                // What was accepted is in the journal already; the line is gone, so there is nothing to draw on.
                self.leaving = true;
                return Ok(());
            }
            Arrival::Signal(Signal::Terminate) => Msg::Terminate,
            Arrival::Signal(Signal::Stop) => return self.carry_out(Effect::Suspend, session),
            Arrival::Signal(Signal::Continue) => return Ok(()),
        };
        for effect in update(model, now(), msg) {
            self.carry_out(effect, session)?;
        }
        Ok(())
    }

    fn carry_out(&mut self, effect: Effect, session: &mut Session) -> io::Result<()> {
        match effect {
            Effect::FindBoards => {
                let boards = boards::find(&self.paths);
                self.tell(Msg::Store(StoreNews::Boards(boards)));
            }
            Effect::Open(path, how) => self.store.open(path, how, &self.paths),
            Effect::Record(edit) => self.store.record(*edit),
            Effect::Judge(feedback, edit) => self.store.judge(*feedback, *edit),
            Effect::Save(board, made) => self.store.save(*board, made),
            Effect::WarmUp(epoch) => self.engine.warm_up(epoch),
            Effect::Generate { epoch, board, scene, seeds, ids } => {
                self.engine.generate(engine_link::Wanted { epoch, board, scene, seeds, ids }, self.store.sidecar());
            }
            Effect::Propose { epoch, board, ask, seed } => self.engine.propose(Question { epoch, board, ask, seed }),
            Effect::Cancel => self.engine.cancel(),
            Effect::EditOutside(scene, text) => {
                let edited = self.input.hold(|| session.lend(|| editor::edit(&text)))?;
                self.tell(Msg::EditedOutside(scene, edited));
            }
            Effect::Suspend => {
                let stopped = self.input.hold(|| session.lend(session::stop_process_group))?;
                if !stopped {
                    self.tell(Msg::Broken("there is no shell above this program to come back from".into()));
                }
            }
            Effect::Quit => self.leaving = true,
        }
        Ok(())
    }

    fn draw(&self, session: &mut Session, model: &mut Model) -> io::Result<()> {
        let mut seen = Seen::default();
        session.draw(|frame| seen = ui::view(model, &self.looks, frame))?;
        // Drawing is where the rows are known; nothing follows from it but what can be scrolled and pointed at.
        update(model, Now::default(), Msg::Drawn(seen));
        Ok(())
    }

    /// A message to ourselves, behind those that are waiting.
    fn tell(&self, msg: Msg) {
        // The receiver lives as long as this shell runs.
        let _ = self.sender.send(Arrival::Msg(msg));
    }
}

/// The next thing to reach the loop: while something moves, the time at the latest; `None` where nobody is left to send.
fn next_arrival(arrivals: &Receiver<Arrival>, tick_ms: Option<u64>) -> Option<Arrival> {
    let Some(tick) = tick_ms.map(Duration::from_millis) else { return arrivals.recv().ok() };
    match arrivals.recv_timeout(tick) {
        Ok(arrival) => Some(arrival),
        Err(RecvTimeoutError::Timeout) => Some(Arrival::Msg(Msg::Tick)),
        Err(RecvTimeoutError::Disconnected) => None,
    }
}

fn message(input: Input) -> Option<Arrival> {
    Some(match input {
        Input::Key(key) => Arrival::Msg(Msg::Key(keys::key(key)?)),
        Input::Paste(text) => Arrival::Msg(Msg::Paste(text)),
        Input::Resize(columns, rows) => Arrival::Msg(Msg::Resize(columns, rows)),
        Input::Gone => Arrival::Signal(Signal::HangUp),
    })
}

/// The moment, and the chance it brings.
fn now() -> Now {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let random = ulid::Ulid::new().random();
    #[expect(clippy::cast_possible_truncation, reason = "the low bits are as random as the rest")]
    let chance = random as u64;
    Now { at_ms: u64::try_from(since.as_millis()).unwrap_or(u64::MAX), chance }
}
