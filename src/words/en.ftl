### The words of the screen. See mod.rs: every message here is a function of the build.

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

## Groups of actions

group-take = Takes
group-scene = Scenes
group-board = Board
group-app = slateboard

## What may stand behind an action

argument-scene = a scene's number

## What was done

take-accepted = accepted take { $take } of scene { $scene }
take-rejected = rejected take { $take } of scene { $scene }
taken-back = taken back: { $what }
done-again = again: { $what }
undone = undone: { $what }
redone = redone: { $what }
scene-added = added scene { $number }
scene-duplicated = duplicated scene { $number }
scene-deleted = deleted scene { $number }
scene-moved = moved scene { $number }
scenes-numbered = numbered all scenes anew
edited = edited the { $what }
brief-unchanged = the brief is as it was
takes-of-scene = { $count ->
    [one] { $count } take of scene { $number }
   *[other] { $count } takes of scene { $number }
}
writing-takes = writing { $count ->
    [one] { $count } take
   *[other] { $count } takes
} of scene { $number }
saved = saved
stopped = stopped

## What cannot be done, and what to do about it

not-now = there is nothing to { $action } now
verdict-not-taken = the verdict was not taken: { $why }
not-recorded = a change is on the screen and not on disk: { $why }; save the board
not-saved = not saved: { $why }; the journal keeps every change, and Q leaves without saving
conflict = another program changed the YAML and it was left alone; your board is in { $file }
writing-still = takes are being written: esc stops them, Q leaves without them
takes-without-scene = the scene these takes were for is gone
takes-none-whole = no take came to its end; give the scene fewer seconds
takes-some-whole = { $count } of { $asked } takes came to their end
context-small = the context is small: told in short or left out: { $parts }
engine-died = the engine stopped: { $why }; everything is kept, and g starts it again
scene-not-found = there is no scene { $number }
no-board = no board is open
scene-gone = the scene is gone
take-gone = the take is gone
shot-gone = the shot is gone
dialogue-no-speaker = row { $row } has no speaker; write NAME: line
too-long = the text has { $length } characters, and { $cap } are the most

## Texts that can be changed

text-number = scene number
text-heading = heading
text-brief = brief
text-action = action
text-dialogue = dialogue, one NAME: line each row
text-sound = sound
text-shots = shots
text-shot = shot { $number }
text-reason = reason

## Reasons to reject a take

reason-brief = not the brief
reason-character = out of character
reason-place = wrong place or prop
reason-dialogue = dialogue
reason-framing = framing
reason-staging = staging
reason-slow = too slow
reason-seen = seen before
reason-tone = tone

## keymap.yaml

keymap-not-yaml = this is no list of keys and actions: { $why }
keymap-no-key = { $word } is no key; a character, ctrl-x, alt-x, or a name such as esc, enter, up is expected
keymap-no-action = there is no action { $id }
keymap-no-action-but = there is no action { $id }; { $meant } was perhaps meant
keymap-no-argument = { $id } takes nothing behind it, and there is { $argument }
keymap-twice = the keys { $keys } are bound twice; the first one holds

## Views

view-too-small = { $columns }×{ $rows } is too small; { $least_columns }×{ $least_rows } is needed
view-opening = opening { $file } …
boards-title = Boards
boards-looking = looking for boards …
boards-none = There is no board here yet.

    Leave with q and make one:
      slateboard new my-film.yaml
scenes-title = Scenes
scenes-none = No scene yet: o adds one.
scenes-no-brief = (no brief yet)
stage-no-brief = (no brief yet: e writes one)
stage-no-take = No take yet: g lets the model write some.
takes-title = Takes

## Popups

help-title = Keys
reasons-title = Reject, because
fields-title = Edit
held-title = This board is held
held-by = is open elsewhere: { $holder }
held-look = look at it without changing it
held-copy = work on a copy beside it
held-leave = leave
editor-title = Edit the { $what }
editor-asking = Keep the changes?

## The last rows

hint-keep-changes = keep the changes
hint-drop-changes = drop them
hint-go-on = go on
hint-keep = keep
hint-leave = leave
hint-undo = undo
hint-view = view only
hint-copy = a copy
hint-quit = quit
hint-reason = reason
hint-own-words = own words
hint-not-after-all = not after all
hint-edit = edit
hint-close = close
hint-scroll = scroll
status-loading = loading the model { $percent } %
status-no-model = no model
status-stopping = stopping
status-reading = reading { $done }/{ $total }
status-writing = writing { $whole }/{ $all }
status-pace = { $pace } tok/s
status-model = model …
status-read-only = read-only
status-saving = saving
status-saved = saved
status-unsaved = unsaved
