declare module "@stroncium/procfs" {
  export const procfs: { netTcp4(): unknown[] };
}

declare module "node-netstat" {
  interface Options {
    done(error: Error | null): void;
  }
  export default function netstat(options: Options, item: (item: { protocol: string }) => void): void;
}
