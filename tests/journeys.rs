//! Journeys through the application by keys, without terminal, disk or model: what reaches the disk, in which order, and
//! what the screen may show before it has.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a step that fails is a test that fails")]

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use slateboard::app::model::Model;
use slateboard::app::msg::{Clip, Draft, Effect, EngineNews, Epoch, Failure, Left, Msg, Opening, StoreNews};
use slateboard::app::now::Now;
use slateboard::app::proposals::{Ask, Proposal};
use slateboard::app::update;
use slateboard::board::{Entry, Kind, Line, Scene, Storyboard, Take, Text, Verdict};
use slateboard::engine::draft;
use slateboard::ui::{self, Looks};
use slateboard::words::{Lexicon, Phrase};

/// The application, with what it asked to be done.
struct Desk {
    model: Model,
    asked: Vec<Effect>,
    at_ms: u64,
    looks: Looks,
}

impl Desk {
    fn open() -> Self {
        Self::open_with(board())
    }

    fn open_with(board: Storyboard) -> Self {
        Self::open_where_left(board, None)
    }

    fn open_where_left(board: Storyboard, left: Option<Left>) -> Self {
        let (model, _) = Model::new(Some("board.yaml".into()), Line::new("Anna").unwrap(), (80, 24));
        let mut desk = Self { model, asked: Vec::new(), at_ms: 1_000, looks: Looks::default() };
        desk.store(StoreNews::Opened {
            path: "board.yaml".into(),
            board: Box::new(board),
            read_only: false,
            unsaved: false,
            notices: Vec::new(),
            left,
        });
        desk
    }

    fn say(&self, phrase: Phrase) -> String {
        Lexicon::english().say(&phrase)
    }

    /// The last word to the person.
    fn said(&self) -> String {
        self.model.notice.as_ref().map(|notice| self.say(notice.words.clone())).unwrap_or_default()
    }

    fn msg(&mut self, msg: Msg) {
        self.at_ms += 1;
        let now = Now { at_ms: self.at_ms, chance: self.at_ms * 7 };
        self.asked.extend(update(&mut self.model, now, msg));
    }

    fn store(&mut self, news: StoreNews) {
        self.msg(Msg::Store(news));
    }

    fn keys(&mut self, keys: &str) {
        for key in keys.split(' ') {
            self.msg(Msg::Key(key.parse().unwrap()));
        }
    }

    /// The verdict that was sent to the disk last; the disk says it has it.
    fn disk_has_the_verdict(&mut self) -> Verdict {
        let sent = self.asked.iter().rev().find_map(|effect| match effect {
            Effect::Judge(feedback, _) => Some((**feedback).clone()),
            _ => None,
        });
        let feedback = sent.expect("a verdict was sent");
        let verdict = feedback.verdict;
        self.store(StoreNews::Judged(Box::new(feedback)));
        verdict
    }

    /// What the model was asked to propose last; it answers with this.
    fn model_proposes(&mut self, list: Vec<Proposal>) -> Ask {
        let Some(Effect::Propose { epoch, ask, .. }) = self.asked.last().cloned() else {
            panic!("nothing was asked: {:?}", self.asked.last());
        };
        self.msg(Msg::Engine(epoch, EngineNews::Proposing(list.iter().take(1).cloned().collect())));
        self.msg(Msg::Engine(epoch, EngineNews::Proposed(list)));
        ask
    }

    fn board(&self) -> &Storyboard {
        &self.model.desk().unwrap().board
    }

    /// The take on the stage.
    fn shown(&self) -> String {
        self.model.whole_take().unwrap().id.to_string()
    }

    fn scene(&self) -> &Scene {
        self.model.desk().unwrap().scene().unwrap()
    }

    fn screen(&self) -> String {
        let (columns, rows) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal
            .draw(|frame| {
                ui::view(&self.model, &self.looks, frame);
            })
            .unwrap();
        terminal.backend().to_string()
    }
}

fn take(id: &str, action: &str) -> Take {
    let mut take = draft("", &Default::default());
    take.id = id.parse().unwrap();
    take.action = Text::new(action).unwrap();
    take
}

fn board() -> Storyboard {
    let scene = Scene {
        id: "01J9Z0V5W6M4QK3T8E2C7R1XNB".parse().unwrap(),
        number: Line::new("1").unwrap(),
        heading: Line::new("EXT. SHORE - DAWN").unwrap(),
        brief: Text::new("She finds the bottle.").unwrap(),
        takes: vec![take("01J9Z0W1F3V7C2P5K8D4H6T9SA", "She kneels."), take("01J9Z0W1F3V7C2P5K8D4H6T9SB", "She runs.")],
        ..Scene::default()
    };
    Storyboard { title: Line::new("The Keeper").unwrap(), scenes: vec![scene], ..Storyboard::default() }
}

