import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { program } from "../support/command/run.ts";
import { ask } from "../support/server/ask.ts";
import { type Served, type Serving, serve } from "../support/server/serve.ts";
import { missingTools, skipIf } from "../support/tools.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "procnet-serve-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const running: Served[] = [];
afterEach(async () => {
  for (const served of running.splice(0)) await served.end();
});
async function started(args: readonly string[], serving?: Serving): Promise<Served> {
  const served = await serve(args, serving);
  running.push(served);
  return served;
}

it("listens at several places, and prints a new token once, to stderr, and nothing of who asks", async () => {
  const served = await started(["--listen", "127.0.0.1:0,[::1]:0", "--listen", "127.0.0.2:0", "--token", "auto"], {
    urls: 3,
  });
  expect(served.urls.map((url) => new URL(url).hostname)).toEqual(["127.0.0.1", "[::1]", "127.0.0.2"]);
  const [, token = ""] = /^token: ([\w-]{43})\n$/.exec(served.printed.err) ?? [];
  for (const url of served.urls) {
    expect((await ask(`${url}metrics?collect[]=netdev`)).status).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    expect((await ask(`${url}metrics?collect[]=netdev`, { headers })).status).toBe(200);
    expect((await ask(`${url}nothing?token=${token}`, { headers })).text).not.toContain(token);
  }
  expect(await running.pop()!.end()).toBe("SIGTERM");
  expect(served.printed.out).toBe(`${served.urls.join("\n")}\n`);
  expect(served.printed.err).toBe(`token: ${token}\n`);
});

it("listens at a unix socket, and nowhere else, until it is stopped", async () => {
  const path = join(folder, "s.sock");
  const served = await started(["--unix-socket", path]);
  expect(served.printed.out).toBe(`unix:${path}\n`);
  expect(lstatSync(path).mode).toBe(0o140600);
  expect(await ask("http://localhost/healthz", { socketPath: path })).toMatchObject({ status: 200, text: "ok\n" });
  const evil = await ask("http://localhost/healthz", { socketPath: path, headers: { host: "evil.example" } });
  expect(evil.status).toBe(421);
  await running.pop()!.end();
  expect(existsSync(path)).toBe(false);
});

/** A parent that opens a socket, and hands it over as systemd does. */
const PARENT = `
import os, socket, sys
family, where, command = sys.argv[1], sys.argv[2], sys.argv[3:]
one = socket.socket(socket.AF_UNIX if family == "unix" else socket.AF_INET)
one.bind(where if family == "unix" else (where, 0))
one.listen(16)
os.dup2(one.fileno(), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execvp(command[0], command)
`;
const handing = (...args: string[]): Serving => ({ through: ["python3", "-c", PARENT, ...args] });

it("takes a socket that was opened for it", async (context) => {
  skipIf(context, missingTools("python3"));
  const served = await started([], handing("inet", "127.0.0.1"));
  expect(served.urls).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/)]);
  expect((await ask(`${served.urls[0]}healthz`)).status).toBe(200);
});

it("takes a unix socket that was opened for it, and leaves it there at the end", async (context) => {
  skipIf(context, missingTools("python3"));
  const path = join(folder, "handed.sock");
  const served = await started([], handing("unix", path));
  expect(served.printed.out).toMatch(/^unix:/);
  expect((await ask("http://localhost/healthz", { socketPath: path })).status).toBe(200);
  await running.pop()!.end();
  expect(existsSync(path)).toBe(true);
});

it("refuses a socket that was opened for it where others can reach it", async (context) => {
  skipIf(context, missingTools("python3"));
  await expect(serve([], handing("inet", "0.0.0.0"))).rejects.toThrow(
    "that needs --token-file FILE or --token auto, or --insecure",
  );
});

it("answers by TLS with the certificate that it is given, and by nothing else", async (context) => {
  skipIf(context, missingTools("openssl"));
  const { ca, cert, key } = certificates(join(folder, "tls"));
  const args = ["--listen", "127.0.0.1:0", "--tls-cert", cert, "--tls-key", key, "--token", "auto"];
  const { urls, printed } = await started(args);
  const url = urls[0]!;
  expect(url).toMatch(/^https:/);
  expect((await ask(`${url}healthz`, { ca: readFileSync(ca) })).status).toBe(200);
  await expect(ask(`${url}healthz`)).rejects.toThrow(/certificate/);
  await expect(ask(`${url.replace("https", "http")}healthz`)).rejects.toThrow();
  const headers = { authorization: `Bearer ${/token: (.*)/.exec(printed.err)?.[1]}`, origin: new URL(url).origin };
  const session = await ask(`${url}api/v1/session`, { ca: readFileSync(ca), headers });
  expect(session.status).toBe(204);
  expect(session.headers["set-cookie"]?.[0]).toMatch(/; HttpOnly; Secure; SameSite=Strict$/);
});

