# shellcheck shell=sh
# A Wayland session of one's own, with windows to write in: sourced after tests/e2e/lib.sh, and ended with the script.
# sway refuses to run as root: a script that root starts is started anew as a user without rights. Where a folder above the
# build tree is closed to others, that user is root under another name, in a namespace of its own.
unset WAYLAND_DISPLAY SWAYSOCK DBUS_SESSION_BUS_ADDRESS DISPLAY
if [ "$(id -u)" = 0 ]; then
  # shellcheck disable=SC2154 # $work is of lib.sh
  rm -rf "$work"
  for user in \
    'setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all' \
    'unshare --user --map-user=65534 --map-group=65534'; do
    # shellcheck disable=SC2086 # a list of words
    $user test -x "${DIKTATE:?}" && exec $user env HOME=/nonexistent sh "$0" "$@"
  done
  skip "no user without rights can read the build tree $DIKTATE_BUILD"
fi
export NO_AT_BRIDGE=1 GTK_USE_PORTAL=0 LC_ALL=C.UTF-8 GDK_BACKEND=wayland GSETTINGS_BACKEND=memory
export HOME="$work/home" XDG_CACHE_HOME="$work/cache" XDG_RUNTIME_DIR="$work/run"
mkdir -p "$HOME"
lab=${DIKTATE_SOURCE:?}/tests/lab
# shellcheck source=../lab/probe.sh
. "$lab/probe.sh"

needs_wayland() {
  for command in sway swaymsg foot wl-copy wl-paste; do needs_command "$command"; done
  needs_gtk
}

# $xwayland: enable, to have X windows too.
cat >"$work/sway.conf" <<END
output HEADLESS-1 resolution 1280x800
focus_on_window_activation focus
xwayland ${xwayland:-disable}
END

# Leaves the process of the compositor in $sway. A name that was had before is had again.
start_sway() {
  unset SWAYSOCK WAYLAND_DISPLAY
  [ -d "$XDG_RUNTIME_DIR" ] || mkdir -m 700 "$XDG_RUNTIME_DIR"
  WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman sway -c "$work/sway.conf" >"$work/sway.log" 2>&1 4>&- &
  sway=$!
  started="$sway $started"
  SWAYSOCK=$XDG_RUNTIME_DIR/sway-ipc.$(id -u).$sway.sock
  export SWAYSOCK
  await swaymsg -t get_version
  WAYLAND_DISPLAY=$(basename "$(find "$XDG_RUNTIME_DIR" -name 'wayland-?')")
  export WAYLAND_DISPLAY
}

# The title of the window that has the focus.
focused() {
  swaymsg -r -t get_tree | /usr/bin/python3 -c '
import json, sys
nodes = [json.load(sys.stdin)]
for node in nodes:
    nodes += node["nodes"] + node["floating_nodes"]
    if node["focused"] and node["type"] == "con": print(node["name"])'
}
has_focus() { [ "$(focused)" = "$1" ]; }
is_gone() { ! swaymsg "[title=\"^$1\$\"] nop"; }
focus() { # title
  await swaymsg "[title=\"^$1\$\"] focus"
  await has_focus "$1"
}

start_gtk() { # file, options of gtk_target.py...
  rm -f "$1"
  await is_gone "${title:-target}" # the one before
  /usr/bin/python3 "$lab/gtk_target.py" "$@" 2>"$work/gtk.log" 4>&- &
  target=$!
  started="$target $started"
  await test -e "$1"
  focus "${title:-target}"
}

start_foot() { # file that gets what is written into the terminal
  rm -f "$1"
  await is_gone terminal # the one before
  foot -T terminal sh -c "stty raw -echo; : >'$1'; exec cat >>'$1'" 2>"$work/foot.log" 4>&- &
  target=$!
  started="$target $started"
  await test -e "$1"
  focus terminal
}