#[test]
fn a_verdict_shows_as_taken_only_once_it_is_on_disk() {
    let mut desk = Desk::open();
    desk.keys("h a");
    assert_eq!(desk.scene().picked, None, "the disk has not answered yet");
    assert_eq!(desk.disk_has_the_verdict(), Verdict::Accept);
    assert_eq!(desk.scene().picked, Some(desk.scene().takes[0].id));
}

#[test]
fn a_verdict_the_disk_refuses_changes_nothing_and_says_so() {
    let mut desk = Desk::open();
    desk.keys("r");
    desk.store(StoreNews::NotJudged("the disk is full".to_owned().into()));
    assert_eq!(desk.scene().takes.len(), 2);
    assert!(desk.screen().contains("the disk is full"), "{}", desk.screen());
}

#[test]
fn a_rejected_take_leaves_the_board_and_undo_brings_it_back_as_a_retraction() {
    let mut desk = Desk::open();
    desk.keys("h R 1");
    desk.disk_has_the_verdict();
    assert_eq!(desk.scene().takes.len(), 1);
    assert_eq!(desk.scene().takes[0].action, "She runs.");
    desk.keys("u");
    assert_eq!(desk.disk_has_the_verdict(), Verdict::Retract);
    assert_eq!(desk.scene().takes.len(), 2);
    assert_eq!(desk.scene().takes[0].action, "She kneels.");
    desk.keys("ctrl-r");
    assert_eq!(desk.disk_has_the_verdict(), Verdict::Reject);
    assert_eq!(desk.scene().takes.len(), 1);
}

#[test]
fn rejecting_the_last_take_of_the_model_asks_for_the_next_ones() {
    let mut desk = Desk::open();
    desk.keys("g");
    let Some(Effect::Generate { epoch, .. }) = desk.asked.last().cloned() else { panic!("{:?}", desk.asked) };
    let by_model = |id: &str| {
        let mut take = take(id, "She swims.");
        take.provenance.origin = slateboard::board::Origin::Model;
        take
    };
    let whole = vec![by_model("01J9Z0W1F3V7C2P5K8D4H6T9SC"), by_model("01J9Z0W1F3V7C2P5K8D4H6T9SD")];
    desk.msg(Msg::Engine(epoch, EngineNews::Done { takes: whole, left_out: Vec::new() }));
    let asked = |desk: &Desk| desk.asked.iter().filter(|effect| matches!(effect, Effect::Generate { .. })).count();
    desk.keys("r");
    desk.disk_has_the_verdict();
    assert_eq!(asked(&desk), 1, "another take of the model is still to be judged");
    desk.keys("r");
    assert_eq!(asked(&desk), 1, "the verdict is not on disk yet");
    desk.disk_has_the_verdict();
    assert_eq!(asked(&desk), 2);
    assert_eq!(desk.scene().takes.len(), 2, "those a person wrote stay");
}

/// A board whose one scene has takes of the model: the camera of the last one moves, of the others it holds still.
fn board_of_still_takes_and_a_moving_one() -> Storyboard {
    let by_model = |id: &str, camera: &str| {
        let shots = format!("{{shots: [{{size: wide, move: {camera}, seconds: 4}}]}}");
        let mut take = Take { shots: serde_yaml::from_str::<Take>(&shots).unwrap().shots, ..take(id, "She swims.") };
        take.provenance.origin = slateboard::board::Origin::Model;
        take
    };
    let mut board = board();
    board.scenes[0].takes = vec![
        by_model("01J9Z0W1F3V7C2P5K8D4H6T9SC", "static"),
        by_model("01J9Z0W1F3V7C2P5K8D4H6T9SD", "static"),
        by_model("01J9Z0W1F3V7C2P5K8D4H6T9SE", "pan-left"),
    ];
    board
}

#[test]
fn a_take_that_the_reason_just_given_speaks_against_is_not_the_next_one_shown() {
    let mut desk = Desk::open_with(board_of_still_takes_and_a_moving_one());
    desk.keys("h R 5");
    desk.disk_has_the_verdict();
    assert_eq!(desk.shown(), "01J9Z0W1F3V7C2P5K8D4H6T9SE");
    assert_eq!(desk.scene().takes.len(), 2, "the other still one stays");
    let asked = |desk: &Desk| desk.asked.iter().filter(|effect| matches!(effect, Effect::Generate { .. })).count();
    assert_eq!(asked(&desk), 0, "one that moves is left to judge");
    desk.keys("R 5");
    desk.disk_has_the_verdict();
    assert_eq!(asked(&desk), 1, "none is left that moves as it should: new ones are written");
}

#[test]
fn a_take_that_heeds_the_reason_is_found_before_the_rejected_one_too() {
    let mut board = board_of_still_takes_and_a_moving_one();
    board.scenes[0].takes.rotate_right(1);
    let mut desk = Desk::open_with(board);
    desk.keys("R 5");
    desk.disk_has_the_verdict();
    assert_eq!(desk.shown(), "01J9Z0W1F3V7C2P5K8D4H6T9SE");
}

