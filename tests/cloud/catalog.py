"""What tests/cloud.sh has done in Python, by nothing but the standard library.

    catalog.py fill DIR                 makes users, projects, services and endpoints in Keystone, those that are not
                                        there yet, and notes their ids in DIR/etc/ids.json
    catalog.py ready DIR                waits until Nova's and Neutron's services report that they are up, and makes the
                                        external network
    catalog.py hosts DIR                waits until Nova has a compute host with an inventory in Placement
    catalog.py agent DIR                has Neutron forget the host's other agents for ports, and waits until this one reports
    catalog.py describe DIR NAME=PID... writes DIR/cloud.json and DIR/openrc* from all that
"""
import datetime
import json
import pathlib
import sys
import time
import urllib.error

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "openstack"))
from fill import INTERFACES, Keystone, Place  # noqa: E402

REGION = "RegionOne"
SERVICES = (
    ("keystone", "identity", "keystone", "/v3"),
    ("glance", "image", "glance", ""),
    ("placement", "placement", "placement", ""),
    ("nova", "compute", "nova", "/v2.1"),
    ("neutron", "network", "neutron", ""),
    ("heat", "orchestration", "heat", "/v1/%(tenant_id)s"),
)
# Name, project, roles. `admin` is made by keystone-manage bootstrap; those of the project `service` are the programs.
PEOPLE = (("admin", "admin", ("admin",)), ("demo", "demo", ("member",)))
PROGRAMS = tuple((name, "service", ("admin", "service")) for name in ("nova", "placement", "glance", "neutron", "heat"))
EXTERNAL = "public"


class Cloud(Place):
    """The directory of one cloud, and its APIs as the user admin."""

    def base(self, service):
        return f"http://127.0.0.1:{self.ports[service]}"

    def admin(self):
        return Keystone(self.url("keystone"), "admin", self.secret("admin"), "admin")

    def api(self, service):
        """Keystone's session, with its token, turned to another service."""
        session = self.admin()
        session.url = self.base(service)
        return session


def fill(cloud):
    admin = cloud.admin()
    admin.ensure("/regions", "region", {"id": REGION})
    for name, kind, port, path in SERVICES:
        service = admin.ensure("/services", "service", {"type": kind}, {"name": name})["id"]
        for interface in INTERFACES:
            found = admin.ensure("/endpoints", "endpoint", {"service_id": service, "interface": interface,
                                                            "region_id": REGION}, {"url": cloud.base(port) + path})
            if found["url"] != cloud.base(port) + path:
                admin.call("PATCH", f"/endpoints/{found['id']}", {"endpoint": {"url": cloud.base(port) + path}})

    projects, users = {}, {}
    roles = {}
    for name, project, granted in PEOPLE + PROGRAMS:
        if project not in projects:
            projects[project] = admin.ensure("/projects", "project", {"name": project, "domain_id": "default"})["id"]
        users[name] = admin.ensure("/users", "user", {"name": name, "domain_id": "default"},
                                   {"password": cloud.secret(name)})["id"]
        for role in granted:
            if role not in roles:
                roles[role] = admin.ensure("/roles", "role", {"name": role})["id"]
            admin.call("PUT", f"/projects/{projects[project]}/users/{users[name]}/roles/{roles[role]}")

    # The users that stacks make live in a domain of Heat's own, with a role that stands for nothing else.
    heat = admin.ensure("/domains", "domain", {"name": "heat"})["id"]
    keeper = admin.ensure("/users", "user", {"name": "heat_domain_admin", "domain_id": heat},
                          {"password": cloud.secret("heat_domain_admin")})["id"]
    admin.call("PUT", f"/domains/{heat}/users/{keeper}/roles/{roles['admin']}")
    admin.ensure("/roles", "role", {"name": "heat_stack_user"})
    cloud.write("etc/ids.json", json.dumps({"projects": projects, "users": users}))


def until(seconds, question):
    """Asks until the answer is empty: the list of what is still missing."""
    end = time.monotonic() + seconds
    while True:
        try:
            missing = question()
        except (SystemExit, OSError, urllib.error.URLError) as error:
            missing = [str(error)]
        if not missing:
            return
        if time.monotonic() > end:
            raise SystemExit("still missing: " + "; ".join(missing))
        time.sleep(0.5)


def ready(cloud):
    nova, neutron, heat = cloud.api("nova"), cloud.api("neutron"), cloud.api("heat")
    # By the name that each reports itself under, the one it was started under.
    wanted = {name: name for name in (
        "nova-conductor", "nova-scheduler", "neutron-dhcp-agent", "neutron-l3-agent", "neutron-metadata-agent")}
    wanted[f"neutron-{port_agent(cloud)}-agent"] = "neutron-port-agent"

    def missing():
        told = [(one["binary"], one["state"] == "up", reported(one))
                for one in nova.call("GET", "/v2.1/os-services")[2]["services"]]
        told += [(one["binary"], one["alive"], moment(one["heartbeat_timestamp"]))
                 for one in neutron.call("GET", "/v2.0/agents")[2]["agents"]]
        # What is told of one from before its start says nothing.
        return sorted(set(wanted) - {
            name for name, is_up, at in told if is_up and name in wanted and at > started(cloud, wanted[name])})

    until(120, missing)
    project = json.loads(cloud.read("etc/ids.json"))["projects"]["admin"]
    # What Heat's API asks before its engine listens is lost, and the API waits a minute for that.
    until(120, lambda: heat.call("GET", f"/v1/{project}/stacks", timeout=5)[2] and [])
    network = neutron.ensure("/v2.0/networks", "network", {"name": EXTERNAL}, {
        "router:external": True, "shared": False,
        "provider:network_type": "flat", "provider:physical_network": "external"})["id"]
    first = cloud.read("etc/external-address").strip().rsplit(".", 1)[0]
    neutron.ensure("/v2.0/subnets", "subnet", {"name": EXTERNAL, "network_id": network}, {
        "ip_version": 4, "cidr": f"{first}.0/24", "gateway_ip": f"{first}.1", "enable_dhcp": False,
        "allocation_pools": [{"start": f"{first}.100", "end": f"{first}.250"}]})


