#!/bin/sh
# The daemon and its clients, with a microphone of a sound server of its own: takes by command, and what goes wrong.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
. "$(dirname -- "$0")/sound.sh"

daemon=
trap 'end_process "$daemon"; end_process "$player"; end_process "$server"; rm -rf "$work"' EXIT
socket=$XDG_RUNTIME_DIR/diktate/rpc.sock
log=$work/daemon.log

# What keeps a client that waits for ever from holding up all tests.

await() { # what, command...: until it succeeds
  what=$1
  shift
  tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || { cat "$log"; fail "$what"; }
    sleep 0.1
  done
}

start_daemon() {
  "$DIKTATE" daemon >"$log" 2>&1 &
  daemon=$!
  await 'the daemon does not answer' "$DIKTATE" status
}

# Leaves the exit code of the daemon in $status.
stop_daemon() { # signal
  kill "-$1" "$daemon"
  status=0
  wait "$daemon" || status=$?
  daemon=
}

is_idle() { has_status '"state":"idle"'; }
says() { "$DIKTATE" status | grep -q "$1"; }
is_well() { has_status '"degraded":\[\]'; }
is_loaded() { has_status '"models":"loaded"'; }

configure() { # toml
  mkdir -p "$XDG_CONFIG_HOME/diktate"
  printf '%s\n' "$1" '[hotkeys]' 'method = "none"' >"$XDG_CONFIG_HOME/diktate/config.toml"
}

for command in start finish toggle cancel status last swap; do
  limited $command
  expect_status 1 "$command without a daemon"
  expect_no_out
  expect_err_lines 1
  expect_err "^diktate: no daemon runs; start it with 'diktate daemon'"
done
run env XDG_RUNTIME_DIR= timeout 120 "$DIKTATE" daemon
expect_status 1 'no runtime folder'
expect_err_lines 1
expect_err 'export XDG_RUNTIME_DIR='
run env XDG_RUNTIME_DIR= timeout 120 "$DIKTATE" status
expect_status 1 'no runtime folder for a client'
expect_err 'export XDG_RUNTIME_DIR='
ok 'without a daemon: one line'

configure '[insert]
method = "fax"'
limited daemon
expect_status 1 'a wrong setting'
expect_err_lines 1
expect_err "'fax' is none of auto, "
ok 'a wrong setting is one line'

start_server
configure "[insert]
method = 'command'
command = ['tee', '-a', '$work/typed']"
start_daemon
[ "$(stat -c %a "$socket")" = 600 ] || fail 'the socket is open to others'
limited status --json
expect_status 0 'status'
json 'first.state === "idle" && first.insert === "command" && first.hotkeys === null && first.degraded.length === 0'
limited status
expect_out '^idle; models '
ok 'status'

limited start --profile nix
expect_status 2 'no such profile'
expect_err_lines 1
expect_err "^diktate: there is no profile 'nix'; there are standard, code, terminal, raw, .*(see 'diktate start --help')$"
limited toggle --profile
expect_status 2 'no name'
expect_err_lines 1
expect_err 'needs the name'
limited cancel --profile raw
expect_status 2 'cancel has no profile'
ok 'a profile that is none is a wrong command line'

limited daemon
expect_status 1 'a second daemon'
expect_no_out
expect_err_lines 1
expect_err '^diktate: a daemon runs already'
limited status
expect_status 0 'the first daemon goes on'
ok 'a second daemon'

timeout 120 "$DIKTATE" status --follow --json >"$work/events" &
follower=$!
await 'the follower is told nothing' test -s "$work/events"
limited start
expect_status 0 'start'
expect_no_out
await_recording
play
played
limited finish --wait --json
expect_status 0 'finish'
json 'first.take === 1 && first.outcome === "delivered" && /ask not what your country can do for you/i.test(first.clean_text)'
json 'first.stop_to_text_ms > 0 && first.insert_method === "command" && first.receipt === "sent" && first.audio_s > 10.5'
grep -q -i 'fellow americ' "$work/typed" || fail 'the text did not reach the command'
await 'the follower does not see the end' grep -q '"event":"state","data":{"state":"idle"' "$work/events"
kill "$follower"
wait "$follower" 2>/dev/null
run cat "$work/events"
json 'lines.slice(1).filter(l => l.event === "state").map(l => l.data.state).join() === "listening,finishing,idle"'
json 'lines.slice(2).every((line, i) => line.number === lines[i + 1].number + 1)'
json 'lines.some(l => l.event === "level" && l.data.peak_dbfs > -30) && lines.some(l => l.event === "piece" && l.data.final)'
json 'lines.find(l => l.event === "final").data.receipt === "sent"'
ok 'a take by command'

