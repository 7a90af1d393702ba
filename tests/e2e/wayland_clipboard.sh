#!/bin/sh
# What was on the clipboard survives an insertion on Wayland; who reads it is told apart; a compositor that ends, or offers nothing.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/wayland.sh"
needs_wayland
needs_command weston
printf 'Short: ñ你' >"$work/short"
printf 'former text' >"$work/former"
printf '<b>former</b> text' >"$work/html"
head -c 4194304 /dev/urandom >"$work/image"
printf secret >"$work/hint"
same() { cmp -s "$1" "$2"; }
holds() { # file, MIME type
  timeout 20 wl-paste -n -t "$2" >"$work/got" 2>/dev/null
  same "$1" "$work/got"
}
# It goes on in the background, and must not keep the words for the probe open.
copies() { wl-copy "$1" 4>&-; }
has_copied() { [ "$(timeout 5 wl-paste -n 2>/dev/null)" = "$1" ]; }
start_owner() { # MIME=file...
  : >"$work/owner"
  "$DIKTATE_BUILD/tests/wayland_owner" "$@" >>"$work/owner" 2>"$work/owner.log" &
  owner=$!
  started="$owner $started"
  await grep -q '^owned$' "$work/owner"
}

start_sway
start_probe insert
says '^ready wayland'
start_gtk "$work/gtk"
start_owner "text/plain;charset=utf-8=$work/former" "text/html=$work/html" "image/png=$work/image"
takes=0
while [ "$takes" -lt 10 ]; do
  takes=$((takes + 1))
  insert "$work/short"
  expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
done
awk -v part="$(cat "$work/short")" 'BEGIN { while (i++ < 10) printf "%s", part }' >"$work/expected"
await same "$work/expected" "$work/gtk"
await grep -q '^lost$' "$work/owner"
end "$owner"
await holds "$work/former" 'text/plain;charset=utf-8'
await holds "$work/html" text/html
await holds "$work/image" image/png
ok 'text, HTML and an image of 4 MB survive ten takes, and their owner'

# While the text is there, managers of the clipboard are told to leave it.
# It is only there for a second: on a machine that is busy that may be missed.
hinted() { timeout 5 wl-paste -n -t x-kde-passwordManagerHint | grep -q '^secret'; }
seen=
hinted_or_over() {
  if hinted; then seen=yes; fi
  [ -n "$seen" ] || said '^inserted'
}
tries_left=5
until [ -n "$seen" ]; do
  tries_left=$((tries_left - 1))
  [ "$tries_left" -ge 0 ] || fail 'the hint was never seen'
  kill -STOP "$target"
  tell remember
  forget
  tell "insert $work/short"
  await hinted_or_over
  kill -CONT "$target"
  says '^inserted'
  report=$(grep '^inserted' "$work/probe")
  expect_report 'held=no'
  await holds "$work/html" text/html
  if [ -z "$seen" ]; then # who has not pasted is sent no other keys that do
    end "$target"
    start_gtk "$work/gtk"
  fi
done
seen=
await holds "$work/html" text/html
ok 'managers of the clipboard are told that the text is none of theirs'

copies new
await has_copied new
insert "$work/short"
await has_copied new
copies newer
sleep 1
has_copied newer || fail 'what the user copied was written over'
ok 'what is copied meanwhile is left alone'
end "$target"
end_probe

# However late the window is, and whoever else reads: the text comes once, and never what was there before.
comes_once() { # options of gtk_target.py...
  start_gtk "$work/gtk" "$@"
  { sleep 0.3 && "$reads" && timeout 5 wl-paste -n; } >"$work/read" 2>&1 4>&- &
  insert "$work/short"
  await same "$work/short" "$work/gtk"
  await has_copied 'what was there'
  same "$work/short" "$work/gtk" || fail "with $*, after $report: $(cat "$work/gtk")"
  end "$target"
}
start_probe insert
says '^ready'
copies 'what was there'
await has_copied 'what was there'
reads=false
for late in 50 900 1500 4000; do comes_once --late "$late"; done
wl-paste --watch cat >"$work/watched" 2>/dev/null 4>&- &
watcher=$!
started="$watcher $started"
await grep -q 'what was there' "$work/watched"
reads=true
comes_once --late 1500
comes_once --read-late 1500
case $report in *'held=no'*) ;; *) fail "it was read: $report" ;; esac
end "$watcher"
reads=false
comes_once --read-late 1500
expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
ok 'a window that is late, or slow to read, gets the text once'
title=aside
start_gtk "$work/aside" --title aside
aside=$target
title=target
start_gtk "$work/gtk" --late 1500
forget
tell remember
tell "insert $work/short"
await sh -c "timeout 5 wl-paste --list-types | grep -q '^x-kde-passwordManagerHint'" # the text is there; and nobody reads it
focus aside
says "^inserted method='none' receipt=none held=yes note='another window has the focus"
await has_copied 'what was there'
[ -z "$(cat "$work/gtk" "$work/aside")" ] || fail "pasted: $(cat "$work/gtk" "$work/aside")"
end "$aside"
end "$target"
ok 'a window that is left before it pastes gets nothing, and not what was there before'

