#!/usr/bin/env bash
# Runs the kill test longer, or again with a seed that failed. See --help.
set -euo pipefail

readonly program=chaos.sh
repository=$(dirname -- "$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)")
readonly repository
# shellcheck source=docker/common.sh
source "$repository/docker/common.sh"

help() {
    cat <<'HELP'
NAME
    chaos.sh - kill nodes and Engines at random, and see whether journal and Engine agree afterwards

SYNOPSIS
    tests/chaos.sh [--seed N] [--kills N] [--instances N]

DESCRIPTION
    Drives many instances through all verbs at once, but those of rescues and ports, on real node processes and a real
    Engine of its own, and kills the node, the Engine (dockerd and containerd), or both, with signal 9 at random moments. When all is quiet again, every
    instance must rest in a state that its history explains, every command that was acknowledged must be in the
    journal, and the Engine must hold exactly the containers and images that the journal accounts for.

    tests/run.sh runs the same with 25 kills and 40 instances. Needs root.

OPTIONS
    --seed N       Which commands are given, and what is killed after how many of them. Default: a new one, which is
                   printed. The moments within the machine are its own: a seed makes a failure likely again, not
                   certain.
    --kills N      How many kills. Default: 100. The third of every six kills the Engine, the tenth both.
    --instances N  How many instances. Default: 40.
    --help         Show this text.

EXIT STATUS
    0   all agreed
    1   something did not; it is named, with the seed
    2   wrong usage
HELP
}

number() {
    need_value "$1" "$3"
    [[ $2 =~ ^[1-9][0-9]{0,8}$ ]] || usage_error "$1 is '$2'; a whole number from 1 is expected"
}

kills=100
instances=40
seed=
while (($#)); do
    case $1 in
        --seed) number "$1" "${2:-}" $#; seed=$2; shift ;;
        --kills) number "$1" "${2:-}" $#; kills=$2; shift ;;
        --instances) number "$1" "${2:-}" $#; instances=$2; shift ;;
        --help) help; exit 0 ;;
        *) usage_error "unknown argument '$1'" ;;
    esac
    shift
done

export NOVADOCKER_CHAOS_KILLS=$kills NOVADOCKER_CHAOS_INSTANCES=$instances
[[ -z $seed ]] || export NOVADOCKER_CHAOS_SEED=$seed
exec bash "$repository/tests/run.sh" --suite Chaos.Tests
