import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import type { Namespace } from "../../support/namespace.ts";
import { expectSame, ours, setFiles, theirs, useNetwork } from "../../support/netstat/scene-network.ts";

const SCRIPT = fileURLToPath(new URL("names.py", import.meta.url));

const scene = useNetwork("python3");

const FILES = {
  services: `ssh 22/tcp
first 80/tcp
second 80/tcp alias # the last one counts
udp-name\t80/udp www
of-18-characters-x 1234/tcp
#81/tcp remarked
both 81/tcp
both 81/udp
sctp-name 4321/sctp
raw-name 200/raw
broken
wrong x/tcp
`,
  protocols: "ip 0 IP\nicmp 1 ICMP\nudp 17 UDP # user datagram\nospf 89\nospf-again 89\n",
  passwd: `root:x:0:0:root:/root:/bin/sh
#remarked:x:1000:1000::/:/bin/sh
user:x:1000:1000::/:/bin/sh
again:x:1000:1000::/:/bin/sh
name-that-is-longer-than-its-column:x:1001:1001::/:/bin/sh
broken:x
`,
};

async function start(namespace: Namespace, what: string): Promise<void> {
  const child = namespace.spawn("python3", ["-IS", SCRIPT, what], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`names.py ended with code ${code}`)));
  ended.catch(() => {}); // being killed at the end is no failure
  await Promise.race([once(child.stdout!, "data"), ended]);
}

describe("names of files", () => {
  beforeAll(async () => {
    if (scene() === undefined) return;
    setFiles(scene().namespace, FILES);
    await start(scene().namespace, "sockets");
  });

  const kinds = ["-ta", "-ua", "-Ua", "-wa", "-tuwa", "-tua -6", "-tuae", "-tuaeW", "-waW", "-ta --numeric-hosts"];
  for (const flags of [
    ...kinds,
    "-tuae --numeric-users",
    "-tuwae --numeric-ports",
    "-tuae --numeric-hosts",
    "-tuaN",
    "-g",
  ]) {
    it(`are those of netstat ${flags}`, () => {
      expectSame(scene().namespace, flags);
    });
  }

  it("of services are cut at 63 bytes where there is room for all of an address", () => {
    const { namespace } = scene();
    setFiles(namespace, { services: `${"long-".repeat(20)} 1234/tcp\n` });
    expect(expectSame(namespace, "-taW").out).toContain("long-lon ");
    setFiles(namespace, FILES);
  });

  it("are shown", () => {
    const { out } = ours(scene().namespace, "-tuwae");
    for (const name of ["second", "udp-name", "ospf-again", "user", "gateway.with.a:udp", "[::]:"]) {
      expect(out).toContain(name);
    }
  });

  it("have control characters made visible, which netstat sends to the terminal", () => {
    const { namespace } = scene();
    setFiles(namespace, {
      hosts: "224.0.0.1 a\u001b[31mb\u009bc\n",
      services: "s\u001b[1m 22/tcp\n",
      passwd: "r\u001b[1m:x:0:0\n",
    });
    expect(theirs(namespace, "-g -4").out).toContain("\u001b");
    expect(ours(namespace, "-g -4").out).toContain("a\\x1b[31mb\\x9bc");
    const { out } = ours(namespace, "-tae");
    expect(out).toContain(":s\\x1b[1m ");
    expect(out).toContain(" r\\x1b[1m ");
  });
});

describe("names of name servers", () => {
  const hosts = {
    "nsswitch.conf": "hosts: files dns\n",
    "resolv.conf": "nameserver 127.0.0.1\n",
    hosts: "192.0.2.2 two\n",
    services: "",
  };

  beforeAll(async () => {
    if (scene() === undefined) return;
    setFiles(scene().namespace, hosts);
    await start(scene().namespace, "serve");
  });

  for (const flags of ["-u -4", "-uW -4", "-r", "-r -6", "-tua"]) {
    it(`are those of netstat ${flags}`, () => {
      const { out } = expectSame(scene().namespace, flags);
      if (flags === "-uW -4") expect(out).toContain("nine.example:");
    });
  }

  it("are not asked for when the C library would not ask", () => {
    const { namespace } = scene();
    setFiles(namespace, { "nsswitch.conf": "hosts: files\n" });
    expect(expectSame(namespace, "-uW -4").out).not.toContain("nine.example:");
    setFiles(namespace, hosts);
  });

  it("are waited for no longer than some seconds, while netstat waits ten for each", () => {
    const { namespace } = scene();
    setFiles(namespace, { "resolv.conf": "nameserver 192.0.2.250\nnameserver 192.0.2.251\n" });
    const { out } = ours(namespace, "-uW -4");
    expect(out).toContain("192.0.2.9:");
    expect(out).toContain("two:");
  });
});