/** An authority of our own, and a server that it vouches for. */
function certificates(place: string): { readonly ca: string; readonly cert: string; readonly key: string } {
  mkdirSync(place);
  const at = (name: string): string => join(place, name);
  const openssl = (...args: string[]): void => {
    const { status, stderr } = spawnSync("openssl", args, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  };
  const fresh = ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(...fresh, "-x509", "-days", "2", "-subj", "/CN=test", "-keyout", at("ca.key"), "-out", at("ca.pem"));
  openssl(...fresh, "-subj", "/CN=server", "-keyout", at("key.pem"), "-out", at("request.pem"));
  writeFileSync(at("names"), "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
  const signed = [
    "-CA",
    at("ca.pem"),
    "-CAkey",
    at("ca.key"),
    "-CAcreateserial",
    "-days",
    "2",
    "-extfile",
    at("names"),
  ];
  openssl("x509", "-req", "-in", at("request.pem"), ...signed, "-out", at("cert.pem"));
  return { ca: at("ca.pem"), cert: at("cert.pem"), key: at("key.pem") };
}

it.each([
  [["--token", "secret"], 2, /could be guessed/],
  [["--token", "auto", "--token-file", "/x"], 2, /--token/],
  [["--token-file", "/nonexistent/token"], 4, /the token cannot be read/],
  [["--tls-cert", "/x"], 2, /needs both/],
  [["--listen", "localhost:1"], 2, /no address to listen on/],
  [["--listen", "0.0.0.0:0"], 4, /that needs --token-file FILE or --token auto, or --insecure\n$/],
  [["--expose", "all"], 2, /minimal/],
  [["--max-series", "0"], 2, /max-series/],
  [["--port", "0"], 2, /from 1 to 65535/],
  [["--port", Array.from({ length: 101 }, (_, at) => at + 1).join()], 2, /100 at most/],
  [["--destinations", "1001"], 2, /from 0 to 1000/],
  [["--bind", "1"], 2, /unknown option/],
])("%j ends with %d", (args, code, message) => {
  const ran = program(["serve", ...args]);
  expect(ran).toMatchObject({ code, out: "" });
  expect(ran.err).toMatch(message);
});

it("switches and filters collectors as its flags say", async () => {
  const flags = ["--enable", "tcpstat,xfrm", "--disable", "arp,udp_queues", "--sysfs", join(folder, "no-sysfs")];
  const filters = ["--netdev-include", "^lo$|^other", "--netdev-exclude", "^other", "--netstat-fields", "^TcpExt_Sync"];
  const { urls } = await started(["--listen", "127.0.0.1:0", ...flags, ...filters]);
  const { text } = await ask(`${urls[0]}metrics?exclude[]=procnet_sockets`);
  const collectors = [...text.matchAll(/^node_scrape_collector_success\{collector="(\w+)"\} ([01])$/gm)];
  const success = Object.fromEntries(collectors.map(([, name, value]) => [name, value]));
  expect(success).toMatchObject({ tcpstat: "1", netdev: "1", netstat: "1", netclass: "0", xfrm: expect.anything() });
  for (const name of ["arp", "udp_queues", "lnstat"]) expect(success).not.toHaveProperty(name);
  expect(text).toMatch(/^node_tcp_connection_states\{state="listen"\} \d+$/m);
  const devices = [...text.matchAll(/^node_network_receive_bytes_total\{device="([^"]*)"\}/gm)].map(([, name]) => name);
  expect(devices).toEqual(["lo"]);
  const counters = [...text.matchAll(/^node_netstat_(\w+) /gm)].map(([, name]) => name!);
  expect(counters).toContain("TcpExt_SyncookiesSent");
  expect(counters.filter((name) => !name.startsWith("TcpExt_Sync"))).toEqual([]);
});

it("leaves out the interfaces that it is told to", async () => {
  const { urls } = await started(["--listen", "127.0.0.1:0", "--netdev-exclude", "^lo$"]);
  const { text } = await ask(`${urls[0]}metrics?collect[]=netdev`);
  expect(text).toContain('node_scrape_collector_success{collector="netdev"} 1');
  expect(text).not.toContain('device="lo"');
});

it.each([
  [["--enable", "nothing"], /nothing/],
  [["--disable", "tcpstats"], /tcpstats/],
  [["--netdev-include", "("], /no regular expression/],
  [["--netstat-fields", "["], /no regular expression/],
])("%j names no collector, or nothing to look for", (args, message) => {
  const ran = program(["serve", "--listen", "127.0.0.1:0", ...args]);
  expect(ran).toMatchObject({ code: 2, out: "" });
  expect(ran.err).toMatch(message);
});
