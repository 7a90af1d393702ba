#!/bin/sh
# What no file of the project may name: names.sh [ROOT]. Prints each place; exit 1 if there is one.
#   - folders of one machine, which are nowhere else (a package's /usr and /tmp are);
#   - a letter or number in some tracker: what the reader needs stands in the text;
#   - in the scripts that fetch and install: an address. apt and npm know theirs.
set -eu
root=${1:-$(dirname -- "$0")/../..}
cd "$root"

# Every file of the project; .ci/ apart, which knows where the machine keeps its recordings.
files() {
  find . \( -name .git -o -name 'build*' -o -path ./third_party/cache -o -path ./.ci \) -prune \
    -o -type f -print0
}

found() { # why, extended regular expression
  files | xargs -0 grep -nIE -e "$2" /dev/null | sed "s|^\./||; s|\$|   <- $1|"
}

{
  found 'a folder of one machine' '\.\./shared|(^|[^A-Za-z0-9_.~-])/(work|root|home)/'
  found 'a reference into a tracker' '[Ii]ssues? (#?[0-9]+|[A-H])\b'
  grep -nE '[a-z]+://' dev .ci/run third_party/fetch third_party/lock third_party/contents 2>/dev/null |
    sed 's|$|   <- an address|'
} | {
  if grep .; then exit 1; fi
}
