# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Instances come and go: spawn, rebuild, destroy."""

from nova.compute import task_states
from nova import exception
from oslo_log import log as logging

from novadocker.virt.docker import base
from novadocker.virt.docker import client as node_client
from novadocker.virt.docker import errors
from novadocker.virt.docker import identity
from novadocker.virt.docker import node
from novadocker.virt.docker import requests
from novadocker.virt.docker import vif_events

LOG = logging.getLogger(__name__)


class Builds(base.DriverPart):
    """Instances come and go."""

    def spawn(self, context, instance, image_meta, injected_files, admin_password, allocations, network_info=None,
              block_device_info=None, power_on=True, accel_info=None):
        """Boots an instance, and waits until it is active. What a failed boot has begun the node takes back itself."""
        image = self._image(instance, image_meta)
        events = vif_events.expected(network_info, power_on)
        body = requests.boot(
            instance, image, network_info, injected_files, admin_password, power_on, vif_events.request(events))
        headers = identity.headers(context)
        with errors.as_build(instance.uuid):
            if events:
                self._boot_with_ports(headers, instance, body, events)
            else:
                self.node.follow(instance.uuid, self.node.boot(headers, instance.uuid, body))

    def rebuild(self, context, instance, image_meta, injected_files, admin_password, allocations, bdms,
                detach_block_devices, attach_block_devices, network_info=None, evacuate=False, block_device_info=None,
                preserve_ephemeral=False, accel_uuids=None, reimage_boot_volume=False):
        """A new container of an image, with the ports and the id of the old one.

        An evacuation finds nothing here to be rebuilt; Nova is told so, and spawns.
        """
        if evacuate:
            raise NotImplementedError()
        if preserve_ephemeral:
            raise exception.PreserveEphemeralNotSupported()
        image = self._image(instance, image_meta)

        detach_block_devices(context, bdms)
        instance.task_state = task_states.REBUILD_BLOCK_DEVICE_MAPPING
        instance.save(expected_task_state=[task_states.REBUILDING])
        attach_block_devices(context, instance, bdms)
        instance.task_state = task_states.REBUILD_SPAWNING
        instance.save(expected_task_state=[task_states.REBUILD_BLOCK_DEVICE_MAPPING])

        self._act(context, instance, 'rebuild', requests.rebuild(
            instance, image, network_info, injected_files, admin_password))

    def destroy(self, context, instance, network_info, block_device_info=None, destroy_disks=True, destroy_secrets=True):
        """Removes an instance with all it holds. One that is not there is gone already.

        Without ``destroy_disks`` (Nova's way of reverting a resize on the same host) its process ends, and its container stays.
        """
        try:
            with errors.as_nova(instance.uuid):
                self.node.delete(identity.headers(context), instance.uuid, keep_container=not destroy_disks)
        except exception.InstanceNotFound:
            LOG.debug('There is nothing to be destroyed.', instance=instance)

    def cleanup(self, context, instance, network_info, block_device_info=None, destroy_disks=True, migrate_data=None,
                destroy_vifs=True, destroy_secrets=True):
        """What may be left after a destroy: nothing is, unless the container was kept, and it is asked for now."""
        if destroy_disks:
            self.destroy(context, instance, network_info, block_device_info, destroy_disks)

    def _boot_with_ports(self, headers, instance, body, events):
        operations = []

        def begin():
            begun = self.node.boot(headers, instance.uuid, body)
            operations.append(self.node.follow(instance.uuid, begun, until=node.AWAIT_VIFS))
            return operations[0]['state'] == node.RUNNING

        said = vif_events.outcome(self.virtapi, instance, events, begin)
        if said:
            self._pass_on(headers, instance, *said)
            self.node.follow(instance.uuid, operations[0])

    def _pass_on(self, headers, instance, outcome, detail):
        """Tells the node what Neutron said. Where the boot waits no longer, its own end says why."""
        try:
            self.node.begin(headers, instance.uuid, 'vif-plugging', {
                'outcome': outcome, **({'detail': detail} if detail else {})})
        except node_client.Problem as problem:
            LOG.warning('The boot does not take "%s" from Neutron any more: %s', outcome, problem.detail, instance=instance)

    @staticmethod
    def _image(instance, image_meta):
        image = requests.image_of(instance, image_meta)
        if not image:
            raise exception.BuildAbortException(
                instance_uuid=instance.uuid, reason='A container is made of an image; it cannot boot from a volume.')
        return image
