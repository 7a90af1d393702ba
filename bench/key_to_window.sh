#!/bin/sh
# From the release of the key to the text in the window: key_to_window.sh [COUNT]. A display, a sound server and a daemon of its
# own, cleanup by the rules. Prints milliseconds for xterm (bytes in its terminal) and a window of GTK 3 (its text has changed),
# by the clock of what presses the key; xdotool's own start is in it. And what the daemon takes while nothing happens.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
export DIKTATE_SOURCE="${DIKTATE_SOURCE:-$here/..}" DIKTATE_BUILD="${DIKTATE_BUILD:-$here/../build}"
export DIKTATE="${DIKTATE:-$DIKTATE_BUILD/bin/diktate}" DIKTATE_MODELS="${DIKTATE_MODELS:-$DIKTATE_BUILD/share/diktate/models}"
export DIKTATE_JFK="${DIKTATE_JFK:-$(find "$here/../third_party/cache" -name jfk.wav | head -n 1)}"
. "$here/../tests/e2e/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
needs_command sox
. "$here/../tests/e2e/sound.sh"
. "$here/../tests/lab/x11.sh"
needs_x11
count=${1:-20}

daemon=
trap 'end_process "$daemon"; end_process "$server"; end_all' EXIT

sox "$jfk" -b 16 "$work/short.wav" trim 0 2.3
sox "$jfk" -b 16 "$work/middle.wav" trim 0 4.4
sox "$jfk" -b 16 "$work/long.wav" trim 0 10.4

show() { # name
  # shellcheck disable=SC2016 # JavaScript
  node -e '
    const takes = require("fs").readFileSync(process.argv[1], "utf8").trim().split("\n").map(line => JSON.parse(line));
    const at = (name, share) => {
      const values = takes.map(take => take[name]).sort((a, b) => a - b);
      return values[Math.min(values.length - 1, Math.floor(values.length * share))].toFixed(0);
    };
    const proven = takes.filter(take => take.receipt === "target").length;
    console.log(process.argv[2] + ", " + takes.length + " takes, " + proven + " proven: key to text p50 " +
                at("key_to_text_ms", 0.5) + ", p95 " + at("key_to_text_ms", 0.95) + " ms; key up to receipt p50 " +
                at("stop_to_text_ms", 0.5) + ", p95 " + at("stop_to_text_ms", 0.95) + " ms; inserting p50 " +
                at("deliver_ms", 0.5) + " ms");' "$out" "$1"
}

takes() { # name, file
  run node "$lab/key_to_window.js" "$DIKTATE" "$2" "$count" super+alt+d "$work/short.wav" "$work/middle.wav" "$work/long.wav"
  expect_status 0 "takes into $1"
  show "$1"
}

ticks() { awk '{ print $14 + $15 }' "/proc/$daemon/stat"; }
switches() { cat /proc/"$daemon"/task/*/status | awk '/^voluntary_ctxt/ { sum += $2 } END { print sum }'; }
resident() { awk '/^VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$daemon/status"; }

start_server
start_display
"$DIKTATE" daemon >"$work/daemon.log" 2>&1 &
daemon=$!
await sh -c "'$DIKTATE' status --json | grep -q '\"models\":\"loaded\"'"
await sh -c "'$DIKTATE' status --json | grep -q '\"degraded\":\\[\\]'"

start_xterm "$work/pty"
takes xterm "$work/pty"
start_gtk "$work/gtk"
takes 'GTK 3' "$work/gtk"

sleep 5
before_ticks=$(ticks)
before_switches=$(switches)
sleep 60
echo "idle for 60 s: $(($(ticks) - before_ticks)) ticks of 10 ms, $(($(switches) - before_switches)) wake-ups; resident $(resident) MiB, models loaded"
