#!/bin/sh
# From the release of the key to the text in the window: key_to_window.sh [COUNT [x11|wayland]]. A display, a sound server and a
# daemon of its own, cleanup by the rules. Prints milliseconds for a terminal (xterm, foot: bytes in it), a window of GTK 3 (its
# text has changed) and, where it is installed, Chromium (`input` event, as the page's server hears of it), by the clock of what
# presses the key: xdotool, whose own start is in it; on Wayland `diktate start` and `finish`, as sway's bindings run them. Beside
# it `dictate --from` of the same sounds, where the text goes nowhere. And what the daemon takes while nothing happens.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
export DIKTATE_SOURCE="${DIKTATE_SOURCE:-$here/..}" DIKTATE_BUILD="${DIKTATE_BUILD:-$here/../build}"
export DIKTATE="${DIKTATE:-$DIKTATE_BUILD/bin/diktate}" DIKTATE_MODELS="${DIKTATE_MODELS:-$DIKTATE_BUILD/share/diktate/models}"
export DIKTATE_JFK="${DIKTATE_JFK:-$(find "$here/../third_party/cache" -name jfk.wav | head -n 1)}"
. "$here/../tests/e2e/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
needs_command sox
count=${1:-20}
display=${2:-x11}
case $display in x11 | wayland) ;; *) printf 'key_to_window.sh: %s is neither x11 nor wayland\n' "$display" >&2; exit 2 ;; esac
if [ "$display" = wayland ]; then
  . "$here/../tests/lab/wayland.sh"
  needs_wayland
  . "$here/../tests/e2e/sound.sh"
else
  . "$here/../tests/e2e/sound.sh"
  . "$here/../tests/lab/x11.sh"
  needs_x11
fi
. "$here/../tests/lab/chromium.sh"

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
                at("deliver_ms", 0.5) + " ms; dictate --from p50 " + at("alone_ms", 0.5) + ", p95 " + at("alone_ms", 0.95) +
                " ms");' "$out" "$1"
}

takes() { # name, file
  run node "$lab/key_to_window.js" "$DIKTATE" "$2" "$count" "$keys" "$work/short.wav" "$work/middle.wav" "$work/long.wav"
  expect_status 0 "takes into $1"
  show "$1"
}

ticks() { awk '{ print $14 + $15 }' "/proc/$daemon/stat"; }
switches() { cat /proc/"$daemon"/task/*/status | awk '/^voluntary_ctxt/ { sum += $2 } END { print sum }'; }
resident() { awk '/^VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$daemon/status"; }

start_server
if [ "$display" = wayland ]; then
  keys=commands
  start_sway
else
  keys=super+alt+d
  start_display
fi
"$DIKTATE" daemon >"$work/daemon.log" 2>&1 &
daemon=$!
await sh -c "'$DIKTATE' status --json | grep -q '\"models\":\"loaded\"'"
await sh -c "'$DIKTATE' status --json | grep -q '\"insert\":\"$display\"'"

if [ "$display" = wayland ]; then
  start_foot "$work/pty"
  takes foot "$work/pty"
else
  start_xterm "$work/pty"
  takes xterm "$work/pty"
fi
end "$target"
start_gtk "$work/gtk"
takes 'GTK 3' "$work/gtk"
end "$target"
if has_chromium; then
  start_chromium "$work/page_text"
  takes Chromium "$work/page_text"
  end "$target"
else
  echo 'Chromium is not installed: not measured'
fi

sleep 5
before_ticks=$(ticks)
before_switches=$(switches)
sleep 60
echo "idle for 60 s: $(($(ticks) - before_ticks)) ticks of 10 ms, $(($(switches) - before_switches)) wake-ups; resident $(resident) MiB, models loaded"
