# shellcheck shell=sh
# A display of one's own, with a window manager and windows to write in: sourced after tests/e2e/lib.sh, and ended with the
# script. What it starts is in $started, a list of processes.
export NO_AT_BRIDGE=1 GTK_USE_PORTAL=0 LC_ALL=C.UTF-8 GDK_BACKEND=x11
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS DISPLAY
lab=${DIKTATE_SOURCE:?}/tests/lab
# shellcheck source=../lab/probe.sh
. "$lab/probe.sh"

needs_x11() {
  for command in Xvfb openbox xdotool xclip xprop setxkbmap xterm; do needs_command "$command"; done
  needs_gtk
}

# Its number is $display_number; where that is not set, the first that is free.
start_display() {
  : >"$work/display"
  Xvfb ${display_number:+":$display_number"} -displayfd 3 -screen 0 1024x768x24 -nolisten tcp -noreset -ac 3>"$work/display" 2>"$work/xvfb.log" &
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

start_xterm() { # file that gets what is written into the terminal, options of xterm...
  written=$1
  shift
  rm -f "$written"
  await no_window terminal # of the one before
  xterm "$@" -T terminal -u8 -e sh -c "stty raw -echo; : >'$written'; exec cat >>'$written'" 2>"$work/xterm.log" &
  target=$!
  started="$target $started"
  await test -e "$written"
  focus terminal
}

start_urxvt() { # file that gets what is written into the terminal
  rm -f "$1"
  await no_window terminal # of the one before
  urxvt -title terminal -e sh -c "stty raw -echo; : >'$1'; exec cat >>'$1'" 2>"$work/urxvt.log" &
  target=$!
  started="$target $started"
  await test -e "$1"
  focus terminal
}

start_qt() { # file
  rm -f "$1"
  await no_window target # of the one before
  QT_QPA_PLATFORM=xcb /usr/bin/python3 "$lab/qt_target.py" "$1" 2>"$work/qt.log" &
  target=$!
  started="$target $started"
  await test -e "$1"
  focus target
}

start_owner() { # options of clipboard_owner.py, target=file...; what it says is in $work/owner
  : >"$work/owner"
  /usr/bin/python3 "$lab/clipboard_owner.py" "$@" >>"$work/owner" 2>"$work/owner.log" &
  owner=$!
  started="$owner $started"
  await grep -q '^owned$' "$work/owner"
}
