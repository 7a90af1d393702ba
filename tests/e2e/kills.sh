#!/bin/sh
# No word is lost, and the clipboard never empty, whenever the daemon is killed: kills.sh [COUNT [SEED]]. Every second kill falls
# between key up and a moment after the insertion, which the window is slow to take: most of those fall into it. Prints what was left.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
needs_command sox
. "$(dirname -- "$0")/sound.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
needs_x11
count=${1:-$(usually 25 200)}
seed=${2:-1}

trap 'end_process "$server"; end_all' EXIT

sox "$jfk" -b 16 "$work/speech.wav" trim 0 2.35
start_server
start_display
start_gtk "$work/gtk" --late 300

run timeout $((60 + count * 30)) node "$lab/kills.js" "$DIKTATE" "$count" "$seed" "$work/speech.wav"
expect_status 0 "$count kills"
expect_out_lines "$count"
cp "$out" "$work/kills"
# shellcheck disable=SC2016 # JavaScript
node -e '
  const kills = require("fs").readFileSync(process.argv[1], "utf8").trim().split("\n").map(line => JSON.parse(line));
  const counts = name => Object.entries(kills.reduce((all, kill) => ({...all, [kill[name]]: (all[kill[name]] || 0) + 1}), {}))
    .map(([value, times]) => times + " " + value).join(", ");
  const inserting = kill => kill.stage === "clean_text"; // the text was ready, and the take not over
  const lost = kills.filter(kill => kill.where === "unfinished").map(kill => kill.heard_ms - kill.kept_ms);
  console.log(`${kills.length} kills, seed ${process.argv[2]}, ${kills.filter(kill => kill.key_up).length} after key up, ` +
              `${kills.filter(inserting).length} of them in the insertion: takes ${counts("where")}; clipboard ${counts("clipboard")}; ` +
              `sound that was read and is not kept: at most ${Math.max(0, ...lost).toFixed(0)} ms`);' "$work/kills" "$seed"
json 'lines.every(kill => kill.heard_ms === 0 || kill.where !== "none")'
ok 'every take is there'
json 'lines.every(kill => kill.where !== "unfinished" || kill.kept_ms >= kill.heard_ms - 100)'
ok 'with its sound, but for the last 100 ms'
json 'lines.every(kill => kill.clipboard === "old" || kill.clipboard === "dictated")'
ok 'the clipboard is the old one or the text'
json 'lines.every(kill => kill.where !== "history" || /americ/i.test(kill.text))'
json 'lines.some(kill => kill.where === "unfinished" && kill.key_up) && lines.some(kill => kill.where === "unfinished" && !kill.key_up)'
[ "$count" -lt 200 ] || json 'lines.filter(kill => kill.stage === "clean_text").length >= 50'
json 'lines.some(kill => kill.stage === "clean_text")'
ok 'some were killed in the insertion'

run timeout $((60 + count * 20)) "$DIKTATE" recover --all --json
cat "$out" "$work/kills" >"$work/both"
cp "$work/both" "$out"
json '
  const kills = lines.filter(line => "moment_ms" in line), recovered = lines.filter(line => !("moment_ms" in line));
  const whole = kills.filter(kill => kill.where === "unfinished" && kill.kept_ms > 2300);
  recovered.length === kills.filter(kill => kill.where === "unfinished").length &&
    whole.every(kill => recovered.some(take => take.id === kill.id && /americ/i.test(take.text)))'
diktate recover
expect_no_out
ok 'recover has the words of all of them'
