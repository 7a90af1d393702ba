#!/bin/sh
# diktate hotkeys test: a key that is pressed and released is seen, with how long it was held.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
needs_x11

run timeout 60 "$DIKTATE" hotkeys test
expect_status 1 'no display'
expect_err_lines 1
if grep -q 'stop it first' "$err"; then fail 'no daemon stands in the way'; fi
start_display
run timeout 60 "$DIKTATE" hotkeys test --key Super+Nowhere
expect_status 2 'no such key'
expect_err_lines 1
expect_err "there is no key called 'Nowhere'.*(see 'diktate hotkeys test --help')$"

start_test() { # arguments...
  : >"$out"
  : >"$err"
  "$DIKTATE" hotkeys test "$@" >"$out" 2>"$err" &
  tested=$!
  started="$tested $started"
  await grep -q '^Press .* now' "$err"
}
end_test() { # leaves the exit code in $status
  kill -INT "$tested"
  status=0
  wait "$tested" || status=$?
}

start_test
xdotool keydown super keydown alt keydown d
await grep -q '^Super+Alt+D pressed$' "$out"
sleep 0.5
xdotool keyup d keyup alt keyup super
await grep -q '^Super+Alt+D released after [0-9][0-9]* ms$' "$out"
held=$(sed -n 's/.* after \([0-9]*\) ms$/\1/p' "$out")
[ "$held" -ge 500 ] || fail "held for 500 ms at least, but said to be held for $held"
run_again=$("$DIKTATE" hotkeys test 2>&1)
case $run_again in *'another program holds the key Super+Alt+D: '*'stop it first'*) ;; *) fail "a key that is taken: $run_again" ;; esac
end_test
[ "$status" = 0 ] || fail 'Ctrl-C after a key is a good end'
ok 'the key is pressed and released'

start_test --key F9
end_test
[ "$status" = 1 ] || fail 'without a key it is no success'
grep -q '^diktate: the key was not heard$' "$err" || fail 'what is said without a key'
[ ! -s "$out" ] || fail 'nothing expected on standard output'
ok 'no key'
