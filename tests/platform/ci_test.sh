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
    ;;
  build)
    rm -rf build-fuzz && mkdir build-fuzz
    for target in $TARGETS; do printf '#!/bin/sh\n' >"build-fuzz/$target" && chmod +x "build-fuzz/$target"; done
    ;;
esac
EOF
chmod +x "$scratch/tree/dev"

run() { # how the second test ends, fuzz targets
  status=0
  SECOND=$1 TARGETS=$2 "$scratch/tree/.ci/run" >"$scratch/said" 2>&1 || status=$?
}

run '   Passed' 'fuzz_one fuzz_two'
expect 'passes where everything did' [ "$status" -eq 0 ]
expect 'counts steps and tests' contains "$scratch/said" '11 passed, 0 failed'

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

finish
