#!/bin/sh
# The steps of one drill by hand: steps.sh bare|whole HOOKS
#
# bare:  probe, inject, observe, revert, probe
# whole: also what a drill adds to them: the fingerprint before and after, the abort condition, the page.
set -eu
hooks=$2
"$hooks/healthy"
if [ "$1" = whole ]; then
    before=$("$hooks/outage" check)
    if "$hooks/never"; then exit 4; fi
fi
"$hooks/outage" inject
if [ "$1" = whole ]; then "$hooks/page"; fi
"$hooks/observe"
"$hooks/outage" revert
if [ "$1" = whole ]; then
    after=$("$hooks/outage" check)
    [ "$after" = "$before" ]
fi
"$hooks/healthy"
