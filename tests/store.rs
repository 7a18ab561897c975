//! Boards on disk: what survives a crash, a second process, another program.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a step that fails is a test that fails")]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use slateboard::board::{
    BoardChange, Edit, Feedback, FeedbackId, Line, Provenance, Scene, SceneId, Storyboard, Take, TakeId, Text, Verdict,
};
use slateboard::store::{Access, BoardFile, Notice, OpenError, Opened, Saved, StoreError, yaml};
use tempfile::TempDir;
use ulid::Ulid;

/// A board on disk in a folder of its own.
struct Desk {
    folder: TempDir,
    path: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keeper.yaml");
        fs::write(&path, yaml::write(&board())).unwrap();
        Self { folder, path }
    }

    fn open(&self) -> Opened {
        BoardFile::open(&self.path, Access::Write).unwrap()
    }

    fn look(&self) -> Opened {
        BoardFile::open(&self.path, Access::ReadOnly).unwrap()
    }

    fn sidecar(&self) -> PathBuf {
        self.folder.path().join("keeper.slate")
    }

    fn journal(&self) -> PathBuf {
        self.sidecar().join("journal")
    }

    fn yaml(&self) -> Storyboard {
        yaml::read(&fs::read(&self.path).unwrap()).unwrap()
    }

    /// Names in the folder that begin and end so.
    fn named(&self, folder: &Path, start: &str) -> Vec<PathBuf> {
        let all = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
        all.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(start)).collect()
    }
}

fn line(words: &str) -> Line {
    Line::new(words).unwrap()
}

fn take(id: u128) -> Take {
    Take {
        id: TakeId::new(Ulid(id)),
        parent: None,
        heading: None,
        action: Text::new("MARA climbs.\nA bottle rolls.").unwrap(),
        dialogue: vec![],
        sound: Text::default(),
        shots: vec![],
        newcomers: vec![],
        provenance: Provenance::default(),
        extra: Default::default(),
    }
}

fn board() -> Storyboard {
    let scene = Scene { id: SceneId::new(Ulid(1)), takes: vec![take(2), take(3)], ..Scene::default() };
    Storyboard { title: line("The Keeper"), scenes: vec![scene], ..Storyboard::default() }
}

fn retitle(words: &str) -> Edit {
    Edit::Board(BoardChange::Title(line(words)))
}

fn rejection(id: u128) -> (Feedback, Edit) {
    let feedback = Feedback {
        id: FeedbackId::new(Ulid(id)),
        at_ms: 1,
        reviewer: line("Ana"),
        scene: SceneId::new(Ulid(1)),
        verdict: Verdict::Reject,
        reason: Some(line("too slow")),
        looked_ms: None,
        reading: None,
        edited_from: None,
        take: take(3),
        picked_before: None,
        index: 1,
    };
    (feedback, Edit::RemoveTake { scene: SceneId::new(Ulid(1)), take: TakeId::new(Ulid(3)) })
}

/// Applies an edit and records it, as the app does.
fn edit(opened: &mut Opened, edit: &Edit) {
    edit.apply(&mut opened.board).unwrap();
    opened.file.record(edit).unwrap();
}

#[test]
fn a_saved_board_is_read_back_and_leaves_nothing_but_itself() {
    let desk = Desk::new();
    let mut opened = desk.open();
    assert_eq!((&opened.board, &opened.notices[..]), (&board(), &[][..]));
    edit(&mut opened, &retitle("The Bottle"));
    assert!(opened.file.has_unsaved());
    assert_eq!(opened.file.save(&opened.board).unwrap(), Saved::Written);
    assert!(!opened.file.has_unsaved());
    drop(opened);
    assert_eq!(desk.yaml().title, "The Bottle");
    assert_eq!(fs::read_dir(desk.folder.path()).unwrap().count(), 1, "only the YAML is left");
}

