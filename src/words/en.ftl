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
    .about = add a scene after this one and write its brief
action-scene-add-before = add before
    .about = add a scene before this one and write its brief
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
action-take-copy = copy take
    .about = put the take's words on the clipboard
action-scene-copy = copy scene
    .about = put the scene's words on the clipboard
action-scene-copy-yaml = copy YAML
    .about = put the scene on the clipboard as the file has it
action-app-palette = commands
    .about = find any action by a few of its letters
action-app-theme = theme
    .about = choose the screen's colours, shown while you choose
action-app-language = language
    .about = choose the language of the screen
action-app-mouse = mouse
    .about = use the mouse, or leave it to the terminal
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

action-review-skip = skip
    .about = pass this take over without a verdict
action-review-back = previous
    .about = go back to the take before
action-review-retract = retract
    .about = take the last verdict of the session back
action-review-note = note
    .about = write a word that goes with the next verdict
action-review-scroll-down = read on
    .about = scroll the take down
action-review-scroll-up = read back
    .about = scroll the take up
action-sheet-right = right
    .about = go to the next panel
action-sheet-left = left
    .about = go to the panel before
action-sheet-down = down
    .about = go to the panel below
action-sheet-up = up
    .about = go to the panel above
action-sheet-first = first
    .about = go to the first panel
action-sheet-last = last
    .about = go to the last panel
action-sheet-larger = larger
    .about = show fewer panels, each larger
action-sheet-smaller = smaller
    .about = show more panels, each smaller
action-sheet-open = open
    .about = go to the scene of this panel
action-animatic-play = play, pause
    .about = play, or stop playing
action-animatic-next-shot = next shot
    .about = go to the next shot
action-animatic-previous-shot = last shot
    .about = go to the shot's beginning, or the shot before
action-animatic-next-scene = next scene
    .about = go to the next scene
action-animatic-previous-scene = last scene
    .about = go to the scene before
action-animatic-first = first
    .about = go to the board's beginning
action-animatic-faster = faster
    .about = play faster
action-animatic-slower = slower
    .about = play slower
action-animatic-loop = loop
    .about = play the scene again at its end, the board, or nothing
action-compare-next = next right
    .about = show the next take on the right
action-compare-previous = last right
    .about = show the take before on the right
action-compare-next-left = next left
    .about = show the next take on the left
action-compare-swap = swap
    .about = swap left and right
action-compare-scroll-down = read on
    .about = scroll both takes down
action-compare-scroll-up = read back
    .about = scroll both takes up
action-bible-next = down
    .about = go to the next entry
action-bible-previous = up
    .about = go to the entry before
action-bible-accept = into the bible
    .about = let this newcomer join the bible
action-bible-look = look
    .about = edit how it looks, which does not change
action-bible-now = now
    .about = edit how it is now, which may change
action-bible-name = name
    .about = edit its name
action-bible-add-character = add character
    .about = add a character
action-bible-add-place = add place
    .about = add a place
action-bible-add-prop = add prop
    .about = add a prop
action-bible-delete = delete
    .about = delete this entry; undo brings it back
action-board-next-field = down
    .about = go to the next field
action-board-previous-field = up
    .about = go to the field before
action-board-edit-field = edit
    .about = edit this field
action-history-later = later
    .about = go to the next step
action-history-earlier = earlier
    .about = go to the step before
action-history-jump = jump here
    .about = go back, or forward again, to this point
action-list-page-down = page down
    .about = go a page further
action-list-page-up = page up
    .about = go a page back
action-list-first = first
    .about = go to the first row
action-list-last = last
    .about = go to the last row
action-log-older = older
    .about = scroll to older words
action-log-newer = newer
    .about = scroll to newer words
action-view-sheet = contact sheet
    .about = show every shot of the board as a grid
action-view-review = review undecided
    .about = review the takes of scenes without a picked one
action-view-review-sequence = review sequence
    .about = review the takes of this sequence
action-view-review-everything = review all
    .about = review every take
action-view-review-chosen = review chosen
    .about = review the takes of the scenes chosen together
action-view-animatic = animatic
    .about = play the board in its seconds
action-view-compare = two takes
    .about = show two takes side by side
