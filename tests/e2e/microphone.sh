#!/bin/sh
# From a microphone of a sound server of its own, and what is said when it is silent, muted, unplugged or gone.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
needs_command script
. "$(dirname -- "$0")/sound.sh"

# What keeps a program that waits for ever from holding up all tests.

# In the foreground timeout hands a signal on once, and not to a group of its own as well: two would be "thrown away".
start() { # options...
  timeout --foreground 120 "$DIKTATE" dictate --json "$@" >"$out" 2>"$err" &
  process=$!
  await_recording
}

finish() {
  status=0
  wait "$process" || status=$?
}

limited dictate
expect_status 1 'dictate without a server'
expect_no_out
expect_err_lines 1
expect_err '^diktate: the microphone needs a sound server'
limited mic list
expect_status 1 'mic list without a server'
expect_err_lines 1
ok 'no server is one line'

start_server
limited mic list --json
expect_status 0 'mic list'
json 'first.microphones.length === 2'
json 'Object.keys(first.microphones[0]).join() === "name,description,default,muted,state,monitor"'
json 'first.microphones.some(m => m.name === "mic" && m.description === "Desk" && m.default && !m.muted && !m.monitor)'
json 'first.microphones.some(m => m.name === "speaker.monitor" && !m.default && m.monitor)'
limited mic list
expect_out '^\* mic .*Desk$'
run env PULSE_SOURCE=speaker.monitor timeout 60 "$DIKTATE" mic list --json
expect_status 0 'mic list with PULSE_SOURCE'
json 'first.microphones.filter(m => m.default).map(m => m.name).join() === "speaker.monitor"'
ok 'mic list'

play
limited mic test --seconds 2 --json
expect_status 0 'mic test'
json 'first.verdict === "hears you" && first.audio_s === 2 && first.peak_dbfs > -20 && first.rms_dbfs < first.peak_dbfs'
json 'first.first_sample_ms > 0'
played
limited mic test --seconds 0.5 --source speaker.monitor
expect_status 0 'mic test of what is silent'
expect_out '^silent: all samples are zero$'
pactl set-source-mute mic 1
limited mic test --seconds 0.5
expect_out '^muted$'
pactl set-source-mute mic 0
limited mic test --source nowhere
expect_status 1 'no such microphone'
expect_err_lines 1
expect_err "there is no microphone 'nowhere'"
pactl set-source-mute mic 1
run env PULSE_SOURCE=speaker.monitor timeout 60 "$DIKTATE" mic test --seconds 0.5
expect_status 0 'PULSE_SOURCE'
expect_out '^silent: all samples are zero$'
run env PULSE_SOURCE=speaker.monitor timeout 60 "$DIKTATE" mic test --seconds 0.5 --source mic
expect_out '^muted$'
pactl set-source-mute mic 0
for command in 'mic test' 'dictate --max-take 1'; do
  # shellcheck disable=SC2086 # words
  run env PULSE_SOURCE=nowhere timeout 60 "$DIKTATE" $command
  expect_status 1 "$command: PULSE_SOURCE names none"
  expect_err_lines 1
  expect_err "there is no microphone 'nowhere', which PULSE_SOURCE names"
done
ok 'mic test'

start
play
played
kill -INT "$process"
finish
expect_status 0 'dictate from the microphone'
expect_no_err
json 'first.outcome === "delivered" && first.file === "microphone" && first.audio_s > 10.5'
json '/ask not what your country can do for you/i.test(first.text) && /fellow americ/i.test(first.text)'
json 'first.spans.find(s => s.name === "first_sample").duration_ms > 0'
json 'first.spans.every(s => s.start_ms >= 0)'
json 'first.stop_to_text_ms > 0 && first.warnings.length === 0'
ok 'dictated from the microphone'

signals='TERM HUP'
# nohup has the tests ignore SIGHUP, and then so does the program.
[ $((0x$(sed -n 's/^SigIgn:[[:space:]]*//p' /proc/self/status) & 1)) = 0 ] || signals=TERM
for signal in $signals; do
  start
  play
  sleep 5
  kill "-$signal" "$process"
  finish
  end_process "$player"
  expect_status 0 "SIG$signal"
  json 'first.outcome === "delivered" && first.audio_s > 3 && first.audio_s < 9 && /americ/i.test(first.text)'
done
ok 'SIGTERM and SIGHUP end a take'

# The kernel keeps two signals apart if they are not the same one.
"$DIKTATE" dictate --json >"$out" 2>"$err" &
process=$!
await_recording
play
sleep 5
kill -STOP "$process"
kill -INT "$process"
kill -TERM "$process"
kill -CONT "$process"
finish
end_process "$player"
expect_status 143 'two of them'
expect_no_out
limited recover --json
expect_status 0 'recover'
json 'first.unfinished.length === 1 && first.unfinished[0].audio_s > 3'
limited recover --discard "$(sed 's/.*"id":\([0-9]*\).*/\1/' "$out")"
expect_status 0 'recover --discard'
ok 'a second one ends at once, and the take is kept'

mkfifo "$work/keys"
timeout 120 script -q -e -c "'$DIKTATE' dictate --json 2>'$work/said'" "$work/typescript" <"$work/keys" >"$out" 2>"$err" &
process=$!
exec 3>"$work/keys"
await_recording
play
sleep 5
echo >&3
finish
exec 3>&-
end_process "$player"
expect_status 0 'Enter on a terminal'
json 'first.outcome === "delivered" && first.audio_s > 3 && first.audio_s < 9 && /americ/i.test(first.text)'
ok 'Enter ends a take'

start --max-take 6
play
finish
expect_status 0 'max-take'
json 'first.outcome === "delivered" && first.audio_s === 6 && /americ/i.test(first.text)'
expect_err 'as long as a take may be'
played
ok 'a forgotten take ends, and is delivered'

start
play
sleep 5
pactl unload-module module-remap-source
finish
end_process "$player"
expect_status 1 'unplugged'
json 'first.outcome === "delivered_fallback" && /americ/i.test(first.text) && first.audio_s > 3 && first.audio_s < 9'
expect_err "^diktate: the microphone 'Desk' is gone"
expect_err_lines 1
ok 'unplugged: what was heard is delivered'
pactl load-module module-remap-source source_name=mic master=speaker.monitor source_properties=device.description=Desk >/dev/null
pactl set-default-source mic

pactl set-source-mute mic 1
limited dictate --json --max-take 1
expect_status 0 'muted'
json 'first.outcome === "empty" && first.text === ""'
expect_err "^diktate: warning: the microphone 'Desk' is muted$"
pactl set-source-mute mic 0
limited dictate --json --max-take 1
expect_status 0 'silent'
expect_err "^diktate: warning: the microphone 'Desk' is silent: all samples are zero$"
ok 'muted and silent microphones are warned of'

start
pactl suspend-source mic 1
finish
expect_status 1 'suspended'
json 'first.outcome === "failed" && /suspended/.test(first.cause)'
pactl suspend-source mic 0
ok 'a microphone that gives nothing ends the take'

start
play
sleep 5
kill -KILL "$server"
finish
end_process "$player"
expect_status 1 'server killed'
json 'first.outcome === "delivered_fallback" && /americ/i.test(first.text)'
expect_err "^diktate: the sound server ended"
expect_err_lines 1
ok 'the server dies: what was heard is delivered'
