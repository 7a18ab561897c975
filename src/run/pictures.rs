//! The frames' worker: draws what the screen asks for, the newest question first of all, and keeps what was drawn.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;

use ratatui::style::{Color, Style as Look};
use ratatui::text::{Line, Span};

use super::{Arrival, styles};
use crate::board::{Newcomer, Shot, Storyboard, aspect};
use crate::exchange::given;
use crate::frame::style::Colour;
use crate::frame::{Size, Stage, Style, draw};
use crate::store::Paths;
use crate::term::graphics::overlay::Picture;
use crate::term::graphics::palette::Indexed;
use crate::term::graphics::{Images, Protocol, blocks, cell_pixels, fit, iterm, kitty, sixel};
use crate::term::{Capabilities, Session};
use crate::ui::pictures::{Pictures, Wanted};
use crate::ui::theme::Paper;

/// Frames kept, the ones asked for last.
const KEPT: usize = 240;
/// Bytes of pictures kept, at most, in what is sent to the terminal.
const KEPT_BYTES: usize = 48 << 20;
/// Pixels of a cell where the terminal has not told.
const CELL: (u16, u16) = (10, 20);

/// One frame to draw.
struct Job {
    key: u64,
    /// The board without its scenes.
    board: Arc<Storyboard>,
    heading: String,
    style: Style,
    newcomers: Vec<Newcomer>,
    shot: Shot,
    /// Where given pictures are.
    pictures: PathBuf,
    columns: u16,
    rows: u16,
    protocol: Protocol,
    /// Pixels of a cell.
    cell: (u16, u16),
    /// In which round it was asked for.
    round: u32,
}

/// A frame that was drawn.
pub(super) struct Drawn {
    key: u64,
    lines: Vec<Line<'static>>,
    id: u32,
    shown: Shown,
}

/// How the lines of a frame become its picture.
enum Shown {
    /// They are it.
    Lines,
    /// The terminal has to be sent this before they mean anything.
    Sent(String),
    /// This is laid over them.
    Over(Picture),
    /// The terminal has to be sent the one, and the other is laid over them.
    SentAndOver(String, Picture),
}

/// A frame in hand.
struct Ready {
    lines: Vec<Line<'static>>,
    id: u32,
    bytes: usize,
}

/// Frames of this run of the program.
pub(super) struct PictureLink {
    jobs: Sender<Vec<Job>>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    /// Where a person's styles are.
    paths: Option<Paths>,
    /// Styles by their names, as they were found.
    styles: BTreeMap<String, Option<Style>>,
    /// What all frames of a board stand on, with its number.
    ground: Option<(u64, Arc<Storyboard>)>,
    /// Where the board's given pictures are.
    pictures: PathBuf,
    protocol: Option<Protocol>,
    cell: Option<(u16, u16)>,
    /// How often everything had to be drawn anew.
    round: u32,
    ready: BTreeMap<u64, Ready>,
    /// Bytes of all that is ready.
    bytes: usize,
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
    pub(super) fn start(
        protocol: Option<Protocol>,
        paths: Option<Paths>,
        arrivals: Sender<Arrival>,
    ) -> io::Result<Rc<Self>> {
        let (jobs, asked) = channel();
        thread::Builder::new().name("frames".into()).spawn(move || work(&asked, &arrivals))?;
        Ok(Rc::new(Self { jobs, state: RefCell::new(State { protocol, paths, ..State::default() }) }))
    }

    /// Draws pictures as the terminal said that it understands them; answers whether it has said.
    pub(super) fn as_told(&self, images: Images, can: &Capabilities, session: &mut Session) -> io::Result<bool> {
        let told = can.is_told();
        let protocol = if told { images.told(can, |name| std::env::var(name).ok()) } else { images.at_first() };
        self.told(protocol, cell_pixels().or(can.cell), session)?;
        Ok(told)
    }

    /// The terminal has said how it understands pictures, or its cells have other pixels now.
    fn told(&self, protocol: Option<Protocol>, cell: Option<(u16, u16)>, session: &mut Session) -> io::Result<()> {
        let state = &mut *self.state.borrow_mut();
        if (state.protocol, state.cell) != (protocol, cell) {
            (state.protocol, state.cell) = (protocol, cell);
            state.anew(session)?;
        }
        Ok(())
    }

