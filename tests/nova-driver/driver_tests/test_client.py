# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""The connection to the node: what is repeated, and when it is given up."""

import os
import subprocess
import sys
import threading
import time

import fixtures
from nova import exception

from driver_tests import base
from novadocker.virt.docker import client

UUID = base.INSTANCE
HEADERS = {'X-Openstack-Request-Id': 'req-1'}

# Root may open any socket.
ASK_AS_NOBODY = '''
import os
import sys
import driver_tests
from novadocker.virt.docker import client
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    print(client.NodeClient(sys.argv[1], float(sys.argv[2])).get('/v1/host')['name'])
except client.NodeAway as error:
    print(error)
'''


class Repetition(base.TestCase):
    """A node that is there, and goes away at the wrong moment."""

    def setUp(self):
        super().setUp()
        self.node.add_instance(UUID)
        self.client = client.NodeClient(self.node.path, 20)

    def test_a_request_is_made_again_until_it_is_answered(self):
        for kind in ('cut-before', 'garbage', 'no-json', 'unready', 'restart'):
            self.node.fault(kind)
            self.assertEqual('5a0c9f4e-0000-4000-8000-000000000001', self.client.get('/v1/host')['hostId'], kind)

    def test_what_was_carried_out_and_not_answered_is_asked_again_under_the_same_request_id_and_done_once(self):
        for kind in ('cut-after', 'restart'):
            self.context.request_id = 'req-' + kind
            del self.node.requests[:]
            self.node.fault(kind)
            self.driver.suspend(self.context, self.instance())
            asked = self.node.asked('POST', '/suspend')
            self.assertEqual(2, len(asked))
            self.assertEqual(1, len({request.headers['X-Openstack-Request-Id'] for request in asked}))
            self.assertEqual(asked[0].body, asked[1].body)
        self.assertEqual(2, len(self.node.carried_out('suspend')))

    def test_a_node_that_restarts_under_an_operation_does_not_end_it(self):
        self.node.add_instance(UUID, phase='deleted')
        self.node.fault('ok', 'restart', 'ok', 'restart')
        self.spawn()
        self.assertEqual(1, len(self.node.carried_out('boot')))

    def test_a_refusal_is_final(self):
        self.node.refuse('pause', 409, 'wrong-state', 'It is stopped.')
        problem = self.assertRaises(
            client.Problem, self.client.change, 'POST', '/v1/instances/%s/actions/pause' % UUID, HEADERS, body={})
        self.assertEqual((409, 'wrong-state', 'It is stopped.'), (problem.status, problem.code, problem.detail))
        self.assertEqual(1, len(self.node.requests))

    def test_an_unknown_path_is_final(self):
        self.assertEqual(404, self.assertRaises(client.Problem, self.client.get, '/v2').status)

    def test_many_at_once(self):
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(self.client.get('/v1/host'))) for _ in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(40, len(answers))

    def test_names_in_paths_are_quoted(self):
        self.node.images['busybox:1/a b'] = ['ready']
        self.assertEqual('ready', self.driver.node.pull(HEADERS, 'busybox:1/a b')['state'])


class Silence(base.TestCase):
    """A node that does not answer."""

    def _seconds_until(self, error, call, *arguments):
        began = time.monotonic()
        raised = self.assertRaises(error, call, *arguments)
        return time.monotonic() - began, raised

    def test_nobody_there_is_told_after_the_timeout(self):
        self.node.stop()
        took, error = self._seconds_until(
            exception.HypervisorUnavailable, client.NodeClient(self.node.path, 1).get, '/v1/host')
        self.assertTrue(0.4 < took < 30, took)
        self.assertIn(self.node.path, error.format_message())
        self.assertIn('No such file', error.format_message())
        self.assertIn('Is novadocker-node running', error.format_message())

    def test_a_node_that_is_connected_and_silent_is_given_up(self):
        self.node.stop()
        import socket
        silent = socket.socket(socket.AF_UNIX)
        self.addCleanup(silent.close)
        silent.bind(self.node.path)
        silent.listen(5)
        took, _ = self._seconds_until(client.NodeAway, client.NodeClient(self.node.path, 1).get, '/v1/host')
        self.assertTrue(0.8 < took < 30, took)

    def _asked_by_another_user(self, mode, seconds):
        os.chmod(self.node.path, mode)
        environment = {**os.environ, 'PYTHONPATH': os.pathsep.join(path for path in sys.path if path)}
        done = subprocess.run(
            [sys.executable, '-W', 'ignore', '-c', ASK_AS_NOBODY, self.node.path, str(seconds)],
            capture_output=True, text=True, env=environment, timeout=120)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def test_a_socket_that_may_not_be_opened_says_so(self):
        os.chmod(self.directory, 0o711)
        # It is the mode of the socket alone that keeps anybody away.
        self.assertEqual('compute-1\n', self._asked_by_another_user(0o666, 20))
        said = self._asked_by_another_user(0, 0.2)
        self.assertIn('(Permission denied)', said)
        self.assertIn('novadocker.http.group', said)

    def test_a_long_poll_is_no_silence(self):
        self.node.slow = 1.5
        self.node.add_instance(UUID)
        operation = self.driver.node.begin(HEADERS, UUID, 'pause')
        self.driver.node._client._node_timeout = 1
        self.assertEqual('succeeded', self.driver.node.follow(UUID, operation)['state'])

    def test_a_closed_client_ends_what_is_under_way_and_begins_nothing(self):
        polled = client.NodeClient(self.node.path, 30)
        self.node.slow = 20
        self.node.add_instance(UUID)
        operation = polled.change('POST', '/v1/instances/%s/actions/pause' % UUID, HEADERS, body={})
        ended = []

        def poll():
            try:
                polled.get('/v1/instances/%s/operations/%s' % (UUID, operation['id']), {'revision': 1}, wait=20)
            except client.Closed:
                ended.append(True)

        thread = threading.Thread(target=poll, daemon=True)
        thread.start()
        self.eventually(lambda: self.node.asked('GET', operation['id']), 'the node is asked')
        polled.close()
        # Sooner than the node would answer.
        thread.join(10)
        self.assertTrue(ended)
        self.assertRaises(client.Closed, polled.get, '/v1/host')

    def test_a_client_that_is_closed_while_it_connects_asks_nothing(self):
        closing = client.NodeClient(self.node.path, 30)
        connect = client._UnixConnection.connect

        def close_and_connect(connection):
            closing.close()
            connect(connection)

        self.useFixture(fixtures.MockPatchObject(client._UnixConnection, 'connect', close_and_connect))
        self.assertRaises(client.Closed, closing.get, '/v1/host')
        self.assertEqual([], self.node.asked('GET', '/v1/host'))

    def test_the_start_of_nova_compute_waits_for_the_node(self):
        self.node.stop()
        starter = threading.Timer(1, self.node.start)
        starter.start()
        self.addCleanup(starter.join)
        self.start_host()

    def test_the_start_of_nova_compute_fails_where_no_node_comes(self):
        self.node.stop()
        self.driver.node._client._node_timeout = 0.5
        error = self.assertRaises(exception.HypervisorUnavailable, self.driver.init_host, 'compute-1')
        self.assertIn('did not answer on', error.format_message())

    def test_a_node_of_another_api_is_refused(self):
        self.node.versions = [{'id': 'v2'}]
        error = self.assertRaises(exception.HypervisorUnavailable, self.driver.init_host, 'compute-1')
        self.assertIn('speaks v2', error.format_message())
