#!/bin/sh
# No spoken word is lost: dictate is killed in the middle of a take, or cannot deliver its text, and recover has it.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
needs_command sox
. "$(dirname -- "$0")/sound.sh"

state=$XDG_STATE_HOME/diktate
takes=$state/takes

# Its pid is that of the program itself: a SIGKILL would not reach it through another.
start() { # arguments of dictate...
  "$DIKTATE" dictate "$@" >"$work/dictated" 2>"$work/said" &
  process=$!
  await 'dictate does not listen' is_recording
}

kill_it() {
  kill -KILL "$process"
  wait "$process" 2>/dev/null
  silence
}

has_notes() { grep -q -s "$1" "$takes"/*.jsonl; }
heard() { # seconds: whether so much of a take is on the disk
  size=$(cat "$takes"/*.wav 2>/dev/null | wc -c)
  [ "$size" -gt $(($1 * 32000 + 44)) ]
}

await() { # what, command...: until the command succeeds
  what=$1
  shift
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || fail "$what"
    sleep 0.1
  done
}

# A take whose words count: it listens before they are said.
dictate_first() { # state folder, seconds
  XDG_STATE_HOME=$1 timeout 120 "$DIKTATE" dictate --max-take "$2" >"$out" 2>"$err" &
  process=$!
  await 'dictate does not listen' is_recording
  play
  status=0
  wait "$process" || status=$?
  silence
}

silence() {
  end_process "$player"
  player=
}

diktate recover
expect_status 0 'recover without a journal'
expect_no_out
diktate history --json
json 'first.takes.length === 0'
[ ! -e "$state" ] || fail 'reading makes no file'
diktate recover --finish 1
expect_status 1 'no such take'
expect_err '^diktate: take 1: there is no unfinished take 1$'
ok 'no journal is no take'

start_server
start
play
await 'nothing was written' heard 5
diktate recover --json
json 'first.unfinished.length === 1 && first.unfinished[0].in_use'
diktate recover --finish 1
expect_status 1 'a take that is being spoken is not finished'
expect_err 'in use by a running diktate'
diktate recover --discard 1
expect_status 1 'a take that is being spoken is not thrown away'
kill_it
[ ! -s "$work/dictated" ] || fail 'it was killed before it delivered'
diktate recover --json
expect_status 0 'recover'
json 'Object.keys(first.unfinished[0]).join() === "id,started,audio_s,stage,in_use"'
json 'first.unfinished.length === 1 && first.unfinished[0].audio_s >= 5 && first.unfinished[0].stage === "audio"'
json '!first.unfinished[0].in_use && Math.abs(new Date(first.unfinished[0].started) - Date.now()) < 600000'
run sox "$takes/1.wav" "$work/heard.wav"
expect_status 0 'any player opens the sound'
limited dictate --max-take 1 --source mic
expect_err "^diktate: warning: a take is unfinished: see 'diktate recover'$"
diktate recover --finish 1
expect_status 0 'recover --finish'
expect_out 'my fellow americ'
diktate recover
expect_no_out
diktate history --json
json 'Object.keys(first.takes[0]).join() === "id,started,audio_s,outcome,cause,stop_to_text_ms,clean_text,raw_text,insert_method,receipt,engine,profile,processor,audio,spans"'
json 'first.takes.some(t => t.outcome === "delivered" && /fellow americ/i.test(t.clean_text) && t.raw_text === null)'
json 'first.takes.some(t => t.outcome === "empty")'
[ -z "$(ls "$takes")" ] || fail 'the files of finished takes are gone'
ok 'killed while it was spoken: its text is recovered'

# A language model that never answers holds the take after its transcript.
node -e 'require("net").createServer(() => {}).listen(0, "127.0.0.1", function () { console.log(this.address().port) })' \
  >"$work/port" &
silent=$!
await 'no server' test -s "$work/port"
start --profile ask --processor ollama --model none --endpoint "http://127.0.0.1:$(cat "$work/port")" --deadline-ms 60000
play
await 'nothing was written' heard 6
kill -INT "$process"
await 'the transcript was not written' has_notes raw_text
kill_it
end_process "$silent"
diktate recover --json
json 'first.unfinished.length === 1 && first.unfinished[0].stage === "raw_text"'
mkdir -p "$XDG_CONFIG_HOME/diktate"
printf '[processors.gone]\nkind = "ollama"\nendpoint = "http://127.0.0.1:1"\nmodel = "none"\n[profiles.ask]\nchain = ["gone"]\n' \
  >"$XDG_CONFIG_HOME/diktate/config.toml"
diktate recover --all
expect_status 1 'the model of a question does not answer'
expect_no_out
diktate recover --all
expect_status 1 'nor the second time'
rm "$XDG_CONFIG_HOME/diktate/config.toml"
diktate recover --json
json 'first.unfinished.length === 1 && first.unfinished[0].stage === "raw_text"'
run env DIKTATE_MODELS="$DIKTATE_MODELS" "$DIKTATE" recover --all --json
expect_status 0 'recover --all'
expect_err 'no language model is set for the profile ask: .*the words themselves'
json 'lines.length === 1 && first.outcome === "delivered" && /fellow americ/i.test(first.text)'
ok 'killed while a model had the words: the transcript is recovered'

# A pipe that is full holds the take before its delivery.
mkfifo "$work/pipe"
exec 3<>"$work/pipe"
node -e 'const { writeSync } = require("fs"); writeSync(3, Buffer.alloc(65536))' 3>"$work/pipe"
"$DIKTATE" dictate >"$work/pipe" 2>"$work/said" &
process=$!
await 'dictate does not listen' is_recording
play
await 'nothing was written' heard 6
kill -INT "$process"
await 'the clean text was not written' has_notes clean_text
kill_it
exec 3>&-
diktate recover --json
json 'first.unfinished.length === 1 && first.unfinished[0].stage === "clean_text"'
run env DIKTATE_MODELS=/nowhere "$DIKTATE" recover --all
expect_status 0 'a clean text needs no engine'
expect_out 'my fellow americ'
ok 'killed while it delivered: the clean text is recovered'

play
status=0
timeout 120 "$DIKTATE" dictate --max-take 4 >/dev/full 2>"$err" || status=$?
silence
expect_status 1 'a full disk at standard output'
expect_err "^diktate: cannot write to standard output: .*; the take is kept: 'diktate recover' has it$"
diktate history --json
json 'first.takes[0].outcome === "failed" && /standard output/.test(first.takes[0].cause)'
play
status=0
timeout 120 "$DIKTATE" dictate --json --max-take 4 >/dev/full 2>"$err" || status=$?
silence
expect_status 1 'a full disk, with --json'
expect_err "; the take is kept: 'diktate recover' has it$"
diktate recover --all
expect_status 0 'both are recovered'
expect_out_lines 2
ok 'a text that cannot be printed is kept'

start
play
await 'nothing was written' heard 1
kill_it
diktate recover --json
json 'first.unfinished.length === 1'
cp "$out" "$work/list"
diktate recover --discard "$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1])).unfinished[0].id' "$work/list")"
expect_status 0 'discard'
diktate recover
expect_no_out
ok 'discarded'

diktate history --wipe
expect_status 0 'wipe'
if grep -r -q -i americ "$state"; then fail 'wiping leaves no trace'; fi
diktate history --json
json 'first.takes.length === 0'
ok 'wiped'

rm -r "$state"
start --private
play
sleep 5
kill -INT "$process"
wait "$process"
silence
grep -q -i americ "$work/dictated" || fail 'a private take is delivered'
if [ -e "$state/takes" ] || [ -e "$state/history.db" ]; then fail 'a private take leaves nothing'; fi
mkdir -p "$XDG_CONFIG_HOME/diktate"
printf '[privacy]\nlevel = 0\n' >"$XDG_CONFIG_HOME/diktate/config.toml"
limited dictate --max-take 1
expect_status 0 'level 0'
if [ -e "$state/takes" ] || [ -e "$state/history.db" ]; then fail 'level 0 leaves nothing'; fi
rm "$XDG_CONFIG_HOME/diktate/config.toml"
ok 'private'

dictate_first /dev/null/state 5
expect_status 0 'a state folder that cannot be made'
expect_out 'americ'
expect_err_lines 2 # and that the take was long enough
expect_err '^diktate: warning: .*a crash would lose this take: cannot make the folder'
ok 'without a journal dictation still works'

mkdir "$work/small"
mount -t tmpfs -o size=100k tmpfs "$work/small" 2>/dev/null || skip 'nothing can be mounted here (this needs root); the rest is ok'
trap 'end_process "$player"; end_process "$server"; umount "$work/small"; rm -rf "$work"' EXIT
dictate_first "$work/small" 5
expect_status 0 'a full disk'
expect_out 'fellow americ'
expect_err_lines 2
expect_err '^diktate: warning: .*a crash would lose this take: cannot write .*: No space left on device$'
[ -z "$(ls "$work/small/diktate/takes")" ] || fail 'the files of a delivered take are gone from a full disk, too'
ok 'with a full disk dictation still works'
