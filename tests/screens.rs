//! Screens as they are drawn: scripts of all widths, sizes, themes, languages, and what lies over a view.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a step that fails is a test that fails")]

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use slateboard::app::config::Notify;
use slateboard::app::key::Key;
use slateboard::app::model::Model;
use slateboard::app::msg::{Effect, EngineNews, Focus, Mouse, MouseKind, Msg, StoreNews};
use slateboard::app::now::Now;
use slateboard::app::seen::Pointed;
use slateboard::app::update;
use slateboard::board::Line;
use slateboard::store::yaml;
use slateboard::ui::{self, Looks};
use slateboard::words::LANGUAGES;
use unicode_width::UnicodeWidthStr as _;

/// Boards in four scripts: narrow, wide, wide and narrow mixed, right to left; and emoji, joined and combining.
const SCRIPTS: [(&str, &str, &str); 5] = [
    ("EXT. SHORE - DAWN", "She finds the bottle.", "MARA climbs over wet rocks."),
    ("外景 礁石海岸 黎明", "暴风雨过后,玛拉照例沿着潮线走,她发现了那只瓶子。", "玛拉爬过湿滑的岩石,手里提着煤袋。"),
    ("屋外・岩の海岸・夜明け", "嵐のあと、マーラは瓶を見つける。", "マーラが濡れた岩をのぼる。ﾊﾝｶｸもある。"),
    ("خارجي - الشاطئ - فجر", "تجد مارا الزجاجة بعد العاصفة.", "تتسلق مارا الصخور المبللة وهي تحمل كيسًا."),
    ("EXT. 🏖️ BEACH - 👩‍🚒", "Ame\u{301}lie 👩‍👩‍👧 🇯🇵 e\u{301}", "👍🏽 waves; Å na\u{308}ive."),
];

fn board() -> String {
    let mut text = "slateboard: 1\ntitle: 守塔人 The Keeper\nscenes:\n".to_owned();
    for (at, (heading, brief, action)) in SCRIPTS.iter().enumerate() {
        text.push_str(&format!(
            "- number: '{}'\n  heading: \"{heading}\"\n  brief: \"{brief}\"\n  takes:\n  - action: \"{action}\"\n    \
             dialogue: [{{speaker: 玛拉, line: \"{brief}\"}}]\n    shots: [{{size: wide, seconds: 4, description: \"{action}\", \
             staging: [{{subject: 玛拉, position: left, depth: far}}]}}]\n",
            at + 1
        ));
    }
    text
}

struct Screen {
    model: Model,
    looks: Looks,
}

impl Screen {
    fn open(yaml_text: &str, columns: u16, rows: u16) -> Self {
        let (mut model, _) = Model::new(Some("board.yaml".into()), Line::new("Anna").unwrap(), (columns, rows));
        let board = yaml::read(yaml_text.as_bytes()).unwrap();
        let opened = StoreNews::Opened {
            path: "board.yaml".into(),
            board: Box::new(board),
            read_only: false,
            unsaved: false,
            notices: Vec::new(),
            left: None,
        };
        update(&mut model, Now::default(), Msg::Store(opened));
        model.settings.themes = ["slate", "night", "dusk", "paper", "contrast", "mono"].map(str::to_owned).to_vec();
        Self { model, looks: Looks::default() }
    }

    fn keys(&mut self, keys: &str) {
        for key in keys.split(' ') {
            self.msg(Msg::Key(key.parse::<Key>().unwrap()));
        }
    }

    fn msg(&mut self, msg: Msg) {
        update(&mut self.model, Now { at_ms: 1, chance: 1 }, msg);
    }

    fn draw(&mut self) -> Buffer {
        let (columns, rows) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let mut seen = Default::default();
        terminal.draw(|frame| seen = ui::view(&self.model, &self.looks, frame)).unwrap();
        self.msg(Msg::Drawn(seen));
        terminal.backend().buffer().clone()
    }

    fn text(&mut self) -> String {
        rows(&self.draw()).join("\n")
    }
}