action-view-bible = bible
    .about = show characters, places and props
action-view-board = board settings
    .about = show the storyboard's own fields
action-view-history = history
    .about = show what was done, to go back to any point
action-view-log = log
    .about = show what was said
action-take-mark = mark changes
    .about = mark what differs from the take it was made from, or the one before
action-take-mark-from-here = mark from here
    .about = mark every take against this one
action-scene-filter = filter
    .about = show only scenes that match some words
action-scene-clear-filter = all scenes
    .about = show all scenes again
action-scene-fold = fold
    .about = fold this sequence, or unfold it
action-scene-fold-all = fold all
    .about = fold all sequences, or unfold them
action-scene-choose = choose
    .about = choose this scene together with others
action-scene-choose-none = choose none
    .about = let go of the chosen scenes
action-scene-delete-chosen = delete chosen
    .about = delete the scenes chosen together; undo brings them back

## Groups of actions

action-review-reason = reason
    .about = reject this take with one of the reasons shown
action-reasons-give = reason
    .about = reject the take with this reason
action-reasons-own = own words
    .about = give a reason in your own words
action-fields-edit = edit
    .about = edit this text
action-fields-here = edit
    .about = edit the text under the cursor
action-fields-down = another text
    .about = go to the next text
action-fields-up = up
    .about = go to the text before
action-split-here = split here
    .about = split the scene at the line shown
action-split-down = another shot
    .about = put the line one shot further down
action-split-up = up
    .about = put the line one shot further up
action-split-in-brief = in the brief
    .about = split in the brief instead
action-split-at = at shot
    .about = split before the shot of this number
action-held-look = view only
    .about = look at it, without changing anything
action-held-copy = a copy
    .about = work on a copy beside it
action-held-take-over = take over
    .about = let the program that has it keep what it has and end, then open it
action-held-leave = quit
    .about = leave
action-popup-down = scroll
    .about = scroll down
action-popup-up = back
    .about = scroll up
action-popup-page-down = page
    .about = scroll a page down
action-popup-page-up = page back
    .about = scroll a page up
action-popup-close = close
    .about = close it and change nothing; so does any other key
action-palette-do = do it
    .about = do what is under the cursor
action-palette-complete = complete
    .about = write out what is under the cursor
action-palette-next = next
    .about = go to the next offer
action-palette-previous = previous
    .about = go to the offer before
action-palette-page-down = page
    .about = go a page of offers down
action-palette-page-up = page back
    .about = go a page of offers up
action-palette-close = close
    .about = close the palette
action-filter-keep = keep the filter
    .about = keep the filter and go back to the scenes
action-filter-clear = all scenes
    .about = show all scenes again
action-filter-next = next
    .about = go to the next scene that matches
action-filter-previous = previous
    .about = go to the matching scene before
action-editor-keep-line = keep
    .about = keep a line as it is written
action-editor-keep = keep
    .about = keep the words as they are written
action-editor-leave = leave
    .about = leave the editor; it asks where words were changed
action-editor-split = split here
    .about = split the scene where the cursor stands in its brief
action-editor-new-line = new line
    .about = begin a new line
action-unsaved-keep = keep the changes
    .about = keep the changes and leave the editor
action-unsaved-drop = drop them
    .about = drop the changes and leave the editor
action-unsaved-go-on = go on
    .about = go on writing; so does any other key
action-text-undo = undo
    .about = take the last change of the words back
action-text-redo = redo
    .about = make a change again that was taken back
action-text-left = left
    .about = go one character to the left
action-text-right = right
    .about = go one character to the right
action-text-up = up
    .about = go one row up
action-text-down = down
    .about = go one row down
action-text-word-left = word left
    .about = go to the start of the word
action-text-word-right = word right
    .about = go past the end of the word
action-text-line-start = line start
    .about = go to the start of the line
action-text-line-end = line end
    .about = go to the end of the line
action-text-delete-back = delete
    .about = delete the character before the cursor
action-text-delete-word = delete word
    .about = delete back to the start of the word
action-text-delete-forward = delete forward
    .about = delete the character after the cursor
action-text-delete-to-start = delete to start
    .about = delete back to the start of the line
action-text-delete-to-end = delete to end
    .about = delete to the end of the line
