"""The `openstack` command, many times in one process: what takes longest, loading it, is done once.

Reads lines, each a JSON array of arguments, and answers each with a line {"code": ..., "out": ..., "err": ...}. Which
user it is says the environment, as for the command itself.
"""
import contextlib
import io
import json
import sys

from openstackclient import shell


def run(arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = shell.OpenStackShell().run(arguments)
        except SystemExit as end:
            code = end.code
    return {"code": code if isinstance(code, int) else int(code is not None), "out": out.getvalue(), "err": err.getvalue()}


answers = sys.stdout
for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), file=answers, flush=True)
