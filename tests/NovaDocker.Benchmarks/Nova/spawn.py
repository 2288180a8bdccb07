# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Spawns and destroys instances with the driver, as nova-compute does, and says how long each spawn took.

    spawn.py SOCKET IMAGE MEMORY_MB

Reads lines on standard input: ``spawn UUID`` and ``destroy UUID``. Answers each with a line: the milliseconds that the driver's
method took, or ``error`` and why.
"""

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402
import time  # noqa: E402

from nova import context as nova_context  # noqa: E402
from nova import objects  # noqa: E402
from nova.compute import manager  # noqa: E402
import nova.conf  # noqa: E402
from nova.network import model as network_model  # noqa: E402

from novadocker.virt.docker import DockerDriver  # noqa: E402


class Compute:
    """What ComputeVirtAPI needs of a ComputeManager."""

    def __init__(self):
        self.instance_events = manager.InstanceEvents()
        self.reportclient = None


def instance_of(context, uuid, image, memory_mb):
    flavor = objects.Flavor(memory_mb=memory_mb, vcpus=1, root_gb=1, ephemeral_gb=0, swap=0, name='bench', extra_specs={})
    return objects.Instance(
        context, uuid=uuid, image_ref=image, display_name='bench-%s' % uuid, hostname='bench', key_data=None, user_data=None,
        config_drive='', metadata={}, system_metadata={}, memory_mb=memory_mb, vcpus=1, root_gb=1, flavor=flavor,
        project_id='project', user_id='benchmark', host='bench', node='bench', task_state=None, vm_state='building')


def main():
    socket, image, memory_mb = sys.argv[1], sys.argv[2], int(sys.argv[3])
    objects.register_all()
    nova.conf.CONF([], project='nova', default_config_files=[], default_config_dirs=[])
    nova.conf.CONF.set_override('socket', socket, 'novadocker')
    nova.conf.CONF.set_override('host', 'bench')
    # There is no database, and so no server of an earlier run.
    objects.InstanceList.get_by_host = lambda *arguments, **options: []
    driver = DockerDriver(manager.ComputeVirtAPI(Compute()))
    driver.init_host('bench')
    print('ready', flush=True)
    for line in sys.stdin:
        verb, uuid = line.split()
        context = nova_context.RequestContext(user_id='benchmark', project_id='project', overwrite=False)
        instance = instance_of(context, uuid, image, memory_mb)
        meta = objects.ImageMeta(id=image, properties=objects.ImageMetaProps())
        network_info = network_model.NetworkInfo([])
        began = time.monotonic()
        try:
            if verb == 'spawn':
                driver.spawn(context, instance, meta, [], None, {}, network_info=network_info)
            else:
                driver.destroy(context, instance, network_info)
            print('%.3f' % ((time.monotonic() - began) * 1000), flush=True)
        except Exception as error:
            print('error %s' % str(error).replace('\n', ' '), flush=True)
    driver.cleanup_host('bench')


main()
