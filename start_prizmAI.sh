#!/bin/sh
# Starts PrizmAI Messaging: finds Python, which installs what is missing and then runs `manage.py start`.
# PYTHON=/path/to/python chooses the Python.
set -eu

folder_of() {
    case $1 in */*) echo "${1%/*}/" ;; *) echo ./ ;; esac
}

script=$0
while [ -h "$script" ]; do # step by step: `readlink -f` is not everywhere
    target=$(readlink "$script")
    case $target in /*) script=$target ;; *) script=$(folder_of "$script")$target ;; esac
done
here=$(cd -P "$(folder_of "$script")" && pwd)

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        is_new_enough "$PYTHON" && echo "$PYTHON"
        return
    fi
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if is_new_enough "$name"; then
            echo "$name"
            return
        fi
    done
}

found=$(find_python) || found=
if [ -z "$found" ]; then
    if [ -n "${PYTHON:-}" ]; then
        echo "PYTHON=$PYTHON is not a Python 3.11 or newer." >&2
    else
        echo "No Python 3.11 or newer was found on this machine." >&2
    fi
    echo "Install one (apt-get install python3 python3-venv, brew install python, or https://www.python.org/downloads/)," >&2
    echo "or say where it is: PYTHON=/path/to/python $0" >&2
    exit 1
fi

exec "$found" "$here/operations/start/door.py" "$@"
