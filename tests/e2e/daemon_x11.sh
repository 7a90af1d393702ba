#!/bin/sh
# The whole way: a key of the desktop, speech into a microphone, clean text in the window that has the focus.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
. "$(dirname -- "$0")/sound.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
needs_x11

daemon=
# A daemon whose key is held does not end before its take does.
trap 'xdotool keyup d keyup alt keyup super 2>/dev/null; end_process "$daemon"; end_process "$player"; end_process "$server"; end_all' EXIT
log=$work/daemon.log

is_idle() { has_status '"state":"idle"'; }
is_well() { has_status '"degraded":\[\]'; }
has() { grep -q -i "$1" "$2"; }
start_daemon() {
  "$DIKTATE" daemon >"$log" 2>&1 &
  daemon=$!
  await "$DIKTATE" status
}
# Leaves the row of the last take in $out.
over() {
  await is_idle
  limited last --json
}
# What it is made of is made anew before the second answer.
reload() {
  kill -HUP "$daemon"
  is_well
  await is_well
}
key='super+alt+d'

mkdir "$XDG_CONFIG_HOME/diktate"
printf '[replacements]\n"ask not" = "do not ask"\n' >"$XDG_CONFIG_HOME/diktate/dictionary.toml"
start_server
start_display
start_daemon
await is_well
limited status --json
json 'first.insert === "x11" && first.hotkeys === "x11"'
ok 'keys and insertion are those of the display'

start_xterm "$work/pty"
xdotool keydown super keydown alt keydown d
await_recording
play
played
xdotool keyup d keyup alt keyup super
await has 'fellow americ' "$work/pty"
over
json 'first.outcome === "delivered" && first.receipt === "target" && first.target !== null && !first.held'
json 'first.insert_method === "paste selection Shift+Insert" && first.audio_s > 10'
ok 'push-to-talk into xterm, proven'

start_gtk "$work/gtk"
printf 'what was copied before' | xclip -selection clipboard
xdotool key "$key"
await_recording
play
played
xdotool key "$key"
await has 'what your country can do for you' "$work/gtk"
over
json 'first.outcome === "delivered" && first.receipt === "target" && first.insert_method === "paste Ctrl+V"'
copied_before() { [ "$(timeout 5 xclip -selection clipboard -o)" = 'what was copied before' ]; }
await copied_before
ok 'toggled into GTK, proven; the clipboard is as before'

has 'do not ask what' "$work/gtk" || fail 'the dictionary is not used'
limited swap
expect_status 0 'swap'
expect_no_out
await has 'ask not what' "$work/gtk"
if has 'do not ask' "$work/gtk"; then fail 'the clean text is still there'; fi
[ "$(grep -o -i 'fellow americ' "$work/gtk" | wc -l)" = 1 ] || fail 'the text is there twice'
limited swap --json
json 'first.receipt === "target" && /do not ask/.test(first.text)'
await has 'do not ask what' "$work/gtk"
xdotool key x
await has 'x$' "$work/gtk"
limited swap
expect_status 1 'swap after a key'
expect_err_lines 1
expect_err 'does not stand in front of the cursor any more: the text is on the clipboard'
has 'do not ask what' "$work/gtk" || fail 'a text was replaced although something was typed since'
ok 'swapped in GTK, and not after something was typed'

# $work/gtk is empty, and the first of the speech is said into a take whose key is held.
hold_anew() {
  xdotool key ctrl+a Delete
  await test ! -s "$work/gtk"
  xdotool keydown super keydown alt keydown d
  await_recording
  play
  sleep 3 # "And so, my fellow Americans", and a pause: the text is there as soon as the key goes up
}
both_go_on() { has_status '"state":"listening","take":[0-9]*,"finishing":1,'; }
# The key has gone down for the rest of the speech: the text of the take before comes once it is up, and then that of this one.
comes_after_release() { # what this is about
  await both_go_on
  played
  both_go_on || fail "$1: the text did not wait for the key"
  [ ! -s "$work/gtk" ] || fail "$1: a text came while the key was down"
  xdotool keyup d keyup alt keyup super
  await has 'fellow americ.*country' "$work/gtk"
  await is_idle
  limited history --limit 2 --json
  json 'first.takes.length === 2 && first.takes.every(t => t.outcome === "delivered" && t.receipt === "target")'
}
hold_anew
xdotool keyup d sleep 0.3 keydown d
comes_after_release 'the modifiers held from one take to the next'
ok 'the modifiers are held from one take to the next: both texts come, once they are up'

hold_anew
xdotool keyup d keydown d
comes_after_release 'the key of the next take while the last one finishes'
ok 'the key of the next take goes down while the last one finishes: both texts come in their order'

