# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Options of nova.conf that mean nothing to this driver, and what took their place in the node's configuration.

A nova.conf that was written for nova-docker is taken as it is. Whoever set one of these is told once, at the start, where
to say it now: an option that is silently without effect is found out about too late.
"""

from oslo_config import cfg
from oslo_log import log as logging

LOG = logging.getLogger(__name__)

NOVA_DOCKER_GROUP = 'docker'

NOVA_DOCKER_OPTIONS = [
    cfg.StrOpt('root_directory', help='Where nova-docker looked how full the disk is.'),
    cfg.StrOpt('host_url', help='Where nova-docker found the Docker Engine.'),
    cfg.BoolOpt('api_insecure', help='Whether nova-docker took any certificate of the Engine.'),
    cfg.StrOpt('ca_file', help='Authority of the Engine\'s certificate.'),
    cfg.StrOpt('cert_file', help='Certificate shown to the Engine.'),
    cfg.StrOpt('key_file', help='Key of that certificate.'),
    cfg.StrOpt('vif_driver', help='Class that plugged ports.'),
    cfg.StrOpt('snapshots_directory', help='Where nova-docker kept images while they were on their way.'),
    cfg.BoolOpt('inject_key', help='Whether nova-docker put the public key into containers.'),
    cfg.StrOpt('shared_directory', help='Where images were looked for before Glance was asked.'),
    cfg.BoolOpt('privileged', help='Whether all containers were privileged.'),
]

_IN_THE_ENGINE = 'the Engine\'s own configuration; the node asks the Engine where its data is'

COUNTERPARTS = {
    (NOVA_DOCKER_GROUP, 'root_directory'): _IN_THE_ENGINE,
    (NOVA_DOCKER_GROUP, 'host_url'): 'novadocker.engine.host',
    (NOVA_DOCKER_GROUP, 'api_insecure'): 'novadocker.engine.tls.verify',
    (NOVA_DOCKER_GROUP, 'ca_file'): 'novadocker.engine.tls.ca-file',
    (NOVA_DOCKER_GROUP, 'cert_file'): 'novadocker.engine.tls.certificate-file',
    (NOVA_DOCKER_GROUP, 'key_file'): 'novadocker.engine.tls.key-file',
    (NOVA_DOCKER_GROUP, 'vif_driver'): 'none is needed, the port says how it is plugged; novadocker.networks.vif-types adds ways',
    (NOVA_DOCKER_GROUP, 'snapshots_directory'): 'none is needed, snapshots are streamed without a temporary file',
    (NOVA_DOCKER_GROUP, 'inject_key'): 'novadocker.instances.inject-key',
    (NOVA_DOCKER_GROUP, 'shared_directory'): 'novadocker.images.shared-directory',
    (NOVA_DOCKER_GROUP, 'privileged'): 'novadocker.policy.privileged, and asked for in user data',
    ('DEFAULT', 'reserved_host_memory_mb'): 'novadocker.host.reserved-memory-mb',
    ('DEFAULT', 'reserved_host_cpus'): 'none, the inventory is the node\'s',
    ('DEFAULT', 'reserved_host_disk_mb'): 'novadocker.images.disk-reserve-mb',
    ('DEFAULT', 'cpu_allocation_ratio'): 'novadocker.host.cpu-allocation-ratio',
    ('DEFAULT', 'ram_allocation_ratio'): 'novadocker.host.memory-allocation-ratio',
    ('DEFAULT', 'disk_allocation_ratio'): 'none, the inventory is the node\'s',
}


def register(conf):
    """Makes nova-docker's section known, so that it can be told whether somebody set something in it."""
    conf.register_opts(NOVA_DOCKER_OPTIONS, group=NOVA_DOCKER_GROUP)


def warn(conf):
    """One warning for each option that is set and has no effect here."""
    for (group, name), counterpart in COUNTERPARTS.items():
        location = conf.get_location(name, None if group == 'DEFAULT' else group)
        if location and location.location.is_user_controlled:
            LOG.warning('Option [%(group)s] %(name)s has no effect on containers. Its place in the node\'s '
                        'configuration: %(counterpart)s.',
                        {'group': group, 'name': name, 'counterpart': counterpart})
