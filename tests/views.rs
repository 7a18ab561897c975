//! Every view by keys, through the real update, and what it looks like at three sizes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a step that fails is a test that fails")]

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use slateboard::app::model::{Model, View};
use slateboard::app::msg::{Effect, EngineNews, Epoch, ExportNews, Msg, StoreNews};
use slateboard::app::now::Now;
use slateboard::app::taste_view::{About, Taught, Told};
use slateboard::app::update;
use slateboard::board::{Chooser, Chosen, Feedback, FeedbackId, Line, Range, Storyboard, Take, TakeId, Text, Verdict};
use slateboard::store::yaml;
use slateboard::taste::{Feature, HeadSettings, Moved, Planned, Prior, Taste, Why, report, standing};
use slateboard::ui::{self, Looks};

/// The sample board, with a second and a third take in its first scene.
fn board() -> Storyboard {
    let mut board = yaml::read(include_bytes!("../storyboards/the-keeper.yaml")).unwrap();
    let first = board.scenes[0].takes[0].clone();
    for (id, words) in
        [("01J9Z0W1F3V7C2P5K8D4H6T9SB", "leaves the bottle where it is"), ("01J9Z0W1F3V7C2P5K8D4H6T9SC", "runs home")]
    {
        let mut take = first.clone();
        take.id = id.parse().unwrap();
        take.parent = Some(first.id);
        take.action = slateboard::board::Text::new(&first.action.replace("gives", words)).unwrap();
        board.scenes[0].takes.push(take);
    }
    board.scenes[0].picked = None;
    board
}

struct Room {
    model: Model,
    asked: Vec<Effect>,
    at_ms: u64,
}

impl Room {
    fn open(board: Storyboard, size: (u16, u16)) -> Self {
        let (model, _) = Model::new(Some("board.yaml".into()), Line::new("Anna").unwrap(), size);
        let mut room = Self { model, asked: Vec::new(), at_ms: 60_000 };
        room.msg(Msg::Store(opened(board)));
        room
    }

    fn msg(&mut self, msg: Msg) {
        self.at_ms += 1_000;
        let now = Now { at_ms: self.at_ms, chance: self.at_ms * 7 };
        self.asked.extend(update(&mut self.model, now, msg));
    }

    fn keys(&mut self, keys: &str) {
        for key in keys.split(' ') {
            self.msg(Msg::Key(key.parse().unwrap()));
            // The disk answers at once.
            if let Some(Effect::Judge(feedback, _)) = self.asked.last().cloned() {
                self.asked.push(Effect::Cancel);
                self.msg(Msg::Store(StoreNews::Judged(feedback)));
            }
        }
    }

    fn type_words(&mut self, words: &str) {
        for c in words.chars() {
            self.keys(&if c == ' ' { "space".to_owned() } else { c.to_string() });
        }
    }

    fn board(&self) -> &Storyboard {
        &self.model.desk().unwrap().board
    }

    fn view(&self) -> &View {
        &self.model.desk().unwrap().view
    }

    fn terminal(&self) -> Terminal<TestBackend> {
        let (columns, rows) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal
            .draw(|frame| {
                ui::view(&self.model, &Looks::default(), frame);
            })
            .unwrap();
        terminal
    }

    fn screen(&self) -> String {
        self.terminal().backend().to_string()
    }
}

/// What the store says when a board is open.
fn opened(board: Storyboard) -> StoreNews {
    StoreNews::Opened {
        path: "board.yaml".into(),
        board: Box::new(board),
        read_only: false,
        unsaved: false,
        notices: Vec::new(),
        left: None,
    }
}

