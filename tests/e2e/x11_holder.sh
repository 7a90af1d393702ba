#!/bin/sh
# The clipboard of X11 after the program's end, whatever it was: it can still be pasted.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
needs_x11
holder=${DIKTATE_BUILD:?}/libexec/diktate-clipboard-holder
needs_file "$holder"
peer=$DIKTATE_BUILD/tests/x11_peer
needs_file "$peer"
start_display
printf 'Short: ñ你' >"$work/short"
printf 'former text' >"$work/former"
printf '<b>former</b> text' >"$work/html"
head -c 4194304 /dev/urandom >"$work/image"
holds() { # file, target
  timeout 20 xclip -selection clipboard -o -t "$2" >"$work/got" 2>/dev/null && cmp -s "$1" "$work/got"
}
holds_all() { holds "$work/former" UTF8_STRING && holds "$work/html" text/html && holds "$work/image" image/png; }
start_full_owner() { start_owner "UTF8_STRING=$work/former" "text/html=$work/html" "image/png=$work/image"; }
# Processes of ours with that program; the display's number is in their arguments or surroundings.
holders() { pgrep -f "^$holder" | while read -r pid; do
  tr '\0' '\n' <"/proc/$pid/environ" 2>/dev/null | grep -qx "DISPLAY=$DISPLAY" && echo "$pid"
done; }
has_holder() { [ -n "$(holders)" ]; }
no_holders() { [ -z "$(holders)" ]; }

# In the middle of a paste: the text is there, nobody has taken it yet.
start_gtk "$work/gtk"
tries_left=5
while [ "$tries_left" -gt 0 ]; do
  tries_left=$((tries_left - 1))
  start_full_owner
  start_probe insert --holder "$holder"
  says '^ready'
  insert "$work/short"
  expect_report 'receipt=target'
  kill -STOP "$target"
  tell remember
  tell "insert $work/short"
  await holds "$work/short" UTF8_STRING
  kill -KILL "$process"
  await holds "$work/former" UTF8_STRING
  holds_all || fail 'a format of the clipboard is lost'
  kill -CONT "$target"
  exec 4>&-
  end "$owner"
done
[ "$(timeout 5 xclip -selection clipboard -o -t TIMESTAMP)" -gt 0 ] || fail 'the holder does not say since when'
ok 'killed in the middle of a paste: what was on the clipboard is there, an image of 4 MB too'

printf 'other' | xclip -selection clipboard
await no_holders
ok 'the holder ends when the clipboard is taken'

start_full_owner
start_probe insert --holder "$holder"
says '^ready'
insert "$work/short"
await holds "$work/former" UTF8_STRING
end_probe
await holds_all
ok 'a plain end too'
end "$owner"

start_manager() { # options...
  "$peer" manager "$@" >"$work/manager" 2>&1 &
  manager=$!
  started="$manager $started"
  await grep -q '^manages$' "$work/manager"
}
ends_after_a_paste() {
  start_full_owner
  start_probe insert --holder "$holder"
  says '^ready'
  insert "$work/short"
  expect_report 'receipt=target'
  end_probe
  end "$owner"
}
printf 'other' | xclip -selection clipboard
await no_holders
start_manager
ends_after_a_paste
await grep -q '^took the clipboard$' "$work/manager"
grep -q '^asked SAVE_TARGETS 3$' "$work/manager" || fail "the manager was asked otherwise: $(cat "$work/manager")"
await no_holders
holds_all || fail 'the manager did not get all'
end "$manager"
ok 'at a plain end a manager of the clipboard gets what was there, all of it, and no holder stays'

start_manager --refuse
ends_after_a_paste
await holds_all
await has_holder
grep -q '^asked SAVE_TARGETS' "$work/manager" || fail 'the manager was not asked'
end "$manager"
ok 'a manager that refuses it: the holder has it'

start_manager

start_probe insert --holder "$holder" --backend clipboard
says '^ready'
insert "$work/short"
expect_report "method='clipboard' receipt=none held=yes"
end_probe
await holds "$work/short" UTF8_STRING
! grep -q '^asked' "$work/manager" || fail 'the manager was given a text of ours'
end "$manager"
ok 'a text that waits on the clipboard outlives the program, and is not for managers'

# xclip may end before the clipboard is its child's.
is_other() { [ "$(timeout 5 xclip -selection clipboard -o)" = other ]; }
printf 'other' | xclip -selection clipboard
await is_other
run timeout 60 "$DIKTATE" insert test
expect_status 0 'insert test'
await is_other
ok 'insert test leaves the clipboard as it was'

printf 'other' | xclip -selection clipboard
await no_holders
start_probe insert --holder "$holder"
says '^ready'
tell remember
says '^remembered'
await has_holder
end_probe
await no_holders
[ "$(timeout 5 xclip -selection clipboard -o)" = other ] || fail 'the clipboard was taken from its owner'
ok 'without a paste the holder leaves the clipboard to its owner'
