import { type Micros, micros } from "../core/units.ts";

/** Which payload came, and when, to the millisecond. */
export interface IndexedFrame {
  readonly number: number;
  readonly atUs: Micros;
}

const FIRST_BYTES = 32;
/** A number of 32 bits and a time take no more than this. */
const MOST_BYTES = 12;
const NO_BYTES = new Uint8Array(0);

/**
 * Which payloads came to one user and when, in as few bytes as that takes: what is written is by how much both differ from
 * the frame before, seven bits a byte. Mostly that is two bytes a frame.
 */
export class FrameIndex {
  readonly #most: number;
  #bytes: Uint8Array = NO_BYTES;
  #length = 0;
  #number = 0;
  #ms = 0;

  /** @param most bytes that it may take; what does not fit is not added */
  constructor(most: number) {
    this.#most = most;
  }

  /** Forgets all, and begins at a time. The room that it has taken stays. */
  clear(atUs: Micros): void {
    this.#length = 0;
    this.#number = 0;
    this.#ms = Math.floor(atUs / 1000);
  }

  /** Adds a frame behind the others. False where there is no room. */
  add(number: number, atUs: Micros): boolean {
    if (this.#length + MOST_BYTES > this.#bytes.length && !this.#grow()) return false;
    const ms = Math.max(this.#ms, Math.floor(atUs / 1000));
    // The payload of a user who lags behind is an earlier one: the lowest bit is the sign.
    const step = number - this.#number;
    this.#write(step < 0 ? -2 * step - 1 : 2 * step);
    this.#write(ms - this.#ms);
    this.#number = number;
    this.#ms = ms;
    return true;
  }

  /** All frames in their order. @param beginUs as {@link clear} was told it */
  read(beginUs: Micros): IndexedFrame[] {
    const frames: IndexedFrame[] = [];
    let [number, ms, at] = [0, Math.floor(beginUs / 1000), 0];
    const next = (): number => {
      let [value, scale] = [0, 1];
      for (;;) {
        const byte = this.#bytes[at++] ?? 0;
        value += (byte & 0x7f) * scale;
        if (byte < 0x80) return value;
        scale *= 0x80;
      }
    };
    while (at < this.#length) {
      const step = next();
      number += step % 2 === 1 ? -(step + 1) / 2 : step / 2;
      ms += next();
      frames.push({ number, atUs: micros(ms * 1000) });
    }
    return frames;
  }

  #write(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  #grow(): boolean {
    const wanted = Math.min(this.#most, Math.max(FIRST_BYTES, this.#bytes.length * 2));
    if (wanted < this.#length + MOST_BYTES) return false;
    const grown = new Uint8Array(wanted);
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
    return true;
  }
}
