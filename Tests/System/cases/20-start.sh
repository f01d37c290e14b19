# drilld.service becomes active, says so, restarts and stops in good order

start_drilld quick
expect_equal "its state" "$(on systemctl show -P SubState drilld)" running
[ -n "$(on systemctl show -P StatusText drilld)" ] || fail "it has no STATUS line"
expect_equal "its user" "$(on_sh 'stat -c %U /proc/$(systemctl show -P MainPID drilld)')" drilld
id=$(on grep -B0 -A1 '' /usr/lib/systemd/catalog/drilld.catalog | sed -n 's/^-- //p' | sed -n 2p)
expect "READY is in the journal" on_sh "journalctl -q -u drilld MESSAGE_ID=$id | grep -q ."
expect "drillctl reaches it" on drillctl status
expect "the drill is listed" on_sh 'drillctl list | grep -q probe'
expect "it restarts" on systemctl restart drilld
expect "it stops" on systemctl stop drilld
expect_equal "its result" "$(on systemctl show -P Result drilld)" success
expect "a request starts it again" on drillctl status
ledger_is_whole
pass
