#!/bin/bash
# How long a key binding takes: from the start of `diktate start` to the answer of the daemon, by when the take has begun.
# Prints milliseconds; `start_latency.sh [COUNT]`. The program is $DIKTATE, else the one that was built.
set -u
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
diktate=${DIKTATE:-$here/../build/bin/diktate}
count=${1:-50}
work=$(mktemp -d)
export XDG_RUNTIME_DIR=$work XDG_CONFIG_HOME=$work/config XDG_STATE_HOME=$work/state PULSE_SERVER=unix:$work/none
"$diktate" daemon >"$work/log" 2>&1 &
daemon=$!
trap 'kill "$daemon"; wait "$daemon"; rm -rf "$work"' EXIT
begun=$EPOCHREALTIME
until "$diktate" status >/dev/null 2>&1; do
  kill -0 "$daemon" 2>/dev/null || { cat "$work/log"; exit 1; }
done
echo "daemon: exec to first answer, models still loading: $((${EPOCHREALTIME/./} - ${begun/./})) us"
until "$diktate" status --json | grep -q '"models":"\(loaded\|unloaded\)"'; do sleep 0.2; done

for ((i = 0; i < count; i++)); do
  from=$EPOCHREALTIME
  "$diktate" start || exit 1
  to=$EPOCHREALTIME
  echo $((${to/./} - ${from/./})) >>"$work/times"
  "$diktate" cancel 2>/dev/null
  until "$diktate" status --json | grep -q '"state":"idle"'; do sleep 0.01; done
done
sort -n "$work/times" | awk -v count="$count" '
  { time[NR] = $1 / 1000 }
  END {
    printf "diktate start: exec to answer, %d times: p50 %.1f ms, p95 %.1f ms, worst %.1f ms\n", count,
           time[int((NR + 1) * 0.5)], time[int((NR + 1) * 0.95)], time[NR]
  }'
