# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""What the node says of its host, in the form that Nova's resource tracker wants."""

import re

from nova.objects import fields
from oslo_serialization import jsonutils
from oslo_utils import versionutils

_VERSION = re.compile(r'\d+(?:\.\d+){0,2}')


def of_host(host, nodename):
    """The dictionary of ``get_available_resource``."""
    resources = host['resources']
    return {
        'vcpus': resources['vcpus'],
        'vcpus_used': resources['vcpusUsed'],
        'memory_mb': resources['memoryMb'],
        'memory_mb_used': resources['memoryMbUsed'],
        'local_gb': resources['localGb'],
        'local_gb_used': resources['localGbUsed'],
        'disk_available_least': resources.get('diskAvailableLeastGb'),
        'hypervisor_type': fields.HVType.DOCKER,
        'hypervisor_version': engine_version(host),
        'hypervisor_hostname': nodename,
        'cpu_info': jsonutils.dumps(host.get('cpu') or {}),
        'supported_instances': supported_instances(host),
        'numa_topology': None,
    }


def engine_version(host):
    """The Engine's version as the one number that Nova keeps (20.10.24 is 20010024); 0 while it is not known."""
    match = _VERSION.match((host.get('engine') or {}).get('version') or '')
    return versionutils.convert_version_to_int(match.group()) if match else 0


def supported_instances(host):
    """What images may ask for by ``hw_architecture``, ``img_hv_type`` and ``hw_vm_mode``: containers of the host's processor."""
    arch = (host.get('cpu') or {}).get('arch')
    if not arch:
        return []
    return [(fields.Architecture.canonicalize(arch), fields.HVType.DOCKER, fields.VMMode.EXE)]


def update_provider_tree(host, provider_tree, nodename):
    """Puts inventory and traits of the host into Placement's tree; traits that others set stay.

    A node that has only just started may not have heard of its Engine yet, and says nothing of what the host has. What
    Placement has stays then: without inventory nothing could be scheduled here, and where servers are, Placement refuses that.
    """
    if host['inventories']:
        provider_tree.update_inventory(nodename, host['inventories'])
    traits = host.get('traits') or []
    if traits:
        provider_tree.add_traits(nodename, *traits)
