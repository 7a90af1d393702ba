#!/bin/sh
# What the daemon tells systemd (sd_notify): READY=1 when clients are answered, STOPPING=1 when it ends.
. "$(dirname -- "$0")/lib.sh"
needs_file /usr/bin/python3

daemon=
manager=
trap 'kill $daemon $manager 2>/dev/null; rm -rf "$work"' EXIT
log=$work/daemon.log
told=$work/told
export XDG_RUNTIME_DIR="$work/run" DISPLAY='' WAYLAND_DISPLAY=''
mkdir -m 700 "$XDG_RUNTIME_DIR"
mkdir -p "$XDG_CONFIG_HOME/diktate"
printf '[insert]\nmethod = "none"\n[hotkeys]\nmethod = "none"\n[feedback]\nnotifications = false\n' >"$XDG_CONFIG_HOME/diktate/config.toml"

for name in "$work/notify" "@diktate-notify-$$"; do
  /usr/bin/python3 "${DIKTATE_SOURCE:?}/tests/lab/service_manager.py" "$name" "$told" 2>"$err" &
  manager=$!
  await grep -q listens "$told"
  NOTIFY_SOCKET=$name "$DIKTATE" daemon >"$log" 2>&1 &
  daemon=$!
  await grep -q '^READY=1$' "$told"
  diktate status
  expect_status 0 'a daemon that is ready answers at once'
  [ "$(cat "$told")" = "$(printf 'listens\nREADY=1')" ] || fail "one line is expected, but: $(cat "$told")"
  kill "$daemon"
  status=0
  wait "$daemon" || status=$?
  daemon=
  expect_status 0 'a clean end'
  await grep -q '^STOPPING=1$' "$told"
  kill "$manager"
  wait "$manager" 2>/dev/null
  manager=
  rm "$told"
  ok "told at $name"
done
