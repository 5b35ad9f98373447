import type { Channel } from "./channel.ts";
import type { DiffContent } from "./frame-decoder.ts";

/** A payload that came more than once, and what it says. */
export interface Broadcast {
  /** Its place among all broadcasts of the process. */
  readonly serial: number;
  readonly payloadText: string;
  readonly content: DiffContent;
  /** The payload in UTF-8. */
  readonly bytes: Buffer;
  /** The serial of the one that a channel got after it, the last time that was seen. */
  next: number;
}

/** That no broadcast is known to have come. */
export const NO_BROADCAST = -1;

/** How many are remembered: as many as the rooms of a process may be told while one of its users lags behind. */
const REMEMBERED = 1024;

/**
 * The broadcasts of late, recognised by their bytes. The members of a room get the same ones in the same order, however far
 * behind each of them is: so what comes next on a channel is what came next on another one, and one comparison will tell.
 */
export class Broadcasts {
  readonly #recent: (Broadcast | undefined)[] = new Array(REMEMBERED).fill(undefined);
  #count = 0;

  /** Remembers a payload. */
  add(content: DiffContent, payloadText: string): Broadcast {
    const serial = this.#count++;
    const broadcast = { serial, content, payloadText, bytes: Buffer.from(payloadText), next: NO_BROADCAST };
    this.#recent[serial % REMEMBERED] = broadcast;
    return broadcast;
  }

  /** Notes that a channel got one after another. */
  follow(serial: number, next: Broadcast): void {
    const former = this.#at(serial);
    if (former !== undefined) former.next = next.serial;
  }

  /** The one that came after another, if the bytes from `start` to `end` are that one. */
  recognise(serial: number, bytes: Buffer, start: number, end: number): Broadcast | null {
    const next = this.#at(this.#at(serial)?.next ?? NO_BROADCAST);
    if (next === undefined || next.bytes.length !== end - start) return null;
    return next.bytes.compare(bytes, start, end) === 0 ? next : null;
  }

  #at(serial: number): Broadcast | undefined {
    const broadcast = this.#recent[serial % REMEMBERED];
    return broadcast?.serial === serial ? broadcast : undefined;
  }
}

/**
 * Where in the bytes of a frame the payload starts, if it is a diff that is pushed to this channel; -1 if it is not. Told
 * without a string, from what the channel's user alone has in his frames.
 */
export function diffPayloadStart({ joinRef, topic }: Channel, bytes: Buffer, start: number): number {
  if (joinRef === null) return -1;
  let at = behind(bytes, start, '["');
  at = behind(bytes, at, joinRef);
  at = behind(bytes, at, '",null,"');
  at = behind(bytes, at, topic);
  return behind(bytes, at, '","diff",');
}

const FIRST_BEYOND_ASCII = 0x80;

/** Where the bytes go on behind a text of ASCII characters; -1 if it does not stand there. */
function behind(bytes: Buffer, at: number, text: string): number {
  if (at === -1) return -1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== bytes[at + i] || code >= FIRST_BEYOND_ASCII) return -1;
  }
  return at + text.length;
}