rows() { [ "$("$DIKTATE" history --json | grep -o '"id":' | wc -l)" = "$1" ]; }
await 'the take is not in the history' rows 1
limited start
await_recording
limited finish --wait
await 'the history shows nothing of a take while the daemon runs' rows 2
run timeout 60 node -e '
  const socket = require("net").connect(process.argv[1]);
  socket.write(JSON.stringify({jsonrpc: "2.0", id: 1, method: "history", params: {stored: true}}) + "\n");
  let got = "";
  socket.on("data", data => {
    got += data;
    if (!got.endsWith("\n")) return;
    console.log(JSON.stringify(JSON.parse(got).result));
    socket.end();
  });' "$socket"
expect_status 0 'the stored takes'
json 'first.takes.length === 2'
"$DIKTATE" history --json | node -p 'JSON.stringify(JSON.parse(require("fs").readFileSync(0)))' | cmp - "$out" || fail 'the daemon tells of other takes than diktate history'
ok 'the history of a daemon that runs'

limited last --print
expect_out 'fellow americ'
: >"$work/typed"
limited last
expect_status 0 'last'
grep -q -i 'fellow americ' "$work/typed" || fail 'the last text was not inserted again'
ok 'the last text again'

limited toggle
await_recording
limited cancel
expect_status 0 'cancel'
await 'it is not idle again' is_idle
limited finish
expect_status 1 'nothing to finish'
expect_err_lines 1
limited cancel
expect_status 1 'nothing to cancel'
: >"$work/typed"
limited toggle
await_recording
play
played
limited toggle
await 'it is not idle again' is_idle
grep -q -i 'fellow americ' "$work/typed" || fail 'toggle: the text did not come'
ok 'toggle and cancel'

: >"$work/typed"
limited start
await_recording
configure '[insert]
method = "none"
[daemon]
max_take_s = 3'
kill -HUP "$daemon"
play
played
limited finish --wait --json
json 'first.outcome === "delivered" && /fellow americ/i.test(first.clean_text) && first.insert_method === "command"'
await 'the new setting is not in use' says 'insertion none'
play
limited start
await 'the forgotten take does not end' is_idle
played
limited last --json
json 'first.audio_s === 3 && /^delivered/.test(first.outcome) && first.held && first.warnings.some(w => /as long as a take may be/.test(w))'
configure 'nonsense'
kill -HUP "$daemon"
await 'the wrong settings are not told of' says '^degraded: .*config.toml, line 1'
configure '[insert]
method = "none"'
kill -HUP "$daemon"
await 'it does not recover' is_well
ok 'SIGHUP, and a forgotten take'

i=0
while [ $i -lt 50 ]; do
  "$DIKTATE" start >/dev/null 2>&1
  "$DIKTATE" finish >/dev/null 2>&1
  i=$((i + 1))
done
await 'it is not idle after a mashed key' is_idle
ok 'a mashed key'

pactl unload-module module-remap-source
pactl unload-module module-null-sink
limited start
await 'it is not idle without a microphone' is_idle
limited status
expect_out '^degraded: there is no microphone'
diktate history --json
json 'first.takes[0].outcome === "failed" && /no microphone/.test(first.takes[0].cause) && first.takes[0].audio_s === 0'
pactl load-module module-null-sink sink_name=speaker norewinds=1 rate=48000 channels=2 >/dev/null
pactl load-module module-remap-source source_name=mic master=speaker.monitor >/dev/null
pactl set-default-source mic
await 'that there is a microphone again is not seen without a take' is_well
ok 'no microphone, and one again'

limited start
await_recording
play
sleep 5
kill -KILL "$server"
end_process "$player"
player=
await 'it is not idle after the sound server died' is_idle
limited last --json
json 'first.outcome === "delivered_fallback" && /americ/i.test(first.clean_text) && /sound server/.test(first.cause)'
says '^degraded: the sound server ended' || fail 'nothing is told of the dead sound server'
wait "$server" 2>/dev/null
start_server
await 'that the sound server is back is not seen without a take' is_well
ok 'the sound server dies: what was heard is delivered, and it is told of until it is back'

