#!/bin/sh
# A language model that answers after its deadline: the text of the rules is there in time, and the better one is swapped in.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
. "$(dirname -- "$0")/sound.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
needs_x11

daemon=
model=
follower=
trap 'end_process "$follower"; end_process "$daemon"; end_process "$model"; end_process "$player"; end_process "$server"; end_all' EXIT
log=$work/daemon.log
has() { grep -q -i "$1" "$2"; }
is_well() { has_status '"models":"loaded".*"degraded":\[\]'; }
better='Better: and so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.'
node "$lab/ollama.js" --loaded --log "$work/requests" --say "$better" --gate "$work/gate" >"$work/url" &
model=$!
await test -s "$work/url"
mkdir "$XDG_CONFIG_HOME/diktate"
cat >"$XDG_CONFIG_HOME/diktate/config.toml" <<END
profile = "late"
[processors.box]
kind = "ollama"
endpoint = "$(cat "$work/url")"
model = "stand-in"
[processors.gone]
kind = "ollama"
endpoint = "http://127.0.0.1:1"
model = "none"
[profiles.ask]
chain = ["gone"]
[profiles.late]
mode = "prompt"
chain = ["box", "rules"]
deadline_ms = 8000
END

start_server
start_display
start_daemon
await is_well
timeout 500 "$DIKTATE" status --follow --json >"$work/events" 2>&1 &
follower=$!
start_gtk "$work/gtk"
await test -s "$work/events"
xdotool key super+alt+d
await_recording
play
played
limited finish --wait --json
expect_status 0 'a take'
json 'first.outcome === "delivered_fallback" && first.processor === "rules" && first.late_text === null'
await has 'fellow americ' "$work/gtk"
if has better "$work/gtk"; then fail 'the answer was not late'; fi
ok 'the text of the rules is there in time'

: >"$work/gate"
await has '"event":"late"' "$work/events"
grep '"event":"late"' "$work/events" >"$out"
json 'first.data.take === 1 && /^Better: /.test(first.data.text) && first.data.processor === "ollama"'
xdotool key super+alt+s
await has '^Better: ' "$work/gtk"
[ "$(grep -o -i 'fellow americ' "$work/gtk" | wc -l)" = 1 ] || fail 'the text is there twice'
limited last --json
json '/^Better: /.test(first.late_text) && !/Better/.test(first.clean_text)'
limited swap
expect_status 0 'swap back'
gone() { ! has better "$work/gtk"; }
await gone
has 'fellow americ' "$work/gtk" || fail 'the text of the rules is not back'
limited swap --json
json 'first.receipt === "target" && /^Better: /.test(first.text)'
await has '^Better: ' "$work/gtk"
ok 'the better text comes in its place by one key, and goes again'

limited start --profile ask
await_recording
play
played
limited finish --wait --json
expect_status 1 'a question without an answer'
json 'first.outcome === "failed" && first.clean_text === "" && /fellow americ/i.test(first.raw_text)'
limited last --print
expect_status 0 'its words'
expect_out '^and so my fellow americ'
ok 'the words of a question that has no answer are not lost'

kept_in_a_file() { grep -r -q 'Better: ' "$XDG_DATA_HOME" "$XDG_STATE_HOME" "$XDG_RUNTIME_DIR" "$log" 2>/dev/null; }
if kept_in_a_file; then fail 'the late text is in a file'; fi
ok 'it is in memory alone'
