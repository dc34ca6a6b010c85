import { type TwoWay, twoWay } from "./two-way.ts";

const SHARES = { NONE: 0, EXCL: 1, PROCESS: 2, USER: 3, ANY: 255 } as const;

/** Who may use a flow label: the `IPV6_FL_S_` numbers of include/uapi/linux/in6.h. */
export const FlowLabelShare: TwoWay<typeof SHARES> = twoWay(SHARES);
