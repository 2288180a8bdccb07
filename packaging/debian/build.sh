#!/usr/bin/env bash
# Builds the Debian package of the Nova driver from src/nova-driver. See --help.
set -euo pipefail

help() {
    cat <<'HELP'
SYNOPSIS
    packaging/debian/build.sh [--output DIR]

DESCRIPTION
    Makes python3-novadocker-nova-driver_VERSION_all.deb in DIR (default: the current directory). VERSION is that of
    Directory.Build.props. Nothing is written into the source tree. Needs dpkg-dev and the Build-Depends of
    packaging/debian/driver/control:

        apt-get install --no-install-recommends dpkg-dev debhelper dh-python pybuild-plugin-pyproject python3-all python3-setuptools
HELP
}

output=$PWD
while [ $# -gt 0 ]; do
    case "$1" in
        --help|-h) help; exit 0 ;;
        --output) output=${2:?--output needs a directory}; shift 2 ;;
        *) echo "build.sh: unknown option $1; --help shows all" >&2; exit 2 ;;
    esac
done

# Debian's own Python, whatever other one comes first on this PATH.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin

repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$repository/Directory.Build.props")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$output" "$work/novadocker-nova-driver"
(cd "$repository/src/nova-driver" && tar -c --exclude=build --exclude='*.egg-info' --exclude=__pycache__ .) \
    | tar -x -C "$work/novadocker-nova-driver"
cp -r "$repository/packaging/debian/driver" "$work/novadocker-nova-driver/debian"
cp "$repository/LICENSE" "$work/novadocker-nova-driver/"

# The time of the last change, so that the same sources give the same package.
epoch=$(git -C "$repository" log -1 --format=%ct -- src/nova-driver packaging/debian 2>/dev/null || true)
export SOURCE_DATE_EPOCH=${epoch:-0}
cat >"$work/novadocker-nova-driver/debian/changelog" <<CHANGELOG
novadocker-nova-driver ($version) unstable; urgency=medium

  * Of NovaDocker.Actors $version.

 -- NovaDocker.Actors maintainers <novadocker@localhost>  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")
CHANGELOG

(cd "$work/novadocker-nova-driver" && dpkg-buildpackage -b -us -uc) >"$work/build.log" 2>&1 \
    || { cat "$work/build.log" >&2; echo "build.sh: the package could not be built" >&2; exit 1; }
cp "$work"/*.deb "$output/"
ls "$output"/python3-novadocker-nova-driver_"$version"_all.deb
