#!/usr/bin/env bash
# A Docker Engine of one's own, beside any other on the machine. See --help.
set -euo pipefail

readonly program=engine.sh
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
readonly here
# shellcheck source=docker/common.sh
source "$here/common.sh"

help() {
    cat <<'HELP'
NAME
    engine.sh - run a Docker Engine of your own, apart from any other on this machine

SYNOPSIS
    docker/engine.sh start  [--dir DIR] [--live-restore] [--bridge NAME]
    docker/engine.sh stop   [--dir DIR] [--purge]
    docker/engine.sh status [--dir DIR]
    docker/engine.sh env    [--dir DIR]

DESCRIPTION
    Starts dockerd and containerd with everything of theirs below DIR: data, state, sockets, logs, configuration.
    The Engine listens on the unix socket DIR/docker.sock only. It makes no bridge unless asked to, writes no
    iptables rule, does not turn on IP forwarding, and reads neither /etc/docker/daemon.json nor the configuration
    of a containerd that serves the machine. An Engine that runs already is left alone.

    dockerd and containerd come from Debian's docker.io package. What is missing is installed with apt-get, and no
    service is started by that; an Engine that is installed already, from Debian or from Docker, is used as it is.

    start   Starts the Engine and returns when its API answers, at most 60 seconds later; if it does not, shows the
            end of the logs, stops what was started and fails. An Engine that runs is left running. What a killed
            Engine has left behind (pid files, a containerd) does not hinder a start.
    stop    Stops the Engine's containers, dockerd and containerd with its shims, waits for their end, undoes mounts
            that were left over and removes the Engine's bridges. Images and containers stay on disk for the next
            start.
    status  Says whether the Engine runs, where, and as which processes.
    env     Prints the line that points a shell's docker commands to this Engine. To use it:
            eval "$(docker/engine.sh env)"

OPTIONS
    --dir DIR       Where everything of this Engine lives. Default: var/engine in the repository. A socket's path has
                    a limit of 104 bytes, so DIR may have 71.
    --live-restore  Containers keep running while dockerd is down (dockerd's option of that name). It takes effect
                    when dockerd starts. `stop` stops the containers nonetheless.
    --bridge NAME   Makes a Linux bridge of that name (at most 15 characters) with an address of its own, in a network
                    of 198.18.0.0/15 that no route leads to, for containers of network mode `bridge`. They reach each
                    other and this machine; no packet is forwarded beyond it. Ports are published by a process each,
                    so that this needs no iptables rule either. `stop` removes the bridge, also one that a killed
                    Engine has left. A device that exists already is not touched: the start fails.
    --purge         After the stop, remove all that the Engine has stored below DIR: images, containers, logs.
    --help          Show this text.

EXIT STATUS
    0   done; for `status`, the Engine answers
    1   failed, or needs root; the message says which
    2   wrong usage
    3   `status` only: the Engine does not answer

FILES
    DIR/docker.sock     the API
    DIR/dockerd.log     log of dockerd
    DIR/containerd.log  log of containerd
    DIR/data            images, containers, volumes

EXAMPLES
    docker/engine.sh start
    docker/engine.sh start --dir /srv/engine --live-restore
    docker/engine.sh start --dir /tmp/engine --bridge ndbr0
    docker/engine.sh stop --purge
HELP
}

# ---------------------------------------------------------------------------------------------------------------------

dockerd_pid() { process_of "--pidfile=$dir/dockerd.pid" dockerd; }
containerd_pid() { process_of "--config $dir/containerd.toml" containerd; }
shim_pids() { process_of "-address $dir/containerd/containerd.sock" containerd-shim-runc-v2; }
no_shims() { [[ -z $(shim_pids) ]]; }

# thaw PID: a paused container's processes do not receive a signal before they are thawed (cgroup v1, then v2).
thaw() {
    local path
    path=$(sed -n 's/^[0-9]*:freezer://p' "/proc/$1/cgroup" 2>/dev/null) || return 0
    if [[ ${path:-/} != / ]]; then
        echo THAWED >"/sys/fs/cgroup/freezer$path/freezer.state" || true
    fi 2>/dev/null
    path=$(sed -n 's/^0:://p' "/proc/$1/cgroup" 2>/dev/null) || return 0
    if [[ ${path:-/} != / && -e /sys/fs/cgroup$path/cgroup.freeze ]]; then
        echo 0 >"/sys/fs/cgroup$path/cgroup.freeze" || true
    fi 2>/dev/null
    return 0
}

# end_left_containers: ends the containers that outlived dockerd (live-restore, or dockerd was killed), and their shims.
end_left_containers() {
    local shims=() children=() list shim pid
    mapfile -t shims < <(shim_pids)
    ((${#shims[@]})) || return 0
    for shim in "${shims[@]}"; do
        list=$(cat "/proc/$shim/task/$shim/children" 2>/dev/null) || continue
        for pid in $list; do
            thaw "$pid"
            children+=("$pid")
        done
    done
    end_processes 10 "${children[@]}"
    mapfile -t shims < <(shim_pids)
    end_processes 5 "${shims[@]}"
}

# mounts_below DIRECTORY: the mount points below it, the deepest first.
mounts_below() {
    local point
    while read -r _ point _; do
        printf -v point '%b' "$point"
        [[ $point == "$1"/* ]] && printf '%s\n' "$point"
    done </proc/self/mounts | sort -r
}

unmount_leftovers() {
    local point
    while read -r point; do
        umount -- "$point" 2>/dev/null || umount --lazy -- "$point" || die "cannot unmount $point"
    done < <(mounts_below "$dir")
}

# bridge_mark: the hardware address of this Engine's own bridge. A bridge is given it in the moment it is made, so that
# one is known for ours whenever its maker was killed.
bridge_mark() {
    local digest
    digest=$(printf '%s' "$dir" | sha256sum)
    printf '02:%s:%s:%s:%s:%s' "${digest:0:2}" "${digest:2:2}" "${digest:4:2}" "${digest:6:2}" "${digest:8:2}"
}

# own_bridges: the bridges of this Engine: the one that was made here, and those of networks that were made in it.
own_bridges() {
    local device name mark networks="$dir/data/network/files/local-kv.db"
    mark=$(bridge_mark)
    for device in /sys/class/net/*/bridge; do
        device=${device%/bridge}
        name=${device##*/}
        if [[ $(cat "$device/address" 2>/dev/null) == "$mark" ]] ||
            { [[ $name =~ ^br-[0-9a-f]{12}$ ]] && grep -qas -- "${name#br-}" "$networks"; }; then
            printf '%s\n' "$name"
        fi
    done
}

has_bridge() { [[ $'\n'$(own_bridges)$'\n' == *$'\n'"$bridge"$'\n'* ]]; }

remove_bridges() {
    local name
    while read -r name; do
        ip link delete dev "$name" || die "cannot remove the bridge $name"
    done < <(own_bridges)
}

# make_bridge: one at a time on this machine, so that no two choose the same network.
make_bridge() (
    [[ ! -e /sys/class/net/$bridge ]] ||
        die "there is a network device $bridge already, and this Engine did not make it. Choose another name"
    exec {devices}</sys/class/net
    flock --timeout 60 "$devices" || die "another engine.sh has been making a bridge for a minute"
    local mark network start number
    mark=$(bridge_mark)
    start=$((0x${mark:3:2} * 2))
    for ((number = start; number < start + 512; number++)); do
        # The tests give their own networks addresses below 198.18.32.0.
        ((number % 512 >= 32)) || continue
        network=198.$((18 + number % 512 / 256)).$((number % 256))
        # Neither a route inside it nor one that it lies in; the default route leads everywhere.
        [[ -z $(ip -4 route show table all root "$network.0/24"; ip -4 route show table all match "$network.0/24" |
            grep -v -e '^default' -e '^0\.0\.0\.0/') ]] || continue
        ip link add name "$bridge" address "$mark" type bridge &&
            ip address add "$network.1/24" dev "$bridge" && ip link set dev "$bridge" up ||
            die "cannot make the bridge $bridge"
        return 0
    done
    die "no network of 198.18.0.0/15 is free for a bridge"
)

need_root() { is_root || die "an Engine needs root. Run as root: bash $0 $verb --dir $dir"; }

# lock: one start or stop of this Engine at a time. The daemons do not inherit the lock.
lock() {
    mkdir -p -- "$dir" || die "cannot make the directory $dir"
    exec {lock_fd}>"$dir/lock"
    flock --timeout 120 "$lock_fd" || die "another engine.sh has been working on $dir for two minutes"
}

check_cgroups() {
    [[ -e /sys/fs/cgroup/cgroup.controllers || -d /sys/fs/cgroup/memory ]] ||
        die "control groups are not mounted, an Engine cannot run without. Try: mount -t cgroup2 cgroup2 /sys/fs/cgroup"
}

check_socket_paths() {
    # The longest socket paths that the two daemons make below the directory.
    local longest="$dir/containerd/containerd.sock.ttrpc"
    (($(byte_length "$longest") <= socket_path_limit)) || die "the path of a unix socket may have $socket_path_limit \
bytes and $longest has $(byte_length "$longest"). Choose a shorter directory by --dir, such as /tmp/engine."
}

write_configuration() {
    mkdir -p -- "$dir/data" "$dir/exec" "$dir/containerd"
    chmod 0711 "$dir/data" "$dir/exec" "$dir/containerd"
    # An empty file of its own: otherwise dockerd would read /etc/docker/daemon.json.
    echo '{}' >"$dir/daemon.json"
    cat >"$dir/containerd.toml" <<TOML
version = 2
root = "$dir/data/containerd"
state = "$dir/containerd/state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]

[grpc]
  address = "$dir/containerd/containerd.sock"

[plugins."io.containerd.internal.v1.opt"]
  path = "$dir/data/containerd/opt"
TOML
}

launch() {
    local log=$1
    shift
    setsid "$@" >>"$log" 2>&1 </dev/null {lock_fd}>&- &
    launched=$!
}

containerd_listens() { [[ -S $dir/containerd/containerd.sock ]]; }

start_containerd() {
    [[ -z $(containerd_pid) ]] || return 0
    rm -f -- "$dir/containerd/containerd.sock" "$dir/containerd/containerd.sock.ttrpc"
    launch "$dir/containerd.log" containerd --config "$dir/containerd.toml"
    wait_until 30 answers_or_ended "$launched" containerd_listens || true
    if ! containerd_listens || has_ended "$launched"; then
        show_tail "$dir/containerd.log" 20
        stop_daemons
        die "containerd did not start"
    fi
}

start_dockerd() {
    local options=(
        --config-file="$dir/daemon.json" --pidfile="$dir/dockerd.pid" --data-root="$dir/data" --exec-root="$dir/exec"
        --host="$host" --containerd="$dir/containerd/containerd.sock"
        --bridge="${bridge:-none}" --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false)
    if [[ -n $bridge ]]; then options+=(--userland-proxy=true); else options+=(--userland-proxy=false); fi
    [[ -z $live_restore ]] || options+=(--live-restore)
    rm -f -- "$dir/dockerd.pid" "$dir/docker.sock"
    launch "$dir/dockerd.log" dockerd "${options[@]}"
    wait_until 60 answers_or_ended "$launched" engine_answers "$host" || true
    if ! engine_answers "$host"; then
        show_tail "$dir/dockerd.log" 20
        stop_daemons
        die "the Engine's API does not answer at $host"
    fi
}

# stop_daemons: dockerd first, which stops its containers; then what outlived it, then containerd.
stop_daemons() {
    local pids=()
    mapfile -t pids < <(dockerd_pid)
    end_processes 60 "${pids[@]}"
    # dockerd waits for its containers, and a shim's own end comes a moment later.
    wait_until 1 no_shims || true
    end_left_containers
    mapfile -t pids < <(containerd_pid)
    end_processes 20 "${pids[@]}"
    rm -f -- "$dir/dockerd.pid" "$dir/docker.sock"
    unmount_leftovers
    remove_bridges
}

start() {
    need_root
    check_socket_paths
    install_missing curl=curl dockerd=docker.io containerd=containerd runc=runc iptables=iptables ip=iproute2
    check_cgroups
    lock
    if [[ -n $(dockerd_pid) ]]; then
        wait_until 60 engine_answers "$host" || die "dockerd runs (process $(dockerd_pid)) but does not answer at $host.
    Look at $dir/dockerd.log, or stop it: bash $here/engine.sh stop --dir $dir"
        [[ -z $bridge || -n $(process_of "--bridge=$bridge" dockerd) ]] || die "the Engine of $dir runs, without the \
bridge $bridge. Stop it first: bash $here/engine.sh stop --dir $dir"
        say "already running at $host"
    else
        # Containers that outlived dockerd keep the bridges they are on.
        ! no_shims || remove_bridges
        [[ -z $bridge ]] || has_bridge || make_bridge
        write_configuration
        start_containerd
        start_dockerd
        say "running at $host"
    fi
    say "to stop it: bash $here/engine.sh stop --dir $dir"
}

stop() {
    need_root
    if [[ ! -d $dir ]]; then
        say "there is nothing in $dir"
        return 0
    fi
    lock
    local before
    before=$(dockerd_pid)$(containerd_pid)$(shim_pids)
    stop_daemons
    if [[ -n $before ]]; then say "stopped"; else say "it is not running"; fi
    [[ -z $purge ]] || purge_data
}

# purge_data: removes what start makes and nothing else that may lie in the directory.
purge_data() {
    [[ -z $(mounts_below "$dir") ]] || die "something is still mounted below $dir; nothing is removed"
    rm -rf --one-file-system -- "$dir/data" "$dir/exec" "$dir/containerd" "$dir/containerd.toml" "$dir/daemon.json" \
        "$dir/dockerd.log" "$dir/containerd.log" "$dir/lock"
    rmdir --ignore-fail-on-non-empty -- "$dir"
    say "removed the Engine's data in $dir"
}

status() {
    local docker containerd
    docker=$(dockerd_pid)
    containerd=$(containerd_pid)
    if [[ -z $docker$containerd ]]; then
        say "not running ($dir)"
        return 3
    fi
    command -v curl >/dev/null || die "curl is needed to ask the Engine"
    if engine_answers "$host"; then
        say "running at $host (dockerd ${docker:-not seen}, containerd ${containerd:-not seen})"
        return 0
    fi
    say "does not answer at $host (dockerd ${docker:-has ended}, containerd ${containerd:-has ended}); is this user \
allowed to use the socket? See $dir/dockerd.log"
    return 3
}

# ---------------------------------------------------------------------------------------------------------------------

verb=''
dir=$(dirname -- "$here")/var/engine
live_restore=''
bridge=''
purge=''
while (($#)); do
    case $1 in
        start | stop | status | env)
            [[ -z $verb ]] || usage_error "one of start, stop, status, env; not '$verb' and '$1'"
            verb=$1
            ;;
        --dir)
            need_value "$1" $#
            dir=$2
            shift
            ;;
        --dir=*) dir=${1#*=} ;;
        --live-restore) live_restore=yes ;;
        --bridge)
            need_value "$1" $#
            bridge=$2
            shift
            ;;
        --bridge=*) bridge=${1#*=} ;;
        --purge) purge=yes ;;
        -h | --help)
            help
            exit 0
            ;;
        *) usage_error "unknown argument '$1'" ;;
    esac
    shift
done
[[ -n $verb ]] || usage_error "say what to do: start, stop, status or env"
[[ -n $dir ]] || usage_error "--dir needs the name of a directory"
[[ -z $live_restore || $verb == start ]] || usage_error "--live-restore belongs to start"
[[ -z $bridge || $verb == start ]] || usage_error "--bridge belongs to start"
[[ -z $bridge || $bridge =~ ^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$ ]] ||
    usage_error "'$bridge' is no name for a bridge; it is up to 15 letters, digits, '.', '_' and '-'"
[[ $bridge != none && $bridge != docker0 ]] || usage_error "a bridge of this Engine's own is not called '$bridge'"
[[ -z $purge || $verb == stop ]] || usage_error "--purge belongs to stop"
dir=$(realpath -m -- "$dir")
[[ $dir != / ]] || usage_error "--dir must not be the root directory"
[[ $dir != *[[:space:]\"\\]* ]] || usage_error "--dir may not contain white space, quotes or backslashes: $dir"
readonly verb dir live_restore bridge purge
readonly host="unix://$dir/docker.sock"

case $verb in
    start) start ;;
    stop) stop ;;
    status) status ;;
    env) printf 'export DOCKER_HOST=%q\n' "$host" ;;
esac