group-reasons = Reasons to reject
group-fields = Texts to change
group-split = Splitting a scene
group-held = A board somebody holds
group-popup = Popups
group-palette = Commands
group-filter = Filter
group-editor = Editor
group-unsaved = Unsaved words
group-text = Writing
action-board-import = bring in
    .about = bring in a script, an outline, a shot list or another program's board; shown before anything changes
action-import-bring = bring it in
    .about = bring it onto the open board; undo takes it back
action-import-make = make the board
    .about = make a board of it and open it
action-import-make-beside = as a new board
    .about = make a board of its own of it and open that
action-import-leave = leave it
    .about = bring nothing in
group-import = Bringing in
group-proposal = Proposals
group-view = Views
group-review = Review
group-sheet = Contact sheet
group-animatic = Animatic
group-compare = Two takes
group-bible = Bible
group-history = History
group-list = History and log
group-log = Log
prefix-v = view
group-take = Takes
group-scene = Scenes
group-board = Board
group-app = slateboard

## What may stand behind an action

argument_scene = a scene's number
argument_theme = a theme
argument_language = a language

## Keys that begin others

prefix-y = copy
prefix-u2c = settings

## What was done

take_of_scene = “{ $begins }” (take { $take } of scene { $scene })
picked_of_scene = “{ $begins }” (take { $take } of scene { $scene }, the picked one)
take_accepted = accepted { $what }
take_rejected = rejected { $what }
take_rejected_for = rejected { $what }: { $reason }
taken_back = taken back: { $what }
done_again = again: { $what }
undone = undone: { $what }
redone = redone: { $what }
scene_added = added scene { $number }
scene_duplicated = duplicated scene { $number }
scene_deleted = deleted scene { $number }
scene_moved = moved scene { $number }
scenes_numbered = numbered all scenes anew
edited = edited the { $what }: { $words }
emptied = emptied the { $what }
of_scene = { $what } of scene { $number }
of_entry = { $what } of { $name }
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
copied_take = copied the take, where the terminal allows it
copied_scene = copied the scene, where the terminal allows it
copied_yaml = copied the YAML, where the terminal allows it
theme_chosen = theme { $theme }
theme_chosen_few_colours = theme { $theme }; where it needs more colours than this terminal says it has, { $other } is shown
language_chosen = language { $language }
mouse_on = the mouse is used
mouse_off = the mouse is left to the terminal

## What cannot be done, and what to do about it

not_now = “{ $action }” does nothing here now
not_now_writing = takes are being written: { $stop } stops them
not_now_read_only = this board is only looked at: “{ $action }” would change it
verdict_not_taken = the verdict was not taken: { $why }
not_recorded = a change is on the screen and not on disk: { $why }; it is tried again while you work
caught_up = every change is on disk again
hung_up = the line dropped, or the board was taken over elsewhere; everything done here is kept
disk_waited_for = the disk is slow: what was done here is still being written (Ctrl-C gives it up)
not_saved = not saved: { $why }; what the journal has is safe, and Q leaves without saving
conflict = another program changed the YAML and it was left alone; your board is in { $file }
writing_still = takes are being written: { $stop } stops them, { $leave } leaves without them
takes_without_scene = the scene these takes were for is gone
takes_none_whole = no take came to its end; give the scene fewer seconds
takes_some_whole = { $count } of { $asked } takes came to their end
context_small = the context is small: { $count ->
    [one] one part of the story is
   *[other] { $count } parts of the story are
} told in short or left out
engine_died = the engine stopped: { $why }; everything is kept, and g starts it again
scene_not_found = there is no scene { $number }
theme_unknown = there is no theme { $theme }; there are { $known }
paste_cut = the pasted text was cut at { $most } characters, the most a text may have
no_shell = there is no shell above this program to come back from
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
text_framing = shot { $number }: size, angle, move, seconds
text_length = length aimed at, in seconds
text_locked = parts the model keeps
text_newcomers = newcomers the model may bring in
text_scene_style = frames' style, where not the board's
text_reason = reason

## The same in short, for what was done

short_dialogue = dialogue
short_framing = framing of shot { $number }
short_length = length
short_locked = kept parts
short_newcomers = newcomers
short_logline = logline
short_tone = tone
short_language = language
short_aspect = aspect

