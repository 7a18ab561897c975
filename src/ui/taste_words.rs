//! What taste knows, in the words of the screen.

use crate::board::{Line, Motion, Move, Range};
use crate::taste::Feature;
use crate::taste::does::Does;
use crate::taste::{Moved, Planned, Reason};
use crate::words::{self, Phrase};

fn listed(lines: &[Line]) -> String {
    lines.iter().map(|line| line.as_str()).collect::<Vec<_>>().join(", ")
}

/// What a change of the plan does.
pub(super) fn does(does: &Does) -> Phrase {
    match does {
        Does::SomeMove => words::does_some_move(),
        Does::AllMove => words::does_all_move(),
        Does::SomeHold => words::does_some_hold(),
        Does::AllHold => words::does_all_hold(),
        Does::ActionAtMost(count) => words::does_action_at_most(*count),
        Does::ActionAtLeast(count) => words::does_action_at_least(*count),
        Does::ShotsAtLeast(count) => words::does_shots_at_least(*count),
        Does::ShotsAtMost(count) => words::does_shots_at_most(*count),
        Does::LinesAtMost(0) => words::does_nobody_speaks(),
        Does::LinesAtMost(count) => words::does_lines_at_most(*count),
        Does::LinesAtLeast(count) => words::does_lines_at_least(*count),
        Does::Tone => words::does_tone(),
        Does::Only(names) => words::plan_only(listed(names)),
        Does::Heading(heading) => words::does_heading(heading.as_str()),
        Does::NotAt(place) => words::plan_not_at(place.as_str()),
        Does::Likelier(temperature, count) => words::does_likelier(*count, format!("{temperature:.2}")),
        Does::AwayFrom(penalty) => words::does_away(format!("{penalty:.2}")),
        Does::TowardsBrief => words::does_brief(),
    }
}

/// What a reason changes.
pub(super) fn change(reason: Reason) -> Phrase {
    match reason {
        Reason::TooStatic => words::change_static(),
        Reason::TooRestless => words::change_restless(),
        Reason::TooLong => words::change_long(),
        Reason::TooShort => words::change_short(),
        Reason::TooSlow => words::change_slow(),
        Reason::TooFast => words::change_fast(),
        Reason::WrongMood => words::change_mood(),
        Reason::OffCharacter => words::change_character(),
        Reason::Unclear => words::change_unclear(),
        Reason::Repeats => words::change_repeats(),
        Reason::WrongPlace => words::change_place(),
        Reason::TooMuchDialogue => words::change_fewer_lines(),
        Reason::NotEnoughDialogue => words::change_more_lines(),
        Reason::NotTheBrief => words::does_brief(),
    }
}

fn range(Range { least, most }: Range, what: Phrase) -> Phrase {
    match (least, most) {
        (least, most) if least == most => words::plan_exactly(least, what),
        (0 | 1, most) => words::plan_at_most(most, what),
        (least, most) => words::plan_between(least, most, what),
    }
}

/// One thing that a plan held a take to.
pub(super) fn planned(planned: &Planned) -> Phrase {
    match planned {
        Planned::Shots(shots) => range(*shots, words::plan_shots()),
        Planned::Lines(lines) => range(*lines, words::plan_lines()),
        Planned::ActionWords(count) => range(*count, words::plan_action_words()),
        Planned::Camera(motion) => match motion {
            Motion::SomeMove => words::does_some_move(),
            Motion::AllMove => words::does_all_move(),
            Motion::SomeHold => words::does_some_hold(),
            Motion::AllHold => words::does_all_hold(),
        },
        Planned::Only(names) => words::plan_only(listed(names)),
        Planned::NotAt(places) => words::plan_not_at(listed(places)),
        Planned::More(cards) => words::plan_more(cards.join(", ")),
        Planned::Less(cards) => words::plan_less(cards.join(", ")),
        Planned::Locked(locks) => {
            words::plan_locked(locks.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        }
        Planned::Towards(phrases) => words::plan_towards(listed(phrases)),
        Planned::AwayFrom(phrases) => words::plan_away(listed(phrases)),
        Planned::Examples(count) => words::plan_examples(*count),
        Planned::Adapter(name, scale) => words::plan_adapter(name, scale.to_string()),
        Planned::Temperature(temperature) => words::plan_temperature(temperature.to_string()),
    }
}

/// What of a take moves its place.
pub(super) fn moved(moved: &Moved) -> Phrase {
    match moved {
        Moved::Feature(seen) => feature(seen),
        Moved::Reading => words::feature_reading(),
    }
}

/// One thing that taste sees. Sizes, angles, moves and times of day are the board's own words.
pub(super) fn feature(feature: &Feature) -> Phrase {
    match feature {
        Feature::Shots => words::feature_shots(),
        Feature::ShotsExactly(count) => words::feature_shots_exactly(*count),
        Feature::Pace => words::feature_pace(),
        Feature::Longest => words::feature_longest(),
        Feature::Shortest => words::feature_shortest(),
        Feature::ShareOfSize(size) => words::feature_share_of_size(size.word()),
        Feature::AnySize(size) => words::feature_any_size(size.word()),
        Feature::ShareOfAngle(angle) => words::feature_share_of_angle(angle.word()),
        Feature::AnyAngle(angle) => words::feature_any_angle(angle.word()),
        Feature::ShareOfMove(Move::Static) => words::feature_mostly_static(),
        Feature::AnyMove(Move::Static) => words::feature_any_static(),
        Feature::ShareOfMove(camera) => words::feature_share_of_move(camera.word()),
        Feature::AnyMove(camera) => words::feature_any_move(camera.word()),
        Feature::Moving => words::feature_moving(),
        Feature::Closeness => words::feature_closeness(),
        Feature::ClosingIn => words::feature_closing_in(),
        Feature::Crowd => words::feature_crowd(),
        Feature::Empty => words::feature_empty(),
        Feature::Foreground => words::feature_foreground(),
        Feature::ActionWords => words::feature_action_words(),
        Feature::SpokenWords => words::feature_spoken_words(),
        Feature::DescriptionWords => words::feature_description_words(),
        Feature::SoundWords => words::feature_sound_words(),
        Feature::Lines => words::feature_lines(),
        Feature::Silent => words::feature_silent(),
        Feature::Talk => words::feature_talk(),
        Feature::Inside => words::feature_inside(),
        Feature::Outside => words::feature_outside(),
        Feature::Time(time) => Phrase::verbatim(time.to_lowercase()),
        Feature::OutsideAt(time) => words::feature_outside_at(time.to_lowercase()),
        Feature::InsideAt(time) => words::feature_inside_at(time.to_lowercase()),
        Feature::Place(place) => words::feature_place(place),
        Feature::Seen(name) => words::feature_seen(name),
        Feature::Speaks(name) => words::feature_speaks(name),
        Feature::Newcomers => words::feature_newcomers(),
        Feature::Word(stem) => words::feature_word(stem),
    }
}
