# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Waiting for Neutron's word on the ports of a boot.

Neutron says by an external event to Nova that a port is wired (``network-vif-plugged``), and only nova-compute hears it.
The node plugs the ports, then stands still in the step ``await-vifs`` until the driver passes on what Neutron said. What
follows from that is the node's decision.
"""

import eventlet

import nova.conf
from nova.network import model as network_model

CONF = nova.conf.CONF

PLUGGED = 'plugged'
TIMED_OUT = 'timed-out'
FAILED = 'failed'

# By how much the node's own limit is longer. It is there for the case that nova-compute dies meanwhile; were it the same, a
# port that is wired in the last moment would be too late.
GRACE_SECONDS = 30

# The longest that the node waits.
LONGEST_SECONDS = 3600


def expected(network_info, power_on):
    """The events to wait for: of each port that is not wired yet, and that Neutron tells of."""
    if not power_on or not CONF.vif_plugging_timeout:
        return []
    return [('network-vif-plugged', vif['id'])
            for vif in network_info or []
            if vif.get('active', True) is False and vif.get('vnic_type') != network_model.VNIC_TYPE_REMOTE_MANAGED]


def request(events):
    """``awaitVifs`` of a boot; None where nothing is waited for."""
    if not events:
        return None
    return {
        'timeoutSeconds': min(CONF.vif_plugging_timeout + GRACE_SECONDS, LONGEST_SECONDS),
        'isFatal': bool(CONF.vif_plugging_is_fatal),
    }


def outcome(virtapi, instance, events, begin):
    """Has ``begin`` bring the ports up while events are listened for, then waits for them.

    :param begin: Returns False where there is nothing to be waited for after all.
    :returns: (outcome, detail) for the node, or None where ``begin`` returned False.
    """
    failed = []
    is_awaited = []

    def on_failure(event_name, instance):
        failed.append(event_name)
        return False

    try:
        with virtapi.wait_for_instance_event(
                instance, events, deadline=CONF.vif_plugging_timeout, error_callback=on_failure):
            if begin():
                is_awaited.append(True)
            else:
                virtapi.exit_wait_early(events)
    except eventlet.timeout.Timeout:
        if not failed:
            return TIMED_OUT, 'Neutron did not report %s within %d s.' % (_names(events), CONF.vif_plugging_timeout)
    if not is_awaited:
        return None
    if failed:
        return FAILED, 'Neutron reported a failure: %s.' % ', '.join(failed)
    return PLUGGED, None


def _names(events):
    return ', '.join('%s for port %s' % event for event in events)