def port_agent(cloud):
    """Which of Neutron's agents wires ports: linuxbridge or openvswitch."""
    return cloud.read("etc/port-agent").split()[0]


def agent(cloud):
    neutron, wanted = cloud.api("neutron"), f"neutron-{port_agent(cloud)}-agent"
    others = {f"neutron-{name}-agent" for name in ("linuxbridge", "openvswitch")} - {wanted}
    since = started(cloud, "neutron-port-agent")

    def missing():
        known = neutron.call("GET", "/v2.0/agents")[2]["agents"]
        for one in known:
            # Neutron would go on to bind ports for it until it misses its reports.
            if one["binary"] in others:
                neutron.call("DELETE", f"/v2.0/agents/{one['id']}")
        # Its report is from this start of it.
        return [] if any(
            one["binary"] == wanted and one["alive"] and moment(one["heartbeat_timestamp"]) > since for one in known
        ) else [wanted]

    until(120, missing)


def started(cloud, service):
    """When a service was started last, seconds since the epoch."""
    return (cloud.dir / f"run/{service}.pid").stat().st_mtime


def moment(told):
    """A time that a service tells, seconds since the epoch."""
    return datetime.datetime.fromisoformat(told).replace(tzinfo=datetime.timezone.utc).timestamp()


def reported(service):
    """When a service last told Nova that it is there, seconds since the epoch."""
    told = service["updated_at"]
    return moment(told) if told else 0


def hosts(cloud):
    since = started(cloud, "nova-compute")
    nova, placement = cloud.api("nova"), cloud.api("placement")

    def missing():
        found = nova.call("GET", "/v2.1/os-hypervisors/detail")[2]["hypervisors"]
        lacking = [] if found else ["a compute host in Nova"]
        # Nova holds a service for up for a while after its end; this one has to have reported since it was started.
        services = nova.call("GET", "/v2.1/os-services?binary=nova-compute")[2]["services"]
        if not any(reported(one) > since for one in services):
            lacking.append("a report of nova-compute")
        for host in found:
            # Nova names the provider in Placement as it names the hypervisor.
            name = host["hypervisor_hostname"]
            providers = placement.call("GET", f"/resource_providers?name={name}")[2]["resource_providers"]
            if host["state"] != "up":
                lacking.append(f"the service on {name}")
            elif not any(placement.call("GET", f"/resource_providers/{one['uuid']}/inventories")[2]["inventories"]
                         for one in providers):
                lacking.append(f"an inventory of {name}")
        return lacking

    until(120, missing)


def describe(cloud, pids):
    ids = json.loads(cloud.read("etc/ids.json"))
    users = [{"name": name, "id": ids["users"][name], "password": cloud.secret(name), "domain": "Default",
              "project": project, "projectId": ids["projects"][project], "role": roles[0]}
             for name, project, roles in PEOPLE + PROGRAMS[:1]]
    rc = {user["name"]: "openrc" if user["name"] == "admin" else f"openrc.{user['name']}" for user in users}
    cloud.write("cloud.json", json.dumps({
        "directory": str(cloud.dir),
        "script": str(pathlib.Path(__file__).resolve().parent.parent / "cloud.sh"),
        "region": REGION,
        "hostName": cloud.read("etc/host-name").strip(),
        "driver": cloud.read("etc/driver").strip(),
        "nodeSocket": cloud.read("etc/node-socket").strip(),
        "externalNetwork": EXTERNAL,
        "authUrl": cloud.url("keystone"),
        "glanceUrl": cloud.base("glance"),
        "urls": {name: cloud.base(port) for name, _, port, _ in SERVICES},
        "users": users,
        "pids": pids,
        "logs": {path.stem: str(path) for path in sorted((cloud.dir / "log").glob("*.log"))},
        "configuration": {path.stem: str(path) for path in sorted((cloud.dir / "etc").glob("*.conf"))},
        "openrc": {name: str(cloud.dir / file) for name, file in rc.items()},
    }, indent=2) + "\n")
    for user in users:
        values = {"AUTH_URL": cloud.url("keystone"), "IDENTITY_API_VERSION": 3, "USERNAME": user["name"],
                  "PASSWORD": user["password"], "PROJECT_NAME": user["project"], "USER_DOMAIN_NAME": "Default",
                  "PROJECT_DOMAIN_NAME": "Default", "REGION_NAME": REGION, "INTERFACE": "public"}
        text = "".join(f"export OS_{name}={value}\n" for name, value in values.items())
        # The client is Debian's, under Debian's Python, also where another one comes first.
        cloud.write(rc[user["name"]], text + "export no_proxy=127.0.0.1\nexport PATH=/usr/bin:$PATH\nunset PYTHONPATH\n")


if __name__ == "__main__":
    verb, here = sys.argv[1], Cloud(sys.argv[2])
    if verb == "describe":
        describe(here, {name: int(pid) for name, pid in (pair.split("=") for pair in sys.argv[3:])})
    else:
        {"fill": fill, "ready": ready, "hosts": hosts, "agent": agent}[verb](here)
