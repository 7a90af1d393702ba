#!/bin/sh
# Text into windows of X11 by other hands than GTK's and xterm's: byte for byte, with a receipt, and the clipboard as before.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
needs_x11
needs_command urxvt
/usr/bin/python3 -c 'import PyQt5.QtWidgets' 2>/dev/null || skip 'python3-pyqt5 is not installed'
start_display

part='Año — “quotes” 你好 😀 and so on. '
text=$work/text
awk -v part="$part" 'BEGIN { while (i++ < 17) printf "%s", part }' >"$text"
same() { cmp -s "$1" "$2"; }
copied_before() { [ "$(timeout 5 xclip -selection clipboard -o)" = 'what was copied before' ]; }

start_probe insert
says '^ready x11'
printf 'what was copied before' | xclip -selection clipboard

start_urxvt "$work/pty"
insert "$text"
expect_report "method='paste selection Shift+Insert' receipt=target held=no note=''"
await same "$text" "$work/pty"
await copied_before
ok 'urxvt: 500 characters arrive, and it is known'
end "$target"

start_qt "$work/qt"
insert "$text"
expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
await same "$text" "$work/qt"
await copied_before
ok 'Qt 5: 500 characters arrive, and it is known'
end "$target"
end_probe
