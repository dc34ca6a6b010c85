import { describe, expect, it } from "vitest";
import { latin1Bytes } from "../bytes/strings.ts";
import { type FdTarget, parseFdTarget } from "./fd-target.ts";

const ff = (text: string): string => `${text}\xff`;

const forms: [string, FdTarget][] = [
  ["socket:[258109]", { kind: "socket", inode: 258109 }],
  ["socket:[4294967297]", { kind: "socket", inode: 4294967297 }],
  ["pipe:[67]", { kind: "pipe", inode: 67 }],
  ["anon_inode:[eventpoll]", { kind: "anonInode", name: "eventpoll" }],
  ["anon_inode:[landlock-ruleset]", { kind: "anonInode", name: "landlock-ruleset" }],
  ["anon_inode:inotify", { kind: "anonInode", name: "inotify" }],
  ["anon_inode:kvm-vcpu:0", { kind: "anonInode", name: "kvm-vcpu:0" }],
  ["anon_inode:seccomp notify", { kind: "anonInode", name: "seccomp notify" }],
  ["anon_inode:[pidfd]", { kind: "pidfd", inode: undefined }],
  ["pidfd:[12]", { kind: "pidfd", inode: 12 }],
  ["net:[4026531840]", { kind: "namespace", type: "net", inode: 4026531840 }],
  ["time:[4026531834]", { kind: "namespace", type: "time", inode: 4026531834 }],
  ["cgroup:[4026531835]", { kind: "namespace", type: "cgroup", inode: 4026531835 }],
  ["nsfs_next:[7]", { kind: "other", type: "nsfs_next", inode: 7 }],
  ["/memfd: a (deleted) b (deleted)", { kind: "memfd", name: " a (deleted) b" }],
  ["/memfd: (deleted)", { kind: "memfd", name: "" }],
  ["/memfd:live", { kind: "path", path: "/memfd:live" }],
  ["/memfd:two\nlines (deleted)", { kind: "memfd", name: "two\nlines" }],
  ["/dev/zero (deleted)", { kind: "deleted", path: "/dev/zero", raw: "/dev/zero (deleted)" }],
  ["/[aio] (deleted)", { kind: "deleted", path: "/[aio]", raw: "/[aio] (deleted)" }],
  ["/x (deleted) (deleted)", { kind: "deleted", path: "/x (deleted)", raw: "/x (deleted) (deleted)" }],
  ["/x(deleted)", { kind: "path", path: "/x(deleted)" }],
  ["/socket:[1]", { kind: "path", path: "/socket:[1]" }],
  ["/dev/null", { kind: "path", path: "/dev/null" }],
  ["/é", { kind: "path", path: "/é" }],
  ["socket:[12]x", { kind: "unknown", raw: "socket:[12]x" }],
  ["socket:[12]\n", { kind: "unknown", raw: "socket:[12]\n" }],
  ["socket:[-1]", { kind: "unknown", raw: "socket:[-1]" }],
  ["relative/path", { kind: "unknown", raw: "relative/path" }],
  ["", { kind: "unknown", raw: "" }],
];

describe("parseFdTarget", () => {
  it.each(forms)("%j", (link, target) => {
    const bytes = new TextEncoder().encode(link);
    expect(parseFdTarget(bytes)).toStrictEqual(target);
    expect(parseFdTarget(Buffer.from(bytes).toString("latin1"))).toStrictEqual(target);
  });

  it("keeps bytes that are not UTF-8", () => {
    expect(parseFdTarget(ff("/a"))).toStrictEqual({ kind: "path", path: "/a\ufffd", pathBytes: latin1Bytes(ff("/a")) });
    expect(parseFdTarget(`${ff("/a")} (deleted)`)).toStrictEqual({
      kind: "deleted",
      path: "/a\ufffd",
      pathBytes: latin1Bytes(ff("/a")),
      raw: "/a\ufffd (deleted)",
    });
    expect(parseFdTarget(`/memfd:${ff("n")} (deleted)`)).toStrictEqual({
      kind: "memfd",
      name: "n\ufffd",
      nameBytes: latin1Bytes(ff("n")),
    });
    expect(parseFdTarget(ff("u"))).toStrictEqual({ kind: "unknown", raw: "u\ufffd", rawBytes: latin1Bytes(ff("u")) });
  });
});
