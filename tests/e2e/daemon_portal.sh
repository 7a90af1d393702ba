#!/bin/sh
# The daemon with the keys of the desktop's portal: they begin and end takes, and a portal that hangs holds up nothing.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
. "$(dirname -- "$0")/sound.sh"
. "$(dirname -- "$0")/../lab/probe.sh"
. "$(dirname -- "$0")/../lab/portal.sh"
needs_portal
needs_command weston
needs_command Xvfb

daemon=
trap 'end_process "$daemon"; end_process "$player"; end_process "$server"; end_all' EXIT
log=$work/daemon.log

is() { has_status "$1"; }
mkdir -p "$XDG_CONFIG_HOME/diktate"
printf '[insert]\nmethod = "command"\ncommand = ["tee", "%s"]\n[feedback]\nnotifications = false\n[hotkeys.profiles]\nraw = "Super+Alt+R"\n' "$work/typed" >"$XDG_CONFIG_HOME/diktate/config.toml"

start_server
start_bus
# What chooses the portal; nothing is asked of it here.
export WAYLAND_DISPLAY=none-such
start_portal
kill -STOP "$portal"
"$DIKTATE" daemon >"$log" 2>&1 &
daemon=$!
await "$DIKTATE" status
limited status --json
json 'first.hotkeys === null && first.hotkey === null && first.degraded.length === 0'
await is '"models":"loaded"'
kill -CONT "$portal"
await is '"hotkeys":"portal"'
limited status --json
json 'first.hotkey === "Keys of dictate" && first.degraded.length === 0'
ok 'a portal that hangs holds up nothing; then its keys are heard'

user press dictate
await_recording
play
played
user release dictate
await is '"state":"idle"'
await grep -q -i 'fellow americ' "$work/typed"
limited last --json
json 'first.outcome === "delivered" && first.audio_s > 10'
ok 'held, the key is push-to-talk'

user press dictate
user release dictate
await_recording
user press cancel
user release cancel
await is '"state":"idle"'
limited last --json
json 'first.outcome === "delivered"'
rm "$work/typed"
user press dictate
user release dictate
await_recording
play
played
user press dictate
user release dictate
await is '"state":"idle"'
await grep -q -i 'fellow americ' "$work/typed"
ok 'tapped, it begins and ends; the other shortcut throws away'

rm "$work/typed"
user press dictate-raw
await_recording
play
played
user release dictate-raw
await is '"state":"idle"'
limited last --json
json 'first.outcome === "delivered" && first.profile === "raw"'
rm "$work/typed"
user press last
user release last
await grep -q -i 'fellow americ' "$work/typed"
ok 'a profile has a key of its own, and so has the last text'

kill_portal
await is '"hotkeys":null'
limited status --json
json 'first.degraded.length === 1 && /^no hotkeys: .* portal.*diktate hotkeys setup/.test(first.degraded[0])'
await grep -q 'no hotkeys: the desktop portal ended' "$log"
start_portal
await is '"hotkeys":"portal"'
is '"degraded":\[\]' || fail 'all is well again'
ok 'the portal dies and comes back'

{ kill -KILL "$bus"; wait "$bus"; } 2>/dev/null
await is '"degraded":\["no hotkeys: the session bus'
kill_portal
start_bus
start_portal
await is '"hotkeys":"portal"'
is '"degraded":\[\]' || fail 'all is well again'
user press dictate
await is '"state":"listening"'
user release dictate
user press cancel
user release cancel
await is '"state":"idle"'
ok 'the session bus dies and comes back: its keys are heard again'

run timeout 120 "$DIKTATE" hotkeys setup --for kde --json
json '!first.daemon_listens'
run env XDG_CURRENT_DESKTOP=KDE timeout 120 "$DIKTATE" hotkeys setup
expect_out '^The daemon asks the desktop for .* itself here'
run env XDG_CURRENT_DESKTOP=KDE timeout 120 "$DIKTATE" hotkeys setup --json
json 'first.daemon_listens'
ok 'hotkeys setup knows the portal'