    /// The terminal was given back meanwhile and may have forgotten what it was sent.
    pub(super) fn anew(&self, session: &mut Session) -> io::Result<()> {
        self.state.borrow_mut().anew(session)
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

    /// A board was opened, with this beside it.
    pub(super) fn beside(&self, sidecar: &Path) {
        self.state.borrow_mut().pictures = given::folder(sidecar);
    }

    /// Keeps a frame, and hands the terminal what it needs to show it. The oldest go where there are too many.
    pub(super) fn keep(&self, drawn: Drawn, session: &mut Session) -> io::Result<()> {
        let state = &mut *self.state.borrow_mut();
        if drawn.id >> ID_BITS != state.round & ROUNDS {
            // Asked for before everything had to be drawn anew.
            return Ok(());
        }
        let bytes = match drawn.shown {
            Shown::Lines => 0,
            Shown::Sent(commands) => {
                session.send(&commands)?;
                commands.len()
            }
            Shown::Over(picture) => {
                let bytes = picture.bytes.len();
                session.hold(drawn.id, picture);
                bytes
            }
            Shown::SentAndOver(commands, picture) => {
                session.send(&commands)?;
                session.hold(drawn.id, picture);
                commands.len()
            }
        };
        for old in state.keep(drawn.key, Ready { lines: drawn.lines, id: drawn.id, bytes }) {
            session.let_go(old)?;
        }
        Ok(())
    }
}

/// A picture's number has 24 bits: the round it was asked in, then its own.
const ID_BITS: u32 = 20;
const ROUNDS: u32 = 0xf;

impl State {
    /// The style of that name, else pencil.
    fn style(&mut self, name: &str) -> Option<Style> {
        let paths = self.paths.as_ref();
        let named = || match paths {
            Some(paths) => styles::named(paths, name).ok().flatten(),
            None => Style::named(name).and_then(Result::ok),
        };
        let found = self.styles.entry(name.to_owned());
        found.or_insert_with(|| named().or_else(|| Style::pencil().ok())).clone()
    }

    /// The board without its scenes: taken along once, however many frames are lacking.
    fn ground(&mut self, key: u64, board: &Storyboard) -> Arc<Storyboard> {
        match &self.ground {
            Some((known, ground)) if *known == key => Arc::clone(ground),
            _ => {
                let (aspect, bible) = (board.aspect.clone(), board.bible.clone());
                let ground = Arc::new(Storyboard { aspect, bible, ..Storyboard::default() });
                self.ground = Some((key, Arc::clone(&ground)));
                ground
            }
        }
    }

    /// Everything is to be drawn again.
    fn anew(&mut self, session: &mut Session) -> io::Result<()> {
        self.round = self.round.wrapping_add(1);
        self.order.clear();
        self.asked.clear();
        self.bytes = 0;
        std::mem::take(&mut self.ready).into_values().try_for_each(|old| session.let_go(old.id))
    }

