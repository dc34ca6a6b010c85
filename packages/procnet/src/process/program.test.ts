import { describe, expect, it } from "vitest";
import { programOf } from "./program.ts";

const program = (comm: string, cmdline: readonly string[], exe?: string): string => programOf({ comm, cmdline, exe });

describe("a program is called by", () => {
  it.each([
    // Node 24 gives its main thread a name: node::Start, src/node.cc (uv_thread_setname).
    ["node", "MainThread", ["node", "server.js"], "/usr/bin/node"],
    ["node", "MainThread", ["/usr/local/bin/node", "/app/server.js"], "/usr/local/bin/node"],
    ["python3", "python3", ["python3", "script.py"], "/usr/bin/python3.11"],
    ["python3", "MainThread", ["/usr/bin/python3", "-u", "script.py"], "/usr/bin/python3.11"],
    ["java", "java", ["java", "-jar", "app.jar"], "/usr/lib/jvm/21/bin/java"],
    ["systemd-networkd", "systemd-network", ["/usr/lib/systemd/systemd-networkd"], "/usr/lib/systemd/systemd-networkd"],
    ["server", "server", ["./build/server", "--port", "80"], "/app/build/server"],
    ["imap", "imap", ["dovecot/imap"], "/usr/lib/dovecot/imap"],
  ])("%s: what it was started as", (expected, comm, cmdline, exe) => {
    expect(program(comm, cmdline, exe)).toBe(expected);
  });

  it.each([
    ["bash", "bash", ["-bash"], "/usr/bin/bash"],
    ["sh", "sh", ["-sh"], "/bin/busybox"],
    ["sh", "sh", ["sh", "-c", "nc -l"], "/bin/busybox"],
    ["sh", "sh", ["/bin/sh"], "/bin/busybox"],
    ["httpd", "httpd", ["httpd", "-f"], "/bin/busybox"],
  ])("%s: login shells and names that one file answers to", (expected, comm, cmdline, exe) => {
    expect(program(comm, cmdline, exe)).toBe(expected);
  });

  it.each([
    ["nginx", "nginx", ["nginx: worker process"], "/usr/sbin/nginx"],
    ["nginx", "nginx", ["nginx: master process /usr/sbin/nginx -g daemon off;"], "/usr/sbin/nginx"],
    ["sshd", "sshd", ["sshd: user@pts/0"], "/usr/sbin/sshd"],
    ["sshd-session", "sshd-session", ["sshd-session: root [priv]"], "/usr/lib/openssh/sshd-session"],
    ["postgres", "postgres", ["postgres: 14/main: checkpointer "], "/usr/lib/postgresql/14/bin/postgres"],
    ["gunicorn", "gunicorn: maste", ["gunicorn: master [app:app]"], "/usr/bin/python3.11"],
    ["puma", "ruby", ["puma 6.4.0 (tcp://0.0.0.0:3000) [app/x]"], "/usr/bin/ruby3.1"],
    ["npm start", "npm start", ["npm start"], "/usr/bin/node"],
    ["npm exec", "npm exec @scop", ["npm exec @scope/tool"], "/usr/bin/node"],
    ["my-server", "my-server", ["my-server", ""], "/usr/bin/node"],
    ["my server", "node", ["my server"], "/usr/bin/node"],
    ["com.app:remote", "com.app:remote", ["com.app:remote"], "/system/bin/app_process64"],
  ])("%s: a title it gave itself", (expected, comm, cmdline, exe) => {
    expect(program(comm, cmdline, exe)).toBe(expected);
    if (!["my server", "com.app:remote"].includes(expected)) expect(program(comm, cmdline)).toBe(expected);
  });

  it.each([
    ["code", "code", ["/usr/share/code/code --type=zygote --user-data-dir=/home/x"], "/usr/share/code/code"],
    ["code", "code", ["/usr/share/code/code --type=zygote --user-data-dir=/home/x"], undefined],
    ["code", "code", ["/proc/self/exe", "--type=utility"], "/usr/share/code/code"],
    ["Code Helper", "Code Helper", ["/opt/My App/Code Helper --type=x"], "/opt/My App/Code Helper"],
    ["Code Helper (GPU)", "Code Helper (GP", ["/opt/a/Code Helper (GPU)"], "/opt/a/Code Helper (GPU)"],
    ["server", "server", ["/opt/My App/server"], undefined],
    ["runc", "6", ["/dev/fd/7"], "/usr/bin/runc"],
    ["memfd:runc", "6", ["/proc/self/exe"], "/memfd:runc (deleted)"],
    ["App-1.2.AppImage", "App-1.2.AppImag", ["./App-1.2.AppImage"], "/home/u/App-1.2.AppImage"],
    ["app", "app", ["/tmp/.mount_AppXyZ/usr/bin/app"], "/tmp/.mount_AppXyZ/usr/bin/app"],
  ])("%s: programs that start themselves, names with blanks", (expected, comm, cmdline, exe) => {
    expect(program(comm, cmdline, exe)).toBe(expected);
  });

  it("a script's own name where the kernel read its first line", () => {
    // begin_new_exec (fs/exec.c) names the task by the file that was asked for, not by the interpreter.
    expect(
      program("fail2ban-server", ["/usr/bin/python3", "/usr/bin/fail2ban-server", "-f"], "/usr/bin/python3.11"),
    ).toBe("fail2ban-server");
    const long = "unattended-upgrade-shutdown";
    expect(program("unattended-upgr", ["/usr/bin/python3", "-sP", `/usr/share/${long}`])).toBe(long);
    expect(program("naïf-serveur-\ufffd", ["/bin/sh", "/x/naïf-serveur-éa"])).toBe("naïf-serveur-éa");
    expect(program("python3", ["python3", "script.py"], "/usr/bin/python3.11")).toBe("python3");
  });

  it("exe and comm where they agree against a path: systemd began as /sbin/init", () => {
    expect(program("systemd", ["/sbin/init", "splash"], "/usr/lib/systemd/systemd")).toBe("systemd");
    expect(program("miner", ["/usr/sbin/sshd"], "/tmp/miner (deleted)")).toBe("miner");
  });

  it("the file where the first argument tells nothing", () => {
    for (const first of ["", " ", "\u200b", "\n", "-", "/", "/usr/bin/", "x".repeat(256)]) {
      expect(program("MainThread", [first, "a"], "/usr/bin/node (deleted)")).toBe("node");
      expect(program("MainThread", [first, "a"])).toBe("MainThread");
    }
    expect(program("MainThread", [], "/usr/bin/node")).toBe("node");
    expect(program("x", ["x (deleted)"], "/tmp/x (deleted)")).toBe("x (deleted)");
  });

  it("comm for threads of the kernel", () => {
    expect(program("kworker/0:1-events", [])).toBe("kworker/0:1-events");
    expect(program("", [])).toBe("");
  });

  it("what it wrote, raw, in time that grows with its length only", () => {
    expect(program("x", ["\u001b[2J"])).toBe("\u001b[2J");
    for (const shape of [" ", ":", "a ", ": ", "/", "/a ", "\u200b", "-"]) {
      expect(program("x", [shape.repeat(1_000_000)]).length).toBeLessThanOrEqual(1_000_000);
    }
  });
});
