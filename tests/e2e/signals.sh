#!/bin/sh
# Of a recording: Ctrl-C delivers what was said; a second one, or SIGTERM, throws the take away. Those at the microphone: microphone.sh.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
needs_command sox

# Waits until the take has begun: its thread is there.
await_listening() {
  until grep -q -s '^listen$' /proc/"$process"/task/*/comm; do
    kill -0 "$process" 2>/dev/null || fail 'the program ended before it listened'
    sleep 0.1
  done
}

start() { # arguments of dictate...
  "$DIKTATE" dictate --json "$@" >"$out" 2>"$err" &
  process=$!
  await_listening
}

finish() {
  status=0
  wait "$process" || status=$?
}

# The recording, and Ctrl-C when it is silent.
transcribe_pipe() { # files...
  exec 3<>"$work/pipe"
  "$DIKTATE" transcribe "$@" --json <"$work/pipe" >"$out" 2>"$err" &
  process=$!
  await_listening
  tail -c +45 "$jfk" >&3
  sleep 2
  kill -INT "$process"
  finish
  exec 3>&-
}

start --from "$jfk"
sleep 4
kill -INT "$process"
finish
expect_status 0 'one Ctrl-C'
json 'first.outcome === "delivered" && first.audio_s > 2 && first.audio_s < 9 && /americ/i.test(first.text)'
ok 'one Ctrl-C delivers what was said'

start --from "$jfk"
sleep 1
kill -TERM "$process"
finish
expect_status 1 'SIGTERM'
json 'first.outcome === "cancelled" && first.text === "" && first.stop_to_text_ms === null'
expect_err '^diktate: cancelled$'
ok 'SIGTERM cancels'

# Half a minute to decode after the first Ctrl-C: time enough for a second one.
sox "$jfk" "$work/long.wav" repeat 9
start --from "$work/long.wav" --speed 10 --sequential --threads 1
sleep 4
kill -INT "$process"
# The kernel makes one of two that wait.
is_taken() { [ $((0x0$(sed -n 's/^ShdPnd:[[:space:]]*//p' "/proc/$process/status") & 2)) = 0 ]; }
await is_taken
sleep 0.2
kill -INT "$process"
finish
expect_status 1 'a second Ctrl-C'
json 'first.outcome === "cancelled" && first.text === ""'
expect_err '^diktate: cancelled$'
ok 'a second Ctrl-C cancels'

# A pipe that stays open, as a microphone's does, and samples without a header that would tell their number.
mkfifo "$work/pipe"
transcribe_pipe -
expect_status 0 'Ctrl-C while standard input is silent'
json 'first.outcome === "delivered" && first.audio_s > 10.9 && /ask not/i.test(first.text)'
ok 'Ctrl-C ends standard input, and what came is transcribed'

transcribe_pipe - "$jfk"
expect_status 0 'Ctrl-C at standard input, and a file after it'
json 'lines.length === 2 && first.outcome === "delivered" && /ask not/i.test(first.text)'
json 'lines[1].outcome === "delivered" && lines[1].audio_s === 11 && /ask not/i.test(lines[1].text)'
ok 'Ctrl-C ends standard input, and the file after it is read to its end'

exec 3<>"$work/pipe"
"$DIKTATE" transcribe "$work/long.wav" - --json --threads 1 <"$work/pipe" >"$out" 2>"$err" &
process=$!
await_listening
kill -INT "$process"
finish
exec 3>&-
expect_status 1 'Ctrl-C while a file before standard input is read'
json 'lines.length === 1 && first.outcome === "cancelled" && first.text === ""'
expect_err '^diktate: cancelled$'
ok 'Ctrl-C stops the program while a file is read, though standard input comes after it'
