# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""A driver with a fake node, and Nova's own objects to call it with."""

import logging
import os
import shutil
import tempfile
import time
from unittest import mock

import testtools
from nova.compute import manager
from nova import context as nova_context
from nova.network import model as network_model
from nova import objects
from nova.tests.unit import fake_instance
from oslo_config import fixture as config_fixture

import nova.conf
from novadocker.virt.docker import DockerDriver

from driver_tests import fake_node

CONF = nova.conf.CONF
objects.register_all()

INSTANCE = '11111111-2222-4333-8444-555555555555'
IMAGE = 'aaaaaaaa-2222-4333-8444-555555555555'
PORT = 'bbbbbbbb-2222-4333-8444-555555555555'
TOKEN = 'gAAAAAB-a-secret-token'


class StubCompute:
    """What ComputeVirtAPI needs of a ComputeManager."""

    def __init__(self):
        self.instance_events = manager.InstanceEvents()
        self.reportclient = None


class TestCase(testtools.TestCase):
    """A driver with a fake node."""

    def setUp(self):
        super().setUp()
        self.directory = tempfile.mkdtemp(prefix='nd-driver-')
        self.addCleanup(shutil.rmtree, self.directory, True)
        self.node = fake_node.FakeNode(os.path.join(self.directory, 'http.sock')).start()
        self.addCleanup(self.node.stop)
        self.config = self.useFixture(config_fixture.Config(CONF))
        CONF([], project='nova', default_config_files=[], default_config_dirs=[])
        self.config.config(group='novadocker', socket=self.node.path, node_timeout=60)
        self.config.config(host='compute-1', my_ip='192.0.2.1')
        self.config.config(vif_plugging_timeout=60, vif_plugging_is_fatal=True)
        # Nova's database: there is none here, and so no server of an earlier run.
        servers = mock.patch.object(objects.InstanceList, 'get_by_host', return_value=[])
        self.servers_of_host = servers.start()
        self.addCleanup(servers.stop)
        self.compute = StubCompute()
        self.driver = DockerDriver(manager.ComputeVirtAPI(self.compute))
        self.context = nova_context.RequestContext(
            user_id='alice', project_id='research', auth_token=TOKEN, overwrite=False)

    def start_host(self):
        """As nova-compute does at its start."""
        self.driver.init_host('compute-1')
        self.addCleanup(self.driver.cleanup_host, 'compute-1')

    def instance(self, **members):
        """A server of Nova's, of 256 MiB and one processor."""
        values = {'uuid': INSTANCE, 'image_ref': IMAGE, 'display_name': 'web', 'key_data': None, 'user_data': None,
                  'host': 'compute-1', 'expected_attrs': ['metadata', 'system_metadata'], 'config_drive': ''}
        values.update(members)
        made = fake_instance.fake_instance_obj(self.context, **values)
        made.save = mock.Mock()
        return made

    def instance_for_config_drive(self, **members):
        """A server with all that Nova reads of it for a config drive."""
        for name in ('nova.network.security_group_api.get_instance_security_groups',
                     'nova.objects.instance.Instance.get_bdms'):
            patch = mock.patch(name, return_value=[])
            patch.start()
            self.addCleanup(patch.stop)
        made = self.instance(hostname='web', availability_zone='nova', **members)
        made.ec2_ids = objects.EC2Ids(instance_id='i-1', ami_id='ami-1', kernel_id=None, ramdisk_id=None)
        made.device_metadata = None
        made.numa_topology = None
        return made

    @staticmethod
    def image_meta(image_id=IMAGE):
        """An image's record."""
        meta = objects.ImageMeta(properties=objects.ImageMetaProps(), container_format='docker', disk_format='raw')
        if image_id:
            meta.id = image_id
        return meta

    @staticmethod
    def network_info(active=False, port=PORT):
        """One port of a Linux bridge."""
        network = network_model.Network(
            id='cccccccc-2222-4333-8444-555555555555', bridge='brqcccccccc-22', label='lan',
            subnets=[network_model.Subnet(
                cidr='10.88.0.0/24', gateway=network_model.IP(address='10.88.0.1'), dns=[],
                ips=[network_model.FixedIP(address='10.88.0.160')], routes=[], version=4)],
            meta={'mtu': 1450, 'should_create_bridge': True})
        return network_model.NetworkInfo([network_model.VIF(
            id=port, address='fa:16:3e:a4:ac:49', network=network, type='bridge', details={'port_filter': True},
            devname='tap' + port[:11], active=active, vnic_type='normal')])

    def spawn(self, instance=None, network_info=(), **arguments):
        """A boot; without ports unless some are given."""
        return self.driver.spawn(
            self.context, instance or self.instance(), arguments.pop('image_meta', self.image_meta()),
            arguments.pop('injected_files', []), arguments.pop('admin_password', None), {}, network_info=network_info,
            **arguments)

    def neutron_says(self, port=PORT, status='completed', instance_id=INSTANCE):
        """The event that Neutron sends when it has wired a port; False where nobody waits for it."""
        event = objects.InstanceExternalEvent(
            instance_uuid=instance_id, name='network-vif-plugged', tag=port, status=status)
        waiting = self.compute.instance_events.pop_instance_event(self.instance(uuid=instance_id), event)
        if waiting:
            waiting.send(event)
        return waiting is not None

    def eventually(self, condition, what, seconds=60):
        """Waits until a condition holds, and fails with what it is where that takes too long."""
        until = time.monotonic() + seconds
        while not condition():
            self.assertTrue(time.monotonic() < until, 'not within %d s: %s' % (seconds, what))
            time.sleep(0.02)

    def catch_log(self):
        """Everything that is logged from now on, at any level, as one text."""
        lines = []

        class Keep(logging.Handler):
            def emit(self, record):
                lines.append(record.getMessage())

        handler = Keep(level=0)
        root = logging.getLogger()
        before = root.level
        root.addHandler(handler)
        root.setLevel(0)
        self.addCleanup(root.removeHandler, handler)
        self.addCleanup(root.setLevel, before)
        return lines
