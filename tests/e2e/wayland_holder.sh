#!/bin/sh
# The clipboard of Wayland after the program's end, whatever it was: it can still be pasted.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/wayland.sh"
needs_wayland
holder=${DIKTATE_BUILD:?}/libexec/diktate-clipboard-holder
needs_file "$holder"
printf 'Short: ñ你' >"$work/short"
printf 'former text' >"$work/former"
printf '<b>former</b> text' >"$work/html"
head -c 4194304 /dev/urandom >"$work/image"
holds() { # file, MIME type
  timeout 20 wl-paste -n -t "$2" >"$work/got" 2>/dev/null && cmp -s "$1" "$work/got"
}
text='text/plain;charset=utf-8'
holds_all() { holds "$work/former" "$text" && holds "$work/html" text/html && holds "$work/image" image/png; }
start_owner() {
  : >"$work/owner"
  "$DIKTATE_BUILD/tests/wayland_owner" "$text=$work/former" "text/html=$work/html" "image/png=$work/image" \
    >>"$work/owner" 2>"$work/owner.log" &
  owner=$!
  started="$owner $started"
  await grep -q '^owned$' "$work/owner"
}
# Processes of ours with that program.
holders() { pgrep -f "^$holder wayland" | while read -r pid; do
  tr '\0' '\n' <"/proc/$pid/environ" 2>/dev/null | grep -qx "XDG_RUNTIME_DIR=$XDG_RUNTIME_DIR" && echo "$pid"
done; }
has_holder() { [ -n "$(holders)" ]; }
no_holders() { [ -z "$(holders)" ]; }
has_copied() { [ "$(timeout 5 wl-paste -n 2>/dev/null)" = "$1" ]; }
copies() { wl-copy "$1" 4>&-; } # it goes on in the background

start_sway
# In the middle of a paste: the text is there, nobody has taken it yet.
start_gtk "$work/gtk"
# The text is only there for a second: on a machine that is busy that may be missed.
caught() { holds "$work/short" "$text" || said '^inserted'; }
killed=0
tries_left=12
while [ "$killed" -lt 3 ]; do
  tries_left=$((tries_left - 1))
  [ "$tries_left" -ge 0 ] || fail 'the text was never seen on the clipboard'
  start_owner
  start_probe insert --holder "$holder"
  says '^ready'
  insert "$work/short"
  expect_report 'receipt=target'
  kill -STOP "$target"
  forget
  tell remember
  says '^remembered'
  tell "insert $work/short"
  await caught
  if ! said '^inserted'; then killed=$((killed + 1)); fi
  kill -KILL "$process"
  await holds "$work/former" "$text"
  holds_all || fail 'a format of the clipboard is lost'
  kill -CONT "$target"
  exec 4>&-
  end "$owner"
done
ok 'killed in the middle of a paste: what was on the clipboard is there, an image of 4 MB too'

copies other
await no_holders
has_copied other || fail 'what was copied is lost'
ok 'the holder ends when the clipboard is taken'

start_owner
start_probe insert --holder "$holder"
says '^ready'
insert "$work/short"
await holds "$work/former" "$text"
end "$owner"
end_probe
await holds_all
ok 'a plain end too'
wl-paste -n -t image/png | head -c 1 >"$work/got"
holds_all || fail 'a reader that ended in the middle ended the holder'
ok 'a reader that goes away in the middle costs nothing'

start_probe insert --holder "$holder" --backend clipboard
says '^ready'
insert "$work/short"
expect_report "method='clipboard' receipt=none held=yes"
end_probe
await holds "$work/short" "$text"
ok 'a text that waits on the clipboard outlives the program'

copies other
await no_holders
start_probe insert --holder "$holder"
says '^ready'
tell remember
says '^remembered'
await has_holder
kill -KILL "$process"
exec 4>&-
await no_holders
has_copied other || fail 'the clipboard was taken from its owner'
ok 'without a paste the holder leaves the clipboard to its owner'

start_probe insert --holder "$holder"
says '^ready'
insert "$work/short"
await has_copied other
end_probe
await has_holder
end "$sway"
await no_holders
ok 'the holder ends with the compositor'
