//! `slateboard pick`: a take stands for its scene, without a verdict on it.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, boards, out};
use crate::board::{Edit, SceneChange};
use crate::store::{Access, Opened};

/// Make a take the picked one of its scene
#[derive(Debug, Args)]
pub struct Pick {
    /// The board
    #[arg(value_name = "BOARD.yaml")]
    board: PathBuf,
    /// The scene's number or id
    scene: String,
    /// The take's id, or its index from 1
    take: String,
}

impl Pick {
    /// Picks it and saves.
    ///
    /// # Errors
    /// Where the board cannot be opened or saved, or has no such take.
    pub fn run(self) -> Result<(), Failure> {
        let Opened { mut file, mut board, .. } = boards::open(&self.board, Access::Write)?;
        let scene = boards::scene(&board, &self.scene)?;
        let (index, take) = boards::take(scene, &self.take)?;
        let said = format!("scene {}: take {} ({}) is picked\n", scene.number, index + 1, take.id);
        let edit = Edit::Scene { id: scene.id, change: SceneChange::Picked(Some(take.id)) };
        edit.apply(&mut board)?;
        file.record(&edit)?;
        boards::save(&mut file, &board)?;
        out::print(&said)
    }
}
