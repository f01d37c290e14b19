# What the hooks of this folder share; read with '.', never run.
# docs/hooks.md tells how a hook is written and which promises it makes.

set -u

# The shop must be able to read what is written for it, whoever runs the hook.
umask 022

# Ends the hook: says why, with an exit status.
end() {
    status=$1
    shift
    printf '%s\n' "$*" >&2
    exit "$status"
}

# Ends unless each of the variables named has a value.
need() {
    for variable in "$@"; do
        eval "needed=\${$variable:-}"
        [ -n "$needed" ] || end 1 "$variable is not set; a hook is started by drilld, see docs/hooks.md"
    done
}

# Ends unless the fault has a name that can be part of a file's, and a folder for its memory.
need_fault() {
    need DRILL_FAULT DRILL_STATE_DIR
    case $DRILL_FAULT in
        *[!A-Za-z0-9._-]* | .* | *..*) end 1 "DRILL_FAULT=$DRILL_FAULT is no name of a fault" ;;
    esac
    [ -d "$DRILL_STATE_DIR" ] || end 1 "DRILL_STATE_DIR=$DRILL_STATE_DIR is no folder"
}

# Ends unless the target says of itself that it is a staging shop.
need_staging() {
    need DRILL_TARGET_ROOT
    [ "$(cat "$DRILL_TARGET_ROOT/environment" 2>/dev/null)" = staging ] ||
        end 1 "$DRILL_TARGET_ROOT is not marked as staging; nothing is touched"
}

# GET or POST a path of the shop; the answer's body on the output.
# 1: refused by the shop, 75: the shop cannot be asked.
shop_get() {
    need DRILL_TARGET_URL
    curl -fsS --max-time 5 "$DRILL_TARGET_URL$1" && return 0
    [ $? -eq 22 ] && return 1
    return 75
}

shop_post() {
    need DRILL_TARGET_URL
    curl -fsS --max-time 5 -X POST "$DRILL_TARGET_URL$1" && return 0
    [ $? -eq 22 ] && return 1
    return 75
}

# Lets the shop read its folder. A shop that is down reads it when it starts, so that is no failure.
reload() {
    curl -fsS --max-time 5 -X POST "$DRILL_TARGET_URL/reload" 2>/dev/null
    case $? in
        0) return 0 ;;
        7) printf 'the shop is down; it reads its folder when it starts\n'; return 0 ;;
        22) end 1 "the shop refused the configuration" ;;
        *) end 75 "the shop does not answer" ;;
    esac
}

# Writes the standard input to a file, whole or not at all. The name of the half-written file
# begins with a dot and bears the fault, so that a revert finds it.
write_whole() {
    half=$(dirname "$1")/.drill-$DRILL_FAULT.$(basename "$1")
    cat >"$half" && mv -f "$half" "$1"
}

# Puts a copy of a file in another's place, with owner and mode, whole or not at all.
copy_whole() {
    half=$(dirname "$2")/.drill-$DRILL_FAULT.$(basename "$2")
    cp -p "$1" "$half" && mv -f "$half" "$2"
}

# Whether a file bears the tag of a fault, and of which.
tag_of() {
    sed -n 's/^# drill fault=//p' "$1" 2>/dev/null | head -n 1
}

# Remembers a file as it is, once. "absent" stands for a file that is not there.
# Ends if the file bears another fault's tag, or ours without a remembered original.
remember() {
    saved=$DRILL_STATE_DIR/original.$(basename "$1")
    tag=$(tag_of "$1")
    if [ -n "$tag" ] && [ "$tag" != "$DRILL_FAULT" ]; then
        end 1 "$1 bears the fault $tag; revert that one first"
    fi
    if [ -e "$saved" ] || [ -e "$saved.absent" ]; then return 0; fi
    [ -z "$tag" ] || end 1 "$1 bears our tag, but its original is not in $DRILL_STATE_DIR"
    [ -e "$1" ] || { : >"$saved.absent"; return 0; }
    cp -p "$1" "$saved.half" && mv -f "$saved.half" "$saved"
}

