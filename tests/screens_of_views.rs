//! What each view looks like at three sizes; at 80×24 with its style. The last two rows, status and keys, are left out:
//! they say how things stand, not what the view shows.
//!
//! After a change that is meant: `INSTA_UPDATE=always cargo test --test screens_of_views`, and look at the difference.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a step that fails is a test that fails")]

use std::fmt::Write as _;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Style};
use slateboard::app::model::Model;
use slateboard::app::msg::{Msg, StoreNews};
use slateboard::app::now::Now;
use slateboard::app::picker::{About, Found, Origin};
use slateboard::app::update;
use slateboard::board::{Line, Storyboard, Text};
use slateboard::store::yaml;
use slateboard::ui::{self, Looks};

/// The sample board with a second take in its first scene, and two sequences.
fn board() -> Storyboard {
    let mut board = yaml::read(include_bytes!("../storyboards/the-keeper.yaml")).unwrap();
    let first = board.scenes[0].takes[0].clone();
    let mut second = first.clone();
    second.id = "01J9Z0W1F3V7C2P5K8D4H6T9SB".parse().unwrap();
    second.parent = Some(first.id);
    second.action = Text::new(&first.action.replace("She gives in.", "She kicks it back.")).unwrap();
    second.shots.truncate(3);
    board.scenes[0].takes.push(second);
    board.scenes[0].sequence = Some(Line::new("The bottle").unwrap());
    board.scenes[3].sequence = Some(Line::new("The answer").unwrap());
    board
}

fn model(size: (u16, u16), keys: &str) -> Model {
    let (mut model, _) = Model::new(Some("board.yaml".into()), Line::new("Anna").unwrap(), size);
    let news = StoreNews::Opened {
        path: "board.yaml".into(),
        board: Box::new(board()),
        read_only: false,
        unsaved: false,
        notices: Vec::new(),
        left: None,
    };
    press(&mut model, Msg::Store(news), 1);
    for (n, key) in keys.split(' ').enumerate() {
        press(&mut model, Msg::Key(key.parse().unwrap()), n as u64 + 2);
    }
    model
}

fn press(model: &mut Model, msg: Msg, at_s: u64) {
    update(model, Now { at_ms: at_s * 1_000, chance: at_s }, msg);
}

fn drawn(model: &Model) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(model.size.0, model.size.1)).unwrap();
    terminal
        .draw(|frame| {
            ui::view(model, &Looks::default(), frame);
        })
        .unwrap();
    terminal.backend().buffer().clone()
}

/// The rows of a screen without the last two, trailing blanks cut.
fn text(screen: &Buffer) -> String {
    let rows = screen.area.height - 2;
    let row = |y: u16| (0..screen.area.width).map(|x| screen[(x, y)].symbol()).collect::<String>();
    (0..rows).map(|y| row(y).trim_end().to_owned() + "\n").collect()
}

/// Where the screen has looks: row, columns, look.
fn looks(screen: &Buffer) -> String {
    let mut said = String::new();
    for y in 0..screen.area.height - 2 {
        let mut from = 0;
        for x in 1..=screen.area.width {
            let style = |x: u16| screen[(x, y)].style();
            if x < screen.area.width && style(x) == style(from) {
                continue;
            }
            let look = look(style(from));
            if !look.is_empty() {
                writeln!(said, "{y:>2} {from:>2}-{:<2}{look}", x - 1).unwrap();
            }
            from = x;
        }
    }
    said
}

fn look(style: Style) -> String {
    let mut said = String::new();
    let coloured = |colour: Option<Color>| colour.filter(|colour| *colour != Color::Reset);
    if let Some(colour) = coloured(style.fg) {
        write!(said, " {colour}").unwrap();
    }
    if let Some(colour) = coloured(style.bg) {
        write!(said, " on {colour}").unwrap();
    }
    if !style.add_modifier.is_empty() {
        write!(said, " {:?}", style.add_modifier).unwrap();
    }
    said
}

fn check(name: &str, at: impl Fn((u16, u16)) -> Model) {
    for size in [(80, 24), (40, 12), (200, 60)] {
        let screen = drawn(&at(size));
        let shown = if size == (80, 24) { format!("{}\n{}", text(&screen), looks(&screen)) } else { text(&screen) };
        insta::assert_snapshot!(format!("{name}-{}x{}", size.0, size.1), shown);
    }
}

#[test]
fn the_views_look_as_they_are_meant_to() {
    let views = [
        ("desk", "h"),
        ("desk-marked", "l c"),
        ("sheet", "v s l"),
        ("animatic", "v a l"),
        ("compare", "v c"),
        ("review", "v e"),
        ("review-over", "v e esc"),
        ("bible", "v b j"),
        ("board", "v o j"),
        ("history", "d u d v h k"),
        ("log", "d u v l"),
        ("filter", "/ l a m p"),
        ("folded", "F m"),
    ];
    for (name, keys) in views {
        check(name, |size| model(size, keys));
    }
}

#[test]
fn the_choice_of_boards_looks_as_it_is_meant_to() {
    check("boards", |size| {
        let (mut model, _) = Model::new(None, Line::new("Anna").unwrap(), size);
        let found = |path: &str, origin, about| Found { path: path.into(), origin, changed_ms: Some(1_000), about };
        let about = About::Board {
            title: "The Keeper".into(),
            logline: "A lighthouse keeper finds a message that was written to her.".into(),
            scenes: 8,
            picked: 1,
            takes: 3,
        };
        let boards = vec![
            found("/films/the-keeper.yaml", Origin::Recent, about),
            found("/films/broken.yaml", Origin::Folder, About::Wrong("line 3: a list is expected".to_owned().into())),
            found("/films/large.yaml", Origin::Sample, About::Unread),
        ];
        press(&mut model, Msg::Store(StoreNews::Boards(boards)), 7_201);
        model
    });
}
