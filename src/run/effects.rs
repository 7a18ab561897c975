//! The effects that the core asks for, handed to whoever carries them out.

use std::io;
use std::path::PathBuf;

use super::proposing::Question;
use super::{Arrival, Shell, boards, clipboard, editor, engine_link, exporting, setup, telling};
use crate::app::config::Notify;
use crate::app::model::Model;
use crate::app::msg::{Clip, Effect, Msg, StoreNews};
use crate::store::yaml;
use crate::term::{Notification, Session, session};
use crate::words::{self, Lexicon};

impl Shell {
    /// Hands an effect to its worker; what takes no time is done at once.
    pub(super) fn carry_out(&mut self, effect: Effect, model: &Model, session: &mut Session) -> io::Result<()> {
        match effect {
            Effect::FindBoards => self.find_boards()?,
            Effect::NewBoard { file, title, template } => {
                let made = boards::make(&file, &title, template);
                self.tell(Msg::Store(StoreNews::Made(made.map(|()| file))));
            }
            Effect::Open(path, how) => self.store.open(path, how, &self.paths),
            Effect::Record(edit) => self.store.record(*edit),
            Effect::Judge(feedback, edit) => self.store.judge(*feedback, *edit),
            Effect::Learn(feedback) => self.store.learn(*feedback),
            Effect::Save(board, made) => self.store.save(*board, made),
            Effect::WarmUp(epoch) => self.engine.warm_up(epoch)?,
            Effect::Generate { epoch, board, scene, seeds, ids } => {
                self.engine.generate(engine_link::Wanted { epoch, board, scene, seeds, ids }, self.store.sidecar())?;
            }
            Effect::Propose { epoch, board, ask, seed } => self.engine.propose(Question { epoch, board, ask, seed })?,
            Effect::AskTaste(asked, board, about) => {
                telling::tell(asked, board, about, self.store.beside(), self.paths.clone(), self.sender.clone())?;
            }
            Effect::Export { asked, board, path, format, to } => {
                let wanted = exporting::Wanted { board, path, sidecar: self.store.beside(), format, to };
                self.exports.begin(asked, wanted)?;
            }
            Effect::StopExport => self.exports.stop(),
            Effect::FindScripts => self.imports.find()?,
            Effect::ReadScript { asked, path, onto } => self.imports.read(asked, &path, onto)?,
            Effect::BringIn(asked, onto) => self.imports.bring(asked, onto, self.store.sidecar())?,
            Effect::StopImport => self.imports.stop(),
            Effect::KeepDraft(draft) => self.store.keep_draft(draft, model.reviewer.clone()),
            Effect::Cancel => self.engine.cancel(),
            Effect::EditOutside(scene, text) => {
                let edited = self.input.hold(|| session.lend(|| editor::edit(&text)))?;
                self.pictures.anew(session)?;
                self.tell(Msg::EditedOutside(scene, edited));
            }
            Effect::Copy(clip) => {
                let text = match clip {
                    Clip::Text(text) => text,
                    Clip::Yaml(scene) => yaml::write_scene(&scene),
                };
                if !clipboard::through_tmux(&text) {
                    session.copy(&text)?;
                }
            }
            Effect::Keep(choice) => self.store.keep(choice, &self.paths),
            Effect::UseMouse(mouse) => session.use_mouse(setup::asked(mouse))?,
            Effect::Notify(phrase) => {
                let words = Lexicon::of(&model.settings.language).say(&phrase);
                match model.settings.notify {
                    Notify::Off => {}
                    Notify::Bell => session.notify(&Notification::Bell)?,
                    Notify::Osc9 => session.notify(&Notification::Osc9(&words))?,
                    Notify::Osc777 => session.notify(&Notification::Osc777(&words))?,
                }
            }
            Effect::Suspend => {
                let stopped = self.input.hold(|| session.lend(session::stop_process_group))?;
                self.pictures.anew(session)?;
                if !stopped {
                    self.tell(Msg::Broken(words::no_shell()));
                }
            }
            Effect::Quit => self.leaving = true,
        }
        Ok(())
    }

    /// Tells which boards there are, and then, from a thread of its own, what is in each.
    fn find_boards(&self) -> io::Result<()> {
        let found = boards::find(&self.paths);
        let files: Vec<PathBuf> = found.iter().map(|found| found.path.clone()).collect();
        self.tell(Msg::Store(StoreNews::Boards(found)));
        let news = self.sender.clone();
        let read = move || {
            for file in files {
                let about = boards::about(&file);
                if news.send(Arrival::Msg(Msg::Store(StoreNews::About(file, about)))).is_err() {
                    return;
                }
            }
        };
        std::thread::Builder::new().name("boards".into()).spawn(read).map(drop)
    }
}
