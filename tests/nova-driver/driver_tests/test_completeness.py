# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Every method of Nova's ComputeDriver has an answer: a test in test_methods, or a row here.

A row says what Nova's own base class does for us, and that this is so; a method that Nova adds has neither and fails a test.
"""

import inspect

import testtools
from nova.virt import driver as nova_driver

from driver_tests import base
from driver_tests import test_methods
from novadocker.virt.docker import DockerDriver

# Methods left to Nova's base class: arguments to call them with, and what comes back. NOT_THERE stands for
# NotImplementedError, which tells Nova (and for most of these, the API) that containers have no such thing.
NOT_THERE = NotImplementedError

LEFT_TO_NOVA = {
    # Consoles other than the log.
    'get_vnc_console': ((None, None), NOT_THERE),
    'get_spice_console': ((None, None), NOT_THERE),
    'get_rdp_console': ((None, None), NOT_THERE),
    'get_serial_console': ((None, None), NOT_THERE),
    'get_mks_console': ((None, None), NOT_THERE),
    # Volumes, beyond the refusals that Nova shows to the owner.
    'swap_volume': ((None, None, None, None, None, None), NOT_THERE),
    'extend_volume': ((None, None, None, None), NOT_THERE),
    'volume_snapshot_create': ((None, None, None, None), NOT_THERE),
    'volume_snapshot_delete': ((None, None, None, None, None), NOT_THERE),
    'get_all_volume_usage': ((None, None), NOT_THERE),
    'block_stats': ((None, None), NOT_THERE),
    'get_instance_disk_info': ((None,), NOT_THERE),
    'default_root_device_name': ((None, None, None), NOT_THERE),           # Nova takes its own default
    'default_device_names_for_instance': ((None, None), NOT_THERE),
    'get_device_name_for_instance': ((None, None, None), NOT_THERE),
    'is_supported_fs_format': (('ext4',), False),
    # Live migration: a container stays where it is.
    'check_can_live_migrate_destination': ((None, None, None, None), NOT_THERE),
    'check_can_live_migrate_source': ((None, None, None), NOT_THERE),
    'cleanup_live_migration_destination_check': ((None, None), NOT_THERE),
    'pre_live_migration': ((None, None, None, None, None, None), NOT_THERE),
    'live_migration': ((None, None, None, None, None), NOT_THERE),
    'live_migration_abort': ((None,), NOT_THERE),
    'live_migration_force_complete': ((None,), NOT_THERE),
    'post_live_migration': ((None, None, None), None),
    'post_live_migration_at_source': ((None, None, None), NOT_THERE),
    'post_live_migration_at_destination': ((None, None, None), NOT_THERE),
    'rollback_live_migration_at_source': ((None, None, None), None),
    'rollback_live_migration_at_destination': ((None, None, None, None), NOT_THERE),
    'post_claim_migrate_data': ((None, None, 'data', None), 'data'),
    # The guest: nothing of Nova's runs in it.
    'inject_network_info': ((None, None), None),
    'quiesce': ((None, None, None), NOT_THERE),
    'unquiesce': ((None, None, None), NOT_THERE),
    'trigger_crash_dump': ((None,), NOT_THERE),
    # Physical machines.
    'power_update_event': ((None, 'POWER_ON'), NOT_THERE),
    # The host as such is not the driver's to switch.
    'set_host_enabled': ((True,), NOT_THERE),                               # Nova answers by itself
    'host_maintenance_mode': (('compute-1', True), NOT_THERE),
    'host_power_action': (('reboot',), NOT_THERE),
    'get_host_cpu_stats': ((), NOT_THERE),
    # Before and after a spawn there is nothing that the node does not do within it.
    'prepare_for_spawn': ((None,), None),
    'failed_spawn_cleanup': ((None,), None),
    'prepare_networks_before_block_device_mapping': ((None, None), None),
    'clean_networks_preparation': ((None, None), None),
    'delete_instance_files': ((None,), True),
    'cleanup_lingering_instance_resources': ((None,), True),
    'instance_on_disk': ((None,), False),                                   # contents are never on shared storage
    'manages_network_binding_host_id': ((), False),
}


def public_methods():
    """What a driver has to have an answer to."""
    return sorted(name for name, value in inspect.getmembers(nova_driver.ComputeDriver, callable) if not name.startswith('_'))


class Completeness(testtools.TestCase):
    """Nothing of Nova's interface is forgotten, and nothing is spelt otherwise than Nova spells it."""

    def test_every_method_has_a_row_or_a_test(self):
        forgotten = [name for name in public_methods()
                     if name not in LEFT_TO_NOVA and not hasattr(test_methods.Methods, 'test_' + name)]
        self.assertEqual([], forgotten)

    def test_no_method_has_both(self):
        for name in LEFT_TO_NOVA:
            self.assertFalse(hasattr(test_methods.Methods, 'test_' + name), name)
            self.assertIs(getattr(nova_driver.ComputeDriver, name), getattr(DockerDriver, name), name)

    def test_signatures_are_those_of_nova(self):
        for name in public_methods():
            theirs = inspect.signature(getattr(nova_driver.ComputeDriver, name)).parameters.values()
            ours = inspect.signature(getattr(DockerDriver, name)).parameters.values()
            self.assertEqual([(p.name, p.default, p.kind) for p in theirs], [(p.name, p.default, p.kind) for p in ours], name)


class LeftToNova(base.TestCase):
    """The rows of LEFT_TO_NOVA."""

    def test_each_answers_as_its_row_says(self):
        for name, (arguments, expected) in sorted(LEFT_TO_NOVA.items()):
            method = getattr(self.driver, name)
            if expected is NOT_THERE:
                self.assertRaises(NotImplementedError, method, *arguments)
            else:
                self.assertEqual(expected, method(*arguments), name)
        self.assertEqual([], self.node.requests)