/// The rows as a person reads them: what a wide character covers is not there twice.
fn rows(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width);
    buffer
        .content
        .chunks(width)
        .map(|cells| {
            let mut row = String::new();
            let mut covered = 0;
            for cell in cells {
                if covered > 0 {
                    covered -= 1;
                    continue;
                }
                row.push_str(cell.symbol());
                covered = cell.symbol().width().saturating_sub(1);
            }
            row.trim_end().to_owned()
        })
        .collect()
}

#[test]
fn every_row_of_every_script_stays_in_its_columns_at_every_size() {
    for (columns, height) in [(40, 12), (60, 16), (80, 24), (121, 40), (200, 60), (300, 100)] {
        let mut screen = Screen::open(&board(), columns, height);
        for _ in SCRIPTS {
            let buffer = screen.draw();
            for (at, cells) in buffer.content.chunks(usize::from(columns)).enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    let wide = cell.symbol().width();
                    assert!(column + wide <= cells.len(), "row {at} of {columns}×{height} is cut: {:?}", cell.symbol());
                    if wide == 2 {
                        let next = cells[column + 1].symbol();
                        assert!(next == " " || next.is_empty(), "{:?} lies under {:?}", next, cell.symbol());
                    }
                }
            }
            screen.keys("j");
        }
    }
}

#[test]
fn the_seconds_of_all_scenes_stand_below_each_other_whatever_the_script() {
    let mut screen = Screen::open(&board(), 100, 30);
    let list: Vec<String> = rows(&screen.draw()).into_iter().skip(1).take(SCRIPTS.len()).collect();
    let ends: Vec<Option<usize>> = list.iter().map(|row| row.find("4s").map(|at| row[..at].width())).collect();
    assert!(ends[0].is_some() && ends.windows(2).all(|pair| pair[0] == pair[1]), "{ends:?}\n{}", list.join("\n"));
}

#[test]
fn below_the_smallest_size_a_word_says_so_in_each_language() {
    for (columns, rows) in [(39, 12), (40, 11), (10, 3), (1, 1)] {
        let mut screen = Screen::open(&board(), columns, rows);
        for (tag, _) in LANGUAGES {
            (*tag).clone_into(&mut screen.model.settings.language);
            let text = screen.text();
            assert!(columns < 30 || text.contains("40×12"), "{tag} {columns}×{rows}:\n{text}");
        }
    }
}

