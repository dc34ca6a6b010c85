import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { baseProcFs } from "procnet";
import { expect, it, onTestFinished } from "vitest";
import { filtersOf } from "../../packages/server/src/collectors/filters.ts";
import { NODE_COLLECTORS } from "../../packages/server/src/collectors/index.ts";
import { PORT_COUNTERS } from "../../packages/server/src/collectors/infiniband-counters.ts";
import { scrape } from "../../packages/server/src/collectors/scrape.ts";
import { expositionOf } from "../../packages/server/src/metrics/exposition.ts";
import { readExposition } from "../support/exposition.ts";
import { differences, said, TREE_COLLECTORS } from "../support/parity.ts";
import { missingTools, skipIf } from "../support/tools.ts";

const THEIRS = "prometheus-node-exporter";

/** As many numbers as asked for, all different. */
const numbers = (count: number, from: number): string =>
  Array.from({ length: count }, (_, place) => from + place).join(" ");
const lines = (...all: readonly string[]): string => `${all.join("\n")}\n`;

const CONNTRACK = lines(
  "entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error  expect_new expect_create expect_delete search_restart",
  "0000001f  00000001 00000002 00000000 00000003 00000004 00000000 00000005 00000006 00000007 00000008 00000009 0000000a  0000000b 0000000c 0000000d 0000000e",
  "0000001f  00000010 00000020 00000000 00000030 00000040 00000000 00000050 00000060 00000070 00000080 00000090 000000a0  000000b0 000000c0 000000d0 ffffffff",
);
const IP_VS = lines(
  "IP Virtual Server version 1.2.1 (size=4096)",
  "Prot LocalAddress:Port Scheduler Flags",
  "  -> RemoteAddress:Port Forward Weight ActiveConn InActConn",
  "TCP  C0A80016:0CEA wlc  ",
  "  -> C0A85216:0CEA      Tunnel  100    248        2         ",
  "  -> C0A85318:0CEA      Masq    0      7          1         ",
  "UDP  [2001:0db8:0000:0000:0000:0000:0000:0001]:0035 rr  ",
  "  -> [2001:0db8:0000:0000:0000:0000:0000:0a02]:0035      Masq    5      0          9         ",
  "FWM  10001000 wlc persistent 360 FFFFFFFF",
  "  -> C0A83215:0000      Route   20     64         3         ",
);
const IP_VS_STATS = lines(
  "   Total Incoming Outgoing         Incoming         Outgoing",
  "   Conns  Packets  Packets            Bytes            Bytes",
  " 16AA370 E33656E5        0     51D8C8883AB3               12",
  "",
  " Conns/s   Pkts/s   Pkts/s          Bytes/s          Bytes/s",
  "       4     1FB3        0          1282A8F                0",
);
const DEV = lines(
  "Inter-|   Receive                                                |  Transmit",
  " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed",
  ...["bond0", "eth0", "eth1"].map((name) => ` ${name}: ${numbers(16, 1)}`),
);

const PROC: Readonly<Record<string, string>> = {
  "net/dev": DEV,
  "net/ip_vs": IP_VS,
  "net/ip_vs_stats": IP_VS_STATS,
  "net/rpc/nfs": lines(
    "net 70 71 69 45",
    "rpc 1218785755 374636 1218815394",
    `proc2 18 ${numbers(18, 1000)}`,
    `proc3 22 ${numbers(22, 2000)}`,
    `proc4 59 ${numbers(59, 3000)}`,
  ),
  "net/rpc/nfsd": lines(
    "rc 1 6 18622",
    "fh 3 0 0 0 0",
    "io 157286400 5",
    "th 8 0 0.000 0.000 0.000 0.000 0.000 0.000 0.000 0.000 0.000 0.000",
    "ra 32 0 0 0 0 0 0 0 0 0 0 4",
    "net 972 55 917 3",
    "rpc 18628 3 1 2 0",
    `proc2 18 ${numbers(18, 1000)}`,
    `proc3 22 ${numbers(22, 2000)}`,
    "proc4 2 2 10853",
    `proc4ops 72 ${numbers(72, 3000)}`,
  ),
  "net/stat/nf_conntrack": CONNTRACK,
  "sys/net/netfilter/nf_conntrack_count": "31\n",
  "sys/net/netfilter/nf_conntrack_max": "65536\n",
};