#[test]
fn a_review_goes_on_with_takes_that_heed_the_reason_just_given() {
    let mut desk = Desk::open_with(board_of_still_takes_and_a_moving_one());
    desk.keys("v r 5");
    desk.disk_has_the_verdict();
    assert_eq!(desk.shown(), "01J9Z0W1F3V7C2P5K8D4H6T9SE");
    desk.keys("r");
    desk.disk_has_the_verdict();
    assert_eq!(desk.shown(), "01J9Z0W1F3V7C2P5K8D4H6T9SD", "the other one has its turn too");
}

#[test]
fn keys_pressed_while_a_verdict_is_on_its_way_wait_for_it() {
    let mut desk = Desk::open();
    desk.keys("h r d");
    assert_eq!(desk.model.desk().unwrap().board.scenes.len(), 1, "the copy waits");
    desk.disk_has_the_verdict();
    let scenes = &desk.model.desk().unwrap().board.scenes;
    assert_eq!(scenes.len(), 2);
    assert_eq!(scenes[1].takes.len(), 1, "the copy is of the scene after the verdict");
}

#[test]
fn takes_stream_where_they_will_stand_and_enter_the_board_as_one_step() {
    let mut desk = Desk::open();
    desk.keys("g");
    let Some(Effect::Generate { epoch, ids, seeds, .. }) = desk.asked.last().cloned() else {
        panic!("nothing was asked for: {:?}", desk.asked);
    };
    assert_eq!(ids.len(), seeds.len());
    desk.msg(Msg::Engine(epoch, EngineNews::Growing(0, take("01J9Z0W1F3V7C2P5K8D4H6T9SC", "She swims"))));
    assert!(desk.screen().contains("She swims"), "{}", desk.screen());
    let whole =
        vec![take("01J9Z0W1F3V7C2P5K8D4H6T9SC", "She swims out."), take("01J9Z0W1F3V7C2P5K8D4H6T9SD", "She waits.")];
    desk.msg(Msg::Engine(epoch, EngineNews::Done { takes: whole, left_out: Vec::new() }));
    assert_eq!(desk.scene().takes.len(), 4);
    assert!(desk.screen().contains("She swims out."), "{}", desk.screen());
    desk.keys("u");
    assert_eq!(desk.scene().takes.len(), 2);
}

#[test]
fn an_answer_to_a_stopped_job_is_dropped() {
    let mut desk = Desk::open();
    desk.keys("g");
    let Some(Effect::Generate { epoch, .. }) = desk.asked.last().cloned() else { panic!("nothing was asked for") };
    desk.keys("esc");
    assert_eq!(desk.asked.last(), Some(&Effect::Cancel));
    desk.msg(Msg::Engine(epoch, EngineNews::Failed(Failure::Stopped)));
    let late = vec![take("01J9Z0W1F3V7C2P5K8D4H6T9SC", "Too late.")];
    desk.msg(Msg::Engine(epoch, EngineNews::Done { takes: late, left_out: Vec::new() }));
    assert_eq!(desk.scene().takes.len(), 2);
}

#[test]
fn an_engine_that_died_is_said_and_everything_stays() {
    let mut desk = Desk::open();
    desk.keys("g");
    let Some(Effect::Generate { epoch, .. }) = desk.asked.last().cloned() else { panic!("nothing was asked for") };
    desk.msg(Msg::Engine(epoch, EngineNews::Failed(Failure::Died("signal 9".to_owned().into()))));
    assert!(desk.screen().contains("signal 9"), "{}", desk.screen());
    assert_eq!(desk.scene().takes.len(), 2);
    desk.keys("g");
    assert!(matches!(desk.asked.last(), Some(Effect::Generate { .. })), "g starts it again");
}

#[test]
fn an_engine_that_died_while_it_was_warmed_up_leaves_what_was_asked_since() {
    let mut desk = Desk::open();
    desk.keys("g");
    let Some(Effect::Generate { epoch, .. }) = desk.asked.last().cloned() else { panic!("nothing was asked for") };
    desk.msg(Msg::Engine(Epoch(epoch.0 - 1), EngineNews::Failed(Failure::Died("signal 9".to_owned().into()))));
    let takes = vec![take("01J9Z0W1F3V7C2P5K8D4H6T9SC", "She sings.")];
    desk.msg(Msg::Engine(epoch, EngineNews::Done { takes, left_out: Vec::new() }));
    assert_eq!(desk.scene().takes.len(), 3, "the engine that was started in its place has written them");
}