kill "$daemon"
status=0
wait "$daemon" || status=$?
daemon=
[ "$status" = 0 ] || fail 'the daemon ends badly'
if grep -q -i americ "$log"; then fail 'what was said is in the log'; fi

: >"$out"
"$DIKTATE" hotkeys test >"$out" 2>"$err" &
tested=$!
started="$tested $started"
await grep -q '^Press Keys of dictate now' "$err"
user press dictate
await grep -q '^Super+Alt+D pressed$' "$out"
user release dictate
await grep -q '^Super+Alt+D released after [0-9]* ms$' "$out"
kill -INT "$tested"
status=0
wait "$tested" || status=$?
expect_status 0 'hotkeys test, ended by Ctrl-C'
kill_portal
start_portal --answer refuse
run timeout 60 "$DIKTATE" hotkeys test
expect_status 1 'refused'
expect_err '^diktate: the keys for dictation were refused: bind'
ok 'hotkeys test hears the key, or says why not'

kill_portal
start_portal --pasted "$work/pasted" --token permitted
permission=$XDG_STATE_HOME/diktate/remote-desktop-token
printf '[insert]\nmethod = "portal"\n[feedback]\nnotifications = false\n' >"$XDG_CONFIG_HOME/diktate/config.toml"
"$DIKTATE" daemon >"$log" 2>&1 &
daemon=$!
await grep -q '^permitted$' "$permission"
await is '"models":"loaded"'
limited status --json
json 'first.insert === "portal"'
dictate
await grep -q -i 'fellow americ' "$work/pasted"
json 'first.outcome === "delivered" && first.receipt === "someone" && !first.held && first.insert_method === "paste Ctrl+V"'
ok 'spoken into what the portal pastes to'

is '"degraded":\[\]' || fail 'nothing is wrong yet'
kill_portal
await is '"degraded":\["text cannot be inserted: the desktop portal ended"'
dictate
json 'first.outcome === "failed" && /portal/.test(first.cause) && /last --print/.test(first.cause) && /fellow americ/i.test(first.clean_text)'
rm "$work/pasted"
start_portal --pasted "$work/pasted" --token again
await grep -q '^again$' "$permission"
await is '"degraded":\[\]'
limited last
expect_status 0 'the text, when the portal is back'
await grep -q -i 'fellow americ' "$work/pasted"
kill "$daemon"
wait "$daemon"
daemon=
if grep -q -i americ "$log"; then fail 'what was said is in the log'; fi
ok 'the portal goes and comes back: the words are there all the same'

kill_portal
start_portal --answer refuse
"$DIKTATE" daemon >"$log" 2>&1 &
daemon=$!
await "$DIKTATE" status
await is '"degraded":\["text cannot be inserted: that keys are pressed was refused"'
kill "$daemon"
wait "$daemon"
daemon=
ok 'what the user refused is said'

kill_portal
weston --backend=headless-backend.so --use-pixman --socket=wayland-9 >"$work/weston.log" 2>&1 4>&- 5>&- &
started="$! $started"
await test -S "$XDG_RUNTIME_DIR/wayland-9"
export WAYLAND_DISPLAY=wayland-9
: >"$work/display"
Xvfb -displayfd 6 -nolisten tcp -noreset -ac 6>"$work/display" 2>"$work/xvfb.log" 4>&- 5>&- &
started="$! $started"
await test -s "$work/display"
DISPLAY=:$(cat "$work/display")
export DISPLAY
start_portal --without org.freedesktop.portal.Clipboard
kill -STOP "$portal"
printf '[hotkeys]\nmethod = "none"\n[feedback]\nnotifications = false\n' >"$XDG_CONFIG_HOME/diktate/config.toml"
"$DIKTATE" daemon >"$log" 2>&1 &
daemon=$!
await "$DIKTATE" status
limited status --json
json 'first.insert === "portal" && first.degraded.length === 0'
kill -CONT "$portal"
await is '"insert":"x11".*"degraded":\[\]'
ok 'what a portal has is not waited for; one without a clipboard gives way to the X display'
