//! What the rooms below answer where something went wrong, or has to be known: each kind of it to its words on the screen.
//! What a file, the system or another program said is passed on as it is.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::app::model::{Notice, Weight};
use crate::app::msg::Failure;
use crate::board::text::clean;
use crate::engine::EngineError;
use crate::exchange::ExportError;
use crate::exchange::decode::ImportError;
use crate::store::error::Doing;
use crate::store::{self, Holder, OpenError, StoreError};
use crate::words::{self, Phrase};

/// A path as it may be shown.
fn shown(path: &Path) -> String {
    clean(&path.to_string_lossy()).replace('\n', " ")
}

/// Something, and what to do about it.
fn hinted(what: Phrase, hint: Option<Phrase>) -> Phrase {
    match hint {
        Some(hint) => words::with_hint(hint, what),
        None => what,
    }
}

/// What the system answered.
fn system(error: &io::Error) -> Phrase {
    match error.kind() {
        ErrorKind::NotFound => words::system_not_found(),
        ErrorKind::PermissionDenied => words::system_not_allowed(),
        ErrorKind::ReadOnlyFilesystem => words::system_read_only(),
        ErrorKind::StorageFull => words::system_full(),
        ErrorKind::QuotaExceeded => words::system_quota(),
        ErrorKind::FileTooLarge => words::system_file_limit(),
        ErrorKind::IsADirectory => words::system_is_folder(),
        ErrorKind::NotADirectory => words::system_is_file(),
        _ => Phrase::verbatim(error.to_string()),
    }
}

fn system_hint(error: &io::Error) -> Option<Phrase> {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Some(words::hint_writable_place()),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Some(words::hint_make_room()),
        ErrorKind::NotFound => Some(words::hint_check_name()),
        _ => None,
    }
}

fn doing(doing: Doing) -> Phrase {
    match doing {
        Doing::Copy => words::doing_copy(),
        Doing::Create => words::doing_create(),
        Doing::Find => words::doing_find(),
        Doing::Move => words::doing_move(),
        Doing::Open => words::doing_open(),
        Doing::Read => words::doing_read(),
        Doing::Remove => words::doing_remove(),
        Doing::Save => words::doing_save(),
        Doing::Write => words::doing_write(),
    }
}

/// A file that could not be read or written.
pub(super) fn store(error: &StoreError) -> Phrase {
    match error {
        StoreError::Io { doing: what, path, source } => {
            hinted(words::store_failed(doing(*what), shown(path), system(source)), system_hint(source))
        }
        StoreError::ReadOnly { path } => {
            hinted(words::store_read_only(shown(path)), Some(words::hint_open_for_writing()))
        }
        StoreError::Exists { path } => hinted(words::store_exists(shown(path)), Some(words::hint_other_name())),
        StoreError::Held { by, path } => hinted(words::store_held(holder(by), shown(path)), Some(words::hint_held())),
        StoreError::Unusable { path, why } => words::store_unusable(shown(path), why),
        StoreError::NoHome => words::store_no_home(),
    }
}

/// A board that could not be opened.
pub(super) fn open(error: &OpenError) -> Phrase {
    match error {
        OpenError::Held { by, path } => hinted(words::store_held(holder(by), shown(path)), Some(words::hint_held())),
        OpenError::Invalid { path, refused } => {
            // What is wrong with a document is said in the document's own terms.
            let hint = refused.hint.as_ref().map(|hint| Phrase::verbatim(hint.as_str()));
            hinted(Phrase::verbatim(format!("{}:{refused}", shown(path))), hint)
        }
        OpenError::NotWritable { path, source } => {
            hinted(words::store_not_writable(shown(path), system(source)), Some(words::hint_not_writable()))
        }
        OpenError::Store(error) => store(error),
    }
}

/// A board that is only looked at, as its place may not be written.
pub(super) fn only_read(error: &OpenError) -> Notice {
    let words = match error {
        OpenError::NotWritable { path, source } => words::store_only_read(shown(path), system(source)),
        error => open(error),
    };
    Notice { words, weight: Weight::Trouble }
}

/// Who holds a board.
pub(super) fn holder(by: &Holder) -> Phrase {
    let since = by.minutes().map(|minutes| match minutes {
        0 => words::since_now(),
        minutes @ 1..120 => words::since_minutes(minutes),
        minutes @ 120..2880 => words::since_hours(minutes / 60),
        minutes => words::since_days(minutes / 1440),
    });
    let process = match (by.pid, by.host.is_empty()) {
        (0, _) => return words::holder_unknown(),
        (pid, true) => words::holder_process(pid.to_string()),
        (pid, false) => words::holder_process_on(by.host.as_str(), pid.to_string()),
    };
    let who = match by.reviewer.is_empty() {
        true => process,
        false => words::holder_person(by.reviewer.as_str(), process),
    };
    match since {
        Some(since) => words::holder_since(since, who),
        None => who,
    }
}