#[test]
fn the_palette_shows_what_fits_with_its_keys() {
    let mut screen = Screen::open(&board(), 80, 24);
    screen.keys(": t h e m e");
    insta::assert_snapshot!(screen.text(), @r"
     守塔人 The Keeper ───────  1  EXT. SHORE - DAWN ───────────────────────────────
    ╭ What shall be done? ─────────────────────────────────────────────────────────╮
    │ :theme  ‹a theme›                                                            │
    │ ▸theme  app.theme  choose the screen's colours, shown while you choose   , t │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
                                Takes ──────────────────────────────────────────────
                               ▸ 1   MARA climbs over wet rocks.              1× 4s
                                                                      model …  saved
    enter do it  tab complete  esc close
    ");
}

#[test]
fn behind_a_prefix_the_keys_that_may_follow_are_shown() {
    let mut screen = Screen::open(&board(), 40, 12);
    screen.keys("y");
    insta::assert_snapshot!(screen.text(), @r"
     守塔人 The Keeper ──────────────── ↓3 ─
        1 ? EXT. SHORE - DAWN        1×   4s
        2 ? 外景 礁石海岸 黎明       1×   4s
     1  EXT. SHORE - DAWN ───────────── ↓6 ─
    She finds the bottle.

    MAR╭ y  copy ───────────────────────╮
       │ t  copy take   s  copy scene   │
     Ta│ y  copy YAML                   │───
    ▸ 1╰────────────────────────────────╯
                              model …  saved
    g generate  a accept  : commands  ? help
    ");
    screen.keys("esc");
    assert!(!screen.text().contains("copy take"), "esc takes it back");
}

#[test]
fn help_lists_every_action_of_every_group_in_each_language() {
    for (tag, title) in [("en", "Scenes"), ("zh-CN", "场")] {
        let mut screen = Screen::open(&board(), 100, 300);
        tag.clone_into(&mut screen.model.settings.language);
        screen.keys("?");
        let text = screen.text();
        assert!(text.contains(title) && text.contains("ctrl-s"), "{text}");
    }
}

#[test]
fn help_begins_with_the_keys_of_what_is_on_the_screen() {
    let first = |keys: &str| {
        let mut screen = Screen::open(&board(), 100, 300);
        screen.keys(keys);
        let text = screen.text();
        let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
        place("edit how it looks").min(place("let the model write takes of this scene")) == place("edit how it looks")
    };
    assert!(!first("?"), "on the desk takes come first");
    assert!(first("v b o A enter ?"), "in the bible its entries do");
}

#[test]
fn each_theme_draws_the_same_words() {
    let mut words = Vec::new();
    for theme in ["slate", "night", "dusk", "paper", "contrast", "mono"] {
        let mut screen = Screen::open(&board(), 80, 24);
        theme.clone_into(&mut screen.model.settings.theme);
        words.push(screen.text());
    }
    assert!(words.windows(2).all(|pair| pair[0] == pair[1]), "a theme is colours and nothing else");
}

#[test]
fn all_that_is_said_to_be_pointed_at_lies_on_the_screen_and_can_be_pressed_at_any_time() {
    for overlay in ["esc", "?", ":", "y", "R", "t", "e"] {
        let mut screen = Screen::open(&board(), 80, 24);
        screen.keys(overlay);
        screen.draw();
        let spots = screen.model.seen.spots.clone();
        assert!(!spots.is_empty());
        for spot in spots {
            assert!(spot.x + spot.width <= 80 && spot.y + spot.height <= 24, "{spot:?}");
            let mut pressed = Screen::open(&board(), 80, 24);
            pressed.keys(overlay);
            pressed.draw();
            for kind in [MouseKind::Press, MouseKind::WheelDown, MouseKind::WheelUp] {
                pressed.msg(Msg::Mouse(Mouse { kind, column: spot.x, row: spot.y }));
                pressed.draw();
            }
        }
    }
}

#[test]
fn a_person_at_another_window_is_told_that_takes_are_there_only_where_that_is_wanted() {
    for (focus, notify, told) in [
        (Focus::Elsewhere, Notify::Bell, true),
        (Focus::Here, Notify::Bell, false),
        (Focus::Elsewhere, Notify::Off, false),
    ] {
        let mut screen = Screen::open(&board(), 80, 24);
        screen.model.settings.notify = notify;
        let asked = update(&mut screen.model, Now { at_ms: 1, chance: 1 }, Msg::Key("g".parse().unwrap()));
        let Some(Effect::Generate { epoch, .. }) = asked.last().cloned() else { panic!("nothing was asked for") };
        screen.msg(Msg::Focus(focus));
        let takes = screen.model.desk().unwrap().scene().unwrap().takes.clone();
        let takes = takes.into_iter().map(|mut take| {
            take.id = "01J9Z0W1F3V7C2P5K8D4H6T9SC".parse().unwrap();
            take
        });
        let done = EngineNews::Done { takes: takes.collect(), left_out: Vec::new() };
        let effects = update(&mut screen.model, Now { at_ms: 9, chance: 9 }, Msg::Engine(epoch, done));
        assert_eq!(effects.iter().any(|effect| matches!(effect, Effect::Notify(_))), told, "{focus:?} {notify:?}");
    }
}

#[test]
fn a_scene_that_is_pressed_is_shown() {
    let mut screen = Screen::open(&board(), 80, 24);
    screen.draw();
    let spot = screen.model.seen.spots.iter().find(|spot| spot.what == Pointed::Scene(3)).cloned().unwrap();
    screen.msg(Msg::Mouse(Mouse { kind: MouseKind::Press, column: spot.x + 3, row: spot.y }));
    assert_eq!(screen.model.desk().unwrap().at.scene, 3);
    screen.msg(Msg::Mouse(Mouse { kind: MouseKind::WheelUp, column: spot.x + 3, row: spot.y }));
    assert_eq!(screen.model.desk().unwrap().at.scene, 2);
}
