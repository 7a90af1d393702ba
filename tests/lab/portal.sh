# shellcheck shell=sh
# A session bus of one's own, and the desktop portal on it: sourced after tests/lab/probe.sh. What the portal was asked is in
# $work/portal.log.
needs_portal() {
  needs_command dbus-daemon
  /usr/bin/python3 -c 'import dbus; from gi.repository import GLib' 2>/dev/null || skip 'python3-dbus with python3-gi is not installed'
}

# Leaves the process of the bus in $bus.
start_bus() {
  rm -f "${work:?}/bus"
  dbus-daemon --config-file="${DIKTATE_SOURCE:?}/tests/lab/bus.conf" --nofork --nopidfile --address="unix:path=$work/bus" >"$work/bus.log" 2>&1 4>&- 5>&- &
  bus=$!
  started="$bus $started"
  export DBUS_SESSION_BUS_ADDRESS="unix:path=$work/bus"
  await test -S "$work/bus"
}

# Leaves its process in $portal.
start_portal() { # options of portal.py...
  : >"$work/portal.log"
  rm -f "$work/portal.words"
  mkfifo "$work/portal.words"
  /usr/bin/python3 "$DIKTATE_SOURCE/tests/lab/portal.py" "$work/portal.log" "$@" <"$work/portal.words" >"$work/portal.err" 2>&1 4>&- 5>&- &
  portal=$!
  started="$portal $started"
  exec 5>"$work/portal.words"
  await portal_was_asked '"ready"'
}
kill_portal() {
  { kill -KILL "$portal"; wait "$portal"; } 2>/dev/null
}
portal_was_asked() { grep -q -e "$1" "$work/portal.log"; }
user() { printf '%s\n' "$*" >&5; } # press dictate, release dictate, rename dictate KEYS, close
