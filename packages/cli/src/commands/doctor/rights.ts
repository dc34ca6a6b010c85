import type { Finding } from "./finding.ts";
import { has, isInitial, lacking, MACHINE, TO_LOOK, textOf } from "./own.ts";

/** With which rights this process reads. */
export function rightsFindings(): Finding[] {
  return [capabilities(), userNamespace(), ptraceScope()].filter((one) => one !== undefined);
}

function capabilities(): Finding {
  const uid = process.geteuid?.();
  const isRoot = uid === 0;
  const who = isRoot ? "root" : `uid ${uid ?? "?"}`;
  const lacks = lacking();
  const others = forActing();
  if (lacks.length === 0) {
    return { topic: "rights", status: "ok", finding: `${who} with ${TO_LOOK.join(" and ")}${others}` };
  }
  const remedy = isRoot
    ? `give it ${lacks.join(" and ")}: docker run ${lacks.map((name) => `--cap-add ${name.slice(4)}`).join(" ")}`
    : "run it as root (sudo procnet ...), or in a service with AmbientCapabilities=CAP_SYS_PTRACE CAP_DAC_READ_SEARCH";
  const what = isRoot ? "processes of other users" : "processes other than your own";
  const finding = `${who} without ${lacks.join(" and ")}: whose sockets they are is not told of ${what}`;
  return { topic: "rights", status: "limited", finding: finding + others, remedy };
}

/** What commands that do more than read would need besides, behind a sentence. */
function forActing(): string {
  const needs: string[] = [];
  if (!has("CAP_NET_ADMIN")) needs.push("sockets --close needs CAP_NET_ADMIN");
  // CAP_SYS_ADMIN stands for both: bpf_token_capable() and perfmon_capable().
  const lacks = has("CAP_SYS_ADMIN") ? [] : (["CAP_BPF", "CAP_PERFMON"] as const).filter((name) => !has(name));
  if (lacks.length > 0) needs.push(`pin needs ${lacks.join(" and ")}`);
  return needs.length === 0 ? "" : `; to read takes no more, but ${needs.join(", and ")}`;
}

function userNamespace(): Finding | undefined {
  if (isInitial("user")) return undefined;
  return {
    topic: "user namespace",
    status: "limited",
    finding:
      "this is a user namespace of its own: rights in it count for its own processes only, and users of the host are 65534",
    remedy: "run it outside: on the host, or in a container without --userns",
  };
}

/** Yama restricts who may attach (yama_ptrace_access_check); what is read here takes the right to look, which it leaves alone. */
function ptraceScope(): Finding | undefined {
  const scope = textOf(`${MACHINE}/sys/kernel/yama/ptrace_scope`)?.trim();
  if (scope === undefined) return undefined;
  const finding = `kernel.yama.ptrace_scope is ${scope}: it stops debuggers, and keeps nothing from procnet`;
  return { topic: "ptrace scope", status: "ok", finding };
}
