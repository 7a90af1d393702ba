#!/bin/sh
# Text where the desktop lets no program at its clipboard: its portal lends both the clipboard and the keys that paste.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/wayland.sh"
. "$(dirname -- "$0")/../lab/portal.sh"
needs_wayland
needs_portal
needs_command node

printf 'Año — “quotes” 你好 😀' >"$work/text"
printf 'what was copied before' >"$work/former"
printf '<b>what was copied before</b>' >"$work/html"
awk 'BEGIN { while (i++ < 9000) printf "%s", "0123456789" }' >"$work/picture" # more than a pipe holds
pasted=$work/pasted
permission=$XDG_STATE_HOME/diktate/remote-desktop-token
tried="the desktop has not said yet whether keys may be pressed and the clipboard used"
same() { cmp -s "$1" "$2"; }

# What is on the clipboard: one line of JSON in $out.
look() {
  rm -f "$work/look"
  user "look $work/look"
  await test -e "$work/look"
  cp "$work/look" "$out"
}
is_held() { # file: the text that is there
  look
  node -e 'const [path, file] = process.argv.slice(1), { readFileSync } = require("fs");
    const there = JSON.parse(readFileSync(path))["text/plain;charset=utf-8"] ?? "";
    process.exit(Buffer.from(there, "base64").equals(readFileSync(file)) ? 0 : 1)' "$out" "$1"
}
# A program takes the clipboard, and that is known everywhere.
copy() { # MIME=FILE...
  copied=$(grep -c '"copied"' "$work/portal.log")
  user "copy $*"
  await sh -c "[ \"\$(grep -c '\"copied\"' '$work/portal.log')\" -gt $copied ]"
  sleep 0.7
}
copy_former() {
  copy "text/html=$work/html text/plain;charset=utf-8=$work/former image/png=$work/picture"
}
# The portal, and the inserter that asks it; ready when the session is open.
begin() { # options of portal.py...
  : >"$pasted"
  start_portal --pasted "$pasted" --token permitted "$@"
  forget
  start_probe insert --backend portal
  says '^ready portal'
}
begin_granted() {
  rm -f "$permission"
  begin "$@"
  await grep -q '^permitted$' "$permission"
}
stop() {
  end_probe
  kill_portal
}
# The permission is kept just before the session is there.
put() {
  insert "$work/text"
  while case $report in *'has not said yet'*) true ;; *) false ;; esac; do
    sleep 0.1
    insert "$work/text"
  done
}

start_bus
begin_granted
grep -v '"Register"' "$work/portal.log" >"$out"
json 'lines.slice(1, 5).map(line => line.what).join() === "CreateSession,SelectDevices,RequestClipboard,Start"'
json 'lines[1].interface === "org.freedesktop.portal.RemoteDesktop" && lines[2].types === 1 && lines[2].persist === 2'
[ "$(stat -c %a "$permission")" = 600 ] || fail 'the permission is for the user alone'
ok 'one session is opened before it is needed, and the clipboard is asked for before it starts'

copy_former
put
expect_report "method='paste Ctrl+V' receipt=someone held=no note='a program read the text that is not known to be the window'"
await same "$work/text" "$pasted"
await is_held "$work/former"
look
json 'Object.keys(first).join() === "text/html,text/plain;charset=utf-8,image/png"'
json "Buffer.from(first['text/html'], 'base64').equals(require('fs').readFileSync('$work/html'))"
json "Buffer.from(first['image/png'], 'base64').equals(require('fs').readFileSync('$work/picture'))"
grep '"key"' "$work/portal.log" >"$out"
json 'lines.map(line => (line.state ? "+" : "-") + line.key).join(" ") === "+Ctrl +V -V -Ctrl"'
grep '"SetSelection"' "$work/portal.log" >"$out"
json 'first.formats.includes("text/plain") && first.formats.includes("UTF8_STRING") && first.formats.includes("x-kde-passwordManagerHint")'
grep '"SelectionWriteDone"' "$work/portal.log" >"$out"
json 'first.success === true'
ok 'the text is pasted and known to be read; what was there before comes back, in all its formats'

: >"$pasted"
put
expect_report 'receipt=someone held=no'
await is_held "$work/former"
copy "text/plain;charset=utf-8=$work/html"
: >"$pasted"
put
expect_report 'receipt=someone held=no'
await is_held "$work/html"
ok 'again, what was given back is given back; and what was copied in between'

printf secret >"$work/secret"
copy "x-kde-passwordManagerHint=$work/secret text/plain;charset=utf-8=$work/former"
: >"$pasted"
put
expect_report "held=yes note='the clipboard holds a secret, and is left alone: the text was not inserted'"
copy "text/plain;charset=utf-8= UTF8_STRING="
put
expect_report "held=yes note='not all formats of what is on the clipboard come in time, and it is left alone: the text was not inserted'"
copy "image/png= text/plain;charset=utf-8=$work/former"
put
expect_report "held=yes note='not all formats"
head -c 70000000 /dev/zero >"$work/large"
copy "image/png=$work/large"
put
# A machine that is busy may be too slow for so much, which is left alone, too.
expect_report 'held=yes'
expect_report 'left alone: the text was not inserted'
rm "$work/large"
ok 'a secret, a dead owner, one dead format and too much are left alone'
stop

