#!/bin/sh
# diktate insert test: on a display, and without one.
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
needs_x11
needs_command node

# What stands of the methods of a backend, or of a method of it.
of() { # backend, condition in JavaScript about `all`, a list
  json "(all => $2)(first.methods.filter(m => m.backend === '$1'))"
}

run timeout 60 "$DIKTATE" insert test --json
expect_status 1 'without a display'
json 'first.methods.every(m => !m.found && !m.tried && !m.works)'
of wayland 'all.length > 0 && all.every(m => m.why === "there is no Wayland compositor: WAYLAND_DISPLAY is not set")'
of portal 'all.length > 0 && all.every(m => /session bus|portal/.test(m.why))'
of x11 'all.length > 0 && all.every(m => m.why === "there is no X display: DISPLAY is not set")'
run timeout 60 "$DIKTATE" insert test --command 'cat >/dev/null'
expect_status 0 'a command needs no display'
expect_out '^command  *command  *works (sent)'
expect_out '^x11  *paste Ctrl+V  *not found  *there is no X display: DISPLAY is not set'
expect_no_err
run timeout 60 "$DIKTATE" insert test --command '/nonexistent/x y'
expect_status 1 'a command that is not there'
expect_out "^command .* refused  *the insert command '/nonexistent/x y' failed with exit code 127$"
run timeout 60 "$DIKTATE" insert test
expect_out "^command .* not found  *no command is set: neither 'command' of \[insert\] in config.toml nor --command$"
mkdir -p "$XDG_CONFIG_HOME/diktate"
printf '[insert]\ncommand = ["touch", "%s"]\n' "$work/touched" >"$XDG_CONFIG_HOME/diktate/config.toml"
run timeout 60 "$DIKTATE" insert test
expect_out "^command .* not tried  *the settings have 'touch $work/touched', which "
expect_no_err
[ ! -e "$work/touched" ] || fail 'nobody named the command that was run'
echo '[insert' >"$XDG_CONFIG_HOME/diktate/config.toml"
run timeout 60 "$DIKTATE" insert test
expect_err '^diktate: warning: .*/config.toml, line 1: '
rm "$XDG_CONFIG_HOME/diktate/config.toml"
ok 'without a display'

start_display
printf 'former' | xclip -selection clipboard
run timeout 60 "$DIKTATE" insert test --json
expect_status 0 'on a display'
of wayland 'all.length > 0 && all.every(m => !m.found)'
of x11 'all.map(m => m.method).join() === "paste Ctrl+V,paste Shift+Insert,paste Ctrl+Shift+V,paste selection Shift+Insert,type"'
of x11 'all.slice(0, 4).every(m => m.found && m.tried && m.works && m.receipt === "target" && m.why === "")'
of x11 'all[4].works && all[4].receipt === "sent"'
of clipboard 'all[0].found && !all[0].tried'
of command '!all[0].found'
ok 'each method is tried on a window of its own'

xterm -T other -e sleep 600 2>"$work/xterm.log" &
started="$! $started"
focus other
xdotool keydown Control_L
run timeout 120 "$DIKTATE" insert test --json
xdotool keyup Control_L
expect_status 1 'a held modifier'
of x11 'all.every(m => m.found && m.tried && !m.works && /modifier/.test(m.why))'
ok 'what is refused says why'
