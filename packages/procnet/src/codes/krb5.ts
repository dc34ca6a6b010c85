import { type TwoWay, twoWay } from "./two-way.ts";

const KRB5_ENCTYPES = {
  DES_CBC_CRC: 1,
  DES_CBC_MD4: 2,
  DES_CBC_MD5: 3,
  DES3_CBC_SHA1: 16,
  AES128_CTS_HMAC_SHA1_96: 17,
  AES256_CTS_HMAC_SHA1_96: 18,
  AES128_CTS_HMAC_SHA256_128: 19,
  AES256_CTS_HMAC_SHA384_192: 20,
  ARCFOUR_HMAC: 23,
  ARCFOUR_HMAC_EXP: 24,
  CAMELLIA128_CTS_CMAC: 25,
  CAMELLIA256_CTS_CMAC: 26,
} as const;

/** Encryption types of Kerberos 5, as IANA numbers them: those the kernel knows or once knew. */
export const Krb5Enctype: TwoWay<typeof KRB5_ENCTYPES> = twoWay(KRB5_ENCTYPES);
