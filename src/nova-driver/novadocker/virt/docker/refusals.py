# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""What containers do not have, refused in words that tell the server's owner so."""

from nova import exception

from novadocker.virt.docker import base

_NO_VOLUMES = 'containers have no volumes of Cinder'


class Refusals(base.DriverPart):
    """What containers do not have."""

    def get_volume_connector(self, instance):
        """No volume can be attached; Nova asks for this first, at a boot and at an attachment."""
        raise exception.InvalidVolume(reason=_NO_VOLUMES)

    def attach_volume(self, context, connection_info, instance, mountpoint, disk_bus=None, device_type=None,
                      encryption=None):
        """No volume can be attached."""
        raise exception.InvalidVolume(reason=_NO_VOLUMES)

    def detach_volume(self, context, connection_info, instance, mountpoint, encryption=None):
        """None is attached that could be detached."""
        raise exception.InvalidVolume(reason=_NO_VOLUMES)

    def set_admin_password(self, instance, new_pass):
        """Nobody logs in to a container by a password of Nova's."""
        raise exception.SetAdminPasswdNotSupported()
