#!/bin/sh
# Which ONNX Runtime a configuration takes, shown with staged prefixes: the given one, else the system's, else the pinned.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"
unset CMAKE_PREFIX_PATH PKG_CONFIG_PATH PKG_CONFIG_LIBDIR

stage() { # prefix, folder of the headers, API version: enough of a runtime to be found
  mkdir -p "$1/lib" "$1/$2"
  : >"$1/lib/libonnxruntime.so"
  echo "#define ORT_API_VERSION $3" >"$1/$2/onnxruntime_c_api.h"
  : >"$1/$2/onnxruntime_cxx_api.h"
}

stage_pinned() {
  use_fake_parts
  stage "$scratch/package" include 29
  mv "$scratch/package/lib/libonnxruntime.so" "$scratch/package/lib/libonnxruntime.so.1"
  make_part com.github.asus4.onnxruntime com.github.asus4.onnxruntime 0.0.1
  printf 'com.github.asus4.onnxruntime %s %s\n' lib lib include include >"$DIKTATE_CONTENTS"
  pinned=$DIKTATE_THIRD_PARTY/com.github.asus4.onnxruntime-0.0.1
}

# What a machine has that runs this test must not matter: only what is staged is looked at.
configure() { # options for cmake; leaves what it said in $scratch/said
  rm -rf "$scratch/build"
  PKG_CONFIG_LIBDIR=${PKG_CONFIG_LIBDIR:-$scratch/none} cmake -G Ninja -S "$here/onnxruntime_project" \
    -B "$scratch/build" -DDIKTATE_CMAKE="$here/../../cmake" "$@" >"$scratch/said" 2>&1
}

takes() { contains "$scratch/said" "took: $1"; }

stage "$scratch/system" include/onnxruntime 22
stage "$scratch/old" include/onnxruntime 14
stage "$scratch/given" include 29
stage_pinned

configure
expect 'takes the pinned one where the system has none' takes "pinned $pinned/lib/libonnxruntime.so.1 $pinned/include"
configure -DCMAKE_PREFIX_PATH="$scratch/system"
expect "prefers the system's to the pinned one" \
  takes "system $scratch/system/lib/libonnxruntime.so $scratch/system/include/onnxruntime"
configure -DCMAKE_PREFIX_PATH="$scratch/old"
expect "passes over a system's that is too old" takes 'pinned'
expect 'says that it is too old' contains "$scratch/said" 'is too old (API 14'
configure -DCMAKE_PREFIX_PATH="$scratch/system" -DDIKTATE_ONNXRUNTIME="$scratch/given"
expect "prefers the given one to the system's" takes "given $scratch/given/lib/libonnxruntime.so $scratch/given/include"
if configure -DDIKTATE_ONNXRUNTIME="$scratch/none"; then fail 'refuses a given folder without a runtime'; fi
expect 'names the given folder that has none' contains "$scratch/said" "DIKTATE_ONNXRUNTIME=$scratch/none"

mkdir "$scratch/pc"
cat >"$scratch/pc/libonnxruntime.pc" <<EOF
Name: libonnxruntime
Description: staged
Version: 1.22.0
Cflags: -I$scratch/system/include/onnxruntime
Libs: -L$scratch/system/lib -lonnxruntime
EOF
PKG_CONFIG_LIBDIR=$scratch/pc configure
expect 'finds the system'\''s by pkg-config' takes "system $scratch/system/lib/libonnxruntime.so"

finish