#[test]
fn a_review_judges_take_after_take_by_single_keys_and_ends_with_a_summary() {
    // Without a brief the other scenes wait for no takes.
    let mut board = board();
    for scene in board.scenes.iter_mut().filter(|scene| scene.takes.is_empty()) {
        scene.brief = Text::default();
    }
    let mut room = Room::open(board, (100, 30));
    room.keys("v r");
    let View::Review(review) = room.view() else { panic!("{:?}", room.view()) };
    let all = review.queue.len();
    assert_eq!(all, 3, "the takes of the one undecided scene that has some");
    room.keys("5");
    assert_eq!(room.board().scenes[0].takes.len(), 2, "five is a reason to reject");
    room.keys("n");
    room.type_words("too fast");
    room.keys("enter a");
    assert!(room.board().scenes[0].picked.is_some());
    let judged: Vec<(Verdict, Option<String>)> = room
        .asked
        .iter()
        .filter_map(|effect| match effect {
            Effect::Judge(feedback, _) => Some((feedback.verdict, feedback.reason.as_ref().map(ToString::to_string))),
            _ => None,
        })
        .collect();
    let expected = [(Verdict::Reject, Some("too static".into())), (Verdict::Accept, Some("too fast".into()))];
    assert_eq!(judged, expected, "the note goes with the verdict");
    let screen = room.screen();
    assert!(screen.contains("The session is over") && screen.contains("2 takes judged"), "{screen}");
    assert!(screen.contains("1× too static"), "{screen}");

    room.keys("u");
    assert!(room.board().scenes[0].picked.is_none(), "the acceptance is retracted");
    let View::Review(review) = room.view() else { panic!("{:?}", room.view()) };
    assert!(!review.ended, "its take is shown again");
    room.keys("u r r esc");
    assert!(room.board().scenes[0].takes.len() < 3);
    room.keys("esc");
    assert_eq!(room.view(), &View::Desk);
}

#[test]
fn a_review_passes_takes_over_and_comes_back_to_them() {
    let mut room = Room::open(board(), (80, 24));
    room.keys("v e l l h");
    let View::Review(review) = room.view() else { panic!("{:?}", room.view()) };
    assert_eq!((review.at, review.skipped.len()), (1, 2));
    assert_eq!(room.model.whole_take().unwrap().id, review.queue[1].take, "the stage shows it");
}

#[test]
fn a_scene_that_runs_out_of_takes_is_written_anew_while_the_review_goes_on() {
    let mut room = Room::open(board(), (80, 24));
    for scene in room.model.desk_mut().unwrap().board.scenes.iter_mut().skip(1) {
        scene.brief = Text::default();
    }
    room.keys("v r r r r");
    let asked = room.asked.iter().find_map(|effect| match effect {
        Effect::Generate { epoch, scene, .. } => Some((*epoch, *scene)),
        _ => None,
    });
    let (epoch, scene) = asked.expect("new takes were asked for");
    assert_eq!(scene, room.board().scenes[0].id);
    assert!(room.screen().contains("next takes are being written"), "{}", room.screen());
    let mut take: Take =
        room.board().scenes[1..].iter().find_map(|scene| scene.takes.first()).cloned().unwrap_or_else(|| {
            let fresh = board();
            fresh.scenes[0].takes[0].clone()
        });
    take.id = "01J9Z0W1F3V7C2P5K8D4H6T9SD".parse().unwrap();
    room.msg(Msg::Engine(epoch, EngineNews::Done { takes: vec![take], left_out: Vec::new() }));
    let View::Review(review) = room.view() else { panic!("{:?}", room.view()) };
    assert!(!review.ended && review.left() == 1, "the new take joined the queue: {review:?}");
    room.keys("a");
    assert!(room.board().scenes[0].picked.is_some());
}

