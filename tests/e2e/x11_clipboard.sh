#!/bin/sh
# What was on the clipboard survives an insertion on X11; who reads it and who is late is told apart.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
needs_x11
peer=${DIKTATE_BUILD:?}/tests/x11_peer
needs_file "$peer"
needs_command autocutsel
start_display
printf 'Short: ñ你' >"$work/short"
printf 'Plain' >"$work/plain"
awk 'BEGIN { while (i++ < 17) printf "%s", "Año — “quotes” 你好 😀 and so on. " }' >"$work/text"
printf 'former text' >"$work/former"
printf '<b>former</b> text' >"$work/html"
head -c 4194304 /dev/urandom >"$work/image"
same() { cmp -s "$1" "$2"; }
clipboard() { timeout 20 xclip -selection clipboard -o "$@"; }
holds() { # file, target
  clipboard -t "$2" >"$work/got" 2>/dev/null
  same "$1" "$work/got"
}
comes_once() { # file, to which target: the text is in it, and no second copy comes
  await same "$1" "$work/gtk"
  sleep 1
  same "$1" "$work/gtk" || fail "not exactly one copy, $2"
}

start_probe insert
says '^ready'
start_gtk "$work/gtk"
start_owner "UTF8_STRING=$work/former" "text/html=$work/html" "image/png=$work/image" "DELETE=$work/former" \
  "INSERT_SELECTION=$work/former"
takes=0
while [ "$takes" -lt 10 ]; do
  takes=$((takes + 1))
  insert "$work/short"
  expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
done
awk -v part="$(cat "$work/short")" 'BEGIN { while (i++ < 10) printf "%s", part }' >"$work/expected"
await same "$work/expected" "$work/gtk"
await grep -q '^lost$' "$work/owner"
end "$owner"
await holds "$work/former" UTF8_STRING
await holds "$work/html" text/html
await holds "$work/image" image/png
holds_all() { holds "$work/former" UTF8_STRING && holds "$work/html" text/html && holds "$work/image" image/png; }
! grep -q 'asked DELETE\|asked INSERT' "$work/owner" || fail 'asked for what does something'
ok 'text, HTML and an image of 4 MB survive ten takes, and their owner'

insert "$work/text"
expect_report 'receipt=target'
xclip -selection clipboard -o -t TARGETS >"$work/got"
await holds "$work/image" image/png
ok 'and the next one, of what was given back'

run timeout 60 "$peer" several "UTF8_STRING=$work/got.text" "none/such=$work/got.none" "image/png=$work/got.image" \
  "text/html=$work/got.html"
expect_status 0 'several formats at once'
for pair in former:text html:html image:image; do
  same "$work/${pair%:*}" "$work/got.${pair#*:}" || fail "what is asked for at once comes otherwise: $pair"
done
expect_out '^refused none/such$'
expect_out '^got image/png in parts$'
expect_out_lines 4
ok 'what is asked for at once (MULTIPLE) comes at once, but for what there is not'

# While the text is there, managers of the clipboard are told to leave it.
kill -STOP "$target"
tell remember
forget
tell "insert $work/short"
await sh -c "xclip -selection clipboard -o -t x-kde-passwordManagerHint | grep -q '^secret'"
[ "$(clipboard)" = "$(cat "$work/short")" ] || fail 'another text is on the clipboard'
sleep 3
kill -CONT "$target"
says '^inserted'
report=$(grep '^inserted' "$work/probe")
expect_report 'receipt=target'
{ cat "$work/expected" "$work/text" "$work/short"; } >"$work/expected.new"
await same "$work/expected.new" "$work/gtk"
await holds "$work/former" UTF8_STRING
ok 'a program that was stopped for 3 s pastes once, and it is known'

printf 'new' | xclip -selection clipboard
insert "$work/short"
await sh -c "[ \"\$(xclip -selection clipboard -o)\" = new ]"
printf 'newer' | xclip -selection clipboard
sleep 1
[ "$(clipboard)" = newer ] || fail 'what the user copied was written over'
ok 'what is copied meanwhile is left alone'
end "$target"

