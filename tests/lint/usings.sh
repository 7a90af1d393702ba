#!/bin/sh
# Using-declarations that nothing in their file needs: usings.sh [ROOT]. Prints each; exit 1 if there is one.
# clang-tidy has a check for it, which reads main files alone: none of ours is one in the unity sources that it is given.
set -eu
root=${1:-$(dirname -- "$0")/../..}
cd "$root"

for folder in src apps bench; do
  [ ! -d "$folder" ] || find "$folder" -name '*.cpp' -type f
done | sort | while read -r file; do
  awk -v file="$file" '
    {
      sub(/\/\/.*/, "")
      line[NR] = $0
    }
    /^[ \t]*using [A-Za-z_:0-9]+;/ {
      name = $2
      sub(/;.*/, "", name)
      sub(/.*::/, "", name)
      declared[NR] = name
    }
    END {
      for (at in declared) {
        used = 0
        for (i = 1; i <= NR && !used; i++)
          used = i != at && line[i] ~ ("(^|[^A-Za-z0-9_:])" declared[at] "([^A-Za-z0-9_]|$)")
        if (!used) printf "%s:%d: nothing needs this using of %s\n", file, at, declared[at]
      }
    }
  ' "$file"
done | {
  if grep .; then exit 1; fi
}
