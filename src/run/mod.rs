//! The imperative shell: the loop, the workers, the effects.
//!
//! One channel in; `app::update` is pure; effects go to workers, and their answers come back as messages. Nothing here
//! waits for a worker, and nothing is drawn unless something changed.

pub mod asking;
mod boards;
mod clipboard;
mod editor;
mod effects;
mod engine_link;
pub mod exporting;
mod importing;
mod keys;
mod pictures;
mod proposing;
mod said;
pub mod setup;
pub mod shelf;
mod store_link;
pub mod styles;
mod telling;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::app::config::Switch;
use crate::app::model::{Model, Place};
use crate::app::msg::{Effect, Focus, Left, Mouse, MouseKind, Msg, Opening, StoreNews};
use crate::app::now::Now;
use crate::app::seen::Seen;
use crate::app::{keeping, update};
use crate::engine::Generator;
use crate::store::Paths;
use crate::term::graphics::Images;
use crate::term::{self, Capabilities, Input, InputThread, Reply, Session, Signal, session, watch};
use crate::ui::{self, Looks};
use crate::words::{self, Lexicon, Phrase};
use engine_link::EngineLink;
use exporting::ExportLink;
use importing::ImportLink;
use pictures::PictureLink;
pub use setup::Setup;
use store_link::StoreLink;

/// How long a worker may take to end when the screen is gone.
const LAST_WORDS: Duration = Duration::from_millis(800);
/// How long the program may take to end when the system asks it to. What was done is in the journal long before.
const LAST_RESORT: Duration = Duration::from_secs(5);
/// How long messages are gathered before they are drawn together.
const GATHER: Duration = Duration::from_millis(15);

/// How long the first picture may wait for the board.
const AT_ONCE: Duration = Duration::from_millis(12);

/// How long after the start the terminal may still owe answers, and how long the end waits for them.
const OWED: Duration = Duration::from_secs(3);
const HEARD_OUT: Duration = Duration::from_millis(250);

/// Makes what runs the model.
pub type MakeGenerator = Box<dyn FnOnce() -> Result<Box<dyn Generator>, String> + Send>;

/// What a run of the TUI needs from outside.
pub struct Setting {
    /// The board to open; `None` for a choice of boards.
    pub board: Option<PathBuf>,
    /// The folders.
    pub paths: Paths,
    /// How pictures reach the terminal.
    pub images: Images,
    /// Makes what runs the model, or says in words why there is none. Called in the engine's thread: a model file that is
    /// new here is read whole for its hash, and the first picture does not wait for that.
    pub generator: MakeGenerator,
    /// What boards are exported with.
    pub exports: exporting::Exports,
}

/// Something that reaches the loop.
enum Arrival {
    Msg(Msg),
    Reply(Reply),
    Picture(pictures::Drawn),
    Signal(Signal),
}

