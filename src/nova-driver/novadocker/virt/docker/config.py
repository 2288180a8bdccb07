# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""The section ``[novadocker]`` of nova.conf. What the containers themselves are like is the node's configuration (HOCON)."""

from oslo_config import cfg

GROUP = cfg.OptGroup(
    'novadocker',
    title='NovaDocker',
    help='How nova-compute reaches the NovaDocker node of its host, which keeps the containers.')

OPTIONS = [
    cfg.StrOpt(
        'socket',
        default='/run/novadocker/http.sock',
        help='The unix socket that the node serves its HTTP API on (HOCON: novadocker.http.socket). The user of nova-compute '
             'has to be in the group that the node gives it (HOCON: novadocker.http.group).'),
    cfg.IntOpt(
        'node_timeout',
        default=60,
        min=1,
        help='How long, in seconds, the node may not answer before what was asked of it is given up. Until then a request '
             'is repeated under the same request id, so that a node that restarts carries it out once. What takes long is no '
             'silence: an operation under way is waited for as long as the node says that it is under way.'),
    cfg.IntOpt(
        'console_lines',
        default=1000,
        min=1,
        max=10000,
        help='How many of the last lines of a container\'s output are fetched for the console log.'),
]


def register(conf):
    """Makes the section known to a configuration; doing so again changes nothing."""
    conf.register_group(GROUP)
    conf.register_opts(OPTIONS, group=GROUP)


def list_opts():
    """For oslo's generator of sample configurations."""
    return [(GROUP, OPTIONS)]
