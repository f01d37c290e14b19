# the machine comes up, and again after a reboot and a power cut, each time as another boot

first=$(on cat /proc/sys/kernel/random/boot_id)
on touch /var/tmp/kept
machine reboot >/dev/null
second=$(on cat /proc/sys/kernel/random/boot_id)
machine powercut >/dev/null
third=$(on cat /proc/sys/kernel/random/boot_id)
[ "$first" != "$second" ] && [ "$second" != "$third" ] || fail "a boot id came twice"
expect "the disk outlives a power cut" on test -e /var/tmp/kept
expect_equal "failed units" "$(on systemctl list-units --failed --no-legend --plain | head -n 3)" ""
pass "$(on systemctl --version | head -n 1 | cut -d' ' -f1,2)"
