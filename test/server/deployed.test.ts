import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SERVE } from "../../packages/cli/src/flags/definitions.ts";
import { NAMESPACE, ROOT as ROOT_OPTIONS } from "../../packages/cli/src/flags/shared.ts";
import { ask } from "../support/server/ask.ts";
import { commandLines, compose, container, DEPLOYED, deployedText, manifest } from "../support/server/deployed.ts";
import { serve } from "../support/server/serve.ts";
import { notRoot } from "../support/sockets/built.ts";
import { missingTools, ROOT, skipIf } from "../support/tools.ts";

const RIGHTS = ["DAC_READ_SEARCH", "SYS_PTRACE"];

const FLAGS = new Set(
  Object.keys({ ...SERVE.options, ...NAMESPACE, ...ROOT_OPTIONS }).map(
    (name) => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  ),
);

describe("the server as it is deployed", () => {
  it.each([...commandLines()])("%s runs the command with flags that it has", (_, words) => {
    expect(words[0]).toBe("serve");
    expect(words.filter((word) => word.startsWith("--") && !FLAGS.has(word))).toEqual([]);
  });

  it("is run by five command lines", () => expect(commandLines().size).toBe(5));

  it("is run by the same words in a pod and beside other containers, but for names", () => {
    const [pod, other] = ["kubernetes/procnet.yaml", "compose.yaml"].map((name) => commandLines().get(name)!);
    const named = pod!.slice(0, pod!.indexOf("--host-name"));
    expect(pod!.slice(named.length)).toEqual(["--host-name", "$(NODE_NAME)"]);
    expect(container().env).toEqual([{ name: "NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }]);
    expect(named.map((word) => word.replace("/etc/procnet/token", "TOKEN"))).toEqual(
      other!.map((word) => word.replace("/run/secrets/procnet-token", "TOKEN")),
    );
  });

  it("has the version of the package, and of each other", () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "packages/server/package.json"), "utf8"));
    expect(container().image).toBe(`registry.example/procnet:${version}`);
    expect(compose().services!.procnet!.image).toBe(`procnet:${version}`);
  });

  it("is packed whole", () => {
    const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: join(ROOT, "packages/server"),
      encoding: "utf8",
    });
    const [{ files }] = JSON.parse(stdout) as [{ files: readonly { readonly path: string }[] }];
    const packed = files.map(({ path }) => path).filter((path) => path.startsWith("deploy/"));
    expect(packed.sort()).toEqual(DEPLOYED.map((name) => `deploy/${name}`).sort());
    expect(DEPLOYED).toEqual(
      expect.arrayContaining(["alerts.yml", "recording.yml", "compose.yaml", "Containerfile", "procnet.service"]),
    );
    expect(DEPLOYED).toEqual(expect.arrayContaining(["grafana/procnet.json", "kubernetes/procnet.yaml"]));
  });
});

it("the image takes the three packages, as they are called when packed", () => {
  const [, pattern = ""] = /^COPY (\S+) /m.exec(deployedText("Containerfile")) ?? [];
  const form = new RegExp(`^${pattern.replaceAll(".", "\\.").replace("*", ".*")}$`);
  for (const folder of ["procnet", "cli", "server"]) {
    const { name, version } = JSON.parse(readFileSync(join(ROOT, "packages", folder, "package.json"), "utf8"));
    expect(`${name.replace("@", "").replace("/", "-")}-${version}.tgz`).toMatch(form);
  }
});

