# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""The node's refusals and failures, and what Nova gets to see of them."""

import os

from nova import exception
import yaml

from driver_tests import base
from novadocker.virt.docker import errors

CONTRACT = os.path.join(os.path.dirname(__file__), '..', '..', '..', 'src', 'NovaDocker.Http', 'openapi.yaml')
TEXT = 'The node says why.'

# Every code of the contract: its status, and the exception outside of a build.
PROBLEMS = {
    'not-found': (404, exception.InstanceNotFound),
    'invalid-argument': (400, exception.InvalidInput),
    'method-not-allowed': (405, exception.InternalError),
    'too-big': (413, exception.InvalidInput),
    'unsupported-media-type': (415, exception.InvalidInput),
    'wrong-state': (409, exception.InstanceInvalidState),
    'busy': (409, exception.InstanceNotReady),
    'already-exists': (409, exception.InstanceExists),
    'image-not-found': (404, exception.ImageNotFound),
    'no-capacity': (409, exception.ComputeResourcesUnavailable),
    'no-host': (503, exception.HypervisorUnavailable),
    'journal-unavailable': (503, exception.HypervisorUnavailable),
    'no-container': (409, exception.InstanceInvalidState),
    'engine-away': (503, exception.HypervisorUnavailable),
    'invalid-user-data': (422, exception.InvalidInput),
    'policy-forbids': (403, exception.Forbidden),
    'no-port': (404, exception.PortNotFound),
    'port-in-use': (409, exception.PortInUse),
    'no-sandbox': (409, exception.InstanceInvalidState),
    'no-address': (409, exception.NoMoreFixedIps),
    'query-failed': (502, exception.InternalError),
    'timed-out': (504, exception.InternalError),
    'internal': (500, exception.InternalError),
    'a-code-of-tomorrow': (418, exception.InternalError),
}

# Those that another host would answer alike: the build ends, and the server's fault has the sentence.
ABORT = {'invalid-argument', 'too-big', 'unsupported-media-type', 'image-not-found', 'invalid-user-data',
         'policy-forbids', 'port-in-use', 'no-address'}

FAILED = {
    'start': exception.InternalError,
    'stop': exception.InstancePowerOffFailure,
    'soft-reboot': exception.InstanceRebootFailure,
    'hard-reboot': exception.InstanceRebootFailure,
    'pause': exception.InternalError,
    'suspend': exception.InstanceSuspendFailure,
    'resume': exception.InstanceResumeFailure,
    'rebuild': exception.InstanceDeployFailure,
    'rescue': exception.InstanceRescueFailure,
    'resize': exception.ResizeError,
    'delete': exception.InstanceTerminationFailure,
}


class Problems(base.TestCase):
    """Refusals."""

    def setUp(self):
        super().setUp()
        self.node.add_instance(base.INSTANCE)

    def test_the_table_is_that_of_the_driver(self):
        self.assertEqual(set(errors._PROBLEMS), set(PROBLEMS) - {'a-code-of-tomorrow'})
        self.assertTrue(errors._MISTAKES <= set(PROBLEMS))
        self.assertEqual(ABORT, errors._MISTAKES)

    def test_the_table_is_that_of_the_contract(self):
        if not os.path.exists(CONTRACT):
            self.skipTest('needs the repository: src/NovaDocker.Http/openapi.yaml')
        with open(CONTRACT, encoding='utf-8') as file:
            codes = yaml.safe_load(file)['components']['schemas']['Code']['enum']
        self.assertEqual(set(codes), set(errors._PROBLEMS))

    def test_each_code_has_its_exception(self):
        for code, (status, expected) in PROBLEMS.items():
            if code == 'journal-unavailable':
                continue
            self.node.refuse('pause', status, code, TEXT)
            error = self.assertRaises(expected, self.driver.pause, self.instance())
            self.assertIn(TEXT, error.format_message(), code)

    def test_a_journal_that_stays_away_is_told_after_the_time_that_a_node_may_be_silent(self):
        self.driver.node._client._node_timeout = 3
        self.node.fault(*['unready'] * 100)
        error = self.assertRaises(exception.HypervisorUnavailable, self.driver.pause, self.instance())
        self.assertEqual('The journal cannot be written.', error.format_message())

    def test_each_code_in_a_build_ends_it_or_has_nova_try_the_next_host(self):
        for code, (status, otherwise) in PROBLEMS.items():
            if code == 'journal-unavailable':
                continue
            expected = exception.BuildAbortException if code in ABORT else otherwise
            self.node.refuse('boot', status, code, TEXT)
            error = self.assertRaises(expected, self.spawn)
            self.assertIn(TEXT, error.format_message(), code)
            if code in ABORT:
                self.assertEqual('Build of instance %s aborted: %s' % (base.INSTANCE, TEXT), error.format_message())

    def test_a_message_is_whole_whatever_signs_it_has(self):
        self.node.refuse('pause', 409, 'wrong-state', '100% of %(it)s — "quoted"')
        error = self.assertRaises(exception.InstanceInvalidState, self.driver.pause, self.instance())
        self.assertEqual('100% of %(it)s — "quoted"', error.format_message())


