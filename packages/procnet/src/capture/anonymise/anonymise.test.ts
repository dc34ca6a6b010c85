import { describe, expect, it } from "vitest";
import { bytes } from "../../../../../test/support/tables/broken.ts";
import { fixtures, SAMPLES } from "../../../../../test/support/tables/capture-samples.ts";
import { tableNamed } from "../../catalogue.ts";
import type { ByteOrder } from "../../codes/byte-order.ts";
import type { ProcfsIssue } from "../../errors.ts";
import { parseRows } from "../../form/forms.ts";
import { isRowTable } from "../../form/table.ts";
import { parseCgroup, placementOf } from "../../parse.ts";
import { CONTAINERD_NAMESPACES, MONITOR_PARENT, MONITORS, PARENTS, SCOPES } from "../../process/container-names.ts";
import { anonymiser } from "./anonymise.ts";

const latin1 = (text: Uint8Array): string => Buffer.from(text).toString("latin1");

/** What a file reads as; an issue fails the test. */
function parse(file: string, text: string, byteOrder: ByteOrder): unknown {
  const issues: ProcfsIssue[] = [];
  const table = tableNamed(file)!;
  const options = { byteOrder, onIssue: (issue: ProcfsIssue) => issues.push(issue) };
  const result = isRowTable(table) ? parseRows(table, bytes(text), options) : table.parse(bytes(text), options);
  expect(issues.filter(({ code }) => code !== "ERR_SUSPECT")).toEqual([]);
  return result;
}

/** Goes through two results of the same shape; strings that differ are pairs of an original and what stands for it. */
function* pairs(before: unknown, after: unknown, path: string): Generator<[string, string]> {
  if (typeof before === "string" && typeof after === "string") {
    if (before !== after) yield [before, after];
  } else if (before instanceof Uint8Array) {
    yield [latin1(before), ""]; // bytes that are not UTF-8 become a name that is
  } else if (typeof before === "object" && before !== null && typeof after === "object" && after !== null) {
    const keys = Object.keys(before).filter((key) => key !== "pathBytes");
    expect(Object.keys(after), path).toEqual(keys);
    for (const key of keys) {
      yield* pairs(Reflect.get(before, key), Reflect.get(after, key), `${path}.${key}`);
    }
  } else {
    expect(after, path).toBe(before);
  }
}

describe("anonymised files", () => {
  const filter = anonymiser("LE");
  const stands = new Map<string, string>();
  const written: string[] = [];

  it.each(SAMPLES)("%s: reads as before, but for addresses and names", (file, text) => {
    const result = filter.net(file, bytes(text))!;
    const anonymous = latin1(result.bytes);
    written.push(result.name, anonymous);
    for (const [before, after] of pairs(parse(file, text, "LE"), parse(file, anonymous, "LE"), file)) {
      expect(stands.get(before) ?? after, before).toBe(after);
      stands.set(before, after);
    }
  });

  it("never give two things the same name, nor one thing two", () => {
    expect(new Set(stands.values()).size).toBe(stands.size);
    expect(stands.size).toBeGreaterThan(20);
    expect(Object.fromEntries(stands)).toMatchObject({ "10.77.0.9": "192.0.2.9", secret0: "if1" });
  });

  it("hold nothing of the original in any form", () => {
    const forms = /secret|10\.77|203\.0\.78|4D0A|0A4D|CB004E|4DEF|ef4d|fd77|54a1|5254|52:54|12:?3456|34:56|7777/i;
    expect(written.filter((text) => forms.test(text))).toEqual([]);
    expect(SAMPLES.filter(([, text]) => forms.test(text)).length).toBe(SAMPLES.length);
  });

  it("leaves files out that may give something away", () => {
    for (const name of ["x25/socket", "nfsfs/servers", "rxrpc/calls", "of-a-kernel-to-come"]) {
      expect(filter.net(name, bytes("x\n"))).toBeUndefined();
    }
  });
});

it.each([...fixtures()])("keeps the rows of Linux %s: %s", (kernel, file, text) => {
  const order = kernel.endsWith("big-endian") ? "BE" : "LE";
  const anonymous = latin1(anonymiser(order).net(file, bytes(text))!.bytes);
  const stands = new Map<string, string>();
  for (const [before, after] of pairs(parse(file, text, order), parse(file, anonymous, order), file)) {
    if (after === "" || before.includes("\ufffd")) continue;
    expect(stands.get(before) ?? after, before).toBe(after);
    stands.set(before, after);
  }
});

it("reads addresses in the byte order of the capture", () => {
  const row = (address: string): string => `header\nsecret0\t${address}\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n`;
  expect(latin1(anonymiser("LE").net("route", bytes(row("09004D0A")))!.bytes)).toContain("\t090200C0\t");
  expect(latin1(anonymiser("BE").net("route", bytes(row("0A4D0009")))!.bytes)).toContain("\tC0000209\t");
});

