using System.Text.Json.Nodes;
using NovaDocker.Wire.Client;

namespace NovaDocker.Http.Tests.Equipment;

/// <summary>Elements of Nova's <c>network_info</c>.</summary>
internal static class NovaVif
{
    /// <summary>One that a cloud of the release Zed handed to a driver, with all members of Nova's model.</summary>
    public static JsonObject Real() => JsonNode.Parse(
        """
        {
          "id": "340e1ee4-90f4-4c3e-8a0f-7d1a2b3c4d5e", "type": "bridge", "devname": "tap340e1ee4-90", "address": "fa:16:3e:a4:ac:49",
          "active": false, "details": {"connectivity": "l2", "port_filter": true, "bound_drivers": {"0": "linuxbridge"}, "vlan": null},
          "vnic_type": "normal", "delegate_create": true, "ovs_interfaceid": null, "qbh_params": null, "qbg_params": null, "profile": {},
          "preserve_on_delete": false, "meta": {}, "physical_network": null, "tunneled": false,
          "network": {
            "id": "f0210338-f0aa-4a3b-9d6e-0a1b2c3d4e5f", "bridge": "brqf0210338-f0", "label": "proof",
            "meta": {"injected": false, "tenant_id": "9b1c2d", "mtu": 1500, "physical_network": null, "tunneled": false, "should_create_bridge": true},
            "subnets": [{
              "cidr": "10.88.0.0/24", "version": 4, "dns": [], "routes": [], "meta": {"dhcp_server": "10.88.0.2"},
              "gateway": {"address": "10.88.0.1", "type": "gateway", "version": 4, "meta": {}},
              "ips": [{"address": "10.88.0.160", "type": "fixed", "version": 4, "meta": {}, "floating_ips": [
                {"address": "172.24.4.7", "type": "floating", "version": 4, "meta": {}}]}]
            }]
          }
        }
        """)!.AsObject();

    /// <summary>One with an id and a MAC address of its own.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="cidr">The range of that.</param>
    public static JsonObject New(string address, string cidr = "10.88.0.0/24")
    {
        var vif = Real();
        var id = CommanderIds.NewInstanceId().ToString();
        vif["id"] = id;
        vif["devname"] = $"tap{id[..11]}";
        vif["address"] = $"fa:16:3e:{id[24..26]}:{id[26..28]}:{id[28..30]}";
        var subnet = vif["network"]!["subnets"]![0]!;
        subnet["cidr"] = cidr;
        subnet["ips"]![0]!["address"] = address;
        return vif;
    }
}
