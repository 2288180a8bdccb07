# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""The driver against a real node.

NOVADOCKER_TEST_NODE_SOCKET is the socket of a node with the embedded store of images. NOVADOCKER_TEST_NODE_IMAGE is an
image it can boot, by id or name, with a shell as its command (busybox); without it only what changes nothing is called.
With NOVADOCKER_TEST_NODE_PORTS set, the node may make a Linux bridge on this machine. Instances are made under ids of
their own, and removed.
"""

import base64
import os
import unittest
import uuid
from unittest import mock

import eventlet
from nova.compute import power_state
from nova.compute import task_states
from nova import exception
from nova import objects

from driver_tests import base
from novadocker.virt.docker import client as node_client
from novadocker.virt.docker import node as nodes

SOCKET = os.environ.get('NOVADOCKER_TEST_NODE_SOCKET')
IMAGE = os.environ.get('NOVADOCKER_TEST_NODE_IMAGE')

RUN_FOR_LONG = base64.b64encode(
    b'command: [sh, -c, "trap \'echo asked to end; exit\' TERM; echo up; while true; do sleep 0.2; done"]\n').decode()


@unittest.skipUnless(SOCKET, 'needs NOVADOCKER_TEST_NODE_SOCKET, the socket of a node')
class RealNode(base.TestCase):
    """What the driver and the node have agreed upon."""

    def setUp(self):
        super().setUp()
        self.config.config(group='novadocker', socket=SOCKET, node_timeout=20)
        self.driver.node = nodes.Node(node_client.NodeClient(SOCKET, 20))

    def _new(self, **members):
        members = {'uuid': str(uuid.uuid4()), 'user_data': RUN_FOR_LONG, 'image_ref': IMAGE or base.IMAGE, **members}
        instance = self.instance(**members)
        self.addCleanup(self._remove, instance)
        return instance

    def _remove(self, instance):
        self._next()
        self.driver.destroy(self.context, instance, [])

    def _next(self):
        """Each call of Nova's is by a request of its own."""
        self.context.request_id = 'req-%s' % uuid.uuid4()
        self.context.update_store()

    def _call(self, method, *arguments, **more):
        self._next()
        return getattr(self.driver, method)(*arguments, **more)

    def _state(self, instance):
        return self.driver.get_info(instance).state

    def _booted(self, **members):
        if not IMAGE:
            self.skipTest('needs NOVADOCKER_TEST_NODE_IMAGE, an image to boot')
        instance = self._new(**members)
        self._next()
        self.spawn(instance, image_meta=self.image_meta(None))
        return instance


class Host(RealNode):
    """Nothing is changed."""

    def test_the_start_of_nova_compute(self):
        self.start_host()

    def test_resources(self):
        said = self.driver.get_available_resource('compute-1')
        for name in ('vcpus', 'memory_mb', 'local_gb', 'vcpus_used', 'memory_mb_used', 'local_gb_used', 'hypervisor_version'):
            self.assertIsInstance(said[name], int, name)
        self.assertGreater(said['memory_mb'], 0)
        self.assertEqual(('docker', 'exe'), said['supported_instances'][0][1:])

    def test_inventory(self):
        from nova.compute import provider_tree
        tree = provider_tree.ProviderTree()
        tree.new_root('compute-1', str(uuid.uuid4()), generation=0)
        self.driver.update_provider_tree(tree, 'compute-1')
        inventory = tree.data('compute-1').inventory
        self.assertEqual({'VCPU', 'MEMORY_MB', 'DISK_GB'}, set(inventory))
        for record in inventory.values():
            self.assertEqual(
                {'total', 'reserved', 'min_unit', 'max_unit', 'step_size', 'allocation_ratio'}, set(record))
            self.assertGreaterEqual(record['total'], 1)

    def test_uptime(self):
        self.assertIn('load average', self.driver.get_host_uptime())

    def test_lists(self):
        self.assertEqual(len(self.driver.list_instances()), len(self.driver.list_instance_uuids()))

    def test_an_instance_that_nobody_ever_booted(self):
        instance = self.instance(uuid=str(uuid.uuid4()))
        self.assertRaises(exception.InstanceNotFound, self.driver.get_info, instance)
        self.assertRaises(exception.InstanceNotFound, self._call, 'pause', instance)
        self._call('destroy', self.context, instance, [])
        self._call('detach_interface', self.context, instance, self.network_info()[0])

    def test_a_body_with_a_member_that_the_node_does_not_know(self):
        problem = self.assertRaises(
            node_client.Problem, self.driver.node.begin, {'X-Openstack-Request-Id': 'req-%s' % uuid.uuid4()},
            str(uuid.uuid4()), 'stop', {'graceSecond': 1})
        self.assertEqual('invalid-argument', problem.code)
        self.assertIn('graceSecond is no member; did you mean graceSeconds?', problem.detail)

    def test_an_image_that_nobody_has(self):
        self._next()
        error = self.assertRaises(
            exception.BuildAbortException, self.spawn, self._new(), image_meta=self.image_meta(str(uuid.uuid4())))
        self.assertIn('image', error.format_message().lower())

    def test_an_image_that_nobody_has_is_not_cached_either(self):
        image_id = str(uuid.uuid4())
        error = self.assertRaises(exception.ImageUnacceptable, self._call, 'cache_image', self.context, image_id)
        self.assertIn("No image has the id or name '%s'" % image_id, error.format_message())


