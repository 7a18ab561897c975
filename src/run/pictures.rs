//! The frames' worker: draws what the screen asks for, the newest question first of all, and keeps what was drawn.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;

use ratatui::style::{Color, Style as Look};
use ratatui::text::{Line, Span};

use super::Arrival;
use crate::board::{Newcomer, Shot, Storyboard, aspect};
use crate::frame::{Size, Stage, Style, draw};
use crate::term::graphics::palette::Indexed;
use crate::term::graphics::{Protocol, blocks, fit, kitty};
use crate::ui::pictures::{Pictures, Wanted};

/// Frames kept, the ones asked for last.
const KEPT: usize = 240;
/// Pixels of a cell where the picture is more than half-blocks.
const CELL: (u32, u32) = (10, 20);

/// One frame to draw.
struct Job {
    key: u64,
    /// The board without its scenes.
    board: Storyboard,
    heading: String,
    style: Style,
    newcomers: Vec<Newcomer>,
    shot: Shot,
    columns: u16,
    rows: u16,
}

/// A frame that was drawn.
pub(super) struct Drawn {
    key: u64,
    lines: Vec<Line<'static>>,
    /// What the terminal has to be sent before the lines mean anything.
    pub(super) sent_first: Option<String>,
}

/// Frames of this run of the program.
pub(super) struct PictureLink {
    protocol: Option<Protocol>,
    jobs: Sender<Vec<Job>>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    ready: BTreeMap<u64, Vec<Line<'static>>>,
    /// Keys in the order they came.
    order: VecDeque<u64>,
    /// What the last look at the screen lacked.
    lacking: Vec<Job>,
    /// What the worker was last asked for.
    asked: Vec<u64>,
}

impl PictureLink {
    /// Starts the worker.
    ///
    /// # Errors
    /// Where the system has no thread left.
    pub(super) fn start(protocol: Option<Protocol>, arrivals: Sender<Arrival>) -> io::Result<Rc<Self>> {
        let (jobs, asked) = channel();
        // sixel and iTerm2 draw past the cells, so inside the TUI they are half-blocks.
        let kitty = protocol == Some(Protocol::Kitty);
        thread::Builder::new().name("frames".into()).spawn(move || work(&asked, &arrivals, kitty))?;
        Ok(Rc::new(Self { protocol, jobs, state: RefCell::default() }))
    }

    /// Asks for what the last look at the screen lacked; the worker forgets what it was asked before.
    pub(super) fn ask(&self) {
        let state = &mut *self.state.borrow_mut();
        let lacking = std::mem::take(&mut state.lacking);
        let keys: Vec<u64> = lacking.iter().map(|job| job.key).collect();
        if keys.is_empty() || keys == state.asked {
            return;
        }
        state.asked = keys;
        // Without a worker there are no pictures, and the staging in characters stays.
        let _ = self.jobs.send(lacking);
    }

    /// Keeps a frame.
    pub(super) fn keep(&self, drawn: Drawn) {
        let state = &mut *self.state.borrow_mut();
        if state.ready.insert(drawn.key, drawn.lines).is_none() {
            state.order.push_back(drawn.key);
        }
        while state.order.len() > KEPT {
            if let Some(oldest) = state.order.pop_front() {
                state.ready.remove(&oldest);
            }
        }
    }

    /// What a terminal with our pictures has to be sent when we leave.
    pub(super) fn farewell(&self) -> Option<&'static str> {
        (self.protocol == Some(Protocol::Kitty)).then_some(kitty::FORGET_ALL)
    }
}