const device = (index: number): Record<string, string> => ({
  ...{ addr_assign_type: "3", address: `02:00:00:00:00:0${index}`, broadcast: "ff:ff:ff:ff:ff:ff", carrier: "1" },
  ...{ carrier_changes: "7", carrier_down_count: "3", carrier_up_count: "4", dev_id: "0x20", dormant: "1" },
  ...{ duplex: "full", flags: "0x1303", ifalias: "to the left", ifindex: `${index}`, iflink: `${index}` },
  ...{ link_mode: "1", mtu: "1500", name_assign_type: "2", netdev_group: "0", operstate: index === 2 ? "down" : "up" },
  ...{ speed: index === 2 ? "-1" : "10000", tx_queue_len: "1000", type: "1" },
});

function sysTree(): Record<string, string> {
  const found: Record<string, string> = {
    "net/bonding_masters": "bond0\n",
    "net/bond0/bonding/slaves": "eth0 eth1\n",
    "net/bond0/lower_eth0/bonding_slave/mii_status": "up\n",
    "net/bond0/lower_eth1/bonding_slave/mii_status": "down\n",
    "infiniband/mlx5_0/board_id": "I40IW Board ID\n",
    "infiniband/mlx5_0/fw_ver": "0.2\n",
    "infiniband/mlx5_0/hca_type": "I40IW\n",
    "infiniband/mlx5_0/ports/1/state": "4: ACTIVE\n",
    "infiniband/mlx5_0/ports/1/phys_state": "5: LinkUp\n",
    "infiniband/mlx5_0/ports/1/rate": "2.5 Gb/sec (1X SDR)\n",
    "infiniband/mlx5_0/ports/1/hw_counters/lifespan": "10\n",
  };
  for (const [index, name] of ["bond0", "eth0", "eth1"].entries()) {
    for (const [file, text] of Object.entries(device(index + 1))) found[`net/${name}/${file}`] = `${text}\n`;
  }
  for (const [place, { file }] of PORT_COUNTERS.entries())
    found[`infiniband/mlx5_0/ports/1/${file}`] = `${1000 + place}\n`;
  return Object.fromEntries(Object.entries(found).map(([path, text]) => [`class/${path}`, text]));
}

function written(root: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

it("reads what few machines have as node_exporter does", async (context) => {
  skipIf(context, missingTools(THEIRS));
  const root = mkdtempSync(join(tmpdir(), "procnet-test-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [proc, sysfs] = [written(join(root, "proc"), PROC), written(join(root, "sys"), sysTree())];
  const flags = [
    `--path.procfs=${proc}`,
    `--path.sysfs=${sysfs}`,
    ...TREE_COLLECTORS.map((name) => `--collector.${name}`),
  ];
  const child = spawn(
    THEIRS,
    ["--web.listen-address=127.0.0.1:0", "--web.disable-exporter-metrics", "--collector.disable-defaults", ...flags],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const [, address] = await said(child, /Listening on.*?address=(127\.0\.0\.1:\d+)/);
  const answer = await fetch(`http://${address}/metrics`);
  const theirs = readExposition(await answer.text());
  const collectors = NODE_COLLECTORS.filter(({ name }) => TREE_COLLECTORS.includes(name));
  const source = { procfs: baseProcFs({ root: proc }), sysfs, filters: filtersOf() };
  const ours = readExposition(await expositionOf(await scrape(collectors, source)));
  expect(differences([ours, theirs, ours])).toEqual([]);
  // All were there to be compared.
  for (const name of TREE_COLLECTORS) {
    const success = theirs.get("node_scrape_collector_success")?.samples.get(`collector="${name}"`);
    expect(success, name).toBe(1);
  }
});
