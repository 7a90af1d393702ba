# shellcheck shell=sh
# What the end-to-end scripts share: sourced by each, with the program in DIKTATE and its models in DIKTATE_MODELS.
# run COMMAND... leaves its exit code in $status, its output in $out (a file), its messages in $err (a file).
set -u

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out=$work/out
err=$work/err
status=0
export XDG_CACHE_HOME="${DIKTATE_BUILD:?}/e2e-cache" XDG_DATA_HOME="$work/data" XDG_CONFIG_HOME="$work/config" XDG_STATE_HOME="$work/state"
# shellcheck disable=SC2034 # the scripts use it
jfk=${DIKTATE_JFK:?}

fail() {
  printf 'FAILED: %s\n' "$*"
  printf '%s\n' "exit code $status; standard output:" && head -c 4000 "$out"
  printf '%s\n' 'standard error:' && head -c 4000 "$err"
  if [ -e "${log:-}" ]; then printf '%s\n' 'log:' && tail -n 20 "$log"; fi
  if [ -n "${daemon:-}" ] && ! kill -0 "$daemon" 2>/dev/null; then
    wait "$daemon"
    printf 'the daemon is gone: %s\n' "$?"
  fi
  exit 1
}

ok() { printf 'ok: %s\n' "$*"; }

# A test that cannot run says so; where none may be skipped it fails.
skip() {
  printf 'cannot run: %s\n' "$*"
  if [ -n "${DIKTATE_NO_SKIP:-}" ]; then exit 1; fi
  exit 77
}

# What a test tries with a tool that may be missing: the rest goes on, and skip_untried at its end says what was not tried.
untried=
has_tool() { # command
  command -v "$1" >/dev/null && return
  untried="$untried $1"
  return 1
}
skip_untried() { [ -z "$untried" ] || skip "the parts that need what is not installed:$untried"; }

needs_command() { command -v "$1" >/dev/null || skip "$1 is not installed"; }
needs_file() { [ -e "$1" ] || skip "$1 is missing"; }
needs_models() { needs_file "${DIKTATE_MODELS:?}/moonshine-base/encoder.onnx"; }

# How many takes, where the caller named none: the second number with ./dev e2e --full.
usually() { if [ -n "${DIKTATE_FULL:-}" ]; then echo "$2"; else echo "$1"; fi; }

run() {
  status=0
  "$@" >"$out" 2>"$err" || status=$?
}

diktate() { run "${DIKTATE:?}" "$@"; }
limited() { run timeout 120 "$DIKTATE" "$@"; }  # where it could hang

# Asks until it is so, for a minute at most.
await() { # command...
  tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -gt 1200 ]; then
      for last in probe status; do [ ! -e "$work/$last" ] || { printf 'the last %s: ' "$last" && cat "$work/$last"; }; done
      fail "waited in vain for: $*"
    fi
    sleep 0.05
  done
}

# Whether the daemon's status has this. What it was is shown where this was awaited in vain.
has_status() { # regular expression
  "$DIKTATE" status --json >"$work/status" 2>&1
  grep -q -e "$1" "$work/status"
}

expect_status() { [ "$status" = "$1" ] || fail "exit code $1 expected: $2"; }
expect_out() { grep -q -i -- "$1" "$out" || fail "'$1' expected on standard output"; }
expect_err() { grep -q -- "$1" "$err" || fail "'$1' expected on standard error"; }
expect_no_out() { [ ! -s "$out" ] || fail "nothing expected on standard output"; }
expect_no_err() { [ ! -s "$err" ] || fail "nothing expected on standard error"; }
expect_err_lines() { [ "$(wc -l <"$err")" = "$1" ] || fail "$1 lines expected on standard error"; }
expect_out_lines() { [ "$(wc -l <"$out")" = "$1" ] || fail "$1 lines expected on standard output"; }

# json EXPRESSION: a JavaScript expression over `lines`, the parsed lines of the output, that must be true.
json() {
  node -e '
    const fs = require("fs");
    const lines = fs.readFileSync(process.argv[1], "utf8").trim().split("\n").map(line => JSON.parse(line));
    const [first] = lines;
    process.exit(eval(process.argv[2]) === true ? 0 : 1);' "$out" "$1" || fail "does not hold: $1"
}
