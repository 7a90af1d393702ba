#!/bin/sh
# A recording dictated as if it were spoken now.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node

diktate dictate --from "$jfk" --json --trace "$work/trace.json"
expect_status 0 'json'
expect_no_err
json 'lines.length === 1'
json 'Object.keys(first).join() === "file,audio_s,outcome,text,raw_text,engine,segments,spans,warnings,clean_text,stop_to_text_ms,sequential,processor,notes"'
json 'first.outcome === "delivered" && first.audio_s === 11 && first.sequential === false'
json '/ask not what your country can do for you/i.test(first.text) && first.text === first.clean_text'
json 'first.segments.length >= 2 && first.spans.filter(s => s.name === "recognise").length >= 2'
json 'typeof first.stop_to_text_ms === "number" && first.stop_to_text_ms > 0'
json 'Math.abs(first.spans.find(s => s.name === "hear").duration_ms - 11000) < 1000'
ok 'json'

cp "$work/trace.json" "$out"
json 'first.traceEvents.filter(e => e.ph === "X").length >= 10'
ok 'trace'

diktate dictate --from "$jfk" --speed 4 --timeline
expect_status 0 'timeline'
expect_out_lines 1
expect_out 'ask not what your country can do for you'
expect_err '^stop-to-text [0-9.]* m\{0,1\}s$'
for name in 'open ' 'prepare cold' 'hear ' 'segment\[0\]' 'recognise\[0\]' '  work' 'join ' 'deliver '; do
  expect_err "^$name"
done
if grep -q "$(printf '\033')" "$err"; then fail 'no colours where there is no terminal'; fi
ok 'text on standard output, timeline on standard error'

run env LC_ALL=C "$DIKTATE" dictate --from "$jfk" --speed 20 --timeline
expect_status 0 'ASCII'
if LC_ALL=C grep -q '[^ -~]' "$err"; then fail 'ASCII alone where the locale is C'; fi
expect_err '##'
ok 'ASCII where the locale has no more'

diktate dictate --from "$jfk" --speed 50 --sequential --json
expect_status 0 'sequential'
json 'first.sequential === true && /ask not what your country/i.test(first.text)'
json '!first.spans.some(s => s.cold)'
json 'first.spans.filter(s => s.name === "recognise").every(s =>
  s.start_ms >= first.spans.find(h => h.name === "hear").start_ms + 200)'
ok 'sequential'

run sh -c 'cat "$1" | "$DIKTATE" dictate --from - --speed 20' sh "$jfk"
expect_status 0 'standard input'
expect_out 'ask not what your country'
ok 'standard input'

diktate dictate --from "$work/missing.wav" --json
expect_status 1 'a missing file'
expect_err_lines 1
json 'first.outcome === "failed" && /missing.wav/.test(first.cause) && first.stop_to_text_ms === null'
ok 'a missing file'
