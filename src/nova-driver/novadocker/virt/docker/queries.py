# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Questions about instances."""

import nova.conf
from nova import exception

from novadocker.virt.docker import base
from novadocker.virt.docker import errors
from novadocker.virt.docker import states

CONF = nova.conf.CONF


class Queries(base.DriverPart):
    """Questions about instances."""

    def get_info(self, instance, use_cache=True):
        """Power state and container id. Nothing is cached here; the node knows without asking the Engine."""
        with errors.as_nova(instance.uuid):
            said = self.node.instance(instance.uuid)
        if not states.is_there(said):
            raise exception.InstanceNotFound(instance_id=instance.uuid)
        return states.info(said)

    def instance_exists(self, instance):
        """Whether the host has the instance."""
        try:
            self.get_info(instance)
        except exception.InstanceNotFound:
            return False
        return True

    def list_instances(self):
        """Names of the host's instances."""
        with errors.as_nova(None):
            return [instance['name'] for instance in self.node.instances()]

    def list_instance_uuids(self):
        """Ids of the host's instances."""
        with errors.as_nova(None):
            return [instance['id'] for instance in self.node.instances()]

    def get_num_instances(self):
        """How many instances the host has."""
        with errors.as_nova(None):
            return sum(1 for _ in self.node.instances())

    def get_console_output(self, context, instance):
        """The last lines that the container's process wrote, as bytes."""
        with errors.as_nova(instance.uuid):
            said = self.node.read(instance.uuid, 'console', lines=CONF.novadocker.console_lines)
        return (said.get('text') or '').encode('utf-8')

    def get_diagnostics(self, instance):
        """Diagnostics before API 2.48."""
        return states.plain_diagnostics(self._diagnostics(instance))

    def get_instance_diagnostics(self, instance):
        """Diagnostics since API 2.48."""
        return states.diagnostics(self._diagnostics(instance), bool(instance.config_drive))

    def _diagnostics(self, instance):
        with errors.as_nova(instance.uuid):
            return self.node.read(instance.uuid, 'diagnostics')
