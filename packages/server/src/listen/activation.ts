/** The first descriptor that systemd hands over: sd_listen_fds(3). */
const FIRST = 3;
const MOST = 64;

/**
 * The descriptors of sockets that systemd, or who does as it does, opened for this process: those that `LISTEN_FDS` counts, when
 * `LISTEN_PID` is this process. Takes both out of the environment, which is not meant for programs started later.
 */
export function activatedDescriptors(env: NodeJS.ProcessEnv = process.env, pid: number = process.pid): number[] {
  const { LISTEN_PID, LISTEN_FDS } = env;
  for (const name of ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"]) delete env[name];
  const count = Number(LISTEN_FDS);
  if (LISTEN_PID !== String(pid) || !(Number.isInteger(count) && count > 0 && count <= MOST)) return [];
  return Array.from({ length: count }, (_, index) => FIRST + index);
}
