import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { parseBonding } from "./bonding.ts";

const ACTIVE_BACKUP = `Ethernet Channel Bonding Driver: v6.1.0

Bonding Mode: fault-tolerance (active-backup) (fail_over_mac active)
Primary Slave: eth0 (primary_reselect always)
Currently Active Slave: eth1
MII Status: up
MII Polling Interval (ms): 100
Up Delay (ms): 200
Down Delay (ms): 300
Peer Notification Delay (ms): 0
ARP Polling Interval (ms): 1000
ARP Missed Max: 2
ARP IP target/s (n.n.n.n form): 192.0.2.1, 192.0.2.2
NS IPv6 target/s (xx::xx form): 2001:db8::1, fe80::1

Slave Interface: eth0
MII Status: going back
Speed: Unknown
Duplex: Unknown
Link Failure Count: 3
Permanent HW addr: 02:00:00:00:00:01
Slave queue ID: 0

Slave Interface: None
MII Status: up
Speed: 10000 Mbps
Duplex: full
Link Failure Count: 0
Permanent HW addr: 80:00:00:48:fe:80:00:00:00:00:00:00:00:02:c9:03:00:00:00:01
Slave queue ID: 7
`;

const AGGREGATED = `Ethernet Channel Bonding Driver: v6.12.0

Bonding Mode: IEEE 802.3ad Dynamic link aggregation
Transmit Hash Policy: layer3+4 (1)
MII Status: up
MII Polling Interval (ms): 100
Up Delay (ms): 0
Down Delay (ms): 0
Peer Notification Delay (ms): 0

802.3ad info
LACP active: on
LACP rate: fast
Min links: 1
Aggregator selection policy (ad_select): stable
System priority: 65535
System MAC address: 02:00:00:00:00:01
Active Aggregator Info:
	Aggregator ID: 2
	Number of ports: 1
	Actor Key: 15
	Partner Key: 1
	Partner Mac Address: 02:00:00:00:00:99

Slave Interface: eth0
MII Status: up
Speed: 1000 Mbps
Duplex: full
Link Failure Count: 0
Permanent HW addr: 02:00:00:00:00:01
Slave queue ID: 0
Aggregator ID: 2
Actor Churn State: none
Partner Churn State: monitoring
Actor Churned Count: 0
Partner Churned Count: 1
details actor lacp pdu:
    system priority: 65535
    system mac address: 02:00:00:00:00:01
    port key: 15
    port priority: 255
    port number: 1
    port state: 63
details partner lacp pdu:
    system priority: 32768
    system mac address: 02:00:00:00:00:99
    oper key: 1
    port priority: 127
    port number: 9
    port state: 61

Slave Interface: eth1
MII Status: down
Aggregator ID: N/A
`;

it("reads master and slaves, whose keys are partly the same", () => {
  expect(parseBonding(bytes(ACTIVE_BACKUP))).toEqual({
    driverVersion: "v6.1.0",
    mode: "fault-tolerance (active-backup)",
    failOverMac: "active",
    primarySlave: "eth0",
    primaryReselect: "always",
    activeSlave: "eth1",
    miiStatus: "up",
    miiPollingInterval: 100,
    upDelay: 200,
    downDelay: 300,
    peerNotificationDelay: 0,
    arpPollingInterval: 1000,
    arpMissedMax: 2,
    arpIpTargets: ["192.0.2.1", "192.0.2.2"],
    nsIp6Targets: ["2001:db8::1", "fe80::1"],
    slaves: [
      {
        device: "eth0",
        miiStatus: "going back",
        linkFailureCount: 3,
        permanentHwAddress: "02:00:00:00:00:01",
        queueId: 0,
      },
      expect.objectContaining({ device: "None", miiStatus: "up", speed: 10000, duplex: "full", queueId: 7 }),
    ],
  });
});

it("reads what a privileged reader sees of LACP", () => {
  const bond = parseBonding(bytes(AGGREGATED));
  expect(bond).toMatchObject({ transmitHashPolicy: "layer3+4", transmitHashPolicyCode: 1 });
  const aggregator = { aggregatorId: 2, ports: 1, actorKey: 15, partnerKey: 1 };
  expect(bond?.lacp).toEqual({
    active: true,
    rate: "fast",
    minLinks: 1,
    adSelect: "stable",
    systemPriority: 65535,
    systemMacAddress: "02:00:00:00:00:01",
    activeAggregator: { ...aggregator, partnerMacAddress: "02:00:00:00:00:99" },
  });
  const [first, second] = bond?.slaves ?? [];
  expect(first).toMatchObject({ aggregatorId: 2, partnerChurnState: "monitoring", partnerChurnedCount: 1 });
  expect(first?.actor).toMatchObject({ key: 15, portPriority: 255, portState: 63 });
  const ports = { key: 1, portPriority: 127, portNumber: 9, portState: 61 };
  expect(first?.partner).toEqual({ systemPriority: 32768, systemMacAddress: "02:00:00:00:00:99", ...ports });
  expect(second).toMatchObject({ device: "eth1", miiStatus: "down" });
  expect(second?.aggregatorId).toBeUndefined();
});

it("reads old drivers, bonds without a link and without an aggregator", () => {
  const text = `Ethernet Channel Bonding Driver: v3.7.1 (April 27, 2011)

Bonding Mode: adaptive load balancing
Primary Slave: None
Currently Active Slave: None
MII Status: down

802.3ad info
LACP rate: slow
bond bond0 has no active aggregator
`;
  expect(parseBonding(bytes(text))).toEqual({
    driverVersion: "v3.7.1 (April 27, 2011)",
    mode: "adaptive load balancing",
    miiStatus: "down",
    lacp: { rate: "slow" },
    slaves: [],
  });
});

it("keeps the keys of a later kernel in their block", () => {
  const text = AGGREGATED.replace("Min links: 1", "__proto__: x: y")
    .replace("Speed: 1000 Mbps", "Lanes: 4")
    .replace("    port state: 61", "    oper prio: 8");
  const bond = parseBonding(bytes(text));
  expect(bond?.extra).toBeUndefined();
  expect(Object.entries(bond?.lacp?.extra ?? {})).toEqual([["__proto__", "x: y"]]);
  expect(bond?.slaves[0]?.extra).toEqual({ Lanes: "4" });
  expect(bond?.slaves[0]?.partner?.extra).toEqual({ "oper prio": "8" });
});

it("drops a slave without a state, and a bond without a mode", () => {
  const slave = outcome(parseBonding, bytes(ACTIVE_BACKUP.replace("MII Status: going back\n", "")));
  expect(slave.strict).toMatchObject({ code: "ERR_PARSE", field: "miiStatus" });
  expect(slave.kept).toMatchObject({ slaves: [{ device: "None" }] });
  const bond = outcome(parseBonding, bytes(ACTIVE_BACKUP.replace("Bonding Mode", "Bonding")));
  expect(bond.strict).toMatchObject({ code: "ERR_PARSE", field: "mode" });
  expect(bond.kept).toBeUndefined();
});

it("leaves out a value that is no number, with a word", () => {
  const { strict, kept } = outcome(
    parseBonding,
    bytes(ACTIVE_BACKUP.replace("Up Delay (ms): 200", "Up Delay (ms): x")),
  );
  expect(strict).toMatchObject({ field: "upDelay", line: 8 });
  expect(kept).toMatchObject({ downDelay: 300 });
  expect(kept).not.toHaveProperty("upDelay");
});

describeBroken("bonding/*", AGGREGATED, parseBonding);
