import { Socket } from "node:net";

/** Who is offered the frames of a socket before `ws` is. */
export interface FrameTaker {
  /**
   * Takes the text of a frame: the bytes from `start` to `end`, which others are written over as soon as this returns.
   * Where it gives false, `ws` gets the frame.
   */
  takeText(bytes: Buffer, start: number, end: number): boolean;
}

/** What one read brings at most: as much as Node itself asks for. Sockets are read one after the other, so all share it. */
const READ = Buffer.alloc(65_536);
const HEADERS_END = "\r\n\r\n";

/** Of a frame's first two bytes, RFC 6455, 5.2: a text message in one frame, and the parts that the bytes have. */
const WHOLE_TEXT = 0x81;
const FINAL = 0x80;
const CONTROL = 0x08;
const LENGTH = 0x7f;
const LENGTH_16 = 126;
const LENGTH_64 = 127;

/**
 * The TCP connection of a `ws` client that offers whole text messages to somebody else first, straight from the memory
 * that the system has read them into. Everything else goes to `ws`, in order: the answer to the upgrade, control frames,
 * binary and fragmented messages, messages of which a read has brought a part only, and whatever is no frame at all.
 */
export class FrameTap extends Socket {
  readonly #taker: FrameTaker;
  /** Whether frames are read, and not the answer to the upgrade. */
  #isOpen = false;
  /** How many bytes are to come of a frame that `ws` got the first part of. */
  #owed = 0;
  /** The first bytes of a frame of which the length is not known yet. */
  #split: Buffer | null = null;
  /** Whether `ws` is in the midst of a fragmented message. */
  #isFragmented = false;

  constructor(taker: FrameTaker) {
    super({ onread: { buffer: READ, callback: onRead } });
    this.#taker = taker;
  }

  /** Takes what was read. False where `ws` wants no more for now. */
  receive(read: Buffer): boolean {
    if (this.#isOpen) return this.#takeFrames(read);
    // Frames behind the headers in one read would not be seen here: then `ws` gets all that follow, too.
    this.#isOpen = read.indexOf(HEADERS_END) === read.length - HEADERS_END.length;
    return this.#pass(read);
  }

  #takeFrames(read: Buffer): boolean {
    const bytes = this.#split === null ? read : Buffer.concat([this.#split, read]);
    this.#split = null;
    let at = Math.min(this.#owed, bytes.length);
    this.#owed -= at;
    let wantsMore = at === 0 || this.#pass(bytes.subarray(0, at));
    while (at < bytes.length && !this.destroyed) {
      const start = at + headerSize(bytes[at + 1]);
      if (start > bytes.length) {
        this.#split = Buffer.from(bytes.subarray(at));
        break;
      }
      const end = start + payloadLength(bytes, at);
      if (end > bytes.length || !this.#offer(bytes, at, start, end)) {
        this.#owed = Math.max(0, end - bytes.length);
        wantsMore = this.#passFrame(bytes.subarray(at, end)) && wantsMore;
      }
      at = end;
    }
    return wantsMore;
  }

  /** Offers a frame, unless it is no text message, or what came before it has not been taken yet. */
  #offer(bytes: Buffer, at: number, start: number, end: number): boolean {
    if (bytes[at] !== WHOLE_TEXT || this.#isFragmented || this.readableLength > 0) return false;
    return this.#taker.takeText(bytes, start, end);
  }

  #passFrame(frame: Buffer): boolean {
    const first = frame[0] as number;
    if ((first & CONTROL) === 0) this.#isFragmented = (first & FINAL) === 0;
    return this.#pass(frame);
  }

  #pass(bytes: Buffer): boolean {
    return this.push(Buffer.from(bytes));
  }
}

/** Called by Node. */
function onRead(this: FrameTap, count: number): boolean {
  return this.receive(READ.subarray(0, count));
}

/** How long a frame's header is; a server's has no mask: where there is one `ws` says so, before the payload. */
function headerSize(second: number | undefined): number {
  if (second === undefined) return 2;
  const length = second & LENGTH;
  return length === LENGTH_64 ? 10 : length === LENGTH_16 ? 4 : 2;
}

function payloadLength(bytes: Buffer, at: number): number {
  const length = (bytes[at + 1] as number) & LENGTH;
  if (length === LENGTH_16) return bytes.readUInt16BE(at + 2);
  return length === LENGTH_64 ? bytes.readUInt32BE(at + 2) * 2 ** 32 + bytes.readUInt32BE(at + 6) : length;
}

/** A tapped connection for a `ws:` URL, in place of the one that `ws` would make. */
export function connectTapped(taker: FrameTaker, url: string): FrameTap {
  const { hostname, port } = new URL(url);
  const tap = new FrameTap(taker);
  tap.connect({ host: hostname.replace(/^\[|\]$/gu, ""), port: port === "" ? 80 : Number(port) });
  return tap;
}
