import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { procnet } from "../../../../test/support/command/run.ts";
import { makeTree, type Tree, tcp, usualTree } from "../../../../test/support/command/tree.ts";
import { skipIf } from "../../../../test/support/tools.ts";
import { width } from "../text/width.ts";

let tree: Tree;
beforeAll(() => {
  tree = usualTree();
});
afterAll(() => tree.remove());

const shown = async (columns: number | undefined, ...args: string[]): Promise<string> => {
  const { out, code } = await procnet([...args, "--root", tree.root, "--byte-order", "LE"], { columns });
  expect(code).toBe(0);
  return `\n${out}`;
};

describe("sockets", () => {
  it("at 40 columns keeps address and process", async () => {
    expect(await shown(40, "sockets")).toMatchInlineSnapshot(`
      "
      [1mLOCAL         PEER          PROCESS[22m
      0.0.0.0:443   0.0.0.0:*     ngi…[200] +1
      ….0.0.1:5432  0.0.0.0:*     postgr…[300]
      10.0.0.2:443  10.….5:50000  nginx[200]
      10.0.0.2:443  10.….6:50001  nginx[200]
      10.0.0.2:443  10.….7:50002  [2m-[22m
      ….0.1:50003   ….0.0.1:5432  psql[400]
      [::]:80       [::]:*        nginx[200]
      […::1]:443    […:2]:50004   nginx[200]
      0.0.0.0:53    0.0.0.0:*     [2m-[22m
      "
    `);
  });
  it("at 80 columns", async () => {
    expect(await shown(80, "sockets")).toMatchInlineSnapshot(`
      "
      [1mPROTO  STATE        LOCAL              PEER                        PROCESS[22m
      tcp    [32mLISTEN[39m       0.0.0.0:443        0.0.0.0:*                   nginx[200] +1
      tcp    [32mLISTEN[39m       127.0.0.1:5432     0.0.0.0:*                   postgres[300]
      tcp    [36mESTABLISHED[39m  10.0.0.2:443       10.0.0.5:50000              nginx[200]
      tcp    [33mCLOSE_WAIT[39m   10.0.0.2:443       10.0.0.6:50001              nginx[200]
      tcp    TIME_WAIT    10.0.0.2:443       10.0.0.7:50002              [2m-[22m
      tcp    [36mESTABLISHED[39m  127.0.0.1:50003    127.0.0.1:5432              psql[400]
      tcp6   [32mLISTEN[39m       [::]:80            [::]:*                      nginx[200]
      tcp6   [36mESTABLISHED[39m  [2001:db8::1]:443  [2001:…:ab89:0:2]:50004     nginx[200]
      udp    UNCONN       0.0.0.0:53         0.0.0.0:*                   [2m-[22m
      "
    `);
  });
  it("at 200 columns", async () => {
    expect(await shown(200, "sockets")).toMatchInlineSnapshot(`
      "
      [1mPROTO  STATE        RECV-Q  SEND-Q  LOCAL              PEER                                      PROCESS         UID  CONTAINER[22m
      tcp    [32mLISTEN[39m            0       0  0.0.0.0:443        0.0.0.0:*                                 nginx[200] +1     0  docker:0123456789ab
      tcp    [32mLISTEN[39m            0       0  127.0.0.1:5432     0.0.0.0:*                                 postgres[300]    70
      tcp    [36mESTABLISHED[39m       0       0  10.0.0.2:443       10.0.0.5:50000                            nginx[200]        0  docker:0123456789ab
      tcp    [33mCLOSE_WAIT[39m        0       0  10.0.0.2:443       10.0.0.6:50001                            nginx[200]        0  docker:0123456789ab
      tcp    TIME_WAIT         0       0  10.0.0.2:443       10.0.0.7:50002                            [2m-[22m                 0
      tcp    [36mESTABLISHED[39m       0       0  127.0.0.1:50003    127.0.0.1:5432                            psql[400]      1000
      tcp6   [32mLISTEN[39m            0       0  [::]:80            [::]:*                                    nginx[200]        0  docker:0123456789ab
      tcp6   [36mESTABLISHED[39m       0       0  [2001:db8::1]:443  [2001:db8:6745:2301:efcd:ab89:0:2]:50004  nginx[200]        0  docker:0123456789ab
      udp    UNCONN            0       0  0.0.0.0:53         0.0.0.0:*                                 [2m-[22m                 0
      "
    `);
  });
  it("piped is whole", async () => {
    expect(await shown(undefined, "sockets")).toMatchInlineSnapshot(`
      "
      PROTO  STATE        RECV-Q  SEND-Q  LOCAL              PEER                                      PROCESS         UID  CONTAINER            SUSPECT
      tcp    LISTEN            0       0  0.0.0.0:443        0.0.0.0:*                                 nginx[200] +1     0  docker:0123456789ab
      tcp    LISTEN            0       0  127.0.0.1:5432     0.0.0.0:*                                 postgres[300]    70
      tcp    ESTABLISHED       0       0  10.0.0.2:443       10.0.0.5:50000                            nginx[200]        0  docker:0123456789ab
      tcp    CLOSE_WAIT        0       0  10.0.0.2:443       10.0.0.6:50001                            nginx[200]        0  docker:0123456789ab
      tcp    TIME_WAIT         0       0  10.0.0.2:443       10.0.0.7:50002                            -                 0
      tcp    ESTABLISHED       0       0  127.0.0.1:50003    127.0.0.1:5432                            psql[400]      1000
      tcp6   LISTEN            0       0  [::]:80            [::]:*                                    nginx[200]        0  docker:0123456789ab
      tcp6   ESTABLISHED       0       0  [2001:db8::1]:443  [2001:db8:6745:2301:efcd:ab89:0:2]:50004  nginx[200]        0  docker:0123456789ab
      udp    UNCONN            0       0  0.0.0.0:53         0.0.0.0:*                                 -                 0
      "
    `);
  });
  it("of all protocols that listen, ordered", async () => {
    expect(
      await shown(undefined, "-l", "-A", "all", "--sort", "-port", "--columns", "proto,state,local,pid"),
    ).toMatchInlineSnapshot(`
      "
      PROTO  STATE   LOCAL                     PID
      tcp    LISTEN  127.0.0.1:5432            300
      tcp    LISTEN  0.0.0.0:443            200 +1
      tcp6   LISTEN  [::]:80                   200
      udp    UNCONN  0.0.0.0:53
      unix   LISTEN  /run/app dir/app.sock     300
      "
    `);
  });
  it("counted", async () => {
    expect(await shown(undefined, "--count-by", "state")).toMatchInlineSnapshot(`
      "
      COUNT  STATE
          3  ESTABLISHED
          3  LISTEN
          1  CLOSE_WAIT
          1  TIME_WAIT
          1  UNCONN
      "
    `);
    expect(await shown(undefined, "--count-by", "process")).toMatchInlineSnapshot(`
      "
      COUNT  PROCESS
          5  nginx
          2  -
          1  postgres
          1  psql
      "
    `);
  });
  it("as CSV has a column for everything", async () => {
    expect(await shown(80, "sockets", "-x", "--csv")).toMatchInlineSnapshot(`
      "
      proto,state,recvq,sendq,local,peer,process,uid,container,netns,port,peerport,pid,fd,command,exe,unit,cgroup,inode,reason,retransmits,cwnd,drops,type,suspect,kernelstate
      unix,LISTEN,,,/run/app dir/app.sock,*,postgres[300],,,,,,300,4,,,postgresql.service,/system.slice/postgresql.service,1008,,,,,STREAM,,UNCONNECTED
      unix,UNCONN,,,@abstract,*,psql[400],,,,,,400,4,,,,/,1009,,,,,DGRAM,,UNCONNECTED
      "
    `);
  });
});

