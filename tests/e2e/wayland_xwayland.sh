#!/bin/sh
# Text into windows of X in a compositor of Wayland (XWayland), and beside them into others.
. "$(dirname -- "$0")/lib.sh"
xwayland=enable
. "$(dirname -- "$0")/../lab/wayland.sh"
needs_wayland
for command in Xwayland xterm; do needs_command "$command"; done

# 500 characters, some of two, three and four bytes.
text=$work/text
awk 'BEGIN { while (i++ < 17) printf "%s", "Año — “quotes” 你好 😀 and so on. " }' >"$text"
printf 'Short: ñ你' >"$work/short"
same() { cmp -s "$1" "$2"; }
copies() { wl-copy "$1" 4>&-; } # it goes on in the background
has_copied() { [ "$(timeout 5 wl-paste -n 2>/dev/null)" = "$1" ]; }
start_xterm() { # file that gets what is written into the terminal
  rm -f "$1"
  await is_gone terminal # the one before
  xterm -T terminal -u8 -e sh -c "stty raw -echo; : >'$1'; exec cat >>'$1'" 2>"$work/xterm.log" 4>&- &
  target=$!
  started="$target $started"
  await test -e "$1"
  focus terminal
}

start_sway
swaymsg exec "sh -c 'echo \$DISPLAY >$work/display'" >"$out"
await test -s "$work/display"
DISPLAY=$(cat "$work/display")
export DISPLAY
has_no_xwayland() { ! pgrep -x Xwayland; }
await has_no_xwayland # any is taken for ours, also that of a compositor that is just ending
start_probe insert
says '^ready wayland'
copies 'what was there'
await has_copied 'what was there'
start_foot "$work/pty"
insert "$work/short"
expect_report "method='paste Ctrl+Shift+V' receipt=target"
await same "$work/short" "$work/pty"
await has_copied 'what was there' # else XWayland begins with ours
has_no_xwayland >"$out" || fail 'XWayland was started for nothing'
end "$target"
ok 'as long as there is no window of X there is no XWayland'

GDK_BACKEND=x11
start_gtk "$work/gtk"
insert "$text"
expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
await same "$text" "$work/gtk"
await has_copied 'what was there'
same "$text" "$work/gtk" || fail "not there once: $(cat "$work/gtk")"
tell 'key Enter'
insert "$work/short"
expect_report "receipt=target held=no note=''"
{ cat "$text" "$work/short" && echo; } >"$work/expected"
await same "$work/expected" "$work/gtk"
await has_copied 'what was there' # before the focus moves: the compositor takes nothing from X while a window of Wayland has it
ok 'GTK on X: the text arrives, and it is known; Enter comes after it'

x_window=$target
GDK_BACKEND=wayland
title=other
start_gtk "$work/other" --title other
insert "$text"
expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
await same "$text" "$work/other"
same "$text" "$work/other" || fail 'text came into a window that was not meant'
same "$work/expected" "$work/gtk" || fail 'text came into a window of X that was not meant'
end "$target"
end "$x_window"
await has_copied 'what was there'
ok 'windows of Wayland beside them are served as ever'

start_xterm "$work/pty"
insert "$work/short"
expect_report "method='paste selection Shift+Insert' receipt=target held=no note=''"
insert "$text"
expect_report "method='paste selection Shift+Insert' receipt=target held=no note=''"
cat "$work/short" "$text" >"$work/expected"
await same "$work/expected" "$work/pty"
await has_copied 'what was there'
ok 'xterm gets its selection'
end_probe
start_probe insert --method type
says '^ready wayland'
insert "$work/short"
expect_report "method='type' receipt=sent held=no note=''"
cat "$work/short" >>"$work/expected"
await same "$work/expected" "$work/pty"
ok 'and what is typed'
end_probe
end "$target"

# What hangs is found so by a probe that has connected before, and by one that has not.
start_xterm "$work/pty"
title=other
start_probe insert
says '^ready wayland'
insert "$work/short"
expect_report "method='paste selection Shift+Insert' receipt=target held=no note=''"
start_gtk "$work/other" --title other
xserver=$(pgrep -f "Xwayland $DISPLAY ") || fail 'XWayland runs'
trap 'kill -CONT "$xserver" 2>/dev/null; end_all' EXIT # the compositor ends it
# The selection of xterm is given back just now, or was: the former clipboard can be had, or not.
kill -STOP "$xserver"
insert "$work/short"
expect_report 'held=no'
await same "$work/short" "$work/other"
kill -CONT "$xserver"
sleep 1
copies 'what was there'
await has_copied 'what was there'
kill -STOP "$xserver"
cp "$work/short" "$work/expected"
for probe_is in connected new; do
  if [ "$probe_is" = new ]; then
    start_probe insert
    says '^ready wayland'
  fi
  for _ in 1 2; do
    insert "$work/short"
    expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
    cat "$work/short" >>"$work/expected"
    await same "$work/expected" "$work/other"
  done
  exec 4>&-
  await sh -c "! kill -0 $process" # a zombie until it is waited for
  wait "$process" || fail "the inserter has ended with $?"
done
kill -CONT "$xserver"
ok 'windows of Wayland are served, and the inserter ends, although XWayland hangs'