xdotool keydown super keydown alt
for _ in 1 2 3 4 5; do xdotool key --delay 10 d d d d d d d d d d; done
xdotool keyup alt keyup super
ended() { is_idle || ! "$DIKTATE" finish; } # the last of them may have begun a take
await ended
await is_idle
kill -0 "$daemon" || fail 'the daemon is gone'
hold_anew
xdotool keyup d keyup alt keyup super
await has 'fellow americ' "$work/gtk"
over
json 'first.outcome === "delivered" && first.receipt === "target"'
end_process "$player"
player=
ok 'the key is mashed 50 times in a second: the next take is as any other'

: >"$work/gtk.before"
cp "$work/gtk" "$work/gtk.before"
xdotool key "$key"
await_recording
play
sleep 4
xdotool keydown Escape
end_process "$player"
player=
await is_idle
xdotool keyup Escape
cmp -s "$work/gtk" "$work/gtk.before" || fail 'a cancelled take was inserted'
xdotool keydown super keydown alt keydown d
await_recording
xdotool key Escape
await is_idle
xdotool keyup d keyup alt keyup super
cmp -s "$work/gtk" "$work/gtk.before" || fail 'a cancelled take was inserted'
ok 'Escape throws a take away, also while the key is held'

xdotool key "$key"
await_recording
play
focus terminal
: >"$work/pty"
played
xdotool key "$key"
over
json 'first.outcome === "delivered_fallback" && first.held && first.receipt === "none" && first.cause !== null'
[ ! -s "$work/pty" ] || fail 'the text went into another window than the one that was meant'
cmp -s "$work/gtk" "$work/gtk.before" || fail 'the text was inserted although the focus had moved'
limited last
expect_status 0 'the held text, where the focus is now'
await has 'fellow americ' "$work/pty"
ok 'the focus moved: the text is held, and comes on demand'

printf '[insert]\nfollow_focus = true\n[insert.programs]\n"Gtk_target.py" = "shift-insert"\n[hotkeys.profiles]\nraw = "Super+Alt+R"\n' >"$XDG_CONFIG_HOME/diktate/config.toml"
reload
printf 'what was copied before' | xclip -selection clipboard # and not a text of ours, which is hinted secret
xdotool key super+alt+r
await_recording
play
focus target
: >"$work/gtk"
played
xdotool key super+alt+r
await has 'fellow americ' "$work/gtk"
over
json 'first.outcome === "delivered" && first.receipt === "target" && first.insert_method === "paste Shift+Insert"'
json 'first.profile === "raw"'
ok 'a key of its own for a profile; with follow_focus the text comes into the other window, and as [insert.programs] says'

focus terminal
: >"$work/pty"
xdotool key super+alt+v
await has 'fellow americ' "$work/pty"
ok 'a key inserts the last text again'

printf '[hotkeys]\nlast = ""\n' >"$XDG_CONFIG_HOME/diktate/config.toml"
reload
"$DIKTATE" hotkeys test --key Super+Alt+V >/dev/null 2>"$err" &
other=$!
started="$other $started"
await grep -q '^Press Super+Alt+V now' "$err"
rm "$XDG_CONFIG_HOME/diktate/config.toml"
reload
limited status
expect_out '^notes: no key for the last text: another program holds the key .*V'
kill -INT "$other"
wait "$other"
has_last_key() { "$DIKTATE" status >"$out" && ! grep -q 'no key for the last text' "$out"; }
await has_last_key # nobody tells of a key that is free again: within half a minute
title=again start_gtk "$work/again" --title again
again=$target
xdotool key super+alt+v
await has 'fellow americ' "$work/again"
end "$again"
limited status --json
json 'first.hotkeys === "x11" && first.degraded.length === 0 && !first.notes.some(n => /last text/.test(n))'
ok 'a key for the last text that another program holds costs no dictation'

xdotool key "$key"
await_recording
play
sleep 5
kill -KILL "$daemon"
wait "$daemon" 2>/dev/null
daemon=
end_process "$player"
player=
start_daemon
has 'a take is unfinished' "$log" || fail 'the unfinished take is not told of'
tells_of_take() { "$DIKTATE" status | grep -q '^notes: takes that are unfinished: 1 '; }
await tells_of_take
limited recover --json
json 'first.unfinished.length === 1 && first.unfinished[0].audio_s > 3.5'
limited recover --all
expect_status 0 'recover'
expect_out 'fellow americ'
forgot_take() { ! tells_of_take; } # it counts behind the answers
await forgot_take
ok 'the daemon is killed in mid-take: the words are there'

await is_well
kill "$xvfb"
lost_display() { "$DIKTATE" status | grep -q '^degraded: '; }
await lost_display
limited start
expect_status 0 'a take without a display'
await_recording
play
played
limited finish --wait --json
json 'first.outcome === "failed" && /last --print/.test(first.cause) && /fellow americ/i.test(first.clean_text)'
limited last --print
expect_out 'fellow americ'
kill "$daemon"
status=0
wait "$daemon" || status=$?
daemon=
[ "$status" = 0 ] || fail 'the daemon ends badly'
if has americ "$log"; then fail 'what was said is in the log'; fi
ok 'the display goes: the words are there all the same'
