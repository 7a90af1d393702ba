#!/bin/sh
# Keys that paste and are answered late, or by more than was meant, on X11: a text comes once, and nothing comes in its place.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
needs_x11
start_display
printf 'Short: ñ你' >"$work/short"
printf 'Plain' >"$work/plain"
printf 'former text' >"$work/former"
printf secret >"$work/hint"
awk 'BEGIN { while (i++ < 17) printf "%s", "Año — “quotes” 你好 😀 and so on. " }' >"$work/text"
contains() { # file, files whose contents it has...
  contained=$1
  shift
  cat "$@" | cmp -s - "$contained"
}
copied() { [ "$(timeout 5 xclip -selection "${2:-clipboard}" -o)" = "$1" ]; }
count_of() { grep -o "$1" "$2" | wc -l; } # a word, a file
knows_no_ping() { xprop -id "$(xdotool getactivewindow)" -remove WM_PROTOCOLS; }

start_probe insert
says '^ready x11'

start_owner "UTF8_STRING=$work/former" "x-kde-passwordManagerHint=$work/hint"
start_xterm "$work/pty" -xrm 'XTerm*selectToClipboard: true'
insert "$work/plain"
expect_report "method='type' receipt=sent held=no"
await contains "$work/pty" "$work/plain"
insert "$work/text"
expect_report "held=yes note='the clipboard holds a secret, and is left alone"
sleep 0.5
contains "$work/pty" "$work/plain" || fail 'a secret came into the terminal'
end "$target"
end "$owner"
ok 'a terminal that pastes the clipboard with the keys of PRIMARY gets no secret by them'

# The first text is left with it; another window takes the second one.
start_gtk "$work/gtk"
kill -STOP "$target"
insert "$work/short"
expect_report 'does not answer: the text is on the clipboard, and it may still paste it'
hung=$target
title=other start_gtk "$work/other" --title other
insert "$work/plain"
expect_report 'receipt=target'
end "$target"
target=$hung
focus target
insert "$work/plain"
expect_report "receipt=none held=yes note='Gtk_target.py has not answered since it was sent another text"
kill -CONT "$target"
await contains "$work/gtk" "$work/short"
insert "$work/plain"
expect_report 'receipt=target'
await contains "$work/gtk" "$work/short" "$work/plain"
end "$target"
ok 'a window that hangs gets no other text, though another window answered meanwhile'

title=other start_gtk "$work/other" --title other
other=$target
other_window=$(xdotool getactivewindow)
start_gtk "$work/gtk"
# All of its formats take 1.75 s: longer than is waited for.
start_owner --late 250 "UTF8_STRING=$work/former" "text/a=$work/former" "text/b=$work/former" "text/c=$work/former" \
  "text/d=$work/former" "text/e=$work/former" "text/f=$work/former"
forget
tell remember
tell "insert $work/text"
sleep 1.25
xdotool windowactivate "$other_window"
says '^inserted'
report=$(grep '^inserted' "$work/probe")
expect_report 'held=yes'
sleep 0.5
[ ! -s "$work/other" ] || fail 'the text came into the window that got the focus while the clipboard was copied'
end "$target"
end "$other"
end "$owner"
ok 'a clipboard that is slow to be copied is waited for before it is looked where the focus is, and not after'

# PRIMARY is served by us from here on.
printf 'from the mouse' | xclip -selection primary
printf 'copied before' | xclip -selection clipboard
start_xterm "$work/pty"
insert "$work/plain"
expect_report 'receipt=target'
end "$target"
await copied 'from the mouse' primary
start_gtk "$work/gtk"
kill -STOP "$target"
{
  sleep 2
  printf 'selected' | xclip -selection primary
} &
insert "$work/short"
expect_report "note='Gtk_target.py does not answer: the text is on the clipboard, and it may still paste it"
copied selected primary || fail 'nothing was selected meanwhile'
kill -CONT "$target"
await contains "$work/gtk" "$work/short"
end "$target"
ok 'what is selected with the mouse is not taken for the loss of the clipboard'

# It has asked for the first text and reads it 11 s later; then it asks for the second, and does not read that in time.
printf 'copied before' | xclip -selection clipboard
start_gtk "$work/gtk" --late-read 11000
{
  sleep 3
  printf 'copied meanwhile' | xclip -selection clipboard
} &
insert "$work/short"
expect_report "method='paste Ctrl+V' receipt=none held=yes note='Gtk_target.py does not answer, and may still paste the text; another program has taken the clipboard: 'diktate last' has it"
copied 'copied meanwhile' || fail 'what was copied meanwhile was written over'
insert "$work/plain"
expect_report "receipt=none held=yes note='Gtk_target.py does not answer: the text is on the clipboard"
await contains "$work/gtk" "$work/short" "$work/plain"
end "$target"
ok 'a text that is asked for and not read, and another program takes the clipboard: that is said'
ok 'the reading of an earlier text is no receipt of the next'

# The keys of both texts wait for it; the first text is typed after its key.
printf 'copied before' | xclip -selection clipboard
start_gtk "$work/gtk"
knows_no_ping
kill -STOP "$target"
insert "$work/plain"
expect_report "method='type' receipt=sent"
{
  sleep 0.4
  kill -CONT "$target"
} &
insert "$work/short"
expect_report 'receipt=target'
sleep 2
[ "$(count_of "$(cat "$work/short")" "$work/gtk")" = 1 ] || fail "not exactly once: $(cat "$work/gtk")"
[ "$(wc -c <"$work/gtk")" = "$(cat "$work/plain" "$work/short" | wc -c)" ] || fail "more came: $(cat "$work/gtk")"
end "$target"
await copied 'copied before'
ok 'keys of two texts are answered at once: the second text comes once'

# Its key is answered after 4 s; a text for another window is held meanwhile.
printf 'copied before' | xclip -selection clipboard
title=other start_gtk "$work/other" --title other
other=$target
start_gtk "$work/gtk" --hang 4000
knows_no_ping
insert "$work/plain"
expect_report "method='type' receipt=sent"
focus other
xdotool keydown Shift_L
insert "$work/short"
expect_report "held=yes note='a modifier key is held down"
xdotool keyup Shift_L
sleep 3.5
contains "$work/gtk" "$work/plain" || fail "what was copied before was pasted: $(cat "$work/gtk")"
await copied 'copied before'
end "$other"
end "$target"
ok 'a text that is held brings nothing back to the clipboard before an earlier key is answered'
