# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Instances run, stand still, and are rescued."""

from novadocker.virt.docker import base
from novadocker.virt.docker import requests


class Power(base.DriverPart):
    """Instances run, stand still, and are rescued."""

    def power_on(self, context, instance, network_info, block_device_info=None, accel_info=None):
        """Starts the container's process."""
        self._act(context, instance, 'start')

    def power_off(self, instance, timeout=0, retry_interval=0):
        """Ends the container's process: its stop signal, ``timeout`` seconds to obey it, then a kill. 0 kills at once."""
        self._act(None, instance, 'stop', requests.stop(timeout))

    def reboot(self, context, instance, network_info, reboot_type, block_device_info=None, bad_volumes_callback=None,
               accel_info=None):
        """Ends the process and starts it again; SOFT asks it to end, HARD kills it. Ports stay plugged."""
        self._act(context, instance, 'reboot', {'type': reboot_type.lower()})

    def pause(self, instance):
        """Freezes the container's processes; their memory stays."""
        self._act(None, instance, 'pause')

    def unpause(self, instance):
        """Lets the container's processes go on."""
        self._act(None, instance, 'unpause')

    def suspend(self, context, instance):
        """Freezes the container's processes. Their memory stays where it is: nothing is written to disk."""
        self._act(context, instance, 'suspend')

    def resume(self, context, instance, network_info, block_device_info=None):
        """Lets the processes of a suspended container go on."""
        self._act(context, instance, 'resume')

    def resume_state_on_host_boot(self, context, instance, network_info, block_device_info=None):
        """Starts what ran before the host was restarted. What the instance's own restart policy started runs already."""
        self._act(context, instance, 'start')

    def soft_delete(self, instance):
        """Ends the process; container and ports stay until the server is restored or its time is over."""
        self._act(None, instance, 'stop')

    def restore(self, instance):
        """Starts the process of a server that was deleted softly."""
        self._act(None, instance, 'start')

    def rescue(self, context, instance, network_info, image_meta, rescue_password, block_device_info):
        """Has a container of the rescue image stand in for the instance's own, until it is unrescued."""
        self._act(context, instance, 'rescue', requests.rescue(image_meta))

    def unrescue(self, context, instance):
        """Back to the instance's own container."""
        self._act(context, instance, 'unrescue')

    def poll_rebooting_instances(self, timeout, instances):
        """Nothing hangs in a reboot: the steps of an operation have deadlines at the node, and end well or with a fault."""
