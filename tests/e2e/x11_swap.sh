#!/bin/sh
# What was inserted is replaced by another text on X11: that and nothing else, or it goes to the clipboard.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
needs_x11
start_display

printf 'So, um, Año — “quotes” 你好 😀 👩‍👩‍👧 é and so\nit goes. ' >"$work/old"
printf 'Año, “quotes”, and so on.' >"$work/new"
printf 'Kept. ' >"$work/kept"
printf 'typed' >"$work/typed"
contains() { cat "$@" | cmp -s - "$work/gtk"; }
on_clipboard() { timeout 5 xclip -selection clipboard -o | cmp -s - "$work/new"; }
replace() { # leaves what was said of it in $report
  count=$(grep -c '^inserted\|^error' "$work/probe")
  tell remember
  tell "replace $work/old $work/new"
  await sh -c "[ \"\$(grep -c '^inserted\\|^error' '$work/probe')\" -gt $count ]"
  report=$(grep '^inserted\|^error' "$work/probe" | tail -n 1)
}
insert_old() {
  insert "$work/old"
  expect_report 'receipt=target'
}

start_probe insert
says '^ready x11'
start_gtk "$work/gtk"
insert "$work/kept"
insert_old
copied_before() { [ "$(timeout 5 xclip -selection clipboard -o)" = 'copied before' ]; }
printf 'copied before' | xclip -selection clipboard
await copied_before # xclip may end before the clipboard is its child's
replace
expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
await contains "$work/kept" "$work/new"
await copied_before
ok 'the text is replaced, and nothing else; the clipboard is as before'

insert_old
xdotool type typed
await contains "$work/kept" "$work/new" "$work/old" "$work/typed"
replace
expect_report "method='clipboard' receipt=none held=yes note='what was inserted does not stand in front of the cursor any more"
await on_clipboard
xdotool type typed
await contains "$work/kept" "$work/new" "$work/old" "$work/typed" "$work/typed"
ok 'something was typed since: it goes to the clipboard, and the cursor stays'

end "$target"
start_gtk "$work/gtk"
insert_old
xdotool key Home
replace
expect_report "held=yes note='what was inserted does not stand in front of the cursor any more"
await on_clipboard
await contains "$work/old"
ok 'the cursor is elsewhere: it goes to the clipboard'

xclip -selection primary "$work/old"
end "$target"
start_gtk "$work/gtk"
insert "$work/old"
xdotool key Home
replace
expect_report "held=yes note='what was inserted does not stand"
ok 'the same text selected elsewhere proves nothing'

end "$target"
start_gtk "$work/gtk"
insert_old
first=$target
title=other start_gtk "$work/other" --title other
replace
expect_report "method='clipboard' receipt=none held=yes note='the text was not inserted into this window: the text is on the clipboard"
await on_clipboard
[ ! -s "$work/other" ] || fail 'it came into another window'
await contains "$work/old"
ok 'another window: it goes to the clipboard'
end "$target"
end "$first"

start_gtk "$work/gtk"
insert_old
printf secret >"$work/hint"
/usr/bin/python3 "$lab/clipboard_owner.py" "UTF8_STRING=$work/kept" "x-kde-passwordManagerHint=$work/hint" >"$work/owner" 2>&1 &
owner=$!
started="$owner $started"
await grep -q '^owned$' "$work/owner"
cp "$work/new" "$work/new.short"
awk 'BEGIN { while (i++ < 20) printf "%s", "Año, “quotes”, and so on. " }' >"$work/new"
replace
expect_report "held=yes note='the clipboard holds a secret, and is left alone"
xdotool type typed
await contains "$work/old" "$work/typed"
ok 'a text that can go neither way leaves nothing selected'
end "$owner"
end "$target"
mv "$work/new.short" "$work/new"
printf 'copied before' | xclip -selection clipboard
await copied_before

start_xterm "$work/pty"
insert_old
cp "$work/pty" "$work/pty.before"
replace
expect_report "held=yes note='a terminal cannot select what was inserted: the text is on the clipboard"
await on_clipboard
cmp -s "$work/pty" "$work/pty.before" || fail 'keys came into the terminal'
ok 'a terminal: no key is pressed, it goes to the clipboard'