start_owner "UTF8_STRING=$work/former" "text/html=$work/html" "image/png=$work/image"
for late in 50 900 1500 4000; do
  start_gtk "$work/gtk" --late "$late"
  insert "$work/text"
  expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
  await same "$work/text" "$work/gtk"
  await holds_all
  same "$work/text" "$work/gtk" || fail "another copy came, $late ms late"
  end "$target"
done
grep -q '^lost$' "$work/owner" || fail 'the clipboard was never taken'
end "$owner"
await holds_all
printf 'newer' | xclip -selection clipboard
ok 'a program that is busy for up to 4 s pastes once; text, HTML and an image are there after it'

# Without a ping nobody knows whether it is busy: what is pressed after it must not bring the text twice.
for late in 50 1500 4000; do
  start_gtk "$work/gtk" --late "$late"
  xprop -id "$(xdotool getactivewindow)" -remove WM_PROTOCOLS
  insert "$work/short"
  [ "$late" -gt 1000 ] || expect_report 'receipt=target'
  [ "$late" -lt 1000 ] || expect_report "method='type' receipt=sent"
  comes_once "$work/short" "$late ms late"
  end "$target"
done
ok 'without a ping too'

# It answers the ping and not the keys: both of them bring a text when it goes on, and it must be there once.
for hang in 450 1200 2500; do
  start_gtk "$work/gtk" --hang "$hang"
  insert "$work/text"
  [ "$hang" -gt 600 ] || expect_report 'receipt=target'
  [ "$hang" -lt 600 ] || expect_report "method='clipboard' receipt=none held=yes"
  comes_once "$work/text" "$hang ms late"
  end "$target"
  printf 'newer' | xclip -selection clipboard
done
ok 'a program that answers, and whose page hangs, pastes once'

start_gtk "$work/gtk" --late-read 800
insert "$work/short"
expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
comes_once "$work/short" 'read late'
end "$target"
ok 'a program that asks for the text, and takes it late, pastes once'

# What was copied before must not come by a key that was late to be read.
read_always() { while :; do xclip -selection clipboard -o >"$work/read" 2>&1; sleep 0.6; done; }
read_always &
reader=$!
started="$reader $started"
start_gtk "$work/gtk" --late 2500
xprop -id "$(xdotool getactivewindow)" -remove WM_PROTOCOLS
insert "$work/short"
expect_report "method='paste Ctrl+V' receipt=someone"
await same "$work/short" "$work/gtk"
end "$target"
end "$reader"
await sh -c "[ \"\$(xclip -selection clipboard -o)\" = newer ]"
ok 'another program reads the text first: it is still there for the window'

title=other start_gtk "$work/other" --title other
other=$target
other_window=$(xdotool getactivewindow)
start_gtk "$work/gtk" --late 3000
xprop -id "$(xdotool getactivewindow)" -remove WM_PROTOCOLS
tell remember
forget
tell "insert $work/short"
sleep 0.3
xdotool windowactivate "$other_window"
says '^inserted'
report=$(grep '^inserted' "$work/probe")
expect_report "held=yes note='another window has the focus"
sleep 5 # until the key is answered; who asks for the clipboard meanwhile has what was there come later
[ -z "$(cat "$work/gtk" "$work/other")" ] || fail 'what was copied before was pasted'
await sh -c "[ \"\$(xclip -selection clipboard -o)\" = newer ]"
end "$other"
end "$target"
ok 'the focus moves before the key is answered: nothing comes by it'

: >"$work/thief"
/usr/bin/python3 "$lab/clipboard_thief.py" >"$work/thief" 2>"$work/thief.log" &
thief=$!
started="$thief $started"
await grep -q '^ready$' "$work/thief"
start_gtk "$work/gtk" --late 200
insert "$work/short"
sleep 1
case $report in
  *held=yes*) [ "$(cat "$work/gtk")" = stolen ] || fail 'not exactly one key pasted' ;;
  *receipt=sent*) same "$work/short" "$work/gtk" || fail 'it was typed, and something was pasted' ;;
  *) fail "the clipboard was taken, but: $report" ;;
