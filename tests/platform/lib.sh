# What the tests of this folder share: a folder of their own, expectations, and the end that tells.
# shellcheck shell=sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

fail() {
  printf 'FAILED: %s\n' "$*"
  failures=$((failures + 1))
}

# expect WHAT COMMAND...: the command succeeds.
expect() {
  expectation=$1
  shift
  "$@" || fail "$expectation"
}

# contains FILE TEXT
contains() { grep -qF -e "$2" "$1" || { printf '%s has no "%s":\n' "$1" "$2" && cat "$1" && return 1; }; }
lacks() { ! grep -qF -e "$2" "$1" || { printf '%s has "%s":\n' "$1" "$2" && cat "$1" && return 1; }; }

lines() { wc -l <"$1"; }

# A lock and a contents of our own, and a stand-in for npm that packs what make_part made.
use_fake_parts() {
  export FAKE_PARTS="$scratch/parts"
  export DIKTATE_LOCK="$scratch/lock" DIKTATE_CONTENTS="$scratch/contents" DIKTATE_THIRD_PARTY="$scratch/cache"
  mkdir -p "$scratch/bin" "$FAKE_PARTS"
  # shellcheck disable=SC2154 # here is the folder of the script that reads this one
  ln -s "$here/fake_npm" "$scratch/bin/npm"
  PATH=$scratch/bin:$PATH
}

# make_part NAME FOLDER_NAME VERSION: of what is in $scratch/package a tarball, and its line in the lock.
make_part() {
  tar -czf "$FAKE_PARTS/$2.tgz" -C "$scratch" package
  echo "$1 $3 $(sha512sum "$FAKE_PARTS/$2.tgz" | cut -d ' ' -f 1) 1" >>"$DIKTATE_LOCK"
}

finish() { [ "$failures" -eq 0 ]; }
