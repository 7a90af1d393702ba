#!/bin/sh
# Keys that work in every window of X11: press and release, whatever locks are on, and who else has them.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
needs_x11
start_display
count() { grep -c "^$1\$" "$work/probe"; }
has() { [ "$(count "$1")" = "$2" ]; }
fake() { xdotool "$@"; } # keys come from XTEST, as from a keyboard

start_probe hotkeys dictate=Super+Alt+D swap=F9
says '^ready x11'
start_gtk "$work/gtk"

fake keydown Super_L keydown Alt_L keydown d
await has 'dictate pressed' 1
fake keyup d
await has 'dictate released' 1
await has up 1
fake keyup Alt_L keyup Super_L
ok 'press and release'

# The first of the keys to rise ends it; nothing may be typed before the key itself is up.
fake keydown Super_L keydown Alt_L keydown d
await has 'dictate pressed' 2
forget
fake keyup Super_L
await has 'dictate released' 1
await has down 1
fake keyup d keyup Alt_L
fake key F9
await has 'swap released' 1
has 'dictate released' 1 || fail 'released twice'
ok 'the first of the keys to rise ends it'

forget
fake keydown F9
await has 'swap pressed' 1
# The server repeats a held key after 660 ms, 25 times a second.
sleep 1.5
fake keyup F9
await has 'swap released' 1
has 'swap pressed' 1 || fail 'a held key was pressed more than once'
ok 'a held key is pressed once'

for locks in Caps_Lock Num_Lock 'Caps_Lock key Num_Lock'; do
  forget
  # shellcheck disable=SC2086 # several words on purpose
  fake key $locks
  fake key super+alt+d
  await has 'dictate released' 1
  # shellcheck disable=SC2086
  fake key $locks
done
ok 'with CapsLock, NumLock and both'

fake key Escape
tell 'cancel on'
says '^cancel set'
has 'cancel pressed' 0 || fail 'Escape was listened for before a take'
fake key Escape
await has 'cancel released' 1
tell 'cancel off'
await has 'cancel set' 2
fake key Escape key F9
await has 'swap released' 1
has 'cancel pressed' 1 || fail 'Escape was listened for after a take'
ok 'Escape cancels, during a take only'

forget
tell 'cancel on'
says '^cancel set'
fake keydown Escape
await has 'cancel pressed' 1
tell 'cancel off'
await has 'cancel set' 2
fake keyup Escape
await has 'cancel released' 1
says '^up'
ok 'Escape is seen to rise, also after the take that it ended'

forget
tell 'cancel on'
says '^cancel set'
fake keydown Super_L keydown Alt_L keydown d
await has 'dictate pressed' 1
fake keydown Escape
await has 'cancel pressed' 1
fake keyup d keyup Alt_L keyup Super_L
await has 'dictate released' 1
says '^up'
fake keyup Escape
tell 'cancel off'
await has 'cancel set' 2
ok 'and it cancels while the keys of push-to-talk are held'

setxkbmap -layout dvorak
fake key F9
await has 'swap released' 1
forget
fake key super+alt+d # which is another key now
await has 'dictate released' 1
setxkbmap -layout us
fake key F9
await has 'swap released' 1
forget
fake key super+alt+d
await has 'dictate released' 1
[ ! -s "$work/gtk" ] || fail 'a key of ours came into a window'
ok 'another layout: the keys go with their letters'

run timeout 60 "$probe" hotkeys ask=Alt+Super+D </dev/null
expect_status 1 'a key that is taken'
expect_out '^error: another program holds the key Super+Alt+D: choose another one'
run timeout 60 "$probe" hotkeys ask=Super+Bogus </dev/null
expect_status 1 'a key that there is not'
expect_out "^error: there is no key called 'Bogus' (Super+Bogus)"
fake key super+alt+d
await has 'dictate released' 2
ok 'a key that another program has is an error that names it'

kill "$xvfb"
says '^error: the X display is gone$'
wait "$process"
ok 'the X server ends: the program does not'
