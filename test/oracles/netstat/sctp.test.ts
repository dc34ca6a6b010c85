import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { netstat } from "../../../packages/cli/src/netstat/command.ts";
import { testIo } from "../../support/command/io.ts";
import { captured, noCaptured, theirs, withRoot } from "../../support/netstat/captured.ts";
import { skipIf } from "../../support/tools.ts";

/*
 * SCTP against the real netstat, on captured files in place of /proc: few kernels have its module loaded.
 */

const EPS = ` ENDPT     SOCK   STY SST HBKT LPORT   UID INODE LADDRS
000000003af07362 000000008b6ed7e6 2   10  29   5000      0 12345 127.0.0.1 10.0.0.1 
00000000d2d3c1c0 00000000d2b51c80 0   7   30   22     1000 12399 2001:0db8:0000:0000:0000:0000:0000:0001 
00000000d2d3c1c1 00000000d2b51c80 0   10  30   5002   4294967290 0 0000:0000:0000:0000:0000:0000:0000:0000 
00000000d2d3c1c2 00000000d2b51c80 0   10  30   65535     0 4294967295 10.0.0.1 2001:0db8:1111:2222:3333:4444:5555:6666 
00000000d2d3c1c3 00000000d2b51c80 0   0   30   5003      0 17 0000:0000:0000:0000:0000:ffff:0a00:0002 
00000000d2d3c1c4 00000000d2b51c80 0   12  30   5004      0 18 0.0.0.0 
`;
const ASSOCS = ` ASSOC     SOCK   STY SST ST HBKT ASSOC-ID TX_QUEUE RX_QUEUE UID INODE LPORT RPORT LADDRS <-> RADDRS HBINT INS OUTS MAXRT T1X T2X RTXC wmema wmemq sndbuf rcvbuf
0000000011e04d56 000000008b6ed7e6 2   1   3  0       5       10       20       0 12346 5000  40000  *10.0.0.1 10.1.0.1 10.1.0.2 <-> 10.0.0.2 *10.1.0.2 \t    7500    10    11   12    1    2        3        4        5   212992   212993
0000000011e04d57 000000008b6ed7e6 2   10  3  0       6       10       20       0 12346 5000  40000  *10.0.0.1 <-> 10.0.0.2 *10.1.0.2 10.1.0.3 \t    7500    10    11   12    1    2        3        4        5   212992   212993
0000000011e04d58 000000008b6ed7e6 2   7   4  0       7       11       21    1000 0 65000  40000  *2001:0db8:1111:2222:3333:4444:5555:6666 2001:0db8:1111:2222:3333:4444:5555:7777 <-> *2001:0db8:0000:0000:0000:0000:0000:0002 \t    7500    10    11   12    1    2        3        4        5   212992   212993
0000000011e04d59 000000008b6ed7e6 2   3   0  0       8 11111111 22222222    1000 9 22  22  10.0.0.1 <-> *10.0.0.9 \t    7500    10    11   12    1    2        3        4        5   212992   212993
`;

const skip = noCaptured();
const tree = captured({ "sctp/eps": EPS, "sctp/assocs": ASSOCS });
afterAll(() => tree.remove());

describe("against netstat", () => {
  beforeEach((context) => skipIf(context, skip));

  it.each([
    ..."-San -Sn -Sln -Sanee -Saneo -SanW -Sanp -San6 -San4 -an -nl -n -4an -6an -46an -anW -aneop -anv -Sunl".split(
      " ",
    ),
  ])("netstat %s", async (flags) => {
    expect(await withRoot(tree.root, [flags])).toEqual(theirs(tree.root, [flags]));
  });
});

it("costs no other line when one is broken", async () => {
  const broken = captured({
    "sctp/eps": EPS.replace("000000003af07362 000000008b6ed7e6 2", "rubbish"),
    "sctp/assocs": ASSOCS,
  });
  const whole = await withRoot(tree.root, ["-Sln"]);
  const { out, err, code } = await withRoot(broken.root, ["-Sln"]);
  broken.remove();
  expect(code).toBe(0);
  expect(err).toBe("netstat: sctp eps: lines that could not be read: 1\n");
  expect(out).toBe(whole.out.replace(/^sctp.*127\.0\.0\.1:5000.*\n.*\n/m, ""));
});

describe("--root", () => {
  it("reads another procfs, as it is or from a host", async () => {
    const flags = ["-Santu", "-n"];
    const io = testIo();
    expect(await netstat(["--root", tree.root, ...flags], io)).toBe(0);
    expect(io.printed.out).toBe((await withRoot(tree.root, flags)).out);
    expect(io.printed.out).toContain("10.0.0.1:5000");
    const live = testIo();
    expect(await netstat(["--root=/proc", "-tln"], live)).toBe(0);
    expect(live.printed.out).toMatch(/^Active Internet connections \(only servers\)\n/);
  });

  it("says when there is none", async () => {
    const io = testIo();
    expect(await netstat(["--root", "/nowhere", "-t"], io)).toBe(2);
    expect(io.printed).toMatchObject({ out: "", err: expect.stringContaining("there is no /nowhere/1/net") });
  });
});
