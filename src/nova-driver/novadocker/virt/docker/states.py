# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""What the node says of an instance's state, in Nova's words."""

from nova.compute import power_state
from nova.objects import diagnostics as diagnostics_objects
from nova.virt import hardware

_HYPERVISOR = 'docker'
_OPERATING_SYSTEM = 'linux'

_DELETED = 'deleted'


def is_there(instance):
    """False for an instance that is known only for its history."""
    return (instance.get('phase') or '').lower() != _DELETED


def power_state_of(word):
    """Nova's number for a power state; NOSTATE where the node says something else."""
    return getattr(power_state, (word or '').upper(), power_state.NOSTATE)


def info(instance):
    """The answer to ``get_info``."""
    return hardware.InstanceInfo(state=power_state_of(instance.get('powerState')), internal_id=instance.get('containerId'))


def diagnostics(said, config_drive):
    """Diagnostics since API 2.48.

    ``driver`` stays unset, which the API shows as null: it is one of a fixed list of Nova's own drivers, and the name of
    another one would be a lie.
    """
    result = diagnostics_objects.Diagnostics(
        state=power_state.STATE_MAP[power_state_of(said.get('state'))],
        hypervisor=_HYPERVISOR,
        hypervisor_os=_OPERATING_SYSTEM,
        uptime=said.get('uptimeSeconds'),
        config_drive=config_drive)
    memory = said.get('memory')
    if memory:
        result.memory_details = diagnostics_objects.MemoryDiagnostics(
            maximum=memory.get('maximumMb'), used=memory.get('usedMb'))
    for processor in said.get('cpu') or []:
        result.add_cpu(id=processor.get('id'), time=processor.get('timeNs'))
    for nic in said.get('nics') or []:
        result.add_nic(
            mac_address=nic.get('mac'),
            rx_octets=nic.get('rxOctets'), rx_packets=nic.get('rxPackets'),
            rx_errors=nic.get('rxErrors'), rx_drop=nic.get('rxDrop'),
            tx_octets=nic.get('txOctets'), tx_packets=nic.get('txPackets'),
            tx_errors=nic.get('txErrors'), tx_drop=nic.get('txDrop'))
    return result


def plain_diagnostics(said):
    """Diagnostics before API 2.48: numbers by names; memory in KiB, as it always was there."""
    result = {'uptime': said.get('uptimeSeconds')}
    for processor in said.get('cpu') or []:
        result['cpu%s_time' % processor.get('id')] = processor.get('timeNs')
    memory = said.get('memory')
    if memory:
        result['memory'] = _kib(memory.get('maximumMb'))
        result['memory-used'] = _kib(memory.get('usedMb'))
    for nic in said.get('nics') or []:
        name = nic.get('interface') or nic.get('mac')
        for direction in ('rx', 'tx'):
            result['%s_%s' % (name, direction)] = nic.get(direction + 'Octets')
            for member, word in (('Packets', 'packets'), ('Errors', 'errors'), ('Drop', 'drop')):
                result['%s_%s_%s' % (name, direction, word)] = nic.get(direction + member)
    return {name: value for name, value in result.items() if value is not None}


def _kib(mib):
    return None if mib is None else mib * 1024
