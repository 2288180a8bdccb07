# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""In nova-compute one thread serves all: while one call waits for the node, others go on."""

import os
import subprocess
import sys

from driver_tests import base

PROGRAM = '''
import eventlet
eventlet.monkey_patch()
import sys, time
from driver_tests import base

class Waiting(base.TestCase):
    def test(self):
        self.start_host()
        self.driver.register_event_listener(lambda event: None)
        self.node.slow = 1.0
        self.node.add_instance(base.INSTANCE)
        ticks, widest, last = 0, 0.0, time.monotonic()
        pausing = eventlet.spawn(self.driver.pause, self.instance())
        while not pausing.dead:
            eventlet.sleep(0.02)
            now = time.monotonic()
            ticks, widest, last = ticks + 1, max(widest, now - last), now
        pausing.wait()
        print('%d %.3f' % (ticks, widest))

import unittest
unittest.main(argv=['waiting'])
'''


class Hub(base.TestCase):
    """eventlet's hub goes on."""

    def test_a_long_poll_blocks_nobody(self):
        environment = {**os.environ, 'PYTHONPATH': os.pathsep.join(path for path in sys.path if path)}
        done = subprocess.run(
            [sys.executable, '-W', 'ignore', '-c', PROGRAM], capture_output=True, text=True, env=environment, timeout=120)
        self.assertEqual(0, done.returncode, done.stderr)
        ticks, widest = done.stdout.split()
        self.assertGreater(int(ticks), 20)
        self.assertLess(float(widest), 0.5)

    def test_many_waits_side_by_side_take_as_long_as_one(self):
        program = PROGRAM.replace('self.node.add_instance(base.INSTANCE)', '''
        ids = ['%08d-2222-4333-8444-555555555555' % number for number in range(100)]
        for instance_id in ids:
            self.node.add_instance(instance_id)
        began = time.monotonic()
        pool = eventlet.GreenPool(100)
        for instance_id in ids:
            pool.spawn(self.driver.pause, self.instance(uuid=instance_id))
        pool.waitall()
        print('%.3f' % (time.monotonic() - began))
        return''')
        environment = {**os.environ, 'PYTHONPATH': os.pathsep.join(path for path in sys.path if path)}
        done = subprocess.run(
            [sys.executable, '-W', 'ignore', '-c', program], capture_output=True, text=True, env=environment, timeout=120)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertLess(float(done.stdout), 15)
