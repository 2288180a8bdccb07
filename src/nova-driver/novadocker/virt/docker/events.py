# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""What happened to instances without being asked for, told to Nova as it happens.

The node keeps the order of these events by a cursor that is a position in its journal. The feed remembers the last one,
so that neither a restart of the node nor a connection that broke loses any. What happened while nova-compute was down
Nova finds out itself: at its start it compares all power states.
"""

import threading

from nova.virt import event as virtevent
from oslo_log import log as logging
from oslo_utils import timeutils

from novadocker.virt.docker import client as node_client

LOG = logging.getLogger(__name__)

_PATH = '/v1/lifecycle'
_PAUSE_SECONDS = 2.0
_PATIENCE_SECONDS = 5.0
_AGAIN_SECONDS = 5.0
_UNKNOWN_CURSOR = 'invalid-argument'

_TRANSITIONS = {
    'stopped': virtevent.EVENT_LIFECYCLE_STOPPED,
    'started': virtevent.EVENT_LIFECYCLE_STARTED,
    'paused': virtevent.EVENT_LIFECYCLE_PAUSED,
    'resumed': virtevent.EVENT_LIFECYCLE_RESUMED,
    'suspended': virtevent.EVENT_LIFECYCLE_SUSPENDED,
}


class LifecycleFeed:
    """Reads the node's feed in a thread of its own, which is a green one in nova-compute."""

    def __init__(self, client, emit):
        """Reads with ``client``, which is the feed's alone, and calls ``emit`` with each event."""
        self._client = client
        self._emit = emit
        self._cursor = None
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._thread = None

    def start(self):
        """From now on nothing is lost. Events are held back until somebody listens."""
        self._cursor = self._client.get(_PATH)['next']
        self._thread = threading.Thread(target=self._run, name='novadocker-lifecycle', daemon=True)
        self._thread.start()

    def listen(self):
        """Somebody listens now."""
        self._wanted.set()

    def stop(self):
        """Ends the thread, and what it waits for."""
        self._stopping.set()
        self._wanted.set()
        self._client.close()
        if self._thread:
            self._thread.join(_PATIENCE_SECONDS)

    def _run(self):
        self._wanted.wait()
        while not self._stopping.is_set():
            try:
                self._read()
            except node_client.Closed:
                return
            except node_client.NodeAway as error:
                LOG.warning('Lifecycle events of instances are held up: %s', error)
            except node_client.Problem as problem:
                if problem.code == _UNKNOWN_CURSOR:
                    self._begin_anew(problem)
                else:
                    LOG.warning('Lifecycle events of instances are held up: %s', problem.detail)
                    self._stopping.wait(_PAUSE_SECONDS)
            except Exception:
                LOG.exception('Lifecycle events of instances could not be read; they will be asked for again.')
                self._stopping.wait(_PAUSE_SECONDS)

    def _read(self):
        if self._cursor is None:
            self._cursor = self._client.get(_PATH)['next']
        page = self._client.get(_PATH, {'after': self._cursor}, wait=node_client.LONG_POLL_SECONDS)
        for said in page['events']:
            if self._stopping.is_set():
                return
            self._tell(said)
            self._cursor = said['cursor']
        self._cursor = page['next']

    def _tell(self, said):
        transition = _TRANSITIONS.get(said['transition'])
        if transition is None:
            LOG.warning('Instance %s went through "%s", which Nova has no word for.', said['instanceId'], said['transition'])
            return
        LOG.info('Instance %s: %s (%s).', said['instanceId'], said['transition'], said.get('reason') or 'no reason given')
        event = virtevent.LifecycleEvent(said['instanceId'], transition, _seconds(said.get('occurredAt')))
        self._emit(event)
        if transition == virtevent.EVENT_LIFECYCLE_STOPPED:
            self._tell_again(event)

    def _tell_again(self, event):
        """Nova passes over an end that comes while it still has a task under way, such as the spawning that has just been done, and
        would compare by itself only minutes later. Told twice does no harm: Nova acts only where the power state is that of
        the event, and differs from its own."""
        def again():
            if not self._stopping.wait(_AGAIN_SECONDS):
                self._emit(event)
        threading.Thread(target=again, name='novadocker-end', daemon=True).start()

    def _begin_anew(self, problem):
        """The node does not know the cursor, as after its journal was replaced: nothing before now can be had."""
        LOG.warning('The node refuses to go on with lifecycle events after %s (%s). Those until now are lost.',
                    self._cursor, problem.detail)
        self._cursor = None
        self._stopping.wait(_PAUSE_SECONDS)


def _seconds(text):
    return timeutils.parse_isotime(text).timestamp() if text else None
