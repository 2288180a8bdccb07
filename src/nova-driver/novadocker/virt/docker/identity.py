# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""By which request, and for whom, the node is asked: the headers that end up in the history of an instance."""

import re

from oslo_context import context as oslo_context

_REQUEST_ID = re.compile(r'^[\x21-\x7e]{1,128}$')


def headers(context=None, subject=None):
    """The headers of a request that changes something.

    Many methods of a driver are not given a context; then that of the RPC call being served is taken. Where there is none
    either (a periodic task, the start of nova-compute), a request id is made up.

    :param subject: What of the instance is meant, where one request of Nova may ask for the same verb several times (Neutron
        tells of all deleted ports of a server at once): the node would take the second one for a repetition of the first.
    """
    context = context or oslo_context.get_current()
    request_id = getattr(context, 'request_id', None) or ''
    if not _REQUEST_ID.match(request_id):
        request_id = oslo_context.generate_request_id()
    if subject:
        request_id = '%s/%s' % (request_id, subject)
    values = {
        'X-Openstack-Request-Id': request_id[:128],
        'X-User-Id': getattr(context, 'user_id', None),
        'X-Project-Id': getattr(context, 'project_id', None),
        'X-Auth-Token': getattr(context, 'auth_token', None),
    }
    return {name: value for name, value in values.items() if value}