#[test]
fn a_review_of_scenes_without_takes_begins_with_having_them_written() {
    let mut board = board();
    let take = board.scenes[0].takes[0].clone();
    board.scenes.iter_mut().for_each(|scene| scene.takes.clear());
    let mut room = Room::open(board, (80, 24));
    room.keys("v r");
    let wanted = |room: &Room| -> Vec<_> {
        let of = |effect: &Effect| match effect {
            Effect::Generate { epoch, scene, .. } => Some((*epoch, *scene)),
            _ => None,
        };
        room.asked.iter().filter_map(of).collect()
    };
    let [(epoch, first)] = wanted(&room)[..] else { panic!("one question at a time") };
    assert_eq!(first, room.board().scenes[0].id);
    assert!(room.screen().contains("next takes are being written"), "{}", room.screen());
    room.msg(Msg::Engine(epoch, EngineNews::Done { takes: vec![take.clone()], left_out: Vec::new() }));
    let View::Review(review) = room.view() else { panic!("{:?}", room.view()) };
    assert!(!review.ended && review.left() == 1, "the first take is shown: {review:?}");
    assert_eq!(wanted(&room)[1].1, room.board().scenes[1].id, "the next scene's are written meanwhile");
    room.keys("esc esc");
    let epoch = wanted(&room)[1].0;
    room.msg(Msg::Engine(epoch, EngineNews::Done { takes: vec![take], left_out: Vec::new() }));
    assert_eq!(wanted(&room).len(), 2, "a session that was left asks for nothing more");
}

/// A log of eight verdicts on the sample's takes: the sixth shot and more are rejected.
fn taught() -> Taught {
    let board = board();
    let take = board.scenes[0].takes[0].clone();
    let record = |n: u128| Feedback {
        id: FeedbackId::new(n.into()),
        at_ms: u64::try_from(n).unwrap() * 1000,
        reviewer: Line::new("Anna").unwrap(),
        scene: board.scenes[0].id,
        verdict: if n.is_multiple_of(2) { Verdict::Accept } else { Verdict::Reject },
        reason: (!n.is_multiple_of(2)).then(|| Line::new("too static").unwrap()),
        looked_ms: None,
        take: Take { id: TakeId::new(n.into()), ..take.clone() },
        reading: None,
        edited_from: None,
        picked_before: None,
        index: 0,
    };
    let records: Vec<Feedback> = (1..=8).map(record).collect();
    let standing = standing(&records, &board, &[]);
    let taste = Taste::of(standing.clone(), Prior::new(), HeadSettings::default());
    let plans = vec![(Line::new("1").unwrap(), Vec::new())];
    Taught { reviewer: Line::new("Anna").unwrap(), other_boards: 1, report: report(&taste, &standing), plans }
}

fn asked_taste(room: &Room) -> (Epoch, About) {
    let asked = room.asked.iter().rev().find_map(|effect| match effect {
        Effect::AskTaste(epoch, _, about) => Some((*epoch, *about)),
        _ => None,
    });
    asked.expect("the taste was asked for")
}

#[test]
fn the_view_of_taste_shows_what_verdicts_taught_once_it_is_read() {
    let mut room = Room::open(board(), (90, 40));
    room.keys("v t");
    let (epoch, about) = asked_taste(&room);
    assert_eq!(about, About::Board);
    assert!(room.screen().contains("reading the verdicts"), "{}", room.screen());
    room.msg(Msg::Taste(epoch, Ok(Told::Board(Box::new(taught())))));
    let screen = room.screen();
    for words in ["taste of Anna", "8 verdicts: 4 accepted, 4 rejected", "4× too static", "one other board"] {
        assert!(screen.contains(words), "{words}:\n{screen}");
    }
    room.keys("esc");
    assert_eq!(room.view(), &View::Desk);
    room.msg(Msg::Taste(epoch, Ok(Told::Board(Box::new(taught())))));
    assert_eq!(room.view(), &View::Desk, "an answer nobody waits for is dropped");
}

