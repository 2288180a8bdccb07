# shellcheck shell=bash
# A directory in which services of one's own live: its ports, its secrets, and one change of it at a time. Sourced by
# openstack.sh and cloud.sh, never run. Uses: $program, $dir, and what docker/common.sh has.
: "${program:?}" "${dir:?}"

# port NAME: the port of that name; of a free one, noted at the first question. They are below those that the kernel
# gives to outgoing connections.
port() {
    local line number
    if line=$(grep -s "^$1=" "$dir/etc/ports"); then
        printf '%s' "${line#*=}"
        return
    fi
    while number=$((20000 + RANDOM % 12000)); listens "$number" || grep -qs "=$number$" "$dir/etc/ports"; do :; done
    printf '%s=%s\n' "$1" "$number" >>"$dir/etc/ports"
    printf '%s' "$number"
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# secret NAME: a password, made up at the first question.
secret() {
    [[ -s $dir/etc/secrets/$1 ]] || od -An -N 16 -tx1 /dev/urandom | tr -d ' \n' >"$dir/etc/secrets/$1"
    cat -- "$dir/etc/secrets/$1"
}

# write_keys DIRECTORY: what keystone-manage's fernet_setup and credential_setup make: the first key and the next.
write_keys() {
    local number
    for number in 0 1; do
        [[ -s $1/$number ]] || head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n' >"$1/$number"
    done
}

# lock: one change of this directory at a time. What is started has to close it: {lock_fd}>&-
lock() {
    mkdir -p -- "$dir" || die "cannot make the directory $dir"
    chmod 0711 "$dir"
    exec {lock_fd}>"$dir/lock"
    flock --timeout 300 "$lock_fd" || die "another $program has been working on $dir for five minutes"
}
