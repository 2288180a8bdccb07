# shellcheck shell=bash
# The configuration that tests/openstack.sh writes below DIR/etc. Sourced, never run.
# Uses: $dir, port NAME, secret NAME.
: "${dir:?}"

database_url() { printf 'postgresql+psycopg2://openstack@/%s?host=%s' "$1" "$dir/run"; }

# The database may lose what the operating system has not written yet: nothing here outlives the machine.
postgresql_configuration() {
    cat <<CONF
listen_addresses = ''
unix_socket_directories = '$dir/run'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 32MB
fsync = off
synchronous_commit = off
full_page_writes = off
log_line_prefix = '%m [%p] %d '
CONF
}

# Passwords are hashed in the cheapest way: tests ask for many tokens. The null cache keeps nothing from one request to
# the next, so that what is changed or revoked is so at once; within a request, values are kept nonetheless, without
# which each takes five times as long.
keystone_configuration() {
    cat <<CONF
[DEFAULT]
use_stderr = true
[database]
connection = $(database_url keystone)
max_pool_size = 5
[identity]
password_hash_rounds = 4
[token]
provider = fernet
[fernet_tokens]
key_repository = $dir/etc/fernet-keys
[fernet_receipts]
key_repository = $dir/etc/fernet-keys
[credential]
key_repository = $dir/etc/credential-keys
[cache]
enabled = true
backend = dogpile.cache.null
[oslo_policy]
policy_file = $dir/etc/keystone-policy.yaml
policy_dirs = $dir/etc/keystone-policy.d
CONF
}

# uwsgi's http-socket ends the connection after each answer without saying so, and a client that wants to use it once
# more would get no answer: so say it.
keystone_uwsgi_configuration() {
    cat <<CONF
[uwsgi]
http-socket = 127.0.0.1:$(port keystone)
wsgi-file = /usr/bin/keystone-wsgi-public
env = OS_KEYSTONE_CONFIG_FILES=$dir/etc/keystone.conf
add-header = Connection: close
master = true
processes = 3
need-app = true
die-on-term = true
no-orphans = true
buffer-size = 65535
disable-logging = false
CONF
}

# Without the cache of tokens, in which one that was revoked is good for five minutes.
glance_configuration() {
    cat <<CONF
[DEFAULT]
use_stderr = true
bind_host = 127.0.0.1
bind_port = $(port glance)
workers = 1
enabled_backends = file:file
node_staging_uri = file://$dir/glance/staging
[database]
connection = $(database_url glance)
max_pool_size = 5
max_overflow = 30
[keystone_authtoken]
auth_type = password
auth_url = http://127.0.0.1:$(port keystone)
www_authenticate_uri = http://127.0.0.1:$(port keystone)
username = glance
password = $(secret glance)
project_name = service
user_domain_name = Default
project_domain_name = Default
service_token_roles_required = true
token_cache_time = -1
[paste_deploy]
flavor = keystone
config_file = $dir/etc/glance-api-paste.ini
[glance_store]
default_backend = file
[file]
filesystem_store_datadir = $dir/glance/images
[os_glance_staging_store]
filesystem_store_datadir = $dir/glance/staging
[os_glance_tasks_store]
filesystem_store_datadir = $dir/glance/tasks
[image_format]
container_formats = ami,ari,aki,bare,ovf,ova,docker
[oslo_policy]
policy_file = $dir/etc/glance-policy.yaml
policy_dirs = $dir/etc/glance-policy.d
[oslo_concurrency]
lock_path = $dir/glance/lock
CONF
}

# write_glance_files: the package's lists of middleware and of known properties, where Glance looks first. Those below
# /etc/glance belong to whoever runs a Glance there, and not every account may read them. The middleware would also read
# /etc/glance/glance-api.conf.
write_glance_files() {
    sed "s|^oslo_config_program =.*|&\noslo_config_file = $dir/etc/glance-api.conf|" \
        /usr/share/glance-common/glance-api-paste.ini >"$dir/etc/glance-api-paste.ini"
    cp -- /usr/share/glance-common/schema-image.json "$dir/etc/"
}

# One end of each: TLS here, plain HTTP there; bytes are passed on as they come, in both directions.
stunnel_configuration() {
    local service
    cat <<CONF
foreground = yes
pid =
syslog = no
cert = $dir/tls/server.crt
key = $dir/tls/server.key
socket = l:TCP_NODELAY=1
socket = r:TCP_NODELAY=1
CONF
    for service in keystone glance; do
        printf '[%s]\naccept = 127.0.0.1:%s\nconnect = 127.0.0.1:%s\n' "$service" "$(port "$service-tls")" \
            "$(port "$service")"
    done
}

# make_certificates: a certificate authority of this directory's own, its key thrown away at once, and a certificate
# for 127.0.0.1 and localhost.
make_certificates() (
    cd -- "$dir/tls" || exit
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.crt -days 365 \
        -subj "/CN=NovaDocker test CA" -addext "keyUsage=critical,keyCertSign,cRLSign"
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr \
        -subj /CN=localhost
    openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 365 -out server.crt \
        -extfile - <<CONF
subjectAltName = IP:127.0.0.1, DNS:localhost
extendedKeyUsage = serverAuth
keyUsage = critical, digitalSignature
basicConstraints = critical, CA:FALSE
CONF
    rm -f -- ca.key ca.srl server.csr
)
