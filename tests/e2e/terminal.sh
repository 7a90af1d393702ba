#!/bin/sh
# On a terminal: pieces appear and are overwritten in place, files show their progress.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command script

escape=$(printf '\033')

# Runs the words as a command on a terminal of its own; what it shows is in $out.
on_terminal() {
  : >"$err"
  status=0
  TERM=xterm script -q -e -c "$*" "$out" >/dev/null 2>&1 </dev/null || status=$?
}

on_terminal "'$DIKTATE' dictate --from '$jfk' --timeline"
expect_status 0 'dictate'
expect_out "> and so my fellow americ"
expect_out "~ and so my fellow"
expect_out "$escape\[K"
expect_out "$escape\[1mstop-to-text"
ok 'pieces appear, provisional ones are overwritten'

on_terminal "NO_COLOR=1 '$DIKTATE' dictate --from '$jfk' --speed 4 --timeline"
expect_status 0 'NO_COLOR'
if grep -q "$escape\[[0-9]*m" "$out"; then fail 'no colours with NO_COLOR'; fi
ok 'NO_COLOR'

on_terminal "'$DIKTATE' transcribe '$jfk' >'$work/text'"
expect_status 0 'transcribe'
expect_out '0 %  0:00 of 0:11'
expect_out 'of 0:11, [0-9]* x real time'
grep -q -i 'ask not' "$work/text" || fail 'the text is in the file'
ok 'progress'

on_terminal "'$DIKTATE' transcribe '$jfk' 2>'$work/messages' >'$work/text'"
[ ! -s "$work/messages" ] || fail 'no progress where standard error is no terminal'
ok 'no progress in a file'
