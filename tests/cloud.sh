#!/usr/bin/env bash
# A real OpenStack of one's own on this machine, with this repository's driver, for tests. See --help.
set -euo pipefail

readonly program=cloud.sh
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
readonly here
# shellcheck source=docker/common.sh
source "$here/../docker/common.sh"

help() {
    cat <<'HELP'
NAME
    cloud.sh - run an OpenStack of your own on this machine, whose compute host is NovaDocker.Actors

SYNOPSIS
    tests/cloud.sh start         [--dir DIR] [--node-socket PATH] [--driver CLASS [--driver-path DIR]]
    tests/cloud.sh stop          [--dir DIR] [--purge]
    tests/cloud.sh restart       [--dir DIR]
    tests/cloud.sh status        [--dir DIR]
    tests/cloud.sh hosts         [--dir DIR]
    tests/cloud.sh kill-compute  [--dir DIR]
    tests/cloud.sh stop-compute  [--dir DIR]
    tests/cloud.sh start-compute [--dir DIR]
    tests/cloud.sh set-nova      [--dir DIR] [SECTION/NAME=VALUE]...
    tests/cloud.sh set-agent     [--dir DIR] NAME [--ovs unix:PATH]

DESCRIPTION
    Starts Keystone, Glance, Placement, Nova, Neutron and Heat as Debian 12 packages them, with MariaDB, RabbitMQ and
    memcached, and with everything of theirs below DIR: data, configuration, logs. The APIs listen on free ports of
    127.0.0.1, the database on a unix socket in DIR only. Nothing below /etc is changed or read but the packages'
    lists of middleware, and no other OpenStack, database or message queue of this machine is used. Needs root.

    nova-compute runs with the driver of src/nova-driver, which pip installs into a virtual environment in DIR: Nova
    lies in Debian's prefix, the driver in another. The node is not started by this script. nova-compute starts
    without it, and the driver waits for the node's socket; see --node-socket.

    Networks are Linux bridges, with Neutron's agents for bridges, DHCP, routers and metadata. Networks of tenants have
    no way out but a router to the network `public`, which is a bridge of this machine's with an address in
    198.19.0.0/16. No packet is forwarded beyond it. The agents write packet filters on this machine, so
    there can be one agent for ports on it: where another runs, start fails.

    What is missing is installed with apt-get, without recommended packages (some 420 packages, about two minutes). No
    service is started by that. On a machine with systemd the packages' own services are started with the next boot,
    unless disabled.

    start           Starts what does not run and returns when all answer and the agents report; if that fails, shows
                    the end of a log and stops what was started. With an empty DIR, it also makes schemas and users.
    stop            Stops all services, and removes the bridges, namespaces and packet filters that Neutron made. Data
                    stay for the next start, which uses the same ports.
    restart         Stops all services and starts them again, without touching the network: what a reboot of the
                    services is for the servers.
    status          Says which services run, where, and as which process.
    hosts           Returns when Nova has a compute host with an inventory that it can use: after the node's start.
    kill-compute    Ends nova-compute by SIGKILL.
    stop-compute    Stops nova-compute as an administrator would.
    start-compute   Starts nova-compute, with the driver as it now is in the repository.
    set-agent NAME  Has another of Neutron's agents wire the ports that are made from now on: linuxbridge, as after the
                    first start; openvswitch, which filters by Open vSwitch's own flows; or openvswitch-hybrid, which filters
                    in a Linux bridge between port and switch. Agents for DHCP and routers stay those of Linux bridges, so
                    networks have to be without DHCP.
    set-nova        Restarts nova-api and nova-compute with these options, such as
                    DEFAULT/reclaim_instance_interval=3600 for deletions that can be taken back, in place of those of the
                    last set-nova; without any, with none.

    There are the users admin (project admin), demo (project demo, role member) and nova (project service), all in the
    domain Default, with passwords made up at the first start. The region is RegionOne. Glance knows the container format
    docker. A periodic comparison of power states, which Nova does every ten minutes here, does not get in the way
    of a test that waits for an event.

OPTIONS
    --dir DIR           Where everything of this cloud lives. Default: var/cloud in the repository. Of letters, digits
                        and . _ - only, and at most 80 bytes.
    --node-socket PATH  The unix socket on which the node answers. Default: DIR/node/http.sock
    --driver CLASS      Another driver, as Nova's option compute_driver has it: fake.FakeDriver is Nova's own that boots
                        nothing. Without it, the one of the last start, or this repository's.
    --driver-path DIR   Where Python finds that driver.
    --ovs unix:PATH     The socket of the database of an Open vSwitch, such as one of tests/openvswitch.sh. The cloud makes a
                        bridge in it that works in user space, and removes it at its end.
    --purge             After the stop, remove all that is stored below DIR.
    --help              Show this text.

EXIT STATUS
    0   done; for `status`, all services run
    1   failed, or needs root; the message says why
    2   wrong usage
    3   `start`: another agent for ports runs on this machine. `status`: a service does not run

FILES
    DIR/cloud.json   for tests: URLs, users with passwords and ids, pids, logs, configuration, the node's socket
    DIR/openrc, DIR/openrc.demo, DIR/openrc.nova
                     for people: to be sourced before `openstack` is used, as user admin, demo or nova
    DIR/log          a log for each service

EXAMPLES
    tests/cloud.sh start --dir /tmp/cloud
    (. /tmp/cloud/openrc && openstack compute service list)
    tests/cloud.sh stop --dir /tmp/cloud --purge
HELP
}

