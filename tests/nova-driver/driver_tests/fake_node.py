# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""A node that keeps to the HTTP contract and holds no containers.

It is as strict as the contract: members it does not know, missing headers and repeated requests are treated as a real node
treats them. An operation moves on by one step each time somebody looks at it. Faults of the connection are told to it
beforehand, and each of them happens once.
"""

import collections
import os
import threading
import time
import urllib.parse
import uuid

from driver_tests import fake_http

BOOT = {'name', 'image', 'memoryMb', 'vcpus', 'command', 'environment', 'userData', 'metadata', 'publicKey', 'vifs',
        'awaitVifs', 'configDrive', 'injectedFiles', 'powerOn', 'extraSpecs'}
ACTIONS = {
    'start': set(), 'stop': {'graceSeconds'}, 'reboot': {'type'}, 'pause': set(), 'unpause': set(), 'suspend': set(),
    'resume': set(), 'snapshot': {'imageId', 'name'},
    'rebuild': {'image', 'name', 'command', 'environment', 'userData', 'metadata', 'publicKey', 'configDrive',
                'injectedFiles', 'powerOn'},
    'resize': {'memoryMb', 'vcpus', 'powerOn'}, 'confirm-resize': set(), 'revert-resize': {'powerOn'},
    'rescue': {'image'}, 'unrescue': set(), 'attach-interface': {'vif'}, 'detach-interface': {'portId'},
    'vif-plugging': {'outcome', 'detail'},
}
STEPS = {
    'boot': ['claim-resources', 'ensure-image', 'create-container', 'start-container'],
    'snapshot': ['commit-container', 'upload-snapshot', 'remove-commit'],
}
POWER = {
    'boot': 'RUNNING', 'start': 'RUNNING', 'stop': 'SHUTDOWN', 'soft-reboot': 'RUNNING', 'hard-reboot': 'RUNNING',
    'pause': 'PAUSED', 'unpause': 'RUNNING', 'suspend': 'SUSPENDED', 'resume': 'RUNNING', 'rebuild': 'RUNNING',
}


class FakeNode:
    """The state of the node, and the server in front of it."""

    def __init__(self, path):
        self.path = path
        self.requests = []
        self.images = {}
        self.host = example_host()
        self.versions = [{'id': 'v1'}]
        self.console = 'hello\n'
        self.diagnostics = {}
        self.events = []
        self.slow = 0.0
        self._instances = {}
        self._operations = {}
        self._answers = {}
        self._faults = collections.deque()
        self._refusals = {}
        self._failures = {}
        self._news = threading.Condition()
        self._server = None
        self._run = 0

    # What tests say to it.

    def start(self):
        """Begins to listen."""
        if os.path.exists(self.path):
            os.unlink(self.path)
        self._server = fake_http.Server(self.path, self, self._run)
        threading.Thread(target=self._server.serve_forever, kwargs={'poll_interval': 0.05}, daemon=True).start()
        return self

    def stop(self):
        """Stops listening, and cuts the connections of those who wait; nothing is forgotten."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        if os.path.exists(self.path):
            os.unlink(self.path)
        with self._news:
            self._run += 1
            self._news.notify_all()

    def fault(self, *kinds):
        """Each of the next requests meets one: cut-before, cut-after, restart, unready, garbage, no-json (or none: ok)."""
        self._faults.extend(kinds)

    def mend(self):
        """No request meets a fault from now on."""
        self._faults.clear()

    def faults_left(self):
        """Faults that no request has met yet."""
        return list(self._faults)

    def refuse(self, verb, status, code, detail):
        """The next request for a verb is refused."""
        self._refusals[verb] = fake_http.Refusal(status, code, detail)

    def fail(self, verb, code, step, message, state='failed'):
        """The next operation of a verb fails in a step."""
        self._failures[verb] = (code, step, message, state)

    def add_instance(self, instance_id, **members):
        """An instance that is there already."""
        self._instances[instance_id] = {
            'id': instance_id, 'name': 'there', 'phase': 'active', 'powerState': 'RUNNING', 'containerId': 'c0ffee',
            'ports': [], 'revision': 1, 'hostId': self.host['hostId'], **members}

    def answer_at_once(self):
        """Answers whoever waits because it is slow, and is slow no longer."""
        with self._news:
            self.slow = 0.0
            self._news.notify_all()

    def tell(self, instance_id, *transitions, occurred_at='2026-01-02T03:04:05Z'):
        """Lifecycle events, all of them in one answer."""
        with self._news:
            for transition in transitions:
                self.events.append({
                    'cursor': str(len(self.events) + 1), 'instanceId': instance_id, 'transition': transition,
                    'occurredAt': occurred_at, 'reason': 'somebody did it'})
            self._news.notify_all()

    def asked(self, method=None, ending=''):
        """Requests that came in, in their order."""
        return [request for request in list(self.requests)
                if (method is None or request.method == method) and request.path.endswith(ending)]

    def carried_out(self, verb):
        """Operations of a verb that were begun."""
        return [operation for operation in self._operations.values() if operation['verb'] == verb]

    # What requests get.

    def serve(self, request):
        """Status and content; faults that are due come first."""
        self._cut_where_ended(request)
        kind = self._faults.popleft() if self._faults else None
        if kind == 'cut-before':
            raise fake_http.Cut()
        if kind == 'garbage':
            raise fake_http.Cut(b'SSH-2.0-OpenSSH_9.2\r\n\r\n')
        if kind == 'no-json':
            raise fake_http.Cut(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{"a":')
        self.requests.append(request)
        if kind == 'unready':
            raise fake_http.Refusal(503, 'journal-unavailable', 'The journal cannot be written.')
        answer = self._route(request)
        if kind == 'cut-after':
            raise fake_http.Cut()
        if kind == 'restart':
            threading.Thread(target=self._restart, daemon=True).start()
            raise fake_http.Cut()
        return answer

    def _cut_where_ended(self, request):
        if request.run != self._run:
            raise fake_http.Cut()

    def _wait_for(self, request, news, seconds):
        """Waits for news, and not beyond the run of the node that the request came to."""
        self._news.wait_for(lambda: request.run != self._run or news(), seconds)
        self._cut_where_ended(request)

    def _restart(self):
        self.stop()
        time.sleep(0.5)
        self.start()

    def _route(self, request):
        parts = [urllib.parse.unquote(part) for part in request.path.split('/') if part]
        if not parts:
            return 200, {'versions': self.versions}
        if parts[0] == 'v1' and request.method == 'GET':
            return 200, self._read(parts[1:], request)
        if parts[0] == 'v1':
            return self._changed(parts[1:], request)
        raise fake_http.Refusal(404, 'not-found', 'There is no such path.')

    def _read(self, parts, request):
        query = request.query
        if parts == ['host']:
            return self.host
        if parts == ['lifecycle']:
            return self._lifecycle(request)
        if parts == ['instances']:
            return self._page(query)
        instance = self._instance(parts[1])
        if len(parts) == 2:
            return instance
        if parts[2] == 'operations':
            return self._look_at(self._operations[parts[3]], request)
        if parts[2] == 'console':
            return {'text': ''.join(self.console.splitlines(True)[-int(query['lines']):]), 'truncated': False}
        if parts[2] == 'diagnostics':
            return self.diagnostics
        raise fake_http.Refusal(404, 'not-found', 'There is no such path.')

    def _page(self, query):
        ids = sorted(key for key, value in self._instances.items() if value['phase'] != 'deleted')
        ids = [key for key in ids if key > query.get('after', '')]
        page = ids[:min(int(query['limit']), 2)]
        return {'instances': [self._instances[key] for key in page], 'next': page[-1] if len(ids) > len(page) else None}

    def _lifecycle(self, request):
        query = request.query
        with self._news:
            if 'after' not in query:
                return {'events': [], 'next': str(len(self.events))}
            if int(query['after']) > len(self.events):
                raise fake_http.Refusal(400, 'invalid-argument', 'after is a cursor that the journal has not come to.')
            self._wait_for(
                request, lambda: len(self.events) > int(query['after']), min(float(query['wait']), self.slow or 0.5))
            return {'events': self.events[int(query['after']):], 'next': str(len(self.events))}

    def _look_at(self, operation, request):
        with self._news:
            if self.slow:
                self._wait_for(request, lambda: not self.slow, self.slow)
            if operation['step'] == 'await-vifs' and 'outcome' not in operation:
                self._wait_for(request, lambda: 'outcome' in operation, min(float(request.query['wait']), 0.2))
            elif operation['state'] == 'running':
                self._advance(operation)
            return _shown(operation)

    def _changed(self, parts, request):
        request_id = request.headers.get('X-Openstack-Request-Id')
        if not request_id or len(request_id) > 128:
            raise fake_http.Refusal(400, 'invalid-argument', 'X-Openstack-Request-Id is missing or too long.')
        if parts[0] == 'images':
            return self._image(parts, request)
        verb = _verb(parts, request)
        key = (parts[1], verb, request_id)
        with self._news:
            if key in self._answers:
                return 202, _shown(self._operations[self._answers[key]])
            if verb in self._refusals:
                raise self._refusals.pop(verb)
            if verb == 'vif-plugging':
                return 202, _shown(self._plugging(parts[1], request.body))
            operation = self._begin(parts[1], verb, request)
            self._answers[key] = operation['id']
            return 202, _shown(operation)

    def _image(self, parts, request):
        if parts[1] == 'collect':
            _known(request.body, {'inUse'})
            return 200, {'removed': [_collected('a')], 'kept': [_collected(image) for image in request.body['inUse']]}
        states = self.images.get(parts[1])
        if not states:
            return 200, {'state': 'refused', 'imageId': None, 'name': parts[1],
                         'problem': "No image has the id or name '%s'; the images there are can be listed." % parts[1]}
        state = states.pop(0) if len(states) > 1 else states[0]
        return 202 if state == 'pulling' else 200, {
            'state': state, 'imageId': parts[1], 'name': 'busybox',
            'problem': None if state in ('pulling', 'ready') else 'It is no archive.'}

    def _begin(self, instance_id, verb, request):
        if verb == 'boot':
            _known(request.body, BOOT, {'name', 'image', 'memoryMb', 'vcpus'})
            self.add_instance(instance_id, name=request.body['name'], phase='building', powerState='NOSTATE')
        self._instance(instance_id)
        if request.method == 'POST':
            _known(request.body, ACTIONS[request.path.rsplit('/', 1)[1]])
        steps = list(STEPS.get(verb, ['the-step']))
        if verb == 'boot' and request.body.get('awaitVifs'):
            steps.insert(3, 'await-vifs')
        operation = {
            'id': str(uuid.uuid4()), 'instanceId': instance_id, 'verb': verb, 'state': 'running', 'step': steps[0],
            'attempt': 1, 'retryAt': None, 'progress': None, 'fault': None, 'revision': 1, 'steps': steps, 'href': '',
            'failure': self._failures.pop(verb, None)}
        self._operations[operation['id']] = operation
        return operation

    def _plugging(self, instance_id, body):
        _known(body, ACTIONS['vif-plugging'], {'outcome'})
        for operation in self._operations.values():
            if operation['instanceId'] == instance_id and operation['step'] == 'await-vifs':
                boot = [r for r in self.requests if r.method == 'PUT' and r.path.endswith(instance_id)][-1]
                operation['outcome'] = body['outcome']
                if body['outcome'] != 'plugged' and boot.body['awaitVifs']['isFatal']:
                    operation['failure'] = ('timed-out', 'await-vifs', body['detail'], 'failed')
                self._news.notify_all()
                return operation
        raise fake_http.Refusal(409, 'wrong-state', 'No boot waits for ports.')

    def _advance(self, operation):
        steps, failure = operation['steps'], operation['failure']
        operation['revision'] += 1
        if failure and (operation['step'] == failure[1] or failure[1] not in steps):
            operation.update(state=failure[3], step=None, fault={'code': failure[0], 'step': failure[1], 'message': failure[2]})
            return
        following = steps.index(operation['step']) + 1
        if following < len(steps):
            operation['step'] = steps[following]
            return
        operation.update(state='succeeded', step=None)
        instance = self._instances[operation['instanceId']]
        if operation['verb'] == 'delete':
            instance.update(phase='deleted', powerState='NOSTATE')
        else:
            instance.update(phase='active', powerState=POWER.get(operation['verb'], instance['powerState']))

    def _instance(self, instance_id):
        if instance_id not in self._instances:
            raise fake_http.Refusal(404, 'not-found', 'There is no instance %s.' % instance_id)
        return self._instances[instance_id]


def example_host():
    """What a host says of itself."""
    return {
        'hostId': '5a0c9f4e-0000-4000-8000-000000000001', 'name': 'compute-1', 'version': '0.1.0',
        'startedAt': '2026-01-01T00:00:00Z', 'uptime': ' 12:00:00 up 3 days,  load average: 0.10, 0.20, 0.30',
        'engine': {'state': 'healthy', 'version': '20.10.24+dfsg1', 'problem': None},
        'resources': {'vcpus': 4, 'vcpusUsed': 1, 'memoryMb': 8192, 'memoryMbUsed': 1024, 'localGb': 100, 'localGbUsed': 10,
                      'diskAvailableLeastGb': 80},
        'inventories': {
            'VCPU': {'total': 4, 'reserved': 0, 'min_unit': 1, 'max_unit': 4, 'step_size': 1, 'allocation_ratio': 16.0},
            'MEMORY_MB': {'total': 8192, 'reserved': 512, 'min_unit': 1, 'max_unit': 8192, 'step_size': 1,
                          'allocation_ratio': 1.0},
            'DISK_GB': {'total': 100, 'reserved': 0, 'min_unit': 1, 'max_unit': 100, 'step_size': 1, 'allocation_ratio': 1.0}},
        'traits': ['CUSTOM_NOVADOCKER'],
        'cpu': {'arch': 'x86_64', 'model': 'Some CPU', 'vendor': 'Some', 'topology': {'sockets': 1, 'cores': 4, 'threads': 1},
                'features': ['sse2']},
        'instances': 0,
    }


def _verb(parts, request):
    if request.method == 'PUT':
        return 'boot'
    if request.method == 'DELETE':
        return 'delete'
    if parts[3] not in ACTIONS:
        raise fake_http.Refusal(404, 'not-found', 'There is no action %s.' % parts[3])
    return '%s-reboot' % request.body['type'] if parts[3] == 'reboot' else parts[3]


def _known(body, members, needed=()):
    unknown = set(body or {}) - members
    if unknown:
        raise fake_http.Refusal(400, 'invalid-argument', 'Unknown members: %s.' % ', '.join(sorted(unknown)))
    if not set(needed) <= set(body):
        raise fake_http.Refusal(400, 'invalid-argument', 'Missing: %s.' % ', '.join(sorted(set(needed) - set(body))))


def _collected(image):
    return {'imageId': image, 'name': 'busybox', 'bytes': 1, 'reason': 'Nobody looked.'}


def _shown(operation):
    return {key: value for key, value in operation.items() if key not in ('steps', 'failure', 'outcome')}
