import { eachAttribute } from "./attributes.ts";
import { type KernelBytes, text } from "./bytes.ts";
import { NLM_F_ACK_TLVS, NLM_F_DUMP_INTR, NLMSG_DONE, NLMSG_ERROR, NLMSG_OVERRUN } from "./constants.ts";
import { KernelError, netlinkError } from "./errors.ts";
import { eachMessage } from "./message.ts";

/** What of an answer is handed on: the type of a message, and where what it says begins and ends. */
export type TakeRow = (type: number, from: number, to: number) => void;

/**
 * The answer to a request as it comes in, datagram by datagram. Needs no kernel: bytes in, rows out.
 */
export class Answer {
  /** Whether the last message came. */
  isOver = false;
  /** Whether the kernel says that what it tells of changed meanwhile, so that rows may be missing or twice: ask again. */
  isInterrupted = false;
  private readonly doing: string;
  private readonly sequence: number;
  private readonly isDump: boolean;
  private readonly take: TakeRow;

  /** @param doing what is asked, for errors */
  constructor(doing: string, sequence: number, isDump: boolean, take: TakeRow) {
    this.doing = doing;
    this.sequence = sequence;
    this.isDump = isDump;
    this.take = take;
  }

  /**
   * Takes what one recv(2) gave.
   *
   * @throws KernelError where the kernel refuses
   * @throws BrokenMessage for bytes that are no messages
   */
  bytes(of: KernelBytes, end: number): void {
    eachMessage(of, end, (type, flags, sequence, from, to) => {
      // Of a question before, which was given up.
      if (sequence !== this.sequence || this.isOver) return;
      if ((flags & NLM_F_DUMP_INTR) !== 0) this.isInterrupted = true;
      if (type === NLMSG_ERROR) this.refused(of, flags, from, to);
      else if (type === NLMSG_OVERRUN) throw new KernelError(this.doing, 105);
      else if (type === NLMSG_DONE) this.done(of, flags, from, to);
      else {
        this.take(type, from, to);
        if (!this.isDump) this.isOver = true;
      }
    });
  }

  /** What is left of this answer, when nobody wants it any more. */
  forNobody(): Answer {
    return new Answer(this.doing, this.sequence, this.isDump, () => {});
  }

  private refused(of: KernelBytes, flags: number, from: number, to: number): void {
    const { errno, said } = netlinkError(of, flags, from, to);
    if (errno !== 0) throw new KernelError(this.doing, errno, said);
    this.isOver = true;
  }

  /** The end of a dump has an error of its own, since Linux 4.20 with words. */
  private done(of: KernelBytes, flags: number, from: number, to: number): void {
    const errno = to - from < 4 ? 0 : -of.view.getInt32(from, of.littleEndian);
    let said: string | undefined;
    if ((flags & NLM_F_ACK_TLVS) !== 0)
      eachAttribute(of, from + 4, to, (type, start, last) => {
        if (type === 1) said = text(of, start, last);
      });
    if (errno > 0) throw new KernelError(this.doing, errno, said);
    this.isOver = true;
  }
}