/// Something that happened while a board was opened. What was brought back is good news.
pub(super) fn notice(notice: &store::Notice) -> Notice {
    use store::Notice as Told;
    let word = |words| Notice { words, weight: Weight::Word };
    let trouble = |words| Notice { words, weight: Weight::Trouble };
    match notice {
        Told::Replayed { edits } => word(words::notice_replayed(*edits)),
        Told::TornRecord => trouble(words::notice_torn()),
        Told::KeptAside { replayed, rest: Some(rest) } => trouble(words::notice_kept_aside(*replayed, shown(rest))),
        Told::KeptAside { replayed, rest: None } => trouble(words::notice_not_shown(*replayed)),
        Told::Conflict { ours } => trouble(words::notice_conflict(shown(ours))),
        Told::ForeignJournal => trouble(words::notice_foreign()),
        Told::IdsGiven { count } => word(words::notice_ids(*count)),
        Told::Comments => trouble(words::notice_comments()),
        Told::NoLock => trouble(words::notice_no_lock()),
        Told::UnreadableFeedback { file, lines } => trouble(words::notice_unreadable(shown(file), *lines)),
    }
}

/// An engine that gave no takes.
pub(super) fn engine(error: EngineError) -> Failure {
    match error {
        EngineError::Cancelled => Failure::Stopped,
        EngineError::Died(why) => Failure::Died(Phrase::verbatim(why)),
        // Both say in words of their own what is too large, and what a file lacks.
        EngineError::Model(why) | EngineError::TooBig(why) | EngineError::Unreachable(why) => {
            Failure::Refused(Phrase::verbatim(why))
        }
        EngineError::Job(why) => Failure::Refused(words::engine_job(why)),
    }
}

/// A file that could not be brought in.
pub(super) fn import(error: &ImportError) -> Phrase {
    match error {
        ImportError::Io(path, source) => {
            hinted(words::import_unread(shown(path), system(source)), Some(words::hint_check_readable()))
        }
        ImportError::Unknown(path) => words::import_unknown(shown(path)),
        ImportError::TooLarge(what) => hinted(words::import_too_large(what), Some(words::hint_split_file())),
        ImportError::Encoding { line, what } => {
            hinted(words::import_encoding(*line, *what), Some(words::hint_save_utf8()))
        }
        ImportError::Broken { format, what } => {
            hinted(words::import_broken(*format, what), Some(words::hint_save_again()))
        }
        ImportError::Empty => hinted(words::import_empty(), Some(words::hint_whole_file())),
        ImportError::Stopped => words::import_stopped(),
    }
}

/// A file that could not be taken out.
pub(super) fn export(error: &ExportError) -> Phrase {
    match error {
        ExportError::Exists(path) => hinted(words::store_exists(shown(path)), Some(words::hint_other_name())),
        ExportError::OtherKind(_) | ExportError::Foreign(..) => {
            hinted(Phrase::verbatim(error.to_string()), error.hint().map(Phrase::verbatim))
        }
        ExportError::Io(path, source) => {
            let hint = system_hint(source).unwrap_or_else(words::hint_check_folder);
            hinted(words::store_failed(words::doing_write(), shown(path), system(source)), Some(hint))
        }
        ExportError::NotText(format) => words::export_not_text(format.word()),
        ExportError::Empty(_) => words::export_empty(),
        ExportError::Picture(why) => words::export_picture(why),
        ExportError::Program { what, hint } => {
            hinted(Phrase::verbatim(what.as_str()), Some(Phrase::verbatim(hint.as_str())))
        }
        ExportError::Font(path) => words::export_font(shown(path)),
        ExportError::TooLarge { format, what } => words::export_too_large(format.word(), what),
        ExportError::Stopped => words::export_stopped(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lexicon;

    #[test]
    fn an_error_is_said_in_the_language_of_the_screen_with_what_to_do() {
        let full = StoreError::Io {
            doing: Doing::Save,
            path: "a.yaml".into(),
            source: io::Error::from(ErrorKind::StorageFull),
        };
        let said = |tag| Lexicon::of(tag).say(&store(&full));
        assert_eq!(
            said("en"),
            "could not save a.yaml: the disk is full; make room and save again; nothing is lost meanwhile"
        );
        assert_eq!(said("en"), format!("{full}; {}", full.hint().unwrap()), "the verbs say the same");
        assert_eq!(said("zh-CN"), "无法保存 a.yaml：磁盘已满；腾出空间再保存，其间什么都不会丢");
    }

    #[test]
    fn what_was_brought_back_is_good_news_and_what_is_lost_is_not() {
        assert_eq!(notice(&store::Notice::Replayed { edits: 3 }).weight, Weight::Word);
        assert_eq!(notice(&store::Notice::TornRecord).weight, Weight::Trouble);
        let lexicon = Lexicon::english();
        for told in
            [store::Notice::Replayed { edits: 1 }, store::Notice::Comments, store::Notice::IdsGiven { count: 2 }]
        {
            assert_eq!(lexicon.say(&notice(&told).words), told.to_string(), "as the verbs say it");
        }
    }
}
