import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Absent, type Case, type Place } from "../case.ts";
import { Coprocess } from "../tools/coprocess.ts";
import { countLines } from "../tools/lines.ts";
import { capture, find, timed } from "../tools/program.ts";

/** Where Debian's `librust-*-dev` packages put the sources of crates. */
const REGISTRY = "/usr/share/cargo/registry";

let loop: Coprocess | undefined;
let netstat = "";
let output = "";

/** The Rust crate `procfs`: its TCP table, and its example that joins both tables with the descriptors of all processes. */
export const crateCases: readonly Case[] = [
  {
    name: "procfs crate (Rust): net::tcp()",
    table: "reading",
    covers: "tcp",
    async prepare(place) {
      const { version, binaries } = await build(place);
      loop = new Coprocess(join(binaries, "crate-tcp"));
      return version;
    },
    run: () => loop!.ask(),
  },
  {
    name: "procfs crate (Rust): its netstat example",
    table: "owners",
    covers: "tcp and tcp6",
    async prepare(place) {
      const { version, binaries } = await build(place);
      netstat = join(binaries, "crate-netstat");
      output = join(place.temp, "crate-netstat.txt");
      return version;
    },
    async run() {
      const ms = await timed(output, netstat, []);
      return { ms, sockets: countLines(output, /^\S+:\d+ /gm) };
    },
  },
];

/** Builds both programs without network. The second caller finds them built. */
async function build(place: Place): Promise<{ version: string; binaries: string }> {
  const cargo = find("cargo");
  const version = crateVersion();
  const directory = join(place.temp, "crate");
  mkdirSync(join(directory, ".cargo"), { recursive: true });
  writeFileSync(join(directory, ".cargo", "config.toml"), CONFIG);
  writeFileSync(join(directory, "Cargo.toml"), manifest(version, join(place.sources, "rivals", "crate-tcp.rs")));
  const target = join(directory, "target");
  const built = await capture(cargo, ["build", "--release", "--offline", "--target-dir", target], { cwd: directory });
  if (built.code !== 0)
    throw new Absent(`cargo could not build it: ${/^error.*/m.exec(built.text)?.[0] ?? "no reason"}`);
  return { version, binaries: join(target, "release") };
}

function crateVersion(): string {
  try {
    const found = readdirSync(REGISTRY).find((name) => /^procfs-\d/.test(name));
    if (found !== undefined) return found.slice("procfs-".length);
  } catch {
    // No registry at all: the same package brings it.
  }
  throw new Absent("no sources of the crate (Debian: librust-procfs-dev)");
}

const CONFIG = `[source.crates-io]
replace-with = "debian"
[source.debian]
directory = "${REGISTRY}"
`;

function manifest(version: string, tcp: string): string {
  return `[package]
name = "procnet-bench-rival"
version = "0.0.0"
edition = "2021"
[[bin]]
name = "crate-tcp"
path = "${tcp}"
[[bin]]
name = "crate-netstat"
path = "${REGISTRY}/procfs-${version}/examples/netstat.rs"
[dependencies]
procfs = { version = "=${version}", default-features = false }
`;
}
