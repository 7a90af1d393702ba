#!/bin/sh
# What locks the screen of a compositor has the focus there, and no window has it: no key goes to who asks for the password.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/wayland.sh"
needs_wayland
needs_command swaylock

printf 'spoken words' >"$work/text"
is_text() { [ "$(cat "$work/gtk")" = "$1" ]; }
nothing_has_focus() { [ -z "$(focused)" ]; }

start_sway
start_gtk "$work/gtk" --text before
start_probe insert
says '^ready wayland'
tell remember
await said remembered
swaylock >"$work/swaylock.log" 2>&1 4>&- &
lock=$!
started="$lock $started"
await nothing_has_focus
tell "insert $work/text"
says "^inserted method='none' receipt=none held=yes note='another window has the focus than when you began"
forget
insert "$work/text"
expect_report "receipt=none held=yes note='it is not known which window has the focus"
is_text before || fail 'the text went through the lock'
ok 'swaylock: no text while it is there, whether the take began before it or not'

kill -USR1 "$lock"
wait "$lock"
await has_focus target
insert "$work/text"
expect_report 'receipt=target held=no'
await is_text 'spoken words'
ok 'it goes: text comes again'
