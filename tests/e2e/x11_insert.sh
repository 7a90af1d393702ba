#!/bin/sh
# Text into windows of X11: what arrives, byte for byte, and what is known of it.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
needs_x11
start_display

# 500 characters, some of two, three and four bytes.
part='Año — “quotes” 你好 😀 and so on. '
text=$work/text
awk -v part="$part" 'BEGIN { while (i++ < 17) printf "%s", part }' >"$text"
[ "$(wc -m <"$text")" -ge 500 ] || fail "the text has $(wc -m <"$text") characters"
printf 'Short: ñ你' >"$work/short"
printf 'one\ntwo\n' >"$work/lines"
same() { cmp -s "$1" "$2"; }

start_probe insert
says '^ready x11'
start_gtk "$work/gtk"
insert "$text"
expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
await same "$text" "$work/gtk"
ok 'GTK: 500 characters arrive, and it is known'
end "$target"

start_gtk "$work/gtk" --text 'a word'
printf 'from the mouse' | xclip -selection primary
insert "$work/short"
expect_report 'receipt=target'
await same "$work/short" "$work/gtk"
[ "$(xclip -selection primary -o)" = 'from the mouse' ] || fail 'PRIMARY was taken for an ordinary window'
ok 'GTK: a selected word is replaced, and PRIMARY is left alone'

tell 'key Enter'
tell 'key Tab'
insert "$work/short"
expect_report "receipt=target held=no note=''"
{ cat "$work/short" "$work/short" && printf '\n\t'; } >"$work/expected"
await same "$work/expected" "$work/gtk"
ok 'GTK: Enter and Tab come after the text'
end "$target"

start_xterm "$work/pty"
insert "$text"
expect_report "method='paste selection Shift+Insert' receipt=target held=no note=''"
await same "$text" "$work/pty"
ok 'xterm: 500 characters arrive, and it is known'

cp "$text" "$work/expected"
printf 'one two' >>"$work/expected"
tell 'key Enter'
insert "$work/lines"
expect_report "receipt=target held=no note='Enter is not pressed in a terminal'"
await same "$work/expected" "$work/pty"
ok 'xterm: neither a line end nor Enter gets into a terminal'
end "$target"
end_probe

start_probe insert --lines --enter
says '^ready'
start_xterm "$work/pty"
tell 'key Enter'
insert "$work/lines"
expect_report "receipt=target held=no note=''"
printf 'one\rtwo\r\r' >"$work/expected"
await same "$work/expected" "$work/pty"
ok 'xterm: unless it is allowed to'
end "$target"
end_probe

# These keys are nothing to xterm: it writes them into the terminal, as a character.
printf '\026' >"$work/keys"
start_probe insert --row XTerm=terminal --method 'paste Ctrl+Shift+V'
says '^ready'
start_xterm "$work/pty"
insert "$work/short"
expect_report "method='none' receipt=none held=yes note='XTerm does not paste at the keys it was sent"
await same "$work/keys" "$work/pty"
end "$target"
end_probe
ok 'a method that is not bound is noticed, and the text is held'

start_probe insert --row XTerm=terminal
says '^ready'
start_xterm "$work/pty"
insert "$work/short"
expect_report "method='type' receipt=sent held=no"
cat "$work/keys" "$work/short" >"$work/expected"
await same "$work/expected" "$work/pty"
ok 'a text that was not pasted is typed, once'
insert "$text"
expect_report "method='clipboard' receipt=none held=yes"
expect_report 'it is too long to be typed: the text is on the clipboard, press paste'
xclip -selection clipboard -o >"$work/got"
await same "$text" "$work/got"
cat "$work/keys" >>"$work/expected"
await same "$work/expected" "$work/pty"
end "$target"
end_probe
ok 'a long one is left on the clipboard'

start_probe insert --method type
says '^ready'
# Of the core keyboard, as a layout switcher does.
second_group() {
  /usr/bin/python3 -c '
import ctypes
x = ctypes.CDLL("libX11.so.6")
x.XOpenDisplay.restype = ctypes.c_void_p
display, core = ctypes.c_void_p(x.XOpenDisplay(None)), 0x100
x.XkbLockGroup(display, core, 1)
state = ctypes.create_string_buffer(64)  # its first byte is the group
x.XkbGetState(display, core, state)
raise SystemExit(0 if state.raw[0] == 1 else 1)' || fail 'the second group is not active'
}
for layout in us de fr dvorak us,ru; do
  setxkbmap -layout "$layout" -option ''
  start_gtk "$work/gtk"
  [ "$layout" != us,ru ] || second_group
  insert "$work/short"
  expect_report "method='type' receipt=sent"
  await same "$work/short" "$work/gtk"
  end "$target"
