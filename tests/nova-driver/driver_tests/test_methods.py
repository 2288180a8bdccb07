# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""What the driver does with each of Nova's methods that is its own; test_completeness has those that are not.

What needs more than one look (spawn, ports, snapshots, the lifecycle feed) has a file of its own beside this one.
"""

from unittest import mock

from nova.compute import power_state
from nova.compute import task_states
from nova import exception
from nova import objects
from nova.virt import driver as nova_driver

from driver_tests import base


class Methods(base.TestCase):
    """A test for each method that is ours."""

    def setUp(self):
        super().setUp()
        self.node.add_instance(base.INSTANCE)

    def _only_action(self, action, body=None):
        """One action was asked for, of this instance, and with this body."""
        changes = [r for r in self.node.requests if r.method != 'GET']
        self.assertEqual(['/v1/instances/%s/actions/%s' % (base.INSTANCE, action)], [r.path for r in changes])
        self.assertEqual(body or {}, changes[0].body)
        self.assertEqual(self.node.asked()[0], changes[0])

    # The host.

    def test_init_host(self):
        self.start_host()
        self.assertEqual(['/', '/v1/host', '/v1/lifecycle'], [r.path for r in self.node.requests[:3]])

    def test_cleanup_host(self):
        self.driver.init_host('compute-1')
        thread = self.driver._feed._thread
        self.driver.register_event_listener(lambda event: None)
        self.driver.cleanup_host('compute-1')
        self.assertFalse(thread.is_alive())
        self.driver.cleanup_host('compute-1')

    def test_register_event_listener(self):
        self.start_host()
        heard = []
        self.driver.register_event_listener(heard.append)
        self.assertEqual(heard.append, self.driver._compute_event_callback)
        self.driver.register_event_listener(None)

    def test_emit_event(self):
        heard = []
        self.driver.register_event_listener(heard.append)
        event = nova_driver.virtevent.LifecycleEvent(base.INSTANCE, nova_driver.virtevent.EVENT_LIFECYCLE_STOPPED)
        self.driver.emit_event(event)
        self.assertEqual([event], heard)

    def test_get_available_nodes(self):
        self.node.stop()
        self.assertEqual(['compute-1'], self.driver.get_available_nodes(refresh=True))

    def test_node_is_available(self):
        self.assertTrue(self.driver.node_is_available('compute-1'))
        self.assertFalse(self.driver.node_is_available('compute-2'))

    def test_get_available_resource(self):
        said = self.driver.get_available_resource('compute-1')
        self.assertEqual(('docker', 20010024, 'compute-1'), (
            said['hypervisor_type'], said['hypervisor_version'], said['hypervisor_hostname']))

    def test_update_provider_tree(self):
        tree = mock.Mock()
        self.driver.update_provider_tree(tree, 'compute-1')
        tree.update_inventory.assert_called_once_with('compute-1', self.node.host['inventories'])
        tree.add_traits.assert_called_once_with('compute-1', 'CUSTOM_NOVADOCKER')

    def test_update_provider_tree_leaves_what_is_there_while_the_node_does_not_know_its_engine(self):
        self.node.host['inventories'] = {}
        tree = mock.Mock()
        self.driver.update_provider_tree(tree, 'compute-1')
        tree.update_inventory.assert_not_called()
        tree.add_traits.assert_called_once_with('compute-1', 'CUSTOM_NOVADOCKER')

    def test_capabilities_as_traits(self):
        traits = {trait for trait, has in self.driver.capabilities_as_traits().items() if has}
        self.assertEqual(
            {'COMPUTE_NET_ATTACH_INTERFACE', 'COMPUTE_SAME_HOST_COLD_MIGRATE', 'COMPUTE_IMAGE_TYPE_RAW'}, traits)

    def test_get_host_uptime(self):
        self.assertEqual(self.node.host['uptime'], self.driver.get_host_uptime())

    def test_get_host_ip_addr(self):
        self.assertEqual('192.0.2.1', self.driver.get_host_ip_addr())

    def test_network_binding_host_id(self):
        self.assertEqual('compute-1', self.driver.network_binding_host_id(self.context, self.instance()))

    # Questions.

    def test_get_info(self):
        for word, number in (('RUNNING', power_state.RUNNING), ('PAUSED', power_state.PAUSED),
                             ('SHUTDOWN', power_state.SHUTDOWN), ('CRASHED', power_state.CRASHED),
                             ('SUSPENDED', power_state.SUSPENDED), ('NOSTATE', power_state.NOSTATE)):
            self.node.add_instance(base.INSTANCE, powerState=word)
            info = self.driver.get_info(self.instance(), use_cache=False)
            self.assertEqual((number, 'c0ffee'), (info.state, info.internal_id))
        self.assertRaises(exception.InstanceNotFound, self.driver.get_info, self.instance(uuid=base.IMAGE))
        self.node.add_instance(base.INSTANCE, phase='deleted')
        self.assertRaises(exception.InstanceNotFound, self.driver.get_info, self.instance())

    def test_instance_exists(self):
        self.assertTrue(self.driver.instance_exists(self.instance()))
        self.assertFalse(self.driver.instance_exists(self.instance(uuid=base.IMAGE)))

    def _five(self):
        ids = ['%08d-2222-4333-8444-555555555555' % number for number in range(5)]
        for number, instance_id in enumerate(ids):
            self.node.add_instance(instance_id, name='web-%d' % number)
        self.node.add_instance(base.INSTANCE, phase='deleted')
        return ids

    def test_list_instances(self):
        self._five()
        self.assertEqual(['web-0', 'web-1', 'web-2', 'web-3', 'web-4'], self.driver.list_instances())

    def test_list_instance_uuids(self):
        self.assertEqual(self._five(), self.driver.list_instance_uuids())

    def test_get_num_instances(self):
        self._five()
        self.assertEqual(5, self.driver.get_num_instances())

    def test_get_console_output(self):
        self.node.console = 'one\ntwo\nschön\n'
        self.config.config(group='novadocker', console_lines=2)
        self.assertEqual('two\nschön\n'.encode(), self.driver.get_console_output(self.context, self.instance()))

    DIAGNOSTICS = {
        'state': 'RUNNING', 'uptimeSeconds': 61, 'cpu': [{'id': 0, 'timeNs': 5000}], 'memory': {'maximumMb': 256, 'usedMb': 3},
        'nics': [{'mac': 'fa:16:3e:a4:ac:49', 'rxOctets': 1, 'rxPackets': 2, 'rxErrors': 3, 'rxDrop': 4, 'txOctets': 5,
                  'txPackets': 6, 'txErrors': 7, 'txDrop': 8, 'interface': 'eth0', 'portId': base.PORT}]}

    def test_get_diagnostics(self):
        self.node.diagnostics = self.DIAGNOSTICS
        self.assertEqual({
            'uptime': 61, 'cpu0_time': 5000, 'memory': 262144, 'memory-used': 3072,
            'eth0_rx': 1, 'eth0_rx_packets': 2, 'eth0_rx_errors': 3, 'eth0_rx_drop': 4,
            'eth0_tx': 5, 'eth0_tx_packets': 6, 'eth0_tx_errors': 7, 'eth0_tx_drop': 8,
        }, self.driver.get_diagnostics(self.instance()))

    def test_get_instance_diagnostics(self):
        self.node.diagnostics = self.DIAGNOSTICS
        said = self.driver.get_instance_diagnostics(self.instance(config_drive='True'))
        self.assertEqual(('running', 'docker', 'linux', 61, True), (
            said.state, said.hypervisor, said.hypervisor_os, said.uptime, said.config_drive))
        self.assertEqual((1, 1, 0), (said.num_cpus, said.num_nics, said.num_disks))
        self.assertEqual((256, 3), (said.memory_details.maximum, said.memory_details.used))
        self.assertEqual(('fa:16:3e:a4:ac:49', 1, 8), (
            said.nic_details[0].mac_address, said.nic_details[0].rx_octets, said.nic_details[0].tx_drop))
        self.assertFalse(said.obj_attr_is_set('driver'))
        # As it travels to the API, which shows null for what is not set.
        travelled = objects.base.NovaObject.obj_from_primitive(said.obj_to_primitive())
        self.assertFalse(travelled.obj_attr_is_set('driver'))
        self.assertEqual('fa:16:3e:a4:ac:49', travelled.nic_details[0].mac_address)
        # What the node does not know is not there.
        self.node.diagnostics = {'state': 'PAUSED', 'uptimeSeconds': None, 'cpu': None, 'memory': None, 'nics': []}
        said = self.driver.get_instance_diagnostics(self.instance())
        self.assertEqual(('paused', None, 0, False), (said.state, said.uptime, said.num_cpus, said.config_drive))

    # Coming and going: see test_builds for the rest.

    def test_spawn(self):
        self.driver.destroy(self.context, self.instance(), [])
        self.spawn()
        self.assertEqual(power_state.RUNNING, self.driver.get_info(self.instance()).state)

    def test_rebuild(self):
        calls = []
        instance = self.instance(task_state=task_states.REBUILDING, user_data='IyEvYmluL3No')
        instance.save.side_effect = lambda expected_task_state: calls.append((expected_task_state, instance.task_state))
        arguments = dict(
            context=self.context, instance=instance, image_meta=self.image_meta(base.PORT), injected_files=[],
            admin_password=None, allocations={}, bdms=['bdm'],
            detach_block_devices=lambda context, bdms: calls.append(('detach', bdms)),
            attach_block_devices=lambda context, instance, bdms: calls.append(('attach', bdms)), network_info=[])
        self.driver.rebuild(**arguments)
        self.assertEqual([
            ('detach', ['bdm']), (['rebuilding'], 'rebuild_block_device_mapping'), ('attach', ['bdm']),
            (['rebuild_block_device_mapping'], 'rebuild_spawning')], calls)
        self._only_action('rebuild', {
            'name': 'web', 'image': base.PORT, 'metadata': {}, 'userData': 'IyEvYmluL3No'})

        del calls[:]
        self.assertRaises(NotImplementedError, self.driver.rebuild, **{**arguments, 'evacuate': True})
        self.assertRaises(
            exception.PreserveEphemeralNotSupported, self.driver.rebuild, **{**arguments, 'preserve_ephemeral': True})
        self.assertRaises(exception.BuildAbortException, self.driver.rebuild, **{
            **arguments, 'image_meta': self.image_meta(None), 'instance': self.instance(image_ref='')})
        self.assertEqual([], calls)

    def test_destroy(self):
        self.driver.destroy(self.context, self.instance(), [])
        self.driver.destroy(self.context, self.instance(uuid=base.IMAGE), [])      # gone already
        self.node.add_instance(base.INSTANCE)
        self.driver.destroy(self.context.elevated(), self.instance(), [], destroy_disks=False)
        self.assertEqual(['remove', 'remove', 'keep'], [r.query['disks'] for r in self.node.asked('DELETE')])

    def test_cleanup(self):
        self.driver.cleanup(self.context, self.instance(), [], destroy_disks=False)
        self.assertEqual([], self.node.requests)
        self.driver.cleanup(self.context, self.instance(), [])
        self.assertEqual(['remove'], [r.query['disks'] for r in self.node.asked('DELETE')])

    # Running and standing still.

    def test_power_on(self):
        self.driver.power_on(self.context, self.instance(), [], None, None)
        self._only_action('start')

    def test_power_off(self):
        self.driver.power_off(self.instance(), 60, 10)
        self._only_action('stop', {'graceSeconds': 60})
        for timeout, grace in ((0, 0), (7200, 3600)):
            del self.node.requests[:]
            self.driver.power_off(self.instance(), timeout)
            self._only_action('stop', {'graceSeconds': grace})

    def test_reboot(self):
        self.driver.reboot(self.context, self.instance(), [], 'SOFT')
        self._only_action('reboot', {'type': 'soft'})
        del self.node.requests[:]
        self.driver.reboot(self.context, self.instance(), [], 'HARD')
        self._only_action('reboot', {'type': 'hard'})

    def test_pause(self):
        self.driver.pause(self.instance())
        self._only_action('pause')

    def test_unpause(self):
        self.driver.unpause(self.instance())
        self._only_action('unpause')

    def test_suspend(self):
        self.driver.suspend(self.context, self.instance())
        self._only_action('suspend')

    def test_resume(self):
        self.driver.resume(self.context, self.instance(), [])
        self._only_action('resume')

    def test_resume_state_on_host_boot(self):
        self.driver.resume_state_on_host_boot(self.context, self.instance(), [])
        self._only_action('start')

    def test_soft_delete(self):
        self.driver.soft_delete(self.instance())
        self._only_action('stop')

    def test_restore(self):
        self.driver.restore(self.instance())
        self._only_action('start')

    def test_rescue(self):
        self.driver.rescue(self.context, self.instance(), [], self.image_meta(base.PORT), 'pw', None)
        self._only_action('rescue', {'image': base.PORT})

    def test_unrescue(self):
        self.driver.unrescue(self.context, self.instance())
        self._only_action('unrescue')

    def test_poll_rebooting_instances(self):
        self.assertIsNone(self.driver.poll_rebooting_instances(60, [self.instance()]))
        self.assertEqual([], self.node.requests)

    # Sizes.

    def test_migrate_disk_and_power_off(self):
        self.assertEqual('[]', self.driver.migrate_disk_and_power_off(
            self.context, self.instance(), '192.0.2.1', None, [], None, 60, 10))
        self._only_action('stop', {'graceSeconds': 60})
        del self.node.requests[:]
        refusal = self.assertRaises(
            exception.InstanceFaultRollback, self.driver.migrate_disk_and_power_off,
            self.context, self.instance(), '192.0.2.2', None, [])
        self.assertIsInstance(refusal.inner_exception, exception.MigrationPreCheckError)
        self.assertEqual([], self.node.requests)

    def test_finish_migration(self):
        self.driver.finish_migration(
            self.context, None, self.instance(), '[]', [], self.image_meta(), True, {}, power_on=False)
        self._only_action('resize', {'memoryMb': 256, 'vcpus': 1, 'powerOn': False})

    def test_confirm_migration(self):
        self.driver.confirm_migration(self.context, None, self.instance(), [])
        self._only_action('confirm-resize')

    def test_finish_revert_migration(self):
        self.driver.finish_revert_migration(self.context, self.instance(), [], None, power_on=True)
        self._only_action('revert-resize', {'powerOn': True})

    def test_check_instance_shared_storage_local(self):
        self.assertEqual(
            {'host_id': self.node.host['hostId']},
            self.driver.check_instance_shared_storage_local(self.context, self.instance()))

    def test_check_instance_shared_storage_remote(self):
        data = self.driver.check_instance_shared_storage_local(self.context, self.instance())
        self.assertTrue(self.driver.check_instance_shared_storage_remote(self.context, data))
        self.assertFalse(self.driver.check_instance_shared_storage_remote(self.context, {'host_id': 'another'}))

    def test_check_instance_shared_storage_cleanup(self):
        self.assertIsNone(self.driver.check_instance_shared_storage_cleanup(self.context, {}))

    # Images: see test_images for the course of a snapshot.

    def test_snapshot(self):
        told = []
        with mock.patch('nova.image.glance.API') as glance:
            glance.return_value.get.return_value = {'name': 'web-1'}
            self.driver.snapshot(self.context, self.instance(), base.IMAGE, lambda **states: told.append(states))
        self._only_action('snapshot', {'imageId': base.IMAGE, 'name': 'web-1'})
        self.assertEqual(2, len(told))

    def test_manage_image_cache(self):
        self.driver.manage_image_cache(self.context, [
            self.instance(), self.instance(image_ref=base.PORT), self.instance(), self.instance(image_ref='')])
        self.assertEqual(
            [{'inUse': [base.IMAGE, base.PORT]}], [r.body for r in self.node.asked('POST', '/images/collect')])

    def test_cache_image(self):
        self.node.images[base.IMAGE] = ['ready']
        self.assertFalse(self.driver.cache_image(self.context, base.IMAGE))

    # Ports: see test_ports for the rest.

    def test_attach_interface(self):
        vif = self.network_info()[0]
        self.driver.attach_interface(self.context, self.instance(), self.image_meta(), vif)
        self.assertEqual(base.PORT, self.node.asked('POST')[0].body['vif']['id'])

    def test_detach_interface(self):
        self.driver.detach_interface(self.context, self.instance(), self.network_info()[0])
        self._only_action('detach-interface', {'portId': base.PORT})

    def test_plug_vifs(self):
        self.assertIsNone(self.driver.plug_vifs(self.instance(), self.network_info()))
        self.assertEqual([], self.node.requests)

    def test_unplug_vifs(self):
        self.assertIsNone(self.driver.unplug_vifs(self.instance(), self.network_info()))
        self.assertEqual([], self.node.requests)

    # Refused.

    def test_get_volume_connector(self):
        self.assertRaises(exception.InvalidVolume, self.driver.get_volume_connector, self.instance())

    def test_attach_volume(self):
        self.assertRaises(
            exception.InvalidVolume, self.driver.attach_volume, self.context, {}, self.instance(), '/dev/vdb')

    def test_detach_volume(self):
        self.assertRaises(
            exception.InvalidVolume, self.driver.detach_volume, self.context, {}, self.instance(), '/dev/vdb')

    def test_set_admin_password(self):
        self.assertRaises(
            exception.SetAdminPasswdNotSupported, self.driver.set_admin_password, self.instance(), 'pw')