class Failures(base.TestCase):
    """Operations that do not end well."""

    def setUp(self):
        super().setUp()
        self.node.add_instance(base.INSTANCE)

    def _carry_out(self, verb):
        instance = self.instance()
        self.context.request_id = 'req-' + verb
        return {
            'start': lambda: self.driver.power_on(self.context, instance, []),
            'stop': lambda: self.driver.power_off(instance),
            'soft-reboot': lambda: self.driver.reboot(self.context, instance, [], 'SOFT'),
            'hard-reboot': lambda: self.driver.reboot(self.context, instance, [], 'HARD'),
            'pause': lambda: self.driver.pause(instance),
            'suspend': lambda: self.driver.suspend(self.context, instance),
            'resume': lambda: self.driver.resume(self.context, instance, []),
            'rebuild': lambda: self.driver.rebuild(
                self.context, instance, self.image_meta(), [], None, {}, [], lambda *_: None, lambda *_: None),
            'rescue': lambda: self.driver.rescue(self.context, instance, [], self.image_meta(), None, None),
            'resize': lambda: self.driver.finish_migration(
                self.context, None, instance, '', [], self.image_meta(), False, {}),
            'delete': lambda: self.driver.destroy(self.context, instance, []),
        }[verb]

    def test_each_verb_has_its_exception(self):
        for verb, expected in FAILED.items():
            self.node.fail(verb, 'transient', 'the-step', TEXT)
            error = self.assertRaises(expected, self._carry_out(verb))
            self.assertIn(TEXT, error.format_message(), verb)

    def test_what_a_deletion_calls_off_ends_as_if_the_instance_were_gone(self):
        self.node.fail('stop', 'cancelled', 'the-step', TEXT, state='cancelled')
        self.assertRaises(exception.InstanceNotFound, self.driver.power_off, self.instance())
        self.node.fail('boot', 'cancelled', 'create-container', TEXT, state='cancelled')
        self.assertRaises(exception.InstanceNotFound, self.spawn)

    def test_a_failed_boot_is_tried_on_the_next_host_or_not_by_step_and_kind(self):
        for code, step, expected in (
                ('not-found', 'ensure-image', exception.BuildAbortException),
                ('invalid', 'ensure-image', exception.BuildAbortException),
                ('conflict', 'ensure-image', exception.BuildAbortException),      # an image that is still queued
                ('denied', 'ensure-image', exception.BuildAbortException),
                ('checksum-mismatch', 'ensure-image', exception.InstanceDeployFailure),
                ('unavailable', 'ensure-image', exception.InstanceDeployFailure),
                ('invalid', 'create-container', exception.BuildAbortException),
                ('conflict', 'create-container', exception.InstanceDeployFailure),
                ('not-found', 'create-container', exception.InstanceDeployFailure),
                ('no-capacity', 'claim-resources', exception.ComputeResourcesUnavailable),
                ('timed-out', 'start-container', exception.InstanceDeployFailure),
                ('internal', 'start-container', exception.InstanceDeployFailure)):
            self.context.request_id = 'req-%s-%s' % (code, step)
            self.node.fail('boot', code, step, TEXT)
            error = self.assertRaises(expected, self.spawn)
            self.assertIn(TEXT, error.format_message(), (code, step))

    def test_an_operation_without_a_fault_is_told_by_its_state(self):
        self.node.fail('pause', None, 'the-step', None)
        error = self.assertRaises(exception.InternalError, self.driver.pause, self.instance())
        self.assertIn('pause ended as failed', error.format_message())
