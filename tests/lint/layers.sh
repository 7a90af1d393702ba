#!/bin/sh
# Who includes whom in src/ and apps/: layers.sh [ROOT]. Prints each include that the table forbids; exit 1 if there is one.
#
# base <- core <- backends <- app <- apps. A backend sees no other, but vad and stt see onnx, llm sees net and text, store sees
# text, and the daemon sees rpc. The client in apps/client knows nothing but rpc, which must start fast. base and core know no third party
# at all, the others only in .cpp files (so that it stays out of everybody else's headers).
set -eu
root=${1:-$(dirname -- "$0")/../..}
cd "$root"

# A folder, and the folders whose headers it may include besides its own.
table='
base
core  base
text  base core
store base core text
net   base core
audio base core
onnx  base core
vad   base core onnx
stt   base core onnx
llm   base core text net
desktop base core
feedback base core
rpc   base
daemon base core rpc
app   base core text store net audio onnx vad stt llm desktop feedback rpc daemon
apps  base core text store net audio onnx vad stt llm desktop feedback rpc daemon app
client base rpc
'

# The headers of the system that may stand in angle brackets anywhere; those of C++ itself have no extension.
system='unistd.h fcntl.h link.h malloc.h poll.h signal.h pthread.h errno.h time.h'

find src apps \( -name '*.h' -o -name '*.cpp' \) -type f | sort | while read -r file; do
  awk -v table="$table" -v system_headers="$system" -v file="$file" '
    function complain(what) { printf "%s:%d: %s\n", file, NR, what }
    function check_own(header) {
      folder = header
      if (!sub(/\/.*/, "", folder)) {
        if (layer != "apps" && layer != "client") complain("\"" header "\" is not rooted at src/")
      } else if (!(layer in known)) {
        complain("the folder " layer " is not in the table of tests/lint/layers.sh")
      } else if (folder != layer && !((layer, folder) in allowed)) {
        complain(layer " must not include \"" header "\"")
      }
    }
    function is_system(header) { return header !~ /[.]/ || header ~ /^sys\// || index(" " system_headers " ", " " header " ") }
    function check_third_party(header) {
      if (is_system(header) || (header == "tl/expected.hpp" && file == "src/base/result.h")) return
      if (file ~ /[.]h$/) complain("third party in a header: <" header ">")
      else if (layer == "base" || layer == "core") complain(layer " knows no third party: <" header ">")
    }
    BEGIN {
      rows = split(table, row, "\n")
      for (i = 1; i <= rows; i++) {
        words = split(row[i], word, " ")
        if (words) known[word[1]]
        for (j = 2; j <= words; j++) allowed[word[1], word[j]]
      }
      layer = file
      sub(/^src\//, "", layer)
      if (!sub(/^apps\/client\/.*/, "client", layer)) sub(/\/.*/, "", layer)
    }
    /^[ \t]*#[ \t]*include[ \t]*"/ { split($0, part, "\""); check_own(part[2]) }
    /^[ \t]*#[ \t]*include[ \t]*</ { split($0, part, /[<>]/); check_third_party(part[2]) }
  ' "$file"
done | {
  if grep .; then exit 1; fi
}
