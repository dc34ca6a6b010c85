import { expect, it } from "vitest";
import { procnet } from "../../../../test/support/command/run.ts";
import { makeTree, tcp, tcpRow } from "../../../../test/support/command/tree.ts";
import { cutCommandLine } from "./command-line.ts";
import { width } from "./width.ts";

const NODE = "/usr/local/bin/node /srv/shop/current/dist/server.js --port 3000";

it.each([
  [NODE, 80, NODE],
  [NODE, 30, "…/node …/server.js --port 3000"],
  [NODE, 26, "…/node …/server.js --port…"],
  [NODE, 18, "…/node …/server.js"],
  [NODE, 17, "node …/server.js"],
  [NODE, 15, "…/server.js"],
  [NODE, 8, "…rver.js"],
  ["node --enable-source-maps --require /srv/a/b.js /srv/shop/server.js", 24, "node … …/server.js"],
  ["node --import tsx server.ts --long-option", 20, "node … server.ts --…"],
  ["/usr/bin/python3.11 -m http.server 8123 --bind 127.0.0.1", 32, "…/python3.11 -m http.server 812…"],
  ["/usr/bin/java -Xmx4g -cp /opt/a.jar:/opt/b.jar -jar /opt/shop/shop.jar", 30, "…/java … -jar …/shop.jar"],
  ["deno run --allow-net /srv/shop/main.ts --watch", 20, "deno … …/main.ts --…"],
  ["npm exec serve-something-long --port 8000", 32, "npm exec serve-something-long -…"],
  ["/usr/sbin/nginx -g daemon off; -c /etc/nginx/nginx.conf", 24, "…/nginx -g daemon off; …"],
  ["postgres: checkpointer and much more", 12, "postgres: c…"],
  ["sh -c 'exec something long enough'", 14, "sh -c 'exec s…"],
  ["node", 3, "no…"],
  ["/a/b/c/", 5, "/a/b…"],
  ["node -r", 5, "node…"],
  ["", 3, ""],
  ["python3 /srv/日本語/サーバー.py", 13, "…/サーバー.py"],
])("%s in %i columns", (text, columns, expected) => {
  expect(cutCommandLine(text, columns)).toBe(expected);
});

it.each([NODE, "python -m x", "a b c d e f g h i j k", "/x/y /z/w -- -", "java -jar", "日本 語 語"])(
  "%s is never wider than its column",
  (text) => {
    for (let columns = 1; columns < 70; columns++) {
      expect(width(cutCommandLine(text, columns)), `${columns}`).toBeLessThanOrEqual(columns);
    }
  },
);

it("port at 80 columns shows the script of who listens", async () => {
  const tree = makeTree(
    { tcp: tcp(tcpRow(0, "00000000:0BB8", "00000000:0000", "0A", process.getuid?.() ?? 0, 1001)) },
    [
      { pid: 1, comm: "init" },
      { pid: 41234, comm: "node", cmdline: NODE.split(" "), sockets: [1001] },
    ],
  );
  try {
    const { out } = await procnet(["port", "3000", "--root", tree.root, "--byte-order", "LE", "--color", "never"], {
      columns: 80,
    });
    expect(out).toContain("/server.js");
    for (const line of out.split("\n")) expect(width(line)).toBeLessThanOrEqual(80);
  } finally {
    tree.remove();
  }
});

it("show heads its columns with words", async () => {
  const tree = makeTree({ tcp: tcp(tcpRow(0, "00000000:0BB8", "00000000:0000", "0A", 0, 1)) }, [
    { pid: 1, comm: "init" },
  ]);
  try {
    const where = ["--root", tree.root, "--byte-order", "LE"];
    const { out } = await procnet(["show", "tcp", ...where]);
    const heads = out.split("\n")[0]!.trim().split(/ +/);
    expect(heads).toEqual(
      expect.arrayContaining(["LOCAL_ADDRESS", "LOCAL_PORT", "TX_QUEUE", "TIMER_EXPIRES", "STATE"]),
    );
    const { out: csv } = await procnet(["show", "tcp", "--csv", ...where]);
    expect(csv).toContain("localAddress,localPort");
  } finally {
    tree.remove();
  }
});
