#!/bin/sh
# The program runs where it was built and where it was installed, with nothing in its environment to help it.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"

alone() { env -i HOME="$scratch/home" PATH=/usr/bin:/bin LANG=C.UTF-8 "$@"; }

# transcribes PROGRAM: the program finds its runtime and its models.
transcribes() { alone "$1" transcribe "$DIKTATE_JFK" >"$scratch/text" && contains "$scratch/text" 'what your country can do'; }

expect 'transcribes where it was built' transcribes "$DIKTATE_BUILD/bin/diktate"
cmake --install "$DIKTATE_BUILD" --prefix "$scratch/prefix" >/dev/null
mv "$scratch/prefix" "$scratch/moved"
expect 'transcribes where it was installed, and moved to' transcribes "$scratch/moved/bin/diktate"
if alone ldd "$scratch/moved/libexec/diktate-full" | grep -E 'not found|third_party'; then
  fail 'needs nothing of the source tree'
fi
expect 'installs a unit that starts what was installed' contains "$scratch/moved/share/systemd/user/diktate.service" \
  "ExecStart=$scratch/prefix/bin/diktate daemon"

finish
