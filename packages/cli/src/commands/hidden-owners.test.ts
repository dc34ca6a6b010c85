import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import type { Listener, WhoListens } from "procnet";
import { describe, expect, it } from "vitest";
import { BIN, program } from "../../../../test/support/command/run.ts";
import { makeTree, tcp, tcpRow } from "../../../../test/support/command/tree.ts";
import { missingTools, noNamespaces, skipIf } from "../../../../test/support/tools.ts";
import { helpFor, missingNotes, reader, unseenNote } from "./hidden-owners.ts";

const PTRACE = "CAP_SYS_PTRACE";
const READ = "CAP_DAC_READ_SEARCH";

const listener = (more: Partial<Listener>): Listener => ({
  protocol: "udp",
  localAddress: "0.0.0.0",
  localPort: 4789,
  inode: 7,
  uid: 0,
  owners: [],
  ownerless: "no-permission",
  waiting: 0,
  answersIpv4: true,
  ...more,
});
const answer = (...listeners: Listener[]): WhoListens => {
  const reasons = listeners.flatMap(({ ownerless }) => ownerless ?? []);
  return { kind: "unknown", port: 4789, listeners, complete: false, bindable: false, blockedBy: [], reasons };
};
const nobody = { isRoot: false, lacks: [READ, PTRACE] };

/** Runs the command as a root that may not trace. */
const without = (...words: string[]): { readonly stderr: string } =>
  spawnSync("setpriv", ["--bounding-set=-sys_ptrace", "--inh-caps=-sys_ptrace", process.execPath, BIN, ...words], {
    encoding: "utf8",
  });

describe("what helps against missing rights", () => {
  it("names capabilities that the caller lacks, and none that it has", () => {
    expect(helpFor("no-permission", nobody)[1]).toContain(`root sees them (sudo procnet ...), or the capabilities`);
    const root = helpFor("no-permission", { isRoot: true, lacks: [PTRACE] })[1];
    expect(root).toBe("root needs the capability CAP_SYS_PTRACE too (docker run --cap-add SYS_PTRACE)");
    const able = helpFor("no-permission", { isRoot: true, lacks: [] })[1];
    expect(able).toContain("security module");
    expect(able).not.toContain("CAP_");
  });

  it("knows what this process may do by the kernel's own word", async (context) => {
    skipIf(context, process.getuid?.() === 0 ? missingTools("setpriv") : "only root can give up capabilities");
    skipIf(context, reader().lacks.length > 0 ? "this process has no capability to give up" : undefined);
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      // Whoever has fewer capabilities may not look into this process: ptrace(2), PTRACE_MODE_READ_FSCREDS.
      const { port } = server.address() as AddressInfo;
      const { stderr } = without("port", String(port));
      expect(stderr).toContain("root needs the capability CAP_SYS_PTRACE too");
    } finally {
      server.close();
    }
  });

  it("blames no right of who reads a captured tree: what it lacks nobody can read from it", () => {
    const tree = makeTree({ tcp: tcp(tcpRow(0, "00000000:1F90", "00000000:0000", "0A", 0, 11)) }, [
      { pid: 1, comm: "init" },
    ]);
    try {
      rmSync(`${tree.root}/1/fd`, { recursive: true }); // as in the capture of who was refused
      const commands = [["sockets"], ["port", "8080"]].map((words) => [...words, "--root", tree.root]);
      const answers = commands.map((words) => program(words).err);
      if (process.getuid?.() === 0 && missingTools("setpriv") === undefined) {
        answers.push(...commands.map((words) => without(...words).stderr));
      }
      for (const err of answers) {
        expect(err).toContain("may belong to processes whose descriptors the capture does not hold");
        expect(err).toContain("or to the kernel itself");
        expect(err).toContain("one made by root mostly holds them all");
        expect(err).not.toMatch(/CAP_|sudo|security module/);
      }
    } finally {
      tree.remove();
    }
  });

  it("is said once by a watch, however often it looks", () => {
    const tree = makeTree({ tcp: tcp(tcpRow(0, "00000000:1F90", "00000000:0000", "0A", 0, 11)) }, [
      { pid: 1, comm: "init" },
    ]);
    try {
      rmSync(`${tree.root}/1/fd`, { recursive: true });
      for (const form of [[], ["--json"], ["--ndjson"]]) {
        const { err } = program(["watch", "--root", tree.root, "--every", "5ms", "--rounds", "3", ...form]);
        expect(err.match(/the owners of 1 of 1 sockets are not known/g)).toHaveLength(1);
      }
      expect(program(["watch", "--root", tree.root, "--rounds", "1", "--every", "5ms", "--no-owners"]).err).toBe("");
    } finally {
      tree.remove();
    }
  });

  it("says of a captured tree that hidepid was there when it was made", () => {
    const tree = makeTree({ tcp: tcp(tcpRow(0, "00000000:1F90", "00000000:0000", "0A", 0, 11)) }, [
      { pid: 1, comm: "init" },
    ]);
    try {
      writeFileSync(`${tree.root}/1/mountinfo`, "38 36 0:35 / /proc rw shared:13 - proc proc rw,hidepid=invisible\n");
      const { err } = program(["sockets", "--root", tree.root]);
      expect(err).toContain("processes that procfs may have hidden from who made the capture");
      expect(err).not.toContain("root sees them");
    } finally {
      tree.remove();
    }
  });
});

describe("what is missing of an answer", () => {
  it("is said as what may be, and names what of the kernel's has that port", () => {
    const [note] = missingNotes([answer(listener({}))], nobody);
    expect(note).toMatch(/^the owner of udp 0\.0\.0\.0:4789 is not known: it may belong to processes that you may not/);
    expect(note).toContain("or to the kernel itself (VXLAN tunnels listen on this port)");
  });

  it("is the kernel's own where every process was seen", () => {
    const [note] = missingNotes([answer(listener({ ownerless: "kernel", protocol: "tcp", localPort: 2049 }))], nobody);
    expect(note).toBe(
      "no process was found to hold tcp 0.0.0.0:2049: it seems to be the kernel's own (the NFS server listens on this port)",
    );
  });

  it("blames no right for a listener that was closed", () => {
    const [note] = missingNotes([answer(listener({ ownerless: "gone" }))], nobody);
    expect(note).toBe("udp 0.0.0.0:4789 was closed while its owner was looked for; ask again");
  });

  it("tells of further holders only where some may not have been seen", () => {
    expect(unseenNote([answer(listener({}))], nobody)).toHaveLength(1);
    expect(unseenNote([{ ...answer(listener({})), reasons: [] }], nobody)).toEqual([]);
    expect(unseenNote([answer(listener({ ownerless: "kernel" }))], nobody)).toEqual([]);
  });
});

it("a tunnel's own socket is not said to be somebody's whom one may not see", async (context) => {
  skipIf(context, noNamespaces() ?? missingTools("unshare", "ip"));
  const script =
    "ip link set lo up; ip link add vx0 type vxlan id 5 dstport 4789 && ip link set vx0 up && echo up || echo no; exec sleep 60";
  const child = spawn("unshare", ["-n", "sh", "-c", script], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const [line] = (await once(child.stdout!, "data")) as [Buffer];
    skipIf(context, line.toString().includes("no") ? "this kernel has no vxlan" : undefined);
    const { code, err } = program(["port", "-u", "4789", "--pid", String(child.pid)]);
    expect(code).toBe(3);
    expect(err).toContain("VXLAN tunnels listen on this port");
    if (reader().lacks.length === 0) expect(err).not.toContain("CAP_");
  } finally {
    child.kill("SIGKILL");
  }
});