#[test]
fn edits_that_were_not_saved_come_back_and_it_is_said() {
    let desk = Desk::new();
    let mut opened = desk.open();
    for title in ["One", "Two", "Three"] {
        edit(&mut opened, &retitle(title));
    }
    // What taste learns of an edit is kept with it and is none itself.
    let lesson = Feedback { verdict: Verdict::Edit, ..rejection(9).0 };
    opened.file.record_verdict(&lesson, &Edit::Together(Vec::new())).unwrap();
    drop(opened);
    assert_eq!(desk.yaml().title, "The Keeper");
    assert_eq!(desk.look().board.title, "Three", "a reader sees them too");
    for _ in 0..2 {
        let mut opened = desk.open();
        assert_eq!(opened.board.title, "Three");
        assert_eq!(opened.notices, [Notice::Replayed { edits: 3 }]);
        edit(&mut opened, &retitle("Three"));
        // Back to three: the second round sees the same.
        drop(opened);
        let kept = fs::read(desk.journal()).unwrap();
        let lines: Vec<_> = kept.split_inclusive(|&byte| byte == b'\n').collect();
        fs::write(desk.journal(), lines[..4].concat()).unwrap();
    }
    let mut opened = desk.open();
    let _ = opened.file.save(&opened.board).unwrap();
    drop(opened);
    assert_eq!((desk.yaml().title.as_str(), desk.open().notices), ("Three", vec![]));
}

#[test]
fn a_verdict_is_in_log_and_journal_before_it_returns() {
    let desk = Desk::new();
    let mut opened = desk.open();
    let (feedback, removal) = rejection(9);
    opened.file.record_verdict(&feedback, &removal).unwrap();
    drop(opened);
    let again = desk.open();
    assert_eq!(again.board.scenes[0].takes.len(), 1);
    assert_eq!(again.file.feedback().unwrap(), (vec![feedback.clone()], vec![]));
    drop(again);
    // A machine that loses its power may lose the log's last lines, and the journal makes them whole.
    fs::remove_dir_all(desk.sidecar().join("feedback")).unwrap();
    assert_eq!(desk.look().file.feedback().unwrap().0, std::slice::from_ref(&feedback));
    assert!(!desk.sidecar().join("feedback").exists(), "a reader writes nothing");
    let mut again = desk.open();
    let _ = again.file.save(&again.board).unwrap();
    drop(again);
    assert!(!desk.journal().exists());
    assert_eq!(desk.open().file.feedback().unwrap().0, [feedback]);
}

#[test]
fn a_reader_who_is_refused_a_verdict_leaves_the_writers_journal_alone() {
    let desk = Desk::new();
    let mut opened = desk.open();
    edit(&mut opened, &retitle("Ours"));
    let journal = fs::read(desk.journal()).unwrap();
    let (feedback, removal) = rejection(9);
    let refused = desk.look().file.record_verdict(&feedback, &removal);
    assert!(matches!(refused, Err(StoreError::ReadOnly { .. })));
    assert_eq!(fs::read(desk.journal()).unwrap(), journal);
}

#[test]
fn logs_of_several_sessions_merge_by_id_and_unreadable_lines_are_said_and_kept() {
    let desk = Desk::new();
    for id in [30, 10, 20] {
        let mut opened = desk.open();
        let (feedback, _) = rejection(id);
        opened.file.record_verdict(&feedback, &retitle("x")).unwrap();
    }
    let logs = desk.named(&desk.sidecar().join("feedback"), "");
    assert_eq!(logs.len(), 3);
    let damaged = [&fs::read(&logs[0]).unwrap()[..], b"{\"torn"].concat();
    fs::write(&logs[0], &damaged).unwrap();
    let (feedback, notices) = desk.look().file.feedback().unwrap();
    let ids: Vec<_> = feedback.iter().map(|record| record.id).collect();
    assert_eq!(ids, [10, 20, 30].map(|id| FeedbackId::new(Ulid(id))));
    let notice = Notice::UnreadableFeedback { file: logs[0].clone(), lines: 1 };
    assert_eq!((notices, fs::read(&logs[0]).unwrap()), (vec![notice], damaged));
}

