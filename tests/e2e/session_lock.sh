#!/bin/sh
# A locked session never gets text: it would go into the field for the password. The text is held, and comes when it is asked for.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
. "$(dirname -- "$0")/sound.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
. "$(dirname -- "$0")/../lab/portal.sh"
needs_x11
needs_portal
locker=${DIKTATE_BUILD:?}/tests/x11_locker
needs_file "$locker"

daemon=
trap 'end_process "$daemon"; end_process "$player"; end_process "$server"; exec 6>&-; end_all' EXIT
log=$work/daemon.log

has() { grep -q -i "$1" "$2"; }
is_text() { [ "$(cat "$work/gtk")" = "$1" ]; }
start_locker() { # options of x11_locker...
  rm -f "$work/lock"
  mkfifo "$work/lock"
  "$locker" "$@" <"$work/lock" >"$work/locker" 2>&1 4>&- &
  screen=$!
  started="$screen $started"
  exec 6>"$work/lock"
  await has locked "$work/locker"
}
end_locker() {
  exec 6>&-
  wait "$screen"
}

start_display
start_gtk "$work/gtk" --text before
printf 'spoken words' >"$work/text"
start_probe insert
says '^ready x11'
start_locker
insert "$work/text"
expect_report "method='none' receipt=none held=yes note='the keyboard is another program's (is the screen locked?): the text was not inserted'"
is_text before || fail 'the text went through the lock'
if has key "$work/locker"; then fail 'keys went to what locks the screen'; fi
end_locker
start_locker --no-grab
insert "$work/text"
expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
await is_text 'spoken words'
end_locker
end_probe
ok 'X11: who lies over all and has the keyboard gets no key; who only lies there is in nobody'\''s way'

mkdir -p "$XDG_CONFIG_HOME/diktate"
printf '[insert]\nmethod = "command"\ncommand = ["tee", "%s"]\n[hotkeys]\nmethod = "none"\n' "$work/typed" >"$XDG_CONFIG_HOME/diktate/config.toml"
start_server
start_bus
export DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS"
/usr/bin/python3 "$lab/locks.py" "$work/saver" "$work/login" >"$work/locks" 2>"$work/locks.err" &
locks=$!
started="$locks $started"
/usr/bin/python3 "$lab/notifications.py" "$work/shown" >"$work/shower" 2>&1 &
started="$! $started"
await has ready "$work/locks"
await has ready "$work/shower"
start_daemon

: >"$work/saver"
limited start
await_recording
play
played
limited finish --wait --json
json 'first.outcome === "delivered_fallback" && first.held && first.receipt === "none" && /fellow americ/i.test(first.clean_text)'
json '/^the session is locked/.test(first.cause) && /^the session is locked/.test(first.insert_note)'
await has '"title": "The text was not inserted", "body": "the session is locked' "$work/shown"
limited last
expect_status 1 'last, in a locked session'
expect_err 'the session is locked'
[ ! -e "$work/typed" ] || fail 'a locked session got the text'
mv "$work/saver" "$work/login"
limited last
expect_status 1 'last, in a session that logind has locked'
[ ! -e "$work/typed" ] || fail 'a session that is locked by logind got the text'
rm "$work/login"
limited last
expect_status 0 'last, when nothing is known to be locked'
await has 'fellow americ' "$work/typed"
ok 'a screen saver or logind says that it is locked: the text is held, and comes later'

rm "$work/typed"
: >"$work/saver"
kill -STOP "$locks"
limited last
expect_status 0 'last, when nothing is known to be locked'
await has 'fellow americ' "$work/typed"
rm "$work/typed"
kill -KILL "$bus"
limited last
expect_status 0 'last, when nothing is known to be locked'
await has 'fellow americ' "$work/typed"
if has americ "$log"; then fail 'what was said is in the log'; fi
ok 'who hangs, or a bus that is gone, holds up no text'
