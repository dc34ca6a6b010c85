import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { Ajv2020 } from "ajv/dist/2020.js";
import { itemSchemaOf, schemaOf, type TrafficRow } from "procnet/view";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testIo } from "../../../../../test/support/command/io.ts";
import { procnet } from "../../../../../test/support/command/run.ts";
import { noDoor } from "../../../../../test/support/kernel/netlink-in.ts";
import { runProgram } from "../../program.ts";
import { unseenText } from "./unseen.ts";

const TOTALS = {
  ...{ tcpSegmentsOut: 3120, tcpSegmentsIn: 1, tcpRetransmitted: 2, tcpOpened: 4 },
  ...{ udpDatagramsOut: 12, udpDatagramsIn: 1400, ipOctetsOut: 0, ipOctetsIn: 0 },
  ...{ interfaceBytesOut: 2048, interfaceBytesIn: 0 },
};

it("says what is not among it, with the kernel's numbers of all", () => {
  expect(unseenText({ lost: 0, totals: TOTALS })).toBe(
    `not among it: UDP, 12 datagrams sent and 1,400 received
in all: interfaces but lo 2.0 KiB sent and 0 B received; TCP 3,120 segments sent, 1 received, 2 sent again; 4 connections opened`,
  );
  expect(unseenText({ lost: 1, totals: undefined })).toBe("not among it: UDP; the end of 1 connection");
});

it.each([
  ["--by bytes", /--by/],
  ["--for 1s --every 1s --rounds 3", /--for and --rounds/],
  ["--columns size", /no column is called "size"/],
  ["-t", /-t/],
  ["proto = udp", /^procnet: traffic: of TCP alone .* no socket of TCP passes this filter$/m],
  ["proto = udp and dport = :53", /of TCP alone/],
])("%s is refused before anything is asked", async (args, why) => {
  const { code, err } = await procnet(["traffic", ...args.split(" ")]);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(why) });
});

it("of another procfs the kernel tells nothing, which is an error that says so", async () => {
  const { code, err } = await procnet(["traffic"], { root: "/somewhere/proc" });
  expect({ code, err }).toEqual({ code: 4, err: expect.stringMatching(/the kernel cannot be asked: .*another/) });
});

const why = noDoor();
if (why !== undefined) console.warn(`no traffic: ${why}`);

describe.skipIf(why !== undefined)("of this process, which sends to itself", () => {
  const ajv = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true });
  let server: Server;
  let port: number;
  let timer: NodeJS.Timeout;
  beforeAll(async () => {
    server = createServer((socket) => socket.resume());
    await once(server.listen(0, "127.0.0.1"), "listening");
    ({ port } = server.address() as AddressInfo);
    const client = connect(port, "127.0.0.1");
    await once(client, "connect");
    timer = setInterval(() => client.write(Buffer.alloc(5000)), 10).unref();
    server.once("close", () => client.destroy());
  });
  afterAll(() => {
    clearInterval(timer);
    server.close();
  });

  it("prints documents that the schema knows, one a line, with sums that grow", async () => {
    const args = ["traffic", "--by", "port", "--every", "100ms", "--for", "300ms", "--json"];
    const { out, code } = await procnet(args);
    expect(code).toBe(0);
    const documents = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(documents).toHaveLength(3);
    const validate = ajv.compile(schemaOf("traffic"));
    for (const document of documents) expect(validate(document) || validate.errors).toBe(true);
    const received = documents.map(({ traffic }) => rowOf(traffic, `:${port}`)?.received ?? 0);
    expect(received).toEqual([...received].sort((a, b) => a - b));
    expect(received[2]).toBeGreaterThan(received[0]!);
    expect(received[2]! % 5000).toBe(0);
    expect(rowOf(documents[2].traffic, `127.0.0.1:${port}`)).toMatchObject({
      sent: expect.any(Number),
      connections: 1,
    });
  });

  it("prints a table with what was not seen below it, and rows one a line", async () => {
    const filter = ["sport", "=", `:${port}`];
    const { out } = await procnet(["traffic", "--for", "200ms", "--by", "pid", "--top", "1", ...filter]);
    const [head, row, unseen, all] = out.split("\n");
    expect(head).toMatch(/^PROCESS +SENT\/S +RECEIVED\/S +SENT +RECEIVED +RESENT +RTT +CONNS$/);
    expect(row).toMatch(new RegExp(`\\[${process.pid}\\] +0 B/s +.*iB/s .* ms +1$`));
    expect(unseen).toMatch(/^not among it: UDP, /);
    expect(all).toMatch(/^in all: interfaces but lo /);
    const lines = (await procnet(["traffic", "--for", "100ms", "--ndjson", ...filter])).out.trimEnd().split("\n");
    ajv.validate(itemSchemaOf("traffic")!, JSON.parse(lines[0]!));
    expect(ajv.errors).toBeNull();
  });

  it("has rates without a fraction in CSV, and as they are in JSON", async () => {
    const args = ["traffic", "--for", "170ms", "--by", "port", "sport", "=", `:${port}`];
    const { out } = await procnet([...args, "--csv", "--columns", "sentrate,receivedrate"]);
    const [head, ...rows] = out.trimEnd().split("\n");
    expect(head).toBe("sentrate,receivedrate");
    expect(rows.join("\n")).toMatch(/^0,[1-9]\d+$/m);
    for (const row of rows) expect(row).toMatch(/^\d+,\d+$/);
  });

  it("takes a last look when it is ended", async () => {
    const ending = new AbortController();
    const io = testIo({ signal: ending.signal });
    const ran = runProgram(["traffic", "--every", "10m", "--json"], io);
    setTimeout(() => ending.abort(), 300);
    expect(await ran).toBe(0);
    const { seconds } = JSON.parse(io.printed.out) as { seconds: number };
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(600);
  });
});

function rowOf(rows: readonly TrafficRow[], name: string): TrafficRow | undefined {
  return rows.find((row) => row.name === name);
}
