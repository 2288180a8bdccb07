# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""Snapshots, and the images in the host's Engine."""

import time

from nova.compute import task_states
from nova import exception
from nova.image import glance
from oslo_log import log as logging

from novadocker.virt.docker import base
from novadocker.virt.docker import errors
from novadocker.virt.docker import identity
from novadocker.virt.docker import node

LOG = logging.getLogger(__name__)

_PULLING = 'pulling'
_READY = 'ready'
_SECONDS_BETWEEN_LOOKS = 1


class Images(base.DriverPart):
    """Snapshots, and the images in the host's Engine."""

    def snapshot(self, context, instance, image_id, update_task_state):
        """Has the node make an image of the container and upload it into the record that Nova made in Glance.

        Nova wants to be told when the upload begins, and counts on having been told when the snapshot ends.
        """
        update_task_state(task_state=task_states.IMAGE_PENDING_UPLOAD)
        name = glance.API().get(context, image_id)['name']
        told = []

        def seen(operation):
            if not told and (operation.get('step') == node.UPLOAD_SNAPSHOT or operation['state'] == node.SUCCEEDED):
                told.append(True)
                update_task_state(
                    task_state=task_states.IMAGE_UPLOADING, expected_state=task_states.IMAGE_PENDING_UPLOAD)

        self._act(context, instance, 'snapshot', {'imageId': image_id, 'name': name}, seen)

    def manage_image_cache(self, context, all_instances):
        """Has the node take away images that nobody uses; those of the instances that Nova counts to this host stay."""
        in_use = sorted({instance.image_ref for instance in all_instances if instance.image_ref})
        with errors.as_nova(None):
            done = self.node.collect(identity.headers(context), in_use)
        LOG.info('Images in the Engine: %d removed, %d kept.', len(done.get('removed') or []), len(done.get('kept') or []))

    def cache_image(self, context, image_id):
        """Brings an image into the Engine before anybody boots it. False where it was there already."""
        headers = identity.headers(context)
        was_there = True
        with errors.as_nova(image_id):
            said = self.node.pull(headers, image_id)
            while said['state'] == _PULLING:
                was_there = False
                time.sleep(_SECONDS_BETWEEN_LOOKS)
                said = self.node.pull(headers, image_id)
        if said['state'] != _READY:
            raise exception.ImageUnacceptable(image_id=image_id, reason=said['problem'])
        return not was_there
