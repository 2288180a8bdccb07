# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""From Nova's objects to the bodies of requests. Nothing is left out and nothing made up: what it means is the node's affair."""

import base64

from nova.api.metadata import base as instance_metadata
from nova.virt import configdrive

_LONGEST_GRACE_SECONDS = 3600


def image_of(instance, image_meta):
    """The Glance id of the image to boot; None where there is none (a server that is to boot from a volume).

    At an unshelve Nova hands over the snapshot of the shelved server as ``image_meta``, so that comes first.
    """
    return _id_of(image_meta) or instance.image_ref or None


def rescue(image_meta):
    """Body of ``rescue``: without an image where Nova names none, which leaves the choice to the node."""
    image = _id_of(image_meta)
    return {'image': image} if image else {}


def boot(instance, image, network_info, injected_files, admin_password, power_on, await_vifs):
    """Body of a boot."""
    body = _made_of_image(instance, image, network_info, injected_files, admin_password)
    body['memoryMb'] = instance.flavor.memory_mb
    body['vcpus'] = instance.flavor.vcpus
    body['extraSpecs'] = dict(instance.flavor.extra_specs or {})
    body['vifs'] = list(network_info or [])
    body['powerOn'] = bool(power_on)
    if await_vifs:
        body['awaitVifs'] = await_vifs
    return body


def rebuild(instance, image, network_info, injected_files, admin_password):
    """Body of ``rebuild``. Nova itself stops a server afterwards that was stopped before."""
    return _made_of_image(instance, image, network_info, injected_files, admin_password)


def resize(instance, power_on):
    """Body of ``resize``: the instance has its new flavor by then."""
    return {'memoryMb': instance.flavor.memory_mb, 'vcpus': instance.flavor.vcpus, 'powerOn': bool(power_on)}


def stop(timeout):
    """Body of ``stop``: how long the process may take, in the bounds of the node."""
    return {'graceSeconds': max(0, min(int(timeout), _LONGEST_GRACE_SECONDS))}


def _made_of_image(instance, image, network_info, injected_files, admin_password):
    body = {
        'name': instance.display_name or instance.name,
        'image': image,
        'metadata': dict(instance.metadata or {}),
    }
    if instance.user_data:
        body['userData'] = instance.user_data
    if instance.key_data and instance.key_data.strip():
        body['publicKey'] = instance.key_data.strip()
    if injected_files:
        body['injectedFiles'] = [_file('/' + path.lstrip('/'), content) for path, content in injected_files]
    if configdrive.required_by(instance):
        body['configDrive'] = _config_drive(instance, network_info, injected_files, admin_password)
    return body


def _config_drive(instance, network_info, injected_files, admin_password):
    """The files of a config drive, as Nova would put them on a disk."""
    metadata = instance_metadata.InstanceMetadata(
        instance,
        content=injected_files,
        extra_md={'admin_pass': admin_password} if admin_password else {},
        network_info=network_info)
    return [_file(path, content) for path, content in metadata.metadata_for_config_drive()]


def _file(path, content):
    data = content.encode('utf-8') if isinstance(content, str) else bytes(content)
    return {'path': path, 'content': base64.b64encode(data).decode('ascii')}


def _id_of(image_meta):
    return image_meta.id if image_meta is not None and image_meta.obj_attr_is_set('id') else None
