#!/bin/sh
# A daemon without a session bus: a dictation goes its way, and what is missing is said, once.
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
is_told() { has_status '"degraded":\["no hotkeys: '; }

start_server
start_sway
for bus in none wrong; do
  unset DBUS_SESSION_BUS_ADDRESS
  [ "$bus" = none ] || export DBUS_SESSION_BUS_ADDRESS="unix:path=$work/no-such-bus"
  "$DIKTATE" daemon >"$log" 2>&1 &
  daemon=$!
  await "$DIKTATE" status
  await is_told
  start_foot "$work/pty"
  limited start
  expect_status 0 'a take without a bus'
  await_recording
  play
  played
  limited finish --wait --json
  json 'first.outcome === "delivered" && first.receipt === "target"'
  await has 'fellow americ' "$work/pty"
  limited status --json
  json 'first.insert === "wayland" && first.hotkeys === null && first.degraded.length === 1'
  json '/session bus/.test(first.degraded[0]) && /diktate toggle/.test(first.degraded[0])'
  json 'first.notes.length <= 1 && first.notes.every(note => /notif/.test(note))'
  [ "$(grep -c 'no hotkeys' "$log")" = 1 ] || fail "it is told more than once: $(cat "$log")"
  end "$target"
  kill "$daemon"
  status=0
  wait "$daemon" || status=$?
  daemon=
  [ "$status" = 0 ] || fail 'the daemon ends badly'
  ok "bus: $bus"
done
