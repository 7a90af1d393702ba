#!/bin/sh
# Other programs are quieter while a take listens, and as loud as before after it, whatever ended it.
. "$(dirname -- "$0")/lib.sh"
needs_models
. "$(dirname -- "$0")/sound.sh"

daemon=
end_all() {
  for name in music film late other; do end_player "$name"; done
  end_process "$daemon"
  end_process "$server"
}
trap 'end_all; rm -rf "$work"' EXIT
log=$work/daemon.log
note=$XDG_RUNTIME_DIR/diktate/ducked
# Servers keep the volume of a program for its next stream.
printf 'load-module module-stream-restore\n' >>"$work/script.pa"

is() { has_status "$1"; }
configure() { # toml
  mkdir -p "$XDG_CONFIG_HOME/diktate"
  printf '%s\n' '[hotkeys]' 'method = "none"' '[insert]' 'method = "none"' '[feedback]' 'error_sound = false' "$@" \
    >"$XDG_CONFIG_HOME/diktate/config.toml"
}
index() { # of the stream of that program
  LC_ALL=C timeout 5 pactl list sink-inputs | awk -v RS= -v name="application.name = \"$1\"" 'index($0, name) { sub(/#/, "", $3); print $3 }'
}
are() { # music, film
  [ "$(volume music)" = "$1" ] && [ "$(volume film)" = "$2" ]
}
idle_again() {
  await is '"state":"idle"'
  await are 65536 32768
  await test ! -e "$note"
}

start_server
add_player music
add_player film --volume=32768
are 65536 32768 || fail 'the players are not as loud as they should be'
configure
start_daemon
limited start
await_recording
sleep 1
are 65536 32768 || fail 'ducked, and nobody asked for it'
limited cancel
await is '"state":"idle"'
stop_daemon
ok 'off unless it is asked for'

configure '[audio]' 'duck = true'
start_daemon
limited start
await are 13107 6553
[ "$(stat -c %a "$note")" = 600 ] || fail 'the note is not for its user alone'
add_player late
await plays_at late 13107
limited finish --wait
idle_again
await plays_at late 65536
ok 'ducked while the take listens, the one that begins meanwhile as well; then as before'

limited start
await are 13107 6553
limited cancel
idle_again
limited start
await are 13107 6553
await plays_at late 13107
pactl set-sink-input-volume "$(index late)" 30000
limited finish --wait
idle_again
[ "$(volume late)" = 30000 ] || fail 'what the user chose meanwhile is not kept'
ok 'cancelled; and a volume that was changed meanwhile is left alone'

limited start
await are 13107 6553
stop_daemon
are 65536 32768 || fail 'the daemon ended, and did not put back'
ok 'the end of the daemon'

start_daemon
limited start
await are 13107 6553
pactl unload-module module-remap-source
idle_again
pactl load-module module-remap-source source_name=mic master=speaker.monitor source_properties=device.description=Desk >/dev/null
pactl set-default-source mic
ok 'the microphone is unplugged'

limited start
await are 13107 6553
kill -KILL "$daemon"
wait "$daemon" 2>/dev/null
are 13107 6553 || fail 'ducked: expected'
end_player late
end_player film
add_player film
[ "$(volume film)" = 6553 ] || fail 'the server does not keep volumes'
add_player other --volume=13107
configure
start_daemon
await test ! -e "$note"
are 65536 32768 || fail 'not as before'
[ "$(volume other)" = 13107 ] || fail 'a stream that was never ducked is another one now'
stop_daemon
ok 'SIGKILL: the next daemon puts back, whatever its settings, and nothing else'

configure '[audio]' 'duck = true'
start_daemon
limited start
await are 13107 6553
end_process "$server"
await is '"state":"idle"'
sleep 1
start_server
add_player music
add_player film
await are 65536 32768
await test ! -e "$note"
limited start
await are 13107 6553
limited finish --wait
idle_again
ok 'the server ends, and what the next one has kept is as before'

limited start
await are 13107 6553
kill -STOP "$server"
limited finish
limited status
expect_status 0 'a sound server that hangs'
kill -CONT "$server"
idle_again
stop_daemon
ok 'a sound server that hangs holds up nobody'
