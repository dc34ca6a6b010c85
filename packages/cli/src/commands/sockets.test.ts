import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname } from "node:os";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, expect, it } from "vitest";
import { procnet } from "../../../../test/support/command/run.ts";
import { missingTools, noNamespaces, skipIf } from "../../../../test/support/tools.ts";

/** Listens, goes to a network namespace of its own (CLONE_NEWNET), listens there too, and tells both ports. */
const SCRIPT = `
import ctypes, socket, sys
def listen():
    sock = socket.create_server(("127.0.0.1" if not held else "0.0.0.0", 0))
    held.append(sock)
held = []
listen()
assert ctypes.CDLL(None).unshare(0x40000000) == 0
listen()
print(*(sock.getsockname()[1] for sock in held), flush=True)
sys.stdin.read()
`;

let holder: ChildProcess | undefined;
afterEach(() => {
  holder?.kill("SIGKILL");
});

it("--pid finds what a process opened before it went to another network namespace", async (context) => {
  skipIf(context, noNamespaces() ?? missingTools("python3"));
  holder = spawn("python3", ["-IS", "-c", SCRIPT], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = (await once(holder.stdout!, "data")) as [Buffer];
  const ports = line.toString().trim().split(" ").map(Number);
  const { code, out } = await procnet(["sockets", "-t", "-l", "--json", "--pid", String(holder.pid)]);
  const { sockets } = JSON.parse(out) as { sockets: { localPort: number; namespace: number }[] };
  expect(code).toBe(0);
  expect(sockets.map(({ localPort }) => localPort).sort()).toEqual(ports.sort());
  expect(new Set(sockets.map(({ namespace }) => namespace)).size).toBe(2);
});

it("--flat prints rows of one level, in every round, and has no other form", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { code, out } = await procnet([
    ...["sockets", "--flat", "--every", "10ms", "--rounds", "2", "--sort", "-port", "sport", "=", `:${port}`],
  ]);
  const named = await procnet(["sockets", "--flat", "--host-name", "web1\u001b", "sport", "=", `:${port}`]);
  server.close();
  expect(code).toBe(0);
  expect(named.out).toContain('"host":"web1\\u001b"');
  const rows = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const schema = JSON.parse((await procnet(["schema", "flat"])).out);
  const validate = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true }).compile(schema);
  for (const row of rows) expect(validate(row) || validate.errors).toBe(true);
  const [boot_id] = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").split("\n");
  const common = { host: hostname(), boot_id, event: "snapshot", local_port: port, pid: process.pid, owner_count: 1 };
  expect(rows).toMatchObject([common, common]);
  expect(rows[0].taken_at < rows[1].taken_at).toBe(true);
  expect(await procnet(["sockets", "--host-name", "web1"])).toMatchObject({
    code: 2,
    err: "procnet: --host-name belongs to --flat\n",
  });
  for (const other of ["--json", "--csv", "--columns=proto", "--count-by=state"]) {
    const refused = await procnet(["sockets", "--flat", other]);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("'--flat' cannot be used with") });
  }
});
