//! `slateboard demo`: the main job without a terminal. One scene of the sample board, written by the real model, printed,
//! saved as YAML and as frames.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::Args;

use super::engine_options::EngineOptions;
use super::{Code, Failure, boards, generate, out};
use crate::board::{Edit, SceneChange, TakeId};
use crate::engine::SceneJob;
use crate::engine::catalog::DEFAULT;
use crate::frame::picture::Origin;
use crate::frame::{Size, Stage, draw, png};
use crate::lettering::Fonts;
use crate::run::asking;
use crate::store::{BoardFile, Opened, Paths, yaml};
use crate::taste::Wishes;
use crate::taste::next::next;
use crate::taste::seeds::seeds;
use crate::term::graphics::Images;

/// The board that comes with the program.
const SAMPLE: &str = include_str!("../../storyboards/the-keeper.yaml");
/// Its name in the folder.
const NAME: &str = "the-keeper.yaml";
/// Pixels across a frame.
const WIDTH: u32 = 1280;
/// Pixels down a frame; the board's aspect is letterboxed within.
const HEIGHT: u32 = 720;

/// Write one scene of the sample board with the default model
#[derive(Debug, Args)]
pub struct Demo {
    /// The folder for the board and its frames
    #[arg(long, value_name = "DIR", default_value = "slateboard-demo")]
    out: PathBuf,
    #[command(flatten)]
    engine: EngineOptions,
}

impl Demo {
    /// Writes, prints and saves the scene.
    ///
    /// # Errors
    /// Where the folder cannot be written, or the model cannot be fetched or fails.
    pub fn run(self) -> Result<(), Failure> {
        let paths = Paths::from_env()?;
        let is_here = self.engine.server(&paths)?.is_none();
        if is_here && self.engine.model.is_none() && self.engine.model_file(&paths).is_err() {
            super::model::pull(DEFAULT, &paths)?;
        }
        let Opened { mut file, mut board, .. } = self.board()?;
        let scene = board.scenes.iter().find(|scene| scene.takes.is_empty()).or(board.scenes.first());
        let scene = scene.ok_or_else(|| Failure::failed("the sample board has no scene"))?;
        let plan = next(&board, scene, &[], Wishes::default());
        let scene = scene.id;
        let ask = asking::ask(&plan, &[], seeds(scene, 0, 0, 1));
        let job = SceneJob::new(&board, scene, &ask)?;
        let mut engine = self.engine.engine(&paths)?;
        let outcome = generate::run(&mut engine, &job, &board, scene)?;
        let takes = job
            .takes(&outcome, || TakeId::new(boards::fresh()))
            .map_err(|error| Failure::new(Code::Engine, format!("the answer could not be read: {error}")))?;
        if takes.is_empty() {
            return Err(Failure::new(Code::Engine, "the take did not come to its end"));
        }
        let kept = generate::keep(&mut file, &mut board, scene, &job, &outcome, takes)?;
        if let Some(&take) = kept.first() {
            let pick = Edit::Scene { id: scene, change: SceneChange::Picked(Some(take)) };
            pick.apply(&mut board)?;
            file.record(&pick)?;
        }
        boards::save(&mut file, &board)?;
        out::print(&super::show::scene_text(&board, scene, &kept))?;
        let stats = &outcome.stats;
        out::print(&format!(
            "\n{} tokens at {:.0} a second on {}\n{}\n",
            stats.tokens,
            stats.tokens_per_s,
            stats.device,
            boards::shown(file.path()),
        ))?;
        let Some(size) = Size::new(WIDTH, HEIGHT) else { return Ok(()) };
        let Some(found) = board.scene(scene) else { return Ok(()) };
        let Some(take) = found.picked_take() else { return Ok(()) };
        let style = super::frame::scene_style(&board, found, None)?;
        let fonts = Fonts::for_words(&Stage::names(&board, &take.shots));
        let stage = Stage::new(&board, found.current_heading()).with_newcomers(&take.newcomers).with_fonts(fonts);
        let images = std::io::stdout().is_terminal().then(|| super::show::as_told(Images::Auto));
        for (at, shot) in take.shots.iter().enumerate() {
            let picture = draw(shot, &stage, size, &style)?;
            let path = self.out.join(format!("scene-{}-shot-{:02}.png", found.number, at + 1));
            std::fs::write(&path, png(&picture, &Origin::sketch(&style.name, &shot.description))?)?;
            out::print(&format!("{}\n", boards::shown(&path)))?;
            if let Some(images) = images {
                super::show::print_frame(picture, images)?;
            }
        }
        Ok(())
    }

    /// The sample board in the folder, anew where it is not there yet.
    fn board(&self) -> Result<Opened, Failure> {
        let path = self.out.join(NAME);
        if !path.exists() {
            std::fs::create_dir_all(&self.out).map_err(|error| {
                Failure::failed(format!("{} cannot be made: {error}", boards::shown(&self.out)))
                    .hint("name another folder with --out")
            })?;
            let sample = yaml::read(SAMPLE.as_bytes())
                .map_err(|error| Failure::new(Code::Invalid, format!("the sample board: {error}")))?;
            drop(BoardFile::create(&path, &sample)?);
        }
        boards::open(&path, crate::store::Access::Write)
    }
}
