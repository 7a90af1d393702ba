# shellcheck shell=sh
# A sound server of the script's own, whose microphone hears what is played: sourced after lib.sh. start_server starts it.
# shellcheck disable=SC2154 # $work and $jfk are of lib.sh

needs_command pulseaudio
needs_command pactl
needs_command paplay
needs_command pacat

server=
player=
end_process() { # pid
  [ -z "$1" ] || { kill "$1" && wait "$1"; } 2>/dev/null
}
trap 'end_process "$player"; end_process "$server"; rm -rf "$work"' EXIT

export XDG_RUNTIME_DIR="$work/run" PULSE_RUNTIME_PATH="$work/run/pulse" PULSE_STATE_PATH="$work/pulse"
export PULSE_SERVER="unix:$work/run/pulse/native" PULSE_COOKIE="$work/cookie"
unset DBUS_SESSION_BUS_ADDRESS
export DISPLAY= # and not unset: no other display is to be looked for
mkdir -m 700 "$XDG_RUNTIME_DIR" "$XDG_CONFIG_HOME"

# What is played into the sink "speaker" is what the microphone "mic" hears. Without norewinds the first sample takes 2 s.
cat >"$work/script.pa" <<'END'
load-module module-native-protocol-unix auth-anonymous=1
load-module module-null-sink sink_name=speaker norewinds=1 rate=48000 channels=2
load-module module-remap-source source_name=mic master=speaker.monitor source_properties=device.description=Desk
set-default-sink speaker
set-default-source mic
END

start_server() {
  pulseaudio -n --system=false --daemonize=no --use-pid-file=no --exit-idle-time=-1 --disallow-exit=true --realtime=no \
    --high-priority=no -F "$work/script.pa" >"$work/pulse.log" 2>&1 &
  server=$!
  tries=0
  until timeout 5 pactl info >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ] || ! kill -0 "$server" 2>/dev/null; then
      cat "$work/pulse.log"
      skip 'PulseAudio does not start here'
    fi
    sleep 0.1
  done
}

# Whether the stream of dictate is there, and the microphone on; "mic" itself has a stream, too.
is_recording() {
  timeout 5 pactl list source-outputs |
    awk -v RS= '/media.name = "dictation"/ && /Corked: no/ { found = 1 } END { exit !found }'
}

await_recording() {
  tries=0
  until is_recording; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || fail 'dictate does not listen'
    sleep 0.1
  done
}

play() {
  timeout 60 paplay --device=speaker "$jfk" 2>/dev/null &
  player=$!
  tries=0
  until timeout 5 pactl list sink-inputs | grep -q 'Corked: no'; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || fail 'nothing plays'
    sleep 0.05
  done
}

played() {
  wait "$player"
  player=
}

# Other programs, which play silence.
add_player() { # name, options...
  name=$1
  shift
  pacat --playback --raw --client-name="$name" "$@" /dev/zero >/dev/null 2>&1 &
  echo "$!" >"$work/player.$name"
  await volume "$name"
}
end_player() { # name
  [ ! -e "$work/player.$1" ] || end_process "$(cat "$work/player.$1")"
}
volume() { # of that program, of its first channel
  LC_ALL=C timeout 5 pactl list sink-inputs | awk -v RS= -v name="application.name = \"$1\"" '
    index($0, name) { for (i = 1; i < NF; i++) if ($i == "front-left:") { print $(i + 1); found = 1; exit } }
    END { exit !found }'
}
plays_at() { # name, volume
  [ "$(volume "$1")" = "$2" ]
}

# A take of what is played, by the daemon, and what became of it.
dictate() {
  run timeout 120 "$DIKTATE" start
  expect_status 0 'start'
  await_recording
  play
  played
  run timeout 120 "$DIKTATE" finish --wait --json
}

# A daemon of the script's own, which says what it does in $log; its process is in $daemon.
start_daemon() {
  "$DIKTATE" daemon >>"$log" 2>&1 &
  daemon=$!
  await "$DIKTATE" status
}

stop_daemon() {
  kill "$daemon"
  wait "$daemon"
  daemon=
}
