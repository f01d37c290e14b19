# a live fault is reverted and verified at once though the disk has not a block left

needs drilld drillctl drill-agent
# A disk of its own for the state: 4 MiB, which is soon full.
on_sh 'mkdir -p /var/lib/drilld && mount -t tmpfs -o size=4M,mode=0750 state /var/lib/drilld &&
    chown drilld:drilld /var/lib/drilld' || fail "the small disk cannot be mounted"
start_drilld lasting
live_fault
# What is set aside for reverts is used up as well: dd ends when there is no room.
on_sh 'rm -f /var/lib/drilld/reserve; dd if=/dev/zero of=/var/lib/drilld/filler bs=4k 2>/dev/null; true'
expect "the disk is full" on_sh '! sh -c "echo x >/var/lib/drilld/more" 2>/dev/null || ! [ -s /var/lib/drilld/more ]'
aborted=$(now_ms)
# The run cannot be recorded any more, so the answer may be a refusal; what counts is the fault.
on drillctl abort probe-1 --reason "system test" >&2 || true
fault_gone 15
took=$(($(now_ms) - aborted))
nothing_holds
on rm -f /var/lib/drilld/filler /var/lib/drilld/more
closed_as probe-1 aborted 90
ledger_is_whole
pass "gone after ${took}ms"