esac
end "$target"
end "$thief"
printf 'newer' | xclip -selection clipboard
ok 'another program takes the clipboard: no second key is pressed'

start_gtk "$work/gtk"
kill -STOP "$target"
insert "$work/short"
expect_report "method='paste Ctrl+V' receipt=none held=yes note='Gtk_target.py does not answer: the text is on the clipboard, and it may"
insert "$work/plain"
expect_report "receipt=none held=yes note='Gtk_target.py has not answered since it was sent another text"
kill -CONT "$target"
await same "$work/short" "$work/gtk"
insert "$work/plain"
expect_report 'receipt=target'
cat "$work/short" "$work/plain" >"$work/expected"
await same "$work/expected" "$work/gtk"
kill -STOP "$target"
insert "$work/short"
kill -KILL "$target"
wait "$target" 2>/dev/null
start_gtk "$work/gtk"
insert "$work/plain"
expect_report 'receipt=target'
await same "$work/plain" "$work/gtk"
end "$target"
printf 'newer' | xclip -selection clipboard
ok 'a program that hangs gets the first text when it goes on, and no other in its place; a new one is asked anew'

# Each selection is copied as it is, also where one owner is slow.
printf 'of the mouse' >"$work/mouse"
cat "$work/image" "$work/image" >"$work/big"
start_owner "image/png=$work/big" "UTF8_STRING=$work/former"
clipboard_owner=$owner
start_owner --selection PRIMARY --late 20 "image/png=$work/html" "UTF8_STRING=$work/mouse"
start_xterm "$work/pty"
insert "$work/plain"
expect_report 'receipt=target'
await same "$work/plain" "$work/pty"
end "$clipboard_owner"
end "$owner"
await holds "$work/former" UTF8_STRING
await holds "$work/big" image/png
primary_holds() { timeout 20 xclip -selection primary -o -t "$2" >"$work/got" 2>/dev/null && same "$1" "$work/got"; }
await primary_holds "$work/mouse" UTF8_STRING
await primary_holds "$work/html" image/png
ok 'CLIPBOARD and PRIMARY come back, each with its own'

start_owner --selection PRIMARY --late 1000 --slow image/png "UTF8_STRING=$work/mouse" "image/png=$work/html"
insert "$work/plain"
expect_report 'receipt=target'
await grep -q '^lost$' "$work/owner"
end "$owner"
await primary_holds "$work/mouse" UTF8_STRING
ok 'of a PRIMARY with a format that is late the others come back'

printf 'from the mouse' | xclip -selection primary
await sh -c "[ \"\$(timeout 5 xclip -selection primary -o)\" = 'from the mouse' ]" # xclip may end before PRIMARY is its child's
kill -STOP "$target"
insert "$work/text"
expect_report "method='clipboard' receipt=none held=yes"
kill -CONT "$target"
await sh -c "[ \"\$(timeout 5 xclip -selection primary -o)\" = 'from the mouse' ]"
[ "$(clipboard)" = "$(cat "$work/text")" ] || fail 'the text is not on the clipboard'
end "$target"
ok 'a text is left on the clipboard: PRIMARY is as before'

# It reads the clipboard every half second, whoever pastes.
end_probe
autocutsel -selection CLIPBOARD &
reader=$!
started="$reader $started"
start_probe insert --row XTerm=terminal
says '^ready'
start_xterm "$work/pty"
takes=0
while [ "$takes" -lt 5 ]; do
  takes=$((takes + 1))
  insert "$work/plain"
  case $report in
    *receipt=target*) fail "a reader passed for the target: $report" ;;
    *receipt=someone*) seen=yes ;;
  esac
