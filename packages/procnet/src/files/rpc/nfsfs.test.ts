import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, utf8Bytes } from "../../../../../test/support/tables/broken.ts";
import { type NfsfsServersEntry, parseNfsfsServers } from "./nfsfs-servers.ts";
import { parseNfsfsVolumes } from "./nfsfs-volumes.ts";

const SERVERS_HEADER = "NV SERVER   PORT USE HOSTNAME\n";
const SERVERS = `${SERVERS_HEADER}v4 c0a80601  801   2 nas.example.org
v3 20010db8000000000000000000000001  801   1 my nas\u00a0
`;
const VOLUMES_HEADER = "NV SERVER   PORT DEV          FSID                              FSC\n";
const VOLUMES = `${VOLUMES_HEADER}v3 c0a8450b  801 0:97         74c9544b:0                        yes
v4 c0a87a47  801 0:51         c10a1819257f4d4d:a0d6372e2f44b4e3 no 
`;

it("reads servers, the name to the end of the line", () => {
  expect(parseNfsfsServers(utf8Bytes(SERVERS))).toEqual([
    { version: 4, address: "192.168.6.1", port: 2049, use: 2, hostname: "nas.example.org" },
    { version: 3, address: "2001:db8::1", port: 2049, use: 1, hostname: "my nas\u00a0" },
  ]);
  const rdma = `${SERVERS_HEADER}v4 unprintable unprintable   1 nas\n`;
  expect(parseNfsfsServers(bytes(rdma))).toEqual([
    { version: 4, address: "unprintable", port: undefined, use: 1, hostname: "nas" },
  ]);
});

it("reads volumes of new and old kernels", () => {
  expect(parseNfsfsVolumes(bytes(VOLUMES))).toEqual([
    { version: 3, address: "192.168.69.11", port: 2049, dev: "0:97", fsid: "74c9544b:0", fsc: "yes" },
    {
      version: 4,
      address: "192.168.122.71",
      port: 2049,
      dev: "0:51",
      fsid: "c10a1819257f4d4d:a0d6372e2f44b4e3",
      fsc: "no",
    },
  ]);
  const old = "NV SERVER   PORT DEV     FSID\nv3 c0a8450b  801 0:17    c10a1819257f4d4d \n";
  expect(parseNfsfsVolumes(bytes(old))[0]).toMatchObject({ dev: "0:17", fsid: "c10a1819257f4d4d", fsc: undefined });
});

it("gives back every server printed as the kernel prints it", () => {
  const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
  const server = fc.record({
    version: fc.integer({ min: 2, max: 4 }),
    octets,
    port: fc.integer({ min: 1, max: 65535 }),
    use: fc.nat(1000),
    hostname: fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/),
  });
  fc.assert(
    fc.property(fc.array(server), (rows) => {
      const lines = rows.map((row) => {
        const address = row.octets.map((octet) => octet.toString(16).padStart(2, "0")).join("");
        return `v${row.version} ${address} ${row.port.toString(16).padStart(4)} ${String(row.use).padStart(3)} ${row.hostname}\n`;
      });
      const expected: NfsfsServersEntry[] = rows.map(({ octets, ...row }) => ({ ...row, address: octets.join(".") }));
      expect(parseNfsfsServers(bytes(SERVERS_HEADER + lines.join("")))).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

describeBroken("nfsfs/servers", SERVERS, parseNfsfsServers, { header: SERVERS_HEADER });
describeBroken("nfsfs/volumes", VOLUMES, parseNfsfsVolumes, { header: VOLUMES_HEADER });
