# shellcheck shell=sh
# What inserts text, driven by words, and the processes of a script that ends them with itself: sourced by x11.sh and wayland.sh.
# What a script starts is in $started, a list of processes.
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

needs_gtk() {
  # The system's Python, not another one that may come first.
  /usr/bin/python3 -c 'import gi; gi.require_version("Gtk", "3.0"); from gi.repository import Gtk' 2>/dev/null ||
    skip 'python3-gi with gir1.2-gtk-3.0 is not installed'
}

# The inserter, or the hotkeys, in a process that goes on until `end_probe`.
start_probe() { # arguments of desktop_probe...
  needs_file "$probe"
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
# Asks what is wrong with the inserter until it says that; '' is nothing.
problem_is_at_last() { # what it is to say
  tries=0
  while :; do
    count=$(grep -c '^problem' "$work/probe")
    tell problem
    await sh -c "[ \"\$(grep -c '^problem' '$work/probe')\" -gt $count ]"
    problem=$(grep '^problem' "$work/probe" | tail -n 1)
    [ "$problem" != "problem '$1'" ] || return 0
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || fail "the problem '$1' expected, but: $problem"
    sleep 0.1
  done
}
# Inserts the text in $work/text until it comes out so: what is asked of the desktop is answered at its own time.
inserts_at_last() { # what must be in the report
  tries=0
  while :; do
    insert "$work/text"
    case $report in *"$1"*) return ;; esac
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || expect_report "$1"
    sleep 0.1
  done
}
