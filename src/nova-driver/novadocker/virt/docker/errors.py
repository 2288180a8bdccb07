# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""From the node's refusals and failed operations to the exceptions that Nova acts upon.

Which exception it is decides what Nova does next: whether a build is tried on another host, whether an instance counts as
gone, what its owner reads in the server's fault. The sentence is always the node's.
"""

import contextlib

from nova import exception

from novadocker.virt.docker import client as node_client
from novadocker.virt.docker import node

# Another host would answer the same: the owner has to change something, or ask for something else.
_MISTAKES = frozenset((
    'invalid-argument', 'too-big', 'unsupported-media-type', 'image-not-found', 'invalid-user-data', 'policy-forbids',
    'port-in-use', 'no-address'))

# The same of a step that failed, whatever step it was; and of one that fetches the image.
_MISTAKES_OF_STEPS = frozenset(('invalid', 'denied'))
_MISTAKES_OF_IMAGES = frozenset(('not-found', 'conflict')) | _MISTAKES_OF_STEPS
_IMAGE_STEP = 'ensure-image'

_PROBLEMS = {
    'not-found': lambda text, about: exception.InstanceNotFound(text, instance_id=about),
    'invalid-argument': lambda text, about: exception.InvalidInput(reason=text),
    'method-not-allowed': lambda text, about: exception.InternalError(text),
    'too-big': lambda text, about: exception.InvalidInput(reason=text),
    'unsupported-media-type': lambda text, about: exception.InvalidInput(reason=text),
    'wrong-state': lambda text, about: exception.InstanceInvalidState(text, instance_uuid=about),
    'busy': lambda text, about: exception.InstanceNotReady(text, instance_id=about),
    'already-exists': lambda text, about: exception.InstanceExists(text, name=about),
    'image-not-found': lambda text, about: exception.ImageNotFound(text),
    'no-capacity': lambda text, about: exception.ComputeResourcesUnavailable(reason=text),
    'no-host': lambda text, about: exception.HypervisorUnavailable(text),
    'journal-unavailable': lambda text, about: exception.HypervisorUnavailable(text),
    'no-container': lambda text, about: exception.InstanceInvalidState(text, instance_uuid=about),
    'engine-away': lambda text, about: exception.HypervisorUnavailable(text),
    'invalid-user-data': lambda text, about: exception.InvalidInput(reason=text),
    'policy-forbids': lambda text, about: exception.Forbidden(text),
    'no-port': lambda text, about: exception.PortNotFound(text),
    'port-in-use': lambda text, about: exception.PortInUse(text),
    'no-sandbox': lambda text, about: exception.InstanceInvalidState(text, instance_uuid=about),
    'no-address': lambda text, about: exception.NoMoreFixedIps(text),
    'query-failed': lambda text, about: exception.InternalError(text),
    'timed-out': lambda text, about: exception.InternalError(text),
    'internal': lambda text, about: exception.InternalError(text),
}

_FAILED_VERBS = {
    'boot': lambda text, about: exception.InstanceDeployFailure(reason=text),
    'rebuild': lambda text, about: exception.InstanceDeployFailure(reason=text),
    'delete': lambda text, about: exception.InstanceTerminationFailure(reason=text),
    'stop': lambda text, about: exception.InstancePowerOffFailure(reason=text),
    'soft-reboot': lambda text, about: exception.InstanceRebootFailure(reason=text),
    'hard-reboot': lambda text, about: exception.InstanceRebootFailure(reason=text),
    'reboot': lambda text, about: exception.InstanceRebootFailure(reason=text),
    'suspend': lambda text, about: exception.InstanceSuspendFailure(reason=text),
    'resume': lambda text, about: exception.InstanceResumeFailure(reason=text),
    'rescue': lambda text, about: exception.InstanceRescueFailure(reason=text),
    'resize': lambda text, about: exception.ResizeError(reason=text),
    'attach-interface': lambda text, about: exception.InterfaceAttachFailed(text, instance_uuid=about),
    'detach-interface': lambda text, about: exception.InterfaceDetachFailed(text, instance_uuid=about),
}


def of_problem(problem, about):
    """The exception for a refusal. ``about`` is the instance's id."""
    make = _PROBLEMS.get(problem.code)
    return make(problem.detail, about) if make else exception.InternalError(problem.detail)


def of_failure(failure, about):
    """The exception for an operation that did not end well."""
    if failure.state == 'cancelled':
        # Only a deletion calls off what somebody asked for.
        return exception.InstanceNotFound(failure.detail, instance_id=about)
    if failure.code == 'no-capacity':
        return exception.ComputeResourcesUnavailable(reason=failure.detail)
    if failure.step == _IMAGE_STEP and failure.code == 'not-found':
        return exception.ImageNotFound(failure.detail)
    make = _FAILED_VERBS.get(failure.verb)
    return make(failure.detail, about) if make else exception.InternalError(failure.detail)


@contextlib.contextmanager
def as_nova(about):
    """Has what the node says come out as Nova's exceptions."""
    try:
        yield
    except node_client.Problem as problem:
        raise of_problem(problem, about) from problem
    except node.OperationFailed as failure:
        raise of_failure(failure, about) from failure


@contextlib.contextmanager
def as_build(about):
    """The same for a build.

    Nova tries a build that failed on the next host, unless it is told that this is of no use; and only then its owner reads
    the sentence at once, in the server's fault.
    """
    try:
        with as_nova(about):
            yield
    except exception.NovaException as error:
        if not _is_hopeless(error.__cause__):
            raise
        raise exception.BuildAbortException(instance_uuid=about, reason=error.__cause__.detail) from error


def _is_hopeless(cause):
    if isinstance(cause, node_client.Problem):
        return cause.code in _MISTAKES
    if isinstance(cause, node.OperationFailed) and cause.state != 'cancelled':
        mistakes = _MISTAKES_OF_IMAGES if cause.step == _IMAGE_STEP else _MISTAKES_OF_STEPS
        return cause.step == node.AWAIT_VIFS or cause.code in mistakes
    return False
