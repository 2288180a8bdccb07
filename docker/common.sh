# shellcheck shell=bash
# Helpers that engine.sh, make-image.sh, quickstart.sh and tests/run.sh share. Sourced, never run.
# The sourcing script sets `program` to the name that its messages carry.
: "${program:?}"

# Daemons and ip live in sbin, which the PATH of a plain Debian login does not hold.
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
export PATH

# A unix socket's path may have 107 bytes for the kernel, and containerd takes 104.
# shellcheck disable=SC2034 # used by the scripts that source this file
readonly socket_path_limit=104

# The major version of the .NET SDK that global.json asks for.
readonly sdk_major=10

say() { printf '%s: %s\n' "$program" "$*" >&2; }

# die MESSAGE...: ends the script with code 1 (failed).
die() {
    say "error: $*"
    exit 1
}

# usage_error MESSAGE...: ends the script with code 2 (wrong usage).
usage_error() {
    say "error: $*"
    say "see: $0 --help"
    exit 2
}

# need_value OPTION COUNT: refuses an option that stands last and so has no value.
need_value() { (($2 >= 2)) || usage_error "$1 needs a value"; }

is_root() { [[ $EUID -eq 0 ]]; }

# byte_length TEXT: its length in bytes, whatever the locale.
byte_length() {
    local LC_ALL=C
    printf '%s' "${#1}"
}

# wait_until SECONDS COMMAND...: asks five times a second; fails when COMMAND was not true in that time.
wait_until() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.2
    done
}

# show_tail FILE LINES: the end of a log, indented, for an error message.
show_tail() {
    [[ -s $1 ]] || return 0
    say "the last lines of $1:"
    tail -n "$2" "$1" | sed 's/^/    /' >&2
}

# install_missing COMMAND=PACKAGE...: installs, with apt-get, the Debian packages of those commands that are absent.
install_missing() {
    local pair packages=()
    for pair in "$@"; do
        command -v "${pair%%=*}" >/dev/null || packages+=("${pair#*=}")
    done
    ((${#packages[@]})) || return 0
    command -v apt-get >/dev/null ||
        die "these Debian packages (or what equals them) are needed and there is no apt-get: ${packages[*]}"
    is_root || die "these packages are missing and installing them needs root: ${packages[*]}
    Run as root: apt-get install -y --no-install-recommends ${packages[*]}"
    say "installing ${packages[*]} with apt-get"
    apt_install "${packages[@]}"
}

# apt_install PACKAGE...: with the package lists as they are, and once more with fresh ones if that fails.
# A policy-rc.d is in place meanwhile, so that no service is started by the installation. One at a time: the first to end
# would take the other's policy away.
apt_install() (
    exec {apt_lock}>/run/novadocker-apt.lock
    flock "$apt_lock"
    policy=/usr/sbin/policy-rc.d made_policy=''
    log=$(mktemp)
    trap 'rm -f -- "$log" ${made_policy:+"$policy"}' EXIT
    if [[ ! -e $policy ]]; then
        made_policy=yes
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 0755 "$policy"
    fi
    export DEBIAN_FRONTEND=noninteractive
    local install=(apt-get install -y -qq -o DPkg::Lock::Timeout=120 --no-install-recommends "$@")
    "${install[@]}" >"$log" 2>&1 </dev/null && return 0
    say "fetching the package lists (apt-get update)"
    if ! { apt-get update -qq && "${install[@]}"; } >"$log" 2>&1 </dev/null; then
        show_tail "$log" 20
        die "apt-get could not install: $*"
    fi
)

# engine_answers HOST: whether a Docker Engine answers at unix:///PATH or tcp://ADDRESS:PORT (without TLS).
engine_answers() {
    local answer
    case $1 in
        unix://*)
            [[ -S ${1#unix://} ]] || return 1
            answer=$(curl -sS --max-time 5 --unix-socket "${1#unix://}" http://localhost/_ping 2>/dev/null) || return 1
            ;;
        tcp://*) answer=$(curl -sS --max-time 5 "http://${1#tcp://}/_ping" 2>/dev/null) || return 1 ;;
        *) return 1 ;;
    esac
    [[ $answer == OK ]]
}

# process_of ARGUMENT NAME: the id of the process NAME that was started with ARGUMENT, from the process table: a pid
# file may be stale, its number taken by another process, or missing.
process_of() {
    local directory arguments
    for directory in /proc/[0-9]*; do
        mapfile -d '' -t arguments 2>/dev/null <"$directory/cmdline" || continue
        [[ ${arguments[0]:-} == "$2" || ${arguments[0]:-} == */"$2" ]] || continue
        [[ " ${arguments[*]} " == *" $1 "* ]] && printf '%s\n' "${directory#/proc/}"
    done 2>/dev/null
    return 0
}

# has_ended PID: whether the process is gone, or a zombie that nobody has asked about yet.
has_ended() { [[ ! -d /proc/$1 ]] || grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null; }

all_ended() {
    local pid
    for pid in "$@"; do has_ended "$pid" || return 1; done
}

# end_processes SECONDS PID...: asks to end, waits, and kills what has not ended by then.
end_processes() {
    local seconds=$1
    shift
    (($#)) || return 0
    kill -TERM "$@" 2>/dev/null || true
    wait_until "$seconds" all_ended "$@" && return 0
    kill -KILL "$@" 2>/dev/null || true
    wait_until 10 all_ended "$@" || die "these processes do not end, not even by SIGKILL: $*"
}

# answers_or_ended PID COMMAND...: true as soon as there is nothing more to wait for.
answers_or_ended() {
    local pid=$1
    shift
    "$@" || has_ended "$pid"
}

# check_sdk: finds the .NET SDK and sets the environment in which it builds: without banner and telemetry, without
# processes that outlive a build, and without the ICU libraries, which a plain Debian does not have and nothing here
# needs. Sets `dotnet_root_needed` if the built programs find the runtime by DOTNET_ROOT only.
check_sdk() {
    local how="See 'GETTING THE .NET SDK' in: bash docker/quickstart.sh --help" installed
    export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
    export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="${DOTNET_SYSTEM_GLOBALIZATION_INVARIANT:-1}"
    # Where Microsoft's dotnet-install.sh puts it.
    command -v dotnet >/dev/null || PATH="${DOTNET_ROOT:-${HOME:-/root}/.dotnet}:$PATH"
    command -v dotnet >/dev/null || die "the .NET SDK $sdk_major is needed and there is no dotnet on the PATH.
    $how"
    installed=$(dotnet --list-sdks 2>&1) || die "dotnet does not run: $installed"
    grep -q "^$sdk_major\." <<<"$installed" || die "the .NET SDK $sdk_major is needed; here is: \
$(awk '{ printf "%s ", $1 }' <<<"${installed:-none}")
    $how"
    dotnet_root_needed=''
    if [[ -z ${DOTNET_ROOT:-} ]]; then
        DOTNET_ROOT=$(dirname -- "$(realpath -- "$(command -v dotnet)")")
        # The two places where a program looks without being told.
        # shellcheck disable=SC2034 # used by the scripts that source this file
        [[ -e /etc/dotnet/install_location || $DOTNET_ROOT == /usr/share/dotnet ]] || dotnet_root_needed=yes
        export DOTNET_ROOT
    fi
}
