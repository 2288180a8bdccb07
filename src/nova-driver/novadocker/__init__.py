# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""NovaDocker's part in OpenStack Nova."""