begin_granted --untold --manager
copy_former
end_probe
forget
start_probe insert --backend portal
says '^ready portal'
inserts_at_last 'receipt=someone held=no'
await is_held "$work/former"
grep '"manager"' "$work/portal.log" >"$out"
json 'lines.length > 0'
stop
begin_granted --untold
put
expect_report 'receipt=someone held=no'
await same "$work/text" "$pasted"
await portal_was_asked '"formats": \[\]'
look
json 'Object.keys(first).length === 0'
ok 'what the desktop did not tell of is looked for; where there is nothing, nothing is left'
stop

begin_granted --paste late
copy_former
put
expect_report "method='paste Ctrl+V' receipt=someone held=no"
await same "$work/text" "$pasted"
await is_held "$work/former"
stop
begin_granted --paste twice
copy_former
put
expect_report 'receipt=someone held=no'
cat "$work/text" "$work/text" >"$work/expected"
await same "$work/expected" "$pasted"
await is_held "$work/former"
ok 'a program that reads late, or twice, gets the text'
stop

begin_granted --paste never --manager
copy_former
put
expect_report "method='clipboard' receipt=none held=yes note='the window did not paste at Ctrl+V: the text is on the clipboard, press paste'"
is_held "$work/text" || fail 'the text is on the clipboard'
stop
begin_granted --paste broken
copy_former
put
expect_report "receipt=none held=yes note='the window did not paste at Ctrl+V"
is_held "$work/text" || fail 'the text is on the clipboard'
grep '"SelectionWriteDone"' "$work/portal.log" >"$out"
json 'first.success === false'
ok 'nobody reads, a clipboard manager alone, or a reader goes away: the text is on the clipboard, and it is said'
stop

begin_granted --stubborn --paste never
copy_former
put
expect_report 'error: the desktop did not let the text onto its clipboard'
if portal_was_asked '"key"'; then fail 'no key is pressed where another text would be pasted'; fi
ok 'where the text does not come onto the clipboard, nothing is pasted'
stop

begin_granted --paste close
put
expect_report "error: the desktop ended the session; 'diktate last --print' shows the text"
await portal_was_asked '"token": "permitted"'
ok 'the session is closed in the middle: it is said, and another is opened with the permission'
stop
begin_granted --paste die
put
expect_report 'error: the desktop portal ended'
problem_is_at_last 'text cannot be inserted: the desktop portal ended'
put
expect_report 'error: the desktop portal ended'
wait "$portal"
start_portal --pasted "$pasted" --token again
await grep -q '^again$' "$permission"
problem_is_at_last ''
copy_former
: >"$pasted"
inserts_at_last 'receipt=someone held=no'
await same "$work/text" "$pasted"
await is_held "$work/former"
ok 'the portal dies in the middle: it is said; it comes back: it is pasted'
stop

begin --answer refuse
inserts_at_last 'error: that keys are pressed was refused'
problem_is_at_last 'text cannot be inserted: that keys are pressed was refused'
stop
begin --answer none
insert "$work/text"
expect_report "error: $tried"
problem_is_at_last ''
stop
begin --no-clipboard
inserts_at_last 'error: the use of the clipboard was not granted'
stop
begin --without org.freedesktop.portal.Clipboard
inserts_at_last 'error: the desktop portal of this session has no Clipboard'
if portal_was_asked '"Start"'; then fail 'nobody is asked for what is of no use'; fi
stop
begin_granted --deaf SelectionRead
copy_former
put
expect_report 'held=yes'
expect_report 'left alone'
stop
begin_granted --deaf SetSelection
copy_former
put
expect_report "error: the desktop portal does not answer; 'diktate last --print' shows the text"
stop
begin_granted --deaf NotifyKeyboardKeysym
copy_former
put
expect_report "held=yes note='the desktop portal does not answer: the text is on the clipboard, press paste'"
is_held "$work/text" || fail 'the text is on the clipboard'
stop
begin_granted --mute
copy_former
put
expect_report "held=yes note='the desktop portal does not answer: the text is on the clipboard, press paste'"
grep '"key"' "$work/portal.log" >"$out"
json 'lines.map(line => (line.state ? "+" : "-") + line.key).join(" ") === "+Ctrl -Ctrl"'
stop
ok 'refused, not answered, not granted, not there, hung: each is said'

start_sway
no_data_control='--ignore zwlr_data_control_manager_v1 --ignore ext_data_control_manager_v1'
auto() {
  forget
  # shellcheck disable=SC2086 # a list of words
  start_probe insert $no_data_control
}
start_portal --pasted "$pasted"
auto
says '^ready portal'
stop
start_portal --without org.freedesktop.portal.Clipboard
auto
says 'no data control (ext or wlr): text cannot be inserted there; the desktop portal of this session has no Clipboard; there is no X display'
stop
auto
says '; there is no desktop portal (xdg-desktop-portal) on the session bus; there is no X display'
end_probe
start_portal --pasted "$pasted"
forget
start_probe insert
says '^ready wayland'
sleep 0.5
if portal_was_asked CreateSession; then fail 'with data control the portal is left alone'; fi
ok 'it is chosen where there is no data control, and the portal has both'
