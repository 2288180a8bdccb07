#!/bin/bash
# Runs the tests of the Nova driver, against the Nova that is installed. The last line is "N passed, N failed, N skipped".
#
#   bash tests/nova-driver/run.sh                        all of them
#   bash tests/nova-driver/run.sh test_ports test_client some of them
#   bash tests/nova-driver/run.sh --no-install           without installing what is missing
#
# NOVADOCKER_TEST_NODE_SOCKET and NOVADOCKER_TEST_NODE_IMAGE add the tests against a real node (test_contract.py says how).
set -u

here=$(cd "$(dirname "$0")" && pwd)
python=${NOVADOCKER_TEST_PYTHON:-/usr/bin/python3}
needed=(python3-nova python3-testtools python3-setuptools python3-wheel python3-venv python3-pip)

install=yes
modules=()
for argument in "$@"; do
    case "$argument" in
        --help|-h) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
        --no-install) install=no ;;
        -*) echo "run.sh: unknown option $argument; --help shows all" >&2; exit 2 ;;
        *) modules+=("$argument") ;;
    esac
done
if [ ${#modules[@]} -eq 0 ]; then
    for file in "$here"/driver_tests/test_*.py; do modules+=("$(basename "$file" .py)"); done
fi

missing=()
for package in "${needed[@]}"; do
    dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q ' installed$' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$install" = no ]; then
        echo "run.sh: missing: ${missing[*]}" >&2
        echo "0 passed, 1 failed, 0 skipped"
        exit 1
    fi
    echo "run.sh: installing ${missing[*]}"
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -qq install -y --no-install-recommends "${missing[@]}" \
        >/dev/null || { echo "run.sh: the packages could not be installed" >&2; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
fi

passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# one <description> <modules...>: a process of their own, counted by what unittest says at its end.
one() {
    local what=$1; shift
    local began=$SECONDS
    PYTHONPATH="$here:$here/../../src/nova-driver" PYTHONDONTWRITEBYTECODE=1 \
        timeout 900 "$python" -W ignore -m unittest -v "${@/#/driver_tests.}" >"$log" 2>&1
    local code=$? ran bad skip
    ran=$(sed -n 's/^Ran \([0-9]*\) tests\{0,1\} in .*/\1/p' "$log" | tail -1)
    bad=$(( $(tail -1 "$log" | grep -oE '(failures|errors|unexpected successes)=[0-9]+' | cut -d= -f2 | paste -sd+) + 0 ))
    skip=$(tail -1 "$log" | grep -oE 'skipped=[0-9]+' | cut -d= -f2)
    : "${ran:=0}" "${bad:=0}" "${skip:=0}"
    if [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
    if [ "$bad" -ne 0 ]; then cat "$log"; fi
    grep -E "skipped '" "$log" | sed "s/.*skipped '\(.*\)'/\1/" | sort | uniq -c | sed 's/^ *\([0-9]*\) /    skipped \1: /'
    passed=$((passed + ran - bad - skip)) failed=$((failed + bad)) skipped=$((skipped + skip))
    echo "$what: $((ran - bad - skip)) passed, $bad failed, $skip skipped ($((SECONDS - began)) s)"
}

# How it is installed and how the hub fares are matters of processes of their own, so they are looked at once.
twice=() once=()
for module in "${modules[@]}"; do
    case "$module" in
        test_packaging|test_eventlet) once+=("$module") ;;
        *) twice+=("$module") ;;
    esac
done
if [ ${#twice[@]} -gt 0 ]; then
    one "with ordinary threads" "${twice[@]}"
    export NOVADOCKER_TEST_EVENTLET=1
    one "patched by eventlet, as in nova-compute" "${twice[@]}"
    unset NOVADOCKER_TEST_EVENTLET
fi
if [ ${#once[@]} -gt 0 ]; then one "in processes of their own" "${once[@]}"; fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
