//! The shot list out.

use crate::board::{Shot, Take};
use crate::exchange::order::{Credit, Order, Report};
use crate::exchange::reel::{Cut, Part, Reel};
use crate::exchange::{Source, dialogue_cell, shot_note};

use super::{Column, inert};

/// One row as it is to be filled.
struct Row<'a, 'b> {
    part: &'b Part<'a>,
    take: Option<&'a Take>,
    /// Which shot of the take, from 0, and the shot.
    shot: Option<(usize, &'a Shot)>,
    /// Where it lies in time; only shots of the take that stands for the scene do.
    cut: Option<&'b Cut<'a>>,
}

/// The shots as CSV with a header.
#[must_use]
pub fn write(order: &Order<'_>, report: &mut Report) -> String {
    let reel = Reel::new(order.board, order.selection);
    let all: Vec<Column>;
    let columns = match order.options.columns.as_slice() {
        [] => {
            let unsaid = |column: &Column| *column == Column::Source && order.options.credit == Credit::Unsaid;
            all = Column::ALL.iter().copied().filter(|column| !unsaid(column)).collect();
            &all
        }
        chosen => {
            report.leave_out("columns that were not asked for");
            chosen
        }
    };
    // Writing to a `Vec` cannot fail, and every row has as many cells as the header.
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let _ = writer.write_record(columns.iter().map(|column| column.word()));
    for part in &reel.scenes {
        for row in rows(part) {
            let _ = writer.write_record(columns.iter().map(|&column| inert(&row.cell(&reel, column))));
        }
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn rows<'a, 'b>(part: &'b Part<'a>) -> Vec<Row<'a, 'b>> {
    let mut rows = Vec::new();
    for take in &part.takes {
        let stands = part.take.is_some_and(|stands| stands.id == take.id);
        for (at, shot) in take.shots.iter().enumerate() {
            let cut = stands.then(|| part.cuts.get(at)).flatten();
            rows.push(Row { part, take: Some(take), shot: Some((at, shot)), cut });
        }
        if take.shots.is_empty() {
            rows.push(Row { part, take: Some(take), shot: None, cut: None });
        }
    }
    if rows.is_empty() {
        rows.push(Row { part, take: None, shot: None, cut: None });
    }
    rows
}

impl Row<'_, '_> {
    fn cell(&self, reel: &Reel<'_>, column: Column) -> String {
        let scene = self.part.scene;
        let first = self.shot.is_none_or(|(at, _)| at == 0);
        let shot = |say: &dyn Fn(&Shot) -> String| self.shot.map(|(_, shot)| say(shot)).unwrap_or_default();
        let of_take = |say: &dyn Fn(&Take) -> String| self.take.map(say).unwrap_or_default();
        match column {
            Column::Scene => scene.number.to_string(),
            Column::Heading => self.part.heading.to_string(),
            Column::Brief if first => scene.brief.to_string(),
            Column::Take => of_take(&|take| self.part.take_number(take).to_string()),
            Column::Picked => of_take(&|take| (if scene.picked == Some(take.id) { "yes" } else { "no" }).to_owned()),
            Column::Shot => self.shot.map(|(at, _)| (at + 1).to_string()).unwrap_or_default(),
            Column::Size => shot(&|shot| shot.size.to_string()),
            Column::Angle => shot(&|shot| shot.angle.to_string()),
            Column::Move => shot(&|shot| shot.camera.to_string()),
            Column::Seconds => shot(&|shot| shot.seconds.get().to_string()),
            Column::Start => self.cut.map(|cut| reel.rate.timecode(cut.start)).unwrap_or_default(),
            Column::End => self.cut.map(|cut| reel.rate.timecode(cut.start + cut.frames)).unwrap_or_default(),
            Column::Description => shot(&|shot| shot.description.to_string()),
            Column::Staging => shot(&shot_note::staging),
            Column::Dialogue => match self.cut {
                Some(cut) => dialogue_cell::write(self.part.cues_of(cut).iter().map(|cue| cue.speech)),
                None if first => of_take(&|take| dialogue_cell::write(&take.dialogue)),
                None => String::new(),
            },
            Column::Action if first => of_take(&|take| take.action.to_string()),
            Column::Sound if first => of_take(&|take| take.sound.to_string()),
            Column::Source => of_take(&|take| Source::of_take(take).word().to_owned()),
            Column::Brief | Column::Action | Column::Sound => String::new(),
        }
    }
}
