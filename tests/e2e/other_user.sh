#!/bin/sh
# shellcheck disable=SC2086 # $as_nobody is a list of words
# Nobody but its user gives orders to a daemon: root, whom no file keeps out, is refused.
. "$(dirname -- "$0")/lib.sh"
needs_command setpriv
needs_file /usr/bin/python3
[ "$(id -u)" = 0 ] || skip 'only root can be another user, too'

daemon=
trap 'kill $daemon 2>/dev/null; rm -rf "$work"' EXIT
log=$work/daemon.log
export XDG_RUNTIME_DIR="$work/run" DISPLAY='' WAYLAND_DISPLAY=''
mkdir -m 700 "$XDG_RUNTIME_DIR" "$XDG_CONFIG_HOME" "$XDG_CONFIG_HOME/diktate" "$XDG_STATE_HOME"
printf '[insert]\nmethod = "none"\n[hotkeys]\nmethod = "none"\n[feedback]\nnotifications = false\n' >"$XDG_CONFIG_HOME/diktate/config.toml"
nobody=$(id -u nobody)
chown -R "$nobody" "$work"

# The capability opens folders on the way to the program to a user who may not read them; it gives no other user's name.
as_nobody="setpriv --reuid=$nobody --regid=$(id -g nobody) --clear-groups --inh-caps=+dac_override --ambient-caps=+dac_override"
ask() { # request: what is answered until the end of the connection, or of a line
  /usr/bin/python3 -c '
import socket, sys
daemon = socket.socket(socket.AF_UNIX)
daemon.connect(sys.argv[1])
daemon.settimeout(60)
try:
    daemon.sendall(sys.argv[2].encode() + b"\n")
except BrokenPipeError:
    pass  # it was refused before
print(daemon.makefile().readline(), end="")' "$XDG_RUNTIME_DIR/diktate/rpc.sock" "$1"
}
request='{"jsonrpc": "2.0", "id": 1, "method": "start"}'

$as_nobody true 2>/dev/null || skip 'setpriv cannot give a capability on here'
$as_nobody "$DIKTATE" daemon >"$log" 2>&1 &
daemon=$!
await $as_nobody "$DIKTATE" status
run ask "$request"
expect_out "another user's daemon; it takes no orders from you"
run $as_nobody "$DIKTATE" status --json
json 'first.state === "idle" && first.take === null'
ok 'root is refused, and no take began'

diktate start
expect_status 1 'a client of root'
expect_err_lines 1
run $as_nobody "$DIKTATE" status --json
json 'first.take === null'
kill "$daemon"
status=0
wait "$daemon" || status=$?
daemon=
expect_status 0 'a clean end'
ok 'its own user is answered'