# Ctrl+V is no paste to foot: it writes the character into the terminal.
copies newest
await has_copied newest
start_probe insert --row foot=ordinary
says '^ready'
start_foot "$work/pty"
insert "$work/short"
expect_report "method='type' receipt=sent held=no note=''"
printf '\026' >"$work/expected"
cat "$work/short" >>"$work/expected"
await same "$work/expected" "$work/pty"
await has_copied newest
ok 'a text that nobody pasted is typed, once, and the clipboard comes back'
awk 'BEGIN { while (i++ < 30) printf "%s", "many words " }' >"$work/long"
insert "$work/long"
expect_report "method='clipboard' receipt=none held=yes note='foot has not pasted the text before this one, and may do so yet; it is too long to be typed: the text is on the clipboard"
await has_copied "$(cat "$work/long")" # and no second key was pressed
await same "$work/expected" "$work/pty"
end "$target"
end_probe
start_probe insert --row foot=ordinary --method 'paste Ctrl+V' --method clipboard
says '^ready'
start_foot "$work/pty"
insert "$work/short"
expect_report "method='clipboard' receipt=none held=yes note='foot did not paste at Ctrl+V: the text is on the clipboard"
await has_copied "$(cat "$work/short")"
ok 'a long one is left on the clipboard'

wl-paste --watch cat >"$work/watched" 2>/dev/null 4>&- &
watcher=$!
started="$watcher $started"
sh -c 'while :; do timeout 5 wl-paste -n; done' >/dev/null 2>&1 4>&- &
reader=$!
started="$reader $started"
takes=0
while [ "$takes" -lt 5 ]; do
  takes=$((takes + 1))
  end_probe # or the key before is still waited for
  start_probe insert --row foot=ordinary --method 'paste Ctrl+V' --method clipboard
  says '^ready'
  insert "$work/short"
  case $report in
    *receipt=target*) fail "a reader passed for the target: $report" ;;
    *receipt=someone*) seen=yes ;;
  esac
done
[ "${seen:-}" = yes ] || fail "the reader was never seen: $report"
grep -q 'Short' "$work/watched" || fail 'wl-paste --watch never saw the text'
end "$reader"
end "$watcher"
ok 'other programs that read the clipboard are not the target'
end "$target"
end_probe

start_probe insert
says '^ready'
start_owner "text/plain;charset=utf-8=$work/former" "x-kde-passwordManagerHint=$work/hint"
start_gtk "$work/gtk"
insert "$work/long"
expect_report "held=yes note='the clipboard holds a secret, and is left alone; it is too long to be typed: the text was not inserted'"
insert "$work/short"
expect_report "method='type' receipt=sent held=no note=''"
await same "$work/short" "$work/gtk"
! grep -q 'asked text\|lost' "$work/owner" || fail 'a secret was copied, or is lost'
end "$owner"
end "$target"
ok 'a secret is neither copied nor lost: a short text is typed'

start_owner --late image/png "text/plain;charset=utf-8=$work/former" "image/png=$work/html"
start_gtk "$work/gtk"
insert "$work/short"
expect_report "method='type' receipt=sent held=no note=''"
await same "$work/short" "$work/gtk"
await holds "$work/former" 'text/plain;charset=utf-8' # it has done with what it was asked
insert "$work/long"
expect_report "held=yes note='not all formats of what is on the clipboard come in time, and it is left alone; it is too long to be typed: the text was not inserted'"
await holds "$work/html" image/png
! grep -q '^lost$' "$work/owner" || fail 'the clipboard was taken'
end "$owner"
end "$target"
ok 'a format comes too late: the clipboard is left alone, and that is said'

title=first
start_gtk "$work/first" --title first
tell remember
says "^remembered 'gtk_target.py'"
title=second
start_gtk "$work/second" --title second
forget
tell "insert $work/short"
says '^inserted'
report=$(cat "$work/probe")
expect_report "method='none' receipt=none held=yes note='another window has the focus"
[ -z "$(cat "$work/first" "$work/second")" ] || fail 'text came into a window that was not meant'
ok 'another window has the focus: the text is held'

end "$target"
end_probe

title=target
start_probe insert --method clipboard
says '^ready wayland'
start_gtk "$work/gtk"
insert "$work/short"
expect_report "method='clipboard' receipt=none held=yes note='the text is on the clipboard, press paste'"
await has_copied "$(cat "$work/short")"
[ ! -s "$work/gtk" ] || fail 'keys were pressed all the same'
tell remember
says "^remembered 'gtk"
copies other
await has_copied other
first=$target
title=second
start_gtk "$work/second" --title second
forget
tell "insert $work/short"
says "^inserted method='clipboard' receipt=none held=yes note='the text is on the clipboard, press paste'"
await has_copied "$(cat "$work/short")"
title=target
end "$first"
end "$target"
ok 'the clipboard alone, whatever has the focus'
end_probe

start_probe insert
says '^ready'
tell remember
says "^remembered 'gtk"
end "$sway"
forget
tell "insert $work/short"
says "^error: the Wayland compositor is gone: the text was not inserted; 'diktate last --print' shows it$"
[ "$(wc -l <"$work/probe")" = 1 ] || fail "more than one line: $(cat "$work/probe")"
tell remember
says "^remembered ''"
tell "insert $work/short"
await sh -c "[ \"\$(grep -c '^error' '$work/probe')\" = 2 ]"
start_sway
start_gtk "$work/gtk"
insert "$work/short"
expect_report "method='paste Ctrl+V' receipt=target"
await same "$work/short" "$work/gtk"
end_probe
ok 'the compositor ends and comes back: the program goes on'

weston --backend=headless-backend.so --use-pixman --socket=wayland-9 >"$work/weston.log" 2>&1 &
started="$! $started"
await test -e "$XDG_RUNTIME_DIR/wayland-9"
WAYLAND_DISPLAY=wayland-9
run "$probe" insert --backend wayland
expect_status 1 'nothing to insert text with'
expect_out '^error: the Wayland compositor offers neither data control (ext or wlr) nor a virtual keyboard: text cannot be inserted there$'
expect_out_lines 1
WAYLAND_DISPLAY=wayland-8
run "$probe" insert --backend wayland
expect_out "^error: the Wayland compositor 'wayland-8' cannot be reached$"
ok 'weston has nothing to insert text with, and that is said in a line'
