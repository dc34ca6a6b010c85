import { accessSync } from "node:fs";
import { join } from "node:path";
import { Absent, type Case } from "../case.ts";
import { Coprocess } from "../tools/coprocess.ts";
import { capture, find } from "../tools/program.ts";

/** Where Debian's `golang-*-dev` packages put sources. */
const GOPATH = "/usr/share/gocode";
const PACKAGE = "golang-github-prometheus-procfs-dev";

let loop: Coprocess | undefined;

export const prometheus: Case = {
  name: "prometheus/procfs (Go): NetTCP()",
  table: "reading",
  covers: "tcp",
  async prepare(place) {
    const go = find("go");
    try {
      accessSync(join(GOPATH, "src/github.com/prometheus/procfs/net_tcp.go"));
    } catch {
      throw new Absent(`no sources of the package (Debian: ${PACKAGE})`);
    }
    const binary = join(place.temp, "prometheus");
    const built = await capture(go, ["build", "-o", binary, join(place.sources, "rivals", "prometheus.go")], {
      cwd: place.temp,
      env: { ...process.env, GOPATH, GO111MODULE: "off", GOCACHE: join(place.temp, "go-cache") },
    });
    if (built.code !== 0) throw new Absent(`go could not build it: ${built.text.trim().split("\n").at(-1)}`);
    loop = new Coprocess(binary);
    return (await capture("dpkg-query", ["-W", PACKAGE])).text.split(/\s/)[1] ?? "version unknown";
  },
  run: () => loop!.ask(),
};
