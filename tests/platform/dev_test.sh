#!/bin/sh
# ./dev itself, in a tree of its own and with stand-ins for all that would change the machine: what is missing is installed
# once, and where that cannot be done one line says what to do.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"

export FAKE_APT="$scratch/apt" TMPDIR="$scratch/tmp"
tree=$scratch/tree

stand_in() { # file, a line of shell script
  printf '#!/bin/sh\n%s\n' "$2" >"$1"
  chmod +x "$1"
}

# A machine with nothing on it but what every Debian has, and no sudo.
bare_machine() {
  rm -rf "$FAKE_APT" "$tree" "$TMPDIR" "$scratch/base" "$scratch/stand-ins"
  mkdir -p "$FAKE_APT/bin" "$FAKE_APT/ready" "$tree/third_party" "$TMPDIR" "$scratch/base" "$scratch/stand-ins"
  for tool in sh env dirname cat grep sed awk tr cut head tail wc mktemp mkdir rm mv cp ln sha512sum tar gzip flock sleep; do
    ln -s "$(command -v "$tool")" "$scratch/base/$tool"
  done
  cp "$here/../../dev" "$tree/dev"
  cp "$here/../../third_party/fetch" "$tree/third_party/fetch"
  rm -rf "$DIKTATE_THIRD_PARTY"
  : >"$FAKE_APT/lists"
  : >"$FAKE_APT/calls"
  : >"$FAKE_APT/installed"
  : >"$FAKE_PARTS/calls"
  sed -nE 's/^(build|test|lint|bench|sanitize) ([^ ]+ [^ ]+)$/\2/p' "$tree/dev" >"$FAKE_APT/commands"
  ln -s "$here/fake_apt" "$scratch/stand-ins/apt-get"
  ln -s "$here/fake_npm" "$FAKE_APT/ready/npm"
  stand_in "$FAKE_APT/ready/nothing" 'exit 0'
  stand_in "$FAKE_APT/ready/pkg-config" 'exit 1' # the system has no ONNX Runtime
  # shellcheck disable=SC2016 # the stand-in expands it
  stand_in "$scratch/stand-ins/id" 'echo "${FAKE_USER:-1000}"'
  # shellcheck disable=SC2016 # the stand-in expands it
  stand_in "$scratch/stand-ins/dpkg-query" 'for package; do :; done; grep -qx "$package" "$FAKE_APT/installed" && echo installed'
}

# shellcheck disable=SC2016 # the stand-in expands it
has_sudo() { stand_in "$scratch/stand-ins/sudo" 'echo sudo "$@" >>"$FAKE_APT/sudo"; exec "$@"'; }

run() { # arguments of ./dev; leaves its exit status in $status and its words in $scratch/said
  status=0
  (PATH=$scratch/stand-ins:$FAKE_APT/bin:$scratch/base && unset DIKTATE_MODELS && exec "$tree/dev" "$@") >"$scratch/said" 2>&1 </dev/null ||
    status=$?
}

nothing_left() { [ -z "$(ls -A "$TMPDIR")" ]; }
calls() { echo "$(lines "$FAKE_APT/calls") of apt, $(lines "$FAKE_PARTS/calls") of npm"; }
says_one_line() { [ "$(lines "$scratch/said")" -eq 1 ] || { cat "$scratch/said" && return 1; }; }

use_fake_parts
mkdir "$scratch/package"
echo kept >"$scratch/package/kept"
make_part part part 1.0.0
echo 'part kept kept' >"$DIKTATE_CONTENTS"

bare_machine
run help
expect 'help succeeds' [ "$status" -eq 0 ]
expect 'help lists the commands' contains "$scratch/said" './dev install [PREFIX]'
run
expect 'no command is help' [ "$status" -eq 0 ]
run biuld
expect 'an unknown command is a mistake in usage' [ "$status" -eq 2 ]
expect 'an unknown command is named' contains "$scratch/said" './dev: no such command: biuld'
expect 'none of these installs anything' [ "$(calls)" = '0 of apt, 0 of npm' ]

run build
expect 'fails where nobody can install' [ "$status" -eq 1 ]
expect 'says so in one line' says_one_line
expect 'says what to do' contains "$scratch/said" 'as root: apt-get install --no-install-recommends g++ cmake ninja-build'
expect 'names every package' contains "$scratch/said" ' libsdbus-c++-dev'
expect 'tries nothing then' [ "$(calls)" = '0 of apt, 0 of npm' ]
expect 'leaves no folder then' nothing_left

bare_machine && has_sudo
run build
expect 'installs through sudo' [ "$status" -eq 0 ]
expect 'asks sudo for apt alone' [ "$(grep -cv '^sudo env DEBIAN_FRONTEND=noninteractive apt-get ' "$FAKE_APT/sudo")" -eq 0 ]
expect 'installs what is missing' contains "$FAKE_APT/installed" libsdbus-c++-dev
expect 'fetches the pinned parts' [ "$(cat "$DIKTATE_THIRD_PARTY/part-1.0.0/kept")" = kept ]
expect 'updates no lists that can be used' [ "$(grep -c ' update$' "$FAKE_APT/calls")" -eq 0 ]
expect 'leaves no folder' nothing_left
: >"$FAKE_APT/calls"
: >"$FAKE_PARTS/calls"
FAKE_NETWORK=down run build
expect 'a second run succeeds' [ "$status" -eq 0 ]
expect 'a second run calls neither apt nor npm' [ "$(calls)" = '0 of apt, 0 of npm' ]

bare_machine
rm "$FAKE_APT/lists"
FAKE_USER=0 run build
expect 'root needs no sudo, and lists that cannot be used are updated' [ "$status" -eq 0 ]
expect 'they are updated once' [ "$(grep -c ' update$' "$FAKE_APT/calls")" -eq 1 ]

bare_machine
rm "$FAKE_APT/lists"
FAKE_USER=0 FAKE_NETWORK=down run build
expect 'fails off line' [ "$status" -eq 1 ]
expect 'says once what could not be installed' [ "$(grep -c '^\./dev: could not install g++ ' "$scratch/said")" -eq 1 ]

finish
