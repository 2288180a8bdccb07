# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""In nova-compute one thread serves all: while one call waits for the node, others go on."""

import os
import subprocess
import sys

from driver_tests import base

PROGRAM = '''
import eventlet
eventlet.monkey_patch()
from driver_tests import base

class Waiting(base.TestCase):
    def polled(self):
        return {request.path for request in self.node.asked('GET') if '/operations/' in request.path}

    def until(self, condition):
        while not condition():
            eventlet.sleep(0.02)

    def test(self):
        self.start_host()
        self.driver.register_event_listener(lambda event: None)
        # Longer than this program may take: it ends because the node is told to answer, or not at all.
        self.node.slow = 600
        %s

import unittest
unittest.main(argv=['waiting'])
'''

ONE = '''
        self.node.add_instance(base.INSTANCE)
        pausing = eventlet.spawn(self.driver.pause, self.instance())
        self.until(self.polled)
        for _ in range(20):
            eventlet.sleep(0.02)
        self.assertFalse(pausing.dead)
        self.node.answer_at_once()
        pausing.wait()
'''

HUNDRED = '''
        pool = eventlet.GreenPool(100)
        for number in range(100):
            instance_id = '%08d-2222-4333-8444-555555555555' % number
            self.node.add_instance(instance_id)
            pool.spawn(self.driver.pause, self.instance(uuid=instance_id))
        self.until(lambda: len(self.polled()) == 100)
        self.node.answer_at_once()
        pool.waitall()
'''


class Hub(base.TestCase):
    """eventlet's hub goes on: these programs end only if the one who lets the node answer has its turn."""

    def _ends_well(self, body):
        environment = {**os.environ, 'PYTHONPATH': os.pathsep.join(path for path in sys.path if path)}
        done = subprocess.run(
            [sys.executable, '-W', 'ignore', '-c', PROGRAM.replace('%s', body.strip())],
            capture_output=True, text=True, env=environment, timeout=120)
        self.assertEqual(0, done.returncode, done.stderr)

    def test_a_long_poll_blocks_nobody(self):
        self._ends_well(ONE)

    def test_many_wait_side_by_side(self):
        self._ends_well(HUNDRED)
