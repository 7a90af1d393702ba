#!/bin/sh
# Every header says first what it is for, then guards itself: headers.sh [ROOT]. Prints those that do not; exit 1 then.
set -eu
root=${1:-$(dirname -- "$0")/../..}
cd "$root"

for folder in src apps bench tests; do
  [ ! -d "$folder" ] || find "$folder" -name '*.h' -type f
done | sort | while read -r header; do
  head -n 1 "$header" | grep -q '^// [^ ]' || echo "$header:1: does not open with a sentence that says what it is for"
  grep -q '^#pragma once$' "$header" || echo "$header:1: has no #pragma once"
done | {
  if grep .; then exit 1; fi
}
