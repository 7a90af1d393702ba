#!/bin/sh
# Takes of a second, one after the other: what the clipboard held is there after all of them, and the daemon takes no more than
# after the first ones. many_takes.sh [COUNT [WARM]], WARM takes before those that count. Prints what was seen.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_file "$jfk"
needs_command node
needs_command sox
. "$(dirname -- "$0")/sound.sh"
. "$(dirname -- "$0")/../lab/x11.sh"
needs_x11
count=${1:-$(usually 20 500)}
warm=${2:-$(usually 10 50)}

trap 'end_process "$player"; end_process "$server"; end_all' EXIT

mkdir -p "$XDG_CONFIG_HOME/diktate"
printf '[daemon]\nunload_after_s = 4\n' >"$XDG_CONFIG_HOME/diktate/config.toml"
sox "$jfk" -b 16 "$work/loop.wav" trim 0 10.6 repeat $((20 + (count + warm) / 4))
start_server
start_display
start_gtk "$work/gtk"
printf 'what was copied' >"$work/text"
printf '<b>what</b> was copied' >"$work/html"
head -c 4194304 /dev/urandom >"$work/image"
: >"$work/owner"
/usr/bin/python3 "$lab/clipboard_owner.py" "UTF8_STRING=$work/text" "text/html=$work/html" "image/png=$work/image" \
  >>"$work/owner" 2>"$work/owner.log" &
started="$! $started"
await grep -q '^owned$' "$work/owner"
holds() { # file, target
  timeout 20 xclip -selection clipboard -o -t "$2" >"$work/got" 2>/dev/null && cmp -s "$1" "$work/got"
}

paplay --device=speaker "$work/loop.wav" 2>/dev/null &
player=$!
run timeout $((120 + (count + warm) * 10)) node "$lab/many_takes.js" "$DIKTATE" "$warm" "$count"
expect_status 0 "$count takes"
# shellcheck disable=SC2016 # JavaScript
node -e '
  const [before, after, idle] = require("fs").readFileSync(process.argv[1], "utf8").trim().split("\n").map(line => JSON.parse(line));
  const mib = kb => (kb / 1024).toFixed(1);
  console.log(`${process.argv[2]} takes, ${after.delivered - before.delivered} of them proven: resident ` +
              `${mib(before.resident_kb)} MiB before and ${mib(after.resident_kb)} after them, without pages of files ` +
              `${mib(before.own_kb)} and ${mib(after.own_kb)}, ` +
              `descriptors ${before.descriptors} and ${after.descriptors}; ${mib(idle.resident_kb)} MiB with the models unloaded`);' "$out" "$count"
json "lines[1].lost === 0 && lines[1].delivered - lines[0].delivered >= 0.5 * $count" # the speech has pauses
json "lines[1].typed <= 1 + 0.05 * $count"
ok 'every text is in the window'
json 'lines[1].descriptors === lines[0].descriptors && lines[1].threads === lines[0].threads'
json 'lines[1].own_kb <= lines[0].own_kb + 5 * 1024'
[ "$warm" -lt 50 ] || json 'lines[1].resident_kb <= lines[0].resident_kb + 5 * 1024' # pages of files come as they are used
ok 'the daemon grew by no more than 5 MiB, and by no descriptor'
json 'lines[2].resident_kb <= 40 * 1024'
ok 'with its models unloaded it takes no more than 40 MiB'
for format in UTF8_STRING=text text/html=html image/png=image; do
  await holds "$work/${format#*=}" "${format%%=*}" # the holder takes over when the display knows that the daemon has ended
done
ok 'the clipboard holds text, HTML and an image of 4 MB as before'
