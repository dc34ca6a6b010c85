import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { procnet } from "../support/command/run.ts";
import { makeTree, type Tree, tcp, tcpRow, usualTree } from "../support/command/tree.ts";

let tree: Tree;
beforeAll(() => {
  tree = usualTree();
});
afterAll(() => tree.remove());

const where = (): string[] => ["--root", tree.root, "--byte-order", "LE"];

interface Shown {
  readonly protocol: string;
  readonly state?: string;
  readonly commonState: string;
}

describe("a state has one word", () => {
  it("in tables, CSV, documents, lines and counts, and the kernel's beside it", async () => {
    const csv = await procnet(["sockets", "-A", "all", "--csv", "--columns", "proto,state,kernelstate", ...where()]);
    const rows = csv.out.trimEnd().split("\n").slice(1);
    const table = await procnet(["sockets", "-A", "all", "--columns", "proto,state,kernelstate", ...where()]);
    const cells = table.out
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/ +/).join(","));
    expect(cells).toEqual(rows.map((row) => row.replace(/,$/, "")));

    const { sockets } = JSON.parse((await procnet(["sockets", "-A", "all", "--json", ...where()])).out) as {
      sockets: Shown[];
    };
    const lines = (await procnet(["sockets", "-A", "all", "--ndjson", ...where()])).out.trimEnd().split("\n");
    for (const found of [sockets, lines.map((line) => JSON.parse(line) as Shown)]) {
      const told = found.map(({ protocol, state, commonState }) => [
        protocol,
        commonState,
        state === commonState ? "" : state,
      ]);
      expect(told.map((words) => words.join(","))).toEqual(rows);
    }
    // What is meant at all: both kinds of words are there.
    expect(rows).toContain("udp,UNCONN,CLOSE");
    expect(rows).toContain("unix,LISTEN,UNCONNECTED");
    expect(rows).toContain("unix,UNCONN,UNCONNECTED");
    expect(rows).toContain("tcp,LISTEN,");

    const counts = JSON.parse(
      (await procnet(["sockets", "-A", "all", "--count-by", "state", "--json", ...where()])).out,
    ) as { counts: { key: string; count: number }[] };
    const words = sockets.map(({ commonState }) => commonState);
    for (const { key, count } of counts.counts) expect(words.filter((word) => word === key)).toHaveLength(count);
  });

  it("by which a filter finds exactly the sockets that are shown with it", async () => {
    const { sockets } = JSON.parse((await procnet(["sockets", "-A", "all", "--json", ...where()])).out) as {
      sockets: Shown[];
    };
    for (const word of new Set(sockets.map(({ commonState }) => commonState))) {
      const { out } = await procnet(["sockets", "-A", "all", "--ndjson", ...where(), "state", word]);
      const found = out
        .trimEnd()
        .split("\n")
        .map((line) => (JSON.parse(line) as Shown).commonState);
      expect(found, word).toEqual(sockets.map(({ commonState }) => commonState).filter((one) => one === word));
    }
  });

  it("also for what keeps a port", async () => {
    const held = makeTree(
      {
        tcp: tcp(tcpRow(0, "0100007F:0BB8", "0200007F:C350", "06", 0, 0)),
        udp:
          "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n" +
          "  100: 0100007F:0BB8 0200007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 1007 2 0000000000000000 3\n",
      },
      [{ pid: 1, comm: "init" }],
    );
    try {
      for (const [flags, state] of [
        [[], "TIME_WAIT"],
        [["-u"], "ESTABLISHED"],
      ] as const) {
        const args = ["port", "3000", ...flags, "--root", held.root, "--byte-order", "LE"];
        const { ports } = JSON.parse((await procnet([...args, "--json"])).out) as { ports: { blockedBy: Shown[] }[] };
        expect(ports[0]?.blockedBy).toMatchObject([{ state, commonState: state }]);
        expect((await procnet(args)).out).toContain(state);
      }
    } finally {
      held.remove();
    }
  });
});
