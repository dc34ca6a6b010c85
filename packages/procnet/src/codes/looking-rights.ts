/**
 * What keeps owners from a reader who has all rights to look for them, as the end of a sentence.
 *
 * @example
 * ```ts
 * import { KEPT_FROM_ROOT } from "procnet/view";
 * console.log(`not seen: ${KEPT_FROM_ROOT}`);
 * ```
 */
export const KEPT_FROM_ROOT = "a security module (AppArmor, SELinux, Landlock) or a user namespace keeps them";

/**
 * What root needs to look into every process, as the end of a sentence that begins with "needs": being root is not enough in a container,
 * and is not missing anywhere.
 *
 * @example
 * ```ts
 * import { ROOT_NEEDS } from "procnet/view";
 * if (process.geteuid?.() === 0) console.log(`root needs ${ROOT_NEEDS}`);
 * ```
 */
export const ROOT_NEEDS: string = `CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH; where root has both, ${KEPT_FROM_ROOT}`;
