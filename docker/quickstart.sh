#!/usr/bin/env bash
# From an empty clone to a container that was booted, snapshotted, deleted, and whose history can be read. See --help.
set -euo pipefail

readonly program=quickstart.sh
repository=$(dirname -- "$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)")
readonly repository
# shellcheck source=docker/common.sh
source "$repository/docker/common.sh"

readonly node=$repository/src/NovaDocker.Node/bin/Release/net10.0/novadocker-node
readonly novadocker=$repository/src/NovaDocker.Cli/bin/Release/net10.0/novadocker
readonly image=novadocker/hello:1

help() {
    cat <<'HELP'
NAME
    quickstart.sh - boot a container as an instance on this machine, and read what happened to it

SYNOPSIS
    docker/quickstart.sh [--once] [--dir DIR] [--port PORT]

DESCRIPTION
    Needs Debian (or a relative of it) and the .NET SDK 10, and nothing else that it does not install itself.

    1. Finds a Docker Engine that answers: at $DOCKER_HOST, else at /var/run/docker.sock. If none does, installs
       Debian's docker.io and starts an Engine of its own in DIR/engine by docker/engine.sh. That needs root.
    2. Builds the node and the `novadocker` command.
    3. Starts a node in the background, with its journal (SQLite) and its images in DIR/node.
    4. Makes a small image, adds it, boots an instance from it and shows its console.
    5. Snapshots the instance and boots a second one from the snapshot.
    6. Deletes both and prints the history of each.

    The node is left running, and the commands to try next and to stop everything are printed. It may be run again: a
    node that was left running is used again (and is not built again: stop it first to try changed code).

    If a step fails, the message says which, the end of the node's log is shown, and what this run made and started is
    deleted and stopped.

OPTIONS
    --once       Stop the node and the Engine at the end, as far as this run started them. What they have stored stays.
    --dir DIR    Where everything is kept. Default: var in the repository.
    --port PORT  The port on 127.0.0.1 that the node listens on. Default: 4053.
    --help       Show this text.

EXIT STATUS
    0 done, 1 failed, 2 wrong usage.

FILES
    DIR/node.log, DIR/node.pid   the node's log and process id
    DIR/node                     its journal and images
    DIR/engine                   the Engine, where one was started
    DIR/build.log                the output of the build

GETTING THE .NET SDK
    For one user, without root:
        curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0
        export DOTNET_ROOT="$HOME/.dotnet" PATH="$HOME/.dotnet:$PATH"
    Or from Microsoft's package repository: https://learn.microsoft.com/dotnet/core/install/linux-debian
HELP
}

# --- what is said, and the end ---------------------------------------------------------------------------------------

# step TEXT: names what comes next; a failure is reported under this name.
step() {
    current_step=$1
    printf '\n==> %s\n' "$1"
}

finish() {
    local code=$?
    trap - EXIT
    trap '' INT TERM
    if ((code != 0)); then
        printf '\n' >&2
        say "failed at: $current_step"
        [[ -z $running_node ]] || show_tail "$node_log" 30
        delete_left_instances
    fi
    if ((code != 0)) || [[ -n $once ]]; then
        stop_node || code=1
        stop_engine || code=1
    fi
    exit "$code"
}

delete_left_instances() {
    local id
    for id in "${instances[@]}"; do
        say "deleting instance $id"
        timeout 30 "$novadocker" --node "127.0.0.1:$port" delete "$id" >/dev/null 2>&1 ||
            say "could not delete it; look for a container named nova-$id at $engine"
    done
}

stop_node() {
    [[ -n $node_started ]] || return 0
    say "stopping the node"
    (end_processes 30 "$node_started") || return 1
    rm -f -- "$dir/node.pid"
}

stop_engine() {
    [[ -n $engine_started ]] || return 0
    bash "$repository/docker/engine.sh" stop --dir "$dir/engine"
}

# --- the parts -------------------------------------------------------------------------------------------------------

# find_node: sets `running_node`, and takes its port and its Engine, if a node of this directory runs.
find_node() {
    local arguments argument
    running_node=$(process_of "novadocker.data-directory=$dir/node" novadocker-node)
    [[ -n $running_node ]] || return 0
    mapfile -d '' -t arguments <"/proc/$running_node/cmdline"
    for argument in "${arguments[@]}"; do
        case $argument in
            novadocker.engine.host=*) engine=${argument#*=} ;;
            novadocker.remoting.port=*) port=${argument#*=} ;;
        esac
    done
    if [[ -n $wanted_port && $wanted_port != "$port" ]]; then
        die "a node of $dir already runs on port $port (process $running_node). Stop it first: kill $running_node"
    fi
    echo "A node of $dir is already running (process $running_node, port $port)."
}

