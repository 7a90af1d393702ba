#!/bin/sh
# A microphone that is on between takes comes back by itself: the first take after it was unplugged, or its server ended, begins
# with what was said before the key, too.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command sox
. "$(dirname -- "$0")/sound.sh"

daemon=
trap 'end_process "$daemon"; end_process "$player"; end_process "$server"; rm -rf "$work"' EXIT
log=$work/daemon.log
sox "$jfk" -b 16 "$work/phrase.wav" trim 0 1.2

is() { has_status "$1"; }
configure() { # toml of [daemon]
  mkdir -p "$XDG_CONFIG_HOME/diktate"
  printf '%s\n' '[privacy]' 'level = 3' '[hotkeys]' 'method = "none"' '[insert]' 'method = "none"' '[feedback]' 'error_sound = false' \
    '[daemon]' 'preroll_ms = 2000' "$@" >"$XDG_CONFIG_HOME/diktate/config.toml"
}
is_off() { ! is_recording; }
has_preroll() { # what: a take that begins after the phrase was played has it
  await is_recording
  timeout 60 paplay --device=speaker "$work/phrase.wav" || fail 'the phrase cannot be played'
  : >"$work/begun"
  limited start
  limited finish --wait
  await is '"state":"idle"'
  kept=$(find "$XDG_STATE_HOME/diktate/audio" -name '*.wav' -newer "$work/begun" | head -n 1)
  [ "$(sox "$kept" -n stat 2>&1 | awk '/^Maximum amplitude/ { printf "%d\n", $3 * 1000 }')" -ge 50 ] || fail "$1: what was said before the key is missing"
}
unplug() { pactl unload-module module-remap-source; }
plug_in() {
  pactl load-module module-remap-source source_name=mic master=speaker.monitor source_properties=device.description=Desk >/dev/null
}
wakes() { # of all threads of the daemon
  cat "/proc/$daemon/task/"*/status | awk '/^voluntary_ctxt_switches/ { sum += $2 } END { print sum }'
}

start_server
for settings in "source = 'mic'" ''; do
  configure "$settings"
  start_daemon
  has_preroll 'at first'
  unplug
  [ -z "$settings" ] || await is_off
  plug_in
  has_preroll 'unplugged, and back'
  stop_daemon
  ok "unplugged, and back ${settings:-(the default)}"
done

configure "source = 'mic'"
start_daemon
has_preroll 'at first'
kill -KILL "$server"
wait "$server" 2>/dev/null
start_server
has_preroll 'the server was killed'
end_process "$server"
start_server
has_preroll 'the server ended'
ok 'the server ended, and another one came'
stop_daemon

end_process "$server"
configure "source = 'mic'"
start_daemon
await is '"models":"loaded"'
limited start
await is '"state":"idle"'
start_server
has_preroll 'the server came after the daemon'
await is '"degraded":\[\]'
ok 'the server came after the daemon'

unplug
await is_off
await is '"degraded":\["there is no microphone .mic.'
sleep 20
before=$(wakes)
sleep 20
woken=$(($(wakes) - before))
[ "$woken" -le 60 ] || fail "woken $woken times in 20 s without a microphone"
ok "woken $woken times in 20 s without a microphone"
plug_in
await is '"degraded":\[\]'
stop_daemon
