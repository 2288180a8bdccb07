# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Who asks, by which request, and what must not be seen."""

import base64
import json
import re
import threading

from oslo_context import context as oslo_context

from driver_tests import base
from novadocker.virt.docker import identity

MADE_UP = re.compile(r'^req-[0-9a-f-]{36}$')


def within_base64(secret):
    """How a secret looks in base64: in three ways, by its place in what was encoded."""
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + secret.encode())
        # The signs at both ends hold bits of the neighbours, too.
        yield encoded[(0, 2, 3)[before]:len(encoded) - (0, 4, 4)[-(before + len(secret)) % 3]].decode()


class Identity(base.TestCase):
    """Headers of requests that change something."""

    def setUp(self):
        super().setUp()
        before = oslo_context.get_current()
        self._forget()
        self.addCleanup(lambda: before.update_store() if before else self._forget())

    @staticmethod
    def _forget():
        if oslo_context.get_current():
            del oslo_context._request_store.context

    def test_the_context_that_is_given(self):
        self.assertEqual({
            'X-Openstack-Request-Id': self.context.request_id, 'X-User-Id': 'alice', 'X-Project-Id': 'research',
            'X-Auth-Token': base.TOKEN}, identity.headers(self.context))

    def test_else_the_one_of_the_call_that_is_being_served(self):
        self.context.update_store()
        self.assertEqual(identity.headers(self.context), identity.headers())

    def test_else_a_request_id_is_made_up_and_nobody_named(self):
        made = [identity.headers() for _ in range(2)]
        self.assertTrue(all(MADE_UP.match(headers['X-Openstack-Request-Id']) for headers in made))
        self.assertNotEqual(made[0], made[1])
        self.assertEqual({'X-Openstack-Request-Id'}, set(made[0]))

    def test_a_request_id_that_is_none_is_made_up_as_well(self):
        for bad in ('', 'two words', 'x' * 129, 'a\nb'):
            self.context.request_id = bad
            self.assertTrue(MADE_UP.match(identity.headers(self.context)['X-Openstack-Request-Id']))

    def test_a_context_of_nobody_names_nobody(self):
        from nova import context as nova_context
        admin = nova_context.get_admin_context()
        self.assertEqual({'X-Openstack-Request-Id'}, set(identity.headers(admin)))

    def test_the_subject_makes_a_request_id_of_its_own_that_is_not_too_long(self):
        self.assertEqual('%s/%s' % (self.context.request_id, base.PORT), identity.headers(
            self.context, base.PORT)['X-Openstack-Request-Id'])
        self.context.request_id = 'x' * 128
        self.assertEqual(128, len(identity.headers(self.context, base.PORT)['X-Openstack-Request-Id']))

    def test_another_thread_has_a_context_of_its_own(self):
        self.context.update_store()
        seen = []
        thread = threading.Thread(target=lambda: seen.append(identity.headers()))
        thread.start()
        thread.join()
        self.assertEqual({'X-Openstack-Request-Id'}, set(seen[0]))


class Secrets(base.TestCase):
    """What never gets into a log."""

    def test_no_token_no_user_data_no_password_and_no_key(self):
        log = self.catch_log()
        self.start_host()
        self.node.fault('cut-before', 'garbage')
        instance = self.instance_for_config_drive(
            user_data='c2VjcmV0LXVzZXItZGF0YQ==', key_data='ssh-ed25519 AAAAsecret alice', config_drive='True')
        self.spawn(instance, injected_files=[('/etc/secret', b'secret-file')], admin_password='secret-password')
        self.node.refuse('delete', 409, 'busy', 'No.')
        self.assertRaises(Exception, self.driver.destroy, self.context, instance, [])
        self.assertTrue(any('garbage' in line or 'PUT' in line for line in log))
        text = '\n'.join(log)
        for secret in (base.TOKEN, 'c2VjcmV0', 'AAAAsecret', 'secret-file', 'c2VjcmV0LWZpbGU=', 'secret-password'):
            self.assertNotIn(secret, text)
        boot = self.node.asked('PUT')[-1]
        sent = json.dumps([boot.headers, boot.body])
        for secret in (base.TOKEN, 'secret-user-data', 'AAAAsecret', 'secret-file', 'secret-password'):
            forms = [secret, *within_base64(secret)]
            self.assertTrue(any(form in sent for form in forms), secret)
            for form in forms:
                self.assertNotIn(form, text)
