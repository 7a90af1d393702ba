#!/bin/sh
# No word is cut: the first one where the key comes after it began (preroll_ms), the last one where the key goes up right after
# it. key_times.sh [COUNT]: so many takes of each; prints how many kept their word, and the time to the first sample.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
needs_command sox
. "$(dirname -- "$0")/sound.sh"
count=${1:-$(usually 3 20)}

daemon=
trap 'end_process "$daemon"; end_process "$player"; end_process "$server"; rm -rf "$work"' EXIT

# "And so my fellow Americans": from the first sound to the last.
sox "$jfk" -b 16 "$work/phrase.wav" remix 1 rate 16000 trim 0 2.35 silence 1 0.01 1% reverse silence 1 0.01 1% reverse

with_preroll() { # milliseconds: a daemon with it, its models loaded
  end_process "$daemon"
  mkdir -p "$XDG_CONFIG_HOME/diktate"
  cat >"$XDG_CONFIG_HOME/diktate/config.toml" <<END
[daemon]
preroll_ms = $1
[privacy]
level = 3
[insert]
method = 'none'
[hotkeys]
method = 'none'
END
  "$DIKTATE" daemon >"$work/daemon.log" 2>&1 &
  daemon=$!
  tries=0
  until "$DIKTATE" status --json 2>"$err" | grep -q '"models":"loaded"'; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || { cat "$work/daemon.log"; fail 'the models are not loaded'; }
    sleep 0.1
  done
}

takes() { # first|last, preroll
  run timeout $((300 + count * 20)) node "$(dirname -- "$0")/../lab/key_times.js" "$DIKTATE" "$work/phrase.wav" "$1" "$count" "$2"
  expect_status 0 "takes with the key at the $1 word"
  expect_out_lines "$count"
}

kept() { # expression over a take, in words: prints of how many it holds
  # shellcheck disable=SC2016 # JavaScript
  node -e '
    const lines = require("fs").readFileSync(process.argv[1], "utf8").trim().split("\n").map(line => JSON.parse(line));
    const kept = lines.filter(take => eval(process.argv[2])).length;
    const keys = lines.map(take => take.key_ms).sort((a, b) => a - b);
    const first = lines.map(take => take.first_sample_ms).sort((a, b) => a - b);
    const p95 = first[Math.min(first.length - 1, Math.floor(first.length * 0.95))];
    console.log(`${process.argv[3]}: ${kept} of ${lines.length}; key ${keys[0]} to ${keys[keys.length - 1]} ms after; ` +
                `first sample after key down p50 ${first[first.length >> 1]} ms, p95 ${p95} ms`);' "$out" "$1" "$2"
}

start_server
with_preroll 300
"$DIKTATE" status | grep -q 'the microphone is on between takes' || fail 'status does not say that the microphone is on'
takes first 300
kept '/^and so my/i.test(take.text)' 'first word kept, with 300 ms of pre-roll'
json 'lines.every(take => /^and so my/i.test(take.text))'
json 'lines.every(take => take.key_ms > -100 && take.key_ms < 350)'
ok 'the first word is whole although the key came after its beginning'

takes last 300
kept '/americ\w*\W*$/i.test(take.text)' 'last word kept'
json 'lines.every(take => /fellow.americ\w*\W*$/i.test(take.text))'
ok 'the last word is whole although the key went up with it'

with_preroll 0
takes last 0
kept '/americ\w*\W*$/i.test(take.text)' 'last word kept, without pre-roll'
json 'lines.every(take => /fellow.americ\w*\W*$/i.test(take.text))'
ok 'a microphone that is off between takes'
