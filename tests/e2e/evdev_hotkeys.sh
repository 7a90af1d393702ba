#!/bin/sh
# Hotkeys of the kernel's input devices, with a pipe for a keyboard: tested, and a take of the daemon's while the key is held.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
[ "$(getconf LONG_BIT)" = 64 ] || skip 'the events below are those of a machine of 64 bits'
. "$(dirname -- "$0")/sound.sh"

daemon=
tested=
trap 'end_process "$tested"; end_process "$daemon"; end_process "$player"; end_process "$server"; rm -rf "$work"' EXIT

devices=$work/input
mkdir "$devices"
plug() {
  mkfifo "$devices/event3"
  exec 3<>"$devices/event3"
}
unplug() {
  rm "$devices/event3"
  exec 3>&-
}
time='\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000'
report="$time"'\000\000\000\000\000\000\000\000'
event() { # code (octal), value: of EV_KEY, and the end of the report
  # shellcheck disable=SC2059 # the bytes are the format
  printf "$time\\001\\000\\$1\\000\\00$2\\000\\000\\000$report" >&3
}
f13=267
letter_d=040

configure() { # lines of [hotkeys]
  mkdir -p "$XDG_CONFIG_HOME/diktate"
  printf '%s\n' '[insert]' 'method = "command"' "command = ['tee', '-a', '$work/typed']" \
    '[hotkeys]' 'method = "evdev"' "$@" >"$XDG_CONFIG_HOME/diktate/config.toml"
}
is_idle() { has_status '"state":"idle"'; }
says() { "$DIKTATE" status | grep -q "$1"; }
is_well() { has_status '"hotkeys":"evdev".*"degraded":\[\]'; }

for key in 'D' 'Super+Alt+D' 'Escape'; do
  configure "devices = '$devices'" "dictate = '$key'"
  limited daemon
  expect_status 1 "$key"
  expect_no_out
  expect_err_lines 1
  expect_err "\[hotkeys\] dictate: the key '$key' is not read with method \"evdev\".* all that you type.*F13 to F24"
  limited hotkeys test
  expect_status 1 "test of $key"
  expect_err_lines 1
  expect_err "the key '$key' is not read"
  limited hotkeys test --key "$key"
  expect_status 2 "test --key $key"
  expect_err_lines 1
  expect_err "the key '$key' is not read"
done
configure "devices = '$devices'" 'dictate = "F13"' 'cancel = "Escape"'
limited daemon
expect_status 1 'Escape cancels'
expect_err "\[hotkeys\] cancel: the key 'Escape' is not read"
limited hotkeys test --method pedal
expect_status 2 'no such method'
expect_err_lines 1
expect_err "'pedal' is none of auto, portal, x11, evdev (see 'diktate hotkeys test --help')$"
ok 'keys for typing are refused'

configure "devices = '$devices/nowhere'" 'dictate = "F13"'
limited hotkeys test
expect_status 1 'no folder'
expect_err_lines 1
expect_err "the folder of input devices $devices/nowhere: No such file"
ln -s event0 "$devices/event0"
configure "devices = '$devices'" 'dictate = "F13"'
limited hotkeys test
expect_status 1 'nothing can be read'
expect_err_lines 1
expect_err "the group 'input'.*all that you type"
rm "$devices/event0"
ok 'why nothing can be read'

"$DIKTATE" hotkeys test >"$out" 2>"$err" &
tested=$!
await grep -q '^Press F13 now' "$err"
plug
event $letter_d 1
event $letter_d 0
event $f13 1
await grep -q '^F13 pressed$' "$out"
event $f13 2
sleep 0.3
event $f13 0
await grep -q '^F13 released after [0-9]* ms$' "$out"
event $f13 1
await sh -c "[ \"\$(grep -c '^F13 pressed' '$out')\" = 2 ]"
unplug
await sh -c "[ \"\$(grep -c '^F13 released' '$out')\" = 2 ]"
kill -INT "$tested"
status=0
wait "$tested" || status=$?
tested=
expect_status 0 'Ctrl-C after a key'
expect_out_lines 4
ok 'hotkeys test: plugged in, pressed, released, unplugged'

start_server
"$DIKTATE" daemon >"$work/daemon.log" 2>&1 &
daemon=$!
await "$DIKTATE" status
limited status --json
json 'first.hotkeys === "evdev" && first.degraded.length === 0'
plug
event $f13 1
await_recording
play
played
event $f13 0
await grep -q -i 'fellow americ' "$work/typed"
await is_idle
limited last --json
json 'first.outcome === "delivered" && first.audio_s > 10.5'
ok 'held, the key is push-to-talk'

event $f13 1
await_recording
sleep 1 # it is held, not tapped
unplug
await is_idle
ok 'a keyboard that is unplugged releases its keys'

rm -r "$devices"
await says "degraded: .*$devices"
mkdir "$devices"
plug
await is_well
event $f13 1
await_recording
sleep 1
event $f13 0
await is_idle
ok 'a folder that comes back is read again'

kill -TERM "$daemon"
status=0
wait "$daemon" || status=$?
daemon=
expect_status 0 'SIGTERM'
