# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""nova.conf: our section, and nova-docker's."""

import os
import re

import testtools
from nova.objects import fields

from driver_tests import base
from driver_tests import fake_node
from driver_tests import hocon_keys
from novadocker.virt.docker import config
from novadocker.virt.docker import resources
from novadocker.virt.docker import retired

NOVA_DOCKER_CONF = """
[DEFAULT]
cpu_allocation_ratio = 4
reserved_host_memory_mb = 1024

[novadocker]
node_timeout = 7

[docker]
host_url = tcp://127.0.0.1:2376
api_insecure = false
ca_file = /etc/ca.pem
cert_file = /etc/cert.pem
key_file = /etc/key.pem
vif_driver = novadocker.virt.docker.vifs.DockerGenericVIFDriver
snapshots_directory = /var/tmp/snapshots
inject_key = true
shared_directory = /srv/images
privileged = false
root_directory = /var/lib/docker
"""


class Configuration(base.TestCase):
    """Options."""

    def _read(self, text):
        path = os.path.join(self.directory, 'nova.conf')
        with open(path, 'w') as file:
            file.write(text)
        base.CONF([], project='nova', default_config_files=[path], default_config_dirs=[])
        log = self.catch_log()
        retired.warn(base.CONF)
        return log

    def test_defaults(self):
        defaults = {option.name: option.default for option in config.OPTIONS}
        self.assertEqual(
            {'socket': '/run/novadocker/http.sock', 'node_timeout': 60, 'console_lines': 1000}, defaults)

    def test_an_old_nova_conf_is_taken_and_each_option_of_it_is_told_its_new_place(self):
        log = self._read(NOVA_DOCKER_CONF)
        base.CONF.clear_override('node_timeout', group='novadocker')
        self.assertEqual(7, base.CONF.novadocker.node_timeout)
        warned = sorted(re.search(r'\[(\w+)\] (\w+)', line).groups() for line in log if 'has no effect' in line)
        self.assertEqual(
            sorted([('docker', option.name) for option in retired.NOVA_DOCKER_OPTIONS]
                   + [('DEFAULT', 'cpu_allocation_ratio'), ('DEFAULT', 'reserved_host_memory_mb')]), warned)
        self.assertTrue(any('host_url' in line and 'novadocker.engine.host' in line for line in log))

    def test_a_nova_conf_without_them_is_silent(self):
        self.assertEqual([], self._read('[DEFAULT]\nhost = compute-1\n'))

    def test_every_option_of_nova_docker_has_a_counterpart_or_a_reason(self):
        for option in retired.NOVA_DOCKER_OPTIONS:
            self.assertIn((retired.NOVA_DOCKER_GROUP, option.name), retired.COUNTERPARTS)

    def test_counterparts_are_keys_of_the_node(self):
        reference = os.path.join(os.path.dirname(__file__), '..', '..', '..', 'hocon', 'reference.conf')
        if not os.path.exists(reference):
            self.skipTest('needs the repository: hocon/reference.conf')
        with open(reference, encoding='utf-8') as file:
            keys = hocon_keys.paths(file.read())
        # A key of another section is none.
        self.assertIn('novadocker.engine.tls.verify', keys)
        self.assertNotIn('novadocker.engine.verify', keys)
        for counterpart in retired.COUNTERPARTS.values():
            for key in re.findall(r'novadocker(?:\.[a-z-]+)+', counterpart):
                self.assertIn(key, keys)

    def test_the_reader_of_keys_knows_nesting_and_takes_nothing_that_it_does_not_understand(self):
        self.assertEqual(
            {'a', 'a.b.c', 'a.b.c.d', 'a.e', 'h', 'h.i', 'h.j'},
            hocon_keys.paths('a { b.c { d = 1 }, e = [[f], "} # "] }  # g = 1\nh {\n i = x\n\n j {} }\n'))
        for text in ('a {', 'a { } }', 'a =', 'a = b c', 'a = 1 b = 2', 'a = [1 2]', 'a = [1', 'a = ${b}', 'a: 1'):
            self.assertRaises(ValueError, hocon_keys.paths, text)

    def test_it_is_found_by_the_generator_of_samples(self):
        self.assertEqual([(config.GROUP, config.OPTIONS)], config.list_opts())


class Resources(testtools.TestCase):
    """What the node says of its host, in Nova's form."""

    def test_versions_of_engines(self):
        for version, number in (('20.10.24+dfsg1', 20010024), ('29.0.0', 29000000), ('27.3', 27003), (None, 0), ('', 0),
                                ('dev', 0)):
            self.assertEqual(number, resources.engine_version({'engine': {'version': version}}), version)

    def test_processors(self):
        for arch, canonical in (('x86_64', 'x86_64'), ('amd64', 'x86_64'), ('aarch64', 'aarch64')):
            said = resources.supported_instances({'cpu': {'arch': arch}})
            self.assertEqual([(canonical, 'docker', 'exe')], said)
            fields.HVType.canonicalize(said[0][1])
            fields.VMMode.canonicalize(said[0][2])
        self.assertEqual([], resources.supported_instances({}))

    def test_a_host_whose_engine_was_never_seen(self):
        host = fake_node.example_host()
        host['engine'] = {'state': 'unknown', 'version': None, 'problem': 'Nobody listens there.'}
        self.assertEqual(0, resources.of_host(host, 'compute-1')['hypervisor_version'])
