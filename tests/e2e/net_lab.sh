#!/bin/sh
# In the lab, where one address of a host stalls: it must not be felt, neither at first nor later.
. "$(dirname -- "$0")/lib.sh"
needs_command node
lab=${DIKTATE_SOURCE:?}/tests/lab
export XDG_STATE_HOME="$work/state"

status=0
"$lab/stall-lab.sh" check >"$out" 2>"$err" || status=$?
[ "$status" != 69 ] || skip "the lab does not run here: $(cat "$err")"
expect_status 0 'the lab'

# probe MODE STALLED URL ADDRESS...
probe() {
  mode=$1 stalled=$2
  shift 2
  run env LAB_MODE="$mode" LAB_STALL="$stalled" "$lab/stall-lab.sh" run "$lab/ask.sh" "$@"
  expect_status 0 "$mode, $stalled stalls: $*"
}

# Less than the shortest stall that there can be: the kernel sends a second SYN after one second.
fast='first.first_answer_ms < 900 && first.requests[1].reused'

for mode in off reset blackhole; do
  for host in localhost dual.test; do
    probe "$mode" ::1 "http://$host:11434/" 127.0.0.1
    json "first.chosen === '127.0.0.1' && $fast"
  done
  probe "$mode" 127.0.0.1 http://dual.test:11434/ ::1
  json "first.chosen === '::1' && $fast"
  probe "$mode" 192.0.2.1 http://remote.test:11434/ 192.0.2.2
  json "first.chosen === '192.0.2.2' && $fast"
done
ok 'a stalled address is not felt'

rm -r "$XDG_STATE_HOME"
probe reset ::1 http://dual.test:11434/ 127.0.0.1
json 'first.addresses.find(a => a.address === "::1").connect_ms > 900'
ok 'and it is shown'

mkdir -p "$XDG_STATE_HOME/diktate"
echo 'dual.test:11434 ::1' >"$XDG_STATE_HOME/diktate/addresses"
probe blackhole ::1 http://dual.test:11434/ 127.0.0.1
json "first.chosen === '127.0.0.1' && $fast && first.addresses[1].error === 'no answer'"
ok 'not even when it won the last time'

run "$lab/stall-lab.sh" run env DIKTATE_LAB=1 "${DIKTATE_BUILD:?}/tests/net_vanish_test"
expect_status 0 'a peer that vanishes'
ok 'a peer that vanishes without a word'