## Reasons to reject a take

reason_brief = not the brief
reason_character = out of character
reason_place = wrong place or prop
reason_talk = too much dialogue
reason_static = too static
reason_long = too long
reason_slow = too slow
reason_seen = seen before
reason_tone = tone

## keymap.yaml

keymap_not_yaml = this is no list of keys and actions: { $why }
argument_reason = reason
argument_number = number
keymap_no_number = { $id } takes a number from 1 to 9 behind it
keymap_is_written = { $key } is written where { $id } is done; a key such as ctrl-{ $key }, or two keys, can be bound there
keymap_no_key = { $word } is no key; a character, ctrl-x, alt-x, or a name such as esc, enter, up is expected
keymap_no_action = there is no action { $id }
keymap_no_action_but = there is no action { $id }; { $meant } was perhaps meant
keymap_no_argument = { $id } takes nothing behind it, and there is { $argument }
keymap_twice = the keys { $keys } are bound twice; the first one holds

## config.yaml

config_not_yaml = this is no list of names and values: { $why }
config_no_name = there is nothing called { $name }
config_no_name_but = there is nothing called { $name }; { $meant } was perhaps meant
config_wrong = { $name }: { $why }
complaints = { $first } (and { $more } more: "slateboard config" lists them)
file_complaint = { $file }, line { $line }: { $what }

## Views

view_too_small = { $columns }×{ $rows } is too small; { $least_columns }×{ $least_rows } is needed
view_opening = opening { $file } …
boards_title = Boards
boards_looking = looking for boards …
scenes_title = Scenes
scenes_none = No scene yet: { $key } adds one.
scenes_no_brief = (no brief yet)
stage_no_brief = (no brief yet: { $key } writes one)
stage_kept = kept by the model: { $parts }
stage_no_take = No take yet: { $key } lets the model write some.
takes_title = Takes

## Proposals and splitting

proposals_title = Proposals
proposals_of = { $title } · proposals
proposals_counted = { $accepted } accepted, { $rejected } left out
proposals_left_out = { $count -> 
    [one] { $count } proposal left out
   *[other] { $count } proposals left out
}
proposals_none_left = nothing waits: { $more } proposes one more scene, { $back } goes back
proposing_bible = the model proposes who and where …
proposing_scenes = { $count -> 
    [one] the model proposes the next scene …
   *[other] the model proposes { $count } scenes …
}
proposal_scene = scene
proposal_entry_joined = { $name } joined the bible
proposals_logline_first = first the story in a sentence; then p lets the model propose who, where and what happens
kind_character = character
kind_place = place
kind_prop = prop
split_title = Split the scene
split_line = a new scene begins
split_before_shot = split scene { $scene } before shot { $shot }
split_in_brief = split scene { $scene } in its brief
split_where = put the cursor where the second scene begins; { $keys } splits there
split_only_brief = a scene is split in its brief
split_needs_words = both scenes need words: put the cursor between them
text_title = title
text_new_board = title of the new board; its file is named after it
text_logline = logline: the story in a sentence
text_tone = tone of every scene
text_proposal = proposal
status_proposing = proposing

## The views

review_nothing = there is no take to review here
review_picked = picked
review_other_picked = another is picked
review_back_over = { $count ->
    [one] back over a take that is no longer on the board
   *[other] back over { $count } takes that are no longer on the board
}: { $keys } takes the last verdict back
review_title_undecided = Review · undecided
review_title_sequence = Review · sequence
review_title_chosen = Review · chosen scenes
review_title_all = Review · every take
review_place = { $at } of { $all }
review_counts = { $accepted } accepted · { $rejected } rejected · { $skipped } skipped
review_pace = { $pace } a minute
review_time_left = { $minutes } min left
review_noted = note: { $note }
review_over = The session is over.
review_waiting = The next takes are being written; they come by themselves.
review_seconds_left = { $seconds } s left
review_took = { $judged ->
    [one] { $judged } take judged in { $minutes } minutes
   *[other] { $judged } takes judged in { $minutes } minutes
}
review_left_over = { $count ->
        [one] 1 take
       *[other] { $count } takes
    } left
