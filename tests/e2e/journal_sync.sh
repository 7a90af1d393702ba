#!/bin/sh
# The sound of a take goes to the disk each second, by the journal's thread: nobody else waits for the disk while it is heard.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
needs_command strace
. "$(dirname -- "$0")/sound.sh"

daemon=
tracer=
trap 'end_process "$tracer"; end_process "$daemon"; end_process "$player"; end_process "$server"; rm -rf "$work"' EXIT
log=$work/daemon.log
mkdir -p "$XDG_CONFIG_HOME/diktate"
printf '[insert]\nmethod = "command"\ncommand = ["tee", "%s"]\n[hotkeys]\nmethod = "none"\n[feedback]\nnotifications = false\n' "$work/typed" >"$XDG_CONFIG_HOME/diktate/config.toml"
is_loaded() { has_status '"models":"loaded"'; }
# In how many seconds the journal waited for the disk.
seconds_synced() { sed -n 's/^[0-9]*<journal> *\([0-9]*\)\.[0-9]* fdatasync(.*/\1/p' "$work/calls" | sort -u | wc -l; }
synced_in() { [ "$(seconds_synced)" -ge "$1" ]; }

start_server
start_daemon
await is_loaded
# By names of threads and with the time. What the daemon did before is over: only the files of the next take were made.
await sh -c "ls '$XDG_STATE_HOME/diktate/takes' | grep -q wav"
strace -f -Y -ttt -e trace=fsync,fdatasync,sync,syncfs,sync_file_range,msync -o "$work/calls" -p "$daemon" 2>"$work/strace.log" &
tracer=$!
await grep -q -i 'attached\|permitted' "$work/strace.log"
if grep -q -i permitted "$work/strace.log"; then skip 'strace may not trace here'; fi
run timeout 120 "$DIKTATE" start
expect_status 0 'start'
await_recording
play
await synced_in 5
cp "$work/calls" "$work/listening"
if grep 'sync.*(' "$work/listening" | grep -v '<journal>' >"$out"; then fail 'another thread waits for the disk while the take listens'; fi
played
run timeout 120 "$DIKTATE" finish --wait --json
json 'first.outcome === "delivered"'
end_process "$tracer"
tracer=
ok 'synced each second, by the journal alone'
