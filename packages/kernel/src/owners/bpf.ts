import type { KernelDoor } from "../door/door.ts";
import { LITTLE_ENDIAN } from "../netlink/bytes.ts";
import { KernelError } from "../netlink/errors.ts";

/** bpf(2) of each processor, where it is known and addresses have 64 bits. */
const SYSCALLS: Readonly<Record<string, number>> = {
  x64: 321,
  arm64: 280,
  riscv64: 280,
  loong64: 280,
  ppc64: 361,
  s390x: 351,
};

/** Commands and kinds of include/uapi/linux/bpf.h. */
const PROG_LOAD = 5;
const OBJ_PIN = 6;
const LINK_CREATE = 28;
const ITER_CREATE = 33;
const PROG_TYPE_TRACING = 26;
const TRACE_ITER = 28;

/** Bytes of the attributes as Linux 5.8 had them; later ones take shorter ones. */
const PROG_LOAD_LENGTH = 120;
const LOG_ROOM = 1 << 16;

/** The verifier gives up where a signal waits for the process, as a profiler's: so often is it asked once more. */
const ATTEMPTS = 5;
const EAGAIN = -11;

/** The calls of bpf(2) that an iterator takes. */
export class Bpf {
  private readonly door: KernelDoor;
  private readonly call: number;

  /** @throws KernelError with code ENOSYS where bpf(2) of this processor is not known here */
  constructor(door: KernelDoor, arch: string = process.arch) {
    const call = SYSCALLS[arch];
    if (call === undefined) throw new KernelError(`bpf(2) on ${arch}`, 38);
    this.door = door;
    this.call = call;
  }

  /** Loads a program that is attached to a function of an iterator; its descriptor. @throws KernelError, with what the verifier says */
  loadIterator(program: Uint8Array, attachTo: number): number {
    const license = Uint8Array.from("GPL\0", (letter) => letter.charCodeAt(0));
    const attributes = new Attributes(PROG_LOAD_LENGTH)
      .u32(0, PROG_TYPE_TRACING)
      .u32(4, program.length / 8)
      .u64(8, this.door.addressOf(program))
      .u64(16, this.door.addressOf(license))
      .u32(68, TRACE_ITER)
      .u32(108, attachTo);
    let fd = EAGAIN;
    for (let left = ATTEMPTS; fd === EAGAIN && left > 0; left--) fd = this.bpf(PROG_LOAD, attributes);
    const said = fd === -13 || fd === -22 ? this.reason(attributes) : undefined;
    // Until here: its address is in the attributes.
    license.fill(0);
    if (fd < 0) throw new KernelError("bpf(BPF_PROG_LOAD)", -fd, said);
    return fd;
  }

  /** Attaches it; the descriptor of the link. @throws KernelError */
  link(program: number): number {
    return this.checked(
      "BPF_LINK_CREATE",
      this.bpf(LINK_CREATE, new Attributes(32).u32(0, program).u32(8, TRACE_ITER)),
    );
  }

  /** A file of which each read goes on with the iteration. @throws KernelError */
  iterator(link: number): number {
    return this.checked("BPF_ITER_CREATE", this.bpf(ITER_CREATE, new Attributes(8).u32(0, link)));
  }

  /** Gives a link a name in a bpffs: it stays when this process ends. @throws KernelError */
  pin(link: number, path: string): void {
    const name = new Uint8Array(Buffer.from(`${path}\0`));
    const attributes = new Attributes(16).u64(0, this.door.addressOf(name)).u32(8, link);
    this.checked(`BPF_OBJ_PIN ${path}`, this.bpf(OBJ_PIN, attributes));
    // Until here: its address is in the attributes.
    name.fill(0);
  }

  close(fd: number): void {
    this.door.close(fd);
  }

  /** What the verifier says of a program that it does not take: asked for only then, as it costs. */
  private reason(attributes: Attributes): string | undefined {
    const log = new Uint8Array(LOG_ROOM);
    attributes.u32(24, 1).u32(28, log.length).u64(32, this.door.addressOf(log));
    if (this.bpf(PROG_LOAD, attributes) >= 0) return undefined;
    const text = Buffer.from(log).toString("latin1");
    const lines = text.slice(0, text.indexOf("\0")).trim().split("\n");
    return lines.filter((line) => !line.startsWith("processed ")).at(-1) || undefined;
  }

  private checked(what: string, result: number): number {
    if (result < 0) throw new KernelError(`bpf(${what})`, -result);
    return result;
  }

  private bpf(command: number, { bytes }: Attributes): number {
    return this.door.syscall(this.call, command, bytes, bytes.length);
  }
}

class Attributes {
  readonly bytes: Uint8Array;
  private readonly view: DataView;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.view = new DataView(this.bytes.buffer);
  }

  u32(at: number, value: number): this {
    this.view.setUint32(at, value, LITTLE_ENDIAN);
    return this;
  }

  u64(at: number, value: bigint): this {
    this.view.setBigUint64(at, value, LITTLE_ENDIAN);
    return this;
  }
}
