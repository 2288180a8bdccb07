"""What tests/openstack.sh has done in Python, by nothing but the standard library.

    fill.py fill DIR                  makes regions, endpoints, projects, users and the application credential in
                                      Keystone, those that are not there yet, and notes their ids in DIR/etc/ids.json
    fill.py describe DIR NAME=PID...  writes DIR/openstack.json and DIR/openrc* from all that
"""
import json
import os
import pathlib
import sys
import urllib.error
import urllib.request

REGION, TLS_REGION, BARE_REGION = "RegionOne", "RegionTls", "RegionBare"
PROJECTS = ("service", "alpha", "beta")
# Name, project, role. Of these, `admin` is made by keystone-manage bootstrap, and `glance` checks the others' tokens.
USERS = (
    ("admin", "admin", "admin"),
    ("glance", "service", "admin"),
    ("nova", "service", "admin"),
    ("alice", "alpha", "member"),
    ("bob", "beta", "member"),
)
CREDENTIAL = "node"
INTERFACES = ("public", "internal", "admin")


class Place:
    """The directory of one Keystone and Glance: its ports, secrets and URLs."""

    def __init__(self, directory):
        self.dir = pathlib.Path(directory)
        self.ports = dict(line.split("=") for line in self.read("etc/ports").split())
        self.tls = "keystone-tls" in self.ports

    def read(self, name):
        return (self.dir / name).read_text()

    def secret(self, name):
        return self.read(f"etc/secrets/{name}").strip()

    def url(self, service, tls=False):
        address = f"127.0.0.1:{self.ports[service + '-tls' if tls else service]}"
        return f"http{'s' if tls else ''}://{address}{'/v3' if service == 'keystone' else ''}"

    def write(self, name, text):
        """Secrets are for the caller's eyes; and a reader never sees half of a file."""
        path = self.dir / name
        new = path.with_name(f".{path.name}.new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
        new.rename(path)


class Keystone:
    """Keystone's API as one user. What `ensure` is asked for is made unless it is there."""

    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def __init__(self, url, user, password, project):
        self.url, self.token = url, None
        domain = {"name": "Default"}
        _, headers, body = self.call("POST", "/auth/tokens", {"auth": {
            "identity": {"methods": ["password"],
                         "password": {"user": {"name": user, "password": password, "domain": domain}}},
            "scope": {"project": {"name": project, "domain": domain}}}})
        self.token, self.user_id = headers["X-Subject-Token"], body["token"]["user"]["id"]

    def call(self, method, path, body=None, timeout=60):
        request = urllib.request.Request(self.url + path, method=method, headers={"Content-Type": "application/json"},
                                         data=None if body is None else json.dumps(body).encode())
        if self.token:
            request.add_header("X-Auth-Token", self.token)
        try:
            with self.opener.open(request, timeout=timeout) as answer:
                text = answer.read()
                return answer.status, answer.headers, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{method} {path}: {error.code} {error.read().decode(errors='replace')}") from error

    def find(self, path, kind, wanted):
        """The first of a listing that has all these values."""
        listing = self.call("GET", path)[2][kind + "s" if kind[-1] != "y" else kind[:-1] + "ies"]
        return next((one for one in listing if all(one.get(key) == value for key, value in wanted.items())), None)

    def ensure(self, path, kind, wanted, more=None):
        return (self.find(path, kind, wanted) or
                self.call("POST", path, {kind: {**wanted, **(more or {})}})[2][kind])


def fill(place):
    admin = Keystone(place.url("keystone"), "admin", place.secret("admin"), "admin")
    identity = admin.ensure("/services", "service", {"type": "identity"}, {"name": "keystone"})["id"]
    image = admin.ensure("/services", "service", {"type": "image"}, {"name": "glance"})["id"]
    endpoints = [(REGION, identity, place.url("keystone")), (REGION, image, place.url("glance")),
                 (BARE_REGION, identity, place.url("keystone"))]
    if place.tls:
        endpoints += [(TLS_REGION, identity, place.url("keystone", True)),
                      (TLS_REGION, image, place.url("glance", True))]
    for region in dict.fromkeys(region for region, _, _ in endpoints):
        admin.ensure("/regions", "region", {"id": region})
    for region, service, url in endpoints:
        for interface in INTERFACES:
            admin.ensure("/endpoints", "endpoint", {"service_id": service, "interface": interface, "region_id": region},
                         {"url": url})

    projects = {name: admin.ensure("/projects", "project", {"name": name, "domain_id": "default"})["id"]
                for name in (*PROJECTS, "admin")}
    users = {}
    for name, project, role in USERS:
        users[name] = admin.ensure("/users", "user", {"name": name, "domain_id": "default"},
                                   {"password": place.secret(name)})["id"]
        role_id = admin.find("/roles", "role", {"name": role})["id"]
        admin.call("PUT", f"/projects/{projects[project]}/users/{users[name]}/roles/{role_id}")

    # Only its owner can make an application credential.
    nova = Keystone(place.url("keystone"), "nova", place.secret("nova"), "service")
    credential = nova.ensure(f"/users/{nova.user_id}/application_credentials", "application_credential",
                             {"name": CREDENTIAL}, {"secret": place.secret("credential")})["id"]
    place.write("etc/ids.json", json.dumps({"projects": projects, "users": users, "credential": credential}))


def describe(place, pids):
    ids = json.loads(place.read("etc/ids.json"))
    rc = "openrc"
    users = [{"name": name, "id": ids["users"][name], "password": place.secret(name), "domain": "Default",
              "project": project, "projectId": ids["projects"][project], "role": role}
             for name, project, role in USERS if name != "glance"]
    place.write("openstack.json", json.dumps({
        "directory": str(place.dir),
        "script": str(pathlib.Path(__file__).resolve().parent.parent / "openstack.sh"),
        "region": REGION,
        "regionWithoutImage": BARE_REGION,
        "authUrl": place.url("keystone"),
        "glanceUrl": place.url("glance"),
        "tls": {
            "region": TLS_REGION,
            "authUrl": place.url("keystone", True),
            "glanceUrl": place.url("glance", True),
            "caFile": str(place.dir / "tls/ca.crt"),
        } if place.tls else None,
        "users": users,
        "applicationCredential": {"id": ids["credential"], "name": CREDENTIAL, "secret": place.secret("credential"),
                                  "user": "nova"},
        "projects": ids["projects"],
        "pids": pids,
        "logs": {path.stem: str(path) for path in sorted((place.dir / "log").glob("*.log"))},
        "openrc": {user["name"]: str(place.dir / (rc if user["name"] == "admin" else f"{rc}.{user['name']}"))
                   for user in users},
    }, indent=2) + "\n")
    for user in users:
        values = {"AUTH_URL": place.url("keystone"), "IDENTITY_API_VERSION": 3, "USERNAME": user["name"],
                  "PASSWORD": user["password"], "PROJECT_NAME": user["project"], "USER_DOMAIN_NAME": "Default",
                  "PROJECT_DOMAIN_NAME": "Default", "REGION_NAME": REGION, "INTERFACE": "public"}
        text = "".join(f"export OS_{name}={value}\n" for name, value in values.items())
        place.write(rc if user["name"] == "admin" else f"{rc}.{user['name']}", text + "export no_proxy=127.0.0.1\n")


if __name__ == "__main__":
    verb, here = sys.argv[1], Place(sys.argv[2])
    if verb == "fill":
        fill(here)
    else:
        describe(here, {name: int(pid) for name, pid in (pair.split("=") for pair in sys.argv[3:])})
