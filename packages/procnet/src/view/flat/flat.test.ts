import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sockets } from "../../sockets/sockets.ts";
import type { Socket, SocketOwner } from "../../sockets/types.ts";
import { jsonText } from "../json-text.ts";
import { flatSchema } from "../schema/flat.ts";
import { type FlatContext, flatSocket } from "./flat-socket.ts";
import { flatText } from "./flat-text.ts";
import { FLAT_COLUMNS, FLAT_VERSION } from "./row.ts";

const validate = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true }).compile(flatSchema());

const CONTEXT: FlatContext = {
  host: "web1",
  bootId: "0f9a3c1e-6b7d-4c2a-9e58-123456789abc",
  takenAt: new Date(Date.UTC(2026, 0, 31, 12, 0, 0, 5)),
  event: "snapshot",
};

const OWNER: SocketOwner = {
  pid: 42,
  startTime: 4711,
  program: "web",
  comm: "web",
  cmdline: ["web"],
  exe: "/usr/bin/web",
  uid: 33,
  fds: [3],
  cgroup: "/kubepods",
  container: { runtime: "containerd", id: "ab".repeat(32), podUid: "5f1d8e3a-7c42-4b8e-9a3f-2e6d1c0b9a87" },
  unit: "web.service",
};

/** A connection, changed as it is said. */
function socket(fields: object = {}): Socket {
  const usual = {
    ...{ protocol: "tcp", namespace: 4026531840, owners: [OWNER], ownerless: undefined },
    ...{ localAddress: "192.0.2.1", localPort: 443, remoteAddress: "198.51.100.7", remotePort: 50000 },
    ...{ state: "ESTABLISHED", uid: 33, inode: 9007199254740991, rxQueue: 1, txQueue: 2, retransmits: 3 },
  };
  return Object.assign(JSON.parse("{}"), usual, fields);
}

describe("a flat row", () => {
  // What a version promises: a line that goes or changes here needs a new FLAT_VERSION.
  const promised = `
    schema integer, host text null, boot_id text null, taken_at time, event text, protocol text, state text,
    local_address text null, local_port integer null, remote_address text null, remote_port integer null, uid integer null,
    inode integer null, netns integer null, pid integer null, start_time integer null, program text null,
    owner_count integer null, container_runtime text null, container_id text null, pod_uid text null, unit text null,
    rx_queue integer null, tx_queue integer null, retransmits integer null`;

  it("has the columns of its version, in their order, and no others", () => {
    expect(FLAT_VERSION).toBe(1);
    const columns = FLAT_COLUMNS.map(({ name, type, isNullable }) => `${name} ${type}${isNullable ? " null" : ""}`);
    expect(columns).toEqual(promised.split(",").map((column) => column.trim()));
    expect(Object.keys(flatSocket(socket(), CONTEXT))).toEqual(FLAT_COLUMNS.map(({ name }) => name));
  });

  it("says all of a connection", () => {
    expect(flatText(socket(), CONTEXT)).toBe(
      '{"schema":1,"host":"web1","boot_id":"0f9a3c1e-6b7d-4c2a-9e58-123456789abc","taken_at":"2026-01-31T12:00:00.005Z",' +
        '"event":"snapshot","protocol":"tcp","state":"ESTABLISHED","local_address":"192.0.2.1","local_port":443,' +
        '"remote_address":"198.51.100.7","remote_port":50000,"uid":33,"inode":9007199254740991,"netns":4026531840,"pid":42,' +
        '"start_time":4711,"program":"web","owner_count":1,"container_runtime":"containerd","container_id":"' +
        `${"ab".repeat(32)}","pod_uid":"5f1d8e3a-7c42-4b8e-9a3f-2e6d1c0b9a87","unit":"web.service","rx_queue":1,"tx_queue":2,` +
        '"retransmits":3}',
    );
  });

  it.each([
    ["several owners: the first", { owners: [OWNER, { ...OWNER, pid: 43 }] }, { pid: 42, owner_count: 2 }],
    ["nobody holds it", { owners: [], ownerless: "kernel" }, { pid: null, unit: null, owner_count: 0 }],
    ["somebody may whom nobody sees", { owners: [], ownerless: "hidepid" }, { program: null, owner_count: null }],
    ["nobody looked", { owners: undefined }, { pid: null, owner_count: null }],
    [
      "the kernel does not know the user in TIME_WAIT",
      { state: "TIME_WAIT", uid: 0, inode: 0 },
      { uid: null, inode: null },
    ],
    ["root is user 0 elsewhere", { uid: 0 }, { uid: 0 }],
    ["no namespace is told", { namespace: undefined }, { netns: null }],
    ["a state of its own", { protocol: "udp", state: "CLOSE" }, { state: "UNCONN", retransmits: null }],
    ["no container", { owners: [{ ...OWNER, container: undefined }] }, { container_id: null, pod_uid: null }],
    ["a container of no known maker", { owners: [{ ...OWNER, container: { id: "x" } }] }, { container_runtime: null }],
  ])("%s", (_, fields, expected) => {
    const row = flatSocket(socket(fields), CONTEXT);
    expect(row).toMatchObject(expected);
    expect(validate(row) || validate.errors).toBe(true);
  });

  it("has null for what no machine says", () => {
    const row = flatSocket(socket(), { ...CONTEXT, host: undefined, bootId: undefined });
    expect(row).toMatchObject({ host: null, boot_id: null });
    expect(validate(row) || validate.errors).toBe(true);
  });

  it("is in its schema for every socket of this machine, and its text the same", async () => {
    const all = await sockets({ protocol: "all", onIssue: () => {} });
    expect(all.sockets.length).toBeGreaterThan(0);
    for (const one of all.sockets) {
      const row = flatSocket(one, CONTEXT);
      expect(validate(row) || validate.errors).toBe(true);
      expect(flatText(one, CONTEXT)).toBe(jsonText(row));
    }
  });
});

