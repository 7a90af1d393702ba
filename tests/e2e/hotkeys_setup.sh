#!/bin/sh
# What is said about a key of the desktop, with configurations of the script's own; no desktop runs.
. "$(dirname -- "$0")/lib.sh"
needs_command node
needs_command gsettings
for schema in desktop.wm.keybindings settings-daemon.plugins.media-keys; do
  gsettings list-keys "org.gnome.$schema" >/dev/null 2>&1 || skip "the settings org.gnome.$schema are not installed"
done
unset SWAYSOCK I3SOCK HYPRLAND_INSTANCE_SIGNATURE XDG_CURRENT_DESKTOP WAYLAND_DISPLAY DISPLAY DBUS_SESSION_BUS_ADDRESS
export HOME="$work/home" GSETTINGS_BACKEND=keyfile
mkdir -p "$HOME" "$XDG_CONFIG_HOME/sway/more" "$XDG_CONFIG_HOME/i3" "$XDG_CONFIG_HOME/hypr"

diktate hotkeys setup
expect_status 1 'no session'
expect_no_out
expect_err_lines 1
expect_err 'name one with --for'
diktate hotkeys setup --for beos
expect_status 2 'no such desktop'
expect_err "'beos' is none of gnome, kde, sway"
diktate hotkeys setup --for sway --key Hyper+X
expect_status 2 'no such key'
expect_err "'Hyper' is no modifier.*(see 'diktate hotkeys setup --help')$"
for desktop in gnome sway; do
  diktate hotkeys setup --for $desktop --key Super+Foo
  expect_status 2 'no key of that name'
  expect_no_out
  expect_err "there is no key called 'Foo' (Super+Foo); try D, F9 or space (see 'diktate hotkeys setup --help')$"
done
diktate hotkeys setup --for sway --key a
expect_status 0 'a key for typing'
expect_err_lines 1
expect_err "^diktate: warning: 'a' is a key for typing: "
diktate hotkeys setup --for sway --key F9
expect_no_err
ok 'wrong use'

diktate hotkeys setup --for hyprland
expect_status 0 'no configuration'
expect_out "^looked at  nothing: there is no $XDG_CONFIG_HOME/hypr/hyprland.conf; whether these keys are free is not known$"
diktate hotkeys setup --for x11
expect_out '^looked at  nothing: its keys cannot be read; whether'
ok 'what is not there is said'

# shellcheck disable=SC2016 # a variable of sway
printf 'set $mod Mod4\ninclude more/*\n' >"$XDG_CONFIG_HOME/sway/config"
# shellcheck disable=SC2016
printf 'bindsym $mod+Mod1+d exec wofi\n' >"$XDG_CONFIG_HOME/sway/more/menu"
run env SWAYSOCK=/nowhere "$DIKTATE" hotkeys setup
expect_status 0 'sway'
expect_no_err
expect_out '^conflict   Super+Alt+D is taken: exec wofi$'
expect_out '^key        Super+Ctrl+D$'
expect_out '^bindsym --no-repeat Mod4+Ctrl+d exec /.*/bin/diktate start$'
expect_out '^bindsym --release Mod4+Ctrl+d exec /.*/bin/diktate finish$'
expect_out '^last text  Super+Alt+V$'
expect_out '^bindsym --no-repeat Mod4+Mod1+v exec /.*/bin/diktate last$'
expect_out '^cancel     Super+Alt+Escape$'
expect_out '^bindsym --no-repeat Mod4+Mod1+Escape exec /.*/bin/diktate cancel$'
expect_out '^swap       Super+Alt+S$'
expect_out "^For another profile bind '/.*/bin/diktate toggle --profile NAME' to a key"
expect_out '^No profile asks a model to: refine, ask, translate, note\. With \[profiles\.refine\]'
diktate hotkeys setup --for sway --json
json 'first.desktop === "sway" && first.keys === "Super+Ctrl+D" && first.free && first.push_to_talk && !first.daemon_listens'
json 'first.conflicts.length === 1 && first.conflicts[0].keys === "Super+Alt+D" && first.read.length === 2'
diktate hotkeys setup --for sway --key Super+Alt+d
expect_out '^key        Super+Alt+d (taken: choose another with --key)$'
ok 'sway: its configuration is read, with what it includes'

printf 'bindsym Mod4+Mod1+v exec clipman\n' >>"$XDG_CONFIG_HOME/sway/more/menu"
diktate hotkeys setup --for sway --json
json 'first.last.keys === "Super+Ctrl+V" && first.last.conflicts[0].what === "exec clipman" && first.cancel.free'
ok 'sway: the last text and cancel have keys that are free'

