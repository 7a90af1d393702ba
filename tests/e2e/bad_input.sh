#!/bin/sh
# What cannot be read costs one line and exit code 1, and nothing of the other files.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node

is_refused() { # name of the kind, file
  diktate transcribe "$2"
  expect_status 1 "$1"
  expect_no_out
  expect_err_lines 1
  expect_err "^diktate: .*$(basename -- "$2")"
  ok "$1"
}

printf 'not a recording at all\n' >"$work/notes.wav"
: >"$work/nothing.wav"
mkdir "$work/folder.wav"
is_refused 'a missing file' "$work/missing.wav"
is_refused 'a text file' "$work/notes.wav"
is_refused 'a file of zero length' "$work/nothing.wav"
is_refused 'a folder' "$work/folder.wav"

# A header as it should be, but for the rate.
node -e 'const wav = Buffer.alloc(144); wav.write("RIFF\x88\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\x02\0\x10\0data\x64\0\0\0", "latin1"); process.stdout.write(wav)' >"$work/rate0.wav"
is_refused 'a rate of 0 Hz' "$work/rate0.wav"
expect_err ': it has a rate of 0 Hz$'
diktate transcribe ''
expect_status 1 'an empty name'
expect_err_lines 1
expect_err '^diktate: .*the name of the file is empty$'
ok 'an empty name is called one'

run sh -c 'printf "" | "$DIKTATE" transcribe -'
expect_status 1 'an empty standard input'
expect_no_out
expect_err_lines 1
expect_err '^diktate: .*it ended before its first byte'
ok 'an empty standard input'

closed() { run timeout 60 sh -c "\"\$DIKTATE\" $1"; }
closed 'transcribe - <&-'
expect_status 1 'standard input that is closed'
expect_err_lines 1
expect_err 'standard input'
closed 'dictate --from - <&-'
expect_status 1 'standard input that is closed, dictated'
closed "transcribe --engine moonshine-tiny '$jfk' >&-"
expect_status 1 'standard output that is closed'
expect_err_lines 1
closed "transcribe --engine moonshine-tiny '$jfk' 2>&-"
expect_status 0 'standard error that is closed'
expect_out 'ask not what your country'
ok 'standard descriptors that are closed'

diktate transcribe --json "$work/missing.wav" "$jfk" "$work/notes.wav"
expect_status 1 'the others are done'
json 'lines.length === 3 && lines.map(l => l.outcome).join() === "failed,delivered,failed"'
json '/missing.wav/.test(lines[0].cause) && lines[0].text === "" && lines[0].segments.length === 0'
json '/ask not what your country/i.test(lines[1].text)'
expect_err_lines 2
ok 'the others are done'

diktate transcribe "$work/missing.wav" "$jfk"
expect_status 1 'text of the others'
expect_out_lines 1
expect_out "^$jfk: "
ok 'the others keep their names'

head -c 200000 "$jfk" >"$work/truncated.wav"
diktate transcribe --json "$work/truncated.wav"
expect_status 0 'a truncated file'
json 'first.outcome === "delivered" && first.audio_s < 7 && /americ/i.test(first.text)'
json 'first.warnings.length === 1 && /ends early/.test(first.warnings[0])'
expect_err '^diktate: warning: .*truncated.wav.*ends early'
ok 'a truncated file gives what is there, and a warning'

mkdir -p "$work/models/moonshine-tiny"
ln -s "$DIKTATE_MODELS/silero" "$work/models/silero"
for file in "$DIKTATE_MODELS"/moonshine-tiny/*; do ln -s "$file" "$work/models/moonshine-tiny/"; done
rm "$work/models/moonshine-tiny/encoder.onnx"
head -c 100000 "$DIKTATE_MODELS/moonshine-tiny/encoder.onnx" >"$work/models/moonshine-tiny/encoder.onnx"
run env DIKTATE_MODELS="$work/models" "$DIKTATE" transcribe --engine moonshine-tiny --json "$jfk" "$jfk"
expect_status 1 'a damaged model'
expect_err_lines 1
expect_err '^diktate: .*moonshine-tiny'
json 'lines.length === 2 && lines.every(l => l.outcome === "failed" && l.cause.length > 0)'
ok 'a damaged model is said once'

run env DIKTATE_MODELS="$work/nowhere" "$DIKTATE" transcribe "$jfk"
expect_status 1 'no model'
expect_no_out
expect_err "^diktate: .*; './dev install' brings it, or 'diktate models prepare --to $work/nowhere'$"
ok 'a missing model, and the way to it'

mkdir -p "$work/no-silero"
ln -s "$DIKTATE_MODELS/moonshine-tiny" "$work/no-silero/moonshine-tiny"
run env DIKTATE_MODELS="$work/no-silero" "$DIKTATE" transcribe --engine moonshine-tiny "$jfk"
expect_status 0 'no voice detector'
expect_out 'your country'
expect_err '^diktate: warning: pauses are found by loudness alone'
ok 'without the voice detector, loudness has to do, and that is said'

run env XDG_CACHE_HOME=/dev/null "$DIKTATE" transcribe --engine moonshine-tiny --json "$jfk"
expect_status 0 'an unwritable cache'
json '/your country/i.test(first.text) && first.warnings.length >= 1'
expect_err '^diktate: warning: .*cache'
ok 'an unwritable cache costs a warning'
