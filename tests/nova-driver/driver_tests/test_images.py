# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Snapshots and images."""

from unittest import mock

from nova.compute import task_states
from nova import exception

from driver_tests import base


class Snapshots(base.TestCase):
    """The course of a snapshot."""

    def setUp(self):
        super().setUp()
        self.node.add_instance(base.INSTANCE)
        self.told = []
        patch = mock.patch('nova.image.glance.API')
        self.glance = patch.start()
        self.addCleanup(patch.stop)
        self.glance.return_value.get.return_value = {'name': 'web-1'}

    def _tell(self, task_state, expected_state='the first'):
        self.told.append((task_state, expected_state, len(self.node.requests)))

    def _snapshot(self):
        self.driver.snapshot(self.context, self.instance(), base.IMAGE, self._tell)

    def test_nova_is_told_of_the_upload_when_it_begins(self):
        self._snapshot()
        self.assertEqual([
            (task_states.IMAGE_PENDING_UPLOAD, 'the first', 0),
            (task_states.IMAGE_UPLOADING, task_states.IMAGE_PENDING_UPLOAD, 2),     # of four requests in all
        ], self.told)
        self.assertEqual(4, len(self.node.requests))

    def test_nova_is_told_even_where_the_upload_was_too_short_to_be_seen(self):
        with mock.patch.dict('driver_tests.fake_node.STEPS', snapshot=['commit-container']):
            self._snapshot()
        self.assertEqual(
            [task_states.IMAGE_PENDING_UPLOAD, task_states.IMAGE_UPLOADING], [state for state, _, _ in self.told])

    def test_a_snapshot_that_fails_before_it_uploads_is_never_told_to_do_so(self):
        self.node.fail('snapshot', 'transient', 'commit-container', 'The Engine failed.')
        error = self.assertRaises(exception.InternalError, self._snapshot)
        self.assertIn('The Engine failed.', error.format_message())
        self.assertEqual([task_states.IMAGE_PENDING_UPLOAD], [state for state, _, _ in self.told])

    def test_a_record_that_is_gone_from_glance_begins_nothing(self):
        self.glance.return_value.get.side_effect = exception.ImageNotFound(image_id=base.IMAGE)
        self.assertRaises(exception.ImageNotFound, self._snapshot)
        self.assertEqual([], self.node.requests)

    def test_a_server_that_is_deleted_meanwhile(self):
        self.node.fail('snapshot', 'cancelled', 'commit-container', 'A deletion took its place.', state='cancelled')
        self.assertRaises(exception.InstanceNotFound, self._snapshot)


class Pulls(base.TestCase):
    """Images that are fetched before they are needed."""

    def setUp(self):
        super().setUp()
        patch = mock.patch('novadocker.virt.docker.images._SECONDS_BETWEEN_LOOKS', 0.01)
        patch.start()
        self.addCleanup(patch.stop)

    def test_an_image_that_has_to_be_fetched_is_waited_for_by_one_request(self):
        self.node.images[base.IMAGE] = ['pulling', 'pulling', 'ready']
        self.assertTrue(self.driver.cache_image(self.context, base.IMAGE))
        asked = self.node.asked('POST', '/pull')
        self.assertEqual(3, len(asked))
        self.assertEqual(1, len({request.headers['X-Openstack-Request-Id'] for request in asked}))

    def test_what_cannot_be_fetched_says_why(self):
        for state in ('failed', 'refused'):
            self.node.images[base.IMAGE] = ['pulling', state]
            error = self.assertRaises(exception.ImageUnacceptable, self.driver.cache_image, self.context, base.IMAGE)
            self.assertIn('It is no archive.', error.format_message())

    def test_an_image_that_nobody_knows(self):
        error = self.assertRaises(exception.ImageUnacceptable, self.driver.cache_image, self.context, base.IMAGE)
        self.assertIn("No image has the id or name '%s'" % base.IMAGE, error.format_message())
