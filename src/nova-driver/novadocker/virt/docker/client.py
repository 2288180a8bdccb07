# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""HTTP with the node over its unix socket.

Sockets and waits are the standard library's, so that they are green where eventlet has patched it (as in nova-compute) and
ordinary ones elsewhere. Each request has a connection of its own: connecting to a unix socket takes microseconds, and a
connection that was kept could be one of a node that is no longer there.

A request that gets no answer is repeated until the node has been silent for ``node_timeout``. That is safe for requests that
change something: they carry a request id, and the node carries out (request id, verb) of an instance once.
"""

import http.client
import json
import os
import socket
import threading
import time
from urllib import parse

from nova import exception
from oslo_log import log as logging
from oslo_serialization import jsonutils

LOG = logging.getLogger(__name__)

LONG_POLL_SECONDS = 20

_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 2.0
_JSON_TYPES = ('application/json', 'application/problem+json')


class NodeAway(exception.HypervisorUnavailable):
    """The node did not answer for as long as it may be silent, or what answered was no node."""


class Problem(Exception):
    """The node refused a request: ``code`` says why in a word that stays the same, ``detail`` in a sentence."""

    def __init__(self, status, code, detail, instance_id=None):
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.instance_id = instance_id


class Closed(Exception):
    """The client was closed while a request was under way."""


class _Unanswered(Exception):
    """An attempt that brought no answer of the node, and may bring one when it is made again."""


class _NotReady(_Unanswered):
    """The node answered that it cannot serve at present."""

    def __init__(self, problem):
        super().__init__(problem.detail)
        self.problem = problem


class _UnixConnection(http.client.HTTPConnection):
    """HTTP/1.1 over a unix socket."""

    def __init__(self, path, timeout):
        super().__init__('localhost', timeout=timeout)
        self._path = path

    def connect(self):
        """Opens the socket; the timeout is that of each read and write, too."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class NodeClient:
    """Speaks with one node. Safe to be used by many threads at once, green ones or others."""

    def __init__(self, path, node_timeout):
        self._path = path
        self._node_timeout = node_timeout
        self._open = set()
        self._lock = threading.Lock()
        self._closed = False

    @property
    def path(self):
        """The socket, for messages."""
        return self._path

    def get(self, path, query=None, wait=None, headers=None):
        """Asks for something. With ``wait`` the node may take that many seconds longer, until there is news."""
        if wait is not None:
            query = {**(query or {}), 'wait': wait}
        return self._request('GET', path, query, None, headers, wait or 0)

    def change(self, method, path, headers, query=None, body=None):
        """Asks the node to do something; ``headers`` say by which request, and of whom."""
        return self._request(method, path, query, body, headers, 0)

    def close(self):
        """Ends what is under way, and lets nothing begin any more."""
        with self._lock:
            self._closed = True
            connections = list(self._open)
        for connection in connections:
            try:
                connection.sock.shutdown(socket.SHUT_RDWR)
            except (AttributeError, OSError):
                LOG.debug('A connection to the node was closed already.')

    def _request(self, method, path, query, body, headers, patience):
        target = path + ('?' + parse.urlencode(query) if query else '')
        silent_until = time.monotonic() + self._node_timeout
        pause = _FIRST_PAUSE
        while True:
            left = max(silent_until - time.monotonic(), _FIRST_PAUSE)
            try:
                return self._attempt(method, target, body, headers, left + patience)
            except _Unanswered as error:
                if self._closed:
                    raise Closed() from error
                if time.monotonic() + pause >= silent_until:
                    raise self._given_up(error) from error
                LOG.debug('%s %s got no answer (%s); it is made again.', method, target, error)
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _given_up(self, error):
        if isinstance(error, _NotReady):
            return error.problem
        return NodeAway('The NovaDocker node did not answer on %s for %d seconds (%s). Is novadocker-node running, and may the '
                        'user of nova-compute open its socket ([novadocker] socket; HOCON novadocker.http.group)?'
                        % (self._path, self._node_timeout, error))

    def _attempt(self, method, target, body, headers, timeout):
        began = time.monotonic()
        connection = _UnixConnection(self._path, timeout)
        with self._lock:
            if self._closed:
                raise Closed()
            self._open.add(connection)
        try:
            sent = {'Accept': ', '.join(_JSON_TYPES), **(headers or {})}
            data = None
            if body is not None:
                data = jsonutils.dump_as_bytes(body)
                sent['Content-Type'] = 'application/json'
            connection.connect()
            # What was closed before it was connected has not ended by that.
            if self._closed:
                raise Closed()
            connection.request(method, target, data, sent)
            response = connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise _Unanswered(_in_words(error)) from error
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()
        LOG.debug('%s %s: %d after %.3f s', method, target, response.status, time.monotonic() - began)
        return _content(response, answer)


def _in_words(error):
    """The same words with and without eventlet, whose errors have the error's name in place of its text."""
    number = getattr(error, 'errno', None)
    return os.strerror(number) if number else str(error) or type(error).__name__


def _content(response, data):
    """What a response says; raises Problem where that is a refusal."""
    kind = (response.getheader('Content-Type') or '').split(';')[0].strip().lower()
    content = None
    if kind in _JSON_TYPES:
        try:
            content = json.loads(data)
        except ValueError as error:
            raise _Unanswered('an answer that is no JSON: %s' % error) from error
    if response.status < 300:
        if content is None:
            raise _Unanswered('an answer of type %s' % (kind or 'unknown'))
        return content

    said = content if isinstance(content, dict) else {}
    problem = Problem(
        response.status,
        said.get('code') or 'http-%d' % response.status,
        said.get('detail') or said.get('title') or 'The node answered %d %s.' % (response.status, response.reason),
        said.get('instanceId'))
    if response.status >= 500 and problem.code in ('journal-unavailable', 'http-%d' % response.status):
        raise _NotReady(problem)
    raise problem