# Brings a remembered file back; nothing remembered means nothing was changed.
# The memory goes last: whoever is killed before can do it again.
bring_back() {
    saved=$DRILL_STATE_DIR/original.$(basename "$1")
    rm -f "$(dirname "$1")/.drill-$DRILL_FAULT.$(basename "$1")"
    tag=$(tag_of "$1")
    [ -z "$tag" ] || [ "$tag" = "$DRILL_FAULT" ] || end 1 "$1 bears the fault $tag, not ours"
    if [ -e "$saved.absent" ]; then
        rm -f "$1"
    elif [ -e "$saved" ]; then
        copy_whole "$saved" "$1"
    elif [ -n "$tag" ]; then
        end 1 "$1 bears our tag, but its original is not in $DRILL_STATE_DIR"
    fi
}

# Forgets what was remembered of a file, after the revert was taken in by the shop.
forget() {
    saved=$DRILL_STATE_DIR/original.$(basename "$1")
    rm -f "$saved" "$saved.half" "$saved.absent"
}

# Sets keys in a copy of a settings file: set_keys FILE key=value…
set_keys() {
    file=$1
    shift
    printf '# drill fault=%s\n' "$DRILL_FAULT"
    for assignment in "$@"; do
        key=${assignment%%=*}
        grep -q "^$(pattern "$key")=" "$file" || end 1 "$file has no key '$key' to change"
    done
    while IFS= read -r line || [ -n "$line" ]; do
        for assignment in "$@"; do
            [ "${line%%=*}" = "${assignment%%=*}" ] && line=$assignment
        done
        printf '%s\n' "$line"
    done <"$file"
}

# A key as a regular expression that matches only itself.
pattern() {
    printf '%s' "$1" | sed 's/[.[\*^$]/\\&/g'
}

# One line that tells the state of a file: its name below the root, checksum and length.
fingerprint() {
    if [ -e "$DRILL_TARGET_ROOT/$1" ]; then
        printf '%s %s\n' "$1" "$(cksum <"$DRILL_TARGET_ROOT/$1")"
    else
        printf '%s absent\n' "$1"
    fi
}

# The lines of the live configuration that a pattern names; what the shop does, not what files say.
live() {
    answer=$(shop_get /state) || end 75 "the shop cannot be asked for its state"
    printf '%s\n' "$answer" | grep "$1" | sed 's/^/live /'
}

# A figure of the shop by its name, from the text of /figures.
figure() {
    printf '%s\n' "$2" | sed -n "s/^$1=//p"
}

# 800ms, 2s or 2min as milliseconds.
in_milliseconds() {
    number=${1%%[!0-9]*}
    [ -n "$number" ] || end 1 "'$1' is no length of time; write for example 900ms"
    case ${1#"$number"} in
        ms) printf '%s\n' "$number" ;;
        s) printf '%s\n' "$((number * 1000))" ;;
        min) printf '%s\n' "$((number * 60000))" ;;
        *) end 1 "'$1' is no length of time; write for example 900ms" ;;
    esac
}

# The verbs of a fault that changes one settings file. The hook says which file ($settings), which
# keys ($assignments), which live lines show it ($shows), and what it is ($description).
settings_fault() {
    need_staging
    path=$DRILL_TARGET_ROOT/$settings
    case ${1:-} in
        describe) printf '%s\n' "$description" ;;
        check)
            fingerprint "$settings"
            live "$shows"
            ;;
        inject)
            need_fault
            remember "$path"
            # shellcheck disable=SC2086 # one word per assignment
            text=$(set_keys "$(original "$path")" $assignments) || exit 1
            printf '%s\n' "$text" | write_whole "$path"
            reload
            ;;
        revert)
            need_fault
            bring_back "$path"
            reload
            forget "$path"
            ;;
        *) end 64 "usage: ${0##*/} inject|revert|check|describe" ;;
    esac
}

# The remembered copy of a file, from which each inject starts, so that a second one changes nothing.
original() {
    printf '%s\n' "$DRILL_STATE_DIR/original.$(basename "$1")"
}
