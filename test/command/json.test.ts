import { Ajv2020 } from "ajv/dist/2020.js";
import { itemSchemaOf, schemaOf } from "procnet/view";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SCHEMA } from "../../packages/cli/src/flags/definitions.ts";
import { procnet } from "../support/command/run.ts";
import { type Tree, usualTree } from "../support/command/tree.ts";

// `format` is for readers: ajv checks it with a package of its own only.
const ajv = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true });
let tree: Tree;
beforeAll(() => {
  tree = usualTree();
});
afterAll(() => tree.remove());

const COMMANDS = [
  ["sockets", "sockets"],
  ["sockets", "sockets -A all"],
  ["sockets", "sockets --no-owners state listening"],
  ["counts", "sockets --count-by process"],
  ["counts", "sockets --count-by port"],
  ["port", "port 443 53 5432 8080"],
  ["port", "port 443 53 --all-namespaces"],
  ["interfaces", "interfaces"],
  ["interfaces", "interfaces --all-namespaces --sort -mtu"],
  ["routes", "routes"],
  ["routes", "routes --default"],
  ["routes", "routes --all-namespaces"],
  ["neighbours", "neighbours"],
  ["neighbours", "neighbours --all-namespaces"],
  ["stats", "stats --zeros"],
  ["stats", "stats --zeros --all-namespaces"],
  ["namespaces", "namespaces"],
  ["files", "show"],
  ["files", "show --all-namespaces"],
  ["file", "show unix"],
  ["file", "show snmp"],
  ["file", "show dev --all-namespaces"],
  ["rates", "rates --zeros"],
  ["health", "health --window 20ms --use"],
  ["explain", "explain tcp-time-wait"],
  ["explain", "explain TcpExt.ListenDrops"],
  ["explain", "explain tcp :443"],
] as const;

/** A captured tree, and this machine. */
const places = (): string[][] => [["--root", tree.root], []];

describe.each(COMMANDS)("%s: %s", (kind, command) => {
  const args = command.split(" ");

  it("prints one document that the schema knows", async () => {
    const validate = ajv.compile(JSON.parse((await procnet(["schema", kind])).out));
    for (const place of places()) {
      const { out, code } = await procnet([...args, "--json", ...place]);
      if (code === 4) continue; // a file that this machine does not have
      expect(out.trimEnd()).not.toContain("\n");
      const document = JSON.parse(out) as unknown;
      expect(document).toMatchObject({ schemaVersion: 1, kind });
      validate(document);
      expect(validate.errors).toBeNull();
      expect(ajv.validate(schemaOf(), document)).toBe(true);
    }
  });

  it("prints its items one a line", async () => {
    const schema = itemSchemaOf(kind);
    const [place] = places();
    const { out } = await procnet([...args, "--ndjson", ...place!]);
    const lines = out.trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const item = JSON.parse(line) as unknown;
      if (schema !== undefined) {
        ajv.validate(schema, item);
        expect(ajv.errors).toBeNull();
      }
    }
  });

  it("prints CSV with as many cells in every line", async () => {
    const { out } = await procnet([...args, "--csv", "--root", tree.root]);
    const lines = out.trimEnd().split("\n");
    const cells = (line: string): number => line.replace(/"([^"]|"")*"/g, "").split(",").length;
    for (const line of lines) expect(cells(line)).toBe(cells(lines[0]!));
    const { out: bare } = await procnet([...args, "--csv", "--no-header", "--root", tree.root]);
    expect(bare.trimEnd().split("\n")).toHaveLength(Math.max(1, lines.length - 1));
  });
});

it.each([
  ["interfaces", "interfaces"],
  ["interfaces", "interfaces --all-namespaces"],
  ["stats", "stats Tcp.OutSegs Tcp.CurrEstab"],
  ["stats", "stats Tcp.OutSegs --all-namespaces"],
  ["rates", "rates lo"],
  ["health", "health --window 20ms"],
])("%s: a repeated %s prints documents that the schema knows, one a line", async (kind, command) => {
  const { out } = await procnet([...command.split(" "), "--every", "30ms", "--rounds", "2", "--ndjson"]);
  const documents = out.trimEnd().split("\n");
  expect(documents).toHaveLength(2);
  const validate = ajv.compile(schemaOf(kind));
  for (const line of documents) expect(validate(JSON.parse(line)) || validate.errors).toBe(true);
});

it("has a schema for every kind, and refuses what is not in it", async () => {
  for (const kind of SCHEMA.argument.words) expect(() => ajv.compile(schemaOf(kind))).not.toThrow();
  const { out } = await procnet(["routes", "--json", "--root", tree.root]);
  const document = JSON.parse(out) as { routes: object[] };
  document.routes[0] = { ...document.routes[0], surprise: 1 };
  expect(ajv.validate(schemaOf("routes"), document)).toBe(false);
});
