#!/usr/bin/env bash
# An Open vSwitch of one's own, for tests. See --help.
set -euo pipefail

readonly program=openvswitch.sh
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
readonly here
# shellcheck source=docker/common.sh
source "$here/../docker/common.sh"

help() {
    cat <<'HELP'
NAME
    openvswitch.sh - run an Open vSwitch of your own, apart from any other on this machine

SYNOPSIS
    tests/openvswitch.sh start       [--dir DIR]
    tests/openvswitch.sh stop        [--dir DIR] [--purge]
    tests/openvswitch.sh kill-switch [--dir DIR]
    tests/openvswitch.sh status      [--dir DIR]

DESCRIPTION
    Starts ovsdb-server and ovs-vswitchd with everything of theirs below DIR: database, sockets, pid files, logs. The
    database listens on the unix socket DIR/db.sock only: ovs-vsctl --db=unix:DIR/db.sock. No other Open vSwitch of
    this machine is used or touched, nor what the package's own services keep below /etc and /run.

    Bridges are to be made with datapath_type=netdev: they work in user space, so that no kernel module is needed.
    For those, every Open vSwitch has a device ovs-netdev. There can be one of them, so a start fails where another
    Open vSwitch has such bridges.

    What is missing (Debian's openvswitch-switch) is installed with apt-get, and no service is started by that. On a
    machine with systemd the package's own service is started with the next boot, unless disabled.

    start        Starts what does not run and returns when it answers. A database that is there is kept.
    stop         Stops both in ten seconds at most, with the devices of their bridges. The database stays.
    kill-switch  Ends ovs-vswitchd by SIGKILL. The database goes on; start starts the switch again.
    status       Says which of them run, and as which processes.

OPTIONS
    --dir DIR  Where everything of this Open vSwitch lives. Default: var/openvswitch in the repository. A socket's path
               has a limit of 104 bytes, so DIR may have 80.
    --purge    After the stop, remove all that it has stored below DIR.
    --help     Show this text.

EXIT STATUS
    0   done; for `status`, both run
    1   failed, or needs root; the message says which
    2   wrong usage
    3   `start`: another Open vSwitch has ovs-netdev. `status`: one of them does not run

EXAMPLES
    tests/openvswitch.sh start --dir /tmp/test-ovs
    export NOVADOCKER_TEST_OVS=unix:/tmp/test-ovs/db.sock
    tests/openvswitch.sh stop --purge --dir /tmp/test-ovs
HELP
}

# ---------------------------------------------------------------------------------------------------------------------

database_pid() { process_of "--pidfile=$dir/ovsdb-server.pid" ovsdb-server; }
switch_pid() { process_of "--pidfile=$dir/ovs-vswitchd.pid" ovs-vswitchd; }
vsctl() { ovs-vsctl --db="$database" --timeout=60 "$@"; }

need_root() { is_root || die "Open vSwitch needs root. Run as root: bash $0 $verb --dir $dir"; }

# lock: one start or stop of it at a time. The daemons do not inherit the lock.
lock() {
    mkdir -p -- "$dir" || die "cannot make the directory $dir"
    exec {lock_fd}>"$dir/lock"
    flock --timeout 60 "$lock_fd" || die "another openvswitch.sh has been working on $dir for a minute"
}

# launch NAME ARGUMENT...: a daemon that looks for nothing outside of DIR.
launch() {
    OVS_RUNDIR=$dir OVS_LOGDIR=$dir OVS_DBDIR=$dir OVS_SYSCONFDIR=$dir \
        setsid "$@" --no-chdir --pidfile="$dir/$1.pid" --log-file="$dir/$1.log" -vconsole:off -vsyslog:off \
        >>"$dir/$1.log" 2>&1 </dev/null {lock_fd}>&- &
    launched=$!
}

# is_netdev_held: whether some Open vSwitch has the device now. One that a killed one has left can be taken.
is_netdev_held() {
    ip -details tuntap show 2>/dev/null | grep --after-context=1 '^ovs-netdev:' | grep --quiet 'Attached to processes:.*[a-z]'
}

start() {
    need_root
    (($(byte_length "$dir/ovs-vswitchd.12345678.ctl") <= socket_path_limit)) || die "the path of a unix socket may have \
$socket_path_limit bytes. Choose a shorter directory by --dir, such as /tmp/test-ovs."
    install_missing ovs-vsctl=openvswitch-switch ovsdb-server=openvswitch-switch ovs-vswitchd=openvswitch-switch ip=iproute2
    lock
    if [[ -z $(switch_pid) ]] && is_netdev_held; then
        say "another Open vSwitch of this machine has the device ovs-netdev, and there can be one of it"
        exit 3
    fi
    [[ -s $dir/conf.db ]] || ovsdb-tool create "$dir/conf.db" /usr/share/openvswitch/vswitch.ovsschema
    if [[ -z $(database_pid) ]]; then
        rm -f -- "$dir/db.sock"
        launch ovsdb-server --remote="p$database" "$dir/conf.db"
        wait_until 70 answers_or_ended "$launched" vsctl --no-wait show >"$dir/start.log" 2>&1 || true
        vsctl --no-wait init >"$dir/start.log" 2>&1 || fail "ovsdb-server did not start"
    fi
    if [[ -z $(switch_pid) ]]; then
        launch ovs-vswitchd "$database"
        # A change in the database is answered when the switch has seen it.
        vsctl set Open_vSwitch . external-ids:started="$launched.$RANDOM" >"$dir/start.log" 2>&1 || fail "ovs-vswitchd did not start"
    fi
    say "running at $database"
    say "to stop it: bash $here/openvswitch.sh stop --dir $dir"
}

fail() {
    show_tail "$dir/start.log" 5
    show_tail "$dir/ovsdb-server.log" 10
    show_tail "$dir/ovs-vswitchd.log" 10
    stop_daemons
    die "$1"
}

# stop_daemons: the devices of bridges in user space outlive a switch that is only told to end.
stop_daemons() {
    local bridges=() pids=() name
    mapfile -t bridges < <(vsctl --no-wait list-br 2>/dev/null)
    mapfile -t pids < <(switch_pid)
    if ((${#pids[@]})); then
        OVS_RUNDIR=$dir timeout 5 ovs-appctl --target="$dir/ovs-vswitchd.${pids[0]}.ctl" exit --cleanup >/dev/null 2>&1 || true
        end_processes 5 "${pids[@]}"
    fi
    if [[ -e $dir/conf.db ]] && ! is_netdev_held; then
        for name in "${bridges[@]}" ovs-netdev; do ip link delete dev "$name" 2>/dev/null || true; done
    fi
    mapfile -t pids < <(database_pid)
    end_processes 5 "${pids[@]}"
    rm -f -- "$dir/db.sock"
}

stop() {
    need_root
    if [[ ! -d $dir ]]; then
        say "there is nothing in $dir"
        return 0
    fi
    lock
    stop_daemons
    say "stopped"
    if [[ -n $purge ]]; then
        rm -rf --one-file-system -- "$dir"/conf.db "$dir"/.conf.db.~lock~ "$dir"/*.log "$dir"/*.pid "$dir"/*.ctl \
            "$dir"/*.mgmt "$dir"/*.snoop "$dir/lock"
        rmdir --ignore-fail-on-non-empty -- "$dir"
        say "removed its data in $dir"
    fi
}

kill_switch() {
    need_root
    local pids=()
    mapfile -t pids < <(switch_pid)
    ((${#pids[@]})) || return 0
    kill -KILL "${pids[@]}"
    wait_until 30 all_ended "${pids[@]}" || die "ovs-vswitchd does not end"
}

status() {
    local server switch
    server=$(database_pid)
    switch=$(switch_pid)
    say "ovsdb-server ${server:-does not run}, ovs-vswitchd ${switch:-does not run} ($dir)"
    [[ -n $server && -n $switch ]] || return 3
}

# ---------------------------------------------------------------------------------------------------------------------

verb=''
dir=$(dirname -- "$here")/var/openvswitch
purge=''
while (($#)); do
    case $1 in
        start | stop | kill-switch | status)
            [[ -z $verb ]] || usage_error "one of start, stop, kill-switch, status; not '$verb' and '$1'"
            verb=$1
            ;;
        --dir)
            need_value "$1" $#
            dir=$2
            shift
            ;;
        --dir=*) dir=${1#*=} ;;
        --purge) purge=yes ;;
        -h | --help)
            help
            exit 0
            ;;
        *) usage_error "unknown argument '$1'" ;;
    esac
    shift
done
[[ -n $verb ]] || usage_error "say what to do: start, stop, kill-switch or status"
[[ -n $dir ]] || usage_error "--dir needs the name of a directory"
[[ -z $purge || $verb == stop ]] || usage_error "--purge belongs to stop"
dir=$(realpath -m -- "$dir")
[[ $dir != / ]] || usage_error "--dir must not be the root directory"
[[ $dir != *[[:space:]\"\\]* ]] || usage_error "--dir may not contain white space, quotes or backslashes: $dir"
readonly verb dir purge
readonly database="unix:$dir/db.sock"

case $verb in
    start) start ;;
    stop) stop ;;
    kill-switch) kill_switch ;;
    status) status ;;
esac
