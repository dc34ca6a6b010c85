import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { tcpRow } from "../../../../../test/support/sockets/tcp-row.ts";
import {
  eachSocket,
  ProcFs,
  ProcfsError,
  type ProcfsIssue,
  type Skipped,
  type SocketsOptions,
  type SocketsRest,
  sockets,
  socketsSync,
} from "../../index.ts";
import { runSync } from "../drive.ts";
import { planOf } from "./plan.ts";
import { readTables } from "./read-tables.ts";

/** The table whose reading fails as no text of the kernel does. */
const failing = vi.hoisted(() => ({ name: "" }));
vi.mock("../../read/table-file.ts", async (original) => {
  const real = await original<typeof import("../../read/table-file.ts")>();
  const regionsOf = ((...args: Parameters<typeof real.regionsOf>) => {
    if (args[1].name === failing.name) {
      throw new ProcfsError({ code: "ERR_PARSE", message: "no text of the kernel" });
    }
    return real.regionsOf(...args);
  }) as typeof real.regionsOf;
  return { ...real, regionsOf };
});

/** The forms of an answer, asked for the same: in none may a table be missing without being told of. */
const FORMS: readonly (readonly [string, (options: SocketsOptions) => Promise<Answer>])[] = [
  ["sockets", async (options) => sockets(options)],
  ["socketsSync", async (options) => socketsSync(options)],
  [
    "eachSocket",
    async (options) => {
      const found: unknown[] = [];
      let rest: SocketsRest | undefined;
      const onEnd = (end: SocketsRest): void => {
        rest = end;
      };
      for await (const socket of eachSocket({ ...options, onEnd })) found.push(socket);
      return { ...rest!, sockets: found };
    },
  ],
];

interface Answer extends SocketsRest {
  readonly sockets: readonly unknown[];
}

const HEADER = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

let root = "";
let net = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "procnet-unread-"));
  net = join(root, "1", "net");
  mkdirSync(join(root, "1"));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (files: Readonly<Record<string, string>>): void => {
  mkdirSync(net, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(net, name), text);
};
const PROTOCOLS = ["tcp", "udp", "udplite"] as const;

describe.each(FORMS)("%s", (_name, form) => {
  const ask = (more: SocketsOptions = {}): Promise<Answer> =>
    form({ procfs: new ProcFs({ root }), protocol: PROTOCOLS, owners: false, ...more } as SocketsOptions);

  it.each([
    ["no directory net", () => {}],
    ["an empty one", () => mkdirSync(net)],
  ])("a tree with a process and %s is not said to have no sockets", async (_what, make) => {
    make();
    const { sockets: found, skipped, namespaces } = await ask({ protocol: "all" });
    expect(found).toEqual([]);
    expect(skipped).toEqual([
      { what: "namespace", code: "ERR_NO_NET", message: expect.stringContaining(`network files of ${root}: `) },
    ]);
    expect(namespaces).toMatchObject([{ tables: 0, sockets: 0 }]);
  });

  it("nor is one whose directory net has none of the tables asked for", async () => {
    write({ arp: "" });
    const { skipped, namespaces } = await ask();
    expect(skipped.map(({ what, protocol, code }) => [what, protocol, code])).toEqual(
      PROTOCOLS.map((protocol) => ["table", protocol, "ENOENT"]),
    );
    expect(namespaces).toMatchObject([{ tables: 0, sockets: 0 }]);
  });

  it("where none could be read, those that were not there are told of with the one that failed", async () => {
    write({ arp: "" });
    mkdirSync(join(net, "udp"));
    const { skipped, namespaces } = await ask();
    expect(Object.fromEntries(skipped.map(({ protocol, code }) => [protocol, code]))).toEqual({
      tcp: "ENOENT",
      udp: "EISDIR",
      udplite: "ENOENT",
    });
    expect(namespaces).toMatchObject([{ tables: 0 }]);
  });

  it("a table that fails costs itself only, and one that is not there is no loss", async () => {
    write({ udp: HEADER });
    symlinkSync("tcp", join(net, "tcp"));
    const { skipped, namespaces } = await ask();
    expect(skipped).toEqual([
      { what: "table", protocol: "tcp", code: "ELOOP", message: expect.stringContaining(join(net, "tcp")) },
    ]);
    expect(namespaces).toMatchObject([{ tables: 1, sockets: 0 }]);
  });

  it("a table without an end of a line costs itself only when issues are taken, and its name is told in any case", async () => {
    write({ udp: HEADER + tcpRow(53, 7, { state: "07" }) });
    writeFileSync(join(root, "zeros"), new Uint8Array(3 << 20));
    symlinkSync(join(root, "zeros"), join(net, "tcp"));
    const issues: ProcfsIssue[] = [];
    const { sockets: found } = await ask({ onIssue: (issue) => issues.push(issue) });
    expect(found).toMatchObject([{ protocol: "udp", localPort: 53, inode: 7 }]);
    expect(issues[0]).toMatchObject({ code: "ERR_PARSE", path: join(net, "tcp"), line: 1 });
    await expect(ask()).rejects.toMatchObject({
      name: "ProcfsError",
      code: "ERR_PARSE",
      path: join(net, "tcp"),
      message: expect.stringContaining(join(net, "tcp")),
    });
  });
});

describe("a table that fails as a whole", () => {
  /** Tables of which the first fails as no text of the kernel does, without naming its file. */
  const read = (plan: SocketsOptions): readonly [Skipped[], unknown] => {
    mkdirSync(net, { recursive: true });
    for (const name of PROTOCOLS) writeFileSync(join(net, name), "");
    const { context, place } = new ProcFs({ root });
    const skipped: Skipped[] = [];
    const source = { context, inode: undefined, pids: [], place: () => ({ ...place, directory: net }) };
    failing.name = "tcp";
    const steps = readTables(
      source,
      planOf({ protocol: PROTOCOLS, ...plan }, "sockets", new ProcFs({ root })),
      false,
      skipped,
      () => {},
    );
    try {
      return [skipped, runSync(steps)];
    } finally {
      failing.name = "";
    }
  };

  it("costs itself only, with its name", () => {
    expect(read({ onIssue: () => {} })).toEqual([
      [{ what: "table", protocol: "tcp", code: "ERR_PARSE", message: `${join(net, "tcp")}: no text of the kernel` }],
      { pid: undefined, tables: 2 },
    ]);
  });

  it("is thrown with its name where no issue is taken", () => {
    const named = { code: "ERR_PARSE", path: join(net, "tcp"), message: `${join(net, "tcp")}: no text of the kernel` };
    expect(() => read({})).toThrow(expect.objectContaining(named));
  });
});
