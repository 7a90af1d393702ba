#!/bin/bash
# How long a start takes: start_latency.sh [COUNT [STARTS]]. Of the daemon on a display of the script's own, from its exec until it
# has its key and answers, while its models still load; and of a key binding, from the exec of `diktate start` to the answer of the
# daemon, by when the take has begun. Prints milliseconds.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
export DIKTATE_SOURCE="${DIKTATE_SOURCE:-$here/..}" DIKTATE_BUILD="${DIKTATE_BUILD:-$here/../build}"
export DIKTATE="${DIKTATE:-$DIKTATE_BUILD/bin/diktate}" DIKTATE_MODELS="${DIKTATE_MODELS:-$DIKTATE_BUILD/share/diktate/models}"
export DIKTATE_JFK=${DIKTATE_JFK:-unused}
. "$here/../tests/e2e/lib.sh"
needs_models
. "$here/../tests/lab/x11.sh"
needs_x11
count=${1:-50}
starts=${2:-20}
export XDG_RUNTIME_DIR="$work/run" PULSE_SERVER="unix:$work/none"
mkdir -m 700 "$XDG_RUNTIME_DIR" "$XDG_CONFIG_HOME"

daemon=
trap 'end "$daemon"; end_all' EXIT

percentiles() { # what
  sort -n "$work/times" | awk -v what="$1" '
    { time[NR] = $1 / 1000 }
    END {
      printf "%s, %d times: p50 %.1f ms, p95 %.1f ms, longest %.1f ms\n", what, NR, time[int((NR + 1) * 0.5)],
             time[int((NR + 1) * 0.95)], time[NR]
    }'
}
is() { "$DIKTATE" status --json 2>/dev/null | grep -q "$1"; }

start_display
for ((i = 0; i < starts; i++)); do
  from=$EPOCHREALTIME
  "$DIKTATE" daemon >"$work/log" 2>&1 &
  daemon=$!
  until is '"hotkeys":"x11"'; do
    kill -0 "$daemon" 2>/dev/null || { cat "$work/log"; exit 1; }
  done
  to=$EPOCHREALTIME
  echo $((${to/./} - ${from/./})) >>"$work/times"
  is '"models":"loading"' || echo 'its models were loaded before'
  until is '"models":"\(loaded\|unloaded\)"'; do sleep 0.1; done
  ((i == starts - 1)) || end "$daemon"
done
percentiles 'the daemon: exec to its key and first answer'

: >"$work/times"
for ((i = 0; i < count; i++)); do
  from=$EPOCHREALTIME
  "$DIKTATE" start || exit 1
  to=$EPOCHREALTIME
  echo $((${to/./} - ${from/./})) >>"$work/times"
  "$DIKTATE" cancel 2>/dev/null
  until is '"state":"idle"'; do sleep 0.01; done
done
percentiles 'diktate start: exec to answer'