# ---------------------------------------------------------------------------------------------------------------------

need_root() { is_root || die "Neutron needs root. Run as root: bash $0 $verb --dir $dir"; }

start() {
    need_root
    install
    need_no_other_agent
    lock
    make_directories
    remember
    write_configuration
    install_driver
    mapfile -t before < <(running)
    starting=yes
    bring_up
    starting=''
    say "to stop it: bash $here/cloud.sh stop --dir $dir"
}

running() { for service in "${services[@]}"; do ! runs "$service" || printf '%s\n' "$service"; done; }

bring_up() {
    local began=$SECONDS job bad=''
    : >"$dir/run/times"
    start_stores
    # Side by side: most of the time goes into loading programs, each of which uses one processor.
    prepare_identity &
    jobs+=($!)
    prepare_compute &
    jobs+=($!)
    for job in "${jobs[@]}"; do wait "$job" || bad=yes; done
    jobs=()
    [[ -z $bad ]] || exit 1
    : >"$dir/etc/prepared"
    [[ ! -s $dir/run/times ]] || say "schemas after $((SECONDS - began)) seconds, of them: $(longest)"
    start_rest
    await_rest
    describe
    say "running, after $((SECONDS - began)) seconds; for tests: $dir/cloud.json, for people: $dir/openrc"
}

longest() { sort -rn "$dir/run/times" | awk 'NR <= 3 { printf "%s%s %s s", (NR > 1 ? ", " : ""), $2, $1 }'; }

