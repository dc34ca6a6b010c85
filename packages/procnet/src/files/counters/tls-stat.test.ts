import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { itGivesBackCounters, mibText } from "../../../../../test/support/tables/mib.ts";
import { parseTlsStat } from "./tls-stat.ts";

/** Linux 5.10, the numbers made up. */
const OLD = {
  TlsCurrTxSw: 2,
  TlsCurrRxSw: 1,
  TlsCurrTxDevice: 0,
  TlsCurrRxDevice: 0,
  TlsTxSw: 40,
  TlsRxSw: 41,
  TlsTxDevice: 0,
  TlsRxDevice: 0,
  TlsDecryptError: 5,
  TlsRxDeviceResync: 0,
};
const TEXT = mibText(OLD, 32);

it("reads counters, those of newer kernels and those that nobody knows", () => {
  const added = { TlsDecryptRetry: 1, TlsRxNoPadViolation: 2, TlsRxRekeyOk: 3, TlsNewInSixYears: 4 };
  expect(parseTlsStat(bytes(TEXT))).toEqual(OLD);
  expect(parseTlsStat(bytes(TEXT)).TlsRxRekeyOk).toBeUndefined();
  expect(parseTlsStat(bytes(TEXT + mibText(added, 32)), { bigint: true })).toMatchObject({
    TlsTxSw: 40n,
    TlsNewInSixYears: 4n,
  });
});

itGivesBackCounters(parseTlsStat, 32);
describeBroken("tls_stat", TEXT, parseTlsStat);
