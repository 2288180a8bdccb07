# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""The host: the node's coming and going, and what Nova's scheduler counts with."""

import nova.conf
from nova import exception
from oslo_log import log as logging

from novadocker.virt.docker import base
from novadocker.virt.docker import client as node_client
from novadocker.virt.docker import errors
from novadocker.virt.docker import events
from novadocker.virt.docker import interrupted
from novadocker.virt.docker import resources
from novadocker.virt.docker import retired

CONF = nova.conf.CONF
LOG = logging.getLogger(__name__)

_API = 'v1'


class Hosts(base.DriverPart):
    """The host."""

    _feed = None

    def init_host(self, host):
        """Waits for the node, for ``[novadocker] node_timeout`` at most, and begins to read what happens to instances."""
        retired.warn(CONF)
        with errors.as_nova(None):
            self._check_api(self.node.about())
            said = self.node.host()
        engine = said.get('engine') or {}
        LOG.info('NovaDocker node %(version)s on %(socket)s keeps the containers of host %(host)s (id %(id)s); '
                 'Docker Engine %(engine)s is %(state)s.',
                 {'version': said.get('version'), 'socket': CONF.novadocker.socket, 'host': said.get('name'),
                  'id': said.get('hostId'), 'engine': engine.get('version'), 'state': engine.get('state')})
        if engine.get('problem'):
            LOG.warning('The Docker Engine of this host has a problem: %s', engine['problem'])
        interrupted.explain(host)
        self._feed = events.LifecycleFeed(self._new_client(), self.emit_event)
        with errors.as_nova(None):
            self._feed.start()

    def cleanup_host(self, host):
        """Stops reading what happens to instances. Nothing else ends: containers are the node's."""
        if self._feed:
            self._feed.stop()
            self._feed = None

    def register_event_listener(self, callback):
        """Nova listens to lifecycle events from now on; with None it has stopped listening."""
        super().register_event_listener(callback)
        if callback and self._feed:
            self._feed.listen()

    def get_available_nodes(self, refresh=False):
        """One node, named as the compute service: the name stays the same whether the node answers or not."""
        return [CONF.host]

    def get_available_resource(self, nodename):
        """The host's resources, as the node counts them."""
        return resources.of_host(self._host(), nodename)

    def update_provider_tree(self, provider_tree, nodename, allocations=None):
        """Inventory and traits for Placement, as the node states them."""
        resources.update_provider_tree(self._host(), provider_tree, nodename)

    def get_host_uptime(self):
        """How long the machine is up, in the words of ``uptime``."""
        return self._host()['uptime']

    def _host(self):
        with errors.as_nova(None):
            return self.node.host()

    @staticmethod
    def _check_api(about):
        offered = [version.get('id') for version in about.get('versions') or []]
        if _API not in offered:
            raise exception.HypervisorUnavailable(
                'The NovaDocker node on %s speaks %s of its API; this driver needs %s. Install driver and node of one version.'
                % (CONF.novadocker.socket, ', '.join(map(str, offered)) or 'no version', _API))

    @staticmethod
    def _new_client():
        return node_client.NodeClient(CONF.novadocker.socket, CONF.novadocker.node_timeout)
