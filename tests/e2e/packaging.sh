#!/bin/sh
# What is installed beside the program: it names every command, and the unit and the desktop file are good ones.
. "$(dirname -- "$0")/lib.sh"
packaging=${DIKTATE_SOURCE:?}/packaging
needs_command bash

diktate --help
commands=$(sed -n '/^Subcommands:/,$p' "$out" | awk '/^  [a-z]/ { print $1 }')
[ "$(printf '%s\n' "$commands" | wc -l)" -gt 10 ] || fail 'the help lists the commands'
for command in $commands; do
  for file in diktate.bash _diktate diktate.fish; do
    grep -q -w -- "$command" "$packaging/completions/$file" || fail "$file knows nothing of '$command'"
  done
done
ok 'completions know every command'

complete_words() { # words...: what bash would propose for the last one
  run bash -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _diktate; printf "%s\n" "${COMPREPLY[@]}"' \
    "$packaging/completions/diktate.bash" "$@"
}
complete_words diktate sta
expect_out '^start$'
expect_out '^status$'
complete_words diktate finish --w
expect_out '^--wait$'
expect_out_lines 1
for command in dictate transcribe clean verify recover history; do
  complete_words diktate "$command" --
  cp "$out" "$work/proposed"
  diktate "$command" --help
  grep -oE '^  (-[a-z],)?--[a-z-]+' "$out" | grep -oE -- '--[a-z-]+' >"$work/options"
  while read -r option; do
    grep -qx -- "$option" "$work/proposed" || fail "bash is not told of $command $option"
  done <"$work/options"
done
ok 'bash completes'
if command -v zsh >/dev/null; then
  run zsh -n "$packaging/completions/_diktate"
  expect_status 0 'zsh understands its completion'
fi
if command -v fish >/dev/null; then
  run fish -n "$packaging/completions/diktate.fish"
  expect_status 0 'fish understands its completion'
fi

diktate start --help
expect_status 0 'start --help'
expect_out 'usage: diktate start'
diktate finish --json
expect_status 2 'json without wait'
diktate start --nope
expect_status 2 'an unknown option'
expect_err_lines 1
expect_err "(see 'diktate start --help')$"
ok 'help of the client'

# What keys start must be there at once: it loads no library.
if ldd "$DIKTATE" 2>/dev/null | grep -E 'onnx|curl|pulse|X11'; then fail 'the client loads what it does not need'; fi
ok 'the client is small'

sed "s|@CMAKE_INSTALL_PREFIX@|$(dirname -- "$(dirname -- "$DIKTATE")")|" "$packaging/diktate.service" >"$work/diktate.service"
grep -q '^ExecStart=/.*/bin/diktate daemon$' "$work/diktate.service" || fail 'the unit names no program'
if command -v systemd-analyze >/dev/null; then
  run env XDG_RUNTIME_DIR="$work" systemd-analyze verify --user "$work/diktate.service"
  expect_status 0 'systemd understands the unit'
  if grep -q diktate.service "$err"; then fail 'systemd complains of the unit'; fi
fi
ok 'the unit'

entry=org.diktate.Diktate.desktop # as the daemon calls itself where it asks for keys
sed "s|@CMAKE_INSTALL_PREFIX@|$(dirname -- "$(dirname -- "$DIKTATE")")|" "$packaging/$entry" >"$work/$entry"
grep -q '^Exec=/.*/bin/diktate daemon$' "$work/$entry" || fail 'the desktop file names no program'
if command -v desktop-file-validate >/dev/null; then
  run desktop-file-validate "$work/$entry"
  expect_status 0 'the desktop file is a good one'
  expect_no_out
fi
ok 'the desktop file'
