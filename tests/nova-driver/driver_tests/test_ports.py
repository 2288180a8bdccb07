# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Ports: waiting for Neutron at a boot, and attaching and detaching."""

import eventlet
from nova import exception

from driver_tests import base
from driver_tests import fake_http

SECOND = 'dddddddd-2222-4333-8444-555555555555'


class Plugging(base.TestCase):
    """A boot that waits for Neutron's word."""

    def _boot(self, *later, **arguments):
        """Boots with a port that is not wired yet; ``later`` is what Neutron says, while the boot waits."""
        for say in later:
            eventlet.spawn_after(0.3, say)
        self.spawn(network_info=arguments.pop('network_info', self.network_info()), **arguments)

    def _told(self):
        return [request.body for request in self.node.asked('POST', '/vif-plugging')]

    def test_in_time(self):
        self._boot(self.neutron_says)
        self.assertEqual([{'outcome': 'plugged'}], self._told())
        body = self.node.asked('PUT')[0].body
        self.assertEqual({'timeoutSeconds': 90, 'isFatal': True}, body['awaitVifs'])
        self.assertEqual('RUNNING', self.driver.node.instance(base.INSTANCE)['powerState'])

    def test_the_word_may_come_before_the_node_waits_for_it(self):
        look = self.node._look_at
        said = []

        def look_and_say(operation, query):
            if not said:
                said.append(self.neutron_says())
            return look(operation, query)

        self.node._look_at = look_and_say
        self._boot()
        self.assertEqual([True], said)
        self.assertEqual([{'outcome': 'plugged'}], self._told())

    def test_too_late_where_that_is_fatal(self):
        self.config.config(vif_plugging_timeout=1)
        error = self.assertRaises(exception.BuildAbortException, self._boot)
        self.assertIn('did not report network-vif-plugged for port %s within 1 s' % base.PORT, error.format_message())
        self.assertEqual(['timed-out'], [told['outcome'] for told in self._told()])

    def test_too_late_where_that_is_not_fatal(self):
        self.config.config(vif_plugging_timeout=1, vif_plugging_is_fatal=False)
        self._boot()
        self.assertEqual(['timed-out'], [told['outcome'] for told in self._told()])
        self.assertFalse(self.node.asked('PUT')[0].body['awaitVifs']['isFatal'])
        self.assertEqual('RUNNING', self.driver.node.instance(base.INSTANCE)['powerState'])

    def test_a_failure_that_neutron_reports(self):
        error = self.assertRaises(
            exception.BuildAbortException, self._boot, lambda: self.neutron_says(status='failed'))
        self.assertIn('Neutron reported a failure', error.format_message())
        self.assertEqual(['failed'], [told['outcome'] for told in self._told()])

    def test_a_failure_that_is_not_fatal(self):
        self.config.config(vif_plugging_is_fatal=False)
        self._boot(lambda: self.neutron_says(status='failed'))
        self.assertEqual(['failed'], [told['outcome'] for told in self._told()])

    def test_all_ports_are_waited_for(self):
        ports = self.network_info() + self.network_info(port=SECOND)
        self._boot(self.neutron_says, lambda: self.neutron_says(SECOND), network_info=ports)
        self.assertEqual([{'outcome': 'plugged'}], self._told())
        self.config.config(vif_plugging_timeout=1)
        self.context.request_id = 'req-2'
        error = self.assertRaises(
            exception.BuildAbortException, self._boot, self.neutron_says, network_info=ports)
        self.assertIn(SECOND, error.format_message())

    def test_ports_that_are_wired_are_not_waited_for(self):
        self._boot(network_info=self.network_info(active=True))
        self.assertEqual([], self._told())
        self.assertNotIn('awaitVifs', self.node.asked('PUT')[0].body)

    def test_nothing_is_waited_for_without_a_timeout_or_for_a_server_that_is_not_started(self):
        self._boot(power_on=False)
        self.config.config(vif_plugging_timeout=0)
        self.context.request_id = 'req-2'
        self._boot()
        self.assertEqual([False, False], ['awaitVifs' in request.body for request in self.node.asked('PUT')])

    def test_a_boot_that_fails_before_it_waits_is_not_waited_for(self):
        self.config.config(vif_plugging_timeout=60)
        self.node.fail('boot', 'no-capacity', 'claim-resources', 'The host is full.')
        self.assertRaises(exception.ComputeResourcesUnavailable, self._boot)
        self.assertEqual([], self._told())

    def test_a_boot_that_ends_without_waiting_is_not_waited_for(self):
        self.config.config(vif_plugging_timeout=60)
        begin = self.node._begin

        def begin_without(instance_id, verb, request):
            operation = begin(instance_id, verb, request)
            operation['steps'].remove('await-vifs')
            return operation

        self.node._begin = begin_without
        self._boot()
        self.assertEqual([], self._told())

    def test_a_word_that_the_node_does_not_take_any_more_changes_nothing(self):
        def gone_on(instance_id, body):
            for operation in self.node.carried_out('boot'):
                operation['outcome'] = 'by itself'
            raise fake_http.Refusal(409, 'wrong-state', 'The boot waits no longer.')

        self.node._plugging = gone_on
        self._boot(self.neutron_says)
        self.assertEqual('RUNNING', self.driver.node.instance(base.INSTANCE)['powerState'])

    def test_the_word_is_passed_on_by_the_request_of_the_boot(self):
        self._boot(self.neutron_says)
        requests = self.node.asked('PUT') + self.node.asked('POST')
        self.assertEqual(1, len({request.headers['X-Openstack-Request-Id'] for request in requests}))


class Interfaces(base.TestCase):
    """Ports that come and go."""

    def setUp(self):
        super().setUp()
        self.node.add_instance(base.INSTANCE)

    def _attach(self):
        self.driver.attach_interface(self.context, self.instance(), self.image_meta(), self.network_info()[0])

    def _detach(self, port=base.PORT, instance=None):
        self.driver.detach_interface(self.context, instance or self.instance(), self.network_info(port=port)[0])

    def test_an_attachment_that_is_refused_or_fails_is_what_nova_takes_back_the_port_for(self):
        self.node.refuse('attach-interface', 409, 'no-sandbox', 'It was booted without ports.')
        error = self.assertRaises(exception.InterfaceAttachFailed, self._attach)
        self.assertIn('booted without ports', error.format_message())
        self.node.fail('attach-interface', 'invalid', 'plug-vifs', 'There is no bridge.')
        error = self.assertRaises(exception.InterfaceAttachFailed, self._attach)
        self.assertIn('no bridge', error.format_message())

    def test_a_node_that_is_away_fails_an_attachment_too(self):
        self.driver.node._client._node_timeout = 0.2
        self.node.stop()
        self.assertRaises(exception.InterfaceAttachFailed, self._attach)

    def test_a_port_or_a_server_that_is_gone_is_no_failure_of_a_detachment(self):
        self.node.refuse('detach-interface', 404, 'no-port', 'There is no such port.')
        self._detach()
        self._detach(instance=self.instance(uuid=base.IMAGE))

    def test_a_detachment_that_fails_says_so(self):
        self.node.refuse('detach-interface', 409, 'busy', 'A snapshot is under way.')
        self.assertRaises(exception.InterfaceDetachFailed, self._detach)
        self.node.fail('detach-interface', 'transient', 'unplug-vifs', 'ip failed.')
        self.assertRaises(exception.InterfaceDetachFailed, self._detach)

    def test_two_ports_that_one_request_tells_of_are_both_detached(self):
        self._detach()
        self._detach(SECOND)
        self.assertEqual(2, len(self.node.carried_out('detach-interface')))