    /// Keeps a frame; answers with the numbers of those that went for it.
    fn keep(&mut self, key: u64, ready: Ready) -> Vec<u32> {
        self.bytes += ready.bytes;
        let mut gone = Vec::new();
        match self.ready.insert(key, ready) {
            Some(old) => {
                self.bytes -= old.bytes;
                gone.push(old.id);
            }
            None => self.order.push_back(key),
        }
        while self.order.len() > KEPT || self.bytes > KEPT_BYTES && self.order.len() > 1 {
            let Some(oldest) = self.order.pop_front() else { break };
            if let Some(old) = self.ready.remove(&oldest) {
                self.bytes -= old.bytes;
                gone.push(old.id);
            }
        }
        gone
    }
}

impl Pictures for PictureLink {
    fn rows(&self, wanted: &Wanted<'_>, paper: Option<Paper>) -> Option<Vec<Line<'static>>> {
        let state = &mut *self.state.borrow_mut();
        let cell = state.cell.unwrap_or(CELL);
        let protocol = match state.protocol? {
            // Without the size of a cell a picture of pixels would not fit its cells.
            Protocol::Sixel if state.cell.is_none() => Protocol::Blocks,
            protocol => protocol,
        };
        let shape = if protocol == Protocol::Blocks { (1.0, 2.0) } else { (f32::from(cell.0), f32::from(cell.1)) };
        let ratio = aspect::ratio(&wanted.board.aspect).unwrap_or(16.0 / 9.0);
        let (columns, rows) = fit::cells(ratio, wanted.columns, wanted.rows, shape);
        if columns < 12 || rows < 4 {
            return None;
        }
        let ground = ground_key(wanted.board);
        let inks = paper.filter(|_| wanted.style().is_none()).and_then(inks);
        let key = key(wanted, ground, inks, columns, rows);
        if let Some(ready) = state.ready.get(&key) {
            return Some(ready.lines.clone());
        }
        let style = state.style(wanted.style().unwrap_or("pencil"))?;
        let style = match inks {
            Some((ink, paper)) => style.inked(ink, paper),
            None => style,
        };
        let board = state.ground(ground, wanted.board);
        state.lacking.push(Job {
            key,
            board,
            heading: wanted.scene.current_heading().to_string(),
            style,
            newcomers: wanted.take.newcomers.clone(),
            shot: wanted.shot.clone(),
            pictures: state.pictures.clone(),
            columns,
            rows,
            protocol,
            cell,
            round: state.round & ROUNDS,
        });
        None
    }
}

impl Pictures for Rc<PictureLink> {
    fn rows(&self, wanted: &Wanted<'_>, paper: Option<Paper>) -> Option<Vec<Line<'static>>> {
        (**self).rows(wanted, paper)
    }
}

/// What all frames of a board depend on, as a number.
fn ground_key(board: &Storyboard) -> u64 {
    let mut hasher = DefaultHasher::new();
    board.aspect.hash(&mut hasher);
    for (kind, entry) in board.bible.entries() {
        (kind.word(), &*entry.name, &*entry.look, entry.now.as_deref()).hash(&mut hasher);
    }
    hasher.finish()
}

/// Ink and paper, as frames are drawn with them.
type Inks = (Colour, Colour);

/// The theme's ink and paper; `None` where they are not colours of their own but the terminal's.
fn inks(paper: Paper) -> Option<Inks> {
    let colour = |colour| match colour {
        Color::Rgb(red, green, blue) => Some(Colour([red, green, blue])),
        _ => None,
    };
    Some((colour(paper.ink)?, colour(paper.paper)?))
}

/// Everything a frame depends on, as a number.
fn key(wanted: &Wanted<'_>, ground: u64, inks: Option<Inks>, columns: u16, rows: u16) -> u64 {
    let mut hasher = DefaultHasher::new();
    (ground, columns, rows, wanted.style()).hash(&mut hasher);
    inks.map(|(ink, paper)| (ink.0, paper.0)).hash(&mut hasher);
    wanted.scene.current_heading().hash(&mut hasher);
    for part in [serde_json::to_string(wanted.shot), serde_json::to_string(&wanted.take.newcomers)] {
        part.unwrap_or_default().hash(&mut hasher);
    }
    hasher.finish()
}

/// Draws until nobody asks any more.
fn work(asked: &Receiver<Vec<Job>>, arrivals: &Sender<Arrival>) {
    let mut done: VecDeque<(u32, u64)> = VecDeque::new();
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
        if done.contains(&(job.round, job.key)) {
            continue;
        }
        next_id = next_id % ((1 << ID_BITS) - 1) + 1;
        let Some(drawn) = drawn(&job, job.round << ID_BITS | next_id) else { continue };
        done.push_back((job.round, job.key));
        if done.len() > 32 {
            done.pop_front();
        }
        if arrivals.send(Arrival::Picture(drawn)).is_err() {
            return;
        }
    }
}

/// Draws one frame.
fn drawn(job: &Job, id: u32) -> Option<Drawn> {
    let stage = Stage::new(&job.board, &job.heading).with_newcomers(&job.newcomers);
    let (wide, high) = (u32::from(job.columns) * u32::from(job.cell.0), u32::from(job.rows) * u32::from(job.cell.1));
    let (wide, high) = (wide.clamp(16, 8192), high.clamp(16, 8192));
    let picture = match given::picture(&job.pictures, &job.shot, (wide, high), job.style.surround.0) {
        Some(given) => given,
        None => draw(&job.shot, &stage, Size::new(wide, high)?, &job.style).ok()?,
    };
    let small = || blocks::cells(&fit::resized(&picture, u32::from(job.columns), u32::from(job.rows) * 2));
    let indexed = || Indexed::of(&picture, 64);
    let over =
        |bytes: String, wipe: String| Picture { columns: job.columns, rows: job.rows, bytes, wipe, blocks: small() };
    let shown = match job.protocol {
        Protocol::Blocks => Shown::Lines,
        Protocol::Kitty => Shown::Sent(kitty::send_for_cells(id, &indexed(), job.columns, job.rows).ok()?),
        Protocol::KittyPlaced => {
            let placed = over(kitty::show(id, job.columns, job.rows), kitty::hide(id));
            Shown::SentAndOver(kitty::send(id, &indexed()).ok()?, placed)
        }
        Protocol::Sixel => Shown::Over(over(sixel::encode(&indexed()), String::new())),
        Protocol::Iterm => Shown::Over(over(iterm::encode(&indexed(), job.columns, job.rows).ok()?, String::new())),
    };
    let lines = match shown {
        Shown::Lines => half_blocks(small()),
        Shown::Sent(_) | Shown::Over(_) | Shown::SentAndOver(..) => marks(id, job.columns, job.rows)?,
    };
    Some(Drawn { key: job.key, lines, id, shown })
}

fn half_blocks(cells: Vec<Vec<blocks::Cell>>) -> Vec<Line<'static>> {
    let rgb = |[red, green, blue]: [u8; 3]| Color::Rgb(red, green, blue);
    let line = |row: Vec<blocks::Cell>| {
        Line::from_iter(
            row.into_iter().map(|(upper, lower)| Span::styled("▀", Look::default().fg(rgb(upper)).bg(rgb(lower)))),
        )
    };
    cells.into_iter().map(line).collect()
}

/// Cells that say which picture they are a part of; `None` where it is larger than can be said.
fn marks(id: u32, columns: u16, rows: u16) -> Option<Vec<Line<'static>>> {
    let [_, red, green, blue] = id.to_be_bytes();
    let look = Look::default().fg(Color::Rgb(red, green, blue));
    let cells = |row: Vec<String>| Line::from_iter(row.into_iter().map(|cell| Span::styled(cell, look)));
    (0..rows).map(|row| Some(cells(kitty::row(id, row, columns)?))).collect()
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
        let link = PictureLink::start(Some(Protocol::Blocks), None, sender).unwrap();
        assert!(link.rows(&wanted(&board, 0), None).is_none() && link.rows(&wanted(&board, 1), None).is_none());
        link.ask();
        for _ in 0..2 {
            let Ok(Arrival::Picture(drawn)) = arrivals.recv() else { panic!("no picture") };
            assert!(matches!(drawn.shown, Shown::Lines));
            take(&link, drawn);
        }
        let lines = link.rows(&wanted(&board, 0), None).unwrap();
        // 2.39 to 1 in 48 columns of cells twice as high as wide.
        assert_eq!((lines.len(), lines[0].width()), (10, 48));
        link.ask();
        assert!(arrivals.try_recv().is_err(), "nothing is lacking");
    }

    #[test]
    fn without_pictures_and_where_there_is_no_room_nothing_is_asked() {
        let board = board();
        let (sender, _arrivals) = channel();
        let none = PictureLink::start(None, None, sender.clone()).unwrap();
        assert!(none.rows(&wanted(&board, 0), None).is_none() && none.state.borrow().lacking.is_empty());
        let link = PictureLink::start(Some(Protocol::Blocks), None, sender).unwrap();
        assert!(link.rows(&Wanted { rows: 2, ..wanted(&board, 0) }, None).is_none());
        assert!(link.state.borrow().lacking.is_empty());
    }

    /// Keeps a frame without a terminal.
    fn take(link: &PictureLink, drawn: Drawn) -> Vec<u32> {
        let bytes = match &drawn.shown {
            Shown::Lines => 0,
            Shown::Sent(commands) => commands.len(),
            Shown::Over(picture) => picture.bytes.len(),
            Shown::SentAndOver(commands, _) => commands.len(),
        };
        link.state.borrow_mut().keep(drawn.key, Ready { lines: drawn.lines, id: drawn.id, bytes })
    }

    fn first(protocol: Protocol, cell: Option<(u16, u16)>) -> Drawn {
        let board = board();
        let (sender, arrivals) = channel();
        let link = PictureLink::start(Some(protocol), None, sender).unwrap();
        link.state.borrow_mut().cell = cell;
        assert!(link.rows(&wanted(&board, 0), None).is_none());
        link.ask();
        let Ok(Arrival::Picture(drawn)) = arrivals.recv() else { panic!("no picture") };
        drawn
    }

    #[test]
    fn a_theme_gives_ink_and_paper_to_frames_whose_board_names_no_style() {
        let night = Paper { ink: Color::Rgb(230, 233, 238), paper: Color::Rgb(10, 20, 30) };
        let mut board = board();
        let (sender, _arrivals) = channel();
        let link = PictureLink::start(Some(Protocol::Blocks), None, sender).unwrap();
        assert!(link.rows(&wanted(&board, 0), Some(night)).is_none());
        assert_eq!(link.state.borrow().lacking[0].style, Style::pencil().unwrap(), "the board says pencil");
        board.style = None;
        assert!(link.rows(&wanted(&board, 0), Some(night)).is_none());
        assert_eq!(link.state.borrow().lacking[1].style.paper, Colour([10, 20, 30]));
        let own = Paper { ink: Color::White, paper: Color::Black };
        assert!(link.rows(&wanted(&board, 0), Some(own)).is_none());
        assert_eq!(
            link.state.borrow().lacking[2].style,
            Style::pencil().unwrap(),
            "the terminal's colours are not known"
        );
    }

    #[test]
    fn each_protocol_gets_its_bytes_and_cells_that_stand_for_them() {
        let kitty = first(Protocol::Kitty, None);
        assert!(matches!(&kitty.shown, Shown::Sent(commands) if commands.starts_with("\x1b_G")));
        assert_eq!((kitty.lines.len(), kitty.lines[0].width()), (10, 48));
        // Cells of 8 to 16 have the same form.
        let sixel = first(Protocol::Sixel, Some((8, 16)));
        let Shown::Over(picture) = &sixel.shown else { panic!("nothing to lay over") };
        assert!(picture.bytes.starts_with("\x1bP0;1q\"1;1;384;160"), "{}", &picture.bytes[..30]);
        assert_eq!((picture.columns, picture.rows, picture.blocks.len(), picture.blocks[0].len()), (48, 10, 10, 48));
        assert!(kitty::place_of(&sixel.lines[3].spans[5].content) == Some((3, 5)));
        let placed = first(Protocol::KittyPlaced, None);
        assert!(matches!(&placed.shown, Shown::SentAndOver(sent, over)
            if sent.starts_with("\x1b_Ga=t") && over.bytes.starts_with("\x1b_Ga=p") && over.wipe.contains("a=d")));
        let iterm = first(Protocol::Iterm, None);
        assert!(matches!(&iterm.shown, Shown::Over(picture) if picture.bytes.starts_with("\x1b]1337;")));
        // A terminal that has not told how large its cells are cannot be drawn on by pixels.
        assert!(matches!(first(Protocol::Sixel, None).shown, Shown::Lines));
    }

    #[test]
    fn frames_are_let_go_by_number_and_by_weight() {
        let mut state = State::default();
        let ready = |id: u32, bytes: usize| Ready { lines: Vec::new(), id, bytes };
        assert!(state.keep(1, ready(1, KEPT_BYTES / 2)).is_empty());
        assert!(state.keep(2, ready(2, KEPT_BYTES / 2)).is_empty());
        assert_eq!(state.keep(3, ready(3, 10)), [1]);
        assert_eq!(state.keep(3, ready(4, 10)), [3], "drawn again");
        assert_eq!(state.bytes, KEPT_BYTES / 2 + 10);
        for key in 10..10 + KEPT as u64 {
            state.keep(key, ready(9, 0));
        }
        assert_eq!((state.order.len(), state.bytes), (KEPT, 0));
    }
}
