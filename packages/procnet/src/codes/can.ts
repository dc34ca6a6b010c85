import { type TwoWay, twoWay } from "./two-way.ts";

const CAN_ID_FLAGS = { ERR: 0x20000000, RTR: 0x40000000, EFF: 0x80000000 } as const;

/**
 * Bits above the identifier in a CAN id: include/uapi/linux/can.h. `EFF` extended frame of 29 bits, `RTR` remote request,
 * `ERR` error message; in a filter's id `ERR` means that it matches what the filter does not.
 */
export const CanIdFlags: TwoWay<typeof CAN_ID_FLAGS> = twoWay(CAN_ID_FLAGS);
