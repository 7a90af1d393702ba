#!/bin/sh
# What is installed beside the program: it names every command, and the unit and the desktop file are good ones.
. "$(dirname -- "$0")/lib.sh"
packaging=${DIKTATE_SOURCE:?}/packaging
needs_command bash

# What the help names, a line each: the place (the program, a command, or a command and its word) and a word or a long option.
list_help() { # place, words of the command line...
  place=$1
  shift
  diktate "$@" --help
  expect_status 0 "help of $place"
  {
    sed -n '/^Subcommands:/,$ s/^  \([a-z][a-z]*\) .*/\1/p' "$out"
    grep -oE '^  (-[a-z],)?--[a-z-]+' "$out" | grep -oE -- '--[a-z-]+'
  } | sed "s/^/$place /" >>"$work/help"
}
words_of() { sed -n "s/^$1 \([a-z].*\)/\1/p" "$work/help"; }
list_help diktate
commands=$(words_of diktate)
[ "$(printf '%s\n' "$commands" | wc -l)" -gt 10 ] || fail 'the help lists the commands'
for command in $commands; do
  list_help "$command" "$command"
  for word in $(words_of "$command"); do list_help "$command-$word" "$command" "$word"; done
done

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
mkdir "$work/nothing"
cd "$work/nothing" || exit 1 # names of files are proposed, too
expect_bash() { # place, words of the command line...
  sed -n "s/^$1 //p" "$work/help" | sort >"$work/expected"
  place=$1
  shift
  complete_words diktate "$@" ''
  sort "$out" | diff "$work/expected" - >"$work/differs" || fail "what the help of $place names (<) is not what bash is told of (>): $(cat "$work/differs")"
}
expect_bash diktate
for command in $commands; do
  expect_bash "$command" "$command"
  for word in $(words_of "$command"); do expect_bash "$command-$word" "$command" "$word"; done
done
: >words.csv
complete_words diktate dictionary import ''
expect_out '^words.csv$'
complete_words diktate dictionary import --
expect_out_lines 2
ok 'bash completes'

# The other two are tables: a row has the places, and what is offered there. --help is offered everywhere.
expect_table() { # shell; rows on standard input, each a word or an option and its places
  awk '{ for (i = 2; i <= NF; i++) print $i, $1 }' | sort >"$work/$1"
  grep -v -- ' --help$' "$work/help" | sort | diff - "$work/$1" >"$out" || fail "what the help names (<) is not what $1 is told of (>)"
}
sed -nE "s/^  '([a-z -]+)' ['\"]\\*?(--[a-z-]+|[a-z]+)[:[].*/\2 \1/p" "$packaging/completions/_diktate" | expect_table zsh || exit 1
grep -q -F -- '{-h,--help}' "$packaging/completions/_diktate" || fail 'zsh is not told of --help'
row="complete -c diktate -n '__diktate_at ([a-z -]+)'"
sed -nE "s/^$row -l ([a-z-]+) .*/--\2 \1/p; s/^$row -a ([a-z]+) .*/\2 \1/p" "$packaging/completions/diktate.fish" | expect_table fish || exit 1
grep -q -- '^complete -c diktate -s h -l help ' "$packaging/completions/diktate.fish" || fail 'fish is not told of --help'
ok 'zsh and fish complete'
if has_tool zsh; then
  run zsh -n "$packaging/completions/_diktate"
  expect_status 0 'zsh understands its completion'
fi
if has_tool fish; then
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
if has_tool systemd-analyze; then
  run env XDG_RUNTIME_DIR="$work" systemd-analyze verify --user "$work/diktate.service"
  expect_status 0 'systemd understands the unit'
  if grep -q diktate.service "$err"; then fail 'systemd complains of the unit'; fi
fi
ok 'the unit'

entry=org.diktate.Diktate.desktop # as the daemon calls itself where it asks for keys
sed "s|@CMAKE_INSTALL_PREFIX@|$(dirname -- "$(dirname -- "$DIKTATE")")|" "$packaging/$entry" >"$work/$entry"
grep -q '^Exec=/.*/bin/diktate daemon$' "$work/$entry" || fail 'the desktop file names no program'
if has_tool desktop-file-validate; then
  run desktop-file-validate "$work/$entry"
  expect_status 0 'the desktop file is a good one'
  expect_no_out
fi
ok 'the desktop file'
skip_untried