/// Runs the TUI until the person leaves.
///
/// # Errors
/// Where the terminal cannot be taken or is gone. The board is on disk in either case.
pub fn tui(setting: Setting) -> io::Result<()> {
    let Setting { board, paths, images, generator, exports } = setting;
    let (sender, arrivals) = channel();
    // The board is read while the terminal is taken and the person's files are read.
    let store = StoreLink::start(sender.clone())?;
    if let Some(path) = &board {
        store.open(path.clone(), Opening::Write, &paths);
    }
    let signals = sender.clone();
    // A loop that has ended needs no signals.
    watch(move |signal| {
        if matches!(signal, Signal::HangUp | Signal::Terminate) {
            session::leave_in(LAST_RESORT);
        }
        drop(signals.send(Arrival::Signal(signal)));
    })?;
    let setup = Setup::read(&paths);
    let (mut model, mut effects) = Model::new(board, setup.reviewer, crossterm::terminal::size()?);
    // It is being opened.
    effects.retain(|effect| !matches!(effect, Effect::Open(..)));
    let mut session = Session::take(setup.manners)?;
    model.settings = setup.settings;
    model.settings.formats = exports.formats;
    if let Some(words) = complaint(setup.complaints) {
        model.warn(words);
    }
    let keys = sender.clone();
    session.ask()?;
    let begun = Instant::now();
    let input = InputThread::start(move |input| message(input).is_none_or(|msg| keys.send(msg).is_ok()))?;
    let pictures = PictureLink::new(images.at_first(), Some(paths.clone()), sender.clone());
    pictures.in_colours(setup.depth);
    pictures.as_told(images, &Capabilities::default(), &mut session)?;
    let mut shell = Shell {
        store,
        engine: EngineLink::new(generator, paths.clone(), sender.clone()),
        paths,
        looks: setup.looks.with_pictures(Rc::clone(&pictures)),
        pictures,
        exports: ExportLink::new(exports.export, sender.clone()),
        imports: ImportLink::new(sender.clone()),
        images,
        resume: setup.resume,
        can: Capabilities::default(),
        sender,
        input,
        leaving: false,
        hung_up: false,
        last_ms: 0,
    };
    shell.looks.prepare(&model.settings.theme);
    let result = shell.run(&mut session, &mut model, effects, &arrivals).or_else(session::hung_up);
    for effect in update(&mut model, shell.now(), Msg::HangUp) {
        // Nothing can be told a terminal that is gone; what goes to the disk goes there first.
        let _ = shell.carry_out(effect, &model, &mut session);
    }
    if result.is_ok() && begun.elapsed() < OWED {
        shell.hear_out(&arrivals);
    }
    if let Some((path, left)) = keeping::left(&model) {
        shell.store.remember(path, unplaced(left, shell.resume), &shell.paths);
    }
    drop(session);
    shell.engine.stop(LAST_WORDS);
    let lexicon = Lexicon::of(&model.settings.language);
    if shell.hung_up {
        session::last_word(&format!("slateboard: {}", lexicon.say(&words::hung_up())));
    }
    let slow = lexicon.say(&words::disk_waited_for());
    // Nobody is left to tell where the terminal is gone.
    shell.store.finish(|| drop(writeln!(io::stderr(), "slateboard: {slow}")));
    result
}

/// Where a board was left; where its place is not to be found again, only what was not done yet.
fn unplaced(left: Left, resume: Switch) -> Left {
    match resume {
        Switch::On => left,
        Switch::Off => Left { cut_off: left.cut_off, draft: left.draft, ..Left::default() },
    }
}

/// The first thing wrong in the person's files, and how many more there are.
fn complaint(mut complaints: Vec<Phrase>) -> Option<Phrase> {
    match complaints.len() {
        0 => None,
        1 => complaints.pop(),
        all => Some(words::complaints(complaints.swap_remove(0), all - 1)),
    }
}

/// What carries effects out.
struct Shell {
    store: StoreLink,
    engine: EngineLink,
    exports: ExportLink,
    imports: ImportLink,
    paths: Paths,
    looks: Looks,
    resume: Switch,
    /// What the terminal said that it can do.
    can: Capabilities,
    pictures: Rc<PictureLink>,
    images: Images,
    sender: Sender<Arrival>,
    input: InputThread,
    leaving: bool,
    /// Whether it ends because the line dropped, or because it was told so.
    hung_up: bool,
    /// When the last message arrived, in milliseconds since 1970.
    last_ms: u64,
}

