# the unit controller drives a real PID 1
# Runs the SystemdTests bundle inside. DRILLD_TESTS names it; `swift build --build-tests` makes it.

bundle=${DRILLD_TESTS:-$DRILLD_CASES/../../.build/debug/drilldPackageTests.xctest}
[ -x "$bundle" ] || skip "the test bundle is not built"
runtime=$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")/lib/swift/linux
[ -d "$runtime" ] || skip "the Swift runtime libraries are not where the toolchain is"

machine push "$bundle" /opt/tests/bundle
for library in "$runtime"/*.so; do machine push "$library" "/opt/tests/lib/${library##*/}"; done
on env LD_LIBRARY_PATH=/opt/tests/lib /opt/tests/bundle --testing-library swift-testing \
    --filter SystemdTests.UnitControllerTests >"$TMPDIR/unit-controller" 2>&1 ||
    fail "$(grep -E '✘|↳|cannot open|rror:' "$TMPDIR/unit-controller" | head -n 30)"
pass "$(grep -o '[0-9]* tests in [0-9]* suite' "$TMPDIR/unit-controller") passed inside"
