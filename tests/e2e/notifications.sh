#!/bin/sh
# What the daemon tells the user by notifications: of a session bus of the script's own, that comes and goes.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
needs_command sox
needs_command dbus-daemon
lab=${DIKTATE_SOURCE:?}/tests/lab
/usr/bin/python3 -c 'import dbus; from gi.repository import GLib' 2>/dev/null || skip 'python3-dbus with python3-gi is not installed'
. "$(dirname -- "$0")/sound.sh"

daemon=
bus=
shower=
trap 'end_process "$daemon"; end_process "$shower"; end_process "$bus"; end_process "$player"; end_process "$server"; rm -rf "$work"' EXIT
log=$work/daemon.log
shown=$work/shown
sox "$jfk" "$work/short.wav" trim 0 3
# shellcheck disable=SC2034 # what play() plays
jfk=$work/short.wav
spoken='americ'

await() { # what, command...: until it succeeds
  what=$1
  shift
  tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || { cat "$log" "$shown"; fail "$what"; }
    sleep 0.1
  done
}
start_daemon() {
  "$DIKTATE" daemon >"$log" 2>&1 &
  daemon=$!
  await 'the daemon does not answer' "$DIKTATE" status
  await 'the models are not loaded' is '"models":"loaded"'
}
is() { has_status "$1"; }
configure() { # toml
  mkdir -p "$XDG_CONFIG_HOME/diktate"
  printf '%s\n' '[hotkeys]' 'method = "none"' "$@" >"$XDG_CONFIG_HOME/diktate/config.toml"
  [ -z "$daemon" ] || kill -HUP "$daemon"
}
start_bus() {
  rm -f "$work/bus"
  dbus-daemon --config-file="$lab/bus.conf" --nofork --nopidfile --address="unix:path=$work/bus" >"$work/bus.log" 2>&1 &
  bus=$!
  await 'the bus does not start' test -S "$work/bus"
}
start_shower() {
  : >"$work/ready"
  /usr/bin/python3 "$lab/notifications.py" "$shown" >"$work/ready" 2>"$work/shower.log" &
  shower=$!
  await 'nothing shows notifications' grep -q ready "$work/ready"
}
kill_bus() {
  kill -KILL "$bus"
  wait "$bus" "$shower" 2>/dev/null
  bus=
  shower=
}
speak() { # leaves the row of the take in $out
  limited start
  await_recording
  play
  played
  limited finish --wait --json
}
say_nothing() {
  limited start
  await_recording
  sleep 0.5
  limited finish --wait --json
  json 'first.outcome === "empty"'
}
# Waits for as many notifications as there should be in all, and leaves them in $out.
expect_shown() { # how many, what the last one says
  await "notification $1 does not come: $2" sh -c "[ \"\$(wc -l <'$shown')\" -ge $1 ]"
  run cat "$shown"
  expect_out_lines "$1"
  tail -n 1 "$shown" | grep -q -- "$2" || fail "'$2' expected in the last notification"
}
wanted="[insert]
method = 'command'
command = ['tee', '$work/typed']"

start_server
export DBUS_SESSION_BUS_ADDRESS="unix:path=$work/bus"
: >"$shown"
configure "$wanted"
start_daemon
say_nothing
await 'the notification that was not shown is not told of' is '"notes":\["the last notification was not shown: '
is '"degraded":\[\]' || fail 'without a bus nothing is lost'
speak
json 'first.outcome === "delivered"'
ok 'without a bus'

start_bus
say_nothing
await 'the missing notification service is not told of' is '"notes":\["the last notification was not shown: .*org.freedesktop.Notifications'
start_shower
expect_shown 1 '"title": "Nothing was heard"'
await 'the note stays' is '"notes":\[\]'
speak
json 'first.outcome === "delivered"'
ok 'the bus and the service come: what was not shown yet is, and a good take tells nothing'

configure '[insert]' 'method = "none"'
await 'the new setting is not in use' is '"insert":"none"'
speak
json 'first.held'
expect_shown 2 '"title": "The text was not inserted", "body": "the text is held: '
ok 'a text that is held'

pactl unload-module module-remap-source
pactl unload-module module-null-sink
limited start
expect_shown 3 '"title": "The microphone failed"'
pactl load-module module-null-sink sink_name=speaker norewinds=1 rate=48000 channels=2 >/dev/null
pactl load-module module-remap-source source_name=mic master=speaker.monitor >/dev/null
pactl set-default-source mic
ok 'no microphone'

configure "$wanted" '[processors.gone]' 'kind = "openai"' 'endpoint = "http://127.0.0.1:9"' '[profiles.standard]' 'chain = ["gone", "rules"]'
await 'the new setting is not in use' is '"insert":"command"'
speak
json 'first.outcome === "delivered_fallback"'
expect_shown 4 '"title": "Another cleanup stood in"'
ok 'another processor than the first one'

run cat "$shown"
json 'lines.every((line, i) => line.id === 1 && line.replaces === (i === 0 ? 0 : 1))'
ok 'each replaces the one before'

kill_bus
start_bus
start_shower
say_nothing
expect_shown 5 '"title": "Nothing was heard"'
ok 'the bus is killed and comes back: it is used again'

kill -STOP "$bus"
say_nothing
speak
json 'first.outcome === "delivered_fallback"'
kill -CONT "$bus"
expect_shown 7 '"title": "Another cleanup stood in"'
ok 'a bus that hangs holds up nothing; what it was told comes once, when it goes on'

configure "$wanted" '[feedback]' 'notifications = false'
await 'the new setting is not in use' sh -c "! '$DIKTATE' status --json | grep -q gone"
say_nothing
limited cancel
kill "$daemon"
wait "$daemon"
daemon=
configure
start_daemon
expect_shown 8 '"title": "Not all of dictation works here"'
ok 'no notification where none are wanted; at the start one, of what does not work'

if grep -q -i "$spoken" "$shown" "$log"; then fail 'what was said is in a notification or in the log'; fi
ok 'never the words'

kill -STOP "$bus"
say_nothing
kill "$daemon"
await 'a bus that hangs keeps the daemon from ending' sh -c "! kill -0 $daemon"
kill -CONT "$bus"
status=0
wait "$daemon" || status=$?
daemon=
[ "$status" = 0 ] || fail 'the daemon ends badly'
ok 'a bus that hangs does not keep the daemon from ending'
