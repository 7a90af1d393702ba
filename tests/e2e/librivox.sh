#!/bin/sh
# Read speech by another voice, from Debian's pocketsphinx-testdata.
. "$(dirname -- "$0")/lib.sh"
data=/usr/share/pocketsphinx/test/data/librivox
needs_models
needs_file "$data"

diktate transcribe "$data"/*-08?0.wav
expect_status 0 'librivox'
expect_out 'dashwood'
ok 'librivox'
