# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""What the parts of the driver have in common."""

from novadocker.virt.docker import errors
from novadocker.virt.docker import identity


class DriverPart:
    """A group of the driver's methods. ``self.node`` is the node of this host."""

    node = None

    def _act(self, context, instance, action, body=None, seen=None, subject=None):
        """Carries out one action of an instance, and waits for its end."""
        with errors.as_nova(instance.uuid):
            return self.node.act(identity.headers(context, subject), instance.uuid, action, body, seen)
