import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { describeAlike } from "../../../../../test/support/tables/tree-of.ts";
import { parseAfsAddrPrefs } from "./afs-addr-prefs.ts";
import { type AfsCellsEntry, parseAfsCells } from "./afs-cells.ts";
import { afsRootcell, parseAfsRootcell, parseAfsSysname } from "./afs-names.ts";
import { parseAfsServers } from "./afs-servers.ts";
import { parseAfsStats } from "./afs-stats.ts";
import { afsVlservers, parseAfsVlservers } from "./afs-vlservers.ts";
import { afsVolumes, parseAfsVolumes } from "./afs-volumes.ts";

const CELLS_HEADER = "USE ACT    TTL SV ST NAME\n";
const CELLS = `${CELLS_HEADER}  2   0  86399  3  4 example.org\n  1   0 -17000  0  1 __proto__\n`;
const VOLUMES_HEADER = "USE VID      TY NAME\n";
const VOLUMES = `${VOLUMES_HEADER}  1 20000001 RO root.cell\n  2 1234567890abcdef BK user.bob\n`;
const UUID = "0a1b2c3d-0000-1000-8000-0242ac110002";
const SERVERS_HEADER = "UUID                                 REF ACT CELL\n";
const SERVERS = `${SERVERS_HEADER}${UUID}   2   1 example.org
  - info: fl=4 rtt=411 brk=0
  - probe: last=12 out=0
  - ALIST v=1 rsp=1 f=2
    [0] 192.0.2.9:7000* rtt=411 err=0
    [1] [2001:db8::9]:7000! rtt=0 err=-110
${UUID.replace("0a", "0b")}   1   0 example.com
  - info: fl=0 rtt=0 brk=0
`;
const VLSERVERS = `# source SRV, status good/bad
afs1.example.org [p=10 w=20 s=A,good]:
 > 192.0.2.9:7003
 - [2001:db8::9]:7003
 info: fl=1 rtt=411
 probe: fl=0 e=0 ac=0 out=0
afs2.example.org [p=10 w=20 s=unav,no-lookup]:
 info: fl=0 rtt=0
`;
const STATS = `kAFS statistics
dir-mgmt: look=10 reval=2 inval=0 relpg=0
file-rd : n=5 nb=18446744073709551615
`;
const PREFS = `PROT SUBNET                                      PRIOR (v=1 n=1/2/8)
UDP  192.0.2.0/24                                  200
UDP  2001:db8::/32                                 100
`;

it("reads cells and volumes, by the header", () => {
  expect(parseAfsCells(bytes(CELLS))).toEqual([
    { use: 2, act: 0, ttl: 86399, servers: 3, state: 4, name: "example.org" },
    { use: 1, act: 0, ttl: -17000, servers: 0, state: 1, name: "__proto__" },
  ]);
  expect(parseAfsCells(bytes("USE NAME\n  1 example.org\n"))).toEqual([
    { use: 1, act: undefined, ttl: undefined, servers: undefined, state: undefined, name: "example.org" },
  ]);
  expect(parseAfsVolumes(bytes(VOLUMES))).toEqual([
    { use: 1, vid: "20000001", type: "RO", name: "root.cell" },
    { use: 2, vid: "1234567890abcdef", type: "BK", name: "user.bob" },
  ]);
  const old = "USE VLID[0]  VLID[1]  VLID[2]  NAME\n  1 20000000 20000001 00000000 root.cell\n";
  expect(parseAfsVolumes(bytes(old))[0]).toMatchObject({
    name: "root.cell",
    vid: undefined,
    otherColumns: { "VLID[0]": "20000000", "VLID[1]": "20000001", "VLID[2]": "00000000" },
  });
});

it("reads file servers with their addresses", () => {
  const [first, second] = parseAfsServers(bytes(SERVERS));
  expect(first).toEqual({
    uuid: UUID,
    ref: 2,
    act: 1,
    cell: "example.org",
    addresses: [
      { address: "192.0.2.9", port: 7000, preferred: true, failed: false, details: { rtt: "411", err: "0" } },
      { address: "2001:db8::9", port: 7000, preferred: false, failed: true, details: { rtt: "0", err: "-110" } },
    ],
    details: {
      info: { fl: "4", rtt: "411", brk: "0" },
      probe: { last: "12", out: "0" },
      ALIST: { v: "1", rsp: "1", f: "2" },
    },
  });
  expect(second).toMatchObject({ cell: "example.com", addresses: [] });
});

