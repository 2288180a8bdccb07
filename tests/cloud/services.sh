# shellcheck shell=bash
# The services that tests/cloud.sh starts and stops: how each is started, asked and stopped. Sourced, never run.
# Uses: $here, $dir, what docker/common.sh and place.sh have, configuration.sh and networks.sh.
: "${here:?}" "${dir:?}"

readonly stores=(database memcached epmd rabbitmq)
readonly apis=(keystone placement glance nova-api neutron-server heat-api)
readonly workers=(nova-conductor nova-scheduler heat-engine neutron-port-agent neutron-dhcp-agent neutron-l3-agent
    neutron-metadata-agent)
readonly services=("${stores[@]}" "${apis[@]}" "${workers[@]}" nova-compute)

# Where all find their programs.
readonly system_path=/usr/sbin:/usr/bin:/sbin:/bin

# Every process of this cloud, and what it starts in turn, carries this variable with DIR and the service's name.
readonly mark=NOVADOCKER_CLOUD

# pids SERVICE: all its processes, those it has started included.
pids() { processes_with -xF "$mark=$dir $1"; }

all_pids() { processes_with -e "^$mark=${dir//./\\.} "; }

processes_with() {
    local file
    while read -r file; do
        file=${file#/proc/}
        file=${file%/environ}
        has_ended "$file" || printf '%s\n' "$file"
    done < <(grep -lzs "$@" /proc/[0-9]*/environ)
}

# leader SERVICE: the process that was started, if it still runs.
leader() {
    local pid
    pid=$(cat -- "$dir/run/$1.pid" 2>/dev/null) || return 0
    has_ended "$pid" || ! grep -qzsxF -- "$mark=$dir $1" "/proc/$pid/environ" || printf '%s\n' "$pid"
}

runs() { [[ -n $(leader "$1") ]]; }

# url SERVICE: where its API answers.
url() { printf 'http://127.0.0.1:%s' "$(port "$1")"; }

# marked SERVICE COMMAND...: runs it with nothing of the caller's environment, such as proxies or another Python, and
# with the mark, which Neutron would write over without SPT_NOENV; in a session of its own if `session` is set.
# Replaces the shell it is called in.
marked() {
    local service=$1
    shift
    exec ${session:+setsid} env -i PATH=$system_path LANG=C.UTF-8 HOME="$dir/run" SPT_NOENV=1 \
        "$mark=$dir $service" "$@"
}

# launch SERVICE COMMAND...: unless it runs.
launch() {
    local service=$1
    shift
    ! runs "$service" || return 0
    # What a killed one has left still has its port.
    local left
    mapfile -t left < <(pids "$service")
    end_processes 0 "${left[@]}"
    (session=own marked "$service" "$@") >>"$dir/log/$service.log" 2>&1 </dev/null {lock_fd}>&- &
    printf '%s\n' "$!" >"$dir/run/$service.pid"
    disown
}

# failed MESSAGE LOG: shows the end of DIR/log/LOG.log.
failed() {
    show_tail "$dir/log/$2.log" 20
    die "$1"
}

# await SECONDS SERVICE COMMAND...: until the command succeeds.
await() {
    local seconds=$1 service=$2
    shift 2
    wait_until "$seconds" answers_or_ended "$(leader "$service")" "$@" || true
    "$@" || failed "the service '$service' does not answer" "$service"
}

asks() { curl -sf --noproxy '*' --max-time 20 -o /dev/null "$1" 2>/dev/null; }

# task NAME LOG COMMAND...: what is to be done once in this directory.
task() {
    local name=$1 log=$2 began=$SECONDS
    shift 2
    [[ ! -e $dir/etc/done/$name ]] || return 0
    (marked "$name" "$@") >>"$dir/log/$log.log" 2>&1 {lock_fd}>&- || failed "this did not succeed: $name" "$log"
    : >"$dir/etc/done/$name"
    printf '%s %s\n' "$((SECONDS - began))" "$name" >>"$dir/run/times"
}

# start_stores: where the first start was cut off, some schema may be half made, so that all is made anew.
start_stores() {
    if [[ ! -e $dir/etc/prepared ]]; then
        stop_services 5 "${services[@]}"
        rm -rf -- "${dir:?}"/{db,data/rabbitmq,etc/filled} "$dir"/etc/done/*
        mkdir -p -- "$dir/data/rabbitmq"
        (marked database mariadb-install-db --defaults-file="$dir/etc/mariadb.conf" --user=root --datadir="$dir/db" \
            --auth-root-authentication-method=normal --skip-test-db) >"$dir/log/install-db.log" 2>&1 ||
            failed "there is no database" install-db
    fi
    launch database mariadbd --defaults-file="$dir/etc/mariadb.conf"
    launch memcached memcached -u root -l 127.0.0.1 -p "$(port memcached)" -m 64
    launch epmd ERL_EPMD_ADDRESS=127.0.0.1 epmd -port "$(port epmd)"
    await 20 epmd listens "$(port epmd)"
    # shellcheck disable=SC2102 # Erlang's own brackets
    launch rabbitmq ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT="$(port epmd)" HOSTNAME=localhost \
        RABBITMQ_NODENAME=cloud@localhost RABBITMQ_DIST_PORT="$(port rabbitmq-peers)" \
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}" \
        RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_CONFIG_FILE="$dir/etc/rabbitmq.conf" \
        RABBITMQ_ADVANCED_CONFIG_FILE="$dir/etc/rabbitmq-advanced.config" \
        RABBITMQ_ENABLED_PLUGINS_FILE="$dir/etc/rabbitmq-plugins" RABBITMQ_MNESIA_BASE="$dir/data/rabbitmq" \
        RABBITMQ_LOG_BASE="$dir/log" RABBITMQ_LOGS=- RABBITMQ_PID_FILE="$dir/run/rabbitmq.own.pid" \
        /usr/lib/rabbitmq/bin/rabbitmq-server
    await 60 database sql 'DO 1'
    local name statements=''
    for name in keystone glance placement nova_api nova_cell0 nova_cell1 neutron heat; do
        statements+="CREATE DATABASE IF NOT EXISTS $name CHARACTER SET utf8; "
    done
    sql "$statements" || failed "the databases were not made" database
}

sql() { mariadb --no-defaults --socket="$dir/run/mysql.sock" --user=root --batch --execute="$1" 2>/dev/null; }

# options SERVICE [FILE...]: without a --config-dir, what lies in those of /etc would be read too.
options() {
    local file
    for file in "$@"; do printf '%s\n' --config-file "$dir/etc/$file.conf"; done
    printf '%s\n' --config-dir "$dir/etc/empty"
}

# prepare_identity: Keystone's and those schemas that are soon done; prepare_compute: the two that take longest.
prepare_identity() {
    local settings
    mapfile -t settings < <(options keystone)
    task keystone-schema schemas keystone-manage "${settings[@]}" db_sync
    task keystone-bootstrap schemas OS_BOOTSTRAP_PASSWORD="$(secret admin)" keystone-manage "${settings[@]}" \
        bootstrap --bootstrap-region-id RegionOne
    start_keystone
    task placement-schema schemas placement-manage --config-file "$dir/etc/placement/placement.conf" db sync
    start_placement
    await 60 keystone asks "$(url keystone)/v3"
    fill
    mapfile -t settings < <(options glance)
    task glance-schema schemas glance-manage "${settings[@]}" db_sync
    launch glance glance-api "${settings[@]}"
    mapfile -t settings < <(options heat)
    task heat-schema schemas heat-manage "${settings[@]}" db_sync
}

prepare_compute() {
    local settings
    mapfile -t settings < <(options nova nova-database)
    task nova-api-schema nova-schemas nova-manage "${settings[@]}" api_db sync
    task nova-cell0 nova-schemas nova-manage "${settings[@]}" cell_v2 map_cell0 \
        --database_connection "$(database_url nova_cell0)"
    task nova-cell1 nova-schemas nova-manage "${settings[@]}" cell_v2 create_cell --name cell1
    task nova-schema nova-schemas nova-manage "${settings[@]}" db sync
    mapfile -t settings < <(options neutron ml2)
    task neutron-schema neutron-schemas neutron-db-manage "${settings[@]}" upgrade heads
}

start_keystone() {
    launch keystone uwsgi_python3 --ini "$dir/etc/keystone-uwsgi.ini"
}

start_placement() {
    launch placement uwsgi_python3 --ini "$dir/etc/placement-uwsgi.ini"
}

start_nova_api() {
    local settings
    mapfile -t settings < <(options nova nova-database nova-changed)
    launch nova-api nova-api "${settings[@]}"
}

start_compute() {
    local settings python=/usr/bin/python3
    mapfile -t settings < <(options nova nova-changed nova-driver)
    [[ ! -x $dir/driver/bin/python ]] || python=$dir/driver/bin/python
    launch nova-compute ${driver_path:+"PYTHONPATH=$driver_path"} "$python" /usr/bin/nova-compute "${settings[@]}"
}

start_agent() {
    local settings
    mapfile -t settings < <(options neutron "$1")
    launch "neutron-$1-agent" "neutron-$1-agent" "${settings[@]}"
}

# start_rest: all that is left once the schemas are there; those first that others wait for.
start_rest() {
    local settings agent
    await 60 rabbitmq listens "$(port rabbitmq)"
    mapfile -t settings < <(options neutron ml2)
    launch neutron-server neutron-server "${settings[@]}"
    mapfile -t settings < <(options nova nova-database)
    launch nova-conductor nova-conductor "${settings[@]}"
    launch nova-scheduler nova-scheduler "${settings[@]}"
    start_nova_api
    start_compute
    await 90 neutron-server listens "$(port neutron)"
    # Another cloud may have come up meanwhile.
    need_no_other_agent
    note_foreign_devices
    make_external_bridge
    start_port_agent
    for agent in dhcp l3 metadata; do start_agent "$agent"; done
    mapfile -t settings < <(options heat)
    launch heat-api heat-api "${settings[@]}"
    launch heat-engine heat-engine "${settings[@]}"
}

await_rest() {
    await 60 placement asks "$(url placement)/"
    await 60 glance asks "$(url glance)/versions"
    await 90 nova-api listens "$(port nova)"
    await 90 heat-api listens "$(port heat)"
    local service
    catalog ready >>"$dir/log/ready.log" 2>&1 || failed "not all services came up" ready
    for service in "${services[@]}"; do runs "$service" || failed "the service '$service' has ended" "$service"; done
}

catalog() { /usr/bin/python3 -IB "$here/cloud/catalog.py" "$1" "$dir" "${@:2}"; }

# fill: users, endpoints and the rest; once for each set of ports.
fill() {
    cmp -s "$dir/etc/ports" "$dir/etc/filled" && return 0
    catalog fill >"$dir/log/fill.log" 2>&1 || failed "Keystone was not filled" fill
    cp -- "$dir/etc/ports" "$dir/etc/filled"
}

# await_hosts: Nova has a host to boot on only when its cell knows it. The scheduler looks for new ones by itself, but who
# waits wants to wait no longer than needed.
await_hosts() {
    local settings
    catalog hosts >>"$dir/log/hosts.log" 2>&1 || failed "Nova has no compute host" hosts
    sql 'SELECT host FROM nova_api.host_mappings' | grep -qxF -- "$host_name" && return 0
    mapfile -t settings < <(options nova nova-database)
    # The scheduler may find it in the same moment; then this fails, and the host has its cell.
    (marked hosts nova-manage "${settings[@]}" cell_v2 discover_hosts) >>"$dir/log/hosts.log" 2>&1 || true
    sql 'SELECT host FROM nova_api.host_mappings' | grep -qxF -- "$host_name" || failed "the compute host got no cell" hosts
}

# stop_services SECONDS SERVICE...: all of them at once.
stop_services() {
    local seconds=$1 service leaders=() left
    shift
    for service in "$@"; do mapfile -t -O "${#leaders[@]}" leaders < <(leader "$service"); done
    end_processes "$seconds" "${leaders[@]}"
    for service in "$@"; do
        mapfile -t left < <(pids "$service")
        end_processes 0 "${left[@]}"
        rm -f -- "$dir/run/$service.pid"
    done
}
