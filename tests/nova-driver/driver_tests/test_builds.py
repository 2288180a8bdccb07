# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""What a boot is asked for with."""

import base64
import json

from nova import exception

from driver_tests import base


class Boots(base.TestCase):
    """The body of a boot."""

    def _body(self, **arguments):
        self.spawn(**arguments)
        return self.node.asked('PUT', base.INSTANCE)[-1].body

    def test_the_least(self):
        self.assertEqual({
            'name': 'web', 'image': base.IMAGE, 'memoryMb': 256, 'vcpus': 1, 'metadata': {}, 'extraSpecs': {}, 'vifs': [],
            'powerOn': True}, self._body())

    def test_the_most(self):
        instance = self.instance(
            user_data='ZW52aXJvbm1lbnQ6IHt9', key_data='ssh-ed25519 AAAA alice\n', metadata={'role': 'web'})
        instance.flavor.extra_specs = {'trait:CUSTOM_NOVADOCKER': 'required'}
        body = self._body(
            instance=instance, network_info=self.network_info(active=True), power_on=False,
            injected_files=[('/etc/motd', b'\xff hello'), ('etc/name', 'schön')])
        self.assertEqual('ZW52aXJvbm1lbnQ6IHt9', body['userData'])
        self.assertEqual('ssh-ed25519 AAAA alice', body['publicKey'])
        self.assertEqual({'role': 'web'}, body['metadata'])
        self.assertEqual({'trait:CUSTOM_NOVADOCKER': 'required'}, body['extraSpecs'])
        self.assertFalse(body['powerOn'])
        self.assertEqual([
            {'path': '/etc/motd', 'content': base64.b64encode(b'\xff hello').decode()},
            {'path': '/etc/name', 'content': base64.b64encode('schön'.encode()).decode()}], body['injectedFiles'])
        vif = body['vifs'][0]
        self.assertEqual(
            (base.PORT, 'fa:16:3e:a4:ac:49', 'bridge', True), (vif['id'], vif['address'], vif['type'], vif['active']))
        self.assertEqual('brqcccccccc-22', vif['network']['bridge'])
        self.assertEqual('10.88.0.160', vif['network']['subnets'][0]['ips'][0]['address'])
        self.assertEqual(1450, vif['network']['meta']['mtu'])

    def test_a_server_without_a_display_name_goes_by_its_nova_name(self):
        self.assertEqual('instance-00000001', self._body(instance=self.instance(display_name=None))['name'])

    def test_the_image_is_that_of_image_meta_as_at_an_unshelve_and_else_that_of_the_server(self):
        self.assertEqual(base.PORT, self._body(image_meta=self.image_meta(base.PORT))['image'])
        self.context.request_id = 'req-2'
        self.assertEqual(base.IMAGE, self._body(image_meta=self.image_meta(None))['image'])

    def test_a_server_without_an_image_is_refused_and_not_tried_elsewhere(self):
        error = self.assertRaises(
            exception.BuildAbortException, self.spawn, self.instance(image_ref=''), image_meta=self.image_meta(None))
        self.assertIn('cannot boot from a volume', error.format_message())
        self.assertEqual([], self.node.requests)

    def test_who_asked_and_by_which_request(self):
        self.context.request_id = 'req-12345678-1234-4234-8234-123456789012'
        self.spawn()
        headers = self.node.asked('PUT')[0].headers
        self.assertEqual('req-12345678-1234-4234-8234-123456789012', headers['X-Openstack-Request-Id'])
        self.assertEqual(('alice', 'research', base.TOKEN), (
            headers['X-User-Id'], headers['X-Project-Id'], headers['X-Auth-Token']))

    def test_a_boot_that_is_asked_for_again_is_done_once(self):
        self.spawn()
        self.spawn()
        self.assertEqual(1, len(self.node.carried_out('boot')))


class ConfigDrives(base.TestCase):
    """The files of a config drive."""

    def _server(self, **members):
        return self.instance_for_config_drive(
            user_data=base64.b64encode(b'#!/bin/sh\n').decode(), metadata={'role': 'web'}, **members)

    def _files(self, **arguments):
        self.spawn(**arguments)
        return {file['path']: base64.b64decode(file['content'])
                for file in self.node.asked('PUT', base.INSTANCE)[-1].body.get('configDrive', [])}

    def test_a_server_that_wants_one_gets_the_files_that_nova_would_put_on_it(self):
        files = self._files(
            instance=self._server(config_drive='True'), network_info=self.network_info(active=True),
            injected_files=[('/etc/motd', b'hello')], admin_password='s3cret')
        metadata = json.loads(files['openstack/latest/meta_data.json'])
        self.assertEqual((base.INSTANCE, 'web', {'role': 'web'}, 's3cret'), (
            metadata['uuid'], metadata['name'], metadata['meta'], metadata['admin_pass']))
        self.assertEqual(b'#!/bin/sh\n', files['openstack/latest/user_data'])
        self.assertEqual('fa:16:3e:a4:ac:49', json.loads(files['openstack/latest/network_data.json'])['links'][0][
            'ethernet_mac_address'])
        self.assertEqual(b'hello', files['openstack' + metadata['files'][0]['content_path']])
        self.assertIn('ec2/latest/meta-data.json', files)

    def test_others_get_none(self):
        self.assertEqual({}, self._files(instance=self._server()))

    def test_where_nova_is_to_give_all_servers_one_they_get_it(self):
        self.config.config(force_config_drive=True)
        self.assertIn('openstack/latest/meta_data.json', self._files(instance=self._server()))
