/** The whole machine. */
export interface MachineSubject {
  /** Which kind of subject. */
  readonly kind: "machine";
}

/** A network namespace. */
export interface NamespaceSubject {
  /** Which kind of subject. */
  readonly kind: "namespace";
  /** Its number; absent where the kernel does not tell. */
  readonly namespace: number | undefined;
}

/** A CPU. */
export interface CpuSubject {
  /** Which kind of subject. */
  readonly kind: "cpu";
  /** Its number. */
  readonly cpu: number;
}

/** An interface. */
export interface InterfaceSubject {
  /** Which kind of subject. */
  readonly kind: "interface";
  /** Its name. */
  readonly interface: string;
  /** Its index; absent where sysfs does not tell. */
  readonly index: number | undefined;
}

/** A socket that waits for connections. */
export interface ListenerSubject {
  /** Which kind of subject. */
  readonly kind: "listener";
  /** The table it is in: `tcp`, `tcp6`. */
  readonly protocol: string;
  /** Its address. */
  readonly address: string;
  /** Its port. */
  readonly port: number;
}

/** A unix socket that waits for connections. */
export interface UnixListenerSubject {
  /** Which kind of subject. */
  readonly kind: "unix-listener";
  /** Its path; abstract names begin with `@`. */
  readonly path: string;
}

/** A process. */
export interface ProcessSubject {
  /** Which kind of subject. */
  readonly kind: "process";
  /** Its number. */
  readonly pid: number;
  /** The name by which a person knows it. */
  readonly program: string;
}

/** Where connections lead to. */
export interface DestinationSubject {
  /** Which kind of subject. */
  readonly kind: "destination";
  /** The remote address. */
  readonly address: string;
  /** The remote port; absent where connections to any are meant. */
  readonly port?: number;
  /** The local address, where connections from one alone are meant. */
  readonly from?: string;
}

/** One socket. */
export interface SocketSubject {
  /** Which kind of subject. */
  readonly kind: "socket";
  /** The table it is in. */
  readonly protocol: string;
  /** Its inode. */
  readonly inode: number;
  /** Its own address and port, or its name. */
  readonly local: string;
  /** Those of the other side; empty where there is none. */
  readonly remote: string;
}

/** A table of the kernel, as that of connections that are tracked. */
export interface TableSubject {
  /** Which kind of subject. */
  readonly kind: "table";
  /** Its name: `nf_conntrack`, `arp_cache`, `ndisc_cache`. */
  readonly table: string;
}

/** What a finding is about; `kind` tells which. */
export type Subject =
  | MachineSubject
  | NamespaceSubject
  | CpuSubject
  | InterfaceSubject
  | ListenerSubject
  | UnixListenerSubject
  | ProcessSubject
  | DestinationSubject
  | SocketSubject
  | TableSubject;
