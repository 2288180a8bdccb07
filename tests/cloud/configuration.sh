# shellcheck shell=bash
# The configuration that tests/cloud.sh writes below DIR/etc, but for Neutron's (networks.sh). Sourced, never run.
# Uses: $dir, port NAME, secret NAME, url NAME.
: "${dir:?}"

database_url() { printf 'mysql+pymysql://root@localhost/%s?unix_socket=%s&charset=utf8' "$1" "$dir/run/mysql.sock"; }

# Each process keeps few connections, so that all of them fit into what the database allows.
database_section() {
    cat <<CONF
[${2:-database}]
connection = $(database_url "$1")
max_pool_size = 5
max_overflow = 30
CONF
}

# credentials USER: how a service logs in to Keystone.
credentials() {
    cat <<CONF
auth_type = password
auth_url = $(url keystone)
username = $1
password = $(secret "$1")
project_name = service
user_domain_name = Default
project_domain_name = Default
region_name = RegionOne
CONF
}

# token_section USER: how a service checks the tokens of its callers. Where Nova or Heat call for a user, they add a
# token of their own, so that a long action outlives the user's.
token_section() {
    cat <<CONF
[keystone_authtoken]
www_authenticate_uri = $(url keystone)
memcached_servers = 127.0.0.1:$(port memcached)
service_token_roles = service
service_token_roles_required = true
$(credentials "$1")
CONF
}

# policy_section SERVICE: the program's own policies, not those of a file below /etc that may be another installation's.
policy_section() {
    echo '{}' >"$dir/etc/$1-policy.yaml"
    printf '[oslo_policy]\npolicy_file = %s\npolicy_dirs = %s\n' "$dir/etc/$1-policy.yaml" "$dir/etc/empty"
}

message_queue() {
    printf 'transport_url = rabbit://cloud:%s@127.0.0.1:%s/\n' "$(secret rabbitmq)" "$(port rabbitmq)"
}

# paste_file SERVICE: the package's list of middleware, where none of /etc is read.
paste_file() {
    cp -- "/usr/share/$1-common/api-paste.ini" "$dir/etc/$1-api-paste.ini" 2>/dev/null ||
        cp -- "/etc/$1/api-paste.ini" "$dir/etc/$1-api-paste.ini"
    printf '%s' "$dir/etc/$1-api-paste.ini"
}

# Nothing here has to outlive the machine, so the database does not wait for the disk.
mariadb_configuration() {
    cat <<CONF
[mariadbd]
user = root
datadir = $dir/db
socket = $dir/run/mysql.sock
pid-file = $dir/run/mysql.pid
tmpdir = $dir/run
skip-networking
skip-log-bin
performance_schema = OFF
character-set-server = utf8
collation-server = utf8_general_ci
max_connections = 500
innodb_buffer_pool_size = 256M
innodb_log_file_size = 64M
innodb_flush_log_at_trx_commit = 0
innodb_doublewrite = 0
innodb_flush_method = nosync
CONF
}

# Its Erlang processes find each other on loopback only.
rabbitmq_configuration() {
    cat <<CONF
listeners.tcp.1 = 127.0.0.1:$(port rabbitmq)
default_user = cloud
default_pass = $(secret rabbitmq)
log.console = true
log.console.level = warning
log.file = false
disk_free_limit.absolute = 50MB
CONF
}

keystone_configuration() {
    cat <<CONF
[DEFAULT]
use_stderr = true
$(database_section keystone)
[identity]
password_hash_rounds = 4
[token]
provider = fernet
expiration = 86400
[fernet_tokens]
key_repository = $dir/etc/fernet-keys
[fernet_receipts]
key_repository = $dir/etc/fernet-keys
[credential]
key_repository = $dir/etc/credential-keys
[cache]
enabled = true
backend = dogpile.cache.memcached
memcache_servers = 127.0.0.1:$(port memcached)
$(policy_section keystone)
CONF
}

# uwsgi_configuration SERVICE SCRIPT VARIABLE=VALUE: uwsgi ends the connection after each answer without saying so, and
# a client that wants to use it once more would get no answer: so say it.
uwsgi_configuration() {
    cat <<CONF
[uwsgi]
http-socket = 127.0.0.1:$(port "$1")
wsgi-file = $2
env = $3
add-header = Connection: close
master = true
processes = 2
enable-threads = true
lazy-apps = true
need-app = true
die-on-term = true
no-orphans = true
buffer-size = 65535
CONF
}

placement_configuration() {
    cat <<CONF
[DEFAULT]
use_stderr = true
$(database_section placement placement_database)
$(token_section placement)
$(policy_section placement)
CONF
}

