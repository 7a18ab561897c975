//! Frames on the screen: what is shown is asked for, drawn by a worker, and kept: in memory as it is sent, on disk as drawn.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use ratatui::style::Color;
use ratatui::text::Line;

mod cache;
mod worker;

use cache::FrameCache;
pub(super) use worker::Drawn;
use worker::{Job, Shown, work};

use super::{Arrival, styles};
use crate::board::{Storyboard, aspect};
use crate::exchange::given;
use crate::frame::Style;
use crate::frame::style::Colour;
use crate::store::Paths;
use crate::term::graphics::{Images, Protocol, cell_pixels, fit};
use crate::term::{Capabilities, Session};
use crate::ui::pictures::{Pictures, Wanted};
use crate::ui::theme::{Depth, Paper};

/// Frames kept, the ones asked for last.
const KEPT: usize = 240;
/// Bytes of pictures kept, at most, in what is sent to the terminal.
const KEPT_BYTES: usize = 48 << 20;
/// Pixels of a cell where the terminal has not told.
const CELL: (u16, u16) = (10, 20);

/// A frame in hand.
struct Ready {
    lines: Vec<Line<'static>>,
    id: u32,
    bytes: usize,
}

/// Frames of this run of the program.
pub(super) struct PictureLink {
    /// The worker's end of the link, from the first question on; `None` where the system has no thread left.
    jobs: OnceCell<Option<Sender<Vec<Job>>>>,
    arrivals: Sender<Arrival>,
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
    /// Where its frames are kept.
    kept: Arc<FrameCache>,
    protocol: Option<Protocol>,
    /// Colours that the terminal has.
    depth: Depth,
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
    pub(super) fn new(protocol: Option<Protocol>, paths: Option<Paths>, arrivals: Sender<Arrival>) -> Rc<Self> {
        let state = RefCell::new(State { protocol, paths, ..State::default() });
        Rc::new(Self { jobs: OnceCell::new(), arrivals, state })
    }

    /// Starts the worker: the first screen comes before it and shares the processor.
    fn start(&self) -> Option<Sender<Vec<Job>>> {
        let (jobs, asked) = channel();
        let arrivals = self.arrivals.clone();
        thread::Builder::new().name("frames".into()).spawn(move || work(&asked, &arrivals)).ok()?;
        Some(jobs)
    }

    /// Half-blocks are drawn in so many colours, and not at all where there are none: the staging in characters says more.
    pub(super) fn in_colours(&self, depth: Depth) {
        self.state.borrow_mut().depth = depth;
    }

    /// Draws pictures as the terminal said that it understands them; answers whether it has said.
    pub(super) fn as_told(&self, images: Images, can: &Capabilities, session: &mut Session) -> io::Result<bool> {
        let told = can.is_told();
        if can.name.is_some() && self.state.borrow().depth == Depth::Indexed {
            // The variable that says so is lost on most lines; terminals that say their name know all colours.
            self.in_colours(Depth::True);
            self.anew(session)?;
        }
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
        if let Some(jobs) = self.jobs.get_or_init(|| self.start()) {
            let _ = jobs.send(lacking);
        }
    }

    /// A board was opened, with this beside it.
    pub(super) fn beside(&self, sidecar: &Path) {
        let state = &mut *self.state.borrow_mut();
        state.pictures = given::folder(sidecar);
        state.kept = Arc::new(FrameCache::beside(sidecar, state.paths.as_ref().map(|paths| paths.cache.as_path())));
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
                let bytes = picture.bytes();
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
        if (protocol, state.depth) == (Protocol::Blocks, Depth::None) {
            return None;
        }
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
            kept: Arc::clone(&state.kept),
            columns,
            rows,
            protocol,
            depth: state.depth,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::graphics::kitty;
    use crate::term::graphics::overlay::Picture;

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
        let link = PictureLink::new(Some(Protocol::Blocks), None, sender);
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
        let none = PictureLink::new(None, None, sender.clone());
        assert!(none.rows(&wanted(&board, 0), None).is_none() && none.state.borrow().lacking.is_empty());
        let link = PictureLink::new(Some(Protocol::Blocks), None, sender);
        assert!(link.rows(&Wanted { rows: 2, ..wanted(&board, 0) }, None).is_none());
        assert!(link.state.borrow().lacking.is_empty());
    }

    /// Keeps a frame without a terminal.
    fn take(link: &PictureLink, drawn: Drawn) -> Vec<u32> {
        let bytes = match &drawn.shown {
            Shown::Lines => 0,
            Shown::Sent(commands) => commands.len(),
            Shown::Over(picture) => picture.bytes(),
            Shown::SentAndOver(commands, _) => commands.len(),
        };
        link.state.borrow_mut().keep(drawn.key, Ready { lines: drawn.lines, id: drawn.id, bytes })
    }

    fn first(protocol: Protocol, cell: Option<(u16, u16)>) -> Drawn {
        let board = board();
        let (sender, arrivals) = channel();
        let link = PictureLink::new(Some(protocol), None, sender);
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
        let link = PictureLink::new(Some(Protocol::Blocks), None, sender);
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

    fn first_piece(picture: &Picture) -> &str {
        &picture.pieces[0].bytes
    }

    #[test]
    fn each_protocol_gets_its_bytes_and_cells_that_stand_for_them() {
        let kitty = first(Protocol::Kitty, None);
        assert!(matches!(&kitty.shown, Shown::Sent(commands) if commands.starts_with("\x1b_G")));
        assert_eq!((kitty.lines.len(), kitty.lines[0].width()), (10, 48));
        // Cells of 8 to 16 have the same form.
        let sixel = first(Protocol::Sixel, Some((8, 16)));
        let Shown::Over(picture) = &sixel.shown else { panic!("nothing to lay over") };
        assert!(first_piece(picture).starts_with("\x1bP0;1q\"1;1;384;160"), "{}", &first_piece(picture)[..30]);
        assert_eq!((picture.columns, picture.rows, picture.blocks.len(), picture.blocks[0].len()), (48, 10, 10, 48));
        assert!(kitty::place_of(&sixel.lines[3].spans[5].content) == Some((3, 5)));
        let placed = first(Protocol::KittyPlaced, None);
        assert!(matches!(&placed.shown, Shown::SentAndOver(sent, over)
            if sent.starts_with("\x1b_Ga=t") && first_piece(over).starts_with("\x1b_Ga=p") && over.wipe.contains("a=d")));
        let iterm = first(Protocol::Iterm, None);
        assert!(matches!(&iterm.shown, Shown::Over(picture) if first_piece(picture).starts_with("\x1b]1337;")));
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
