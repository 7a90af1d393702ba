#!/bin/sh
# The sounds of the daemon, with a microphone that hears what is played: they come, and are never taken for words.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
needs_command sox
. "$(dirname -- "$0")/sound.sh"

daemon=
recorder=
follower=
trap 'end_process "$follower"; end_process "$daemon"; end_process "$recorder"; end_process "$player"; end_process "$server"; rm -rf "$work"' EXIT
log=$work/daemon.log
# Without the detector that tells speech from a tone, a tone that were heard would be recognised.
mkdir "$work/models"
ln -s "$DIKTATE_MODELS"/moonshine-* "$work/models"
models=$DIKTATE_MODELS

await() { # what, command...: until it succeeds
  what=$1
  shift
  tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || { cat "$log"; fail "$what"; }
    sleep 0.1
  done
}
is() { has_status "$1"; }
configure() { # toml
  mkdir -p "$XDG_CONFIG_HOME/diktate"
  printf '%s\n' "[hotkeys]" "method = 'none'" "[privacy]" "level = 3" "$@" >"$XDG_CONFIG_HOME/diktate/config.toml"
}
start_daemon() {
  "$DIKTATE" daemon >"$log" 2>&1 &
  daemon=$!
  await 'the daemon does not answer' "$DIKTATE" status
  await 'the models are not loaded' is '"models":"loaded"'
}
stop_daemon() {
  kill "$daemon"
  wait "$daemon"
  daemon=
}
record() { # what is played from now on
  timeout 120 parec --raw --device=speaker.monitor --format=s16le --rate=16000 --channels=1 >"$work/played.raw" 2>/dev/null &
  recorder=$!
  await 'nothing is recorded' test -s "$work/played.raw"
}
loudest() { # file, format...: the highest sample of it, in thousandths
  sox -t raw -e signed -b 16 -r 16000 -c 1 "$1" -n stat 2>&1 | awk '/^Maximum amplitude/ { printf "%d\n", $3 * 1000 }'
}
stop_recording() { # at least, at most: how loud it should be
  is_loud_enough() { [ "$(loudest "$work/played.raw")" -ge "$1" ]; }
  await 'no sound comes' is_loud_enough "$1"
  sleep 1
  end_process "$recorder"
  recorder=
  loud=$(loudest "$work/played.raw")
  if [ "$loud" -lt "$1" ] || [ "$loud" -gt "$2" ]; then fail "as loud as $1 to $2 expected, but: $loud"; fi
}
take() { # leaves its row in $out
  limited start
  await_recording
  sleep 1
  limited finish --wait --json
}

start_server
configure '[insert]' 'method = "none"' '[feedback]' 'start_sound = true' 'error_sound = false'
export DIKTATE_MODELS="$work/models"
start_daemon
export DIKTATE_MODELS="$models"
timeout 120 "$DIKTATE" status --follow --json >"$work/events" &
follower=$!
await 'the follower is told nothing' test -s "$work/events"
take
json 'first.outcome === "empty" && first.raw_text === ""'
await 'the follower does not see the end' grep -q '"event":"final"' "$work/events"
run cat "$work/events"
json 'lines.some(line => line.event === "level" && line.data.peak_dbfs > -30)'
json 'lines.every(line => line.event !== "piece")'
kept=$(find "$XDG_STATE_HOME/diktate/audio" -name '*.wav' | head -n 1)
[ "$(sox "$kept" -n stat 2>&1 | awk '/^Maximum amplitude/ { printf "%d\n", $3 * 1000 }')" -ge 100 ] || fail 'the start sound is not in the recording'
end_process "$follower"
follower=
stop_daemon
ok 'the start sound is heard and kept, and is no word'

start_daemon
limited start
await_recording
play
played
limited finish --wait --json
json '/^and so,? my fellow americ.*what you can do for your country\W*$/i.test(first.clean_text)'
ok 'what is said right after it comes whole'
stop_daemon

configure '[insert]' 'method = "none"' '[feedback]' 'stop_sound = true' 'error_sound = false'
start_daemon
record
limited start
await_recording
[ "$(loudest "$work/played.raw")" = 0 ] || fail 'a sound before the end'
limited finish --wait
stop_recording 100 250
ok 'the stop sound'
stop_daemon

configure "[daemon]" "source = 'nobody'"
start_daemon
record
limited start
await 'it is not idle' is '"state":"idle"'
stop_recording 100 250
stop_daemon
configure "[daemon]" "source = 'nobody'" '[feedback]' 'error_sound = false'
start_daemon
record
limited start
await 'it is not idle' is '"state":"idle"'
stop_recording 0 0
ok 'the error sound, where it is wanted'

kill -STOP "$server"
configure '[feedback]' 'start_sound = true'
kill -HUP "$daemon"
limited start
limited status
expect_status 0 'a sound server that hangs'
kill -CONT "$server"
limited cancel
await 'it is not idle' is '"state":"idle"'
ok 'a sound server that hangs holds up nobody'