done
setxkbmap -layout us
ok 'typing: with the keys of five layouts'
end_probe

start_probe insert --key-down "$work/key"
says '^ready'
for layout in us de fr dvorak us,ru; do
  setxkbmap -layout "$layout" -option ''
  start_gtk "$work/gtk"
  # The second group, CapsLock and NumLock on.
  [ "$layout" != us,ru ] || second_group
  xdotool key Caps_Lock key Num_Lock
  insert "$work/short"
  expect_report "method='paste Ctrl+V' receipt=target"
  await same "$work/short" "$work/gtk"
  xdotool key Caps_Lock key Num_Lock
  end "$target"
done
setxkbmap -layout us -option ''
ok 'pasting: the letter is found in five layouts, with CapsLock and NumLock on'

title=first
start_gtk "$work/first" --title first
first=$target
tell remember
says "^remembered 'Gtk_target.py'"
title=second
start_gtk "$work/second" --title second
focus second
forget
tell "insert $work/short"
says '^inserted'
report=$(cat "$work/probe")
expect_report "method='none' receipt=none held=yes note='another window has the focus"
[ -z "$(cat "$work/first" "$work/second")" ] || fail 'text came into a window that was not meant'
ok 'another window has the focus: the text is held'

end "$target"
start_gtk "$work/second" --title second
tell remember
await sh -c "[ \"\$(grep -c '^remembered' '$work/probe')\" = 1 ]"
window=$(xdotool getactivewindow)
end "$target"
start_gtk "$work/second" --title second
[ "$(xdotool getactivewindow)" = "$window" ] || fail 'the server gave the new window another number'
forget
tell "insert $work/short"
says '^inserted'
report=$(grep '^inserted' "$work/probe")
expect_report "held=yes note='another window has the focus"
[ ! -s "$work/second" ] || fail 'text came into a window that was not meant'
ok 'a window that has got the number of another one is not taken for it'

xdotool keydown Shift_L
insert "$work/short"
expect_report "held=yes note='a modifier key is held down"
xdotool keyup Shift_L
[ ! -s "$work/second" ] || fail 'text came while a modifier was held'
xdotool keydown Shift_L
forget
tell remember
tell "insert $work/short"
sleep 0.3
xdotool keyup Shift_L
says '^inserted'
report=$(grep '^inserted' "$work/probe")
expect_report 'receipt=target'
await same "$work/short" "$work/second"
ok 'a held modifier is waited for, and no release is faked'

: >"$work/key"
xdotool keydown Shift_L
forget
tell remember
tell "insert $work/short"
sleep 2
! said '^inserted' || fail 'it did not wait for the key to dictate'
xdotool keyup Shift_L
sleep 0.2
! said '^inserted' || fail 'it did not wait for the key to dictate, but for a modifier'
rm "$work/key"
says '^inserted'
report=$(grep '^inserted' "$work/probe")
expect_report 'receipt=target'
cat "$work/short" "$work/short" >"$work/expected"
await same "$work/expected" "$work/second"
ok 'a key to dictate is waited for as long as it is held, its modifiers too'
end "$target"
end "$first"
end_probe

title=
start_probe insert --follow
says '^ready'
start_gtk "$work/gtk"
first=$target
forget
tell remember
says '^remembered'
start_xterm "$work/pty"
focus terminal
tell "insert $work/short"
says '^inserted'
report=$(grep '^inserted' "$work/probe")
expect_report "method='paste selection Shift+Insert' receipt=target held=no"
await same "$work/short" "$work/pty"
[ ! -s "$work/gtk" ] || fail 'the text came into the window that had the focus before'
ok 'unless it is to follow the focus: then into the other window, as that pastes'
end "$target"
end "$first"
end_probe

start_probe insert --backend clipboard
says '^ready'
start_gtk "$work/gtk"
xdotool keydown Shift_L
insert "$work/short"
xdotool keyup Shift_L
expect_report "method='clipboard' receipt=none held=yes note='the text is on the clipboard"
ok 'what goes to the clipboard only goes there at once'

: >"$work/hog"
/usr/bin/python3 "$lab/clipboard_hog.py" 64 >"$work/hog" 2>&1 &
hog=$!
started="$hog $started"
await grep -q '^asked$' "$work/hog"
timeout 5 xclip -selection clipboard -o >"$work/got" 2>"$work/refused" && fail 'more than 64 are served at a time'
await sh -c "timeout 5 xclip -selection clipboard -o >'$work/got'"
same "$work/short" "$work/got" || fail 'another text is on the clipboard'
ok 'who asks and does not take it is in the way of others for a while only'