#[test]
fn whoever_leaves_waits_for_the_save_that_holds_everything() {
    let mut desk = Desk::open();
    desk.keys("d w d q");
    let saves: Vec<u64> = desk
        .asked
        .iter()
        .filter_map(|effect| if let Effect::Save(_, made) = effect { Some(*made) } else { None })
        .collect();
    assert_eq!(saves, [1, 2]);
    desk.store(StoreNews::Saved(1));
    assert!(!desk.asked.contains(&Effect::Quit), "an edit is not in it");
    desk.store(StoreNews::Saved(2));
    assert_eq!(desk.asked.last(), Some(&Effect::Quit));
}

#[test]
fn quitting_saves_first_and_stays_where_that_fails() {
    let mut desk = Desk::open();
    desk.keys("d q");
    let Some(Effect::Save(_, made)) = desk.asked.last().cloned() else { panic!("nothing was saved") };
    desk.store(StoreNews::NotSaved("the disk is full".to_owned().into()));
    assert!(!desk.asked.contains(&Effect::Quit));
    desk.keys("q");
    desk.store(StoreNews::Saved(made));
    assert_eq!(desk.asked.last(), Some(&Effect::Quit));
}

#[test]
fn an_edit_of_what_the_model_wrote_is_told_to_taste_as_it_is_made_and_undone() {
    let lessons = |desk: &Desk| -> Vec<(String, usize)> {
        let learnt = desk.asked.iter().filter_map(|effect| match effect {
            Effect::Learn(record) if record.verdict == Verdict::Edit => Some(&record.take),
            _ => None,
        });
        learnt.map(|take| (take.action.to_string(), take.provenance.edited.len())).collect()
    };
    let mut board = board();
    board.scenes[0].takes[0].provenance.origin = slateboard::board::Origin::Model;
    let mut desk = Desk::open_with(board);
    desk.keys("h t 5 ctrl-u I t space r a i n s . ctrl-s");
    assert_eq!(lessons(&desk), [("It rains.".to_owned(), 1)]);
    desk.keys("u");
    assert_eq!(lessons(&desk)[1..], [("She kneels.".to_owned(), 0)]);
    desk.keys("l t 5 ctrl-u N o . ctrl-s");
    assert_eq!(desk.scene().takes[1].action, "No.");
    assert_eq!(lessons(&desk).len(), 2, "the second take is a person's own");
}

#[test]
fn a_jump_through_the_history_tells_of_an_edit_and_of_a_verdict_in_two_records() {
    let mut board = board();
    board.scenes[0].takes[0].provenance.origin = slateboard::board::Origin::Model;
    let mut desk = Desk::open_with(board);
    desk.keys("h t 5 ctrl-u I t space r a i n s . ctrl-s r 1");
    desk.disk_has_the_verdict();
    for way in ["v h k k enter", "j j enter"] {
        desk.keys(way);
        desk.disk_has_the_verdict();
    }
    let told = desk.asked.iter().filter_map(|effect| match effect {
        Effect::Learn(record) | Effect::Judge(record, _) => Some(record.id),
        _ => None,
    });
    let told: Vec<_> = told.collect();
    let mut sorted = told.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(told.len(), 6, "done, undone, done again");
    assert_eq!(told, sorted, "one id each, in the order in which they were made");
}

#[test]
fn a_key_that_means_nothing_behind_another_is_no_key_of_the_board() {
    let mut desk = Desk::open();
    let before = desk.board().clone();
    for keys in ["v x", "v d", "y x", "y q"] {
        desk.asked.clear();
        desk.keys(keys);
        assert_eq!(*desk.board(), before, "{keys}");
        assert!(desk.asked.is_empty() && desk.model.pending.is_empty(), "{keys}: {:?}", desk.asked);
    }
}

#[test]
fn what_cannot_be_done_here_is_named_as_the_board_knows_it() {
    let mut desk = Desk::open();
    desk.keys("v s a");
    assert!(desk.screen().contains("“accept” does nothing here now"), "{}", desk.screen());
    desk.keys("esc g j g");
    assert!(desk.screen().contains("takes are being written: esc stops them"), "{}", desk.screen());
}

#[test]
fn a_heading_that_is_edited_stands_over_what_the_picked_take_proposed() {
    let mut board = board();
    board.scenes[0].takes[0].heading = Some(Line::new("INT. CAVE - NIGHT").unwrap());
    board.scenes[0].picked = Some(board.scenes[0].takes[0].id);
    let mut desk = Desk::open_with(board);
    desk.keys("t 1 end ! enter");
    let scene = desk.scene();
    assert_eq!(
        (scene.current_heading().as_str(), scene.heading.as_str()),
        ("INT. CAVE - NIGHT!", "INT. CAVE - NIGHT!")
    );
    desk.keys("u");
    assert_eq!(desk.scene().current_heading().as_str(), "INT. CAVE - NIGHT");
}