#[test]
fn the_second_to_open_a_board_sees_who_holds_it_and_may_look_or_copy() {
    let desk = Desk::new();
    let mut first = desk.open();
    edit(&mut first, &retitle("Not saved yet"));
    let (feedback, removal) = rejection(9);
    first.file.record_verdict(&feedback, &removal).unwrap();
    removal.apply(&mut first.board).unwrap();
    let error = BoardFile::open(&desk.path, Access::Write).unwrap_err();
    let OpenError::Held { by, .. } = &error else { panic!("{error}") };
    assert_eq!(by.pid, std::process::id());
    assert!(by.since_ms > 0 && error.to_string().contains("less than a minute"), "{error}");
    assert_eq!(desk.look().board, first.board);
    let copy = BoardFile::free_copy_name(&desk.path);
    let copied = BoardFile::copy(&desk.path, &copy).unwrap();
    assert_eq!((&copied.board, copied.file.access()), (&first.board, Access::Write));
    assert_eq!(copied.file.feedback().unwrap().0, [feedback]);
    assert!(matches!(BoardFile::copy(&desk.path, &copy), Err(OpenError::Store(StoreError::Exists { .. }))));
    drop(first);
    desk.open();
}

#[test]
fn a_reader_writes_nothing_and_may_not_record() {
    let desk = Desk::new();
    let mut opened = desk.look();
    assert!(matches!(opened.file.record(&retitle("x")), Err(StoreError::ReadOnly { .. })));
    assert!(matches!(opened.file.save(&opened.board), Err(StoreError::ReadOnly { .. })));
    drop(opened);
    assert_eq!(fs::read_dir(desk.folder.path()).unwrap().count(), 1);
}

#[test]
fn a_place_that_cannot_be_written_names_reading_as_the_way() {
    let desk = Desk::new();
    // Root may write in any folder, so the test blocks the place of the sidecar itself.
    fs::write(desk.sidecar(), "in the way").unwrap();
    let error = BoardFile::open(&desk.path, Access::Write).unwrap_err();
    assert!(matches!(error, OpenError::NotWritable { .. }), "{error}");
    assert!(error.hint().unwrap().contains("read-only"));
    assert_eq!(desk.look().board, board());
}

#[test]
fn a_yaml_changed_by_another_program_is_kept_and_so_is_ours() {
    let desk = Desk::new();
    let mut opened = desk.open();
    edit(&mut opened, &retitle("Ours"));
    assert!(!opened.file.changed_outside().unwrap());
    fs::write(&desk.path, "slateboard: 1\ntitle: Theirs\n").unwrap();
    assert!(opened.file.changed_outside().unwrap());
    let Saved::Conflict { ours } = opened.file.save(&opened.board).unwrap() else { panic!("overwritten") };
    assert_eq!(desk.yaml().title, "Theirs");
    assert_eq!(yaml::read(&fs::read(&ours).unwrap()).unwrap(), opened.board);
    edit(&mut opened, &retitle("Ours, later"));
    let again = opened.file.save(&opened.board).unwrap();
    assert_eq!(again, Saved::Conflict { ours: ours.clone() }, "one conflict copy a session");
    drop(opened);
    let next = desk.open();
    assert_eq!((next.board.title.as_str(), &next.notices[..]), ("Theirs", &[][..]), "nothing waits any more");
    assert_eq!(desk.named(desk.folder.path(), "keeper.conflict-"), [ours]);
}

#[test]
fn a_yaml_changed_while_edits_waited_for_the_next_opening_keeps_both() {
    let desk = Desk::new();
    let mut opened = desk.open();
    edit(&mut opened, &retitle("Ours"));
    opened.file.settle().unwrap();
    drop(opened);
    fs::write(&desk.path, "slateboard: 1\ntitle: Theirs\n").unwrap();
    let looked = desk.look();
    assert_eq!((looked.board.title.as_str(), looked.notices), ("Theirs", vec![Notice::ForeignJournal]));
    let opened = desk.open();
    let ours = desk.named(desk.folder.path(), "keeper.conflict-").remove(0);
    assert_eq!(
        (opened.board.title.as_str(), opened.notices),
        ("Theirs", vec![Notice::Conflict { ours: ours.clone() }])
    );
    drop(opened.file);
    let kept = yaml::read(&fs::read(ours).unwrap()).unwrap();
    assert_eq!(kept, Storyboard { title: line("Ours"), ..board() });
    assert_eq!(desk.open().notices, []);
}

