#!/bin/sh
# Text into windows of a Wayland compositor: what arrives, byte for byte, what is known of it, and what comes back to the clipboard.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/wayland.sh"
needs_wayland
needs_command node

# 500 characters, some of two, three and four bytes.
text=$work/text
awk 'BEGIN { while (i++ < 17) printf "%s", "Año — “quotes” 你好 😀 and so on. " }' >"$text"
[ "$(wc -m <"$text")" -ge 500 ] || fail "the text has $(wc -m <"$text") characters"
printf 'Short: ñ你' >"$work/short"
printf 'one\ntwo\n' >"$work/lines"
same() { cmp -s "$1" "$2"; }

start_sway
start_probe insert
says '^ready wayland'
start_foot "$work/pty"
insert "$text"
expect_report "method='paste Ctrl+Shift+V' receipt=target held=no note=''"
await same "$text" "$work/pty"
ok 'foot: 500 characters arrive, and it is known'

cp "$text" "$work/expected"
printf 'one two' >>"$work/expected"
tell 'key Enter'
insert "$work/lines"
expect_report "receipt=target held=no note='Enter is not pressed in a terminal'"
await same "$work/expected" "$work/pty"
ok 'foot: neither a line end nor Enter gets into a terminal'
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

start_gtk "$work/gtk"
insert "$work/short"
printf 'the same anew' >"$work/anew"
count=$(grep -c '^inserted' "$work/probe")
tell remember
tell "replace $work/short $work/anew"
await sh -c "[ \"\$(grep -c '^inserted' '$work/probe')\" -gt $count ]"
report=$(grep '^inserted' "$work/probe" | tail -n 1)
expect_report "method='clipboard' receipt=none held=yes note='a text that was inserted cannot be replaced here: the text is on the clipboard, press paste'"
[ "$(wl-paste -n)" = 'the same anew' ] || fail 'the text is on the clipboard'
same "$work/short" "$work/gtk" || fail 'what was inserted is left alone'
end "$target"
ok 'what was inserted is not replaced: the other text is on the clipboard'

start_gtk "$work/gtk" --text 'a word'
insert "$work/short"
expect_report 'receipt=target'
await same "$work/short" "$work/gtk"
ok 'GTK: a selected word is replaced'
end "$target"
end_probe

start_probe insert --lines --enter
says '^ready'
start_foot "$work/pty"
tell 'key Enter'
insert "$work/lines"
expect_report "receipt=target held=no note=''"
printf 'one\rtwo\r\r' >"$work/expected"
await same "$work/expected" "$work/pty"
ok 'foot: unless it is allowed to'

end "$target"
end_probe

printf '%s' 'Año — “quotes” 你好 😀' >"$work/typed"
start_probe insert --method type
says '^ready'
start_foot "$work/pty"
insert "$work/typed"
expect_report "method='type' receipt=sent held=no note=''"
await same "$work/typed" "$work/pty"
end "$target"
start_gtk "$work/gtk"
: >"$work/expected"
for _ in 1 2 3; do
  insert "$work/typed"
  expect_report "method='type' receipt=sent held=no note=''"
  cat "$work/typed" >>"$work/expected"
done
tell 'key Enter'
insert "$work/lines"
expect_report "method='none' receipt=none held=yes note='a text of several lines is not typed"
tell 'key Enter'
insert "$work/short"
expect_report "method='type' receipt=sent held=no note=''"
{ cat "$work/short" && printf '\n'; } >>"$work/expected"
await same "$work/expected" "$work/gtk"
ok 'typed into foot and GTK, byte for byte, and Enter after it'
end_probe

end "$target"
start_probe insert --follow
says '^ready'
start_gtk "$work/gtk"
forget
tell remember
says '^remembered'
start_foot "$work/pty"
insert_there() { # without another look at the focus
  tell "insert $work/short"
  says '^inserted'
  report=$(grep '^inserted' "$work/probe")
}
insert_there
expect_report "method='paste Ctrl+Shift+V' receipt=target held=no"
await same "$work/short" "$work/pty"
[ ! -s "$work/gtk" ] || fail 'the text came into the window that had the focus before'
ok 'a text that is to follow the focus comes into the other window'
end_probe

wl-copy 'what was copied before'
run timeout 60 "$DIKTATE" insert test --json
expect_status 1 'nothing can be tried'
json 'first.methods.slice(0, 3).every(m => m.backend === "wayland" && m.found && !m.tried && /^paste /.test(m.method))'
json 'first.methods.filter(m => m.backend === "wayland").every(m => /: run it in a terminal window of this session, and leave the focus there$/.test(m.why))'
json 'first.methods.some(m => m.backend === "wayland" && m.method === "type" && m.found)'
clipboard='first.methods.find(m => m.backend === "clipboard")'
json "($clipboard).found && !($clipboard).tried && /would be lost: empty it/.test(($clipboard).why)"
[ "$(wl-paste -n)" = 'what was copied before' ] || fail 'the clipboard is left alone'
wl-copy --clear
run timeout 60 "$DIKTATE" insert test --json
expect_status 0 'the clipboard works'
json "($clipboard).tried && ($clipboard).works && ($clipboard).receipt === \"target\" && ($clipboard).why === \"\""
if wl-paste -n >"$out" 2>"$err"; then fail 'the clipboard is empty again'; fi
ok 'insert test tries the clipboard, if it is empty, and says what else the compositor has'

end "$target"
await is_gone terminal
wl-copy 'what was copied before'
cat >"$work/test_here" <<'END'
stty -g >"$1.before"
timeout --foreground 120 "$2" insert test --json >"$1.out" 2>"$1.err"
echo $? >"$1.status"
stty -g >"$1.after"
cat >"$1.rest"
END
foot -T terminal sh "$work/test_here" "$work/tested" "$DIKTATE" 2>"$work/foot.log" 4>&- &
target=$!
started="$target $started"
await test -s "$work/tested.after"
cp "$work/tested.out" "$out"
cp "$work/tested.err" "$err"
status=$(cat "$work/tested.status")
expect_status 0 'the terminal of the test takes text'
expect_no_err
way='first.methods.find(m => m.backend === "wayland" && m.method ==='
json "($way \"paste Ctrl+Shift+V\")).works && ($way \"paste Ctrl+Shift+V\")).receipt === \"target\""
json "($way \"type\")).works && ($way \"type\")).receipt === \"sent\""
json "!($way \"paste Ctrl+V\")).tried && ($way \"paste Ctrl+V\")).why === \"foot does not paste so, but by paste Ctrl+Shift+V\""
same "$work/tested.before" "$work/tested.after" || fail 'the terminal is as before'
json "!($clipboard).tried"
has_clipboard() { [ "$(timeout 5 wl-paste -n)" = 'what was copied before' ]; }
await has_clipboard
ok 'insert test pastes and types into its own terminal, and reads back; terminal and clipboard are as before'