get_engine() {
    local candidate own="unix://$dir/engine/docker.sock"
    install_missing curl=curl
    if [[ -n $running_node ]]; then
        if ! engine_answers "$engine" && [[ $engine != "$own" ]]; then
            die "the running node uses the Engine at $engine, which does not answer. Start that Engine, or stop the \
node (kill $running_node) and run this again."
        fi
    else
        for candidate in ${DOCKER_HOST:+"$DOCKER_HOST"} unix:///var/run/docker.sock "$own"; do
            if engine_answers "$candidate"; then
                engine=$candidate
                break
            fi
            [[ $candidate != "${DOCKER_HOST:-}" ]] || say "no Engine answers at DOCKER_HOST=$DOCKER_HOST"
        done
    fi
    if [[ -n $engine ]] && engine_answers "$engine"; then
        echo "Using the Engine that answers at $engine"
    else
        echo "No Engine answers; starting one in $dir/engine"
        engine=$own
        engine_started=yes
        bash "$repository/docker/engine.sh" start --dir "$dir/engine"
    fi
}

build() {
    local project
    if [[ -n $running_node && -x $novadocker ]]; then
        echo "The running node is used; nothing is built."
        return
    fi
    echo "The first time this downloads packages and takes a minute or more. Output: $dir/build.log"
    : >"$dir/build.log"
    for project in NovaDocker.Node NovaDocker.Cli; do
        if ! dotnet build "$repository/src/$project/$project.csproj" --configuration Release --nologo \
            --verbosity minimal >>"$dir/build.log" 2>&1; then
            show_tail "$dir/build.log" 20
            die "the build of $project failed"
        fi
    done
}

nova() { timeout 180 "$novadocker" --node "127.0.0.1:$port" "$@"; }

# field NAME: the value of the first text field of that name in the JSON on standard input.
field() {
    awk -v name="$1" '!found && match($0, "\"" name "\" *: *\"[^\"]*\"") {
        found = 1
        text = substr($0, RSTART, RLENGTH - 1)
        sub(/^"[^"]*" *: *"/, "", text)
        print text
    }'
}

# holds [OPTION]... TEXT: whether grep finds TEXT on standard input. Unlike `grep -q` it reads to the end: a writer
# whose reader has gone fails, and the pipeline with it.
holds() { grep -F "$@" >/dev/null; }

host_is_up() { [[ $(nova hosts --json 2>"$dir/hosts.err" | field engineState) == [Hh]ealthy ]]; }