#[test]
fn a_board_is_exported_while_work_goes_on() {
    let mut room = Room::open(board(), (100, 30));
    room.model.settings.formats = vec!["pdf".into(), "fountain".into()];
    room.keys(", e");
    room.type_words("pdf out/board.pdf");
    room.keys("enter");
    let asked = room.asked.iter().find_map(|effect| match effect {
        Effect::Export { asked, format, to, .. } => Some((*asked, format.clone(), to.clone())),
        _ => None,
    });
    let (asked, format, to) = asked.expect("the export was asked for");
    assert_eq!((format.as_str(), to.as_str()), ("pdf", "out/board.pdf"));
    room.msg(Msg::Export(asked, ExportNews::Step(3, 6)));
    room.keys("j");
    assert!(room.screen().contains("▰▰▰▰▱▱▱▱ pdf"), "{}", room.screen());
    let left_out = vec!["rejected takes".to_owned().into()];
    room.msg(Msg::Export(asked, ExportNews::Done { written: "out/board.pdf".into(), left_out }));
    let screen = room.screen();
    assert!(screen.contains("exported to out/board.pdf; left out: rejected takes"), "{screen}");
    room.keys(", x");
    assert!(!room.asked.contains(&Effect::StopExport), "there is nothing to stop any more");
}

#[test]
fn why_tells_of_a_take_its_plan_its_place_and_what_moves_it() {
    let mut room = Room::open(board(), (90, 30));
    room.keys("W");
    let (epoch, about) = asked_taste(&room);
    let scene = room.board().scenes[0].clone();
    assert!(matches!(about, About::Take(id, _) if id == scene.id));
    let why = Why {
        plan: vec![Planned::Shots(Range { least: 1, most: 3 })],
        chosen: Some(Chosen { place: 2, of: 8, by: Chooser::Taste, probability: Some(0.62) }),
        probability: Some(0.62),
        ranks: true,
        parts: vec![(Moved::Feature(Feature::Moving), 0.8), (Moved::Feature(Feature::Lines), -0.3)],
    };
    room.msg(Msg::Taste(epoch, Ok(Told::Take(Box::new(why)))));
    let screen = room.screen();
    for words in ["shown as 2 of 8, by taste", "62 %", "+0.80", "a camera that moves", "-0.30", "at most 3 shots"] {
        assert!(screen.contains(words), "{words}:\n{screen}");
    }
    room.keys("esc");
    assert!(!room.screen().contains("a camera that moves"));
}

#[test]
fn the_history_goes_back_to_any_point_and_forward_again_verdicts_among_the_steps() {
    let mut room = Room::open(board(), (80, 24));
    room.keys("d k a J k r v h");
    let before = room.board().clone();
    assert_eq!(room.model.desk().unwrap().history.done().len(), 4);
    assert!(room.screen().contains("duplicated scene 1"), "{}", room.screen());
    room.keys("k k k k enter");
    for _ in 0..6 {
        answer_the_disk(&mut room);
    }
    assert_eq!(room.model.desk().unwrap().history.done().len(), 0);
    assert_eq!(room.board().scenes, board().scenes, "as it was opened");
    room.keys("j j j j enter");
    for _ in 0..6 {
        answer_the_disk(&mut room);
    }
    assert_eq!(room.board().scenes, before.scenes, "and forward again");
    let ids: Vec<_> = room
        .asked
        .iter()
        .filter_map(|effect| match effect {
            Effect::Judge(feedback, _) => Some(feedback.id),
            _ => None,
        })
        .collect();
    let unique: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "no two records have one id");
}

/// Answers the verdict that waits for the disk, if one does.
fn answer_the_disk(room: &mut Room) {
    if room.model.desk().unwrap().judging.is_none() {
        return;
    }
    let sent = room.asked.iter().rev().find_map(|effect| match effect {
        Effect::Judge(feedback, _) => Some(feedback.clone()),
        _ => None,
    });
    room.msg(Msg::Store(StoreNews::Judged(sent.unwrap())));
}

