#!/bin/sh
# Text on standard input to clean text on standard output.
. "$(dirname -- "$0")/lib.sh"
needs_command node

clean() { # text, arguments...: cleans it
  printf '%s\n' "$1" >"$work/in"
  shift
  status=0
  "${DIKTATE:?}" clean "$@" <"$work/in" >"$out" 2>"$err" || status=$?
}

clean 'um send it to anna no wait to ben period new line we need twenty three chairs'
expect_status 0 'clean'
expect_no_err
[ "$(cat "$out")" = 'Send it to ben.
We need 23 chairs' ] || fail 'the clean text'
ok 'text'

clean 'Um, hello, comma, world.' --json
expect_status 0 'json'
json 'lines.length === 1 && first.text === "Hello, world."'
json 'Object.keys(first).join() === "text,changes,actions" && first.actions.length === 0'
json 'first.changes.some(c => c.rule === "hesitation" && c.from === "Um," && c.to === "")'
ok 'json'

clean 'send it press enter' --keys --json
json 'first.text === "Send it" && first.actions[0].kind === "key" && first.actions[0].key === "Enter"'
clean 'send it press enter' --json
json 'first.text === "Send it press enter" && first.actions.length === 0'
ok 'keys only where they are allowed'

clean 'the the report' --explain
expect_err '^repeat  *"the" -> ""$'
expect_out '^The report$'
ok 'explain'

clean 'And this.' --before 'we know that'
[ "$(cat "$out")" = ' and this.' ] || fail 'it goes on'
clean 'snake case foo bar' --profile code
expect_out '^foo_bar$'
clean 'hola coma mundo' --language es
expect_out '^Hola, mundo$'
ok 'before, profile, language'

printf 'a\033[31mb\302\233c\377d\n' >"$work/in"
run sh -c '"$DIKTATE" clean --profile raw <"$1"' sh "$work/in"
expect_status 0 'hostile bytes'
if LC_ALL=C grep -q "$(printf '[\001-\010\013-\037]')" "$out"; then fail 'control characters'; fi
ok 'hostile bytes'

export XDG_CONFIG_HOME="$work/config"
mkdir -p "$XDG_CONFIG_HOME/diktate/languages"
printf '[replacements]\n"cube control" = "kubectl"\n[snippets]\n"my address" = "At {date} in {clipboard}"\n' >"$XDG_CONFIG_HOME/diktate/dictionary.toml"
clean 'run cube control now'
expect_out '^Run kubectl now$'
clean 'my address' --clipboard 'Oslo'
expect_out '^At [0-9]*-[0-9]*-[0-9]* in Oslo$'
ok 'the dictionary and snippets of the user'

printf '[profiles.chat]\npress_keys = true\n' >"$XDG_CONFIG_HOME/diktate/config.toml"
clean 'on my way press enter' --profile chat --json
json 'first.text === "On my way" && first.actions.length === 1 && first.actions[0].key === "Enter"'
clean 'on my way press enter' --json
json 'first.actions.length === 0 && /press enter/.test(first.text)'
ok 'a profile of the user has keys pressed'

printf 'broken' >"$XDG_CONFIG_HOME/diktate/dictionary.toml"
clean 'hello'
expect_status 0 'a broken dictionary'
expect_out '^Hello$'
expect_err_lines 1
expect_err 'warning: going on without the dictionary: .*dictionary.toml'
ok 'a broken dictionary costs its words alone'

printf 'name = "de"\n[classes]\nhesitation = ["äh"]\n' >"$XDG_CONFIG_HOME/diktate/languages/de.toml"
rm "$XDG_CONFIG_HOME/diktate/dictionary.toml"
clean 'äh guten Tag' --language de
expect_out '^Guten Tag$'
printf '[classes]\nhesitations = ["äh"]\n' >"$XDG_CONFIG_HOME/diktate/languages/de.toml"
clean 'äh guten Tag' --language de
expect_status 1 'a broken language'
expect_err_lines 1
expect_err 'de.toml.*hesitations'
ok 'a language of the user'