impl Shell {
    fn run(
        &mut self,
        session: &mut Session,
        model: &mut Model,
        effects: Vec<Effect>,
        arrivals: &Receiver<Arrival>,
    ) -> io::Result<()> {
        self.await_board(session, model, arrivals)?;
        self.draw(session, model)?;
        // The first picture does not wait for the model.
        for effect in effects {
            self.carry_out(effect, model, session)?;
        }
        let mut ticked = Instant::now();
        while !self.leaving {
            let tick = model.tick_ms().map(|ms| ticked + Duration::from_millis(ms));
            let Some(first) = next_arrival(arrivals, tick) else { break };
            let time_came = matches!(first, Arrival::Msg(Msg::Tick));
            let mut next = Some(first);
            let until = Instant::now() + GATHER;
            let mut gathered = 0;
            let mut changed = false;
            while let Some(arrival) = next {
                gathered += 1;
                changed |= self.arrived(arrival, model, session)?;
                if self.leaving {
                    return Ok(());
                }
                // What is taken from the channel is heard: whether there is time for it is asked before.
                let more = gathered < 256 && Instant::now() < until;
                next = more.then(|| arrivals.try_recv().ok()).flatten();
            }
            // However much else arrives, what moves goes on.
            if time_came {
                ticked = Instant::now();
            } else if tick.is_some_and(|tick| Instant::now() >= tick) {
                ticked = Instant::now();
                changed |= self.arrived(Arrival::Msg(Msg::Tick), model, session)?;
            }
            if changed {
                self.draw(session, model)?;
            }
        }
        Ok(())
    }

    /// A board of a usual length is read within milliseconds: then the first picture shows it. A longer one is said to be
    /// opening.
    fn await_board(
        &mut self,
        session: &mut Session,
        model: &mut Model,
        arrivals: &Receiver<Arrival>,
    ) -> io::Result<()> {
        let until = Instant::now() + AT_ONCE;
        while matches!(model.place, Place::Opening(_)) && !self.leaving {
            let Ok(arrival) = arrivals.recv_timeout(until.saturating_duration_since(Instant::now())) else { break };
            self.arrived(arrival, model, session)?;
        }
        Ok(())
    }

    /// A person who leaves at once, over a slow line, leaves before the terminal has answered: the answer would be taken for
    /// keys by the shell.
    fn hear_out(&mut self, arrivals: &Receiver<Arrival>) {
        let until = Instant::now() + HEARD_OUT;
        while !self.can.is_told() {
            match arrivals.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Arrival::Reply(reply)) => self.can.learn(&reply),
                Ok(Arrival::Signal(Signal::HangUp)) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }

    /// Takes in what arrived; answers whether there may be something else to see.
    fn arrived(&mut self, arrival: Arrival, model: &mut Model, session: &mut Session) -> io::Result<bool> {
        let msg = match arrival {
            Arrival::Msg(Msg::Store(StoreNews::Opened { path, board, read_only, unsaved, notices, left })) => {
                let left = left.map(|left| unplaced(left, self.resume));
                if let Some(sidecar) = self.store.sidecar() {
                    self.pictures.beside(&sidecar);
                }
                Msg::Store(StoreNews::Opened { path, board, read_only, unsaved, notices, left })
            }
            Arrival::Msg(msg) => msg,
            Arrival::Reply(reply) => {
                self.can.learn(&reply);
                session.synchronize(self.can.synchronized);
                return self.pictures.as_told(self.images, &self.can, session);
            }
            Arrival::Picture(drawn) => {
                self.pictures.keep(drawn, session)?;
                return Ok(true);
            }
            Arrival::Signal(Signal::HangUp) => {
                // What was accepted is in the journal already; the line is gone, so there is nothing to draw on.
                (self.leaving, self.hung_up) = (true, true);
                return Ok(false);
            }
            Arrival::Signal(Signal::Resize) => {
                let (columns, rows) = crossterm::terminal::size()?;
                self.pictures.as_told(self.images, &self.can, session)?;
                Msg::Resize(columns, rows)
            }
            Arrival::Signal(Signal::Terminate) => Msg::Terminate,
            Arrival::Signal(Signal::Stop) => {
                self.carry_out(Effect::Suspend, model, session)?;
                return Ok(true);
            }
            Arrival::Signal(Signal::Continue) => return Ok(true),
        };
        for effect in update(model, self.now(), msg) {
            self.carry_out(effect, model, session)?;
        }
        Ok(true)
    }