impl Pictures for PictureLink {
    fn rows(&self, wanted: &Wanted<'_>) -> Option<Vec<Line<'static>>> {
        self.protocol?;
        let ratio = aspect::ratio(&wanted.board.aspect).unwrap_or(16.0 / 9.0);
        let (columns, rows) = fit::cells(ratio, wanted.columns, wanted.rows, (1.0, 2.0));
        if columns < 12 || rows < 4 {
            return None;
        }
        let key = key(wanted, columns, rows);
        let state = &mut *self.state.borrow_mut();
        if let Some(lines) = state.ready.get(&key) {
            return Some(lines.clone());
        }
        let name = wanted.scene.style.as_deref().or(wanted.board.style.as_deref()).unwrap_or("pencil");
        let style = Style::named(name).and_then(Result::ok).or_else(|| Style::pencil().ok())?;
        let board = Storyboard {
            aspect: wanted.board.aspect.clone(),
            bible: wanted.board.bible.clone(),
            ..Storyboard::default()
        };
        state.lacking.push(Job {
            key,
            board,
            heading: wanted.scene.current_heading().to_string(),
            style,
            newcomers: wanted.take.newcomers.clone(),
            shot: wanted.shot.clone(),
            columns,
            rows,
        });
        None
    }
}

impl Pictures for Rc<PictureLink> {
    fn rows(&self, wanted: &Wanted<'_>) -> Option<Vec<Line<'static>>> {
        (**self).rows(wanted)
    }
}

/// Everything a frame depends on, as a number.
fn key(wanted: &Wanted<'_>, columns: u16, rows: u16) -> u64 {
    let mut hasher = DefaultHasher::new();
    let board = wanted.board;
    (columns, rows).hash(&mut hasher);
    (&*board.aspect, wanted.scene.style.as_deref(), board.style.as_deref()).hash(&mut hasher);
    wanted.scene.current_heading().hash(&mut hasher);
    for part in [serde_json::to_string(wanted.shot), serde_json::to_string(&wanted.take.newcomers)] {
        part.unwrap_or_default().hash(&mut hasher);
    }
    for (kind, entry) in board.bible.entries() {
        (kind.word(), &*entry.name, &*entry.look, entry.now.as_deref()).hash(&mut hasher);
    }
    hasher.finish()
}

/// Draws until nobody asks any more.
fn work(asked: &Receiver<Vec<Job>>, arrivals: &Sender<Arrival>, kitty: bool) {
    let mut done: VecDeque<u64> = VecDeque::new();
    let mut next_id = 0;
    let mut jobs: VecDeque<Job> = VecDeque::new();
    loop {
        // The newest question wins.
        loop {
            match asked.try_recv() {
                Ok(newer) => jobs = newer.into(),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return,
            }
        }
        let Some(job) = jobs.pop_front() else {
            match asked.recv() {
                Ok(newer) => jobs = newer.into(),
                Err(_) => return,
            }
            continue;
        };
        if done.contains(&job.key) {
            continue;
        }
        next_id = next_id % 0x00ff_fffe + 1;
        let Some(drawn) = drawn(&job, kitty.then_some(next_id)) else { continue };
        done.push_back(job.key);
        if done.len() > 32 {
            done.pop_front();
        }
        if arrivals.send(Arrival::Picture(drawn)).is_err() {
            return;
        }
    }
}

/// Draws one frame.
fn drawn(job: &Job, id: Option<u32>) -> Option<Drawn> {
    let stage = Stage::new(&job.board, &job.heading).with_newcomers(&job.newcomers);
    let (wide, high) = (u32::from(job.columns) * CELL.0, u32::from(job.rows) * CELL.1);
    let picture = draw(&job.shot, &stage, Size::new(wide.max(16), high.max(16))?, &job.style).ok()?;
    if let Some(id) = id {
        let sent = kitty::send_for_cells(id, &Indexed::of(&picture, 64), job.columns, job.rows).ok()?;
        let lines = (0..job.rows).map(|row| kitty::row(id, row, job.columns)).collect::<Option<Vec<_>>>()?;
        let [_, red, green, blue] = id.to_be_bytes();
        let look = Look::default().fg(Color::Rgb(red, green, blue));
        let cells = |row: Vec<String>| Line::from_iter(row.into_iter().map(|cell| Span::styled(cell, look)));
        let lines = lines.into_iter().map(cells).collect();
        return Some(Drawn { key: job.key, lines, sent_first: Some(sent) });
    }
    let small = fit::resized(&picture, u32::from(job.columns), u32::from(job.rows) * 2);
    let rgb = |[red, green, blue]: [u8; 3]| Color::Rgb(red, green, blue);
    let line = |row: Vec<blocks::Cell>| {
        Line::from_iter(
            row.into_iter().map(|(upper, lower)| Span::styled("▀", Look::default().fg(rgb(upper)).bg(rgb(lower)))),
        )
    };
    Some(Drawn { key: job.key, lines: blocks::cells(&small).into_iter().map(line).collect(), sent_first: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board() -> Storyboard {
        serde_yaml::from_str(include_str!("../../storyboards/the-keeper.yaml")).unwrap()
    }

    fn wanted(board: &Storyboard, shot: usize) -> Wanted<'_> {
        let scene = &board.scenes[0];
        let take = scene.leading_take().unwrap();
        Wanted { board, scene, take, shot: &take.shots[shot], columns: 48, rows: 12 }
    }

    #[test]
    fn a_frame_is_asked_for_once_and_is_there_when_it_was_drawn() {
        let board = board();
        let (sender, arrivals) = channel();
        let link = PictureLink::start(Some(Protocol::Blocks), sender).unwrap();
        assert!(link.rows(&wanted(&board, 0)).is_none() && link.rows(&wanted(&board, 1)).is_none());
        link.ask();
        for _ in 0..2 {
            let Ok(Arrival::Picture(drawn)) = arrivals.recv() else { panic!("no picture") };
            link.keep(drawn);
        }
        let lines = link.rows(&wanted(&board, 0)).unwrap();
        // 2.39 to 1 in 48 columns of cells twice as high as wide.
        assert_eq!((lines.len(), lines[0].width()), (10, 48));
        link.ask();
        assert!(arrivals.try_recv().is_err(), "nothing is lacking");
    }

    #[test]
    fn without_pictures_and_where_there_is_no_room_nothing_is_asked() {
        let board = board();
        let (sender, _arrivals) = channel();
        let none = PictureLink::start(None, sender.clone()).unwrap();
        assert!(none.rows(&wanted(&board, 0)).is_none() && none.state.borrow().lacking.is_empty());
        let link = PictureLink::start(Some(Protocol::Blocks), sender).unwrap();
        assert!(link.rows(&Wanted { rows: 2, ..wanted(&board, 0) }).is_none());
        assert!(link.state.borrow().lacking.is_empty());
    }

    #[test]
    fn a_kitty_is_sent_the_picture_before_the_cells_that_show_it() {
        let board = board();
        let (sender, arrivals) = channel();
        let link = PictureLink::start(Some(Protocol::Kitty), sender).unwrap();
        assert!(link.rows(&wanted(&board, 0)).is_none());
        link.ask();
        let Ok(Arrival::Picture(drawn)) = arrivals.recv() else { panic!("no picture") };
        assert!(drawn.sent_first.as_ref().unwrap().starts_with("\x1b_G"));
        assert_eq!((drawn.lines.len(), drawn.lines[0].width()), (10, 48));
        assert_eq!(link.farewell(), Some(kitty::FORGET_ALL));
    }
}
