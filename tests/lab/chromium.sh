# shellcheck shell=sh
# Chromium as a window to write in: sourced after x11.sh or wayland.sh.
# shellcheck disable=SC2154 # $work, $lab and $started are theirs
has_chromium() { command -v chromium >/dev/null && command -v node >/dev/null; }

start_chromium() { # file that gets the text of its page
  rm -f "$1"
  : >"$work/page"
  node "$lab/page_target.js" "$1" >"$work/page" 4>&- &
  started="$! $started"
  await test -s "$work/page"
  # Without a sandbox, which it refuses to root; and a profile of its own, asking nothing.
  chromium --no-sandbox --disable-gpu --no-first-run --password-store=basic --disable-background-networking --disable-component-update \
    --ozone-platform="${WAYLAND_DISPLAY:+wayland}${DISPLAY:+x11}" --user-data-dir="$work/chromium" --app="$(cat "$work/page")" \
    >"$work/chromium.log" 2>&1 4>&- &
  target=$!
  started="$target $started"
  await test -e "$1"
  focus target
}