#[test]
fn two_takes_stay_two_and_the_better_one_is_accepted_where_they_are_compared() {
    let mut desk = Desk::open();
    desk.keys("v c");
    let sides = |desk: &Desk| {
        let screen = desk.screen();
        let title = |at: usize| screen.find(&format!("1 · take {at}")).unwrap();
        title(1) < title(2)
    };
    assert!(sides(&desk), "the take before stands on the left");
    for key in ["tab", "l", "h"] {
        desk.keys(key);
        assert!(sides(&desk), "there is no third that {key} could show");
        assert_eq!(desk.said(), "there is no other take to compare with");
    }
    desk.keys("x");
    assert!(!sides(&desk));
    desk.keys("r");
    desk.disk_has_the_verdict();
    assert!(desk.screen().contains("Takes"), "one take alone is on the stage: {}", desk.screen());
    desk.keys("u");
    desk.disk_has_the_verdict();
    desk.keys("v c a");
    assert_eq!(desk.disk_has_the_verdict(), Verdict::Accept);
    assert!(desk.screen().contains("✓"), "{}", desk.screen());
}

#[test]
fn a_log_of_verdicts_tells_takes_of_one_number_apart() {
    let mut desk = Desk::open();
    desk.keys("h r");
    desk.disk_has_the_verdict();
    let first = desk.said();
    desk.keys("r");
    desk.disk_has_the_verdict();
    assert_ne!(desk.said(), first);
    assert!(first.starts_with("rejected “She kneels.” (take 1"), "{first}");
}

#[test]
fn what_a_scene_keeps_and_allows_is_edited_as_text_and_nonsense_is_refused_in_words() {
    let mut desk = Desk::open();
    let edit = |desk: &mut Desk, name: &str, words: &str| {
        desk.keys("t");
        let targets = slateboard::app::texts::targets(&desk.model);
        let at = targets.iter().position(|target| desk.say(target.name()).contains(name)).unwrap();
        (0..at).for_each(|_| desk.keys("j"));
        desk.keys("enter ctrl-u");
        desk.keys(&type_words(words));
        desk.keys("enter");
    };
    edit(&mut desk, "parts the model keeps", "dialogue, action");
    let kept: Vec<String> = desk.scene().locked.iter().map(ToString::to_string).collect();
    assert_eq!(kept, ["dialogue", "action"]);
    edit(&mut desk, "newcomers", "2");
    assert_eq!(desk.scene().newcomers, 2);
    desk.model.settings.styles = vec!["pencil".into(), "ink".into()];
    edit(&mut desk, "where not the board's", "ink");
    assert_eq!(desk.scene().style.as_deref(), Some("ink"));
    edit(&mut desk, "newcomers", "many");
    assert_eq!(desk.said(), "newcomers are a number from 0 to 9");
    desk.keys("esc d");
    edit(&mut desk, "parts the model keeps", "dialog");
    assert!(desk.said().starts_with("dialog is no part of a take"), "{}", desk.said());
    desk.keys("esc d");
    edit(&mut desk, "parts the model keeps", "shots.9");
    assert_eq!(desk.said(), "no take of this scene has shots.9");
    desk.keys("esc d");
    edit(&mut desk, "length", "0");
    assert!(desk.said().starts_with("a scene's length"), "{}", desk.said());
    desk.keys("esc d d");
    edit(&mut desk, "scene number", "1");
    assert_eq!(desk.said(), "there is a scene 1 already");
    desk.keys("esc d u u u u");
    let scene = desk.scene();
    assert_eq!((scene.locked.len(), scene.newcomers, scene.style.as_ref()), (0, 0, None));
}

#[test]
fn a_change_at_the_end_of_a_long_text_is_said_with_its_own_words() {
    let mut desk = Desk::open();
    desk.keys("e");
    desk.keys(&type_words(" Then, because the tide is coming in, she climbs the rocks with it under her arm."));
    desk.keys("ctrl-s e");
    desk.keys(&type_words(" A gull follows."));
    desk.keys("ctrl-s");
    assert_eq!(desk.said(), "edited the brief of scene 1: … A gull follows.");
}

#[test]
fn in_a_review_the_keys_of_other_views_do_nothing_by_halves() {
    let mut desk = Desk::open();
    desk.keys("v e v r");
    assert!(!desk.asked.iter().any(|effect| matches!(effect, Effect::Judge(..))), "nothing was rejected");
    assert!(desk.said().ends_with("does nothing here now"), "{}", desk.said());
    desk.keys("r");
    assert_eq!(desk.disk_has_the_verdict(), Verdict::Reject);
}

#[test]
fn what_undo_takes_off_the_stage_leaves_another_take_there() {
    let mut desk = Desk::open();
    desk.keys("g");
    let Some(Effect::Generate { epoch, .. }) = desk.asked.last().cloned() else { panic!("{:?}", desk.asked) };
    let takes = vec![take("01J9Z0W1F3V7C2P5K8D4H6T9SC", "She swims.")];
    desk.msg(Msg::Engine(epoch, EngineNews::Done { takes, left_out: Vec::new() }));
    assert!(desk.shown().ends_with("SC"));
    desk.keys("u");
    assert!(desk.shown().ends_with("SB"));
}

