#!/bin/sh
# Keys that the desktop's portal gives: bound, pressed, refused; a portal that hangs, lacks them, or dies and comes back.
. "$(dirname -- "$0")/lib.sh"
unset WAYLAND_DISPLAY DISPLAY DBUS_SESSION_BUS_ADDRESS
. "$(dirname -- "$0")/../lab/probe.sh"
. "$(dirname -- "$0")/../lab/portal.sh"
needs_portal
needs_command node

listen() { # options of the probe...
  forget 2>/dev/null
  start_probe hotkeys --backend portal "$@" dictate=Super+Alt+D
}
is_pressed_and_released() {
  forget
  user press dictate
  says '^dictate pressed$'
  says '^down$'
  user press dictate
  user release dictate
  says '^dictate released$'
  says '^up$'
  [ "$(grep -c '^dictate pressed$' "$work/probe")" = 1 ] || fail 'a key that repeats is pressed once'
}

export DBUS_SESSION_BUS_ADDRESS="unix:path=$work/bus"
listen
says '^not listening: the session bus cannot be used: .*diktate hotkeys setup'
start_bus
says '^not listening: there is no desktop portal (xdg-desktop-portal) on the session bus: bind .diktate toggle. to a key'
start_portal
says "^listening keys='Keys of dictate'$"
ok 'the bus comes, and then the portal'

run cat "$work/portal.log"
json 'lines[1].what === "Register" && lines[1].application === "org.diktate.Diktate"'
json 'lines[2].what === "CreateSession" && lines[2].interface === "org.freedesktop.portal.GlobalShortcuts"'
json 'lines[2].session === "diktate"' # by which KDE keeps what the user chose
json 'lines[3].what === "BindShortcuts" && lines[3].shortcuts.dictate === "ALT+LOGO+d" && lines[3].described'
json 'lines[3].shortcuts.cancel === "" && lines.length === 4'
is_pressed_and_released
user rename dictate Meta+F9
says "^listening keys='Meta+F9'$"
user rename dictate
says '^not listening: the desktop has no key for dictation yet'
is_pressed_and_released # it says itself that it has one
says "^listening keys=''$"
ok 'bound, pressed, released; and another key is chosen'

forget
user press cancel
user release cancel
user press unknown
user press dictate
says '^dictate pressed$'
if said cancel || said unknown; then fail 'cancelling is heard only while it is listened for'; fi
user release dictate
tell 'cancel on'
says '^cancel set$'
user press cancel
says '^cancel pressed$'
user release cancel
says '^cancel released$'
ok 'cancelling is a shortcut too, for takes alone'

user nonsense
is_pressed_and_released
ok 'signals that are none'

forget
user press dictate
says '^dictate pressed$'
user close
says '^dictate released$'
says '^up$'
says "^listening keys='Keys of dictate'$"
is_pressed_and_released
ok 'the session is closed: the key that is down counts as released, and another session is opened'

forget
kill_portal
says '^not listening: the desktop portal ended: bind'
start_portal
says "^listening keys='Keys of dictate'$"
is_pressed_and_released
portal_was_asked Register || fail 'a new portal does not know who we are'
ok 'the portal dies and comes back'

forget
kill -KILL "$bus"
says '^not listening: the session bus'
kill_portal
start_bus
start_portal
says "^listening keys='Keys of dictate'$"
is_pressed_and_released
end_probe
ok 'the bus dies and comes back'
kill_portal

start_portal --answer refuse
listen
says '^not listening: the keys for dictation were refused: bind'
sleep 3 # longer than until the next attempt
[ "$(grep -c BindShortcuts "$work/portal.log")" = 1 ] || fail 'who refused is asked again'
kill_portal
start_portal
says '^listening'
end_probe
kill_portal
start_portal --bound cancel
listen
says '^not listening: the desktop has no key for dictation yet: choose one'
user rename dictate Meta+F9
says "^listening keys='Meta+F9'$"
end_probe
kill_portal
start_portal --answer other
listen
says '^not listening: the desktop ended the request'
sleep 3
[ "$(grep -c BindShortcuts "$work/portal.log")" = 1 ] || fail 'a question that was not answered comes again at once'
end_probe
ok 'refused, by the user and by the desktop'

kill_portal
start_portal --answer none
listen --dialog 500
says '^asking$'
says '^not listening: nobody answered whether there may be keys for dictation: bind'
await portal_was_asked '"Close".*/request/'
end_probe
kill_portal
start_portal --deaf CreateSession
listen
says '^not listening: the desktop portal does not answer: bind'
end_probe
kill_portal
start_portal
kill -STOP "$portal"
listen
says '^asking$'
tell 'cancel on'
says '^cancel set$'
end_probe
kill -CONT "$portal"
ok 'who does not answer holds up nothing, and not the end'

kill_portal
start_portal --without org.freedesktop.portal.GlobalShortcuts
listen
says '^not listening: the desktop portal of this session has no GlobalShortcuts: bind'
end_probe
kill_portal
start_portal --without org.freedesktop.host.portal.Registry
listen
says '^listening'
end_probe
ok 'a portal without shortcuts, and one that does not ask who we are'

kill_portal
start_portal --early
listen
says "^listening keys='Keys of dictate'$"
is_pressed_and_released
if portal_was_asked BindShortcuts; then fail 'what is bound already is asked for'; fi
end_probe
ok 'a portal that binds them with the session'