port_is_taken() { (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }

start_node() {
    if [[ -z $running_node ]]; then
        ! port_is_taken || die "port $port on 127.0.0.1 is taken by another program. Choose one: --port PORT"
        setsid "$node" --config "$repository/hocon/node.conf" --set "novadocker.data-directory=$dir/node" \
            --set "novadocker.engine.host=$engine" --set "novadocker.remoting.port=$port" \
            >"$node_log" 2>&1 </dev/null &
        node_started=$!
        running_node=$node_started
        echo "$node_started" >"$dir/node.pid"
    fi
    wait_until 60 answers_or_ended "$running_node" host_is_up || true
    ! has_ended "$running_node" || die "the node has ended"
    if ! host_is_up; then
        sed 's/^/    /' "$dir/hosts.err" >&2
        die "the node (process $running_node, port $port) runs, but does not show its host with a healthy Engine"
    fi
    rm -f -- "$dir/hosts.err"
    nova hosts
}

add_image() {
    # The count that this prints grows by one with each boot of the same file system: it shows that the second
    # instance has what the first one wrote. An ending on SIGTERM spares `stop` its wait.
    # shellcheck disable=SC2016 # for the shell in the container
    local script='echo >>/root/boots
echo "${GREETING:-Hello}: this file system has been booted $(wc -l </root/boots) time(s)"
trap "exit 0" TERM
while :; do sleep 3600 & wait $!; done'
    if nova images --json | holds "\"$image\""; then
        echo "The image $image is there already."
        return
    fi
    bash "$repository/docker/make-image.sh" --output "$dir/hello.tar" --name "$image" \
        --cmd /bin/sh --cmd -c --cmd "$script" >/dev/null
    nova image-add "$dir/hello.tar" --name "$image"
}

console_has() { nova console "$1" 2>/dev/null | holds -- "$2"; }
is_deleted() { nova show "$1" --json | field state | holds -i -x deleted; }

# boot NAME IMAGE TEXT: boots, waits for Active, shows the console once TEXT is on it. Sets `instance`.
boot() {
    local answer state code=0
    answer=$(nova boot --name "$1" --image "$2" --memory-mb 64 --vcpus 1 --env "GREETING=Hello from $1" --json) ||
        code=$?
    # A boot that fails may have made an instance all the same, which is to be deleted then.
    instance=$(field id <<<"$answer")
    instances+=(${instance:+"$instance"})
    ((code == 0)) || die "novadocker boot ended with code $code. $answer"
    [[ -n $instance ]] || die "novadocker boot answered without an id: $answer"
    state=$(field state <<<"$answer")
    [[ ${state,,} == active ]] || die "instance $instance is $state, not Active. Look at: novadocker history $instance"
    echo "Instance $instance is Active, container $(field containerId <<<"$answer")"
    wait_until 20 console_has "$instance" "$3" ||
        die "the console of $instance does not show '$3' but: $(nova console "$instance" 2>&1)"
    echo "Its console:"
    nova console "$instance" | sed 's/^/    /'
}

delete_and_show() {
    local id
    for id in "${instances[@]}"; do
        nova delete "$id"
        wait_until 60 is_deleted "$id" || die "instance $id is not Deleted but: $(nova show "$id" 2>&1)"
    done
    for id in "${instances[@]}"; do
        printf '\nThe history of %s:\n' "$id"
        nova history "$id"
    done
    instances=()
}

# own_engine: whether the Engine in use is the one in DIR.
own_engine() { [[ $engine == "unix://$dir/engine/docker.sock" ]]; }

tell_next() {
    local next=(
        "export PATH=\"\$PATH:$(dirname -- "$novadocker")\" NOVADOCKER_NODE=127.0.0.1:$port"
        "novadocker boot --name mine --image $image"
        "novadocker list"
        "novadocker console ID"
        "novadocker snapshot ID --name my-snapshot"
        "novadocker delete ID"
        "novadocker history ID")
    [[ -z $dotnet_root_needed ]] || next=("export DOTNET_ROOT=$DOTNET_ROOT" "${next[@]}")
    printf '\nThe node is running. To try next, with the id that boot prints for ID:\n\n'
    printf '    %s\n' "${next[@]}"
    printf '\nIts log:          tail -f %s\n' "$node_log"
    printf 'Stop the node:    kill %s\n' "$running_node"
}

tell_engine() { printf 'Stop the Engine:  bash %s/docker/engine.sh stop --dir %s/engine\n' "$repository" "$dir"; }

# ---------------------------------------------------------------------------------------------------------------------

once=''
dir=$repository/var
wanted_port=''
while (($#)); do
    case $1 in
        --once) once=yes ;;
        --dir | --port)
            need_value "$1" $#
            if [[ $1 == --dir ]]; then dir=$2; else wanted_port=$2; fi
            shift
            ;;
        -h | --help)
            help
            exit 0
            ;;
        *) usage_error "unknown argument '$1'" ;;
    esac
    shift
done
[[ -n $dir ]] || usage_error "--dir needs the name of a directory"
[[ -z $wanted_port || ($wanted_port =~ ^[1-9][0-9]{0,4}$ && $wanted_port -le 65535) ]] ||
    usage_error "--port is a number from 1 to 65535, not '$wanted_port'"
dir=$(realpath -m -- "$dir")
readonly once dir wanted_port
readonly node_log=$dir/node.log

port=${wanted_port:-4053}
engine='' engine_started='' running_node='' node_started='' instance=''
instances=()
current_step='the start'
mkdir -p -- "$dir"
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step "The .NET SDK"
check_sdk
echo ".NET SDK $(cd -- "$repository" && dotnet --version)"
step "A Docker Engine"
find_node
get_engine
step "Building the node and the novadocker command"
build
step "Starting the node"
start_node
step "Making and adding the image $image"
add_image
step "Booting the first instance"
boot hello-1 "$image" "booted 1 time"
step "Snapshotting it"
snapshot=hello-snapshot-$(date -u +%Y%m%d-%H%M%S)
nova snapshot "$instance" --name "$snapshot"
step "Booting a second instance from the snapshot"
boot hello-2 "$snapshot" "booted 2 time"
step "Deleting both, and what is remembered of them"
delete_and_show
step "Done"
# With --once, finish stops what this run started; the rest is left as it was, and how to stop it is said.
[[ -n $once && -n $node_started ]] || tell_next
! own_engine || [[ -n $once && -n $engine_started ]] || tell_engine
