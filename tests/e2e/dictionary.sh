#!/bin/sh
# The user's dictionary: adding, showing, removing, trying it out, import and export. It needs no model.
. "$(dirname -- "$0")/lib.sh"
needs_command node
file=$XDG_CONFIG_HOME/diktate/dictionary.toml

diktate dictionary list
expect_status 0 'an empty dictionary'
expect_no_out
expect_no_err
[ ! -e "$file" ] || fail 'looking makes no file'
ok 'without a file the dictionary is empty'

diktate dictionary add 'Cube Control' kubectl
expect_status 0 'add'
expect_no_out
expect_no_err
diktate dictionary add --word Grafana
diktate dictionary add --snippet 'my signature' 'Best regards,
Anna {cursor}'
[ "$(stat -c %a "$file")" = 600 ] || fail 'the file is private'
diktate dictionary list
expect_out_lines 3
expect_out '^replacement  Cube Control -> kubectl$'
diktate dictionary list --json
json "first.file === '$file' && first.replacements[0].spoken === 'Cube Control' && first.replacements[0].written === 'kubectl'"
json 'first.words.join() === "Grafana" && first.snippets[0].text === "Best regards,\nAnna {cursor}"'
ok 'add and list'

diktate dictionary add 'cube control' kubectl2
diktate dictionary list --json
json 'first.replacements.length === 1 && first.replacements[0].written === "kubectl2"'
diktate dictionary add '...' x
expect_status 1 'nothing that can be said'
expect_err_lines 1
expect_err "^diktate: '...' has no word that can be said$"
ok 'what is said alike is replaced'

diktate dictionary test 'We run cube control in grafanna.'
expect_status 0 'test'
expect_out '^We run kubectl2 in Grafana[.]$'
expect_out_lines 1
expect_err '^dictionary: cube control -> kubectl2$'
expect_err '^favoured: grafanna -> Grafana$'
diktate dictionary test --json 'Hello. Insert my signature there.'
json 'first.text.startsWith("Hello. Best regards,\nAnna ") && first.cursor === 26 && first.changes[0].rule === "snippet"'
diktate dictionary test --json --language es 'Es cube control.'
json 'first.text === "Es kubectl2." && first.cursor === null'
ok 'test'

for format in toml csv; do
  diktate dictionary export "$work/words.$format"
  expect_status 0 "export as $format"
  expect_no_out
  diktate dictionary list --json
  cp "$out" "$work/before"
  rm "$file"
  diktate dictionary import "$work/words.$format"
  expect_status 0 "import of $format"
  diktate dictionary list --json
  cmp -s "$out" "$work/before" || fail "$format gives back what there was"
done
diktate dictionary export --format csv
expect_out '^replacement,cube control,kubectl2$'
ok 'export and import'

printf 'word,Nadia,\nreplacement,cube control,kubectl\n' >"$work/more.txt"
diktate dictionary import --format csv "$work/more.txt"
diktate dictionary list --json
json 'first.words.join() === "Grafana,Nadia" && first.replacements[0].written === "kubectl" && first.snippets.length === 1'
cp "$file" "$work/before"
printf 'word,Pavel,\nnoun,a,b\n' >"$work/bad.csv"
diktate dictionary import "$work/bad.csv"
expect_status 1 'a broken import'
expect_err_lines 1
expect_err '^diktate: .*bad.csv: line 2: '
cmp -s "$file" "$work/before" || fail 'a broken import changes nothing'
diktate dictionary import "$work/nowhere.csv"
expect_status 1 'a missing import'
expect_err '^diktate: .*nowhere.csv'
ok 'an import adds to what there is, or changes nothing'

diktate dictionary remove 'CUBE control'
expect_status 0 'remove'
diktate dictionary remove 'cube control'
expect_status 1 'nothing to remove'
expect_err "^diktate: 'cube control' is not in the dictionary$"
diktate dictionary list --json
json 'first.replacements.length === 0 && first.words.length === 2'
ok 'remove'

printf '[replacements]\n"a" = 3\n' >"$file"
for action in list 'add x y' 'remove a' 'test a' export; do
  # shellcheck disable=SC2086 # several words on purpose
  diktate dictionary $action
  expect_status 1 "$action with a broken file"
  expect_no_out
  expect_err_lines 1
  expect_err "^diktate: $file: line 2: "
done
[ "$(head -n 1 "$file")" = '[replacements]' ] || fail 'a broken file is left alone'
ok 'a broken file is named with its line, and left alone'

rm "$XDG_CONFIG_HOME/diktate/dictionary.toml"
for spoken in um 'new line' comma; do
  diktate dictionary add "$spoken" hello
  expect_status 0 'what never acts'
  expect_err_lines 1
  expect_err "^diktate: warning: '$spoken' may never be replaced: "
done
diktate dictionary add 'you know' YK
expect_no_err
ok 'what other rules take first is warned of'
