#!/usr/bin/env bash
# Makes a small container image as a `docker save` archive, without an Engine and without a registry. See --help.
set -euo pipefail

readonly program=make-image.sh
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
readonly here
# shellcheck source=docker/common.sh
source "$here/common.sh"

help() {
    cat <<'HELP'
NAME
    make-image.sh - make a small container image without an Engine and without a registry

SYNOPSIS
    docker/make-image.sh [--output FILE] [--name NAME[:TAG]] [--cmd ARG]... [--busybox FILE]

DESCRIPTION
    Writes an archive as `docker save` writes it (one layer, its configuration, manifest.json), which `novadocker
    image-add` and `docker load` take. The image holds a statically linked busybox with a link in /bin for each of
    its commands, /etc/passwd and /etc/group, /root and /tmp. The same input gives the same archive, byte for byte.

    The busybox is /bin/busybox where that is statically linked (Debian's package busybox-static). Else the package is
    downloaded with apt-get and unpacked in a temporary directory; it is not installed, and root is not needed.

OPTIONS
    --output FILE     Where to write. Default: var/images/hello.tar in the repository.
    --name NAME       The image's name inside the archive. Without a tag, `latest` is added.
                      Default: novadocker/hello:1
    --cmd ARG         One argument of the command that the image runs; give the option once for each argument.
                      Default: /bin/sh
    --busybox FILE    A statically linked busybox to take instead.
    --help            Show this text.

OUTPUT
    The archive's path on standard output, and nothing else.

EXIT STATUS
    0 done, 1 failed, 2 wrong usage.

EXAMPLES
    docker/make-image.sh
    docker/make-image.sh --output /tmp/clock.tar --name clock --cmd sh --cmd -c --cmd 'while sleep 1; do date; done'
HELP
}

# json_string TEXT: TEXT as a JSON string.
json_string() {
    local text=$1
    text=${text//\\/\\\\}
    text=${text//\"/\\\"}
    text=${text//$'\n'/\\n}
    text=${text//$'\t'/\\t}
    [[ $text != *[[:cntrl:]]* ]] || die "a command may not hold control characters other than newline and tab"
    printf '"%s"' "$text"
}

# json_array TEXT...: the texts as a JSON array of strings.
json_array() {
    local separator='' text
    printf '['
    for text in "$@"; do
        printf '%s' "$separator"
        json_string "$text"
        separator=,
    done
    printf ']'
}

# architecture: this machine's, by the name that container images use.
architecture() {
    case $(uname -m) in
        x86_64) echo amd64 ;;
        aarch64) echo arm64 ;;
        armv6l | armv7l) echo arm ;;
        i?86) echo 386 ;;
        *) uname -m ;;
    esac
}

is_static() { [[ -x $1 ]] && ! ldd -- "$1" 2>/dev/null | grep -q '=>'; }

# find_busybox: sets `busybox`.
find_busybox() {
    if [[ -n $busybox ]]; then
        is_static "$busybox" || die "$busybox is not a statically linked program"
        return
    fi
    busybox=/bin/busybox
    is_static "$busybox" && return
    command -v apt-get >/dev/null || die "a statically linked busybox is needed: name one by --busybox FILE"
    say "downloading the package busybox-static with apt-get"
    mkdir -- "$work/package"
    if ! (cd -- "$work/package" && apt-get download -qq busybox-static) >"$work/apt.log" 2>&1; then
        if ! is_root || ! { apt-get update -qq && cd -- "$work/package" && apt-get download -qq busybox-static; } \
            >"$work/apt.log" 2>&1; then
            show_tail "$work/apt.log" 10
            die "apt-get could not download busybox-static. Run apt-get update as root, or name one by --busybox FILE"
        fi
    fi
    dpkg-deb --extract "$work"/package/busybox-static_*.deb "$work/package"
    busybox=$(find "$work/package" -path '*bin/busybox' -type f)
    is_static "$busybox" || die "the package busybox-static does not hold a statically linked busybox"
}

