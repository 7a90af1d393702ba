#!/bin/sh
# Real speech to text, in every format.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node

diktate transcribe "$jfk"
expect_status 0 'text'
expect_out 'ask not what your country can do for you'
expect_out_lines 1
expect_no_err
ok 'text'

# Its maker's runtime would; not where the environment says that it is a test's.
# shellcheck disable=SC2016 # the inner shell
run env -u CI -u ORT_RUNNING_UNIT_TESTS -u ORT_DISABLE_TELEMETRY sh -c \
  'rm -f "/tmp/mat-debug-$$.log"; echo $$; XDG_CACHE_HOME=$1 exec "$2" transcribe "$3" --engine moonshine-tiny' sh "$work/cache" "$DIKTATE" "$jfk"
expect_status 0 'in a cache folder of its own'
process=$(sed -n 1p "$out")
[ ! -e "/tmp/mat-debug-$process.log" ] || fail 'the runtime notes in /tmp what it runs'
[ "$(ls "$work/cache")" = diktate ] || fail "the runtime notes what it runs: $(ls "$work/cache")"
ok 'nothing is noted for anybody else'

diktate transcribe "$jfk" --engine moonshine-tiny --raw --threads 1
expect_status 0 'tiny'
expect_out 'ask not what your country can do for you'
ok 'another engine, one thread, raw'

cp "$jfk" "$work/second file.wav"
diktate transcribe "$jfk" "$work/second file.wav"
expect_status 0 'several files'
expect_out_lines 2
expect_out "^$jfk: and so my fellow americ"
expect_out 'second file.wav: and so my fellow americ'
ok 'several files'

diktate transcribe --json "$jfk" "$work/second file.wav" --trace "$work/trace.json"
expect_status 0 'json'
json 'lines.length === 2'
json 'Object.keys(first).join() === "file,audio_s,outcome,text,raw_text,engine,segments,spans,warnings"'
json "first.file === '$jfk' && first.audio_s === 11 && first.outcome === 'delivered'"
json 'first.engine === "moonshine-base" && /ask not what your country/i.test(first.text)'
json 'first.segments.length >= 1 && first.segments.every(s => Object.keys(s).join() === "start_s,end_s,text")'
json 'first.segments.every(s => 0 <= s.start_s && s.start_s < s.end_s && s.end_s <= 11)'
json 'first.spans.every(s => Object.keys(s).join() === "name,index,parent,thread,start_ms,duration_ms,cold")'
json '["open", "prepare", "first_sample", "hear", "segment", "recognise", "queue", "work", "join", "clean", "deliver",
       "close"].every(name => first.spans.some(s => s.name === name))'
json 'first.spans.every(s => s.parent === null || first.spans[s.parent].start_ms <= s.start_ms)'
json 'first.spans.some(s => s.cold) && !lines[1].spans.some(s => s.cold)'
ok 'json'

cp "$work/trace.json" "$out"
json 'first.traceEvents.filter(e => e.ph === "X").every(e => e.dur >= 0 && e.ts >= 0 && "pid" in e && "tid" in e)'
json 'first.traceEvents.filter(e => e.name === "process_name").length === 2'
json 'first.traceEvents.filter(e => e.name === "thread_name").some(e => e.args.name === "recognise")'
ok 'trace'

diktate transcribe "$jfk" --trace "$work/no/such/folder/trace.json"
expect_status 1 'a trace that cannot be written'
expect_out 'ask not'
expect_err '^diktate: .*trace.json'
ok 'a trace that cannot be written'

diktate transcribe "$jfk" --format srt
expect_status 0 'srt'
[ "$(head -n 1 "$out")" = 1 ] || fail 'srt starts with cue 1'
expect_out '^00:00:[0-9,]* --> 00:00:[0-9,]*$'
expect_out '^2$'
[ "$(awk 'length > 42' "$out")" = '' ] || fail 'no line is longer than 42 characters'
ok 'srt'

diktate transcribe "$jfk" --format vtt
expect_status 0 'vtt'
[ "$(head -n 1 "$out")" = WEBVTT ] || fail 'vtt starts with WEBVTT'
expect_out '^00:00:[0-9.]* --> 00:00:[0-9.]*$'
ok 'vtt'

run sh -c 'cat "$1" | "$DIKTATE" transcribe --json -' sh "$jfk"
expect_status 0 'a WAV stream'
json 'first.file === "-" && first.audio_s === 11 && /ask not what your country/i.test(first.text)'
ok 'a WAV stream on standard input'

run sh -c 'tail -c +45 "$1" | "$DIKTATE" transcribe -' sh "$jfk"
expect_status 0 'raw samples'
expect_out 'ask not what your country'
ok 'raw samples on standard input'

diktate transcribe "$jfk"
expect_status 0 'full output'
run sh -c '"$DIKTATE" transcribe "$1" >/dev/full' sh "$jfk"
expect_status 1 'a full disk'
expect_err '^diktate: cannot write to standard output'
ok 'a result that cannot be written is a failure'
