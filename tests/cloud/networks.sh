# shellcheck shell=bash
# Neutron's configuration, the bridge that stands for the outside world, and what Neutron leaves on the machine when it
# ends. Sourced by cloud.sh, never run. Uses what configuration.sh has, and: $external_bridge, $host_name
: "${dir:?}"

# Where it is asked for root's rights to run a command, it has them already.
neutron_configuration() {
    cat <<CONF
[DEFAULT]
use_stderr = true
setproctitle = off
host = $host_name
bind_host = 127.0.0.1
bind_port = $(port neutron)
api_workers = 2
rpc_workers = 1
rpc_state_report_workers = 0
core_plugin = ml2
service_plugins = router
$(message_queue)
state_path = $dir/data/neutron
api_paste_config = $(paste_file neutron)
agent_down_time = 75
[agent]
root_helper = env
report_interval = 15
$(database_section neutron)
$(token_section neutron)
[nova]
$(credentials nova)
[oslo_concurrency]
lock_path = $dir/data/neutron/lock
[experimental]
linuxbridge = true
$(policy_section neutron)
CONF
}

# Networks of tenants are a bridge of this machine each, without anything that leads to another.
ml2_configuration() {
    cat <<CONF
[ml2]
type_drivers = local,flat
tenant_network_types = local
mechanism_drivers = linuxbridge,openvswitch
extension_drivers = port_security
[ml2_type_flat]
flat_networks = external
[securitygroup]
enable_ipset = true
CONF
}

# Networks of tenants are a tag each in the integration bridge, which works in user space.
openvswitch_configuration() {
    cat <<CONF
[ovs]
ovsdb_connection = $1
integration_bridge = $integration_bridge
datapath_type = netdev
of_listen_port = $(port openflow)
[securitygroup]
firewall_driver = $2
CONF
}

linuxbridge_configuration() {
    cat <<CONF
[linux_bridge]
bridge_mappings = external:$external_bridge
[vxlan]
enable_vxlan = false
[securitygroup]
firewall_driver = iptables
CONF
}

dhcp_configuration() {
    cat <<CONF
[DEFAULT]
interface_driver = linuxbridge
enable_isolated_metadata = true
force_metadata = true
dnsmasq_local_resolv = false
CONF
}

l3_configuration() {
    cat <<CONF
[DEFAULT]
interface_driver = linuxbridge
CONF
}

metadata_configuration() {
    cat <<CONF
[DEFAULT]
nova_metadata_host = 127.0.0.1
nova_metadata_port = $(port nova-metadata)
metadata_proxy_shared_secret = $(secret metadata)
metadata_workers = 1
CONF
}

# ---------------------------------------------------------------------------------------------------------------------

make_external_bridge() {
    ip link show dev "$external_bridge" >/dev/null 2>&1 || ip link add name "$external_bridge" type bridge
    ip address replace "$external_address" dev "$external_bridge"
    ip link set dev "$external_bridge" up
}

# neutron_devices: what is on this machine under names that Neutron gives, one a line, each with its kind.
neutron_devices() {
    ip netns list | awk '$1 ~ /^q(dhcp|router)-/ { print "netns " $1 }'
    ip -o link show type bridge | awk -F ': ' '$2 ~ /^brq[0-9a-f]/ { print "bridge " $2 }'
    ! command -v ipset >/dev/null || ipset list -n | awk '/^N?IPv[46]/ { print "ipset " $1 }'
}

# note_foreign_devices: what was here before our agents' first start is not this cloud's, whatever its name.
note_foreign_devices() { [[ -e $dir/etc/foreign ]] || neutron_devices >"$dir/etc/foreign"; }

need_no_other_agent() {
    local others
    mapfile -t others < <(other_agents)
    ((${#others[@]})) || return 0
    say "another agent of Neutron's for ports runs on this machine (${others[*]}); there can be one"
    exit 3
}

# other_agents: processes of Neutron's on this machine whose packet filter has the same names as ours. They write their
# name over their command line.
other_agents() {
    local file
    while read -r file; do
        file=${file%/cmdline}
        grep -qzsxF -- "$mark=$dir neutron-port-agent" "$file/environ" || printf '%s\n' "${file#/proc/}"
    done < <(grep -lzsE '^(/usr/bin/)?neutron-(linuxbridge|openvswitch)-agent( |$)' /proc/[0-9]*/cmdline)
}

# remove_networks: namespaces take what DHCP and routers have on this side with them. Bridges are removed with ports of
# servers still in them; those are the node's. Where our agents have never run, or another's runs now, whatever is there
# is not ours.
remove_networks() {
    [[ -e $dir/etc/foreign && -z $(other_agents) ]] || return 0
    remove_filter
    remove_integration_bridge
    local kind name
    while read -r kind name; do
        case $kind in
            netns) ip netns delete "$name" ;;
            bridge) ip link delete dev "$name" ;;
            ipset) remove_set "$name" ;;
        esac
    done < <(neutron_devices | grep -vxF -f "$dir/etc/foreign")
    ! ip link show dev "$external_bridge" >/dev/null 2>&1 || ip link delete dev "$external_bridge"
    # The next start looks anew.
    rm -f -- "$dir/etc/foreign"
}

# remove_set NAME: the kernel lets go of a set a moment after the rules that used it have gone.
remove_set() {
    local deadline=$((SECONDS + 10))
    until ipset destroy "$1" 2>/dev/null; do
        ((SECONDS < deadline)) || die "ipset $1 is in use and cannot be removed: $(ipset destroy "$1" 2>&1)"
        sleep 0.1
    done
}

# remove_filter: rules that lead into Neutron's chains, then the chains, which may refer to each other.
remove_filter() {
    local tool table rules chains
    for tool in iptables ip6tables; do
        command -v "$tool" >/dev/null || continue
        for table in raw mangle nat filter; do
            rules=$("$tool-save" -t "$table" 2>/dev/null) && [[ $rules == *$'\n:neutron-'* ]] || continue
            grep -v -e '^:neutron-' -e '^-A neutron-' -e '^-A .* -j neutron-' <<<"$rules" | "$tool-restore" -w -T "$table"
        done
    done
    for table in filter nat; do
        command -v ebtables >/dev/null || continue
        mapfile -t chains < <(ebtables -t "$table" -L 2>/dev/null | sed -n 's/^Bridge chain: \(neutron[^,]*\),.*/\1/p')
        ((${#chains[@]})) || continue
        remove_ebtables_rules "$table"
        local chain
        for chain in "${chains[@]}"; do ebtables -t "$table" -F "$chain"; done
        for chain in "${chains[@]}"; do ebtables -t "$table" -X "$chain"; done
    done
}

# remove_ebtables_rules TABLE: those of the kernel's own chains that jump into Neutron's.
remove_ebtables_rules() {
    local chain='' line rule
    while read -r line; do
        case $line in
            'Bridge chain: '*)
                chain=${line#Bridge chain: }
                chain=${chain%%,*}
                ;;
            *'-j neutron'*)
                [[ $chain == neutron* ]] || { read -ra rule <<<"$line" && ebtables -t "$1" -D "$chain" "${rule[@]}"; }
                ;;
        esac
    done < <(ebtables -t "$1" -L 2>/dev/null)
}
