#!/usr/bin/env bash
# A real Keystone and a real Glance of one's own, for tests. See --help.
set -euo pipefail

readonly program=openstack.sh
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
readonly here
# shellcheck source=docker/common.sh
source "$here/../docker/common.sh"

help() {
    cat <<'HELP'
NAME
    openstack.sh - run a Keystone and a Glance of your own, apart from any other on this machine

SYNOPSIS
    tests/openstack.sh start          [--dir DIR] [--tls]
    tests/openstack.sh stop           [--dir DIR] [--purge]
    tests/openstack.sh kill-glance    [--dir DIR]
    tests/openstack.sh start-glance   [--dir DIR]
    tests/openstack.sh restart-glance [--dir DIR]
    tests/openstack.sh status         [--dir DIR]

DESCRIPTION
    Starts OpenStack's identity and image services, as Debian packages them, with the PostgreSQL server they need, and
    with everything of theirs below DIR: data, configuration, logs. They listen on free ports of 127.0.0.1, the
    database on a unix socket in DIR only. No other Keystone, Glance or PostgreSQL of this machine is used or touched,
    nor are their configurations below /etc, and there may be several directories, each with services of its own.

    What is missing is installed with apt-get, without recommended packages: keystone, glance-api, postgresql,
    uwsgi-plugin-python3, python3-openstackclient, openssl, curl and, with --tls, stunnel4. No service is started by
    that and no PostgreSQL cluster made. On a machine with systemd the packages' own services are started with the
    next boot, unless disabled: systemctl disable keystone glance-api

    Only the installation needs root. Started by root, the services run as the account `glance` of Debian's package,
    which must be able to enter DIR; started by another user they run as that user.

    start           Starts what does not run and returns when all answer; if that fails, shows the end of the logs and
                    stops what was started. With an empty DIR, it also makes certificates, users and the rest.
    stop            Stops the services, in ten seconds at most. Data stay for the next start, which uses the same ports.
    kill-glance     Ends all processes of Glance by SIGKILL.
    start-glance    Starts Glance, and returns when it answers.
    restart-glance  Stops Glance as an administrator would, and starts it.
    status          Says which services run, where, and as which processes.

    In region RegionOne both services have endpoints of all three interfaces. With --tls there is a region RegionTls,
    with the https endpoints of the same services. RegionBare has no image service. The users are admin (project
    admin), nova (project service, role admin), alice (project alpha, role member) and bob (project beta, role member),
    all in the domain Default, with passwords made up at the first start. nova has an application credential.

    Keystone and Glance cache nothing: what is changed, deactivated or revoked in the one is so at once in the other.
    Glance knows the container format docker. Its file store is DIR/glance/images; a file there has its image's id.

OPTIONS
    --dir DIR  Where everything of these services lives. Default: var/openstack in the repository. Of letters, digits
               and . _ + - only, and at most 83 bytes.
    --tls      Also an https endpoint for each service, by stunnel, with a certificate of an authority of its own.
    --purge    After the stop, remove all that is stored below DIR.
    --help     Show this text.

EXIT STATUS
    0   done; for `status`, all services run
    1   failed; the message says why
    2   wrong usage
    3   `status` only: a service does not run

FILES
    DIR/openstack.json       for tests: URLs, regions, users with passwords and ids, the application credential,
                             certificates, pids, logs
    DIR/openrc               for people: to be sourced before `openstack` is used, as user admin
    DIR/openrc.nova, DIR/openrc.alice, DIR/openrc.bob
                             the same as another user
    DIR/tls/ca.crt           the certificate of the authority
    DIR/log                  logs: database, keystone, glance, stunnel

EXAMPLES
    tests/openstack.sh start --dir /tmp/osk --tls
    (. /tmp/osk/openrc.alice && openstack image list)
    tests/openstack.sh stop --dir /tmp/osk --purge
HELP
}

# ---------------------------------------------------------------------------------------------------------------------

# install: its own process, so that what it makes below /etc is removed however it ends.
install() (
    clusters=/etc/postgresql-common/createcluster.d made=''
    trap '[[ -z $made ]] || { rm -f -- "$made"; rmdir --ignore-fail-on-non-empty -- "$clusters"; }' EXIT
    database=$(postgres_program initdb)
    if [[ -z $database ]] && is_root; then
        # Otherwise the package makes a cluster, which the next boot would start.
        mkdir -p -- "$clusters"
        made=$clusters/novadocker-tests.conf
        echo 'create_main_cluster = false' >"$made"
    fi
    # A tool of the same name may stand elsewhere on the PATH; what is meant is Debian's.
    install_missing "${database:-initdb}=postgresql" /usr/bin/keystone-manage=keystone /usr/bin/glance-api=glance-api \
        /usr/bin/uwsgi_python3=uwsgi-plugin-python3 /usr/bin/openstack=python3-openstackclient openssl=openssl \
        curl=curl ${tls:+/usr/bin/stunnel4=stunnel4}
)

start() {
    install
    account=$(id -un)
    ! is_root || account=glance
    lock
    local service began=$SECONDS job bad=''
    make_directories
    for service in "${services[@]}"; do ! runs "$service" || before+=("$service"); done
    starting=yes
    write_configuration
    start_database
    # Side by side: most of the time goes into loading programs, each of which uses one processor.
    start_keystone &
    jobs+=($!)
    start_glance &
    jobs+=($!)
    for job in "${jobs[@]}"; do wait "$job" || bad=yes; done
    jobs=()
    [[ -z $bad ]] || exit 1
    start_tls
    fill
    describe
    starting=''
    say "running, after $((SECONDS - began)) seconds; for tests: $dir/openstack.json, for people: $dir/openrc"
    say "to stop it: bash $here/openstack.sh stop --dir $dir"
}