# pack DIRECTORY ARCHIVE: what the directory holds, as a tar archive that depends on names, modes and contents alone.
pack() {
    (cd -- "$1" && LC_ALL=C && tar --create --file "$2" --format=ustar --sort=name --mtime=@0 --owner=0 --group=0 \
        --numeric-owner -- *)
}

# lay_root DIRECTORY: the image's file system.
lay_root() {
    local applet
    mkdir -- "$1" "$1/bin" "$1/etc" "$1/root" "$1/tmp"
    install -m 0755 -- "$busybox" "$1/bin/busybox"
    while read -r applet; do
        [[ $applet == busybox ]] || ln -s busybox "$1/bin/$applet"
    done < <("$busybox" --list)
    echo 'root:x:0:0:root:/root:/bin/sh' >"$1/etc/passwd"
    echo 'root:x:0:' >"$1/etc/group"
    chmod 0755 "$1" "$1/bin" "$1/etc"
    chmod 0644 "$1/etc/passwd" "$1/etc/group"
    chmod 0700 "$1/root"
    chmod 1777 "$1/tmp"
}

sha256() { sha256sum -- "$1" | cut -d ' ' -f 1; }

write_configuration() {
    local layer=$1
    printf '{"architecture":"%s","os":"linux","created":"1970-01-01T00:00:00Z",' "$(architecture)"
    printf '"config":{"Env":["PATH=/bin"],"Cmd":'
    json_array "${command[@]}"
    printf ',"WorkingDir":"/"},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]},' "$layer"
    printf '"history":[{"created":"1970-01-01T00:00:00Z","created_by":"docker/make-image.sh"}]}'
}

make_image() {
    local archive="$work/archive" layer configuration
    find_busybox
    lay_root "$work/root"
    mkdir -- "$archive"
    pack "$work/root" "$work/layer.tar"
    layer=$(sha256 "$work/layer.tar")
    mkdir -- "$archive/$layer"
    mv -- "$work/layer.tar" "$archive/$layer/layer.tar"
    write_configuration "$layer" >"$work/configuration"
    configuration=$(sha256 "$work/configuration")
    mv -- "$work/configuration" "$archive/$configuration.json"
    printf '[{"Config":"%s.json","RepoTags":[%s],"Layers":["%s/layer.tar"]}]' \
        "$configuration" "$(json_string "$name")" "$layer" >"$archive/manifest.json"
    chmod -R u=rwX,go=rX "$archive"
    # Under a temporary name first, so that an archive under the final name is always whole.
    mkdir -p -- "$(dirname -- "$output")"
    pack "$archive" "$output.part"
    mv -- "$output.part" "$output"
}

output=$(dirname -- "$here")/var/images/hello.tar
name=novadocker/hello:1
busybox=''
command=()
while (($#)); do
    case $1 in
        --output | --name | --cmd | --busybox)
            need_value "$1" $#
            case $1 in
                --output) output=$2 ;;
                --name) name=$2 ;;
                --cmd) command+=("$2") ;;
                --busybox) busybox=$2 ;;
            esac
            shift
            ;;
        -h | --help)
            help
            exit 0
            ;;
        *) usage_error "unknown argument '$1'" ;;
    esac
    shift
done
((${#command[@]})) || command=(/bin/sh)
[[ ${name##*/} == *:* ]] || name=$name:latest
reference='^([a-z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._/-]+[a-z0-9]+)*:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$'
[[ $name =~ $reference ]] || usage_error "'$name' is not an image name; it is lower-case letters and digits, \
parts separated by '/', '.', '_' or '-', then ':' and a tag"
output=$(realpath -m -- "$output")
[[ ! -d $output ]] || usage_error "$output is a directory; --output names the file to write"

work=$(mktemp -d)
trap 'rm -rf -- "$work" "$output.part"' EXIT
make_image
printf '%s\n' "$output"
