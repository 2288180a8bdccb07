# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Whether Nova finds the driver, in each way of installing it.

Nova imports ``nova.virt.`` + ``compute_driver`` and nothing else, so where its package lies and where ours lies matters. Each
test installs the distribution with pip from the sources, offline, and has Nova's own loader load the driver.
"""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import nova

SOURCE = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..', '..', 'src', 'nova-driver'))
PYTHON = '/usr/bin/python3'
LOAD = '''
import sys
import nova.conf
nova.conf.CONF([], project='nova', default_config_files=[], default_config_dirs=[])
nova.conf.CONF.set_override('compute_driver', 'novadocker.virt.docker.DockerDriver')
from nova.virt import driver
loaded = driver.load_compute_driver(None)
import nova.compute.manager
from novadocker.virt.docker import DockerDriver
assert type(loaded) is DockerDriver, 'a second copy'
print(type(loaded).__module__, nova.__path__[0], sys.modules['novadocker'].__path__[0])
'''
WANTED = 'novadocker.virt.docker.driver '


def clean_environment(**more):
    """An environment in which nothing is found but by the layout under test."""
    return {**{key: value for key, value in os.environ.items() if key not in ('PYTHONPATH', 'NOVADOCKER_TEST_EVENTLET')}, **more}


def run(*command, **more):
    """Runs a command; its outcome."""
    return subprocess.run(command, capture_output=True, text=True, timeout=300, cwd='/', env=clean_environment(**more))


@unittest.skipUnless(os.path.isdir(SOURCE), 'needs the repository: src/nova-driver')
class Layouts(unittest.TestCase):
    """Ways of installing it."""

    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp(prefix='nd-layouts-')
        cls.addClassCleanup(shutil.rmtree, cls.directory, True)
        cls.source = os.path.join(cls.directory, 'source')
        shutil.copytree(SOURCE, cls.source, ignore=shutil.ignore_patterns('build', '*.egg-info', '__pycache__'))
        done = run(PYTHON, '-m', 'pip', 'wheel', '-q', '--no-index', '--no-build-isolation', '--no-deps',
                   '-w', cls.directory, cls.source)
        if done.returncode:
            raise AssertionError(done.stderr)
        cls.wheel = glob.glob(os.path.join(cls.directory, '*.whl'))[0]

    def _venv(self, name, *options):
        path = os.path.join(self.directory, name)
        done = run(PYTHON, '-m', 'venv', '--without-pip', *options, path)
        self.assertEqual(0, done.returncode, done.stderr)
        return path, os.path.join(path, 'bin', 'python')

    def _install(self, python, what):
        done = run(PYTHON, '-m', 'pip', '--python', python, 'install', '-q', '--no-index', '--no-build-isolation',
                   '--no-deps', what)
        if done.returncode and 'no such option' in done.stderr:
            self.skipTest('needs pip 22.3 or later')
        self.assertEqual(0, done.returncode, done.stderr)

    def _loads(self, python, **environment):
        done = run(python, '-W', 'error::ImportWarning', '-c', LOAD, **environment)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertTrue(done.stdout.startswith(WANTED), done.stdout)
        return done.stdout.split()

    def test_what_the_wheel_holds(self):
        import zipfile
        with zipfile.ZipFile(self.wheel) as wheel:
            names = [name for name in wheel.namelist() if '.dist-info/' not in name]
        self.assertIn('novadocker-nova-driver.pth', names)
        self.assertIn('nova/virt/novadocker/virt/docker.py', names)
        self.assertNotIn('nova/__init__.py', names)
        self.assertNotIn('nova/virt/__init__.py', names)
        self.assertEqual(
            {'novadocker', 'nova', '_novadocker_nova_path.py', 'novadocker-nova-driver.pth'},
            {name.split('/')[0] for name in names})

    def test_the_version_is_that_of_the_solution(self):
        props = os.path.join(SOURCE, '..', '..', 'Directory.Build.props')
        with open(props) as file:
            version = re.search('<Version>(.*)</Version>', file.read()).group(1)
        self.assertIn('-%s-' % version, os.path.basename(self.wheel))

    def test_nova_in_the_system_and_the_driver_in_a_venv_that_sees_it(self):
        venv, python = self._venv('other', '--system-site-packages')
        self._install(python, self.source)
        _, nova_path, our_path = self._loads(python)
        self.assertEqual(os.path.dirname(nova.__file__), nova_path)
        self.assertTrue(our_path.startswith(venv))

    def test_nova_and_the_driver_in_one_prefix(self):
        venv, python = self._venv('same', '--system-site-packages')
        site = glob.glob(os.path.join(venv, 'lib', 'python3*', 'site-packages'))[0]
        shutil.copytree(os.path.dirname(nova.__file__), os.path.join(site, 'nova'),
                        ignore=shutil.ignore_patterns('tests', '__pycache__', 'locale'))
        self._install(python, self.wheel)
        _, nova_path, our_path = self._loads(python)
        self.assertTrue(nova_path.startswith(site) and our_path.startswith(site))
        # The same without the .pth file: the package is found beside Nova's own.
        os.unlink(os.path.join(site, 'novadocker-nova-driver.pth'))
        self._loads(python)
        # What pip removes is ours alone.
        done = run(PYTHON, '-m', 'pip', '--python', python, 'uninstall', '-q', '-y', 'novadocker-nova-driver')
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertTrue(os.path.isfile(os.path.join(site, 'nova', 'virt', '__init__.py')))
        self.assertFalse(os.path.exists(os.path.join(site, 'nova', 'virt', 'novadocker', '__init__.py')))

    def test_nova_in_one_prefix_and_the_driver_in_another_that_python_is_told_of(self):
        prefix = os.path.join(self.directory, 'prefix')
        done = run(PYTHON, '-m', 'pip', 'install', '-q', '--no-index', '--no-deps', '--prefix', prefix, self.wheel)
        self.assertEqual(0, done.returncode, done.stderr)
        site = os.path.dirname(glob.glob(os.path.join(prefix, '**', 'novadocker-nova-driver.pth'), recursive=True)[0])
        venv, python = self._venv('told', '--system-site-packages')
        own = glob.glob(os.path.join(venv, 'lib', 'python3*', 'site-packages'))[0]
        with open(os.path.join(own, 'elsewhere.pth'), 'w') as file:
            file.write('import site; site.addsitedir(%r)\n' % site)
        self.assertTrue(self._loads(python)[2].startswith(prefix))

    def test_pip_target_with_pythonpath_needs_one_line_more(self):
        """Python reads no .pth file in a directory of PYTHONPATH; so the README says which line takes its place."""
        target = os.path.join(self.directory, 'target')
        done = run(PYTHON, '-m', 'pip', 'install', '-q', '--no-index', '--no-deps', '--target', target, self.wheel)
        self.assertEqual(0, done.returncode, done.stderr)
        done = run(PYTHON, '-c', LOAD, PYTHONPATH=target)
        self.assertNotEqual(0, done.returncode)
        self.assertIn("No module named 'nova.virt.novadocker'", done.stdout + done.stderr)
        with open(os.path.join(target, 'sitecustomize.py'), 'w') as file:
            file.write('import _novadocker_nova_path\n')
        self._loads(PYTHON, PYTHONPATH=target)

    def test_the_pth_file_is_light_and_quiet(self):
        venv, python = self._venv('quiet', '--system-site-packages')
        self._install(python, self.wheel)
        site = glob.glob(os.path.join(venv, 'lib', 'python3*', 'site-packages'))[0]
        with_pth = run(python, '-c', 'import sys; print(*sorted(sys.modules))')
        pth = os.path.join(site, 'novadocker-nova-driver.pth')
        os.rename(pth, pth + '.off')
        without = run(python, '-c', 'import sys; print(*sorted(sys.modules))')
        os.rename(pth + '.off', pth)
        self.assertEqual({'_novadocker_nova_path'}, set(with_pth.stdout.split()) - set(without.stdout.split()))
        self.assertEqual('', with_pth.stderr)
        # The rest of the distribution is gone, or broken: Python starts all the same, and says nothing.
        module = os.path.join(site, '_novadocker_nova_path.py')
        for content in (None, 'raise RuntimeError("broken")\n', 'no python at all'):
            os.unlink(module)
            if content is not None:
                with open(module, 'w') as file:
                    file.write(content)
            done = run(python, '-c', 'print("fine")')
            self.assertEqual(('fine\n', ''), (done.stdout, done.stderr))
            if content is None:
                open(module, 'w').close()

    def test_the_finder_says_nothing_where_its_files_are_gone(self):
        venv, python = self._venv('gone', '--system-site-packages')
        self._install(python, self.wheel)
        site = glob.glob(os.path.join(venv, 'lib', 'python3*', 'site-packages'))[0]
        shutil.rmtree(os.path.join(site, 'nova'))
        done = run(python, '-c', LOAD)
        self.assertIn("No module named 'nova.virt.novadocker'", done.stdout + done.stderr)
        self.assertIn('_novadocker_nova_path', run(python, '-c', 'import sys; print(*sys.modules)').stdout.split())
        done = run(python, '-c', 'print("fine")')
        self.assertEqual(('fine\n', ''), (done.stdout, done.stderr))


if __name__ == '__main__':
    sys.exit(unittest.main())
