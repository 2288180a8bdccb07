#!/usr/bin/env bash
# Runs OpenStack's own tests of the compute API against a cloud of tests/cloud.sh. See --help.
set -euo pipefail

readonly program=tempest.sh
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
readonly here
# shellcheck source=docker/common.sh
source "$here/../../docker/common.sh"

help() {
    cat <<'HELP'
NAME
    tempest.sh - run Tempest's tests of servers against a cloud of tests/cloud.sh

SYNOPSIS
    tests/cloud/tempest.sh [--dir DIR] [--regex REGEX] [--list]

DESCRIPTION
    Tempest is OpenStack's own suite of tests, here that of Debian's package. This script writes a configuration for
    the cloud in DIR, which has to run with a compute host, makes two images and two flavors for it, and runs the
    tests of tempest.api.compute.servers one after another, but for those that tempest-skips.txt names with a reason.
    A failed test is shown with its traceback. Images and flavors are removed at the end.

OPTIONS
    --dir DIR      Where the cloud lives. Default: var/cloud in the repository.
    --regex REGEX  Run the tests whose names match, instead of all in tempest.api.compute.servers.
    --list         List the tests and run none.
    --help         Show this text.

OUTPUT
    The last line is:    N passed, N failed, N skipped

EXIT STATUS
    0 no test failed, 1 a test failed or Tempest did not run, 2 wrong usage.

FILES
    DIR/tempest  configuration, Tempest's log, and the results as Tempest keeps them
HELP
}

# value KEY: a text of cloud.json, such as '["urls"]["nova"]'.
value() { /usr/bin/python3 -IB -c "import json, sys; print(json.load(open(sys.argv[1]))$1)" "$dir/cloud.json"; }

# openstack ARGUMENT...: Debian's command, as the user admin.
openstack() (
    # shellcheck source=/dev/null
    source "$dir/openrc"
    exec /usr/bin/openstack "$@"
)

# make: what Tempest needs and cannot make by itself. The two images differ in nothing but their ids. Their console has as
# many lines as Tempest wants of one, and they end when they are told to, which a process with number 1 does only by a trap.
make() {
    # The archive is kept for the next run against this cloud: its busybox may come from the package mirror.
    local number archive=$dir/data/tempest-image.tar
    [[ -s $archive ]] || bash "$here/../../docker/make-image.sh" --output "$archive" --name tempest/image:1 \
        --cmd sh --cmd -c --cmd 'trap exit TERM; for i in $(seq 20); do echo "line $i"; done; sleep 100000 & wait' >/dev/null
    for number in 1 2; do
        images+=("$(openstack image create --public --container-format docker --disk-format raw --file "$archive" \
            "tempest-$$-$number" -f value -c id)")
        flavors+=("$(openstack flavor create --ram $((64 * number)) --disk "$number" --vcpus 1 "tempest-$$-$number" \
            -f value -c id)")
    done
}

unmake() {
    local code=$?
    trap - EXIT
    ((${#images[@]} == 0)) || openstack image delete "${images[@]}" || true
    ((${#flavors[@]} == 0)) || openstack flavor delete "${flavors[@]}" || true
    exit "$code"
}

configuration() {
    cat <<CONF
[DEFAULT]
log_file = $work/tempest.log
[oslo_concurrency]
lock_path = $work/lock
[auth]
use_dynamic_credentials = true
admin_username = admin
admin_password = $(value '["users"][0]["password"]')
admin_project_name = admin
admin_domain_name = Default
[identity]
uri_v3 = $(value '["authUrl"]')
auth_version = v3
region = RegionOne
[compute]
image_ref = ${images[0]:-none}
image_ref_alt = ${images[1]:-none}
flavor_ref = ${flavors[0]:-none}
flavor_ref_alt = ${flavors[1]:-none}
build_interval = 1
build_timeout = 120
max_microversion = latest
[compute-feature-enabled]
resize = true
pause = true
suspend = true
shelve = true
shelve_migrate = false
snapshot = true
rescue = true
console_output = true
interface_attach = true
config_drive = true
cold_migration = false
live_migration = false
change_password = false
vnc_console = false
scheduler_enabled_filters = $(/usr/bin/python3 -IB -c 'from nova.conf import scheduler as s
print(",".join(next(o for g, os in s.list_opts().items() for o in os if o.dest == "enabled_filters").default))')
[network]
public_network_id = ${external:-none}
floating_network_name = $(value '["externalNetwork"]')
project_network_cidr = 198.18.128.0/20
project_network_mask_bits = 26
[network-feature-enabled]
api_extensions = all
[service_available]
glance = true
neutron = true
nova = true
cinder = false
swift = false
horizon = false
[image]
build_timeout = 120
[validation]
run_validation = false
CONF
}

# tempest ARGUMENT...: with a home of its own, in which it keeps a list of its workspaces.
tempest() (cd -- "$work/run" && env -u PYTHONPATH PATH=/usr/bin:/bin HOME="$work" no_proxy=127.0.0.1 /usr/bin/tempest "$@")

# ---------------------------------------------------------------------------------------------------------------------

dir=$(dirname -- "$here")/../var/cloud
regex='^tempest\.api\.compute\.servers\.'
list=''
while (($#)); do
    case $1 in
        --dir | --regex)
            need_value "$1" $#
            declare "${1#--}=$2"
            shift
            ;;
        --list) list=yes ;;
        -h | --help)
            help
            exit 0
            ;;
        *) usage_error "unknown argument '$1'" ;;
    esac
    shift
done
dir=$(realpath -m -- "$dir")
[[ -r $dir/cloud.json ]] || die "there is no cloud in $dir. First: bash $here/../cloud.sh start --dir $dir"
readonly dir regex list work=$dir/tempest

images=()
flavors=()
external=''
trap unmake EXIT
rm -rf --one-file-system -- "$work"
mkdir -p -- "$work/lock"
(cd -- "$work" && env -u PYTHONPATH PATH=/usr/bin:/bin HOME="$work" /usr/bin/tempest init run >"$work/init.log" 2>&1) || {
    show_tail "$work/init.log" 20
    die "Tempest made no workspace"
}
if [[ -z $list ]]; then
    bash "$here/../cloud.sh" hosts --dir "$dir"
    make
    external=$(openstack network show "$(value '["externalNetwork"]')" -f value -c id)
fi
configuration >"$work/run/etc/tempest.conf"
# What stands behind the regular expression is the reason.
sed 's/[[:space:]]*#.*//; /^$/d' "$here/tempest-skips.txt" >"$work/skips"
choice=(--regex "$regex" --exclude-list "$work/skips")
if [[ -n $list ]]; then
    tempest run --list-tests "${choice[@]}" | grep '^tempest'
    exit 0
fi
tempest run --serial "${choice[@]}" >"$work/output" 2>&1 || true
cat -- "$work/output"
(cd -- "$work/run" && env -u PYTHONPATH HOME="$work" PATH=/usr/bin:/bin stestr last --subunit >"$work/results") || true
/usr/bin/python3 -B "$here/tempest_results.py" "$work/results"
