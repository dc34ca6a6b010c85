import { beforeEach, describe, expect, it } from "vitest";
import { netstat, ours } from "../../support/netstat/compare.ts";
import { missingTools, noNamespaces, skipIf } from "../../support/tools.ts";

describe("as netstat has it, in a namespace with nothing in it", () => {
  beforeEach((context) => skipIf(context, noNamespaces() ?? missingTools("netstat", "unshare")));
  const empty = ["unshare", "--net"] as const;
  const same = (flags: string): void => {
    const words = flags.split(" ");
    expect(ours(empty, words)).toEqual(netstat(empty, words));
  };

  it.each([
    ..."-n -an -ln -anv -v -nv -lv -4anv -6av -Sav -Suv -S -Sa -Sl -S6 -S6av -tanv -xv -xan -tx -tanp -anee".split(" "),
    ...["--ax25", "--ipx --netrom", "--ax25 -tn", "-A ax25,inet -n", "-A rose,x25,netrom,ax25,ipx", "-A ddp -n"],
    ...["-S -u", "-A inet,unix -nv", "-4 --ax25 -n", "-4 -A unix -n", "-x -6n", "-t words -n", "-tn -- -u", "-M"],
    ...[
      "--li --numeric",
      "--numeric --tcp",
      "--numeric-h --numeric-p -t",
      "-Ainet6 -n",
      "--protocol=unix",
      "-sx",
      "-s --ax25",
      "-s --inet6 --ipx",
    ],
  ])("netstat %s", same);
});