review_why = why takes were rejected
review_writing_ahead = new takes are being written
sheet_title = Contact sheet · { $count } panels
sheet_no_take = no take yet
sheet_no_shot = no shots yet
sheet_empty = There is no scene to show.
animatic_title = Animatic
animatic_paused = paused
animatic_rate = { $rate } pictures a second
animatic_playing = playing
animatic_loop_scene = loops the scene
animatic_loop_board = loops the board
compare_title = take { $take }
compare_no_other = there is no other take to compare with
compare_differs = { $percent } % differs
bible_title = Bible
bible_empty = Nobody is in the bible yet: o adds a character, O a place, P a prop.
bible_newcomer = proposed by a take
bible_now = now: { $now }
speakers_unknown = { $count ->
    [one] { $names } speaks and is
   *[other] { $names } speak and are
} no character of the bible: { $keys } adds characters
entry_added = added { $name } to the bible
entry_deleted = deleted { $name } from the bible
entry_deleted_named = { $scenes ->
    [one] deleted { $name } from the bible; a scene still has that name
   *[other] deleted { $name } from the bible; { $scenes } scenes still have that name
}
entry_renamed = { $scenes ->
    [one] edited the name, in a scene too
   *[other] edited the name, in { $scenes } scenes too
}
board_title = Board settings
field_unset = not set
fps_is_a_number = frames a second are a number, such as 24 or 29.97
number_taken = there is a scene { $number } already
length_is_a_number = a scene's length is a number of seconds up to 3600, such as 12 or 7.5
lock_in_no_take = no take of this scene has { $part }
lock_unknown = { $part } is no part of a take; there are heading, action, dialogue, sound and shots, and dialogue.2, shots.1, shots.1.staging
newcomers_are_a_number = newcomers are a number from 0 to 9
language_is_a_tag = a language is a tag, such as en, fr or zh-Hans
aspect_is_two_numbers = an aspect is width to height, such as 16:9, 2.39:1 or 9:16
style_unknown = there is no style { $style }; there are { $known }
framing_unknown = `{ $word }` is no size ({ $sizes }), no angle ({ $angles }), no move ({ $moves }) and no number of seconds
history_title = History
history_start = as it was opened
history_here = here
stepped_back = went back over { $steps } steps
stepped_on = did { $steps } steps again
log_title = Log
log_empty = Nothing was said yet.
log_ago = { $minutes } min ago
log_now = now
marks_off = changes are not marked
marks_parent = changes since the take before are marked
marks_nothing = changes will be marked where there is a take to compare with
marks_from = every take is marked against take { $take }
filter_matches = { $count } of { $all } scenes
sequence_sums = { $scenes } scenes · { $seconds } s
scenes_deleted = deleted { $count } scenes
text_language = language, such as en or zh-CN
text_aspect = aspect, such as 16:9
text_fps = frames a second
text_style = frames' style
text_sequence = sequence name
text_entry_name = name
text_entry_look = look
text_entry_now = state
text_note = note

## Boards to choose from

board_recent = opened lately
board_here = in this folder
board_sample = sample
board_counts = { $picked } of { $scenes } scenes picked, { $takes } takes
ago_hours = { $hours } h ago
ago_days = { $days } d ago
new_empty = new: an empty board
new_film = new: a short film in three acts
new_animation = new: an animated short without words
new_game = new: a game's cutscene
new_ad = new: an advertisement of thirty seconds
new_music_video = new: a music video
new_sample = new: a copy of the sample board, to look around in
stage_no_scene = This board is empty.
stage_no_scene_then = A scene with a brief is all it takes: { $key } lets the model write takes of it.
new_board_needs_title = a new board needs a title
new_board_not_made = the board was not made: { $why }

## Popups

help_title = Keys
palette_title = What shall be done?
palette_trying = { $what } · { $keys } show them, { $enter } keeps one
palette_nothing = nothing is called that
reasons_title = Reject, because
fields_title = Edit
held_title = This board is held
draft_back = what you were writing when the program ended is in the editor again
draft_homeless = what you were writing when the program ended has no place here any more, and is on the clipboard: { $words }
not_let_go = { $holder } was told to let the board go and still has it
taking_over = the other program keeps what it has and ends …
writing_cut_off = takes of scene { $number } were being written when the program ended: { $keys } there asks for them again
held_by = is open elsewhere: { $holder }
editor_title = Edit the { $what }
editor_asking = Keep the changes?