describe("hostile names", () => {
  const foreign = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom(
      "\u0000",
      "a\nb\r\u2028",
      "\u202e\u2066",
      '","pid":1,"x":"',
      "\ud800",
      "\ufffd",
      "\u001b]0;x\u0007",
    ),
  );
  const hostile = fc.record({
    ...{ program: foreign, unit: foreign, id: foreign, podUid: foreign, path: foreign, host: foreign },
  });

  it("stay one line that reads back the same", () => {
    fc.assert(
      fc.property(hostile, ({ program, unit, id, podUid, path, host }) => {
        const owners = [{ ...OWNER, cmdline: [], program, unit, container: { id, podUid } }];
        const unix = { protocol: "unix", listening: true, state: "UNCONNECTED", inode: 7, path, owners };
        for (const one of [socket({ owners }), Object.assign(JSON.parse("{}"), unix) as Socket]) {
          const context = { ...CONTEXT, host };
          const text = flatText(one, context);
          expect(text).toMatch(/^[\x20-\x7e\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\p{Co}\p{Cn}]*$/u);
          expect(text).toBe(jsonText(flatSocket(one, context)));
          expect(Object.keys(JSON.parse(text))).toEqual(FLAT_COLUMNS.map(({ name }) => name));
        }
      }),
    );
  });

  it("take less than 64 KiB a line, however long the kernel lets them be", () => {
    const most = "\u0001";
    const owner = {
      ...OWNER,
      cmdline: [],
      program: most.repeat(4096),
      container: { id: most.repeat(255), podUid: most.repeat(36) },
      unit: most.repeat(255),
    };
    const unix = { protocol: "unix", state: "CONNECTED", inode: 7, path: most.repeat(108), owners: [owner] };
    const text = flatText(Object.assign(JSON.parse("{}"), unix), { ...CONTEXT, host: most.repeat(64) });
    expect(Buffer.byteLength(text)).toBeGreaterThan(6 * 4096);
    expect(Buffer.byteLength(text)).toBeLessThan(65_536);
  });
});
