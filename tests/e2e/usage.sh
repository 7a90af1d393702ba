#!/bin/sh
# The command line: help, version, and what is wrong with it in one line.
. "$(dirname -- "$0")/lib.sh"

for arguments in '--help' 'transcribe --help' 'dictate --help' 'daemon --help' 'start --help' 'status --help' 'mic --help' 'mic test --help' 'insert --help' 'insert test --help' 'hotkeys --help' 'hotkeys setup --help' 'hotkeys test --help' 'swap --help' 'clean --help' 'models --help' 'models prepare --help' 'recover --help' 'history --help' 'dictionary --help' 'dictionary add --help' 'net --help' 'net probe --help'; do
  # shellcheck disable=SC2086 # several words on purpose
  diktate $arguments
  expect_status 0 "$arguments"
  expect_out 'usage: diktate'
  expect_no_err
done
ok 'help'

diktate dictate --help
expect_out 'Ctrl-C after that throws it away'
diktate swap --help
expect_out "a model's text that came late"
diktate status --help
expect_out '--follow .*every change'
ok 'help is true'

diktate --version
expect_status 0 'version'
expect_out '^diktate [0-9]*\.[0-9]*\.[0-9]*$'
expect_out_lines 1
ok 'version'

for arguments in '--help' '--version' 'transcribe --help' 'start --help'; do
  run sh -c "\"\$DIKTATE\" $arguments >/dev/full"
  expect_status 1 "$arguments, on a full disk"
  expect_err_lines 1
  expect_err '^diktate: cannot write to standard output'
done
ok 'help that cannot be written'

while read -r arguments; do
  # shellcheck disable=SC2086 # several words on purpose
  diktate $arguments
  expect_status 2 "'$arguments'"
  expect_no_out
  expect_err_lines 1
  expect_err "^diktate: .*(see 'diktate .*--help')$"
done <<'EOF'

--bogus
frobnicate
net
net probe
net probe localhost:1 --nope
transcribe
transcribe a.wav --nope
transcribe a.wav --format xml
transcribe a.wav --json --format srt
transcribe a.wav --json=x
transcribe a.wav --raw=no
transcribe a.wav b.wav --format vtt
transcribe a.wav --threads -1
transcribe a.wav --engine whisper
dictate --private --from a.wav
recover --finish one
recover --finish 1 --discard 2
recover --all --finish 1
recover --finish 0
recover --discard one
history --limit 0
history --limit 1 --limit 2
history --wipe --json
transcribe - --encoding mp3
transcribe - --rate 5
transcribe - --channels 0
dictate --from
dictate --speed 2
dictate --sequential
dictate --rate 8000
dictate --max-take 0
dictate --from a.wav --source x
dictate --from a.wav --max-take 5
daemon surplus
start surplus
start --profile
start --profile=
cancel --profile=code
start --json=x
finish --json
status --wait
last --follow
mic
mic frobnicate
mic test --seconds 0
mic test --source
mic list surplus
dictate --from a.wav --speed 0
dictate --from a.wav --speed nan
dictate --from a.wav surplus
clean --profile fancy
clean --language xx
clean surplus
hotkeys test --method none
clean --deadline-ms 60001
clean --deadline-ms -1
llm status --language en
llm status --deadline-ms 5
llm warm --language en
llm warm --deadline-ms 5
llm bench --language en
llm bench --deadline-ms 5
models frobnicate
models prepare --to
dictionary
dictionary frobnicate
dictionary add
dictionary add spoken
dictionary add --word spoken written
dictionary add --word --snippet spoken
dictionary add spoken written surplus
dictionary remove
dictionary test
dictionary test --language xx text
dictionary import
dictionary import words.txt
dictionary export --format xml
EOF
ok 'wrong uses'

# Arguments, then what is said of them and the command whose help is named.
while IFS='|' read -r arguments said named; do
  # shellcheck disable=SC2086 # several words on purpose
  diktate $arguments
  expect_status 2 "'$arguments'"
  expect_err_lines 1
  expect_err "^diktate: $said (see '$named --help')$"
done <<'EOF'
--bogus|'--bogus' is not understood here|diktate
frobnicate|there is no command 'frobnicate'|diktate
help transcribe|there is no command 'help'|diktate
mic|a command is missing|diktate mic
mic bogus|'bogus' is not understood here|diktate mic
mic --json list|'--json' is not understood here|diktate mic
llm statsu|'statsu' is not understood here|diktate llm
net prob http://x|'prob' is not understood here|diktate net
hotkeys setpu|'setpu' is not understood here|diktate hotkeys
models bogus list|'bogus' is not understood here|diktate models
transcribe|FILE is required|diktate transcribe
transcribe -x|'-x' is not understood here|diktate transcribe
verify --sayd a|'--sayd' is not understood here|diktate verify
clean --profile|--profile needs a value|diktate clean
clean --profile code --profile raw|--profile is given more than once|diktate clean
transcribe a.wav --json=x|--json takes no value|diktate transcribe
recover --finish x|--finish: 'x' is not the number of a take|diktate recover
recover --discard 1.5|--discard: '1.5' is not the number of a take|diktate recover
clean --deadline-ms x|--deadline-ms: 'x' is not a number from 0 to 60000|diktate clean
EOF
ok 'what is wrong is named, with the help to read'

run env -u DISPLAY -u WAYLAND_DISPLAY "$DIKTATE" hotkeys test --key Nope
expect_status 2 'a key that is none, without a display'
expect_err_lines 1
expect_err "there is no key called 'Nope'.*(see 'diktate hotkeys test --help')$"
run env -u DISPLAY -u WAYLAND_DISPLAY "$DIKTATE" hotkeys test
expect_status 1 'no display'
expect_err 'DISPLAY is not set$'
ok 'hotkeys test without a display'

for word in daemon status; do
  run env XDG_RUNTIME_DIR=relative timeout 60 "$DIKTATE" $word
  expect_status 1 'a runtime folder that is relative'
  expect_err_lines 1
  expect_err "^diktate: XDG_RUNTIME_DIR is 'relative', which is no absolute path; try: export XDG_RUNTIME_DIR="
done
ok 'a runtime folder that is relative is called so'

mkdir -m 700 "$work/run"
for arguments in '--profile code' '--profile=code'; do
  # shellcheck disable=SC2086 # two words, or one
  run env XDG_RUNTIME_DIR="$work/run" "$DIKTATE" start $arguments
  expect_status 1 "start $arguments"
  expect_err 'diktate daemon'
done
ok 'the client takes the value of an option in both ways'
