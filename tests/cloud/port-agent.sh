# shellcheck shell=bash
# The agent of Neutron's that wires ports on this host: that of Linux bridges, or that of Open vSwitch with one of its two
# ways to filter. Sourced by cloud.sh, never run. Uses what services.sh and networks.sh have, and: $agent_wanted, $ovs
: "${here:?}" "${dir:?}"

# start_port_agent: DIR/etc/port-agent says which, and after it how Open vSwitch is reached and how it filters.
start_port_agent() {
    local name database filter settings
    # The cloud's own ebtables stands before the machine's and says why.
    local surroundings=(PATH="$here/cloud/tools:$system_path")
    read -r name database filter <"$dir/etc/port-agent" || true
    if [[ $name == openvswitch ]]; then
        openvswitch_configuration "$database" "$filter" >"$dir/etc/openvswitch.conf"
        # Where Open vSwitch's own commands look for its bridges.
        surroundings+=(OVS_RUNDIR="$(dirname -- "${database#unix:}")")
    fi
    mapfile -t settings < <(options neutron "$name")
    launch neutron-port-agent "${surroundings[@]}" "neutron-$name-agent" "${settings[@]}"
}

# set_agent: another agent, whose ports are plugged in another way. Ports that were bound for the former stay as they are.
set_agent() {
    stop_services 10 neutron-port-agent
    [[ $agent_wanted != linuxbridge ]] || remove_integration_bridge
    case $agent_wanted in
        linuxbridge) echo linuxbridge ;;
        openvswitch) echo "openvswitch $ovs openvswitch" ;;
        openvswitch-hybrid) echo "openvswitch $ovs iptables_hybrid" ;;
    esac >"$dir/etc/port-agent"
    start_port_agent
    catalog agent >>"$dir/log/ready.log" 2>&1 || failed "Neutron has not heard of the agent" neutron-port-agent
    describe
    say "Neutron's agent for ports is $agent_wanted"
}

# remove_integration_bridge: that of the agent of Open vSwitch, with all that is plugged into it.
remove_integration_bridge() {
    local name database
    read -r name database _ <"$dir/etc/port-agent" || true
    [[ $name == openvswitch && -S ${database#unix:} ]] || return 0
    ovs-vsctl --db="$database" --timeout=60 --if-exists del-br "$integration_bridge"
}