#[test]
fn a_journal_without_its_base_is_kept_aside_and_never_thrown_away() {
    let desk = Desk::new();
    let mut opened = desk.open();
    edit(&mut opened, &retitle("Ours"));
    // Killed before it was put beside the journal.
    drop(opened);
    let journal = fs::read(desk.journal()).unwrap();
    assert!(!desk.sidecar().join("base.yaml").exists());
    fs::write(&desk.path, "slateboard: 1\ntitle: Theirs\n").unwrap();
    let opened = desk.open();
    let [Notice::KeptAside { replayed: 0, rest: Some(rest) }] = &opened.notices[..] else {
        panic!("{:?}", opened.notices)
    };
    assert_eq!(fs::read(rest).unwrap(), journal);
}

#[test]
fn a_crash_between_the_rename_and_the_end_of_the_journal_replays_nothing_twice() {
    let desk = Desk::new();
    let mut opened = desk.open();
    let new = Edit::InsertScene { at: 0, scene: Box::new(Scene { id: SceneId::new(Ulid(7)), ..Scene::default() }) };
    edit(&mut opened, &new);
    let before = fs::read(desk.journal()).unwrap();
    // After the save the journal is put back as it was at the moment of the rename, its last mark included.
    let saved = opened.board.clone();
    let _ = opened.file.save(&saved).unwrap();
    drop(opened);
    let text = fs::read(&desk.path).unwrap();
    fs::create_dir_all(desk.sidecar()).unwrap();
    let mark = format!("{{\"saving\":{{\"sha256\":\"{}\"}}}}", sha256(&text));
    let mut journal = before;
    journal.extend(format!("{} {mark}\n", &sha256(mark.as_bytes())[..16]).bytes());
    fs::write(desk.journal(), &journal).unwrap();
    let opened = desk.open();
    assert_eq!((&opened.board, &opened.notices[..], opened.file.has_unsaved()), (&saved, &[][..], false));
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_damaged_journal_is_replayed_up_to_the_damage_and_the_rest_kept() {
    let desk = Desk::new();
    let mut opened = desk.open();
    for title in ["One", "Two", "Three"] {
        edit(&mut opened, &retitle(title));
    }
    drop(opened);
    let mut journal = fs::read(desk.journal()).unwrap();
    let two = journal.windows(3).position(|word| word == b"Two").unwrap();
    journal[two] ^= 1;
    fs::write(desk.journal(), &journal).unwrap();
    let looked = desk.look();
    assert_eq!(looked.notices, [Notice::Replayed { edits: 1 }, Notice::KeptAside { replayed: 1, rest: None }]);
    let mut opened = desk.open();
    assert_eq!(opened.board.title, "One");
    let Some(Notice::KeptAside { replayed: 1, rest: Some(rest) }) = opened.notices.get(1) else {
        panic!("{:?}", opened.notices)
    };
    assert!(journal.ends_with(&fs::read(rest).unwrap()) && fs::read_to_string(rest).unwrap().contains("Three"));
    edit(&mut opened, &retitle("Four"));
    drop(opened);
    assert_eq!(desk.look().board.title, "Four");
}

#[cfg(unix)]
#[test]
fn mode_and_symlink_stay_and_both_names_are_one_board() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = Desk::new();
    fs::set_permissions(&desk.path, fs::Permissions::from_mode(0o640)).unwrap();
    let link = desk.folder.path().join("link.yaml");
    symlink("keeper.yaml", &link).unwrap();
    let mut opened = BoardFile::open(&link, Access::Write).unwrap();
    assert_eq!(opened.file.path(), link);
    assert!(matches!(BoardFile::open(&desk.path, Access::Write), Err(OpenError::Held { .. })));
    edit(&mut opened, &retitle("Through the link"));
    let _ = opened.file.save(&opened.board).unwrap();
    assert_eq!(fs::read_link(&link).unwrap(), Path::new("keeper.yaml"));
    assert_eq!(desk.yaml().title, "Through the link");
    assert_eq!(fs::metadata(&desk.path).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn the_comments_a_file_begins_with_survive_a_save() {
    let desk = Desk::new();
    let head = "# yaml-language-server: $schema=slateboard.schema.json\n# by Ana\n";
    fs::write(&desk.path, format!("{head}slateboard: 1\ntitle: a\n")).unwrap();
    let mut opened = desk.open();
    edit(&mut opened, &retitle("b"));
    let _ = opened.file.save(&opened.board).unwrap();
    let text = fs::read_to_string(&desk.path).unwrap();
    assert!(text.starts_with(&format!("{head}slateboard: 1\ntitle: b\n")), "{text}");
}

#[test]
fn a_new_board_overwrites_nothing_and_what_a_killed_process_left_is_cleared() {
    let desk = Desk::new();
    assert!(matches!(BoardFile::create(&desk.path, &board()), Err(StoreError::Exists { .. })));
    let new = desk.folder.path().join("new.yaml");
    let leftover = desk.folder.path().join(".new.yaml.tmpXYZ");
    fs::write(&leftover, "half").unwrap();
    drop(BoardFile::create(&new, &board()).unwrap());
    assert_eq!(BoardFile::open(&new, Access::Write).unwrap().board, board());
    assert!(!leftover.exists());
}

#[test]
fn what_is_no_storyboard_is_refused_untouched() {
    let desk = Desk::new();
    fs::write(&desk.path, "slateboard: 1\ntitle: []\n").unwrap();
    let error = BoardFile::open(&desk.path, Access::Write).unwrap_err();
    assert!(
        matches!(&error, OpenError::Invalid { refused, .. } if (refused.line, refused.column) == (2, 8)),
        "{error}"
    );
    assert_eq!(fs::read_dir(desk.folder.path()).unwrap().count(), 1);
    assert!(matches!(BoardFile::open(desk.folder.path(), Access::Write), Err(OpenError::Store(_))));
    assert!(matches!(BoardFile::open(desk.path.join("no"), Access::ReadOnly), Err(OpenError::Store(_))));
    fs::File::create(&desk.path).unwrap().set_len(65 << 20).unwrap();
    let error = BoardFile::open(&desk.path, Access::ReadOnly).unwrap_err();
    assert!(error.to_string().contains("65 MiB"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_journal_cut_at_any_byte_brings_back_the_first_edits(edits in 1..6_usize, cut in any::<prop::sample::Index>()) {
        let desk = Desk::new();
        let mut opened = desk.open();
        let mut states = vec![opened.board.clone()];
        for n in 0..edits {
            let scene = Scene { id: SceneId::new(Ulid(10 + n as u128)), ..Scene::default() };
            edit(&mut opened, &Edit::InsertScene { at: n / 2, scene: Box::new(scene) });
            states.push(opened.board.clone());
        }
        drop(opened);
        let journal = fs::read(desk.journal()).unwrap();
        let at = cut.index(journal.len() + 1);
        fs::write(desk.journal(), &journal[..at]).unwrap();
        let whole = journal[..at].iter().filter(|&&byte| byte == b'\n').count().saturating_sub(1);
        let mut opened = desk.open();
        prop_assert_eq!(&opened.board, &states[whole]);
        let torn = at > 0 && journal[at - 1] != b'\n';
        prop_assert_eq!(torn, opened.notices.iter().any(|notice| matches!(notice, Notice::TornRecord | Notice::KeptAside { .. })));
        // Work goes on behind the cut.
        edit(&mut opened, &retitle("After"));
        drop(opened);
        let again = desk.open();
        prop_assert_eq!(again.board.title.as_str(), "After");
        prop_assert_eq!(again.board.scenes.len(), states[whole].scenes.len());
    }
}

#[test]
fn a_journal_that_would_make_a_board_nobody_can_open_is_replayed_up_to_there() {
    let desk = Desk::new();
    let mut opened = desk.open();
    edit(&mut opened, &retitle("One"));
    let without_id = Scene { id: SceneId::new(Ulid(0)), ..Scene::default() };
    edit(&mut opened, &Edit::InsertScene { at: 0, scene: Box::new(without_id) });
    edit(&mut opened, &retitle("Two"));
    drop(opened);
    let opened = desk.open();
    assert_eq!((opened.board.title.as_str(), opened.board.scenes.len()), ("One", 1));
    assert!(matches!(
        opened.notices[..],
        [Notice::Replayed { edits: 1 }, Notice::KeptAside { replayed: 1, rest: Some(_) }]
    ));
}
