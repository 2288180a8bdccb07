"""Adds to the build what pyproject.toml cannot say: the .pth file, which has to lie beside the packages."""

import os
import shutil

from setuptools import setup
from setuptools.command.build_py import build_py

PTH = 'novadocker-nova-driver.pth'


class BuildWithPth(build_py):
    """Python code, and the .pth file that makes Nova find it whatever prefix Nova was installed into."""

    def run(self):
        super().run()
        os.makedirs(self.build_lib, exist_ok=True)
        shutil.copyfile(os.path.join(os.path.dirname(os.path.abspath(__file__)), PTH), os.path.join(self.build_lib, PTH))

    def get_outputs(self, include_bytecode=1):
        return super().get_outputs(include_bytecode) + [os.path.join(self.build_lib, PTH)]


setup(cmdclass={'build_py': BuildWithPth})