#[test]
fn the_animatic_plays_in_the_boards_seconds_and_only_then_wants_the_time() {
    let mut room = Room::open(board(), (80, 24));
    room.keys("v a");
    assert_eq!(room.model.tick_ms(), None, "nothing moves");
    room.keys("space");
    assert!(room.model.tick_ms().is_some());
    for _ in 0..4 {
        room.msg(Msg::Tick);
    }
    let View::Animatic(animatic) = room.view() else { panic!("{:?}", room.view()) };
    assert!((animatic.into_board(room.board()).0 - 2.0).abs() < 0.01, "half a second at most each: {animatic:?}");
    room.keys("space j l +");
    let View::Animatic(animatic) = room.view() else { panic!("{:?}", room.view()) };
    assert_eq!(animatic.at.scene, 2, "a scene without a take is one card");
    assert!(animatic.speed > 1.0);
    assert_eq!(room.model.tick_ms(), None);
    room.keys("esc");
    assert_eq!(room.view(), &View::Desk);
}

#[test]
fn the_contact_sheet_zooms_and_opens_the_scene_under_its_cursor() {
    let mut room = Room::open(board(), (80, 24));
    room.keys("v s");
    let shots = room.board().scenes[0].takes.last().unwrap().shots.len();
    for _ in 0..shots {
        room.keys("l");
    }
    room.keys("- + enter");
    assert_eq!(room.model.desk().unwrap().at.scene, 1);
    assert_eq!(room.view(), &View::Desk);
}

#[test]
fn the_list_is_narrowed_folded_and_chosen_from() {
    let mut room = Room::open(board(), (80, 24));
    room.keys("/");
    room.type_words("post office");
    let at = room.model.desk().unwrap().at.scene;
    assert!(room.board().scenes[at].heading.contains("POST OFFICE"), "the first match is shown");
    room.keys("enter");
    assert!(room.screen().contains("of 8 scenes"), "{}", room.screen());
    room.keys("esc home t 4");
    room.type_words("Act one");
    room.keys("enter j j t 4");
    room.type_words("Act two");
    room.keys("enter");
    assert!(room.screen().contains("Act two"), "{}", room.screen());
    room.keys("home f j");
    assert_eq!(room.model.desk().unwrap().at.scene, 2, "a folded sequence is one step");
    room.keys("m m X");
    assert_eq!(room.board().scenes.len(), 6);
    room.keys("u");
    assert_eq!(room.board().scenes.len(), 8, "one step");
}

#[test]
fn the_bible_is_edited_and_grows() {
    let mut room = Room::open(board(), (80, 24));
    room.keys("v b o");
    room.type_words("tom");
    room.keys("enter");
    assert_eq!(room.board().bible.characters.last().unwrap().name, "TOM", "names are written as scenes write them");
    room.keys("n");
    room.type_words("tired");
    room.keys("ctrl-s");
    let newest = room.board().bible.characters.last().unwrap();
    assert!(newest.now.as_ref().unwrap().as_str().ends_with("tired"), "the cursor is on who was just named");
    room.keys("x u");
    assert!(room.screen().contains("TOM"), "{}", room.screen());
}

#[test]
fn the_boards_own_fields_are_edited_in_their_view() {
    let mut room = Room::open(board(), (80, 24));
    room.keys("v o j j j j j enter ctrl-u");
    room.type_words("25");
    room.keys("enter");
    assert!((room.board().fps - 25.0).abs() < f32::EPSILON);
    room.keys("enter ctrl-u");
    room.type_words("fast");
    room.keys("enter");
    assert!(room.screen().contains("frames a second are a number"), "{}", room.screen());
}

#[test]
fn what_differs_from_the_parent_is_marked_on_the_stage_and_side_by_side() {
    let mut room = Room::open(board(), (120, 40));
    room.keys("h c");
    assert!(room.screen().contains("{+leaves the bottle"), "{}", room.screen());
    room.keys("v c");
    let screen = room.screen();
    assert!(screen.contains("take 1") && screen.contains("take 2") && screen.contains("differs"), "{screen}");
    room.keys("l x esc c");
    assert!(!room.screen().contains("{+"), "{}", room.screen());
}

#[test]
fn the_log_keeps_what_was_said() {
    let mut room = Room::open(board(), (80, 24));
    room.keys("d u v l");
    let screen = room.screen();
    assert!(screen.contains("duplicated scene 1") && screen.contains("undone"), "{screen}");
}

