#!/bin/sh
# Language models behind the commands, against a stand-in for Ollama: no model, but its shapes and its time.
. "$(dirname -- "$0")/lib.sh"
needs_command node
needs_command sox
unset OLLAMA_HOST
server=
trap 'stop_server; rm -rf "$work"' EXIT

stop_server() {
  [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  server=
}

# serve ARGUMENTS...: another stand-in, at $url, with its requests in $log
serve() {
  stop_server
  log=$work/requests
  rm -f "$log" "$work/url"
  : >"$log"
  node "${DIKTATE_SOURCE:?}/tests/lab/ollama.js" --log "$log" "$@" >"$work/url" &
  server=$!
  tries=0
  until [ -s "$work/url" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || fail 'the stand-in does not start'
    sleep 0.05
  done
  url=$(cat "$work/url")
}

clean() { # text, arguments...
  printf '%s\n' "$1" >"$work/in"
  shift
  status=0
  "${DIKTATE:?}" clean "$@" <"$work/in" >"$out" 2>"$err" || status=$?
}

requests() { grep -c "$1" "$log" || true; }

# Long enough for a busy machine; what is measured is in bench/.
patience='--deadline-ms 30000'

serve --load-ms 50
# shellcheck disable=SC2086 # two words
clean 'um so it works' --processor ollama --model stand-in --endpoint "$url" --json $patience
expect_status 0 'clean by a model'
expect_no_err
json 'first.text === "So it works." && first.processor === "ollama" && first.notes.length === 0'
json '["prompt", "verify"].every(name => first.parts.some(part => part.name === name))'
[ "$(requests '"messages":\[\]')" = 1 ] || fail 'the model is loaded once, before the text is there'
ok 'a model tidies the text'

# shellcheck disable=SC2086
clean 'um send it now press enter' --keys --trailing-space --processor ollama --model stand-in --endpoint "$url" --json $patience
expect_status 0 'keys behind a model'
json 'first.text === "Send it now. " && first.processor === "ollama" && first.actions.map(action => action.key).join() === "Enter"'
ok 'the options of the rules are those of the text that a model gets'

serve --say 'Paris.'
# shellcheck disable=SC2086
clean 'what is the capital of france' --processor ollama --model stand-in --endpoint "$url" $patience
expect_status 0 'an answer'
expect_out '^What is the capital of france$'
expect_err_lines 1
expect_err 'warning: the answer of ollama was not used'
ok 'an answer in place of a cleanup is thrown away'

serve --hang
clean 'it hangs' --processor ollama --model stand-in --endpoint "$url" --deadline-ms 150
expect_status 0 'a server that hangs'
expect_out '^It hangs$'
expect_err 'warning: ollama had no answer in time'
serve --status 500
# shellcheck disable=SC2086
clean 'it breaks' --processor ollama --model stand-in --endpoint "$url" $patience
expect_out '^It breaks$'
expect_err 'failed (500); look at its log$'
if grep -q 'this is what it says' "$err"; then fail 'the words of the server may be those that were dictated'; fi
serve --missing
# shellcheck disable=SC2086
clean 'no model' --processor ollama --model stand-in --endpoint "$url" $patience
expect_out '^No model$'
expect_err 'ollama pull'
gone=$url
stop_server
# shellcheck disable=SC2086
clean 'nobody listens' --processor ollama --model stand-in --endpoint "$gone" $patience
expect_status 0 'a server that is down'
expect_out '^Nobody listens$'
expect_err 'ollama serve'
ok 'whatever happens to the server, the text of the rules is there'

clean 'um as it was said comma x' --processor raw --json
expect_status 0 'the words alone'
json 'first.text === "um as it was said comma x" && first.changes.length === 0 && first.processor === undefined'
clean 'um as it was said comma x' --processor raw --trailing-space
expect_out '^um as it was said comma x $'
ok 'raw is the words as recognised'

serve
OLLAMA_HOST=$url
export OLLAMA_HOST
clean 'nobody was named'
diktate clean --profile professional </dev/null
[ ! -s "$log" ] || fail 'contacted without being named'
diktate llm status --json
expect_status 0 'status'
json 'first.processors[0].reachable && first.processors[0].version === "0.32.15"'
unset OLLAMA_HOST
ok 'nobody is contacted who was not named'

export XDG_CONFIG_HOME="$work/config"
mkdir -p "$XDG_CONFIG_HOME/diktate"
cat >"$XDG_CONFIG_HOME/diktate/config.toml" <<EOF
version = 1
profile = "mine"
[processors.box]
kind = "ollama"
endpoint = "$url"
model = "stand-in"
[profiles.mine]
chain = ["box", "rules"]
deadline_ms = 30000
vocabulary = ["Zoë"]
[profiles.letters]
mode = "professional"
prompt = "Like a pirate: {text}"
EOF
clean 'uh configured' --json
expect_status 0 'the profile of the settings'
json 'first.text === "Configured." && first.processor === "ollama"'
grep -q 'Spell these as written here.*Zoë' "$log" || fail 'the vocabulary is not in the prompt'
diktate prompt show letters
expect_out 'Like a pirate'
expect_out '^{text}$'
diktate prompt show mine --said 'hello' --json
json 'first.profile === "mine" && first.mode === "standard" && first.turns.at(-1).text.includes("hello")'
diktate llm warm --profile mine --json
expect_status 0 'warm'
json 'first.processors[0].name === "box" && first.processors[0].ready'
diktate llm bench --profile mine --runs 3 --json
expect_status 0 'bench'
json 'first.processors[0].warm.length === 3 && first.processors[0].warm.every(run => run.reused)'
json 'first.processors[0].gap_ms.p50 >= 0 && first.processors[0].tokens_per_s > 0'
ok 'profiles and processors of the settings'

cat >>"$XDG_CONFIG_HOME/diktate/config.toml" <<EOF
[processors.openai]
model = "x"
[profiles.both]
chain = ["openai", "box", "rules"]
EOF
diktate llm status --json
expect_status 1 'a processor that is incomplete'
expect_no_err
json 'first.processors.length === 2 && first.processors[0].name === "box" && first.processors[0].reachable'
json '!first.processors[1].reachable && first.processors[1].failure === "bad request" && /no endpoint/.test(first.processors[1].error)'
diktate llm warm --profile both --json
expect_status 1 'a chain with one that is incomplete'
json 'first.processors.map(row => row.ready).join() === "false,true"'
diktate llm status --processor openai
expect_status 2 'one that is named, and incomplete'
expect_no_out
expect_err 'has no endpoint'
ok 'one that is incomplete is a row beside the others'

diktate clean --profile nix </dev/null
expect_status 2 'a profile that does not exist'
expect_err "there is no profile 'nix'; there are standard, .*, mine"
cat >"$XDG_CONFIG_HOME/diktate/config.toml" <<EOF
[processors.gone]
kind = "ollama"
endpoint = "$gone"
[profiles.standard]
chain = ["raw"]
[profiles.late]
chain = ["gone", "raw"]
[profiles.quiet]
mode = "ask"
[profiles.note]
chain = ["rules"]
EOF
clean 'um hi there comma x'
expect_out '^um hi there comma x$'
expect_no_err
clean 'um hi there comma x' --profile late --json
expect_err_lines 1
json 'first.text === "um hi there comma x" && first.processor === "raw" && first.changes.length === 0'
ok 'a chain that ends raw leaves the words as they are'

clean 'um hi there' --profile note
expect_status 0 'a mode without a model'
expect_out '^Hi there$'
expect_err_lines 1
expect_err "^diktate: warning: no language model is set for the profile note: name one in 'chain' of \[profiles.note\] in config.toml$"
for name in quiet ask refine; do
  clean 'um hi there' --profile $name
  expect_status 1 "$name without a model"
  expect_no_out
  expect_err_lines 1
  expect_err "^diktate: no language model is set for the profile $name: "
done
ok 'a mode that needs a model says that none is set'

diktate clean --processor openai </dev/null
expect_status 2 'no endpoint'
expect_err 'has no endpoint'
for endpoint in '' htp:/foo; do
  diktate clean --processor ollama --endpoint "$endpoint" </dev/null
  expect_status 2 "the endpoint '$endpoint'"
  expect_no_out
  expect_err_lines 1
done
diktate clean --processor anthropic </dev/null
expect_status 2 'no model'
expect_err "the processor anthropic has no model; set 'model' of \[processors.anthropic\] in config.toml, or give --model NAME"
for word in status warm bench; do
  diktate llm $word --profile standard
  expect_status 2 'nobody to ask'
  expect_err "(see 'diktate llm $word --help')$"
done
printf '[profiles.standard]\ncleanup = "foo"\n' >"$XDG_CONFIG_HOME/diktate/config.toml"
diktate clean </dev/null
expect_status 1 'a setting that names nothing'
expect_err "^diktate: .*config.toml: \[profiles.standard\] cleanup: unknown cleanup 'foo'; there are standard, [^(]*$"
printf '[processors.box]\nendpont = "x"\n' >"$XDG_CONFIG_HOME/diktate/config.toml"
diktate clean </dev/null
expect_status 1 'a broken configuration'
expect_err "config.toml, line 2: 'endpont' is not a setting of a processor"
expect_err_lines 1
rm "$XDG_CONFIG_HOME/diktate/config.toml"
ok 'what is wrong is named'

serve --status 401
OPENAI_API_KEY=sk-secret-1234
export OPENAI_API_KEY
diktate llm status --processor openai --endpoint "$url" --json
expect_status 1 'no OpenAI'
if grep -q 'secret' "$out" "$err"; then fail 'the key is shown'; fi
json 'first.processors[0].key.set === true && !first.processors[0].reachable'
ok 'keys are never shown'

needs_models
serve --rate 400
# shellcheck disable=SC2086
diktate dictate --from "$jfk" --speed 10 --processor ollama --model stand-in --endpoint "$url" --json $patience
expect_status 0 'a dictation'
json 'first.outcome === "delivered" && first.processor === "ollama" && /country\.$/.test(first.text)'
json '["prompt", "decode", "verify"].every(name => first.spans.some(span => span.name === name && first.spans[span.parent].name === "clean"))'
sox "$jfk" "$jfk" "$jfk" "$jfk" "$work/long.wav"
# shellcheck disable=SC2086
diktate dictate --from "$work/long.wav" --speed 4 --processor ollama --model stand-in --endpoint "$url" --json $patience
expect_status 0 'a long dictation'
json 'first.segments.length >= 4 && first.processor === "ollama"'
json 'first.spans.filter(span => span.name === "clean_piece").length >= 2'
json 'first.text.match(/fellow.americ/gi).length === 4'
ok 'pieces are tidied while the next is spoken'

serve --hang
diktate dictate --from "$jfk" --speed 4 --processor ollama --model stand-in --endpoint "$url" --json --deadline-ms 4000
expect_status 0 'a dictation without an answer'
json 'first.outcome === "delivered_fallback" && first.processor === "rules" && first.notes.length === 1'
json 'first.spans.some(span => span.name === "deadline") && /country/.test(first.text)'
ok 'the deadline delivers the text of the rules'
# shellcheck disable=SC2086
diktate dictate --from "$jfk" --speed 10 --raw --processor ollama --model stand-in --endpoint "$url" --json $patience
expect_status 0 'a raw dictation'
json 'first.outcome === "delivered" && first.text === first.raw_text && /country\.?$/.test(first.clean_text)'
json '!first.spans.some(span => span.name === "deadline")'
ok 'the words as recognised wait for no model'
