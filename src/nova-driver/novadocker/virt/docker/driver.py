# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""The driver that Nova loads.

It decides nothing. Each method asks the node of this host for one thing, waits until that is done, and answers in Nova's
words; what an instance may do, which steps that takes and what happens when one fails is in the node, and in its journal.

Methods of Nova's ``ComputeDriver`` that are not here are left to Nova's own base class: what they are for (live migration,
volumes, consoles other than the log, crash dumps) containers do not have, and the base class says so.
"""

import nova.conf
from nova.virt import driver

from novadocker.virt.docker import builds
from novadocker.virt.docker import config
from novadocker.virt.docker import hosts
from novadocker.virt.docker import images
from novadocker.virt.docker import interfaces
from novadocker.virt.docker import moves
from novadocker.virt.docker import node
from novadocker.virt.docker import power
from novadocker.virt.docker import queries
from novadocker.virt.docker import refusals
from novadocker.virt.docker import retired

CONF = nova.conf.CONF
config.register(CONF)
retired.register(CONF)


class DockerDriver(
        hosts.Hosts, queries.Queries, builds.Builds, power.Power, moves.Moves, images.Images, interfaces.Interfaces,
        refusals.Refusals, driver.ComputeDriver):
    """Docker containers as instances of Nova, kept by the NovaDocker node of the host."""

    # What is not named is False. There is no flag for container formats of images; a Docker image's disk format is raw.
    capabilities = {
        **driver.ComputeDriver.capabilities,
        'has_imagecache': True,
        'supports_attach_interface': True,
        'supports_evacuate': True,
        'supports_migrate_to_same_host': True,
        'supports_image_type_raw': True,
    }

    def __init__(self, virtapi):
        super().__init__(virtapi)
        self.node = node.Node(self._new_client())
