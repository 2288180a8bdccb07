# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""The node in its own words: instances, actions and operations. Nova's words are those of the callers."""

from urllib import parse

from novadocker.virt.docker import client as node_client

RUNNING = 'running'
SUCCEEDED = 'succeeded'
AWAIT_VIFS = 'await-vifs'
UPLOAD_SNAPSHOT = 'upload-snapshot'

_PAGE = 100


class OperationFailed(Exception):
    """An operation came to an end, and not to a good one."""

    def __init__(self, operation):
        fault = operation.get('fault') or {}
        self.verb = operation.get('verb')
        self.state = operation.get('state')
        self.code = fault.get('code')
        self.step = fault.get('step')
        self.detail = fault.get('message') or 'The operation %s ended as %s.' % (self.verb, self.state)
        super().__init__(self.detail)


class Node:
    """Asks one node for one thing at a time and waits for the end of what that began."""

    def __init__(self, client):
        self._client = client

    def about(self):
        """What the node says of itself and its API: the answer that shows it is there."""
        return self._client.get('/')

    def host(self):
        """The host: its resources, its Engine, its processors."""
        return self._client.get('/v1/host')

    def instance(self, instance_id):
        """One instance as it is now."""
        return self._client.get(_path(instance_id))

    def instances(self):
        """All instances of this host, page by page."""
        query = {'deleted': 'false', 'limit': _PAGE}
        while True:
            page = self._client.get('/v1/instances', query)
            yield from page['instances']
            if not page.get('next'):
                return
            query = {**query, 'after': page['next']}

    def read(self, instance_id, what, **query):
        """Something that changes nothing: ``console``, ``diagnostics``."""
        return self._client.get('%s/%s' % (_path(instance_id), what), query)

    def boot(self, headers, instance_id, body):
        """Begins a boot. The operation."""
        return self._client.change('PUT', _path(instance_id), headers, body=body)

    def delete(self, headers, instance_id, keep_container=False):
        """Removes an instance, and waits until it is gone."""
        operation = self._client.change(
            'DELETE', _path(instance_id), headers, {'disks': 'keep' if keep_container else 'remove'})
        return self.follow(instance_id, operation)

    def begin(self, headers, instance_id, action, body=None):
        """Begins an action. The operation."""
        return self._client.change('POST', '%s/actions/%s' % (_path(instance_id), action), headers, body=body or {})

    def act(self, headers, instance_id, action, body=None, seen=None):
        """Carries out an action, and waits for its end."""
        return self.follow(instance_id, self.begin(headers, instance_id, action, body), seen)

    def follow(self, instance_id, operation, seen=None, until=None):
        """Waits for the end of an operation, however long that takes; or, with ``until``, for the step of that name.

        :param seen: Called with the operation each time it has moved on.
        :raises OperationFailed: where it ended otherwise than well.
        """
        while True:
            if seen:
                seen(operation)
            if operation['state'] == SUCCEEDED:
                return operation
            if operation['state'] != RUNNING:
                raise OperationFailed(operation)
            if until and operation.get('step') == until:
                return operation
            operation = self._client.get(
                '%s/operations/%s' % (_path(instance_id), _quoted(operation['id'])),
                {'revision': operation['revision']},
                wait=node_client.LONG_POLL_SECONDS)

    def pull(self, headers, image):
        """Has an image brought into the Engine: how that stands. The same headers ask again."""
        return self._client.change('POST', '/v1/images/%s/pull' % _quoted(image), headers)

    def collect(self, headers, in_use):
        """Takes away images that nobody uses."""
        return self._client.change('POST', '/v1/images/collect', headers, body={'inUse': in_use})


def _quoted(word):
    return parse.quote(str(word), safe='')


def _path(instance_id):
    return '/v1/instances/' + _quoted(instance_id)
