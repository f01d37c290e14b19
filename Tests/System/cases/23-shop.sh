# the shipped demonstration runs with the shipped hooks against a real shop, and passes

machine push "$DRILLD_CASES/../../calendars/demo/demo.calendar" /etc/drilld/calendars/demo.calendar
# Services have a /tmp of their own, so the shop moves; a drop-in says where to.
on_sh 'mkdir -p /etc/drilld/calendars/demo.calendar.d
    cat >/etc/drilld/calendars/demo.calendar.d/target.conf' <<'EOF'
[Channel pager]
Parameters=
Parameters=mailbox=/srv/mailbox

[Target shop-staging]
Root=/srv/shop
Marker=/srv/shop/environment
Allow=
Allow=unit:shop-*.service port:tcp/18080 path:/srv/shop
EOF
on_sh 'chown -R root:root /etc/drilld && /usr/lib/drilld/staging-shop init --root /srv/shop' >&2
on systemd-run --quiet --unit=staging-shop /usr/lib/drilld/staging-shop serve \
    --root /srv/shop --port 18080 --payments-port 18081 --traffic 20
eventually "the shop is healthy" 30 env DRILL_RUN=test DRILL_TARGET=shop-staging DRILL_TARGET_ROOT=/srv/shop \
    DRILL_TARGET_URL=http://127.0.0.1:18080 /usr/lib/drilld/scenarios/hooks/shop-healthy
on drillctl verify >&2 || fail "the demonstration's calendar has errors"
on systemctl enable --quiet --now drilld
on drillctl arm shop-staging >&2 || fail "the shop cannot be armed"
on drillctl run demo-rollback >&2 || fail "the drill ended with status $?"
closed_as demo-rollback-1 completed 5
nothing_holds
ledger_is_whole
pass "$(on_sh 'drillctl scorecard demo-rollback-1 | grep -io "[0-9] of 5" | head -n 1')"
