#!/bin/sh
# The lint scripts find what they are for: each violation is planted in a tree of its own, which is clean without it.
set -eu
lint=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0

plant() { # file, line: appends it
  mkdir -p "$tree/$(dirname "$1")"
  printf '%s\n' "$2" >>"$tree/$1"
}

header() { # file
  plant "$1" '// What it is for.'
  plant "$1" '#pragma once'
}

clean_tree() {
  rm -rf "${tree:?}"/*
  header src/base/result.h
  plant src/base/result.h '#include <tl/expected.hpp>'
  header src/core/ports.h
  plant src/core/ports.h '#include <vector>'
  plant src/core/ports.h '#include "base/result.h"'
  plant src/vad/silero.cpp '#include <onnxruntime_cxx_api.h>'
  plant src/vad/silero.cpp '#include "onnx/session.h"'
  plant apps/diktate/main.cpp '#include "command.h"'
  plant apps/diktate/main.cpp '#include "app/backends.h"'
  plant apps/client/main.cpp '#include "client.h"'
  plant apps/client/main.cpp '#include "rpc/client.h"'
  plant src/net/dialler.cpp 'using std::chrono::seconds;'
  plant src/net/dialler.cpp 'constexpr auto kPatience = seconds(3);'
  plant docs/some.md 'Under /usr/share and build/share/work/, and no issue I know of.'
}

says() { # script, extended regular expression that it must print ("" for: passes, and says nothing)
  if output=$("$lint/$1.sh" "$tree" 2>&1); then result=passed; else result=failed; fi
  if [ -z "$2" ]; then
    [ "$result" = passed ] && [ -z "$output" ] && return 0
  else
    [ "$result" = failed ] && printf '%s\n' "$output" | grep -qE "$2" && return 0
  fi
  printf 'lint_test: %s.sh should have said "%s", but %s with:\n%s\n' "$1" "$2" "$result" "$output"
  failures=$((failures + 1))
}

finds() { # script, file, line, what it must print of it
  clean_tree
  says "$1" ''
  plant "$2" "$3"
  says "$1" "$4"
}

finds layers src/base/clock.cpp '#include "core/ports.h"' '^src/base/clock.cpp:1: base must not include "core/ports.h"$'
finds layers src/audio/file.cpp '#include "vad/silero.h"' 'audio must not include'
finds layers src/vad/silero.h '#  include "stt/moonshine.h"' 'vad must not include'
finds layers src/core/ports.h '#include "app/backends.h"' 'core must not include'
finds layers src/core/ports.h '#include <sndfile.h>' 'third party in a header: <sndfile.h>'
finds layers src/base/paths.h '#include <tl/expected.hpp>' 'third party in a header'
finds layers src/core/pipeline.cpp '#include <nlohmann/json.hpp>' 'core knows no third party'
finds layers apps/client/main.cpp '#include "core/ports.h"' 'client must not include "core/ports.h"'
finds layers src/rpc/server.cpp '#include "core/ports.h"' 'rpc must not include'
finds layers src/other/new.cpp '#include "base/result.h"' 'other is not in the table'
finds layers src/vad/silero.cpp '#include "energy.h"' 'not rooted at src/'
finds headers src/base/late.h 'int x;' 'late.h:1: does not open with a sentence'
finds headers tests/fakes/bare.h '// What it is for.' 'bare.h:1: has no #pragma once'
finds names docs/some.md "see .""./shared/NOTES.md" 'a folder of one machine'
finds names docs/some.md "in /""home/somebody/file" 'a folder of one machine'
finds names src/core/ports.h "// as iss""ue B asks" 'a reference into a tracker'
finds names src/core/ports.h "// see iss""ue #12" 'a reference into a tracker'
finds names dev "curl https"":""//example.org" 'an address'
finds usings src/core/joining.cpp 'using std::chrono::hours;' 'joining.cpp:1: nothing needs this using of hours'

[ "$failures" -eq 0 ]
