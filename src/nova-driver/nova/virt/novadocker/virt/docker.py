# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""``compute_driver = novadocker.virt.docker.DockerDriver`` of nova.conf leads here."""

from novadocker.virt.docker import DockerDriver

__all__ = ['DockerDriver']
