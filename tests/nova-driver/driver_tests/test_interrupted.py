# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Servers that were being built when nova-compute was stopped."""

from unittest import mock

from nova.compute import task_states
from nova.compute import utils as compute_utils
from nova.compute import vm_states

from driver_tests import base


class InterruptedBuildTest(base.TestCase):
    """Nova gives them up at its start; the driver says why."""

    def setUp(self):
        super().setUp()
        patch = mock.patch.object(compute_utils, 'add_instance_fault_from_exc')
        self.fault = patch.start()
        self.addCleanup(patch.stop)

    def test_a_server_in_the_middle_of_its_build_gets_a_reason(self):
        spawning = self.instance(vm_state=vm_states.BUILDING, task_state=task_states.SPAWNING)
        self.servers_of_host.return_value = [spawning]

        self.start_host()

        (_, server, error), _ = self.fault.call_args
        self.assertIs(spawning, server)
        self.assertIn('nova-compute of host compute-1 was stopped while the server was built', str(error))

    def test_others_get_none(self):
        self.servers_of_host.return_value = [
            self.instance(vm_state=vm_states.ACTIVE, task_state=None),
            self.instance(vm_state=vm_states.ERROR, task_state=None),
            self.instance(vm_state=vm_states.STOPPED, task_state=task_states.POWERING_ON)]

        self.start_host()

        self.fault.assert_not_called()
