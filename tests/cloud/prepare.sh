# shellcheck shell=bash
# What tests/cloud.sh needs before it can start its services: packages, directories, configuration, the driver. Sourced,
# never run. Uses what the other parts have, and: $here, $dir, $node_socket, $driver, $driver_path, $own_driver
: "${here:?}" "${dir:?}"

# install: what is missing, by the file that shows it. A tool of the same name may stand elsewhere on the PATH; what is
# meant is Debian's. nova-compute needs a package that brings a hypervisor's driver; that of Ironic brings nothing more.
install() {
    local file packages missing=()
    while read -r file packages; do
        # shellcheck disable=SC2206 # several packages
        [[ -e $file ]] || missing+=($packages)
    done <"$here/cloud/packages.txt"
    ((${#missing[@]})) || return 0
    command -v apt-get >/dev/null || die "these Debian packages are needed and there is no apt-get: ${missing[*]}"
    local began=$SECONDS
    say "installing ${missing[*]} with apt-get"
    apt_install "${missing[@]}"
    say "installed in $((SECONDS - began)) seconds"
}

make_directories() {
    mkdir -p -- "$dir"/{run,log,node,etc/{secrets,done,empty,placement,fernet-keys,credential-keys}} \
        "$dir"/data/{rabbitmq,nova/{instances,lock},neutron/lock,heat/lock,glance/{images,staging,tasks,lock}}
    chmod 0700 "$dir"/{run,etc}
    # dnsmasq gives its rights up and reads its files below all the same.
    chmod 0711 "$dir/data"
}

# remember: what the options of this start say, or those of an earlier one.
remember() {
    [[ -z $node_socket && -s $dir/etc/node-socket ]] || echo "${node_socket:-$dir/node/http.sock}" >"$dir/etc/node-socket"
    [[ -z $driver && -s $dir/etc/driver ]] || echo "${driver:-$own_driver}" >"$dir/etc/driver"
    [[ -z $driver_path && -e $dir/etc/driver-path ]] || echo "$driver_path" >"$dir/etc/driver-path"
    driver_path=$(cat -- "$dir/etc/driver-path")
    [[ -s $dir/etc/port-agent ]] || echo linuxbridge >"$dir/etc/port-agent"
    echo "$host_name" >"$dir/etc/host-name"
    echo "$external_address" >"$dir/etc/external-address"
}

write_configuration() {
    local name
    umask 0077
    for name in keystone glance placement nova nova-metadata neutron openflow heat memcached epmd rabbitmq rabbitmq-peers; do
        port "$name" >/dev/null
    done
    for name in admin demo nova placement glance neutron heat heat_domain_admin rabbitmq metadata heat-encryption; do
        secret "$name" >/dev/null
    done
    write_keys "$dir/etc/fernet-keys"
    write_keys "$dir/etc/credential-keys"
    for name in mariadb rabbitmq keystone glance nova neutron heat ml2 linuxbridge dhcp l3 metadata; do
        "${name}_configuration" >"$dir/etc/$name.conf"
    done
    placement_configuration >"$dir/etc/placement/placement.conf"
    nova_database_configuration >"$dir/etc/nova-database.conf"
    driver_configuration >"$dir/etc/nova-driver.conf"
    [[ -e $dir/etc/nova-changed.conf ]] || : >"$dir/etc/nova-changed.conf"
    echo '[].' >"$dir/etc/rabbitmq-advanced.config"
    echo '[].' >"$dir/etc/rabbitmq-plugins"
    uwsgi_configuration keystone /usr/bin/keystone-wsgi-public \
        OS_KEYSTONE_CONFIG_FILES="$dir/etc/keystone.conf" >"$dir/etc/keystone-uwsgi.ini"
    uwsgi_configuration placement /usr/bin/placement-api \
        OS_PLACEMENT_CONFIG_DIR="$dir/etc/placement" >"$dir/etc/placement-uwsgi.ini"
    umask 0022
}

# install_driver: as an operator would, but from a copy, as building leaves files beside the source.
install_driver() {
    [[ $(cat -- "$dir/etc/driver") == "$own_driver" && -z $driver_path ]] || return 0
    local source=$here/../src/nova-driver
    [[ -d $source ]] || die "there is no driver in $source. See --driver"
    [[ ! -d $dir/driver/source ]] || ! diff -rq -- "$source" "$dir/driver/source" >/dev/null || return 0
    rm -rf -- "${dir:?}/driver"
    {
        /usr/bin/python3 -m venv --system-site-packages "$dir/driver" && cp -r -- "$source" "$dir/driver/build" &&
            env -u PYTHONPATH -u PIP_FIND_LINKS "$dir/driver/bin/python" -m pip install --no-index --no-deps \
                --no-build-isolation --disable-pip-version-check "$dir/driver/build" &&
            cp -r -- "$source" "$dir/driver/source"
    } >"$dir/log/driver.log" 2>&1 || failed "the driver was not installed" driver
}
