#!/bin/sh
# The whole way on Wayland: speech into a microphone, clean text in the window of the compositor that has the focus.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/wayland.sh"
needs_wayland
needs_models
needs_file "$jfk"
needs_command node
. "$(dirname -- "$0")/sound.sh"

daemon=
trap 'end_process "$daemon"; end_process "$player"; end_process "$server"; end_all' EXIT
log=$work/daemon.log

has() { grep -q -i "$1" "$2"; }
is_inserter() { has_status "\"insert\":\"$1\""; }

start_daemon() { # command that runs it...
  "$@" "$DIKTATE" daemon >>"$log" 2>&1 &
  daemon=$!
  await "$DIKTATE" status
}

lost_compositor() { "$DIKTATE" status | grep -q '^degraded: .*text cannot be inserted: the Wayland compositor is gone'; }
has_compositor() { ! lost_compositor; }
is_locked() { ! flock -n "$XDG_RUNTIME_DIR/$1.lock" true; }

start_server
start_daemon env -u DISPLAY -u WAYLAND_DISPLAY
limited status --json
json 'first.insert === "none" && first.degraded.some(line => /WAYLAND_DISPLAY is not set/.test(line))'
start_sway
await is_inserter wayland
ok 'started before there is a display, it uses the one that comes'

first=$WAYLAND_DISPLAY
end "$sway"
await lost_compositor
# Nobody gets the name again. One process, which ends with the script; the compositor took its lock away when it ended.
sh -c 'exec 9>"$1" && flock -w 60 9 && exec sleep 600' - "$XDG_RUNTIME_DIR/$first.lock" >/dev/null 2>&1 4>&- &
started="$! $started"
await is_locked "$first"
start_sway
[ "$WAYLAND_DISPLAY" != "$first" ] || fail 'the second compositor has the name of the first'
await has_compositor
kill "$daemon"
wait "$daemon"
ok 'and the next one, which has another name'

start_daemon
limited status --json
json 'first.insert === "wayland"'

wl-copy 'what was copied before'
start_foot "$work/pty"
dictate
await has 'fellow americ' "$work/pty"
json 'first.outcome === "delivered" && first.receipt === "target" && !first.held && first.insert_method === "paste Ctrl+Shift+V"'
copied_before() { [ "$(timeout 5 wl-paste -n)" = 'what was copied before' ]; }
await copied_before
# While it looks for keys, which are not to be had here, it must not forget what it gave back.
sleep 3
copied_before || fail 'what was given back to the clipboard is lost'
ok 'spoken into foot, proven; the clipboard is as before'
end "$target"

start_gtk "$work/gtk"
dictate
await has 'what your country can do for you' "$work/gtk"
json 'first.outcome === "delivered" && first.receipt === "target" && first.insert_method === "paste Ctrl+V"'
ok 'spoken into GTK, proven'

await copied_before
kill -KILL "$daemon"
wait "$daemon" 2>/dev/null
await copied_before
start_daemon
ok 'the daemon is killed: the clipboard is as before'

limited start
await_recording
play
played
end "$sway"
limited finish --wait --json
json 'first.outcome === "failed" && /last --print/.test(first.cause) && /fellow americ/i.test(first.clean_text)'
lost_compositor || fail 'the status does not say that the compositor is gone'
start_sway
await has_compositor
start_foot "$work/pty"
limited last
expect_status 0 'the text, when the compositor is back'
await has 'fellow americ' "$work/pty"
kill "$daemon"
status=0
wait "$daemon" || status=$?
daemon=
[ "$status" = 0 ] || fail 'the daemon ends badly'
if has americ "$log"; then fail 'what was said is in the log'; fi
ok 'the compositor goes and comes back: the words are there all the same'