class Life(RealNode):
    """An instance's life, without ports."""

    def test_from_boot_to_deletion(self):
        instance = self._booted()
        self.assertEqual(power_state.RUNNING, self._state(instance))
        self.assertIn(instance.uuid, self.driver.list_instance_uuids())
        self.assertTrue(self.driver.instance_exists(instance))
        for method, arguments, state in (
                ('pause', (instance,), power_state.PAUSED),
                ('unpause', (instance,), power_state.RUNNING),
                ('suspend', (self.context, instance), power_state.SUSPENDED),
                ('resume', (self.context, instance, []), power_state.RUNNING),
                ('power_off', (instance, 5, 1), power_state.SHUTDOWN),
                ('power_on', (self.context, instance, []), power_state.RUNNING),
                ('reboot', (self.context, instance, [], 'SOFT'), power_state.RUNNING),
                ('reboot', (self.context, instance, [], 'HARD'), power_state.RUNNING),
                ('soft_delete', (instance,), power_state.SHUTDOWN),
                ('restore', (instance,), power_state.RUNNING),
                ('resume_state_on_host_boot', (self.context, instance, []), power_state.RUNNING)):
            self._call(method, *arguments)
            self.assertEqual(state, self._state(instance), method)
        self._call('destroy', self.context, instance, [])
        self.assertRaises(exception.InstanceNotFound, self.driver.get_info, instance)
        self.assertNotIn(instance.uuid, self.driver.list_instance_uuids())

    def test_a_reboot_starts_the_process_anew(self):
        """Its output tells of each start; only a soft reboot asks it to end."""
        instance = self._booted()
        container = self.driver.get_info(instance).internal_id
        self._writes(instance, ['up'])
        self._call('reboot', self.context, instance, [], 'SOFT')
        self._writes(instance, ['up', 'asked to end', 'up'])
        self._call('reboot', self.context, instance, [], 'HARD')
        self._writes(instance, ['up', 'asked to end', 'up', 'up'])
        self.assertEqual(container, self.driver.get_info(instance).internal_id)

    def _writes(self, instance, lines):
        self.eventually(
            lambda: self.driver.get_console_output(self.context, instance).decode().splitlines() == lines,
            'the process has written %s' % lines)

    def test_a_process_that_ends_at_once(self):
        if not IMAGE:
            self.skipTest('needs NOVADOCKER_TEST_NODE_IMAGE, an image to boot')
        instance = self._new(user_data=base64.b64encode(b'command: [sh, -c, "echo that was all; exit 3"]\n').decode())
        self._next()
        failure = self.assertRaises(exception.BuildAbortException, self.spawn, instance, image_meta=self.image_meta(None))
        self.assertIn('ended at once: exit 3. Its last words: that was all', str(failure))

    def test_what_it_wrote_and_how_it_is(self):
        instance = self._booted()
        self.eventually(lambda: b'up' in self.driver.get_console_output(self.context, instance), 'the process has spoken')
        self.assertEqual('running', self.driver.get_instance_diagnostics(instance).state)
        self.assertIn('uptime', self.driver.get_diagnostics(instance))

    def test_a_resize_and_back_and_for_good(self):
        instance = self._booted()
        for confirm in (False, True):
            self._next()
            self.driver.migrate_disk_and_power_off(self.context, instance, '192.0.2.1', None, [], None, 5, 1)
            instance.flavor.memory_mb = 320
            self.driver.finish_migration(self.context, None, instance, '[]', [], self.image_meta(), True, {})
            self.assertEqual(320, self.driver.node.instance(instance.uuid)['memoryMb'])
            self.assertEqual(power_state.RUNNING, self._state(instance))
            if confirm:
                self._call('confirm_migration', self.context, None, instance, [])
                continue
            data = self.driver.check_instance_shared_storage_local(self.context, instance)
            self.assertTrue(self.driver.check_instance_shared_storage_remote(self.context, data))
            self._next()
            self.driver.destroy(self.context, instance, [], destroy_disks=False)
            self.driver.finish_revert_migration(self.context, instance, [], None)
            self.assertEqual(256, self.driver.node.instance(instance.uuid)['memoryMb'])
        self.assertEqual(power_state.RUNNING, self._state(instance))

    def test_a_rebuild_and_a_rescue(self):
        instance = self._booted()
        before = self.driver.get_info(instance).internal_id
        self._call('rebuild', self.context, instance, self.image_meta(None), [], None, {}, [], lambda *_: None,
                   lambda *_: None)
        self.assertNotEqual(before, self.driver.get_info(instance).internal_id)
        self._call('power_off', instance, 5, 1)
        self._call('rescue', self.context, instance, [], self.image_meta(None), None, None)
        self.assertEqual(power_state.RUNNING, self._state(instance))
        self._call('unrescue', self.context, instance)
        self.assertEqual(power_state.RUNNING, self._state(instance))

    def test_a_config_drive_and_files(self):
        with mock.patch('novadocker.virt.docker.requests.instance_metadata.InstanceMetadata') as metadata:
            metadata.return_value.metadata_for_config_drive.return_value = [('openstack/latest/meta_data.json', b'{}')]
            if not IMAGE:
                self.skipTest('needs NOVADOCKER_TEST_NODE_IMAGE, an image to boot')
            instance = self._new(config_drive='True')
            self._next()
            self.spawn(instance, image_meta=self.image_meta(None), injected_files=[('/etc/motd', b'hello')])
        self.assertEqual(power_state.RUNNING, self._state(instance))

    def test_what_happens_behind_its_back_is_told(self):
        """Nothing is asked of the node here: the container's own process ends."""
        heard = []
        self.start_host()
        self.driver.register_event_listener(heard.append)
        if not IMAGE:
            self.skipTest('needs NOVADOCKER_TEST_NODE_IMAGE, an image to boot')
        instance = self._new()
        instance.user_data = base64.b64encode(b'command: [sh, -c, "sleep 15"]\n').decode()
        self._next()
        self.spawn(instance, image_meta=self.image_meta(None))
        self.eventually(lambda: heard, 'the end is told')
        self.assertEqual([(instance.uuid, 'Stopped')], [(event.uuid, event.get_name()) for event in heard])

    def test_a_snapshot(self):
        """Of Glance there is only the record's name; the embedded store makes the record itself."""
        instance = self._booted()
        image_id = str(uuid.uuid4())
        told = []
        with mock.patch('nova.image.glance.API') as glance:
            glance.return_value.get.return_value = {'name': 'driver-test'}
            self._call('snapshot', self.context, instance, image_id,
                       lambda task_state, expected_state=None: told.append(task_state))
        self.assertEqual([task_states.IMAGE_PENDING_UPLOAD, task_states.IMAGE_UPLOADING], told)
        self.assertEqual(power_state.RUNNING, self._state(instance))
        self.assertTrue(self._call('cache_image', self.context, image_id))

    def test_the_same_request_twice_is_one_boot(self):
        instance = self._booted()
        before = self.driver.get_info(instance).internal_id
        self.spawn(instance, image_meta=self.image_meta(None))
        self.assertEqual(before, self.driver.get_info(instance).internal_id)

    def test_a_second_life_as_after_a_shelving(self):
        instance = self._booted()
        self._call('destroy', self.context, instance, [])
        self._next()
        self.spawn(instance, image_meta=self.image_meta(None))
        self.assertEqual(power_state.RUNNING, self._state(instance))

    def test_images(self):
        if not IMAGE:
            self.skipTest('needs NOVADOCKER_TEST_NODE_IMAGE, an image to boot')
        self._call('cache_image', self.context, IMAGE)
        self.assertFalse(self._call('cache_image', self.context, IMAGE))
        self._call('manage_image_cache', self.context, objects.InstanceList(objects=[self.instance(image_ref=IMAGE)]))
        self.assertFalse(self._call('cache_image', self.context, IMAGE))