#[test]
fn history_and_log_are_paged_through() {
    let mut desk = Desk::open();
    for _ in 0..60 {
        desk.keys("d");
    }
    desk.keys("v h home");
    assert!(desk.screen().contains("as it was opened") || desk.screen().contains("   0  "), "{}", desk.screen());
    desk.keys("pgdn");
    assert!(!desk.screen().contains("   0  ") || desk.screen().contains("  20  "), "{}", desk.screen());
    desk.keys("G");
    assert!(desk.screen().contains("  60  "), "{}", desk.screen());
    desk.keys("esc v l G");
    assert!(desk.screen().contains('↑'), "{}", desk.screen());
}

#[test]
fn a_longer_way_through_the_history_is_said_as_one() {
    let mut desk = Desk::open();
    desk.keys("d d d v h k k enter");
    assert_eq!(desk.said(), "went back over 2 steps");
    assert_eq!(desk.board().scenes.len(), 2);
    desk.keys("j j enter");
    assert_eq!(desk.said(), "did 2 steps again");
}

#[test]
fn what_is_in_the_journal_is_no_longer_called_unsaved() {
    let mut desk = Desk::open();
    desk.keys("d");
    assert!(desk.screen().contains(" unsaved") && !desk.screen().contains("kept"), "{}", desk.screen());
    desk.store(StoreNews::Recorded);
    assert!(desk.screen().contains("kept, unsaved"), "{}", desk.screen());
}

#[test]
fn what_was_being_written_when_the_program_ended_is_said_at_the_next_start() {
    let mut desk = Desk::open();
    desk.keys("g");
    let (_, left) = slateboard::app::keeping::left(&desk.model).unwrap();
    assert_eq!(left.cut_off, Some(desk.scene().id));
    let mut next = Desk::open_where_left(board(), Some(left));
    assert_eq!(next.said(), "takes of scene 1 were being written when the program ended: g there asks for them again");
    next.keys("j");
}

#[test]
fn what_stood_in_the_editor_comes_back_where_it_was_and_only_to_whoever_wrote_it() {
    let drafted = |keys: &str, typed: &str, then: &[&str]| {
        let mut desk = Desk::open();
        desk.keys(keys);
        desk.keys(&type_words(typed));
        then.iter().for_each(|keys| desk.keys(keys));
        desk.msg(Msg::HangUp);
        let kept = desk.asked.iter().rev().find_map(|effect| match effect {
            Effect::KeepDraft(Some(draft)) => Some((**draft).clone()),
            _ => None,
        });
        (kept.unwrap(), desk.board().clone())
    };
    let back =
        |draft: &Draft| Desk::open_where_left(board(), Some(Left { draft: Some(draft.clone()), ..Left::default() }));
    // Half a line of dialogue, which no take has yet.
    let (draft, board) = drafted("h t 6", "NIL", &[]);
    assert_eq!(board.scenes[0].takes[0].dialogue.len(), 0, "nothing was changed that nobody kept");
    let mut desk = back(&draft);
    assert!(desk.screen().contains("NIL") && desk.screen().contains("Edit the dialogue"), "{}", desk.screen());
    assert_eq!(desk.model.desk().unwrap().at.take, 0, "of the take it was written for");
    desk.keys(&type_words("S: Hello."));
    desk.keys("ctrl-s");
    assert_eq!(desk.scene().takes[0].dialogue[0].line, "Hello.");
    assert!(desk.asked.contains(&Effect::KeepDraft(None)), "it is kept no longer");
    // A reason, which is a verdict once it is given.
    let (draft, _) = drafted("R o", "no gull in ", &[]);
    let mut desk = back(&draft);
    desk.keys(&type_words("it"));
    desk.keys("enter");
    assert_eq!(desk.disk_has_the_verdict(), Verdict::Reject);
    assert!(desk.said().contains("no gull in it"), "{}", desk.said());
    // A note, half written or waiting for its verdict, is in a review of its take again.
    for then in [&[][..], &["enter"]] {
        let (draft, _) = drafted("v e l n", "the hands", then);
        let mut desk = back(&draft);
        assert!(desk.screen().contains("Review"), "{}", desk.screen());
        desk.keys("enter r");
        desk.disk_has_the_verdict();
        assert!(desk.said().contains("the hands"), "{}", desk.said());
    }
    let (draft, _) = drafted("v e n", "the hands", &[]);
    // Where a scene waits for takes, such a review asks for them like any other.
    let mut longer = self::board();
    let next =
        Scene { id: "01J9Z0V5W6M4QK3T8E2C7R1XNC".parse().unwrap(), takes: Vec::new(), ..longer.scenes[0].clone() };
    longer.scenes.push(next);
    let desk = Desk::open_where_left(longer, Some(Left { draft: Some(draft.clone()), ..Left::default() }));
    assert!(desk.asked.iter().any(|effect| matches!(effect, Effect::Generate { .. })), "{:?}", desk.asked);
    // A take that is gone cannot be judged any more.
    let mut shorter = self::board();
    shorter.scenes[0].takes.clear();
    let (reason, _) = drafted("R o", "no gull", &[]);
    for gone in [&draft, &reason] {
        let left = Left { draft: Some(gone.clone()), ..Left::default() };
        let desk = Desk::open_where_left(shorter.clone(), Some(left));
        assert!(desk.said().ends_with(&gone.words) && !desk.screen().contains("Edit the"), "{}", desk.screen());
        assert!(desk.asked.contains(&Effect::Copy(Clip::Text(gone.words.clone()))));
    }
    // Somebody else's words are left for them.
    let other = Draft { reviewer: Line::new("Bo").unwrap(), ..draft };
    let desk = back(&other);
    assert!(!desk.screen().contains("the hands") && !desk.asked.contains(&Effect::KeepDraft(None)));
}

