#!/bin/sh
# Text into windows of a compositor whose virtual keyboard is not for us: the desktop's portal presses the keys that paste, if
# the user allows it; else the text is left on the clipboard, and it is said why.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/wayland.sh"
. "$(dirname -- "$0")/../lab/portal.sh"
needs_wayland
needs_portal
needs_command node

keys=${DIKTATE_BUILD:?}/tests/wayland_keys
needs_file "$keys"
printf 'Año — “quotes” 你好 😀' >"$work/text"
same() { cmp -s "$1" "$2"; }
on_clipboard() { timeout 5 wl-paste -n | cmp -s - "$1"; }
permission=$XDG_STATE_HOME/diktate/remote-desktop-token
no_keyboard='--ignore zwp_virtual_keyboard_manager_v1'
start_inserter() { # options of the probe...
  forget
  # shellcheck disable=SC2086 # a list of words
  start_probe insert $no_keyboard "$@"
  says '^ready wayland'
}
# The portal is asked meanwhile. What is kept is kept just before the keys are there.
granted() { # permission
  await grep -q "^$1\$" "$permission"
}

start_sway
start_bus
start_portal --keys "$keys" --token first
start_inserter
granted first
run cat "$work/portal.log"
json 'lines[2].what === "CreateSession" && lines[2].interface === "org.freedesktop.portal.RemoteDesktop"'
json 'lines[3].types === 1 && lines[3].persist === 2 && lines[3].token === null && lines[4].what === "Start"'
[ "$(cat "$permission")" = first ] || fail 'the permission is kept'
[ "$(stat -c %a "$permission")" = 600 ] || fail 'the permission is for the user alone'
ok 'the keyboard is asked for before it is needed, and the permission is kept'

wl-copy 'what was copied before'
start_gtk "$work/gtk"
insert "$work/text"
expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
await same "$work/text" "$work/gtk"
copied_before() { [ "$(timeout 5 wl-paste -n)" = 'what was copied before' ]; }
await copied_before
end "$target"
start_foot "$work/pty"
insert "$work/text"
expect_report "method='paste Ctrl+Shift+V' receipt=target held=no note=''"
await same "$work/text" "$work/pty"
grep '"key"' "$work/portal.log" >"$out"
json 'lines.map(line => (line.state ? "+" : "-") + line.key).join(" ") === "+Ctrl +V -V -Ctrl +Ctrl +Shift +V -V -Shift -Ctrl"'
ok 'GTK and foot: the text arrives, and it is known; the clipboard is as before'
end_probe

kill_portal
start_portal --keys "$keys" --token second
start_inserter --ignore zwlr_foreign_toplevel_manager_v1
granted second
run cat "$work/portal.log"
json 'lines[3].token === "first"'
end "$target"
start_gtk "$work/gtk"
insert "$work/text"
expect_report "method='paste Ctrl+V' receipt=someone held=no"
await same "$work/text" "$work/gtk"
ok 'where no window is told of, the one that has the focus gets it'

forget
kill_portal
inserts_at_last "method='clipboard' receipt=none held=yes note='the desktop portal ended: the text is on the clipboard, press paste'"
await on_clipboard "$work/text"
problem_is_at_last 'text is left on the clipboard: the desktop portal ended'
start_portal --keys "$keys" --token third
granted third
problem_is_at_last ''
insert "$work/text"
expect_report "method='paste Ctrl+V' receipt=someone held=no"
ok 'the portal dies: the text is on the clipboard; it comes back: it is pasted'

user close
await portal_was_asked '"token": "third"'
inserts_at_last 'receipt=someone held=no'
ok 'the session is closed: another is opened, with the permission'
end_probe

kill_portal
start_portal --keys "$keys" --deaf NotifyKeyboardKeysym
start_inserter
await test ! -e "$permission" # it is good for once, and no other came
inserts_at_last "held=yes note='the desktop portal does not answer: the text is on the clipboard, press paste'"
await on_clipboard "$work/text"
end_probe
kill_portal
start_portal --answer refuse
start_inserter
inserts_at_last "held=yes note='that keys are pressed was refused: the text is on the clipboard, press paste'"
problem_is_at_last 'text is left on the clipboard: that keys are pressed was refused'
end_probe
kill_portal
start_portal --devices 2
start_inserter
inserts_at_last "held=yes note='that keys are pressed was not granted: the text is on the clipboard, press paste'"
end_probe
kill_portal
start_portal --answer none
start_inserter
inserts_at_last "held=yes note='the desktop has not said yet whether keys may be pressed: the text is on the clipboard, press paste'"
problem_is_at_last ''
end_probe
kill_portal
start_portal --without org.freedesktop.portal.RemoteDesktop
start_inserter
inserts_at_last "held=yes note='the desktop portal of this session has no RemoteDesktop: the text is on the clipboard, press paste'"
end_probe
ok 'hung, refused, not granted, not answered, not there: the text is on the clipboard, and it is said why'

kill_portal
start_portal
forget
start_probe insert
says '^ready wayland'
sleep 0.5
if portal_was_asked CreateSession; then fail 'with a virtual keyboard the portal is left alone'; fi
ok 'with a virtual keyboard the portal is left alone'
