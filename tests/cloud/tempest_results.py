"""Says how the tests of a run of Tempest ended, given the file of its results: failed ones by name, then the sum.

The exit code is 0 if there were tests and none failed.
"""
import sys

import subunit
import testtools

outcomes = {"success": [], "fail": [], "skip": []}


def note(test):
    outcomes.setdefault(test["status"], []).append(test["id"])


with open(sys.argv[1], "rb") as stream:
    result = testtools.StreamToDict(note)
    result.startTestRun()
    subunit.ByteStreamToStreamResult(stream).run(result)
    result.stopTestRun()

passed, skipped = len(outcomes.pop("success")), len(outcomes.pop("skip"))
failed = sorted(name for names in outcomes.values() for name in names)
for name in failed:
    print(f"failed: {name}")
print(f"{passed} passed, {len(failed)} failed, {skipped} skipped")
sys.exit(0 if passed and not failed else 1)
