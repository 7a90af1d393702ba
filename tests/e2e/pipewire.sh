#!/bin/sh
# A sound server that is PipeWire: its microphone is listed, heard, unplugged, and used again.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
for command in pipewire wireplumber pipewire-pulse dbus-daemon; do needs_command "$command"; done
. "$(dirname -- "$0")/sound.sh"

daemon=
started=
# What came last ends first.
end_started() {
  for process in $started; do end_process "$process"; done
}
trap 'end_player music; end_player late; end_process "$daemon"; end_process "$player"; end_started; rm -rf "$work"' EXIT
log=$work/daemon.log
unset PULSE_SERVER PULSE_RUNTIME_PATH PULSE_STATE_PATH PULSE_COOKIE
is_well() { has_status '"models":"loaded".*"degraded":\[\]'; }
# Whether the microphone that is on between takes is the one that was plugged in.
hears_mic() {
  index=$(timeout 5 pactl list short sources | awk '$2 == "mic" { print $1 }')
  timeout 5 pactl list source-outputs | awk -v RS= -v source="Source: $index\n" \
    '/media.name = "dictation"/ && /Corked: no/ && $0 ~ source { found = 1 } END { exit !found }'
}
is_idle() { has_status '"state":"idle"'; }
says() { "$DIKTATE" status | grep -q "$1"; }
has_default() { timeout 5 pactl info | grep -q "^Default $1: $2\$"; }
begin() { # command...
  "$@" >>"$work/pipewire.log" 2>&1 &
  started="$! $started"
}
plug_in() {
  microphone=$(timeout 5 pactl load-module module-remap-source source_name=mic master=speaker.monitor)
  timeout 5 pactl set-default-source mic
  await has_default Source mic
}

# The session manager needs a bus.
begin dbus-daemon --config-file="${DIKTATE_SOURCE:?}/tests/lab/bus.conf" --nofork --nopidfile --address="unix:path=$work/bus"
await test -S "$work/bus"
export DBUS_SESSION_BUS_ADDRESS="unix:path=$work/bus"
begin pipewire
await test -S "$XDG_RUNTIME_DIR/pipewire-0"
begin wireplumber
begin pipewire-pulse
await timeout 5 pactl info
await timeout 5 pactl set-default-sink '@DEFAULT_SINK@'
timeout 5 pactl load-module module-null-sink sink_name=speaker rate=48000 channels=2 >/dev/null
timeout 5 pactl set-default-sink speaker
await has_default Sink speaker
plug_in
timeout 5 pactl info | grep -q 'on PipeWire' || fail 'this is no PipeWire'
run timeout 60 "$DIKTATE" mic list --json
expect_status 0 'mic list'
expect_out '"mic"'
ok 'PipeWire has its microphone listed'

mkdir -p "$XDG_CONFIG_HOME/diktate"
printf '[insert]\nmethod = "command"\ncommand = ["tee", "%s"]\n[hotkeys]\nmethod = "none"\n[feedback]\nnotifications = false\n' "$work/typed" >"$XDG_CONFIG_HOME/diktate/config.toml"
start_daemon
await is_well
dictate
json 'first.outcome === "delivered" && /ask not what your country can do for you/i.test(first.clean_text)'
grep -q -i 'fellow americ' "$work/typed" || fail 'the text did not come'
ok 'dictated'

run timeout 120 "$DIKTATE" start
await_recording
play
sleep 4
timeout 5 pactl unload-module "$microphone"
await is_idle
end_process "$player"
player=
run timeout 60 "$DIKTATE" last --json
json 'first.outcome === "delivered_fallback" && /americ/i.test(first.clean_text)'
says '^degraded: ' || fail 'nothing is told of the microphone that is gone'
plug_in
await is_well
ok 'the microphone goes in mid-take: what was heard is delivered, and status says when there is one again'

printf '[daemon]\npreroll_ms = 300\n' >>"$XDG_CONFIG_HOME/diktate/config.toml"
kill -HUP "$daemon"
await hears_mic
for _ in 1 2 3 4 5 6 7 8; do
  timeout 5 pactl unload-module "$microphone"
  plug_in
  await hears_mic
done
dictate
json 'first.outcome === "delivered" && /fellow americ/i.test(first.clean_text)'
ok 'the microphone that is on between takes is the default one, also after it was gone'

printf '[audio]\nduck = true\n' >>"$XDG_CONFIG_HOME/diktate/config.toml"
kill -HUP "$daemon"
add_player music
await plays_at music 65536
limited start
await plays_at music 13107
add_player late
await plays_at late 13107
end_player music
limited finish --wait
await plays_at late 65536
add_player music
await plays_at music 65536
await test ! -e "$XDG_RUNTIME_DIR/diktate/ducked"
ok 'other programs are quieter while a take listens, and then as before, also those that end meanwhile and play again'
stop_daemon