describe("the manifest", () => {
  it("has a namespace, an account and a DaemonSet that belong together", () => {
    const all = manifest();
    expect([...all].map(([kind, { apiVersion }]) => [kind, apiVersion])).toEqual([
      ["Namespace", "v1"],
      ["ServiceAccount", "v1"],
      ["DaemonSet", "apps/v1"],
    ]);
    const { metadata, spec } = all.get("DaemonSet")!;
    expect(metadata!.namespace).toBe(all.get("Namespace")!.metadata!.name);
    expect(spec!.selector!.matchLabels).toEqual(spec!.template!.metadata!.labels);
    expect(spec!.template!.spec!.serviceAccountName).toBe(all.get("ServiceAccount")!.metadata!.name);
    expect(all.get("ServiceAccount")!.automountServiceAccountToken).toBe(false);
  });

  it("gives no more rights than are needed", () => {
    const { containers, volumes, ...pod } = manifest().get("DaemonSet")!.spec!.template!.spec!;
    expect(pod).toEqual({
      serviceAccountName: "procnet",
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      hostPID: true,
      nodeSelector: { "kubernetes.io/os": "linux" },
      tolerations: [{ operator: "Exists" }],
      terminationGracePeriodSeconds: 10,
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    });
    expect([...containers!]).toHaveLength(1);
    expect(container().securityContext).toEqual({
      runAsUser: 0,
      runAsGroup: 0,
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"], add: RIGHTS },
    });
    expect([...container().volumeMounts!].map(({ readOnly }) => readOnly)).toEqual([true, true]);
    expect(volumes).toEqual([
      { name: "token", secret: { secretName: "procnet-token", defaultMode: 0o400 } },
      { name: "sys", hostPath: { path: "/sys", type: "Directory" } },
    ]);
  });

  it("names ports, mounts and files by which the others find them", () => {
    const { ports, args, livenessProbe, readinessProbe, volumeMounts, resources } = container();
    expect(ports).toEqual([{ name: "metrics", containerPort: 9909, protocol: "TCP" }]);
    for (const probe of [livenessProbe, readinessProbe]) expect(probe!.httpGet!.port).toBe("metrics");
    const paths = [...volumeMounts!].map(({ mountPath }) => String(mountPath));
    const words = [...args!].map(String);
    expect(words[words.indexOf("--sysfs") + 1]).toBe(paths[1]);
    expect(words[words.indexOf("--token-file") + 1]).toBe(`${paths[0]}/token`);
    expect(words[words.indexOf("--listen") + 1]).toBe("0.0.0.0:9909");
    expect(resources).toEqual({
      requests: { cpu: "50m", memory: "128Mi" },
      limits: { cpu: "1", memory: "512Mi" },
    });
    const { annotations } = manifest().get("DaemonSet")!.spec!.template!.metadata!;
    expect(annotations).toMatchObject({ "prometheus.io/port": "9909", "prometheus.io/path": "/metrics" });
  });
});

it("the compose file gives no more rights than are needed", () => {
  const { services, secrets, ...rest } = compose();
  expect(rest).toEqual({});
  const { command, image, build, ...service } = services!.procnet!;
  expect([...command!].length).toBeGreaterThan(5);
  expect(image).toBeDefined();
  expect(build).toEqual({ context: ".", dockerfile: "Containerfile" });
  expect(service).toEqual({
    pid: "host",
    ports: ["127.0.0.1:9909:9909"],
    volumes: [{ type: "bind", source: "/sys", target: "/host/sys", read_only: true }],
    secrets: ["procnet-token"],
    read_only: true,
    cap_drop: ["ALL"],
    cap_add: RIGHTS,
    security_opt: ["no-new-privileges:true"],
    mem_limit: "512m",
    pids_limit: 64,
    restart: "unless-stopped",
  });
  expect(secrets).toEqual({ "procnet-token": { file: "./token" } });
});

describe("root with no other capabilities than those of the manifest", () => {
  const reason = notRoot() ?? missingTools("setpriv");
  const token = "0123456789abcdef0123456789abcdef";
  const listener = createServer();
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "procnet-deployed-"));
    writeFileSync(join(folder, "token"), `${token}\n`, { mode: 0o400 });
    return new Promise<void>((listening) => listener.listen(0, "127.0.0.1", listening));
  });
  afterAll(() => {
    listener.close();
    rmSync(folder, { recursive: true });
  });

  /** The words of the manifest, with paths and a port of this machine. */
  function words(): string[] {
    const [, ...args] = commandLines().get("kubernetes/procnet.yaml")!;
    const here: Readonly<Record<string, string>> = {
      "0.0.0.0:9909": "0.0.0.0:0",
      "/etc/procnet/token": join(folder, "token"),
      "/host/sys": "/sys",
      "$(NODE_NAME)": "node-7",
    };
    return args.map((word) => here[word] ?? word);
  }

  async function ownersSeenWith(rights: readonly string[]): Promise<unknown> {
    const only = ["-all", ...rights.map((right) => `+${right.toLowerCase()}`)].join(",");
    const through = ["setpriv", "--no-new-privs", "--inh-caps=-all", `--bounding-set=${only}`];
    const served = await serve(words(), { through });
    try {
      const url = served.urls[0]!.replace("0.0.0.0", "127.0.0.1");
      for (const probe of [container().livenessProbe!, container().readinessProbe!])
        expect((await ask(`${url}${String(probe.httpGet!.path).slice(1)}`)).status).toBe(200);
      expect((await ask(`${url}metrics`)).status).toBe(401);
      const { port } = listener.address() as AddressInfo;
      const { text } = await ask(`${url}api/v1/sockets?filter=${encodeURIComponent(`sport = :${port}`)}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const { sockets } = JSON.parse(text) as { sockets: { owners?: readonly object[] }[] };
      return sockets[0]!.owners;
    } finally {
      await served.end();
    }
  }

  it("is told who holds the sockets of all, and answers the probes", async (context) => {
    skipIf(context, reason);
    expect(await ownersSeenWith(RIGHTS)).toMatchObject([{ pid: process.pid }]);
  });

  it("is not told with fewer", async (context) => {
    skipIf(context, reason);
    expect(await ownersSeenWith([])).toEqual([]);
  });
});
