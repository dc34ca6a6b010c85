import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Namespace } from "../../support/namespace.ts";
import { expectSame, ours, removeFiles, setFiles } from "../../support/netstat/scene-network.ts";
import { missingTools, noNamespaces, skipIf } from "../../support/tools.ts";

/*
 * Names of addresses of a server for both families. To the C library a mapped address (`::ffff:127.0.0.1`) is none that a line
 * of /etc/hosts for 127.0.0.1 names; a name server is asked for the IPv4 address in it. net-tools shows the rest in digits.
 */

const SCRIPT = fileURLToPath(new URL("mapped.py", import.meta.url));
const reason = noNamespaces() ?? missingTools("netstat", "python3");

/** The usual file, with second names: what asks by another way than the C library finds those. */
const HOSTS = `127.0.0.1 localhost loopback other
192.0.2.1 one.example one
192.0.2.2 two.example two
::1 ip6-localhost ip6-loopback
0.0.0.0 nowhere
:: nowhere6
2001:db8::1 six.example.that.is.longer.than.its.column six
`;
const MAPPED = "::ffff:192.0.2.1 mapped-one\n::ffff:192.0.2.3 mapped-three alias\n::10.0.0.1 tunnelled\n";

let namespace: Namespace | undefined;

async function start(what: string): Promise<void> {
  const child = namespace!.spawn("python3", ["-IS", SCRIPT, what], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`mapped.py ended with code ${code}`)));
  ended.catch(() => {}); // being killed at the end is no failure
  await Promise.race([once(child.stdout!, "data"), ended]);
}

beforeAll(async () => {
  if (reason !== undefined) return;
  namespace = new Namespace();
  for (const address of ["192.0.2.1/24", "192.0.2.2/24", "192.0.2.3/24"]) namespace.ip(`address add ${address} dev lo`);
  for (const address of ["::10.0.0.1/128", "2001:db8::1/64"]) namespace.ip(`address add ${address} dev lo nodad`);
  setFiles(namespace, { "resolv.conf": "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n", services: "" });
  await start("sockets");
});
beforeEach((context) => skipIf(context, reason));
afterAll(() => {
  if (namespace === undefined) return;
  removeFiles(namespace);
  namespace.remove();
});

/** Orders in which the C library is told to look. */
const ORDERS = [
  "files",
  "files dns",
  "dns files",
  "dns",
  "files [NOTFOUND=return] dns",
  "dns [NOTFOUND=return] files",
  "dns [!UNAVAIL=return] files",
  "mymachines files unheard [NOTFOUND=return] dns",
];

function everyOrder(): void {
  for (const order of ORDERS) {
    for (const [which, hosts] of [
      ["without mapped addresses", HOSTS],
      ["with mapped addresses", HOSTS + MAPPED],
    ] as const) {
      it(`as netstat with hosts: ${order}, a file ${which}`, () => {
        setFiles(namespace!, { "nsswitch.conf": `hosts: ${order}\n`, hosts });
        for (const flags of ["-taW", "-ua"]) expectSame(namespace!, flags);
      });
    }
  }
  it("as netstat without a configuration of where to look", () => {
    setFiles(namespace!, { "nsswitch.conf": "", hosts: HOSTS });
    expectSame(namespace!, "-taW");
  });
}

describe("names where no name server answers", everyOrder);

describe("names where a name server answers", () => {
  beforeAll(async () => {
    if (reason === undefined) await start("serve");
  });

  everyOrder();

  it("are asked for the IPv4 address in a mapped one, and never taken from second names of a file", () => {
    setFiles(namespace!, { "nsswitch.conf": "hosts: files dns\n", hosts: HOSTS });
    const { out } = ours(namespace!, "-taW");
    expect(out).toContain("localhost:");
    expect(out).toContain("server-says-localhost:");
    expect(out).toContain("server-says-tunnelled:");
    expect(out).toContain("192.0.2.2:"); // the server says a name that is none
    expect(out).not.toMatch(/other|loopback|nowhere/);
  });

  for (const flags of [
    "-t",
    "-tW -6",
    "-tl",
    "-tae --numeric-ports",
    "-tae --numeric-hosts",
    "-tae --numeric-users",
    "-tae --numeric-hosts --numeric-ports",
    "-r",
    "-r -6",
    "-g",
    "-taN",
  ]) {
    it(`as netstat ${flags}`, () => {
      setFiles(namespace!, { "nsswitch.conf": "hosts: files dns\n", hosts: HOSTS + MAPPED });
      expectSame(namespace!, flags);
    });
  }
});