it.for(["interfaces", "routes", "neighbours", "namespaces", "stats", "port 443 53 5432", "show dev", "show arp"])(
  "%s",
  async (command, context) => {
    // A process is its directory's owner's, and those of the tree belong to who runs this.
    skipIf(context, command.startsWith("port") && process.getuid?.() !== 0 ? "not root: uids are others" : undefined);
    const args = command.split(" ");
    const { out } = await procnet([...args, "--root", tree.root, "--byte-order", "LE"], { columns: 80 });
    expect(`\n${out}`).toMatchSnapshot();
  },
);

it.each([20, 30, 40, 60, 80, 120, 200])("no line is wider than a terminal of %i columns", async (columns) => {
  for (const command of ["sockets -A all", "interfaces", "routes", "neighbours", "namespaces", "port 443 5432"]) {
    const { out } = await procnet([...command.split(" "), "--root", tree.root, "--color", "never"], { columns });
    expect(out.split("\n").length).toBeGreaterThan(1);
    for (const line of out.split("\n")) expect(width(line)).toBeLessThanOrEqual(Math.max(columns, 30));
  }
});

it("colours on demand only, without changing a character of the text", async () => {
  const plain = await shown(80, "sockets", "--color", "never");
  const coloured = await shown(80, "sockets", "--color", "always");
  expect(coloured).toContain("\x1b[32mLISTEN\x1b[39m");
  expect(coloured.replace(/\x1b\[\d+m/g, "")).toBe(plain);
});

it.each([
  [{}, undefined, false],
  [{}, 80, true],
  [{ NO_COLOR: "1" }, 80, false],
  [{ NO_COLOR: "" }, 80, true],
  [{ FORCE_COLOR: "1" }, undefined, true],
  [{ FORCE_COLOR: "0" }, 80, false],
  [{ TERM: "dumb" }, 80, false],
])("environment %o with %s columns: colour %s", async (env, columns, isColoured) => {
  const { out } = await procnet(["sockets", "--root", tree.root], { env, columns });
  expect(out.includes("\x1b[")).toBe(isColoured);
});

it("says when none of the files with counters is there, and prints nothing for a file without rows", async () => {
  const bare = makeTree({ tcp: tcp(), rt_cache: "" }, [{ pid: 1, comm: "init" }]);
  try {
    const { code, out, err } = await procnet(["stats", "--root", bare.root]);
    expect({ code, out }).toEqual({ code: 4, out: "" });
    expect(err).toContain("/1/net/snmp");
    expect(await procnet(["show", "rt_cache", "--root", bare.root])).toMatchObject({ code: 0, out: "" });
  } finally {
    bare.remove();
  }
});

it("a counter that there is none of is named, and what is near it, beside others that there are", async () => {
  const { out, err, code } = await procnet(["stats", "RetransSeg", "Foo", "RetransSegs", "--root", tree.root]);
  expect(code).toBe(4);
  expect(out).toContain("RetransSegs");
  expect(err).toBe(
    'procnet: no counter is called "RetransSeg" (did you mean RetransSegs?)\n' +
      'procnet: no counter is called "Foo"; procnet stats --zeros lists all there are\n',
  );
});