## The last rows

status_loading = loading the model { $percent } %
status_no_model = no model
status_stopping = stopping
status_reading = reading { $done }/{ $total }
status_writing = writing { $all ->
    [one] a take
   *[other] { $all } takes
}
status_pace = { $pace } tok/s
status_left = { $seconds } s left
status_model = model …
status_read_only = read-only
status_saving = saving
status_saved = saved
status_kept = kept, unsaved
status_unsaved = unsaved

## What verdicts taught

taste_title = Taste
taste_reading = reading the verdicts …
taste_of = taste of { $reviewer }
taste_none = no verdicts yet: accept or reject takes, and what comes next follows them
taste_verdicts = { $all ->
    [one] one verdict
   *[other] { $all } verdicts
}: { $accepted } accepted, { $rejected } rejected
taste_reviewers = reviewers: { $names }
taste_other_boards = { $count ->
    [one] begun from your taste on one other board
   *[other] begun from your taste on { $count } other boards
}
taste_over_time = accepted over time  { $rates }
taste_likes = likes, with the log-odds that one standard deviation adds
taste_dislikes = dislikes
taste_unsure = how sure: its members are { $odds } log-odds apart on a take
taste_order = the order of takes
taste_not_enough = not enough yet: takes are shown in the order they were sampled
taste_predicted = { $count ->
    [one] one verdict was predicted before it was learned from
   *[other] { $count } verdicts were predicted before they were learned from
}
taste_log_loss = log-loss
taste_right = right
taste_auc = AUC
taste_by_taste = taste
taste_by_likelihood = likelihood
taste_by_coin = a coin
taste_ranks = It predicts better than the base rate, so it decides the order of takes.
taste_ranks_not = Not enough yet: it does not predict better than the base rate, so takes are shown as they were sampled.
taste_next = what verdicts change in the next takes, by scene
taste_phrases = phrases leant away from
taste_diversity = the last takes judged
taste_diversity_says = { $pairs } % of word pairs different, unlikeness { $unlikeness }, spread { $spread }
why_title = Why take { $take } of scene { $scene }
why_by_taste = by taste
why_by_exploration = to learn from it
why_by_order = in the order of sampling
why_place = shown as { $place } of { $of }, { $by }
why_not_chosen = nothing chose it: it was not sampled with others
why_probability = taste gives it { $percent } % to be accepted
why_not_ranking = it does not predict well enough yet to rank by
why_no_opinion = too few verdicts for an opinion
why_parts = what moves that, in log-odds
why_plan = its plan
action-taste-scroll-down = read on
    .about = scroll down
action-taste-scroll-up = read back
    .about = scroll up
action-view-taste = taste
    .about = show what verdicts taught, and how far that is to be trusted
action-take-why = why
    .about = tell why this take stands where it stands: its plan, its rank, what of it is liked
group-taste = Taste

## Exports

argument_format = a format, and where to if not beside the board
export_unknown = there is no format { $format }; there are { $formats }
export_begun = exporting { $format }; work goes on meanwhile
export_done = exported to { $file }
export_left_out = { $said }; left out: { $parts }
export_stopped = the export was stopped; nothing was written
export_failed = not exported: { $why }
action-board-export = export
    .about = take the board out in another format: a format, and a path where it is not to go beside the board
action-board-stop-export = stop export
    .about = stop the export under way

## What the rooms below say

