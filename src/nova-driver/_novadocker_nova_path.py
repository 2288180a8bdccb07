# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Lets Nova find the driver when Nova itself is installed elsewhere.

Nova loads ``compute_driver`` as ``nova.virt.<what nova.conf says>`` and looks only where its own package lies. This module
is imported by the .pth file beside it at each start of Python, so it does next to nothing: it puts one finder at the front
of ``sys.meta_path``, which answers for ``nova.virt.novadocker`` alone and imports nothing before it is asked.
"""

import sys

NAME = 'nova.virt.novadocker'


class NovaPathFinder:
    """Knows where the package ``nova.virt.novadocker`` is: below the directory of this file."""

    @staticmethod
    def find_spec(fullname, path=None, target=None):
        """Where the package is; None for every other name, and where its files are gone."""
        if fullname != NAME:
            return None
        import importlib.util
        import os
        directory = os.path.join(os.path.dirname(os.path.abspath(__file__)), *NAME.split('.'))
        file = os.path.join(directory, '__init__.py')
        if not os.path.isfile(file):
            return None
        return importlib.util.spec_from_file_location(fullname, file, submodule_search_locations=[directory])


if not any(getattr(finder, '__name__', '') == NovaPathFinder.__name__ for finder in sys.meta_path):
    sys.meta_path.insert(0, NovaPathFinder)