#[test]
fn a_board_held_here_is_taken_over_and_one_held_elsewhere_cannot_be() {
    for (can_be_taken_over, wanted) in [(true, Some(Opening::TakeOver)), (false, None)] {
        let mut desk = Desk::open();
        let holder = "Anna (process 7)".to_owned().into();
        desk.store(StoreNews::Held { path: "board.yaml".into(), holder, can_be_taken_over });
        assert_eq!(desk.screen().contains("let the program that has it"), can_be_taken_over, "{}", desk.screen());
        desk.asked.clear();
        desk.keys("t");
        let opened = desk.asked.iter().find_map(|effect| match effect {
            Effect::Open(_, how) => Some(*how),
            _ => None,
        });
        assert_eq!(opened, wanted);
    }
}

#[test]
fn a_text_does_not_end_with_the_line_that_enter_began() {
    let mut desk = Desk::open();
    desk.keys("e end ! enter enter ctrl-s");
    assert!(desk.scene().brief.ends_with('!'));
}

#[test]
fn an_edited_heading_is_kept_by_the_model_from_then_on() {
    let mut desk = Desk::open();
    desk.keys("t 1 ctrl-u I N T . space H U T enter");
    assert_eq!(desk.scene().heading, "INT. HUT");
    assert_eq!(desk.scene().locked, [slateboard::board::Lock::Field(slateboard::board::Field::Heading)]);
    desk.keys("u");
    assert_eq!(desk.scene().heading, "EXT. SHORE - DAWN");
    assert!(desk.scene().locked.is_empty());
}

fn entry(kind: Kind, name: &str) -> Proposal {
    Proposal::Entry { kind, entry: Entry { name: Line::new(name).unwrap(), ..Entry::default() } }
}

fn brief(words: &str) -> Proposal {
    Proposal::Scene { heading: Line::default(), brief: Text::new(words).unwrap() }
}

fn type_words(words: &str) -> String {
    words.chars().map(|c| if c == ' ' { "space".to_owned() } else { c.to_string() }).collect::<Vec<_>>().join(" ")
}

#[test]
fn an_empty_board_grows_from_its_logline_by_accepted_proposals_alone() {
    let mut desk = Desk::open_with(Storyboard::default());
    desk.keys("p");
    assert!(desk.screen().contains("story in a sentence"), "{}", desk.screen());
    desk.keys(&format!("{} ctrl-s p", type_words("A keeper finds a message.")));
    assert_eq!(desk.board().logline, "A keeper finds a message.");

    let proposed = vec![entry(Kind::Character, "MARA"), entry(Kind::Place, "SHORE"), entry(Kind::Prop, "BOTTLE")];
    assert_eq!(desk.model_proposes(proposed), Ask::Bible);
    assert!(desk.board().bible.characters.is_empty(), "nothing enters the board by itself");
    desk.keys("e t a l l ctrl-s a r a");
    let bible = &desk.board().bible;
    assert_eq!((bible.characters[0].name.as_str(), bible.characters[0].look.as_str()), ("MARA", "tall"));
    assert!(bible.places.is_empty());
    assert_eq!(bible.props[0].name, "BOTTLE");

    let asked = desk.model_proposes(vec![brief("She finds it."), brief("She reads it."), brief("She waits.")]);
    assert_eq!(asked, Ask::Scenes { count: 6, at: 0 }, "the scenes are asked for once the bible is decided");
    desk.keys("j r A");
    let scenes: Vec<(&str, &str)> =
        desk.board().scenes.iter().map(|scene| (scene.number.as_str(), scene.brief.as_str())).collect();
    assert_eq!(scenes, [("1", "She finds it."), ("2", "She waits.")]);

    desk.keys("p");
    assert_eq!(desk.model_proposes(vec![brief("Night.")]), Ask::Scenes { count: 1, at: 2 });
    desk.keys("esc");
    assert_eq!(desk.board().scenes.len(), 2, "what was not accepted is left out");
    desk.keys("u u");
    assert!(desk.board().scenes.is_empty());
}