with_hint = { $what }; { $hint }
system_not_found = there is no such file or folder
system_not_allowed = that is not allowed
system_read_only = the file system is read-only
system_full = the disk is full
system_quota = the disk quota is used up
system_file_limit = the file would be larger than is allowed here
system_is_folder = it is a folder
system_is_file = a file stands where a folder is needed
hint_writable_place = choose a place you may write
hint_make_room = make room and save again; nothing is lost meanwhile
hint_check_name = check the name; `slateboard new BOARD.yaml` makes a new board
hint_open_for_writing = open it for writing, or work on a copy
hint_other_name = choose another name, or move that file away
hint_held = open it read-only, or work on a copy
hint_not_writable = open it read-only, or copy it to a place you may write
hint_check_readable = check the name, and that it may be read
hint_split_file = split it, and bring the parts in
hint_save_utf8 = save it again as UTF-8
hint_save_again = save it again with the program it comes from; the file is left as it is
hint_whole_file = look whether the file is whole; nothing was changed
hint_check_folder = check that the folder is there and may be written, and that the disk has room
doing_copy = copy
doing_create = create
doing_find = find
doing_move = move
doing_open = open
doing_read = read
doing_remove = remove
doing_save = save
doing_write = write
store_failed = could not { $doing } { $path }: { $why }
store_read_only = { $path } was opened read-only
store_exists = { $path } is there already and is not overwritten
store_held = { $path } is held by { $by }
store_unusable = { $path } cannot be used: { $why }
store_no_home = there is no home folder; set HOME, or SLATEBOARD_CONFIG_DIR, _DATA_DIR, _STATE_DIR and _CACHE_DIR
store_not_writable = { $path } cannot be opened for writing: { $why }
store_only_read = { $path } cannot be opened for writing: { $why }; it is open to be read
since_now = less than a minute
since_minutes = { $count ->
        [one] a minute
       *[other] { $count } minutes
    }
since_hours = { $count } hours
since_days = { $count } days
holder_unknown = another process
holder_process = process { $pid }
holder_process_on = process { $pid } on { $host }
holder_person = { $name } ({ $process })
holder_since = { $who }, since { $since }
notice_replayed = brought back { $count ->
        [one] 1 edit
       *[other] { $count } edits
    } newer than the YAML
notice_torn = the last edit was cut off while it was written, and is dropped
notice_kept_aside = the journal is damaged after { $count ->
        [one] 1 edit
       *[other] { $count } edits
    }; the rest is kept in { $file }
notice_not_shown = the journal is damaged after { $count ->
        [one] 1 edit
       *[other] { $count } edits
    }; the rest is not shown
notice_conflict = the YAML was changed by another program while edits were waiting; the board with those edits is { $file }
notice_foreign = edits are waiting for another state of this YAML and are not shown; open the board for writing to keep them
notice_ids = gave an id to { $count ->
        [one] 1 entry
       *[other] { $count } entries
    } written without one
notice_comments = comments in the YAML below its first lines are not kept when it is saved
notice_no_lock = this file system cannot lock: take care that nobody else writes this board meanwhile
notice_unreadable = skipped { $lines ->
        [one] 1 line
       *[other] { $lines } lines
    } of { $file } that cannot be read
engine_job = the model could not do this: { $why }
proposals_cut = the proposals did not come to their end; ask again
editor_no_place = there is no place for the editor's file: { $why }
editor_not_started = { $program } cannot be started ({ $why }); set EDITOR to an editor
editor_failed = { $program } ended with { $status }; the text stays as it was
editor_unread = what the editor left cannot be read: { $why }
export_not_text = { $format } is no text that could be printed
export_empty = there is nothing to write; generate takes first
export_picture = a picture could not be made: { $why }
export_font = { $path } is no font that can be used; an OpenType or TrueType file is expected
export_too_large = { $format } has no room for this: { $what }
argument_path = a file or folder
import_stopped = nothing was brought in
import_failed = not brought in: { $why }
import_again = the board has changed meanwhile: this is what would come now
imported = brought in { $name }: { $count ->
        [one] 1 scene
       *[other] { $count } scenes
    }
import_unread = { $path } could not be read: { $why }
import_unknown = { $path } is of no kind that can be brought in; known are .fountain, .fdx, .storyboarder, .csv, .otio, .md, .txt, .yaml, .json, .zip, and a Storyboarder project's folder
import_too_large = there is too much of it: { $what }
import_empty = there is no scene in it
import_encoding = line { $line }: { $what }
import_broken = this is no { $format } file that can be read: { $what }
import_title = Bring in { $path }
import_reading = it is being read
import_coming = it is coming in
import_read_as = read as { $format }
import_counts = { $scenes ->
        [one] 1 scene
       *[other] { $scenes } scenes
    } · { $takes ->
        [one] 1 take
       *[other] { $takes } takes
    } · { $names ->
        [one] 1 new name
       *[other] { $names } new names
    } for the bible · { $pictures ->
        [one] 1 picture
       *[other] { $pictures } pictures
    }
