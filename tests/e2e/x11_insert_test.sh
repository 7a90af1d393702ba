#!/bin/sh
# diktate insert test: on a display, and without one.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
needs_x11
needs_command node

run timeout 60 "$DIKTATE" insert test --json
expect_status 1 'without a display'
json 'first.methods.every(m => !m.found && !m.tried && !m.works)'
json 'first.methods[0].why === "there is no Wayland compositor: WAYLAND_DISPLAY is not set"'
json 'first.methods[3].backend === "portal" && /session bus|portal/.test(first.methods[3].why)'
json 'first.methods[4].why === "there is no X display: DISPLAY is not set"'
run timeout 60 "$DIKTATE" insert test --command 'cat >/dev/null'
expect_status 0 'a command needs no display'
expect_out '^command  *command  *works (sent)'
expect_out '^x11  *paste Ctrl+V  *not found  *there is no X display: DISPLAY is not set'
ok 'without a display'

start_display
printf 'former' | xclip -selection clipboard
run timeout 60 "$DIKTATE" insert test --json
expect_status 0 'on a display'
json 'first.methods.slice(0, 3).every(m => m.backend === "wayland" && !m.found)'
json 'first.methods.slice(4).map(m => m.method).join() === "paste Ctrl+V,paste Shift+Insert,paste Ctrl+Shift+V,paste selection Shift+Insert,type,clipboard,command"'
json 'first.methods.slice(4, 8).every(m => m.found && m.tried && m.works && m.receipt === "target" && m.why === "")'
json 'first.methods[8].works && first.methods[8].receipt === "sent"'
json 'first.methods[9].found && !first.methods[9].tried && !first.methods[10].found'
ok 'each method is tried on a window of its own'

xterm -T other -e sleep 600 2>"$work/xterm.log" &
started="$! $started"
focus other
xdotool keydown Control_L
run timeout 120 "$DIKTATE" insert test --json
xdotool keyup Control_L
expect_status 1 'a held modifier'
json 'first.methods.slice(4, 9).every(m => m.found && m.tried && !m.works && /modifier/.test(m.why))'
ok 'what is refused says why'
