#!/bin/sh
# Clients that mean no good: thousands of connections, a line of 100 MB, garbage. The daemon goes on, and answers others.
. "$(dirname -- "$0")/lib.sh"
needs_command node
needs_file /usr/bin/python3

daemon=
trap 'kill $daemon 2>/dev/null; rm -rf "$work"' EXIT
log=$work/daemon.log
export XDG_RUNTIME_DIR="$work/run" DISPLAY='' WAYLAND_DISPLAY=''
mkdir -m 700 "$XDG_RUNTIME_DIR"
mkdir -p "$XDG_CONFIG_HOME/diktate"
printf '[insert]\nmethod = "none"\n[hotkeys]\nmethod = "none"\n[feedback]\nnotifications = false\n' >"$XDG_CONFIG_HOME/diktate/config.toml"
socket=$XDG_RUNTIME_DIR/diktate/rpc.sock
resident_kb() { awk '/^VmRSS/ { print $2 }' "/proc/$daemon/status"; }
is_loaded() { ! has_status '"models":"loading"'; }

"$DIKTATE" daemon >"$log" 2>&1 &
daemon=$!
await "$DIKTATE" status
await is_loaded

# Each is opened while those before it stay, and says nothing.
cat >"$work/crowd.js" <<'END'
const net = require('net');
let left = +process.argv[3];
const next = () => {
  if (left-- === 0) { console.log('all'); setInterval(() => {}, 1000); return; }
  const socket = net.connect(process.argv[2]);
  const once = () => { if (!socket.counted) { socket.counted = true; setImmediate(next); } };
  socket.on('connect', once).on('error', once);
};
next();
END
node "$work/crowd.js" "$socket" 2000 >"$work/crowd" 2>&1 &
crowd=$!
trap 'kill $daemon $crowd 2>/dev/null; rm -rf "$work"' EXIT
await grep -q all "$work/crowd"
limited status --json
expect_status 0 'an answer beside 2,000 connections'
json 'first.state === "idle"'
kill "$crowd"
wait "$crowd" 2>/dev/null
crowd=
ok '2,000 connections'

before=$(resident_kb)
# A client whose writing is refused still reads what was said to it before.
run timeout 120 /usr/bin/python3 -c '
import socket, sys
client = socket.socket(socket.AF_UNIX)
client.connect(sys.argv[1])
try:
    client.sendall(b"x" * 100_000_000)
    sys.exit("all of it was taken")
except OSError:
    pass
print(client.recv(1000).decode())' "$socket"
expect_status 0 'it is told why'
expect_out 'the message is too long'
after=$(resident_kb)
[ $((after - before)) -lt 20000 ] || fail "a line that is refused is not kept: $before KB before, $after KB after"
limited status
expect_status 0 'an answer after a line of 100 MB'
ok 'a line of 100 MB'

head -c 100000 /dev/urandom | timeout 60 node -e '
  const socket = require("net").connect(process.argv[1]);
  socket.on("error", () => process.exit(0)).on("close", () => process.exit(0));
  socket.resume();
  process.stdin.pipe(socket);' "$socket"
limited status --json
json 'first.state === "idle" && first.take === null'
kill "$daemon"
status=0
wait "$daemon" || status=$?
daemon=
expect_status 0 'a clean end'
ok 'garbage'