import_nothing = nothing of it is new here
import_read_only = this board is only looked at: it can become a board of its own
import_names = new in the bible: { $names }
import_unchanged = { $count ->
        [one] 1 scene is as before
       *[other] { $count } scenes are as before
    }
import_added = new
import_changed = changed: { $parts }
import_stays = changed here too, so it stays as it is here: { $parts }
import_changed_stays = changed: { $parts }; changed here too, so it stays as it is here: { $stays }
import_returned = back in the script, with its takes
import_aside = no longer in the script, kept aside with its takes
import_part_number = number
import_part_heading = heading
import_part_brief = brief
import_part_take = a new take

## What taste knows

does_some_move = at least one shot moves
does_all_move = every shot moves
does_some_hold = at least one shot is static
does_all_hold = every shot is static
does_action_at_most = action of at most { $count } words
does_action_at_least = action of at least { $count } words
does_shots_at_least = at least { $count } shots
does_shots_at_most = at most { $count ->
        [one] 1 shot
       *[other] { $count } shots
    }
does_nobody_speaks = nobody speaks
does_lines_at_most = at most { $count ->
        [one] 1 line
       *[other] { $count } lines
    }
does_lines_at_least = at least { $count ->
        [one] 1 line
       *[other] { $count } lines
    }
does_tone = away from this take's words, towards the tone's
does_heading = words keep to { $heading }
does_likelier = temperature { $temperature }, action of at most { $count } words
does_away = away from this take's words, repetition penalty { $penalty }
does_brief = closer to the brief's words
change_static = the camera moves
change_restless = the camera holds still
change_long = shorter action
change_short = longer action
change_slow = more and shorter shots
change_fast = fewer and longer shots
change_mood = away from its words, towards the tone's
change_character = only who the brief names
change_unclear = likelier words, shorter action
change_repeats = away from its phrases
change_place = away from places the scene is not at
change_fewer_lines = fewer lines
change_more_lines = more lines
plan_exactly = { $count } { $what }
plan_at_most = at most { $count } { $what }
plan_between = { $least } to { $most } { $what }
plan_shots = shots
plan_lines = lines
plan_action_words = words of action
plan_only = only { $names }
plan_locked = locked: { $parts }
plan_towards = towards { $phrases }
plan_away = away from { $phrases }
plan_less = dealt less often: { $cards }
plan_more = dealt more often: { $cards }
plan_not_at = not at { $places }
plan_examples = { $count ->
        [one] 1 accepted take as example
       *[other] { $count } accepted takes as examples
    }
plan_adapter = with { $name } × { $scale }
plan_temperature = temperature { $temperature }
feature_reading = what the model read in it
feature_shots = many shots
feature_shots_exactly = { $count ->
        [1] a single shot
        [4] four shots or more
       *[other] { $count } shots
    }
feature_pace = long shots
feature_longest = one long shot
feature_shortest = no short shot
feature_share_of_size = many { $size } shots
feature_any_size = a { $size } shot
feature_share_of_angle = many { $angle } angles
feature_any_angle = a { $angle } angle
feature_mostly_static = a static camera in many shots
feature_any_static = a static shot
feature_share_of_move = { $camera } in many shots
feature_any_move = a { $camera }
feature_moving = a camera that moves
feature_closeness = close framing
feature_closing_in = framing that closes in
feature_crowd = many in one shot
feature_empty = shots with nobody in them
feature_foreground = somebody in the foreground
feature_action_words = long action
feature_spoken_words = long dialogue
feature_description_words = long descriptions
feature_sound_words = much sound
feature_lines = many lines
feature_silent = nobody speaking
feature_talk = more talk than action
feature_inside = interiors
feature_outside = exteriors
feature_outside_at = exteriors at { $time }
feature_inside_at = interiors at { $time }
feature_place = the place { $place }
feature_seen = { $name } in frame
feature_speaks = { $name } speaking
feature_newcomers = newcomers
feature_word = words like “{ $stem }…”