#[test]
fn a_gap_between_two_scenes_is_filled_where_it_is() {
    let mut desk = Desk::open();
    desk.keys("d k p");
    let asked = desk.model_proposes(vec![entry(Kind::Character, "MARA"), entry(Kind::Place, "SHORE")]);
    assert_eq!(asked, Ask::Bible);
    desk.keys("A");
    assert_eq!(desk.model_proposes(vec![brief("Between.")]), Ask::Scenes { count: 1, at: 1 });
    desk.keys("enter");
    let numbers: Vec<&str> = desk.board().scenes.iter().map(|scene| scene.number.as_str()).collect();
    assert_eq!(numbers, ["1", "1A", "2"]);
    assert_eq!(desk.scene().brief, "Between.", "the new scene is shown");
}

#[test]
fn a_proposal_whose_name_is_taken_stays_and_says_why() {
    let mut desk = Desk::open_with(Storyboard { logline: Text::new("A story.").unwrap(), ..Storyboard::default() });
    desk.keys("p");
    desk.model_proposes(vec![entry(Kind::Character, "MARA"), entry(Kind::Place, "Mara"), entry(Kind::Prop, "BOTTLE")]);
    desk.keys("A");
    assert_eq!(desk.board().bible.props.len(), 1);
    assert!(desk.board().bible.places.is_empty());
    assert!(desk.screen().contains("names are unique"), "{}", desk.screen());
}

#[test]
fn proposals_can_be_stopped_and_a_late_answer_is_dropped() {
    let mut desk = Desk::open_with(Storyboard { logline: Text::new("A story.").unwrap(), ..Storyboard::default() });
    desk.keys("p");
    let Some(Effect::Propose { epoch, .. }) = desk.asked.last().cloned() else { panic!("nothing was asked") };
    desk.keys("esc");
    assert_eq!(desk.asked.last(), Some(&Effect::Cancel));
    desk.msg(Msg::Engine(epoch, EngineNews::Failed(Failure::Stopped)));
    desk.msg(Msg::Engine(epoch, EngineNews::Proposed(vec![brief("Too late.")])));
    assert!(desk.board().scenes.is_empty());
    assert!(!desk.screen().contains("Too late"), "{}", desk.screen());
}

#[test]
fn a_scene_is_split_before_a_shot_and_undo_makes_it_whole() {
    let mut board = board();
    let shot = r#"{"shots": [{"size": "wide", "angle": "eye", "move": "static", "seconds": 3, "description": "A."},
        {"size": "close", "angle": "eye", "move": "static", "seconds": 2, "description": "B."},
        {"size": "full", "angle": "eye", "move": "static", "seconds": 4, "description": "C."}]}"#;
    board.scenes[0].takes[1].shots = draft(shot, &Default::default()).shots;
    let mut desk = Desk::open_with(board);
    desk.keys("S j");
    assert!(desk.screen().contains("a new scene begins"), "{}", desk.screen());
    desk.keys("enter");
    let scenes = &desk.board().scenes;
    assert_eq!(scenes.iter().map(|scene| scene.number.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(scenes[0].takes[1].shots.len(), 2);
    assert_eq!(scenes[1].takes[0].shots[0].description, "C.");
    desk.keys("u");
    assert_eq!(desk.board().scenes.len(), 1);
    assert_eq!(desk.scene().takes[1].shots.len(), 3);
}

#[test]
fn a_scene_without_shots_is_split_in_its_brief_at_the_cursor() {
    let mut board = board();
    board.scenes[0].brief = Text::new("She finds the bottle. She reads it.").unwrap();
    let mut desk = Desk::open_with(board);
    desk.keys("S alt-enter");
    assert_eq!(desk.board().scenes.len(), 1, "the cursor is at the end: nothing would be left");
    desk.keys("home ctrl-right ctrl-right ctrl-right ctrl-right alt-enter");
    let briefs: Vec<&str> = desk.board().scenes.iter().map(|scene| scene.brief.as_str()).collect();
    assert_eq!(briefs, ["She finds the bottle.", "She reads it."]);
    assert_eq!(desk.board().scenes[0].takes.len(), 2, "the takes stay with the first");
    assert!(desk.board().scenes[1].takes.is_empty());
    desk.keys("u");
    assert_eq!(desk.scene().brief, "She finds the bottle. She reads it.");
}

#[test]
fn the_screen_holds_at_every_size() {
    let mut desk = Desk::open();
    for overlay in ["esc", "?", "R", "t", "e", "S", "p"] {
        desk.keys(overlay);
        for columns in (1..=120).step_by(7) {
            for rows in (1..=60).step_by(5) {
                desk.msg(Msg::Resize(columns, rows));
                desk.screen();
            }
        }
        desk.msg(Msg::Resize(80, 24));
        desk.keys("esc");
    }
}
