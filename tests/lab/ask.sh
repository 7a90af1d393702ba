#!/bin/sh
# Run inside the lab: a server at each address given, then a probe of a URL. ask.sh URL ADDRESS...
set -u
here=$(dirname -- "$0")
url=$1
shift
ready=$(mktemp)
servers=
for address in "$@"; do
  node "$here/server.js" "$address" "${LAB_PORT:-11434}" >>"$ready" &
  servers="$servers $!"
done
while [ "$(wc -l <"$ready")" -lt $# ]; do sleep 0.05; done
rm "$ready"
status=0
"${DIKTATE:?}" net probe --json "$url" || status=$?
# shellcheck disable=SC2086 # a list of numbers
kill $servers
exit "$status"
