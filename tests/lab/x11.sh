# shellcheck shell=sh
# A display of one's own, with a window manager and windows to write in: sourced after tests/e2e/lib.sh, and ended with the
# script. What it starts is in $started, a list of processes.
export NO_AT_BRIDGE=1 GTK_USE_PORTAL=0 LC_ALL=C.UTF-8 GDK_BACKEND=x11
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS DISPLAY
lab=${DIKTATE_SOURCE:?}/tests/lab
probe=${DIKTATE_BUILD:?}/tests/desktop_probe
started=
: >"${out:?}"
: >"${err:?}"

# Ends them one by one; the display is the first, and so the last to go.
end_all() {
  exec 4>&- 2>/dev/null
  for process in $started; do
    { kill -CONT "$process"; kill "$process"; wait "$process"; } 2>/dev/null
  done
  rm -rf "${work:?}"
}
trap end_all EXIT
end() { # process
  { kill "$1"; wait "$1"; } 2>/dev/null
}

needs_x11() {
  for command in Xvfb openbox xdotool xclip xprop setxkbmap xterm; do needs_command "$command"; done
  # The system's Python, not another one that may come first.
  /usr/bin/python3 -c 'import gi; gi.require_version("Gtk", "3.0"); from gi.repository import Gtk' 2>/dev/null ||
    skip 'python3-gi with gir1.2-gtk-3.0 is not installed'
  needs_file "$probe"
}

# Asks until it is so, for a minute at most.
await() { # command...
  tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -gt 1200 ]; then
      [ ! -e "$work/probe" ] || cat "$work/probe"
      fail "waited in vain for: $*"
    fi
    sleep 0.05
  done
}

start_display() {
  : >"$work/display"
  Xvfb -displayfd 3 -screen 0 1024x768x24 -nolisten tcp -noreset -ac 3>"$work/display" 2>"$work/xvfb.log" &
  xvfb=$!
  started="$xvfb $started"
  await test -s "$work/display"
  DISPLAY=:$(cat "$work/display")
  export DISPLAY
  await setxkbmap -layout us
  openbox --config-file /dev/null >"$work/openbox.log" 2>&1 &
  started="$! $started"
  await sh -c 'xprop -root _NET_SUPPORTING_WM_CHECK | grep -q 0x'
}

no_window() { ! xdotool search --name "^$1\$"; }
has_focus() { [ "$(xdotool getwindowfocus getwindowname 2>/dev/null)" = "$1" ]; }
focus() { # title
  await xdotool search --name "^$1\$"
  xdotool windowactivate "$(xdotool search --name "^$1\$" | tail -n 1)" 2>/dev/null
  await has_focus "$1"
}

start_gtk() { # file, options of gtk_target.py...
  rm -f "$1"
  await no_window "${title:-target}" # of the one before
  /usr/bin/python3 "$lab/gtk_target.py" "$@" 2>"$work/gtk.log" &
  target=$!
  started="$target $started"
  await test -e "$1"
  focus "${title:-target}"
}

start_xterm() { # file that gets what is written into the terminal
  rm -f "$1"
  await no_window terminal # of the one before
  xterm -T terminal -u8 -e sh -c "stty raw -echo; : >'$1'; exec cat >>'$1'" 2>"$work/xterm.log" &
  target=$!
  started="$target $started"
  await test -e "$1"
  focus terminal
}

# The inserter, or the hotkeys, in a process that goes on until `end_probe`.
start_probe() { # arguments of desktop_probe...
  rm -f "$work/words"
  mkfifo "$work/words"
  : >"$work/probe"
  "$probe" "$@" <"$work/words" >>"$work/probe" 2>&1 &
  process=$!
  started="$process $started"
  exec 4>"$work/words"
}
end_probe() {
  exec 4>&-
  wait "$process"
}
tell() { printf '%s\n' "$*" >&4; }
said() { grep -q -- "$1" "$work/probe"; }
says() { await said "$1"; } # extended or not, as grep has it
forget() { : >"$work/probe"; }

# Remembers the window that has the focus, inserts a text there, and leaves what was said of it in $report.
insert() { # file
  count=$(grep -c '^inserted\|^error' "$work/probe")
  tell remember
  tell "insert $1"
  await sh -c "[ \"\$(grep -c '^inserted\\|^error' '$work/probe')\" -gt $count ]"
  report=$(grep '^inserted\|^error' "$work/probe" | tail -n 1)
}
expect_report() { # what must be in it
  case $report in *"$1"*) ;; *) fail "'$1' expected of the insertion, but: $report" ;; esac
}
