#!/bin/sh
# Every kind of audio that can be decoded is; what holds no speech gives no text.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command sox
needs_command node

# Not every processor rounds alike: of bad audio, only the words that any of them hears.
speaks() { # name of the kind, file
  diktate transcribe "$2" --engine moonshine-tiny
  expect_status 0 "$1"
  expect_out 'country can do for you'
  ok "$1"
}

sox "$jfk" -b 8 -e unsigned-integer "$work/8bit.wav"
speaks '8 bits' "$work/8bit.wav"
sox "$jfk" -r 192000 "$work/192k.wav"
speaks '192 kHz' "$work/192k.wav"
sox "$jfk" -c 6 "$work/six.wav"
speaks '6 channels' "$work/six.wav"
sox "$jfk" "$work/clipped.wav" vol 20 2>/dev/null
speaks 'clipped' "$work/clipped.wav"
sox "$jfk" "$work/speech.flac"
speaks 'FLAC' "$work/speech.flac"
sox "$jfk" "$work/speech.ogg"
speaks 'OGG' "$work/speech.ogg"
cp "$work/speech.flac" "$work/mislabelled.wav"
speaks 'FLAC called WAV' "$work/mislabelled.wav"

run sh -c 'sox "$1" -t raw -r 44100 -c 2 -b 32 -e floating-point - |
  "$DIKTATE" transcribe - --engine moonshine-tiny --rate 44100 --channels 2 --encoding f32le' sh "$jfk"
expect_status 0 'raw samples of another format'
expect_out 'country can do for you'
ok 'raw samples of another format'

says_nothing() { # name of the kind, file
  diktate transcribe "$2" --json
  expect_status 0 "$1"
  json 'first.outcome === "empty" && first.text === "" && first.raw_text === "" && !("cause" in first)'
  diktate transcribe "$2"
  expect_status 0 "$1"
  expect_no_out
  ok "$1"
}

sox -n -r 16000 -c 1 -b 16 "$work/silence.wav" trim 0 3
says_nothing 'silence' "$work/silence.wav"
sox -n -r 16000 -c 1 -b 16 "$work/noise.wav" synth 4 whitenoise vol -40dB
says_nothing 'white noise' "$work/noise.wav"
sox -n -r 44100 -c 2 -b 16 "$work/hum.wav" synth 4 sine 50 vol -20dB
says_nothing 'hum' "$work/hum.wav"
sox "$work/silence.wav" "$work/constant.wav" dcshift 0.5
says_nothing 'a constant' "$work/constant.wav"
