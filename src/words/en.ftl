### The words of the screen. Each message is declared in keys.rs; see mod.rs.

## Actions: what they are called, and what they do (a sentence without its full stop)

action-take-generate = generate
    .about = let the model write takes of this scene
action-take-stop = stop
    .about = stop the takes being written
action-take-accept = accept
    .about = accept this take: it becomes the picked one
action-take-reject = reject
    .about = reject this take: the next one is shown
action-take-reject-why = reject why
    .about = reject this take and say why
action-take-next = next take
    .about = show the next take
action-take-previous = last take
    .about = show the take before
action-take-scroll-down = read on
    .about = scroll the take down
action-take-scroll-up = read back
    .about = scroll the take up
action-scene-next = down
    .about = go to the next scene
action-scene-previous = up
    .about = go to the scene before
action-scene-first = first
    .about = go to the first scene
action-scene-last = last
    .about = go to the last scene
action-scene-go = go to
    .about = go to a scene by its number
action-scene-brief = brief
    .about = edit the scene's brief
action-scene-brief-outside = brief outside
    .about = edit the scene's brief in $VISUAL or $EDITOR
action-scene-texts = texts
    .about = edit any text of scene or take
action-scene-add = add
    .about = add a scene after this one
action-scene-add-before = add before
    .about = add a scene before this one
action-scene-duplicate = duplicate
    .about = duplicate this scene
action-scene-delete = delete
    .about = delete this scene; undo brings it back
action-scene-move-down = move down
    .about = move this scene down
action-scene-move-up = move up
    .about = move this scene up
action-scene-renumber = renumber
    .about = number all scenes anew
action-board-open = open
    .about = open the board under the cursor
action-board-undo = undo
    .about = take back the last change or verdict
action-board-redo = redo
    .about = do again what was taken back
action-board-save = save
    .about = write the YAML
action-app-help = help
    .about = show all keys
action-app-suspend = suspend
    .about = stop the program until the shell lets it go on
action-app-quit = quit
    .about = save and leave
action-app-leave-unsaved = leave unsaved
    .about = leave without writing the YAML; the journal keeps every change

action-scene-propose = propose
    .about = let the model propose the scene after this one; on an empty board the bible and six scenes
action-proposal-accept = accept
    .about = accept this proposal: it enters the board
action-proposal-reject = leave out
    .about = leave this proposal out
action-proposal-edit = edit
    .about = change this proposal before accepting it
action-proposal-accept-all = accept all
    .about = accept all proposals
action-proposal-more = more
    .about = let the model propose one more scene
action-proposal-next = next proposal
    .about = go to the next proposal
action-proposal-previous = last proposal
    .about = go to the proposal before
action-view-close = back
    .about = go back to scenes and stage
action-scene-split = split
    .about = split this scene before one of its shots, or in its brief

## Groups of actions

group-proposal = Proposals
group-view = Views
group-take = Takes
group-scene = Scenes
group-board = Board
group-app = slateboard

## What may stand behind an action

argument_scene = a scene's number

## What was done

take_accepted = accepted take { $take } of scene { $scene }
take_rejected = rejected take { $take } of scene { $scene }
taken_back = taken back: { $what }
done_again = again: { $what }
undone = undone: { $what }
redone = redone: { $what }
scene_added = added scene { $number }
scene_duplicated = duplicated scene { $number }
scene_deleted = deleted scene { $number }
scene_moved = moved scene { $number }
scenes_numbered = numbered all scenes anew
edited = edited the { $what }
brief_unchanged = the brief is as it was
takes_of_scene = { $count ->
    [one] { $count } take of scene { $number }
   *[other] { $count } takes of scene { $number }
}
writing_takes = writing { $count ->
    [one] { $count } take
   *[other] { $count } takes
} of scene { $number }
saved = saved
stopped = stopped

## What cannot be done, and what to do about it

not_now = there is nothing to { $action } now
verdict_not_taken = the verdict was not taken: { $why }
not_recorded = a change is on the screen and not on disk: { $why }; save the board
not_saved = not saved: { $why }; the journal keeps every change, and Q leaves without saving
conflict = another program changed the YAML and it was left alone; your board is in { $file }
writing_still = takes are being written: esc stops them, Q leaves without them
takes_without_scene = the scene these takes were for is gone
takes_none_whole = no take came to its end; give the scene fewer seconds
takes_some_whole = { $count } of { $asked } takes came to their end
context_small = the context is small: told in short or left out: { $parts }
engine_died = the engine stopped: { $why }; everything is kept, and g starts it again
scene_not_found = there is no scene { $number }
no_board = no board is open
scene_gone = the scene is gone
take_gone = the take is gone
shot_gone = the shot is gone
dialogue_no_speaker = row { $row } has no speaker; write NAME: line
too_long = the text has { $length } characters, and { $cap } are the most

