#!/bin/sh
# models.sh FOLDER...: installing the models from the packages there, and listing them.
. "$(dirname -- "$0")/lib.sh"
needs_models
needs_command node
[ $# = 3 ] || skip 'the weights were not fetched'

expect_only_models() {
  left=$(find "$work/models" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | tr '\n' ' ')
  [ "$left" = 'moonshine-base moonshine-tiny silero ' ] || fail "nothing but models is left: $left"
}

diktate models list --json
expect_status 0 'list'
json "first.folder === '$DIKTATE_MODELS' && first.models.map(m => m.name).join() === 'moonshine-base,moonshine-tiny,silero'"
json 'first.models.every(m => m.installed && m.bytes > 1e6 && m.licence === "MIT" && m.path.startsWith(first.folder))'
diktate models
expect_status 0 'list as text'
expect_out '^moonshine-base  *[0-9.]* MB  MIT'
ok 'list'

run env -u DIKTATE_MODELS "$DIKTATE" models prepare --from "$1" --from "$2" --from="$3" --to "$work/models"
expect_status 0 'prepare'
expect_no_out
expect_err '^models ready in .* after '
run env DIKTATE_MODELS="$work/models" "$DIKTATE" models list --json
json 'first.models.every(m => m.installed)'
expect_only_models
[ -z "$(find "$work/models" -mindepth 1 ! -perm -a+r)" ] || fail 'another user of the machine cannot read a model'
ok 'prepare'

# tiny COMMAND...: a copy of that model, changed by the command in its folder, says what was said.
tiny() {
  rm -rf "$work/changed"
  mkdir "$work/changed"
  cp -r "$work/models/moonshine-tiny" "$work/models/silero" "$work/changed/"
  (cd "$work/changed/moonshine-tiny" && "$@") || fail "cannot do: $*"
  run env DIKTATE_MODELS="$work/changed" XDG_CACHE_HOME="$work/cache" "$DIKTATE" transcribe --engine moonshine-tiny "$jfk"
}

is_damaged() { # file of the model
  expect_status 1 "a damaged $1"
  expect_no_out
  expect_err_lines 1
  expect_err "^diktate: .*the model is damaged: .*/moonshine-tiny/$1.*; make it again with 'diktate models prepare'\$"
  ok "a damaged $1 is named, and the way out"
}

invert() { # file, bytes in its middle
  node -e '
    const fs = require("fs");
    const [file, count] = process.argv.slice(1);
    const bytes = fs.readFileSync(file);
    const first = (bytes.length - count) >> 1;
    for (let i = first; i < first + Number(count); ++i) bytes[i] ^= 0xff;
    fs.writeFileSync(file, bytes);' "$1" "$2"
}

tiny true
expect_status 0 'a whole model'
expect_out 'your country'
expect_no_err
tiny invert encoder.onnx 20000
is_damaged encoder.onnx
tiny invert decoder_next.onnx 1
is_damaged decoder_next.onnx
tiny truncate -s 100 vocabulary.txt
is_damaged vocabulary.txt
tiny truncate -s -100 vocabulary.txt
is_damaged vocabulary.txt
tiny invert ../silero/silero_vad_v6.onnx 10000
expect_status 0 'a damaged voice detector'
expect_err '^diktate: warning: pauses are found by loudness alone: .*silero_vad_v6.onnx'
tiny rm checksums
expect_status 0 'a model without checksums'
expect_out 'your country'
ok 'a model that was prepared before there were checksums is taken as it is'

mkdir "$work/packages"
cp -r "$@" "$work/packages" 2>/dev/null || skip 'the packages cannot be copied'
chmod -R u+w "$work/packages"
decoder=$(find "$work/packages" -path '*tiny/quantized/decoder_model_merged.onnx')
head -c 1000000 "$decoder" >"$decoder.short" && mv "$decoder.short" "$decoder"
touch "$work/models/moonshine-base/before"
diktate models prepare --from "$work/packages" --to "$work/models"
expect_status 1 'a damaged package'
expect_err '^diktate: .*decoder_model_merged.onnx'
[ -e "$work/models/moonshine-base/before" ] || fail 'the models that were there still are'
expect_only_models
ok 'a damaged package changes nothing'

rm "$decoder"
diktate models prepare --from "$work/packages" --to "$work/other"
expect_status 1 'a missing package'
expect_err_lines 1
expect_err '^diktate: no tiny/quantized/decoder_model_merged.onnx below'
[ ! -e "$work/other" ] || fail 'no folder is made'
ok 'a missing package is named'

mv "$work/packages" "$work/old-packages"
mkdir "$work/packages"
cp -r "$@" "$work/packages"
cp -r "$2" "$work/packages/of-another-version"
diktate models prepare --from "$work/packages" --to "$work/other"
expect_status 1 'two versions of a package'
expect_err_lines 1
expect_err '^diktate: .*/llama-tokenizer.js and .*/llama-tokenizer.js are two of the same file; give the folder of each'
[ ! -e "$work/other" ] || fail 'no folder is made'
ok 'two versions of a package are not mixed'

diktate models prepare --from "$work/nowhere"
expect_status 1 'no folder'
expect_err '^diktate: .*nowhere is not a folder'
ok 'a missing folder is named'

run env -u DIKTATE_MODELS XDG_DATA_HOME="$work/empty" "$DIKTATE" models list --json
expect_status 0 'where models are looked for'
json "first.folder === '$(dirname -- "$(dirname -- "$DIKTATE")")/share/diktate/models'"
ok 'models beside the program are found'
