# shellcheck shell=bash
# The services that tests/openstack.sh starts and stops: where they are, how each is started, asked and stopped.
# Sourced, never run. Uses: $here, $dir, $account, what docker/common.sh and place.sh have, and configuration.sh.
: "${here:?}" "${dir:?}"

readonly services=(database keystone glance tls)

# The process that was started last and has not been waited for.
launched=''

# pids SERVICE: its processes, of which Glance and Keystone have several that look the same, and what prepares its data.
pids() {
    case $1 in
        database) process_of "-D $dir/db" postgres ;;
        keystone)
            process_of "$dir/etc/keystone-uwsgi.ini" uwsgi_python3
            process_of "$dir/etc/keystone.conf" python3
            ;;
        glance) process_of "$dir/etc/glance-api.conf" python3 ;;
        tls) process_of "$dir/etc/stunnel.conf" stunnel4 ;;
    esac
}

# leader SERVICE: the process that the others come from, which was started in a session of its own.
leader() {
    local pid session
    while read -r pid; do
        session=$(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null | cut -d ' ' -f 4) || continue
        [[ $session != "$pid" ]] || printf '%s\n' "$pid"
    done < <(pids "$1")
}

runs() { [[ -n $(leader "$1") ]]; }

# has_tls: whether there are also ports of keystone-tls and glance-tls.
has_tls() { grep -qs '^keystone-tls=' "$dir/etc/ports"; }

# as_account COMMAND...: runs it as the account of the services and with nothing of the caller's environment, such as
# proxies or another Python. Replaces the shell it is called in.
as_account() {
    local change=()
    ! is_root || change=(setpriv --reuid="$account" --regid="$account" --init-groups)
    exec "${change[@]}" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME="$dir/run" "$@"
}

# postgres_program NAME: its path, of the newest version that is installed; nothing if there is none.
postgres_program() { { compgen -G "/usr/lib/postgresql/*/bin/$1" || true; } | sort -V | tail -n 1; }

make_directories() {
    mkdir -p -- "$dir"/{db,run,log,tls,etc/secrets,etc/fernet-keys,etc/credential-keys} \
        "$dir"/etc/{keystone,glance}-{policy,conf}.d "$dir"/glance/{images,staging,tasks,lock}
    chmod 0700 "$dir"/{db,run,etc,glance} "$dir"/etc/{secrets,fernet-keys,credential-keys}
    chmod 0755 "$dir"/{log,tls}
    [[ $account == "$(id -un)" ]] || chown "$account:" "$dir"/{db,run,log,tls}
    (as_account test -x "$dir/run") || die "the account $account, as which the services run, cannot enter $dir.
    Let it pass all directories above (chmod o+x), or choose another by --dir, such as /tmp/openstack"
}

write_configuration() {
    local name
    umask 0077
    for name in keystone glance ${tls:+keystone-tls glance-tls}; do port "$name" >/dev/null; done
    for name in admin glance nova alice bob credential; do secret "$name" >/dev/null; done
    write_keys "$dir/etc/fernet-keys"
    write_keys "$dir/etc/credential-keys"
    # The programs' own policies, not those of a file below /etc that may be another installation's.
    for name in keystone glance; do echo '{}' >"$dir/etc/$name-policy.yaml"; done
    keystone_configuration >"$dir/etc/keystone.conf"
    keystone_uwsgi_configuration >"$dir/etc/keystone-uwsgi.ini"
    glance_configuration >"$dir/etc/glance-api.conf"
    write_glance_files
    if has_tls; then
        stunnel_configuration >"$dir/etc/stunnel.conf"
        [[ -s $dir/tls/server.crt ]] || make_certificates >"$dir/log/certificates.log" 2>&1 ||
            failed "the certificates were not made" certificates
        chmod 0644 "$dir/tls/ca.crt"
    fi
    [[ $account == "$(id -un)" ]] || chown -R "$account:" "$dir"/{etc,tls,glance}
    umask 0022
}

# failed MESSAGE LOG: shows the end of DIR/log/LOG.log.
failed() {
    show_tail "$dir/log/$2.log" 20
    die "$1"
}

# launch SERVICE COMMAND...: unless it runs.
launch() {
    local service=$1 name names
    shift
    ! runs "$service" || return 0
    # What a killed one has left: processes that still hold its port, and a note of a process that may be another's now.
    stop_service "$service"
    case $service in
        keystone | glance) names=("$service") ;;
        tls) names=(keystone-tls glance-tls) ;;
        database)
            names=()
            rm -f -- "$dir/db/postmaster.pid" "$dir/run/.s.PGSQL.5432.lock"
            ;;
    esac
    for name in "${names[@]}"; do
        ! listens "$(port "$name")" || die "something else listens on port $(port "$name"), which is that of $name
    in $dir. End it, or remove this directory: bash $here/openstack.sh stop --purge --dir $dir"
    done
    (as_account setsid "$@") >>"$dir/log/${service/tls/stunnel}.log" 2>&1 </dev/null {lock_fd}>&- &
    launched=$!
}

