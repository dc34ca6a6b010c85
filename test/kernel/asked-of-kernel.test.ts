import { once } from "node:events";
import { connect, createServer, type Socket as NetSocket } from "node:net";
import { Ajv2020 } from "ajv/dist/2020.js";
import { schemaOf } from "procnet/view";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { procnet, program } from "../support/command/run.ts";

/* What `--source` makes of `procnet sockets`, against what this process knows of its own sockets. */

const server = createServer();
const ends: NetSocket[] = [];
let port = 0;
beforeAll(async () => {
  server.listen(0, "127.0.0.1", 7);
  await once(server, "listening");
  port = (server.address() as { port: number }).port;
  const accepted = once(server, "connection") as Promise<[NetSocket]>;
  const client = connect(port, "127.0.0.1");
  ends.push(client, ...(await accepted));
  client.write("x".repeat(50_000));
  await once(ends[1]!, "data");
});
afterAll(() => {
  for (const end of ends) end.destroy();
  server.close();
});

/** Rows of a command line, as documents have them. */
async function rows(...args: string[]): Promise<Record<string, unknown>[]> {
  const { out, code } = await procnet(["sockets", "-t", "--json", ...args]);
  expect(code).toBe(0);
  return (JSON.parse(out) as { sockets: Record<string, unknown>[] }).sockets;
}

describe("auto", () => {
  it("reads procfs where nothing else is asked for", async () => {
    const [listener] = await rows(`sport = :${port} and state listening`);
    expect(listener).toHaveProperty("refCount");
    expect(listener).not.toHaveProperty("backlog");
  });

  it("asks the kernel for a column that procfs does not have", async () => {
    const args = ["--columns", "backlog,bytesSent,BYTES-RECEIVED", "--no-header", `port = :${port}`];
    const { out, err } = await procnet(["sockets", "-t", "--csv", ...args, "--sort", "bytessent"]);
    expect(out.trim().split("\n").sort()).toEqual([",0,50000", ",50000,0", "7,,"]);
    expect(err).toBe("");
  });

  it("asks the kernel for a word of a filter", async () => {
    const sent = await rows(`port = :${port} and bytesSent >= 50k`);
    expect(sent).toMatchObject([{ remotePort: port, tcpInfo: { bytes_sent: 50_000 } }]);
    expect(await rows(`port = :${port} and bytesSent > 50k`)).toEqual([]);
    expect(await rows(`port = :${port} and backlog = 7`)).toMatchObject([{ state: "LISTEN" }]);
    expect(await rows(`port = :${port} and rtt > 0 and rtt < 10s`)).toHaveLength(2);
  });

  it("leaves the tables that have no such thing to procfs", async () => {
    const { out } = await procnet(["sockets", "-tu", "--json", "--columns", "rtt"]);
    const { source, sourceOf } = JSON.parse(out) as Record<string, object>;
    expect({ source, sourceOf }).toMatchObject({ source: "kernel", sourceOf: { tables: ["tcp", "tcp6"] } });
  });
});

describe("what cannot be answered", () => {
  it.each([
    [
      ["--source", "procfs", "rtt > 1ms"],
      2,
      /^procnet: filter: procfs does not tell rtt of sockets of tcp, tcp6; --source kernel does\n$/,
    ],
    [["--source", "kernel", "--root", "/proc"], 2, /--root cannot be used with it/],
    [
      ["--source", "procfs", "--columns", "rtt,local"],
      0,
      /^procnet: procfs does not tell rtt; --source kernel does\n$/,
    ],
    [["--source", "nobody"], 2, /auto, procfs, kernel/],
  ] as const)("%j", async (args, code, err) => {
    const ran = await procnet(["sockets", "-t", ...args]);
    expect({ code: ran.code, err: ran.err }).toEqual({ code, err: expect.stringMatching(err) });
  });

  it("says that datagram sockets have no round-trip time", async () => {
    const { code, err } = await procnet(["sockets", "-u", "rtt > 1ms"]);
    expect({ code, err }).toEqual({ code: 2, err: "procnet: filter: sockets of udp, udp6 have no rtt\n" });
  });
});

it("documents are as the schema says, whoever told", async () => {
  const ajv = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true });
  const validate = ajv.compile(schemaOf("sockets"));
  for (const source of ["procfs", "kernel"]) {
    const { out } = await procnet(["sockets", "-A", "all", "--json", "--source", source]);
    validate(JSON.parse(out));
    expect(validate.errors, source).toBeNull();
  }
});

describe("without the package", () => {
  // A copy of the program, beside which there is none.
  const alone = (...args: string[]) => program(["sockets", "-t", ...args], { uid: 65534 });

  it("auto says what is left out and what would help, and shows the rest", () => {
    const { code, out, err } = alone(
      "--no-owners",
      "--columns",
      "local,backlog",
      `sport = :${port} and state listening`,
    );
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(
        /procfs does not tell backlog, and the kernel cannot be asked: the package @procnet\/kernel is not installed: npm install @procnet\/kernel koffi/,
      ),
    });
    expect(out).toContain(`127.0.0.1:${port}`);
  });

  it("kernel is an error, and so is a filter that nothing could answer", () => {
    const help = /@procnet\/kernel is not installed: npm install @procnet\/kernel koffi/;
    expect(alone("--source", "kernel")).toMatchObject({ code: 4, out: "", err: expect.stringMatching(help) });
    expect(alone("rtt > 1ms")).toMatchObject({ code: 2, out: "", err: expect.stringMatching(help) });
  });
});
