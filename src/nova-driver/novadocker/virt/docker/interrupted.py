# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Builds that nova-compute was stopped in the middle of.

At its start Nova puts such servers into ERROR (``ComputeManager._init_instance``) and says nobody why. Their owners shall read a
reason all the same, so it is written down before Nova gets there.
"""

import nova.conf
from nova.compute import task_states
from nova.compute import utils as compute_utils
from nova.compute import vm_states
from nova import context as nova_context
from nova import exception
from nova import objects
from oslo_log import log as logging

CONF = nova.conf.CONF
LOG = logging.getLogger(__name__)

_BUILDING = (
    task_states.SCHEDULING, task_states.BLOCK_DEVICE_MAPPING, task_states.NETWORKING, task_states.SPAWNING)


class BuildInterrupted(exception.NovaException):
    """What the owner of such a server reads."""

    msg_fmt = ('nova-compute of host %(host)s was stopped while the server was built. Delete it and create it anew; what was made '
               'of it goes with the deletion.')


def explain(host):
    """Writes the reason down for each server of the host that Nova is about to give up."""
    context = nova_context.get_admin_context()
    for instance in objects.InstanceList.get_by_host(context, host, expected_attrs=[]):
        if instance.vm_state == vm_states.BUILDING or instance.task_state in _BUILDING:
            LOG.warning('It was being built when nova-compute was stopped.', instance=instance)
            compute_utils.add_instance_fault_from_exc(context, instance, BuildInterrupted(host=host))
