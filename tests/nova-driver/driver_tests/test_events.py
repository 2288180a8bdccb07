# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""The lifecycle feed."""

import time

import fixtures
from nova.virt import event as virtevent

from driver_tests import base
from novadocker.virt.docker import events


class Feed(base.TestCase):
    """Events of the node become events of Nova."""

    def setUp(self):
        super().setUp()
        # Not within a test, but in the one that is about it.
        self.useFixture(fixtures.MockPatchObject(events, '_AGAIN_SECONDS', 600))
        self.heard = []

    def _listen(self):
        self.driver.register_event_listener(self.heard.append)

    def _hears(self, *transitions):
        self.eventually(lambda: len(self.heard) >= len(transitions), '%d events are told' % len(transitions))
        self.assertEqual(list(transitions), [event.get_transition() for event in self.heard])

    def _polled_after(self, cursor):
        return [asked for asked in self.node.asked('GET', '/lifecycle') if asked.query.get('after') == cursor]

    def test_each_transition(self):
        self.start_host()
        self._listen()
        for transition in ('stopped', 'started', 'paused', 'resumed', 'suspended'):
            self.node.tell(base.INSTANCE, transition)
        self._hears(
            virtevent.EVENT_LIFECYCLE_STOPPED, virtevent.EVENT_LIFECYCLE_STARTED, virtevent.EVENT_LIFECYCLE_PAUSED,
            virtevent.EVENT_LIFECYCLE_RESUMED, virtevent.EVENT_LIFECYCLE_SUSPENDED)
        self.assertEqual(base.INSTANCE, self.heard[0].get_instance_uuid())
        self.assertEqual(1767323045, self.heard[0].get_timestamp())

    def test_an_end_is_told_once_more_as_nova_passes_over_one_during_a_task(self):
        self.useFixture(fixtures.MockPatchObject(events, '_AGAIN_SECONDS', 1))
        self.start_host()
        self._listen()
        self.node.tell(base.INSTANCE, 'stopped')
        self._hears(virtevent.EVENT_LIFECYCLE_STOPPED, virtevent.EVENT_LIFECYCLE_STOPPED)

    def test_what_happened_before_the_start_is_left_to_novas_comparison(self):
        self.node.tell(base.INSTANCE, 'stopped')
        self.start_host()
        self._listen()
        self.node.tell(base.INSTANCE, 'started')
        self._hears(virtevent.EVENT_LIFECYCLE_STARTED)

    def test_what_happens_before_nova_listens_is_told_then(self):
        self.start_host()
        self.node.tell(base.INSTANCE, 'stopped')
        self._listen()
        self._hears(virtevent.EVENT_LIFECYCLE_STOPPED)

    def test_a_word_that_nova_does_not_have_is_passed_over(self):
        self.start_host()
        self._listen()
        self.node.tell(base.INSTANCE, 'levitated')
        self.node.tell(base.INSTANCE, 'paused')
        self._hears(virtevent.EVENT_LIFECYCLE_PAUSED)

    def test_a_restart_of_the_node_loses_none_and_doubles_none(self):
        self.start_host()
        self._listen()
        # Only an event or the stop ends a long poll.
        self.node.slow = 600
        self.node.tell(base.INSTANCE, 'stopped')
        self._hears(virtevent.EVENT_LIFECYCLE_STOPPED)
        self.eventually(lambda: self._polled_after('1'), 'the feed waits for the next event')
        self.node.stop()
        self.node.tell(base.INSTANCE, 'started')
        self.node.fault('cut-after', 'garbage', 'unready')
        self.node.start()
        self._hears(virtevent.EVENT_LIFECYCLE_STOPPED, virtevent.EVENT_LIFECYCLE_STARTED)
        self.assertEqual([], self.node.faults_left())
        # Events come in their order, so that a doubled one would be heard before this.
        self.node.tell(base.INSTANCE, 'paused')
        self._hears(
            virtevent.EVENT_LIFECYCLE_STOPPED, virtevent.EVENT_LIFECYCLE_STARTED, virtevent.EVENT_LIFECYCLE_PAUSED)

    def test_a_journal_that_is_away_for_long_is_waited_for_and_nothing_is_lost(self):
        self.useFixture(fixtures.MockPatchObject(events, '_PAUSE_SECONDS', 0.01))
        self.start_host()
        self.driver._feed._client._node_timeout = 1
        log = self.catch_log()
        self.node.fault(*['unready'] * 1000)
        self.node.tell(base.INSTANCE, 'stopped')
        self._listen()
        self.eventually(lambda: any('are held up' in line for line in log), 'the driver says that it waits')
        self.node.mend()
        self._hears(virtevent.EVENT_LIFECYCLE_STOPPED)

    def test_a_node_that_is_away_for_long_is_waited_for(self):
        self.start_host()
        self.driver._feed._client._node_timeout = 1
        log = self.catch_log()
        self.node.stop()
        self._listen()
        self.eventually(lambda: any('are held up' in line for line in log), 'the driver says that it waits')
        self.node.tell(base.INSTANCE, 'stopped')
        self.node.start()
        self._hears(virtevent.EVENT_LIFECYCLE_STOPPED)

    def test_a_cursor_that_the_node_does_not_know_is_replaced(self):
        self.start_host()
        self.driver._feed._cursor = '99'
        log = self.catch_log()
        self._listen()
        self.eventually(lambda: any('Those until now are lost' in line for line in log), 'the loss is said')
        self.eventually(lambda: self.driver._feed._cursor == '0', 'another cursor is had')
        self.node.tell(base.INSTANCE, 'stopped')
        self._hears(virtevent.EVENT_LIFECYCLE_STOPPED)

    def test_a_listener_that_fails_ends_nothing(self):
        self.start_host()

        def fail(event):
            self.heard.append(event)
            raise RuntimeError('no')

        self.driver.register_event_listener(fail)
        self.node.tell(base.INSTANCE, 'stopped')
        self.node.tell(base.INSTANCE, 'started')
        self._hears(virtevent.EVENT_LIFECYCLE_STOPPED, virtevent.EVENT_LIFECYCLE_STARTED)

    def test_the_feed_ends_at_once_with_the_host(self):
        self.driver.init_host('compute-1')
        self.node.slow = 20
        self._listen()
        self.eventually(lambda: any('after' in asked.query for asked in self.node.asked('GET', '/lifecycle')), 'the feed is read')
        thread = self.driver._feed._thread
        began = time.monotonic()
        self.driver.cleanup_host('compute-1')
        self.assertFalse(thread.is_alive())
        self.assertTrue(time.monotonic() - began < 15)