    fn draw(&self, session: &mut Session, model: &mut Model) -> io::Result<()> {
        #[cfg(debug_assertions)]
        break_when_asked(model);
        session.name(&title(model))?;
        let mut seen = Seen::default();
        session.draw(|frame| seen = ui::view(model, &self.looks, frame))?;
        self.pictures.ask();
        // Drawing is where the rows are known; nothing follows from it but what can be scrolled and pointed at.
        update(model, Now::default(), Msg::Drawn(seen));
        Ok(())
    }

    fn now(&mut self) -> Now {
        let now = moment(self.last_ms);
        self.last_ms = now.at_ms;
        now
    }

    /// A message to ourselves, behind those that are waiting.
    fn tell(&self, msg: Msg) {
        // The receiver lives as long as this shell runs.
        let _ = self.sender.send(Arrival::Msg(msg));
    }
}

/// The next thing to reach the loop; where something moves, the time at the latest. `None` where nobody is left to send.
fn next_arrival(arrivals: &Receiver<Arrival>, tick: Option<Instant>) -> Option<Arrival> {
    let Some(tick) = tick else { return arrivals.recv().ok() };
    match arrivals.recv_timeout(tick.saturating_duration_since(Instant::now())) {
        Ok(arrival) => Some(arrival),
        Err(RecvTimeoutError::Timeout) => Some(Arrival::Msg(Msg::Tick)),
        Err(RecvTimeoutError::Disconnected) => None,
    }
}

/// The tests' way to see that a panic costs nothing: no other build has this.
#[cfg(debug_assertions)]
fn break_when_asked(model: &Model) {
    let said = model.notice.as_ref().map(|notice| Lexicon::english().say(&notice.words)).unwrap_or_default();
    let asked = std::env::var("SLATEBOARD_TEST_PANIC").ok().filter(|words| said.contains(words.as_str()));
    assert!(asked.is_none(), "asked to panic");
}

/// What the window is called.
fn title(model: &Model) -> String {
    match model.desk().map(|desk| (&desk.board.title, &desk.path)) {
        None => "slateboard".to_owned(),
        Some((title, _)) if !title.is_empty() => format!("{title} · slateboard"),
        Some((_, path)) => {
            let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            format!("{} · slateboard", crate::board::text::clean(&file))
        }
    }
}

fn message(input: Input) -> Option<Arrival> {
    Some(match input {
        Input::Key(key) => Arrival::Msg(Msg::Key(keys::key(key)?)),
        Input::Mouse(term::Mouse { kind, column, row }) => {
            let kind = match kind {
                term::MouseKind::Press => MouseKind::Press,
                term::MouseKind::WheelUp => MouseKind::WheelUp,
                term::MouseKind::WheelDown => MouseKind::WheelDown,
            };
            Arrival::Msg(Msg::Mouse(Mouse { kind, column, row }))
        }
        Input::FocusGained => Arrival::Msg(Msg::Focus(Focus::Here)),
        Input::FocusLost => Arrival::Msg(Msg::Focus(Focus::Elsewhere)),
        Input::Paste(text) => Arrival::Msg(Msg::Paste(text)),
        Input::Reply(reply) => Arrival::Reply(reply),
        Input::Gone => Arrival::Signal(Signal::HangUp),
    })
}

/// The moment after `last`, and the chance it brings. Records are ordered by their moments: keys that arrive together, or
/// while the clock is set back, still come one after the other.
fn moment(last: u64) -> Now {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let random = ulid::Ulid::new().random();
    #[expect(clippy::cast_possible_truncation, reason = "the low bits are as random as the rest")]
    let chance = random as u64;
    Now { at_ms: u64::try_from(since.as_millis()).unwrap_or(u64::MAX).max(last.saturating_add(1)), chance }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_come_one_after_the_other_whatever_the_clock_says() {
        let (first, second) = (moment(0), moment(u64::MAX - 9));
        assert!(first.at_ms > 1_700_000_000_000);
        assert_eq!(second.at_ms, u64::MAX - 8, "the clock was set back");
        assert!(moment(first.at_ms).at_ms > first.at_ms);
    }
}
