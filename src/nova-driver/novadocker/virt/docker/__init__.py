# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""The compute driver: each of its methods is one request to the NovaDocker node of this host."""

from novadocker.virt.docker.driver import DockerDriver

__all__ = ['DockerDriver']
