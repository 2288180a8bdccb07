# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Tests of the Nova driver.

With NOVADOCKER_TEST_EVENTLET set, eventlet patches the standard library first, as it does in nova-compute.
"""

import os

if os.environ.get('NOVADOCKER_TEST_EVENTLET'):
    import eventlet
    eventlet.monkey_patch()