# Glance knows, beside its own, the container format that a Docker image has.
glance_configuration() {
    cp -- /usr/share/glance-common/schema-image.json "$dir/etc/"
    sed "s|^oslo_config_program =.*|&\noslo_config_file = $dir/etc/glance.conf|" \
        /usr/share/glance-common/glance-api-paste.ini >"$dir/etc/glance-api-paste.ini"
    cat <<CONF
[DEFAULT]
use_stderr = true
bind_host = 127.0.0.1
bind_port = $(port glance)
workers = 1
enabled_backends = file:file
node_staging_uri = file://$dir/data/glance/staging
$(database_section glance)
$(token_section glance)
[paste_deploy]
flavor = keystone
config_file = $dir/etc/glance-api-paste.ini
[glance_store]
default_backend = file
[file]
filesystem_store_datadir = $dir/data/glance/images
[os_glance_staging_store]
filesystem_store_datadir = $dir/data/glance/staging
[os_glance_tasks_store]
filesystem_store_datadir = $dir/data/glance/tasks
[image_format]
container_formats = ami,ari,aki,bare,ovf,ova,docker
$(policy_section glance)
[oslo_concurrency]
lock_path = $dir/data/glance/lock
CONF
}

# What all of Nova's programs read. The periodic comparison of power states is rare on purpose: what a test sees within
# seconds came by an event. Hosts are looked for often, as the driver is ready some time after nova-compute's start.
nova_configuration() {
    cat <<CONF
[DEFAULT]
use_stderr = true
host = $host_name
my_ip = 127.0.0.1
$(message_queue)
state_path = $dir/data/nova
enabled_apis = osapi_compute,metadata
osapi_compute_listen = 127.0.0.1
osapi_compute_listen_port = $(port nova)
osapi_compute_workers = 2
metadata_listen = 127.0.0.1
metadata_listen_port = $(port nova-metadata)
metadata_workers = 1
allow_resize_to_same_host = true
sync_power_state_interval = 600
vif_plugging_timeout = 60
vif_plugging_is_fatal = true
[wsgi]
api_paste_config = $(paste_file nova)
$(token_section nova)
[service_user]
send_service_user_token = true
$(credentials nova)
[placement]
$(credentials placement)
[glance]
api_servers = $(url glance)
region_name = RegionOne
[neutron]
service_metadata_proxy = true
metadata_proxy_shared_secret = $(secret metadata)
default_floating_pool = public
$(credentials nova)
[cache]
enabled = true
backend = dogpile.cache.memcached
memcache_servers = 127.0.0.1:$(port memcached)
[conductor]
workers = 1
[scheduler]
workers = 1
discover_hosts_in_cells_interval = 10
[quota]
# A test that failed leaves its servers to the end of all.
instances = 100
cores = 100
ram = -1
[vnc]
enabled = false
[oslo_concurrency]
lock_path = $dir/data/nova/lock
$(policy_section nova)
CONF
}

# What nova-compute does not read: it reaches the databases by way of nova-conductor only, and behaves otherwise where it
# finds one in its configuration.
nova_database_configuration() {
    database_section nova_api api_database
    database_section nova_cell1
}

# What nova-compute reads besides: the driver, and where it finds the node.
driver_configuration() {
    cat <<CONF
[DEFAULT]
compute_driver = $(cat -- "$dir/etc/driver")
[novadocker]
socket = $(cat -- "$dir/etc/node-socket")
# The cloud may take longer to come up than a node may be away, and nova-compute ends where it finds none.
node_timeout = 600
CONF
}

heat_configuration() {
    cat <<CONF
[DEFAULT]
use_stderr = true
host = $host_name
$(message_queue)
num_engine_workers = 1
# What fails fails at once.
action_retry_limit = 1
region_name_for_services = RegionOne
heat_metadata_server_url = http://127.0.0.1:$(port heat)
heat_waitcondition_server_url = http://127.0.0.1:$(port heat)/v1/waitcondition
deferred_auth_method = trusts
stack_user_domain_name = heat
stack_domain_admin = heat_domain_admin
stack_domain_admin_password = $(secret heat_domain_admin)
auth_encryption_key = $(secret heat-encryption)
environment_dir = $dir/etc/empty
template_dir = $dir/etc/empty
plugin_dirs =
$(database_section heat)
$(token_section heat)
[trustee]
$(credentials heat | grep -v -e project -e region)
[clients_keystone]
auth_uri = $(url keystone)
[heat_api]
bind_host = 127.0.0.1
bind_port = $(port heat)
workers = 1
[paste_deploy]
api_paste_config = $(paste_file heat)
[oslo_concurrency]
lock_path = $dir/data/heat/lock
$(policy_section heat)
CONF
}