# ended: a start that failed or was interrupted leaves running what ran before it, and nothing else.
ended() {
    local code=$? service
    trap - EXIT
    trap '' INT TERM
    if [[ -n $starting ]]; then
        say "stopping what was started"
        if ((${#jobs[@]})); then
            kill -TERM "${jobs[@]}" 2>/dev/null || true
            wait "${jobs[@]}" || true
        fi
        for service in glance tls keystone database; do
            [[ " ${before[*]} " == *" $service "* ]] || stop_service "$service"
        done
    fi
    exit "$code"
}

stop() {
    if [[ ! -d $dir ]]; then
        say "there is nothing in $dir"
        return 0
    fi
    lock
    local service running=''
    for service in tls glance keystone database; do
        running+=$(pids "$service")
        stop_service "$service"
    done
    if [[ -n $running ]]; then say "stopped"; else say "it is not running"; fi
    [[ -z $purge ]] || purge_data
}

# purge_data: removes what start makes and nothing else that may lie in the directory.
purge_data() {
    rm -rf --one-file-system -- "${dir:?}"/{db,run,log,tls,etc,glance,openstack.json,openrc,openrc.nova,openrc.alice} \
        "$dir"/{openrc.bob,lock}
    rmdir --ignore-fail-on-non-empty -- "$dir"
    say "removed all data in $dir"
}

# need_filled: for what can be done only with services that have been started once.
need_filled() {
    [[ -s $dir/etc/filled ]] || die "there is no Glance in $dir. First: bash $here/openstack.sh start --dir $dir"
    account=$(id -un)
    ! is_root || account=glance
    lock
}

kill_glance() {
    local all=()
    # The one that starts the others is the oldest; until none is left, in case another came in between.
    while mapfile -t all < <(pids glance); ((${#all[@]})); do
        kill -KILL "${all[@]}" 2>/dev/null || true
        wait_until 10 all_ended "${all[@]}" || die "these processes do not end, not even by SIGKILL: ${all[*]}"
    done
    say "killed Glance"
}

start_glance_again() {
    start_glance
    describe
    say "Glance answers at http://127.0.0.1:$(port glance)"
}

restart_glance() {
    stop_service glance
    start_glance_again
}

status() {
    local service all code=0
    for service in "${services[@]}"; do
        [[ $service != tls ]] || has_tls || continue
        mapfile -t all < <(pids "$service")
        if ! ((${#all[@]})); then
            say "$service: not running"
            code=3
        else
            case $service in
                database) say "database: running in $dir/run (${all[*]})" ;;
                tls) say "tls: running at https://127.0.0.1:$(port keystone-tls)/v3 and" \
                    "https://127.0.0.1:$(port glance-tls) (${all[*]})" ;;
                *) say "$service: running at http://127.0.0.1:$(port "$service") (${all[*]})" ;;
            esac
        fi
    done
    return "$code"
}

# ---------------------------------------------------------------------------------------------------------------------

verb=''
dir=$(dirname -- "$here")/var/openstack
tls=''
purge=''
while (($#)); do
    case $1 in
        start | stop | kill-glance | start-glance | restart-glance | status)
            [[ -z $verb ]] || usage_error "one thing at a time, not '$verb' and '$1'"
            verb=$1
            ;;
        --dir)
            need_value "$1" $#
            dir=$2
            shift
            ;;
        --dir=*) dir=${1#*=} ;;
        --tls) tls=yes ;;
        --purge) purge=yes ;;
        -h | --help)
            help
            exit 0
            ;;
        *) usage_error "unknown argument '$1'" ;;
    esac
    shift
done
[[ -n $verb ]] || usage_error "say what to do: start, stop, kill-glance, start-glance, restart-glance or status"
[[ -n $dir ]] || usage_error "--dir needs the name of a directory"
[[ -z $tls || $verb == start ]] || usage_error "--tls belongs to start"
[[ -z $purge || $verb == stop ]] || usage_error "--purge belongs to stop"
dir=$(realpath -m -- "$dir")
[[ $dir != / ]] || usage_error "--dir must not be the root directory"
[[ $dir =~ ^[A-Za-z0-9/._+-]+$ ]] || usage_error "--dir may contain letters, digits and . _ + - only: $dir"
(($(byte_length "$dir/run/.s.PGSQL.5432") <= socket_path_limit)) || usage_error "the path of a unix socket may have \
$socket_path_limit bytes. Choose a shorter directory by --dir, such as /tmp/openstack"
readonly verb dir tls purge

# shellcheck source=tests/place.sh
source "$here/place.sh"
# shellcheck source=tests/openstack/configuration.sh
source "$here/openstack/configuration.sh"
# shellcheck source=tests/openstack/services.sh
source "$here/openstack/services.sh"

starting=''
before=()
jobs=()
trap ended EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

case $verb in
    start) start ;;
    stop) stop ;;
    kill-glance)
        need_filled
        kill_glance
        ;;
    start-glance)
        need_filled
        start_glance_again
        ;;
    restart-glance)
        need_filled
        restart_glance
        ;;
    status) status ;;
esac