# ended: a start that failed or was interrupted leaves running what ran before it, and nothing else.
ended() {
    local code=$? service started=()
    trap - EXIT
    trap '' INT TERM
    if [[ -n $starting ]]; then
        say "stopping what was started"
        # Not by `wait`, which the signal may have broken off, and which then waits for the services.
        end_processes 5 "${jobs[@]}"
        for service in "${services[@]}"; do
            [[ " ${before[*]} " == *" $service "* ]] || started+=("$service")
        done
        stop_services 5 "${started[@]}"
        ((${#before[@]})) || end_all
    fi
    exit "$code"
}

# end_all: the agents leave DHCP servers and metadata proxies running on purpose.
end_all() {
    local left
    mapfile -t left < <(all_pids)
    end_processes 2 "${left[@]}"
    remove_networks
}

stop_all() {
    stop_services 10 nova-compute "${workers[@]}" "${apis[@]}"
    stop_services 20 "${stores[@]}"
}

stop() {
    need_root
    if [[ ! -d $dir ]]; then
        say "there is nothing in $dir"
        return 0
    fi
    lock
    local was
    was=$(all_pids)
    stop_all
    end_all
    if [[ -n $was ]]; then say "stopped"; else say "it is not running"; fi
    [[ -z $purge ]] || purge_data
}

# purge_data: removes what start makes and nothing else that may lie in the directory.
purge_data() {
    rm -rf --one-file-system -- "${dir:?}"/{db,run,log,etc,data,driver,tempest,cloud.json,openrc,openrc.demo,openrc.nova,lock}
    rmdir --ignore-fail-on-non-empty -- "$dir/node" "$dir" 2>/dev/null || true
    say "removed all data in $dir"
}

restart() {
    need_started
    stop_all
    starting=yes
    bring_up
    starting=''
}

# need_started: for what can be done only with services that have been started once.
need_started() {
    need_root
    [[ -s $dir/etc/filled ]] || die "there is no cloud in $dir. First: bash $here/cloud.sh start --dir $dir"
    lock
    driver_path=$(cat -- "$dir/etc/driver-path")
}

describe() {
    local service pid known=()
    for service in "${services[@]}"; do
        pid=$(leader "$service")
        [[ -z $pid ]] || known+=("$service=$pid")
    done
    catalog describe "${known[@]}"
}

# kill_compute: until none is left, in case one came in between.
kill_compute() {
    local all=()
    while mapfile -t all < <(pids nova-compute); ((${#all[@]})); do
        kill -KILL "${all[@]}" 2>/dev/null || true
        wait_until 10 all_ended "${all[@]}" || die "these processes do not end, not even by SIGKILL: ${all[*]}"
    done
    say "killed nova-compute"
}

start_compute_again() {
    install_driver
    driver_configuration >"$dir/etc/nova-driver.conf"
    start_compute
    describe
    say "started nova-compute"
}

set_nova() {
    local setting rest
    for setting in "${settings_wanted[@]}"; do
        rest=${setting#*/}
        printf '[%s]\n%s = %s\n' "${setting%%/*}" "${rest%%=*}" "${rest#*=}"
    done >"$dir/etc/nova-changed.conf"
    stop_services 10 nova-compute nova-api
    start_nova_api
    start_compute_again
    await 90 nova-api listens "$(port nova)"
}

status() {
    local service pid code=0
    for service in "${services[@]}"; do
        pid=$(leader "$service")
        if [[ -n $pid ]]; then
            say "$service: running ($pid)"
        else
            say "$service: not running"
            code=3
        fi
    done
    return "$code"
}

# ---------------------------------------------------------------------------------------------------------------------

verb=''
dir=$(dirname -- "$here")/var/cloud
node_socket=''
driver=''
driver_path=''
purge=''
agent_wanted=''
ovs=''
settings_wanted=()
while (($#)); do
    case $1 in
        start | stop | restart | status | hosts | kill-compute | stop-compute | start-compute | set-nova | set-agent)
            [[ -z $verb ]] || usage_error "one thing at a time, not '$verb' and '$1'"
            verb=$1
            ;;
        --dir | --node-socket | --driver | --driver-path | --ovs)
            need_value "$1" $#
            name=${1#--}
            declare "${name//-/_}=$2"
            shift
            ;;
        --purge) purge=yes ;;
        linuxbridge | openvswitch | openvswitch-hybrid)
            [[ $verb == set-agent ]] || usage_error "'$1' belongs to set-agent"
            agent_wanted=$1
            ;;
        -h | --help)
            help
            exit 0
            ;;
        */*=*)
            [[ $verb == set-nova ]] || usage_error "options of Nova belong to set-nova"
            settings_wanted+=("$1")
            ;;
        *) usage_error "unknown argument '$1'" ;;
    esac
    shift
done
[[ -n $verb ]] || usage_error "say what to do: start, stop, restart, status, hosts, kill-compute, stop-compute, \
start-compute, set-nova or set-agent"
[[ -n $dir ]] || usage_error "--dir needs the name of a directory"
[[ -z $node_socket$driver$driver_path || $verb == start ]] || usage_error "--node-socket and --driver belong to start"
[[ $verb != set-agent || -n $agent_wanted ]] || usage_error "set-agent needs one of linuxbridge, openvswitch, openvswitch-hybrid"
[[ -z $ovs || $agent_wanted == openvswitch* ]] || usage_error "--ovs belongs to set-agent openvswitch and openvswitch-hybrid"
[[ $agent_wanted != openvswitch* || $ovs == unix:/* ]] || usage_error "set-agent $agent_wanted needs --ovs unix:/PATH, the socket of a database"
[[ -z $purge || $verb == stop ]] || usage_error "--purge belongs to stop"
dir=$(realpath -m -- "$dir")
[[ $dir != / ]] || usage_error "--dir must not be the root directory"
[[ $dir =~ ^[A-Za-z0-9/._-]+$ ]] || usage_error "--dir may contain letters, digits and . _ - only: $dir"
(($(byte_length "$dir") <= 80)) || usage_error "--dir may have 80 bytes. Choose a shorter one, such as /tmp/cloud"
[[ -z $node_socket ]] || node_socket=$(realpath -m -- "$node_socket")
[[ -z $driver_path ]] || driver_path=$(realpath -m -- "$driver_path")
readonly verb dir purge agent_wanted ovs own_driver=novadocker.virt.docker.DockerDriver
# Names of devices that tell by themselves whose they are, and the same for each DIR.
short=$(printf '%s' "$dir" | sha256sum | cut -c 1-8)
readonly short external_bridge=ndx$short integration_bridge=ndi$short host_name=cloud-$short external_address=198.19.$((16#${short:0:2})).1/24

# shellcheck source=tests/place.sh
source "$here/place.sh"
# shellcheck source=tests/cloud/prepare.sh
source "$here/cloud/prepare.sh"
# shellcheck source=tests/cloud/services.sh
source "$here/cloud/services.sh"
# shellcheck source=tests/cloud/configuration.sh
source "$here/cloud/configuration.sh"
# shellcheck source=tests/cloud/networks.sh
source "$here/cloud/networks.sh"
# shellcheck source=tests/cloud/port-agent.sh
source "$here/cloud/port-agent.sh"

starting=''
before=()
jobs=()
session=''
trap ended EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

case $verb in
    start) start ;;
    stop) stop ;;
    restart) restart ;;
    status) status ;;
    hosts)
        need_started
        await_hosts
        ;;
    kill-compute)
        need_started
        kill_compute
        ;;
    stop-compute)
        need_started
        stop_services 10 nova-compute
        ;;
    start-compute)
        need_started
        start_compute_again
        ;;
    set-nova)
        need_started
        set_nova
        ;;
    set-agent)
        need_started
        set_agent
        ;;
esac
