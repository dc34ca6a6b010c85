/*
 * Good texts of files whose tests print their text by running code. The seeds are read from this source like those of the
 * tests: nothing here is ever run.
 */

const SIZES = "1083 0 0 0 12 7 0 0 20 0 1 0 5212 11362304 950 18446744073709551615 1 1 0 0 0 0 0 4096 81920 0 0 0 17 1";

export const TEXTS: readonly string[] = [
  `4242 (nginx: worker) S 4240 4240 4240 0 -1 4194624 ${SIZES} 0 0 0 0 0 0 0 0 0 0 0 0 0\n`,
  `7 (a) b (c)\n) R 1 -1 -1 34816 7 4194624 ${SIZES} 99 1 25 0 0 94557 94558 94559 140721 140722 140723 140724 9\n`,
  `${"\0".repeat(2048)}\x0a\0\0\0\xff\xff\xff\xff${"\0".repeat(2040)}`,
  "12:pids:/docker/3aa5ebf863c73aa5ebf863c73aa5ebf863c73aa5ebf863c73aa5ebf863c73aa5\n1:name=systemd:/a:b c\n0::/\n",
];