it("reads the file servers of older kernels, and goes on behind a bad one", () => {
  const pad = " ".repeat(41);
  const old = `UUID                                 USE ADDR\n${UUID}   1 192.0.2.9:7000*\n${pad}192.0.2.10:7000\n`;
  const plain = { port: 7000, failed: false, details: {} };
  expect(parseAfsServers(bytes(old))).toEqual([
    {
      uuid: UUID,
      ref: 1,
      act: undefined,
      cell: undefined,
      addresses: [
        { ...plain, address: "192.0.2.9", preferred: true },
        { ...plain, address: "192.0.2.10", preferred: false },
      ],
      details: {},
    },
  ]);
  const { kept, issues } = outcome(parseAfsServers, bytes(SERVERS.replace(UUID, "junk")));
  expect(kept).toMatchObject([{ cell: "example.com" }]);
  expect(issues.map((issue) => issue.line)).toEqual([2, 3, 4, 5, 6, 7]);
});

it("reads volume location servers", () => {
  expect(parseAfsVlservers(bytes(VLSERVERS))).toEqual({
    source: "SRV",
    status: "good/bad",
    servers: [
      {
        name: "afs1.example.org",
        record: { p: "10", w: "20", s: "A,good" },
        addresses: [
          { address: "192.0.2.9", port: 7003, preferred: true },
          { address: "2001:db8::9", port: 7003, preferred: false },
        ],
        details: { info: { fl: "1", rtt: "411" }, probe: { fl: "0", e: "0", ac: "0", out: "0" } },
      },
      {
        name: "afs2.example.org",
        record: { p: "10", w: "20", s: "unav,no-lookup" },
        addresses: [],
        details: { info: { fl: "0", rtt: "0" } },
      },
    ],
  });
});

it("reads statistics, preferences and names", () => {
  expect(parseAfsStats(bytes(STATS), { bigint: true })).toEqual({
    "dir-mgmt": { look: 10n, reval: 2n, inval: 0n, relpg: 0n },
    "file-rd": { n: 5n, nb: 2n ** 64n - 1n },
  });
  expect(parseAfsAddrPrefs(bytes(PREFS))).toEqual([
    { proto: "UDP", address: "192.0.2.0", prefixLength: 24, priority: 200 },
    { proto: "UDP", address: "2001:db8::", prefixLength: 32, priority: 100 },
  ]);
  expect(parseAfsAddrPrefs(bytes("NO PREFS\n"))).toEqual([]);
  expect(parseAfsSysname(bytes("amd64_linux26\n\n"))).toEqual(["amd64_linux26", ""]);
  expect(parseAfsRootcell(bytes("example.org\n"))).toBe("example.org");
  expect(parseAfsRootcell(bytes(""))).toBeUndefined();
  expect(() => parseAfsRootcell(bytes("a\nb\n"))).toThrow(/one line/);
});

it("gives back every cell printed as the kernel prints it", () => {
  const count = fc.nat(2 ** 31 - 1);
  const cell: fc.Arbitrary<AfsCellsEntry> = fc.record({
    use: count,
    act: count,
    ttl: fc.integer(),
    servers: fc.nat(99),
    state: fc.nat(9),
    name: fc.stringMatching(/^[!-~]{1,40}$/),
  });
  const pad = (value: number | undefined, width: number) => String(value).padStart(width);
  fc.assert(
    fc.property(fc.array(cell), (rows) => {
      const lines = rows.map(
        (row) =>
          `${pad(row.use, 3)} ${pad(row.act, 3)} ${pad(row.ttl, 6)} ${pad(row.servers, 2)} ${pad(row.state, 2)} ${row.name}\n`,
      );
      expect(parseAfsCells(bytes(CELLS_HEADER + lines.join("")))).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

describeBroken("afs/cells", CELLS, parseAfsCells, { header: CELLS_HEADER });
describeBroken("afs/<cell>/volumes", VOLUMES, parseAfsVolumes, { header: VOLUMES_HEADER });
describeBroken("afs/servers", SERVERS, parseAfsServers, { header: SERVERS_HEADER });
describeBroken("afs/<cell>/vlservers", VLSERVERS, parseAfsVlservers);
describeBroken("afs/stats", STATS, parseAfsStats, { header: "kAFS statistics\n" });
describeBroken("afs/addr_prefs", PREFS, parseAfsAddrPrefs, { header: PREFS.slice(0, PREFS.indexOf("\n") + 1) });
describeBroken("afs/sysname", "amd64_linux26\nother\n", parseAfsSysname, { anyTextIsValid: true });

describeAlike(parseAfsVolumes, VOLUMES, [[afsVolumes, "afs/example.org/volumes"]]);
describeAlike(parseAfsVlservers, VLSERVERS, [[afsVlservers, "afs/example.org/vlservers"]]);
// afs_proc_rootcell_read (fs/afs/proc.c): the name of the cell in a line.
describeAlike(parseAfsRootcell, "example.org\n", [[afsRootcell, "afs/rootcell"]]);