@unittest.skipUnless(
    os.environ.get('NOVADOCKER_TEST_NODE_PORTS'), 'needs NOVADOCKER_TEST_NODE_PORTS: that the node may make a Linux bridge')
class Ports(RealNode):
    """Ports in a Linux bridge of this machine, and Neutron's part played by the test."""

    def _boot(self, says, **arguments):
        """Boots with a port; Neutron ``says`` so while the boot waits for it."""
        if not IMAGE:
            self.skipTest('needs NOVADOCKER_TEST_NODE_IMAGE, an image to boot')
        self.instance_id, self.port = str(uuid.uuid4()), str(uuid.uuid4())
        instance = self._new(uuid=self.instance_id)
        if says:
            eventlet.spawn_after(0.5, says)
        self._next()
        self.spawn(instance, image_meta=self.image_meta(None), network_info=self.network_info(port=self.port), **arguments)
        return instance

    def _is_wired(self):
        self.assertTrue(self.neutron_says(self.port, instance_id=self.instance_id))

    def _fails(self):
        self.assertTrue(self.neutron_says(self.port, 'failed', instance_id=self.instance_id))

    def _ports(self, instance):
        return [(port['id'], port['isPlugged']) for port in self.driver.node.instance(instance.uuid)['ports']]

    def test_neutron_in_time(self):
        instance = self._boot(self._is_wired)
        self.assertEqual(power_state.RUNNING, self._state(instance))
        self.assertEqual([(self.port, True)], self._ports(instance))

    def test_neutron_too_late(self):
        self.config.config(vif_plugging_timeout=1)
        error = self.assertRaises(exception.BuildAbortException, self._boot, None)
        self.assertIn(self.port, error.format_message())

    def test_neutron_too_late_where_that_does_not_matter(self):
        self.config.config(vif_plugging_timeout=1, vif_plugging_is_fatal=False)
        self.assertEqual(power_state.RUNNING, self._state(self._boot(None)))

    def test_neutron_fails(self):
        error = self.assertRaises(exception.BuildAbortException, self._boot, self._fails)
        self.assertIn('failure', error.format_message())

    def test_a_port_comes_and_goes(self):
        instance = self._boot(self._is_wired)
        second = str(uuid.uuid4())
        vif = self.network_info(active=True, port=second)[0]
        vif['address'] = 'fa:16:3e:a4:ac:50'
        vif['network']['subnets'][0]['ips'][0]['address'] = '10.88.0.161'
        self._call('attach_interface', self.context, instance, self.image_meta(), vif)
        self.assertEqual({(self.port, True), (second, True)}, set(self._ports(instance)))
        self.assertEqual(2, self.driver.get_instance_diagnostics(instance).num_nics)
        self._call('detach_interface', self.context, instance, vif)
        self._call('detach_interface', self.context, instance, vif)
        self.assertEqual([(self.port, True)], self._ports(instance))
        self._call('reboot', self.context, instance, [], 'HARD')
        self.assertEqual([(self.port, True)], self._ports(instance))
