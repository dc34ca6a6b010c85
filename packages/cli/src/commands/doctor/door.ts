import { kernelFor } from "../../source/kernel.ts";
import type { Finding } from "./finding.ts";

/** Whether the kernel can be asked for what procfs does not tell: by the package that does, and what it calls the kernel with. */
export async function doorFindings(): Promise<Finding[]> {
  const topic = "kernel source";
  const answer = await kernelFor({ source: "auto", root: undefined, wanted: [topic] });
  if (answer === undefined) return [];
  if ("door" in answer) {
    const finding = `@procnet/kernel is here, and asks by ${answer.door.name} for what procfs does not tell`;
    return [{ topic, status: "ok", finding }];
  }
  const { what, remedy } = answer.lacking ?? { what: answer.why, remedy: undefined };
  const finding = `what procfs does not tell (traffic, figures of TCP, --close) cannot be had: ${what}`;
  return [{ topic, status: "absent", finding, ...(remedy !== undefined && { remedy }) }];
}
