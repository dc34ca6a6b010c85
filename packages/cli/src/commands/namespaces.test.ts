import { afterAll, beforeAll, expect, it } from "vitest";
import { procnet } from "../../../../test/support/command/run.ts";
import { makeTree, type Tree, tcp } from "../../../../test/support/command/tree.ts";

let tree: Tree;
beforeAll(() => {
  tree = makeTree({ tcp: tcp(), dev: `Inter-|\n face |\n    lo: ${"0 ".repeat(16)}\n` }, [
    { pid: 1, comm: "MainThread", cmdline: ["/usr/bin/node", "server.js"] },
  ]);
});
afterAll(() => tree.remove());

it("calls the first process by the name a person knows: Node 24 calls its thread MainThread", async () => {
  const { out } = await procnet(["namespaces", "--root", tree.root]);
  expect(out).toContain("node[1]");
  const { out: json } = await procnet(["namespaces", "--json", "--root", tree.root]);
  expect(JSON.parse(json).namespaces).toMatchObject([{ pid: 1, program: "node", comm: "MainThread" }]);
});