mkdir -p "$XDG_CONFIG_HOME/diktate"
cat >"$XDG_CONFIG_HOME/diktate/config.toml" <<'END'
[profiles.translate]
chain = ["ollama", "rules"]
[profiles.proper]
mode = "refine"
chain = ["ollama", "rules"]
END
printf 'bindsym Mod4+Mod1+t exec foot\n' >>"$XDG_CONFIG_HOME/sway/more/menu"
diktate hotkeys setup --for sway
expect_status 0 'profiles'
expect_no_err
expect_out '^proper     Super+Alt+R$'
expect_out '^conflict   Super+Alt+T is taken: exec foot$'
expect_out '^translate  Super+Ctrl+T$'
expect_out '^bindsym --no-repeat Mod4+Ctrl+t exec /.*/bin/diktate start --profile translate$'
expect_out '^bindsym --release Mod4+Ctrl+t exec /.*/bin/diktate finish$'
expect_out '^No profile asks a model to: ask, note\. With \[profiles\.ask\]'
diktate hotkeys setup --for sway --json
json 'first.swap.keys === "Super+Alt+S" && first.profiles.map(profile => profile.name + profile.keys).join() === "properSuper+Alt+R,translateSuper+Ctrl+T"'
json 'first.profiles[1].conflicts[0].what === "exec foot"'
for desktop in hyprland i3 kde gnome x11; do
  diktate hotkeys setup --for $desktop --json
  json '/--profile translate|translate = "Super\+Alt\+T"/.test(first.snippet) && first.profiles.length === 2'
done
printf '[profiles.translate]\nmode = "sing"\n' >"$XDG_CONFIG_HOME/diktate/config.toml"
diktate hotkeys setup --for sway
expect_status 0 'wrong settings'
expect_err_lines 1
expect_err 'no keys for profiles are proposed$'
rm "$XDG_CONFIG_HOME/diktate/config.toml"
ok 'profiles that ask a model have keys that are free'

printf 'bind = SUPER_ALT, D, exec, wofi\n' >"$XDG_CONFIG_HOME/hypr/hyprland.conf"
diktate hotkeys setup --for hyprland --json
json 'first.keys === "Super+Ctrl+D" && /^bindr = SUPER CTRL, D, exec, .*diktate finish$/m.test(first.snippet)'
printf 'bindsym Mod4+Mod1+d exec dmenu\n' >"$XDG_CONFIG_HOME/i3/config"
run env XDG_CURRENT_DESKTOP=i3 DISPLAY=:99 "$DIKTATE" hotkeys setup
expect_out '^The daemon listens for Super+Ctrl+D itself here'
printf '[kwin]\nMenu=Meta+Alt+D,none,Open the menu\n' >"$XDG_CONFIG_HOME/kglobalshortcutsrc"
run env XDG_CURRENT_DESKTOP=KDE WAYLAND_DISPLAY=wayland-0 "$DIKTATE" hotkeys setup
expect_out '^conflict   Super+Alt+D is taken: Open the menu$'
expect_out '^shortcut  Meta+Ctrl+D$'
expect_out '^shortcut  Meta+Alt+V$'
ok 'Hyprland, i3, KDE'

diktate hotkeys setup --for gnome --json
json 'first.keys === "Super+Alt+D" && first.read.join() === "gsettings" && first.conflicts.length === 0'
gsettings set org.gnome.desktop.wm.keybindings close "['<Alt>F4', '<Super><Alt>d']"
keys=org.gnome.settings-daemon.plugins.media-keys
gsettings set $keys custom-keybindings "['/org/gnome/mine/']"
gsettings set $keys.custom-keybinding:/org/gnome/mine/ binding '<Primary><Super>d'
diktate hotkeys setup --for gnome --json
json 'first.keys === "Super+Shift+D" && /wm.keybindings close/.test(first.conflicts[0].what) && /media-keys.custom-keybinding/.test(first.conflicts[1].what)'
node -e 'process.stdout.write(JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).snippet)' "$out" >"$work/snippet"
run sh "$work/snippet"
expect_status 0 'the lines for GNOME'
expect_no_err
run gsettings get $keys custom-keybindings
expect_out "^\['/org/gnome/mine/', '/org/.*/custom-keybindings/diktate/', '/org/.*/custom-keybindings/diktate-last/', '/org/.*/custom-keybindings/diktate-swap/'\]$"
ours=$keys.custom-keybinding:/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/diktate/
run gsettings get "$ours" binding
expect_out '^'"'<Super><Shift>d'"'$'
run gsettings get "$ours" command
expect_out "/bin/diktate toggle'$"
run gsettings get "${ours%/}-last/" command
expect_out "/bin/diktate last'$"
ok 'GNOME: its settings are read, and the lines make a shortcut beside those that are there'
