# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""The HTTP of the fake node: from a connection to a request, and from an answer, a refusal or a cut back to it."""

import collections
import http.server
import json
import socket
import socketserver
import sys
import urllib.parse

# run: which of the node's runs it came to.
Request = collections.namedtuple('Request', 'method path query headers body run')


class Refusal(Exception):
    """An answer of type application/problem+json."""

    def __init__(self, status, code, detail):
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail


class Cut(Exception):
    """The connection is to end here, with no (further) answer, or with what is no answer."""

    def __init__(self, data=b''):
        super().__init__()
        self.data = data


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def _serve(self):
        split = urllib.parse.urlsplit(self.path)
        length = int(self.headers.get('Content-Length') or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        request = Request(self.command, split.path, dict(urllib.parse.parse_qsl(split.query)), dict(self.headers), body,
                          self.server.run)
        kind = 'application/json'
        try:
            status, content = self.server.node.serve(request)
        except Refusal as refusal:
            status, kind = refusal.status, 'application/problem+json'
            content = {'type': 'urn:novadocker:' + refusal.code, 'title': refusal.code, 'status': status,
                       'detail': refusal.detail, 'code': refusal.code}
        except Cut as cut:
            self.close_connection = True
            self.wfile.write(cut.data)
            return
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_PUT = do_POST = do_DELETE = _serve

    def address_string(self):
        return 'unix'

    def log_message(self, format, *args):
        """Says nothing."""


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Listens on the node's socket during one run of it."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, path, node, run):
        self.node = node
        self.run = run
        super().__init__(path, _Handler)

    def handle_error(self, request, client_address):
        """A client that went away is no error of the server."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, BrokenPipeError, socket.timeout)):
            super().handle_error(request, client_address)
