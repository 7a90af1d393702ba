#!/bin/sh
# Text into windows of a Wayland compositor: what arrives, byte for byte, what is known of it, and what comes back to the clipboard.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/wayland.sh"
needs_wayland
needs_command weston

# 500 characters, some of two, three and four bytes.
text=$work/text
awk 'BEGIN { while (i++ < 17) printf "%s", "Año — “quotes” 你好 😀 and so on. " }' >"$text"
[ "$(wc -m <"$text")" -ge 500 ] || fail "the text has $(wc -m <"$text") characters"
printf 'Short: ñ你' >"$work/short"
same() { cmp -s "$1" "$2"; }

start_sway
start_probe insert
says '^ready wayland'
start_foot "$work/pty"
insert "$text"
expect_report "method='paste Ctrl+Shift+V' receipt=target held=no note=''"
await same "$text" "$work/pty"
ok 'foot: 500 characters arrive, and it is known'
end "$target"

start_gtk "$work/gtk"
insert "$text"
expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
await same "$text" "$work/gtk"
ok 'GTK: 500 characters arrive, and it is known'
tell 'key Enter'
tell 'key Tab'
insert "$work/short"
expect_report "receipt=target held=no note=''"
{ cat "$text" "$work/short" && printf '\n\t'; } >"$work/expected"
await same "$work/expected" "$work/gtk"
ok 'GTK: Enter and Tab come after the text'
end "$target"

start_gtk "$work/gtk" --text 'a word'
insert "$work/short"
expect_report 'receipt=target'
await same "$work/short" "$work/gtk"
ok 'GTK: a selected word is replaced'
end "$target"
