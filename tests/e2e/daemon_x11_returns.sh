#!/bin/sh
# An X display that is not there yet when the daemon starts, and that is killed and comes back while it runs: keys and insertion
# are used again without a restart.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
. "$(dirname -- "$0")/sound.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
needs_x11

daemon=
trap 'end_process "$daemon"; end_process "$player"; end_process "$server"; end_all' EXIT
log=$work/daemon.log

is_idle() { has_status '"state":"idle"'; }
is_well() { has_status '"insert":"x11","hotkeys":"x11".*"degraded":\[\]'; }
is_degraded() { "$DIKTATE" status | grep -q '^degraded: .*display'; }
has() { grep -q -i "$1" "$2"; }
dictate_by_key() { # held, into xterm
  start_xterm "$work/pty"
  xdotool keydown super keydown alt keydown d
  await_recording
  play
  played
  xdotool keyup d keyup alt keyup super
  await has 'fellow americ' "$work/pty"
  await is_idle
  run timeout 60 "$DIKTATE" last --json
  json 'first.outcome === "delivered" && first.receipt === "target"'
}

display_number=71
while [ -e "/tmp/.X11-unix/X$display_number" ] || [ -e "/tmp/.X$display_number-lock" ]; do display_number=$((display_number + 1)); done
export DISPLAY=":$display_number"
start_server
start_daemon
await is_degraded
start_display
await is_well
dictate_by_key
ok 'the daemon is there before its display'

kill -KILL "$xvfb"
wait "$xvfb" 2>/dev/null
await is_degraded
start_display
await is_well
dictate_by_key
ok 'the X server is killed and comes back: its keys are heard, and its windows get the text'

stop_daemon
if has americ "$log"; then fail 'what was said is in the log'; fi
