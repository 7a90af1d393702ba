#!/bin/sh
# third_party/fetch, with a stand-in for npm: parts come whole or not at all, and every failure is one line with a way out.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"
fetch=$here/../../third_party/fetch

use_fake_parts

part() { # name, folder name, version: a tarball with a kept file and another
  mkdir -p "$scratch/package/data"
  echo "kept of $1" >"$scratch/package/data/kept"
  echo 'not kept' >"$scratch/package/data/other"
  make_part "$1" "$2" "$3"
  echo "$1 data/kept lib/it" >>"$DIKTATE_CONTENTS"
}

fresh() {
  rm -rf "$DIKTATE_THIRD_PARTY" "$DIKTATE_LOCK" "$DIKTATE_CONTENTS"
  : >"$FAKE_PARTS/calls"
  part @scope/one scope-one 1.0.0
  part two two 2.0.0
}

run() { # arguments of fetch; leaves its exit status in $status and its words in $scratch/said
  status=0
  "$fetch" "$@" >"$scratch/said" 2>&1 || status=$?
}

one() { cat "$DIKTATE_THIRD_PARTY/scope-one-1.0.0/lib/it"; }
nothing_installed() { [ -z "$(find "$DIKTATE_THIRD_PARTY" -mindepth 1 ! -name .lock)" ]; }
complains_once() { [ "$status" -eq 1 ] && [ "$(grep -c '^third_party/fetch: ' "$scratch/said")" -eq 1 ]; }
calls() { lines "$FAKE_PARTS/calls"; }

fresh && run
expect 'fetches every part of the lock' [ "$status" -eq 0 ]
expect 'puts a kept file where contents says' [ "$(one)" = 'kept of @scope/one' ]
expect 'keeps nothing else' [ "$(find "$DIKTATE_THIRD_PARTY" -type f | wc -l)" -eq 5 ]
expect 'shows what it does' contains "$scratch/said" 'fetching @scope/one 1.0.0 (1 MB)'

FAKE_NETWORK=down run
expect 'needs neither npm nor the network again' [ "$status $(calls) $(lines "$scratch/said")" = '0 2 0' ]

rm "$DIKTATE_THIRD_PARTY/two-2.0.0/.complete" && run
expect 'fetches again what was not completed' [ "$(calls)" -eq 3 ]
echo 'two data/other other' >>"$DIKTATE_CONTENTS" && run
expect 'fetches again when more is to be kept' [ -f "$DIKTATE_THIRD_PARTY/two-2.0.0/other" ]

fresh && run two
expect 'fetches only the part that is named' [ "$(cat "$FAKE_PARTS/calls")" = two ]
expect 'prints the folder of the part that is named' contains "$scratch/said" "$DIKTATE_THIRD_PARTY/two-2.0.0"
fresh && run --except two
expect 'fetches all but the part that is excepted' [ "$(cat "$FAKE_PARTS/calls")" = @scope/one ]
run three
expect 'knows no part that the lock does not have' complains_once

fresh && FAKE_NETWORK=down run
expect 'says once that it is off line' complains_once
expect 'names the part and the reason' contains "$scratch/said" '@scope/one 1.0.0 could not be fetched (npm: ECONNREFUSED)'
expect 'leaves nothing half-installed when off line' nothing_installed

fresh && sed -i 's/ [0-9a-f]/ f0/2' "$DIKTATE_LOCK" && run
expect 'says once that the hash is wrong' complains_once
expect 'names the part whose hash is wrong' contains "$scratch/said" '@scope/one 1.0.0 is not what third_party/lock pins'
expect 'leaves nothing half-installed after a wrong hash' nothing_installed

fresh && echo 'two data/absent absent' >>"$DIKTATE_CONTENTS" && run two
expect 'says once that a kept file is not in the tarball' complains_once
expect 'leaves nothing half-installed then' nothing_installed

fresh
FAKE_NETWORK=slow "$fetch" >"$scratch/first" 2>&1 &
first=$!
FAKE_NETWORK=slow run
expect 'lets a second run at the same time succeed' [ "$status" -eq 0 ]
expect 'lets the first one succeed too' wait "$first"
expect 'fetches each part once for both' [ "$(calls)" -eq 2 ]

fresh
FAKE_NETWORK=slow "$fetch" >"$scratch/first" 2>&1 &
first=$!
until [ -s "$FAKE_PARTS/calls" ]; do sleep 0.1; done
kill "$first"
if wait "$first"; then fail 'reports that it was stopped'; fi
expect 'leaves nothing half-installed when stopped' nothing_installed
run
expect 'goes on after having been stopped' [ "$(one)" = 'kept of @scope/one' ]

touch "$scratch/file" && DIKTATE_THIRD_PARTY=$scratch/file/cache run
expect 'says once that it cannot write' complains_once

finish
