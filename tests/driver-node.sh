# A node for the tests of the Nova driver, on the tests' Engine; run.sh sources this.
# shellcheck shell=bash

driver_node=''
driver_node_pid=''

# driver_node_address: where it takes commands, once it says so.
driver_node_address() { sed -n 's/.* is at akka\.tcp:[^@]*@\([0-9.:]*\)\.$/\1/p' "$driver_node/log"; }

# command_driver_node ARGUMENT...: novadocker, with that node.
command_driver_node() {
    "$repository/src/NovaDocker.Cli/bin/Release/net10.0/novadocker" "$@" --node "$(driver_node_address)" >>"$driver_node/commands" 2>&1
}

# start_driver_node: sets what the driver's tests look for, once the node has an image. Without an Engine there is none.
start_driver_node() {
    [[ -n ${NOVADOCKER_TEST_ENGINE:-} ]] || return 0
    driver_node=$work/driver-node
    mkdir -p -- "$driver_node"
    : >"$driver_node/log"
    "$repository/src/NovaDocker.Node/bin/Release/net10.0/novadocker-node" \
        --set novadocker.data-directory="$driver_node/data" --set novadocker.cluster-name="driver-tests-$$" \
        --set novadocker.engine.host="$NOVADOCKER_TEST_ENGINE" --set novadocker.remoting.port=0 \
        --set novadocker.http.socket="$driver_node/http.sock" --set novadocker.images.collect.min-age=0s \
        --set novadocker.instances.boot-watch=1s \
        >"$driver_node/log" 2>&1 &
    driver_node_pid=$!
    local deadline=$((SECONDS + 60))
    until [[ -n $(driver_node_address) ]] || ! kill -0 "$driver_node_pid" 2>/dev/null || ((SECONDS > deadline)); do
        sleep 0.1
    done
    local image
    if command_driver_node image-add "$NOVADOCKER_TEST_IMAGE" --name busybox; then
        # Its last line begins with the id.
        read -r image _ < <(tail -n 1 -- "$driver_node/commands")
        export NOVADOCKER_TEST_NODE_SOCKET=$driver_node/http.sock NOVADOCKER_TEST_NODE_IMAGE=$image
        ! is_root || export NOVADOCKER_TEST_NODE_PORTS=1
    else
        show_tail "$driver_node/log" 20
        show_tail "$driver_node/commands" 20
        broken+=("the node for $driver_suite did not start, so that its tests with one were skipped")
    fi
}

# stop_driver_node: and what it has brought into the Engine goes with it.
stop_driver_node() {
    [[ -n $driver_node_pid ]] || return 0
    command_driver_node image-gc || broken+=("the images of the node for $driver_suite stay in $NOVADOCKER_TEST_ENGINE")
    kill "$driver_node_pid" 2>/dev/null || true
    wait "$driver_node_pid" || true
    driver_node_pid=''
    unset NOVADOCKER_TEST_NODE_SOCKET NOVADOCKER_TEST_NODE_IMAGE NOVADOCKER_TEST_NODE_PORTS
}
