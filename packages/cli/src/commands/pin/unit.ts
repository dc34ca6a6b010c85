import { realpathSync } from "node:fs";
import type { PIN } from "../../flags/definitions.ts";
import type { OptionsOf } from "../../flags/spec.ts";

/**
 * A unit for systemd that pins at each start. Nothing in it may give it a mount namespace of its own, as ProtectSystem and the like do:
 * nobody else would see what is mounted there.
 */
export function unitText({ path, group, mode }: OptionsOf<typeof PIN.options>): string {
  const where = path === undefined ? [] : ["--path", path];
  const who = [...(group === undefined ? [] : ["--group", group]), ...(mode === undefined ? [] : ["--mode", mode])];
  return `[Unit]
Description=Owners of sockets as the kernel tells them, for procnet
Documentation=man:procnet(1)
ConditionPathExists=/sys/kernel/btf/vmlinux
After=sys-fs-bpf.mount

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${words([...ownCommand(), "pin", ...where, ...who])}
ExecStop=${words([...ownCommand(), "unpin", ...where])}
CapabilityBoundingSet=CAP_BPF CAP_PERFMON CAP_SYS_ADMIN CAP_CHOWN CAP_FOWNER CAP_DAC_OVERRIDE
NoNewPrivileges=yes
RestrictAddressFamilies=AF_UNIX

[Install]
WantedBy=multi-user.target
`;
}

/** How this program was started, by whole paths. */
function ownCommand(): string[] {
  const script = process.argv[1];
  return script === undefined ? [process.execPath] : [process.execPath, realpathSync(script)];
}

/** As systemd.service(5) takes them apart: `%` and `$` stand for something unless they are doubled. */
function words(all: readonly string[]): string {
  return all.map(word).join(" ");
}

function word(text: string): string {
  const plain = text.replaceAll("%", "%%").replaceAll("$", "$$$$");
  if (/^[\w@%+=:,./$-]+$/.test(plain)) return plain;
  return `"${plain.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}