done
[ "${seen:-}" = yes ] || fail "the reader was never seen: $report"
end "$reader"
end "$target"
end_probe
ok 'another program that reads the clipboard is not the target'

printf secret >"$work/hint"
start_owner "UTF8_STRING=$work/former" "x-kde-passwordManagerHint=$work/hint"
start_probe insert
says '^ready'
start_gtk "$work/gtk"
insert "$work/short"
expect_report "method='type' receipt=sent held=no"
await same "$work/short" "$work/gtk"
insert "$work/text"
expect_report "held=yes note='the clipboard holds a secret, and is left alone"
! grep -q 'asked UTF8_STRING\|lost' "$work/owner" || fail 'a secret was copied, or is lost'
ok 'a secret is neither copied nor lost: the text is typed'

end "$owner"
printf no >"$work/hint"
start_owner --late 400 --slow x-kde-passwordManagerHint "UTF8_STRING=$work/former" "x-kde-passwordManagerHint=$work/hint"
insert "$work/short"
expect_report "method='type' receipt=sent held=no"
! grep -q 'asked UTF8_STRING\|lost' "$work/owner" || fail 'what may be a secret was copied'
ok 'what may be a secret is taken for one'

end "$owner"

# What could not be given back is not taken.
left_alone() { ! grep -q '^lost$' "$work/owner" || fail "the clipboard was taken: $1"; }
start_owner --late 1000 --slow image/png "UTF8_STRING=$work/former" "image/png=$work/html"
insert "$work/short"
expect_report "method='type' receipt=sent held=no"
await holds "$work/former" UTF8_STRING # it has done with what it was asked
insert "$work/text"
expect_report "method='none' receipt=none held=yes note='not all formats of what is on the clipboard come in time, and it is left alone"
await holds "$work/html" image/png
left_alone 'a format is late'
end "$owner"
ok 'a format comes too late: the clipboard is left alone, and that is said'

start_owner --refuse image/png "UTF8_STRING=$work/former" "image/png=$work/html"
insert "$work/short"
expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
await holds "$work/former" UTF8_STRING
end "$owner"
ok 'a format that is refused is no loss'

head -c 67108865 /dev/zero >"$work/large"
start_owner "image/png=$work/large" "UTF8_STRING=$work/former"
inserts_at_last "method='none' receipt=none held=yes note='the clipboard holds more than can be kept, and is left alone"
await holds "$work/former" UTF8_STRING
left_alone 'it is too large'
end "$owner"
rm "$work/large"
ok 'more than 64 MB are left alone'

: >"$work/owner"
"$peer" own "UTF8_STRING=$work/former" "text/html=$work/html" >"$work/owner" 2>&1 &
owner=$!
started="$owner $started"
await grep -q '^owned$' "$work/owner"
insert "$work/short"
expect_report "method='paste Ctrl+V' receipt=target held=no note=''"
await grep -q '^lost$' "$work/owner"
end "$owner"
await holds "$work/former" UTF8_STRING
await holds "$work/html" text/html
ok 'a list of formats that comes in parts is read to its end'

tell remember
says "^remembered 'Gtk"
number=${DISPLAY#:}
end "$xvfb"
forget
tell "insert $work/short"
says '^error: the X display is gone'
tell remember
says "^remembered ''"
tell "insert $work/short"
await sh -c "[ \"\$(grep -c '^error' '$work/probe')\" = 2 ]"
Xvfb ":$number" -screen 0 1024x768x24 -nolisten tcp -noreset -ac 2>"$work/xvfb.log" &
started="$! $started"
await xprop -root
openbox --config-file /dev/null >"$work/openbox.log" 2>&1 &
started="$! $started"
await sh -c 'xprop -root _NET_SUPPORTING_WM_CHECK | grep -q 0x'
start_gtk "$work/gtk"
insert "$work/short"
expect_report 'receipt=target'
await same "$work/short" "$work/gtk"
ok 'the X server ends and comes back: the program goes on'
