#!/bin/sh
# A daemon whose takes cannot be kept on the disk, or shall not be: dictation works, and `status` says that a crash loses the take.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
needs_command sox
. "$(dirname -- "$0")/sound.sh"

daemon=
small=$work/small
trap 'end_process "$daemon"; end_process "$player"; end_process "$server"; umount "$small" 2>/dev/null; rm -rf "$work"' EXIT
log=$work/daemon.log
sox "$jfk" "$work/short.wav" trim 0 3
# shellcheck disable=SC2034 # what play() plays
jfk=$work/short.wav

says() { "$DIKTATE" status | grep -q "$1"; }
is_well() { has_status '"models":"loaded".*"degraded":\[\]'; }
is_kept() { "$DIKTATE" status >"$work/status" && ! grep -q 'a crash loses them' "$work/status"; }
configure() { # toml
  mkdir -p "$XDG_CONFIG_HOME/diktate"
  printf '%s\n' "$1" '[insert]' 'method = "command"' "command = ['tee', '$work/typed']" '[hotkeys]' 'method = "none"' '[feedback]' \
    'notifications = false' >"$XDG_CONFIG_HOME/diktate/config.toml"
}
dictate_into_file() {
  : >"$work/typed"
  dictate
  json 'first.outcome === "delivered"'
  grep -q -i 'fellow americ' "$work/typed" || fail 'the text did not come'
}

start_server
configure '[privacy]
level = 0'
start_daemon
await is_well
says '^notes: .*takes are in memory alone, and a crash loses them' || fail 'a crash loses the take, and nobody says so'
dictate_into_file
[ ! -e "$XDG_STATE_HOME/diktate" ] || fail 'level 0 leaves nothing on the disk'
configure ''
kill -HUP "$daemon"
await is_kept
stop_daemon
ok 'privacy level 0: memory alone, and status says what that means'

mkdir "$small"
mount -t tmpfs -o size=80k tmpfs "$small" 2>/dev/null || skip 'nothing can be mounted here (this needs root)'
export XDG_STATE_HOME="$small"
start_daemon
await is_well
dictate_into_file
says '^degraded: .*a crash would lose this take: cannot write .*: No space left on device' || fail 'the full disk is not told of'
mount -o remount,size=100m "$small"
dictate_into_file
is_well || fail 'there is room again, and all is well'
ok 'a full disk, and one with room again'

stop_daemon # it has files open there
mount -o remount,ro "$small"
start_daemon
await is_well
dictate_into_file
says '^degraded: .*a crash would lose this take: .*: Read-only file system' || fail 'the read-only disk is not told of'
mount -o remount,rw "$small"
dictate_into_file
is_well || fail 'the disk can be written to again, and all is well'
stop_daemon
if grep -q -i americ "$log"; then fail 'what was said is in the log'; fi
ok 'a read-only disk, and one that can be written to again'
