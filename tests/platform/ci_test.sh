#!/bin/sh
# .ci/run counts what ./dev says, which is a stand-in here: what did not run has not passed, but recordings need not be there.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"
unset DIKTATE_SPEECH_DIR

mkdir -p "$scratch/tree/.ci"
cp "$here/../../.ci/run" "$scratch/tree/.ci/run"
cat >"$scratch/tree/dev" <<'EOF'
#!/bin/sh
case $1 in
  test)
    echo '1/2 Test #1: A.passes ......   Passed    0.01 sec'
    echo "2/2 Test #2: B.varies ......$SECOND    0.01 sec"
    if [ "$#" = 1 ] && [ -n "${BAD:-}" ]; then
      mkdir -p build/Testing/Temporary
      printf '%s\n' "$BAD" >build/Testing/Temporary/LastTestsFailed.log
      exit 8
    fi
    ;;
  build)
    rm -rf build-fuzz && mkdir build-fuzz
    for target in $TARGETS; do printf '#!/bin/sh\n' >"build-fuzz/$target" && chmod +x "build-fuzz/$target"; done
    ;;
esac
EOF
mkdir "$scratch/bin"
cat >"$scratch/bin/ctest" <<'EOF'
#!/bin/sh
[ "$*" = '--preset dev -j 1 --rerun-failed' ] || exit 1
echo "1/1 Test #2: B.varies ......$THEN    0.01 sec"
[ "$THEN" = '   Passed' ]
EOF
chmod +x "$scratch/tree/dev" "$scratch/bin/ctest"
PATH=$scratch/bin:$PATH

run() { # how the second test ends, fuzz targets
  status=0
  SECOND=$1 TARGETS=$2 "$scratch/tree/.ci/run" >"$scratch/said" 2>&1 || status=$?
}

run '   Passed' 'fuzz_one fuzz_two'
expect 'passes where everything did' [ "$status" -eq 0 ]
expect 'counts steps and tests' contains "$scratch/said" '12 passed, 0 failed'

run '   Passed' ''
expect 'fails without a fuzz target' [ "$status" -eq 1 ]
expect 'says which step that was' contains "$scratch/said" 'FAILED: Fuzzing'

run '***Failed' 'fuzz_one'
expect 'fails where a test did' [ "$status" -eq 1 ]
expect 'names the test' contains "$scratch/said" 'B.varies'

run '***Skipped' 'fuzz_one'
expect 'passes where a test wants recordings that nobody has' [ "$status" -eq 0 ]
expect 'says that it was skipped' contains "$scratch/said" 'SKIPPED: 1 tests that need recordings'

DIKTATE_SPEECH_DIR=$scratch run '***Skipped' 'fuzz_one'
expect 'fails where a test was skipped though there are recordings' [ "$status" -eq 1 ]

again() { # the list of those that failed, how the second goes the second time
  status=0
  DIKTATE_SPEECH_DIR=$scratch BAD=$1 THEN=$2 SECOND='***Failed' TARGETS=fuzz_one "$scratch/tree/.ci/run" >"$scratch/said" 2>&1 || status=$?
}
again '2:e2e_varies' '   Passed'
expect 'runs a script once more' contains "$scratch/said" 'ONCE MORE: e2e_varies'
expect 'tells at the end what it said the first time' [ "$(grep -c '^2/2 Test #2: B.varies.*Failed' "$scratch/said")" -eq 4 ]
expect 'counts it once' lacks "$scratch/said" 'FAILED: Tests:'

again '2:e2e_varies' '***Failed'
expect 'fails where it fails again' contains "$scratch/said" 'FAILED: Tests: 1 of 2 tests failed'

again '2:B.varies' '   Passed'
expect 'runs nothing else once more' lacks "$scratch/said" 'ONCE MORE'
again "$(printf '2:e2e_a\n3:e2e_b\n4:e2e_c')" '   Passed'
expect 'nor three scripts' lacks "$scratch/said" 'ONCE MORE'

finish
