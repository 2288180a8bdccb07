# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""A server changes its size, where it is.

A container does not go from one host to another: its contents are in the Engine's own directories, and nothing moves them.
"""

import nova.conf
from nova import exception

from novadocker.virt.docker import base
from novadocker.virt.docker import requests

CONF = nova.conf.CONF

_HOST = 'host_id'


class Moves(base.DriverPart):
    """A server changes its size."""

    def migrate_disk_and_power_off(self, context, instance, dest, flavor, network_info, block_device_info=None, timeout=0,
                                   retry_interval=0):
        """Ends the process, where the server is to stay on this host.

        Another host is refused before anything is done, in the way that has Nova leave the server as it was. Nova looks for
        another host unless it is told not to: see ``allow_resize_to_same_host`` in the operator's guide.
        """
        if dest != self.get_host_ip_addr():
            raise exception.InstanceFaultRollback(exception.MigrationPreCheckError(
                reason='A container stays on its host; it cannot be moved to %s. Resize it on its own host '
                       '(allow_resize_to_same_host), or take a snapshot and boot that.' % dest))
        self._act(context, instance, 'stop', requests.stop(timeout))
        return '[]'

    def finish_migration(self, context, migration, instance, disk_info, network_info, image_meta, resize_instance,
                         allocations, block_device_info=None, power_on=True):
        """Gives the container its new limits. The old ones are kept until the resize is confirmed or reverted."""
        self._act(context, instance, 'resize', requests.resize(instance, power_on))

    def confirm_migration(self, context, migration, instance, network_info):
        """Forgets the old size."""
        self._act(context, instance, 'confirm-resize')

    def finish_revert_migration(self, context, instance, network_info, migration, block_device_info=None, power_on=True):
        """Back to the old size."""
        self._act(context, instance, 'revert-resize', {'powerOn': bool(power_on)})

    def check_instance_shared_storage_local(self, context, instance):
        """What the other side has to know to tell whether it is the same host.

        Before Nova reverts a resize it destroys the instance of the new size, with its disks unless they are those of the old
        one as well. Here they are: it is the same container.
        """
        return {_HOST: self.node.host()['hostId']}

    def check_instance_shared_storage_remote(self, context, data):
        """True where the question comes from this very host."""
        return data.get(_HOST) == self.node.host()['hostId']

    def check_instance_shared_storage_cleanup(self, context, data):
        """Nothing was laid down to be found."""

    def get_host_ip_addr(self):
        """The address that Nova tells hosts apart by in a resize."""
        return CONF.my_ip