describe("processes", () => {
  const filter = anonymiser("LE");
  const change = (name: string, text: string): string => latin1(filter.process(name, bytes(text)));

  it("have one name in all their files", () => {
    expect(change("comm", "my\n) prog\n")).toBe("name1\n");
    expect(change("stat", "7 (my\n) prog) S 1 7 7\n")).toBe("7 (name1) S 1 7 7\n");
    expect(change("status", "Name:\tmy\\n) prog\nUmask:\t0022\nState:\tS (sleeping)\n")).toBe(
      "Name:\tname1\nUmask:\t0022\nState:\tS (sleeping)\n",
    );
    expect(change("status", "Name:\ta\rsecret\nState:\tS\n")).toBe("Name:\tname2\nState:\tS\n");
    expect(change("cmdline", "/opt/my\n) prog\0--key=secret\0\0")).toBe("/name3/name1\0name4\0\0");
    expect(filter.link("/opt/my\n) prog (deleted)")).toBe("/name3/name1 (deleted)");
  });

  it("keep what the kernel calls descriptors", () => {
    for (const link of ["socket:[1]", "net:[4026531840]", "anon_inode:[eventpoll]", "anon_inode:inotify", "pipe:[3]"]) {
      expect(filter.link(link)).toBe(link);
    }
    expect(filter.link("/memfd:my\n) prog (deleted)")).toBe("/memfd:name1 (deleted)");
    expect(filter.link("anon_inode:[my secret]")).not.toContain("secret");
  });

  it("keep the form of control groups, so that containers are known as such", () => {
    const id = "c0ffee".padEnd(64, "4");
    const uid = "0d3c1a9e-7b1c-4a55-9a77-0a1b2c3d4e5f";
    const other = `${"1".padStart(64, "0")}`;
    expect(change("cgroup", `0::/system.slice/docker-${id}.scope\n`)).toBe(`0::/system.slice/docker-${other}.scope\n`);
    expect(change("cgroup", `1:name=mine:/docker/${id}\n`)).toBe(`1:name=name6:/docker/${other}\n`);
    expect(change("cgroup", `3:cpu,cpuacct:/kubepods/burstable/pod${uid}/${id}\n`)).toBe(
      `3:cpu,cpuacct:/kubepods/burstable/pod00000000-0000-4000-8000-000000000002/${other}\n`,
    );
    expect(
      change("cgroup", `0::/kubepods.slice/kubepods-pod${uid.replaceAll("-", "_")}.slice:cri-containerd:${id}\n`),
    ).toBe(`0::/kubepods.slice/kubepods-pod00000000_0000_4000_8000_000000000002.slice:cri-containerd:${other}\n`);
    expect(change("cgroup", "0::/system.slice/secret.service\n")).toMatch(/^0::\/system.slice\/name\d+.service\n$/);
    expect(change("cgroup", "0::/lxc.payload.secret/a\rb (deleted)\n")).toMatch(
      /^0::\/lxc.payload.name\d+\/name\d+ \(deleted\)\n$/,
    );
  });

  it("keep containers of Amazon ECS and Cloud Foundry recognisable", () => {
    const id = "c0ffee".padEnd(64, "4");
    const task = "0f".repeat(16);
    for (const path of [
      `/ecs/${task}/${task}-1234567890`,
      `/ecs/${task}/${id}`,
      "/garden/00ab12cd-1234-4abc-8def-0123456789ab",
    ]) {
      const before = placementOf(parseCgroup(bytes(`0::${path}\n`))).container;
      const changed = change("cgroup", `0::${path}\n`);
      const after = placementOf(parseCgroup(bytes(changed))).container;
      expect(before, path).toBeDefined();
      expect(after).toMatchObject({ id: expect.stringMatching(new RegExp(`^.{${before!.id.length}}$`)) });
      expect(after!.runtime).toBe(before!.runtime);
      expect(after!.id).not.toBe(before!.id);
      for (const secret of [task, id, "1234567890", "00ab12cd"]) expect(changed).not.toContain(secret);
    }
  });

  it("keep containers of every runtime, what watches them left out", () => {
    const id = "c0ffee".padEnd(64, "4");
    const paths = [
      ...SCOPES.map(([prefix]) => `/machine.slice/${prefix}${id}.scope`),
      ...PARENTS.map(([parent]) => `/${parent}/${id}`),
      ...CONTAINERD_NAMESPACES.map((namespace) => `/${namespace}/${id}`),
      "/lxc/secret",
      "/lxc.payload/secret",
      "/lxc.payload.secret",
      ...[...MONITORS.map((prefix) => `${prefix}${id}.scope`), `${MONITOR_PARENT}/secret`].map(
        (monitor) => `/docker/${id}/${monitor}`,
      ),
    ];
    for (const path of paths) {
      const changed = change("cgroup", `0::${path}\n`);
      const [before, after] = [`0::${path}\n`, changed].map((text) => placementOf(parseCgroup(bytes(text))).container);
      expect(after?.runtime, path).toBe(before!.runtime);
      expect(after?.id, path).not.toBe(before!.id);
      expect(changed).not.toMatch(/secret|c0ffee/);
    }
  });

  it("show of the mounts only how procfs is mounted", () => {
    const proc = "21 26 0:20 / /proc rw,relatime shared:5 - proc proc rw,hidepid=2\n";
    expect(
      change("mountinfo", `20 1 8:1 / / rw - ext4 /dev/secret rw\n${proc}30 1 0:9 /x /proc/secret rw - proc a rw\n`),
    ).toBe(proc);
  });
});