const VIEWS: [&str; 11] = ["v s", "v r", "v e", "v a", "v a space", "v c", "v b", "v o", "v h", "v l", "c"];

#[test]
fn every_view_holds_at_every_size_and_on_an_empty_board() {
    for board in [board(), Storyboard::default()] {
        for view in VIEWS {
            let mut room = Room::open(board.clone(), (80, 24));
            room.keys(view);
            for columns in (1..=130).step_by(9) {
                for rows in (1..=60).step_by(7) {
                    room.msg(Msg::Resize(columns, rows));
                    room.screen();
                }
            }
            room.msg(Msg::Resize(80, 24));
            room.keys("j l k h enter esc esc");
        }
    }
}

#[test]
fn ten_thousand_scenes_are_shown_and_gone_through() {
    let mut long = board();
    let scene = long.scenes[0].clone();
    long.scenes = (0..10_000u128)
        .map(|n| {
            let mut scene = scene.clone();
            scene.id = slateboard::board::SceneId::new((n + 1).into());
            scene.number = Line::clipped(&n.to_string(), 9);
            scene
        })
        .collect();
    let mut room = Room::open(long, (100, 30));
    for keys in ["G k", "v s G", "v a j j", "esc /", "9 9 9 enter"] {
        room.keys(keys);
        room.screen();
    }
    assert!(room.screen().contains("999"), "{}", room.screen());
}

#[test]
fn a_new_board_is_made_from_a_template_by_its_title_and_opened() {
    use slateboard::app::picker::{About, Found, Origin};
    let (model, asked) = Model::new(None, Line::new("Anna").unwrap(), (80, 24));
    let mut room = Room { model, asked, at_ms: 60_000 };
    let found = Found { path: "/a.yaml".into(), origin: Origin::Folder, changed_ms: Some(1), about: About::Unread };
    room.msg(Msg::Store(StoreNews::Boards(vec![found])));
    let about = About::Board { title: "The Sea".into(), logline: String::new(), scenes: 3, picked: 1, takes: 4 };
    room.msg(Msg::Store(StoreNews::About("/a.yaml".into(), about)));
    assert!(room.screen().contains("The Sea") && room.screen().contains("1 of 3 scenes"), "{}", room.screen());
    room.keys("j j enter");
    room.type_words("My Film");
    room.keys("enter");
    let Some(Effect::NewBoard { file, title, template }) = room.asked.last().cloned() else {
        panic!("{:?}", room.asked.last());
    };
    assert_eq!((file.to_str(), title.as_str()), (Some("my-film.yaml"), "My Film"));
    assert_eq!(template, Some(slateboard::board::Template::Film));
    room.msg(Msg::Store(StoreNews::Made(Ok(file.clone()))));
    assert!(matches!(room.asked.last(), Some(Effect::Open(path, _)) if *path == file));
}

#[test]
fn a_panel_that_is_pressed_comes_under_the_cursor_and_pressed_again_opens_its_scene() {
    use slateboard::app::msg::{Mouse, MouseKind};
    use slateboard::app::seen::{Pointed, Seen};
    let mut room = Room::open(board(), (80, 24));
    room.keys("v s");
    for _ in 0..2 {
        let mut seen = Seen::default();
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        terminal.draw(|frame| seen = ui::view(&room.model, &Looks::default(), frame)).unwrap();
        // The first scene has four panels, the second one, so this is the third scene's.
        let spot = seen.spots.iter().find(|spot| spot.what == Pointed::Panel(5)).cloned().unwrap();
        room.msg(Msg::Drawn(seen));
        room.msg(Msg::Mouse(Mouse { kind: MouseKind::Press, column: spot.x + 2, row: spot.y + 1 }));
    }
    assert_eq!(room.view(), &View::Desk);
    assert_eq!(room.model.desk().unwrap().at.scene, 2);
}