## Texts that can be changed

text_number = scene number
text_heading = heading
text_brief = brief
text_action = action
text_dialogue = dialogue, one NAME: line each row
text_sound = sound
text_shots = shots
text_shot = shot { $number }
text_reason = reason

## Reasons to reject a take

reason_brief = not the brief
reason_character = out of character
reason_place = wrong place or prop
reason_dialogue = dialogue
reason_framing = framing
reason_staging = staging
reason_slow = too slow
reason_seen = seen before
reason_tone = tone

## keymap.yaml

keymap_not_yaml = this is no list of keys and actions: { $why }
keymap_no_key = { $word } is no key; a character, ctrl-x, alt-x, or a name such as esc, enter, up is expected
keymap_no_action = there is no action { $id }
keymap_no_action_but = there is no action { $id }; { $meant } was perhaps meant
keymap_no_argument = { $id } takes nothing behind it, and there is { $argument }
keymap_twice = the keys { $keys } are bound twice; the first one holds

## Views

view_too_small = { $columns }×{ $rows } is too small; { $least_columns }×{ $least_rows } is needed
view_opening = opening { $file } …
boards_title = Boards
boards_looking = looking for boards …
boards_none = There is no board here yet.

    Leave with q and make one:
      slateboard new my-film.yaml
scenes_title = Scenes
scenes_none = No scene yet: o adds one.
scenes_no_brief = (no brief yet)
stage_no_brief = (no brief yet: e writes one)
stage_no_take = No take yet: g lets the model write some.
takes_title = Takes

## Proposals and splitting

proposals-title = Proposals
proposals-of = { $title } · proposals
proposals-counted = { $accepted } accepted, { $rejected } left out
proposals-left-out = { $count -> 
    [one] { $count } proposal left out
   *[other] { $count } proposals left out
}
proposals-none-left = nothing waits: p proposes one more scene, esc goes back
proposing-bible = the model proposes who and where …
proposing-scenes = { $count -> 
    [one] the model proposes the next scene …
   *[other] the model proposes { $count } scenes …
}
proposal-scene = scene
proposal-entry-joined = { $name } joined the bible
proposals-logline-first = first the story in a sentence; then p lets the model propose who, where and what happens
kind-character = character
kind-place = place
kind-prop = prop
split-title = Split the scene
split-line = a new scene begins
split-before-shot = split scene { $scene } before shot { $shot }
split-in-brief = split scene { $scene } in its brief
split-where = put the cursor where the second scene begins; alt-enter splits there
split-only-brief = a scene is split in its brief
split-needs-words = both scenes need words: put the cursor between them
text-title = title
text-logline = logline: the story in a sentence
text-tone = tone of every scene
text-proposal = proposal
hint-split-here = split here
hint-other-shot = another shot
hint-in-brief = in the brief
status-proposing = proposing

## Popups

help_title = Keys
reasons_title = Reject, because
fields_title = Edit
held_title = This board is held
held_by = is open elsewhere: { $holder }
held_look = look at it without changing it
held_copy = work on a copy beside it
held_leave = leave
editor_title = Edit the { $what }
editor_asking = Keep the changes?

## The last rows

hint_keep_changes = keep the changes
hint_drop_changes = drop them
hint_go_on = go on
hint_keep = keep
hint_leave = leave
hint_undo = undo
hint_view = view only
hint_copy = a copy
hint_quit = quit
hint_reason = reason
hint_own_words = own words
hint_not_after_all = not after all
hint_edit = edit
hint_close = close
hint_scroll = scroll
status_loading = loading the model { $percent } %
status_no_model = no model
status_stopping = stopping
status_reading = reading { $done }/{ $total }
status_writing = writing { $whole }/{ $all }
status_pace = { $pace } tok/s
status_model = model …
status_read_only = read-only
status_saving = saving
status_saved = saved
status_unsaved = unsaved
