# the unit set verifies on the machine itself and stays within its exposure

units=$(on_sh 'cd /usr/lib/systemd/system && ls drill*.service drill*.socket')
for unit in $units; do
    case $unit in *@.*) unit=${unit/@/@x} ;; esac
    # Programs that are not installed are another case's matter.
    said=$(on systemd-analyze verify --man=no "$unit" 2>&1 | grep -v 'is not executable' || true)
    expect_equal "$unit" "$said" ""
done
exposure=$("$DRILLD_CASES/units.sh") || fail "$(grep -A3 '^not ok' <<<"$exposure")"
pass
