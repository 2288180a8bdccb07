# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""See ``nova.virt.novadocker``."""