answers() {
    local name
    case $1 in
        database) (as_account "$(postgres_program pg_isready)" -q -h "$dir/run" -U openstack -d postgres) ;;
        keystone) asks "http://127.0.0.1:$(port keystone)/v3" ;;
        glance) asks "http://127.0.0.1:$(port glance)/versions" ;;
        tls)
            asks "https://127.0.0.1:$(port keystone-tls)/v3" && asks "https://127.0.0.1:$(port glance-tls)/versions"
            ;;
    esac
}

asks() { curl -sf --noproxy '*' --cacert "$dir/tls/ca.crt" --max-time 20 -o "$dir/run/answer" "$1" 2>/dev/null; }

# await SERVICE: until it answers.
await() {
    local pid
    pid=${launched:-$(leader "$1")}
    launched=''
    wait_until 120 answers_or_ended "$pid" answers "$1" || true
    answers "$1" || failed "the service '$1' does not answer" "${1/tls/stunnel}"
}

start_database() {
    local name
    if [[ ! -e $dir/etc/cluster ]]; then
        # One that was interrupted has left a part.
        find "$dir/db" -mindepth 1 -delete
        (as_account "$(postgres_program initdb)" -D "$dir/db" -U openstack -A trust -E UTF8 --locale C.UTF-8 \
            --no-sync) >"$dir/log/initdb.log" 2>&1 || failed "there is no database cluster" initdb
        postgresql_configuration >>"$dir/db/postgresql.conf"
        : >"$dir/etc/cluster"
    fi
    launch database "$(postgres_program postgres)" -D "$dir/db"
    await database
    for name in keystone glance; do
        sql "SELECT FROM pg_database WHERE datname = '$name'" | grep -q '^(1 row)' || sql "CREATE DATABASE $name"
    done >"$dir/log/databases.log" 2>&1 || failed "the databases were not made" databases
}

sql() { (as_account "$(postgres_program psql)" -X -h "$dir/run" -U openstack -v ON_ERROR_STOP=1 -c "$1" postgres); }

# schema NAME COMMAND...: what is to be done with a database once.
schema() {
    local name=$1
    shift
    [[ ! -e $dir/etc/schema.$name ]] || return 0
    (as_account "$@") >>"$dir/log/schema.log" 2>&1 || failed "the database of $name was not prepared" schema
    : >"$dir/etc/schema.$name"
}

# Without a --config-dir, what lies in those of /etc would be read too.
start_keystone() {
    local options=(--config-file "$dir/etc/keystone.conf" --config-dir "$dir/etc/keystone-conf.d")
    schema keystone keystone-manage "${options[@]}" db_sync
    schema bootstrap OS_BOOTSTRAP_PASSWORD="$(secret admin)" keystone-manage "${options[@]}" bootstrap \
        --bootstrap-region-id RegionOne
    launch keystone uwsgi_python3 --ini "$dir/etc/keystone-uwsgi.ini"
    await keystone
}

start_glance() {
    local options=(--config-file "$dir/etc/glance-api.conf" --config-dir "$dir/etc/glance-conf.d")
    schema glance glance-manage "${options[@]}" db_sync
    launch glance glance-api "${options[@]}"
    await glance
}

start_tls() {
    has_tls || return 0
    launch tls stunnel4 "$dir/etc/stunnel.conf"
    await tls
}

# fill: users, endpoints and the rest; once for each set of ports.
fill() {
    cmp -s "$dir/etc/ports" "$dir/etc/filled" && return 0
    /usr/bin/python3 -IB "$here/openstack/fill.py" fill "$dir" >"$dir/log/fill.log" 2>&1 ||
        failed "Keystone was not filled" fill
    cp -- "$dir/etc/ports" "$dir/etc/filled"
}

# describe: writes the files for those who use all this.
describe() {
    local service pid known=()
    for service in "${services[@]}"; do
        pid=$(leader "$service")
        [[ -z $pid ]] || known+=("$service=$pid")
    done
    /usr/bin/python3 -IB "$here/openstack/fill.py" describe "$dir" "${known[@]}"
}

# stop_service SERVICE: the database is asked in a way that does not wait for its clients.
stop_service() {
    local all=()
    mapfile -t all < <(pids "$1")
    ((${#all[@]})) || return 0
    [[ $1 != database ]] || kill -INT "${all[@]}" 2>/dev/null || true
    [[ $1 != database ]] || wait_until 5 all_ended "${all[@]}" || true
    end_processes 5 "${all[@]}"
    # Of several processes, one may have started another one meanwhile.
    mapfile -t all < <(pids "$1")
    ((${#all[@]} == 0)) || end_processes 0 "${all[@]}"
}
