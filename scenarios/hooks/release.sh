# How a responder switches releases; read with '.', after lib.sh.

# Points the link at a release in one step and lets the shop read it; says so if it does not run.
go_live() {
    case $1 in
        *[!A-Za-z0-9.-]* | .* | *..* | '') end 1 "'$1' is no version" ;;
    esac
    [ -r "$DRILL_TARGET_ROOT/releases/$1/shop.conf" ] || end 1 "there is no release $1"
    half=$DRILL_TARGET_ROOT/.respond.current
    rm -f "$half" && ln -s "releases/$1" "$half" && mv -fT "$half" "$DRILL_TARGET_ROOT/current" ||
        end 1 "the link could not be switched"
    reload
    live "^release=$1\$" | grep -q . || end 1 "the shop does not run $1"
}