limited start
await_recording
play
sleep 4
pactl unload-module module-remap-source
end_process "$player"
player=
await 'it is not idle after the microphone was unplugged' is_idle
limited last --json
json 'first.outcome === "delivered_fallback" && /americ/i.test(first.clean_text) && /unplugged/.test(first.cause)'
says '^degraded: .* is gone: unplugged' || fail 'nothing is told of the unplugged microphone'
pactl load-module module-remap-source source_name=mic master=speaker.monitor >/dev/null
pactl set-default-source mic
await 'that the microphone is back is not seen without a take' is_well
ok 'the microphone is unplugged: the same'

configure "[insert]
method = 'command'
command = ['tee', '$work/typed']"
kill -HUP "$daemon"
await 'the new setting is not in use' says 'insertion command'
: >"$work/typed"
limited start
await_recording
play
played
stop_daemon TERM
[ "$status" = 0 ] || fail 'SIGTERM is a clean end'
grep -q -i 'fellow americ' "$work/typed" || fail 'the take that was under way is lost'
[ ! -e "$socket" ] || fail 'the socket is left'
limited status
expect_status 1 'no daemon any more'
ok 'SIGTERM finishes the take'

find "$XDG_STATE_HOME/diktate" -name 'history.db*' -exec sh -c 'head -c 5000 /dev/zero >"$1"' - '{}' ';'
start_daemon
limited start
await_recording
limited finish --wait
await 'a damaged history is not told of' grep -q '^diktate: warning: the history was damaged: it is put aside as ' "$log"
await 'the take is not in the new history' rows 1
ok 'a damaged history'

await 'the models are not loaded' is_loaded
kill -KILL "$daemon"
wait "$daemon" 2>/dev/null
daemon=
[ -S "$socket" ] || fail 'a killed daemon leaves its socket'
limited status
expect_status 1 'a dead daemon'
expect_err '^diktate: no daemon runs'
start_daemon
limited status
expect_status 0 'a stale socket is replaced'
stop_daemon INT
[ "$status" = 0 ] || fail 'Ctrl-C is a clean end'
[ ! -e "$socket" ] || fail 'the socket is left'
if grep -q -i americ "$log"; then fail 'what was said is in the log'; fi
ok 'a stale socket'

# Leaves the row of a take in $out.
dictate_once() {
  limited start
  await_recording
  play
  played
  limited finish --wait --json
}
start_daemon_to() { # file
  "$DIKTATE" daemon >"$1" 2>"$log" &
  daemon=$!
  await 'the daemon does not answer' "$DIKTATE" status
}
configure '[insert]
method = "stdout"'
start_daemon_to "$work/texts"
dictate_once
json 'first.outcome === "delivered" && first.insert_method === "stdout" && first.receipt === "sent" && first.target === "standard output"'
cp "$out" "$work/row"
limited last
expect_status 0 'the last text again'
stop_daemon TERM
node -e '
  const fs = require("fs");
  const {clean_text} = JSON.parse(fs.readFileSync(process.argv[1], "utf8"));
  process.exit(fs.readFileSync(process.argv[2], "utf8") === (clean_text + "\n").repeat(2) ? 0 : 1);' "$work/row" "$work/texts" ||
  fail "each text and a line end, and nothing else: $(cat "$work/texts")"
mkfifo "$work/pipe"
true <"$work/pipe" & # and reads nothing
start_daemon_to "$work/pipe"
dictate_once
json 'first.outcome === "failed" && /^standard output: Broken pipe/.test(first.cause) && /fellow americ/i.test(first.clean_text)'
limited last --print
expect_out 'fellow americ'
stop_daemon TERM
"$DIKTATE" daemon 2>"$log" >&- &
daemon=$!
await 'the daemon does not answer' "$DIKTATE" status
await 'a closed output is not told of' says '^degraded: text is held: standard output is closed'
dictate_once
json 'first.held && /fellow americ/i.test(first.clean_text)'
stop_daemon TERM
if grep -q -i americ "$log"; then fail 'what was said is in the log'; fi
ok 'texts on standard output; where it is closed they are held, or told as failed, and are there'
