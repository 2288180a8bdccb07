#!/usr/bin/env bash
# Builds everything and runs all test suites against a Docker Engine of their own. See --help.
set -euo pipefail

readonly program=run.sh
repository=$(dirname -- "$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)")
readonly repository
# shellcheck source=docker/common.sh
source "$repository/docker/common.sh"
# shellcheck source=tests/suites.sh
source "$repository/tests/suites.sh"
# shellcheck source=tests/driver-node.sh
source "$repository/tests/driver-node.sh"

help() {
    cat <<'HELP'
NAME
    run.sh - build NovaDocker.Actors and run its test suites

SYNOPSIS
    tests/run.sh [--suite NAME]... [--openstack] [--filter EXPRESSION] [--keep]

DESCRIPTION
    Installs what the tests need (Debian's docker.io, iproute2, curl, faketime, e2fsprogs, ethtool, iputils-ping,
    openvswitch-switch, where they are missing), starts a Docker Engine of its own in a new directory below /tmp, with a
    bridge of its own, makes a small image, builds the solution in Release, and runs every project tests/*.Tests but
    NovaDocker.OpenStack.Tests, and then the tests of the Nova driver (tests/nova-driver/run.sh, the suite nova-driver, for
    which Debian's python3-nova is installed; none of it with --filter). At the end it lists the skipped tests with their
    reasons, stops the Engine and removes its data. An Engine that runs on the machine is not used and not touched. Needs root for the Engine.

    For the suites NovaDocker.Images.Tests and NovaDocker.EndToEnd.Tests it also installs and starts, while the
    solution is built, a Keystone and a Glance of their own (tests/openstack.sh), and stops and removes them at the
    end. Without root this is left out and the tests that need it are skipped.

    For the suites NovaDocker.Adapters.Tests, EndToEnd.Tests and OpenStack.Tests it also starts an Open vSwitch of its own
    (tests/openvswitch.sh). Without root, or where another Open vSwitch has the one device that bridges in user space
    need, this is left out and the tests that need it are skipped.

    With --openstack, or where --suite names it, the suite NovaDocker.OpenStack.Tests runs as well, as the last: forty
    minutes more, against a whole OpenStack (tests/cloud.sh) that is installed and started for it, and stopped and removed
    at the end. Without root, or where another one's network agent runs on this machine, its tests are skipped.

    A suite that hangs for ten minutes in one test is ended. A suite that crashes, or that runs no test at all, counts
    as one failure more.

    The last line on standard output is exactly:    N passed, N failed, N skipped

OPTIONS
    --suite NAME         Run this suite only, such as NovaDocker.Domain.Tests or Domain.Tests. May be repeated.
    --openstack          Run NovaDocker.OpenStack.Tests as well.
    --filter EXPRESSION  Run the tests that `dotnet test --filter` selects. A suite without one is no failure then,
                         unless no suite has any.
    --keep               Leave the Engine and all services running and the results in place, and say where.
    --help               Show this text.

ENVIRONMENT
    NOVADOCKER_TEST_ENGINE  If set (unix:///PATH), that Engine is used, none is started, and root is not needed.
                            Tests make containers and images there, under names and labels of their own.
    NOVADOCKER_TEST_OPENSTACK
                            If set (the path of the openstack.json that tests/openstack.sh writes), that Keystone and
                            Glance are used and none are started. Tests make images there, stop and kill that Glance.

    NOVADOCKER_TEST_OVS     If set (unix:/PATH of its database's socket), that Open vSwitch is used and none is started. It
                            has to be one of tests/openvswitch.sh: tests kill and start it.

    NOVADOCKER_TEST_CLOUD   If set (the path of the cloud.json that tests/cloud.sh writes), that OpenStack is used and none is
                            started. Tests kill and restart its services.

    The tests are given these four, and NOVADOCKER_TEST_IMAGE, the path of
    a `docker save` archive of a small busybox image that is named novadocker-test/busybox:1.

EXIT STATUS
    0   every suite ran and no test failed
    1   a test failed, a suite crashed or ran nothing, or the build failed
    2   wrong usage

EXAMPLES
    tests/run.sh
    tests/run.sh --openstack
    tests/run.sh --suite Domain.Tests --filter 'FullyQualifiedName~Snapshot'
HELP
}

# ---------------------------------------------------------------------------------------------------------------------

finish() {
    local code=$?
    trap - EXIT
    trap '' INT TERM
    stop_driver_node
    if [[ -n $openstack_job ]]; then
        kill -TERM "$openstack_job" 2>/dev/null || true
        wait "$openstack_job" || true
    fi
    if [[ -n $keep ]]; then
        say "kept: $work (results in $work/results)"
        [[ -z $openstack_started ]] || left_running "Keystone and Glance" tests/openstack.sh openstack
        [[ -z $cloud_started ]] || left_running OpenStack tests/cloud.sh cloud
        [[ -z $ovs_started ]] || left_running "Open vSwitch" tests/openvswitch.sh ovs
        [[ -z $engine_started ]] || left_running Engine docker/engine.sh engine
    else
        [[ -z $engine_started ]] || stop_and_purge docker/engine.sh engine || code=1
        [[ -z $openstack_started ]] || stop_and_purge tests/openstack.sh openstack || code=1
        [[ -z $cloud_started ]] || stop_and_purge tests/cloud.sh cloud || code=1
        [[ -z $ovs_started ]] || stop_and_purge tests/openvswitch.sh ovs || code=1
        rm -rf --one-file-system -- "$work"
    fi
    # A run that ended before its report, by a failed build for one, is a failure more.
    [[ -n $summary ]] || summary="$passed passed, $((failed + 1)) failed, $skipped skipped"
    printf '%s\n' "$summary"
    exit "$code"
}

left_running() {
    say "the tests' $1 still runs, unless it failed to start: bash $repository/$2 stop --purge --dir $work/$3"
}

stop_and_purge() {
    bash "$repository/$1" stop --purge --dir "$work/$2" >"$work/stop.log" 2>&1 || {
        show_tail "$work/stop.log" 20
        return 1
    }
}

start_engine() {
    if [[ -n ${NOVADOCKER_TEST_ENGINE:-} ]]; then
        install_missing curl=curl
        engine_answers "$NOVADOCKER_TEST_ENGINE" ||
            die "NOVADOCKER_TEST_ENGINE is set and no Engine answers at $NOVADOCKER_TEST_ENGINE"
        say "using the Engine at $NOVADOCKER_TEST_ENGINE"
        return
    fi
    is_root || die "the test Engine needs root. Run as root, or set NOVADOCKER_TEST_ENGINE to an Engine for tests."
    engine_started=yes
    bash "$repository/docker/engine.sh" start --dir "$work/engine" --bridge "ndt-${work##*.}"
    export NOVADOCKER_TEST_ENGINE="unix://$work/engine/docker.sock"
}

# needed_by PATTERN: whether one of the chosen suites is meant.
needed_by() {
    local project
    for project in "${projects[@]}"; do
        # shellcheck disable=SC2053 # a pattern, so without quotes
        [[ $(basename -- "$project" .csproj) != $1 ]] || return 0
    done
    return 1
}

# start_openstack: in the background. What it says would stand in the middle of the build's output, so it waits.
start_openstack() {
    needed_by 'NovaDocker.@(Images|EndToEnd).Tests' || return 0
    if [[ -n ${NOVADOCKER_TEST_OPENSTACK:-} ]]; then
        [[ -r $NOVADOCKER_TEST_OPENSTACK ]] ||
            die "NOVADOCKER_TEST_OPENSTACK is set and $NOVADOCKER_TEST_OPENSTACK cannot be read"
        say "using the Keystone and Glance of $NOVADOCKER_TEST_OPENSTACK"
        return
    fi
    if ! is_root; then
        say "without root no Keystone and no Glance is started; the tests that need them are skipped"
        return
    fi
    say "starting Keystone and Glance meanwhile"
    # They run as an account of their own, which has to reach its directory.
    chmod 0711 "$work"
    openstack_started=yes
    bash "$repository/tests/openstack.sh" start --tls --dir "$work/openstack" >"$work/openstack.log" 2>&1 &
    openstack_job=$!
}

await_openstack() {
    [[ -n $openstack_job ]] || return 0
    local code=0
    wait "$openstack_job" || code=$?
    openstack_job=''
    cat -- "$work/openstack.log" >&2
    ((code == 0)) || die "Keystone and Glance did not start"
    export NOVADOCKER_TEST_OPENSTACK="$work/openstack/openstack.json" NOVADOCKER_TEST_OPENSTACK_IS_OWN=1
}

# start_cloud: a whole OpenStack uses a processor also while nobody asks it for anything, so it starts when its tests are next.
start_cloud() {
    if [[ -n ${NOVADOCKER_TEST_CLOUD:-} ]]; then
        [[ -r $NOVADOCKER_TEST_CLOUD ]] || die "NOVADOCKER_TEST_CLOUD is set and $NOVADOCKER_TEST_CLOUD cannot be read"
        say "using the OpenStack of $NOVADOCKER_TEST_CLOUD"
        return
    fi
    if ! is_root; then
        say "without root no OpenStack is started; the tests that need it are skipped"
        return
    fi
    cloud_started=yes
    local code=0
    bash "$repository/tests/cloud.sh" start --dir "$work/cloud" || code=$?
    case $code in
        0) export NOVADOCKER_TEST_CLOUD="$work/cloud/cloud.json" ;;
        3) say "the tests that need an OpenStack are skipped" ;;
        *) die "OpenStack did not start" ;;
    esac
}

start_ovs() {
    needed_by 'NovaDocker.@(Adapters|EndToEnd|OpenStack).Tests' || return 0
    if [[ -n ${NOVADOCKER_TEST_OVS:-} ]]; then
        say "using the Open vSwitch at $NOVADOCKER_TEST_OVS"
        return
    fi
    if ! is_root; then
        say "without root no Open vSwitch is started; the tests that need it are skipped"
        return
    fi
    local code=0
    ovs_started=yes
    bash "$repository/tests/openvswitch.sh" start --dir "$work/ovs" || code=$?
    case $code in
        0) export NOVADOCKER_TEST_OVS="unix:$work/ovs/db.sock" ;;
        3) say "the tests that need an Open vSwitch of their own are skipped" ;;
        *) die "Open vSwitch did not start" ;;
    esac
}

# Clocks of single processes, file systems that can have an error, and what devices are tried with. Tests that need
# them are skipped without.
install_equipment() {
    ! is_root || install_missing faketime=faketime mkfs.ext4=e2fsprogs ethtool=ethtool ping=iputils-ping ip=iproute2
}

make_test_image() {
    NOVADOCKER_TEST_IMAGE=$(bash "$repository/docker/make-image.sh" --output "$work/busybox.tar" \
        --name novadocker-test/busybox:1)
    export NOVADOCKER_TEST_IMAGE
}

build() {
    say "building the solution in Release"
    dotnet build "$repository/NovaDocker.Actors.sln" --configuration Release --nologo --verbosity quiet ||
        die "the build failed"
}

# wanted SUITE: whether --suite names it, or there is no --suite and it is not left out.
wanted() {
    local suite
    [[ $1 != NovaDocker.OpenStack.Tests || -z $with_openstack ]] || return 0
    ((${#suites[@]})) || { [[ $1 != NovaDocker.OpenStack.Tests ]]; return; }
    for suite in "${suites[@]}"; do
        [[ $1 == "$suite" || $1 == "NovaDocker.$suite" ]] && return 0
    done
    return 1
}

# choose_projects: sets `projects` to what --suite names, or to all.
choose_projects() {
    local suite project name found
    shopt -s nullglob
    for project in "$repository"/tests/*.Tests/*.Tests.csproj; do
        ! wanted "$(basename -- "$project" .csproj)" || projects+=("$project")
    done
    ((${#suites[@]} || ${#projects[@]})) || die "there is no test suite below $repository/tests"
    for suite in "${suites[@]}"; do
        found=''
        for project in "${projects[@]}"; do
            name=$(basename -- "$project" .csproj)
            [[ $name != "$suite" && $name != "NovaDocker.$suite" ]] || found=yes
        done
        [[ -n $found || $suite == "$driver_suite" ]] || usage_error "there is no suite '$suite' in $repository/tests"
    done
}

run_suites() {
    local project cloud_project=''
    for project in "${projects[@]}"; do
        if [[ $project == */NovaDocker.OpenStack.Tests.csproj ]]; then cloud_project=$project; else run_suite "$project"; fi
    done
    # Its tests are no .NET tests, which an expression could choose among.
    [[ -n $filter ]] || ! wanted "$driver_suite" || run_driver_suite
    if [[ -n $cloud_project ]]; then
        start_cloud
        run_suite "$cloud_project"
    fi
    ((passed + failed + skipped + ${#broken[@]})) || broken+=("no test matches the filter")
}

report() {
    local line
    if [[ -s $work/skipped ]]; then
        printf '\nSkipped:\n'
        cat -- "$work/skipped"
    fi
    for line in "${broken[@]}"; do say "error: $line"; done
    failed=$((failed + ${#broken[@]}))
    summary="$passed passed, $failed failed, $skipped skipped"
    ((failed == 0))
}

# ---------------------------------------------------------------------------------------------------------------------

suites=()
with_openstack=''
filter=''
keep=''
while (($#)); do
    case $1 in
        --suite)
            need_value "$1" $#
            suites+=("${2%/}")
            shift
            ;;
        --filter)
            need_value "$1" $#
            filter=$2
            shift
            ;;
        --openstack) with_openstack=yes ;;
        --keep) keep=yes ;;
        -h | --help)
            help
            exit 0
            ;;
        *) usage_error "unknown argument '$1'" ;;
    esac
    shift
done

engine_started=''
openstack_started=''
openstack_job=''
cloud_started=''
ovs_started=''
summary=''
passed=0 failed=0 skipped=0
broken=()
projects=()
choose_projects
# Short on purpose: a unix socket's path may have 104 bytes (engine.sh).
work=$(mktemp -d /tmp/novadocker-tests.XXXXXX)
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

check_sdk
start_engine
install_equipment
make_test_image
start_ovs
start_openstack
build
await_openstack
run_suites
report
