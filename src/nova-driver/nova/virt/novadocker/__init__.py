# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Where Nova looks for the driver: it loads every compute driver from below ``nova.virt``. The code is in ``novadocker``."""
