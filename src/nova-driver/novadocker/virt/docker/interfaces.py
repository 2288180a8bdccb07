# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Ports of instances.

The node plugs an instance's ports in the steps of its operations, before its process starts, and keeps them plugged: they
stay through stops and reboots, and are plugged again where somebody took them away. So there is nothing for Nova to plug.
"""

from nova import exception
from oslo_log import log as logging

from novadocker.virt.docker import base

LOG = logging.getLogger(__name__)


class Interfaces(base.DriverPart):
    """Ports of instances."""

    def attach_interface(self, context, instance, image_meta, vif):
        """Plugs one more port into an instance, whether it runs or not."""
        try:
            self._act(context, instance, 'attach-interface', {'vif': dict(vif)})
        except exception.InterfaceAttachFailed:
            raise
        except exception.NovaException as error:
            raise exception.InterfaceAttachFailed(error.format_message(), instance_uuid=instance.uuid) from error

    def detach_interface(self, context, instance, vif):
        """Takes a port away. Neutron tells of a port that was deleted, too, so one that is gone is no failure.

        It tells of all deleted ports in one request, hence the port in the request's id.
        """
        try:
            self._act(context, instance, 'detach-interface', {'portId': vif['id']}, subject=vif['id'])
        except (exception.PortNotFound, exception.InstanceNotFound) as error:
            LOG.debug('There is no port to be detached: %s', error, instance=instance)
        except exception.InterfaceDetachFailed:
            raise
        except exception.NovaException as error:
            raise exception.InterfaceDetachFailed(error.format_message(), instance_uuid=instance.uuid) from error

    def plug_vifs(self, instance, network_info):
        """Nothing to do: Nova asks at its start, and the node has kept the ports plugged meanwhile."""

    def unplug_vifs(self, instance, network_info):
        """Nothing to do: Nova asks after a failed build, and the node has taken back what that had plugged."""
