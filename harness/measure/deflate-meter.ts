import { constants, createDeflateRaw, type DeflateRaw, deflateRawSync } from "node:zlib";
import type { ExactMetric } from "../core/metric.ts";
import { deflatedBytes, deflatedTakeoverBytes } from "../core/metric-names.ts";
import { bytes } from "../core/units.ts";
import { ByteLedger } from "./byte-ledger.ts";

/** What zlib, and so ws and Bandit, take where nothing else is said; the level is zlib's default, 6. */
const SETTINGS = { windowBits: 15, memLevel: 8 } as const;

/** The end of a flush, which is left out of a message: RFC 7692, section 7.2.1. */
const FLUSH_END_BYTES = 4;

/** What a frame takes as the payload of a WebSocket frame, deflated in a context of its own: as {@link DeflateMeter} has it. */
export function deflatedAlone(frame: string): number {
  const flushed = deflateRawSync(frame, { ...SETTINGS, finishFlush: constants.Z_SYNC_FLUSH });
  return flushed.length - FLUSH_END_BYTES;
}

/**
 * Counts exactly what the frames of one connection would take as the payload of WebSocket frames with
 * permessage-deflate (RFC 7692): `deflated` each in a context of its own (`server_no_context_takeover`), `deflated_takeover`
 * in one for all of them, in their order. The connection is a witness for the others, which get the same.
 *
 * Which frames a server compresses, and how hard, is its own choice. This is raw deflate with a window of 15 bits and
 * memLevel 8, flushed by Z_SYNC_FLUSH, at zlib's default level: as ws (`lib/permessage-deflate.js`, which by default
 * leaves frames below 1,024 bytes alone where it keeps no context) and Bandit (`permessage_deflate.ex`). Cowboy takes the same but
 * level 9 (`cow_ws:init_permessage_deflate` in cowlib), so that its frames may be a little smaller.
 */
export class DeflateMeter {
  readonly #mode: string;
  readonly #own = new ByteLedger(deflatedBytes);
  readonly #takeover = new ByteLedger(deflatedTakeoverBytes);
  readonly #context: DeflateRaw = createDeflateRaw(SETTINGS);
  #written = 0;
  /** Settles when all frames so far were counted. zlib's streams answer later, and one flush at a time. */
  #counted: Promise<void> = Promise.resolve();

  constructor(mode: string) {
    this.#mode = mode;
    this.#context.on("data", (chunk: Buffer) => {
      this.#written += chunk.length;
    });
  }

  /** Takes the next frame that the connection got; of a case of an operation besides the operation as a whole. */
  record(operation: string, frame: string, caseName?: string): void {
    this.#count(this.#own, operation, deflatedAlone(frame), caseName);
    this.#counted = this.#counted.then(async () => {
      this.#count(this.#takeover, operation, (await this.#deflate(frame)) - FLUSH_END_BYTES, caseName);
    });
  }

  /** What was counted, when all frames so far have been: one metric for each operation and case and way. */
  async metrics(): Promise<ExactMetric[]> {
    await this.#counted;
    return [...this.#own.metrics(), ...this.#takeover.metrics()];
  }

  /** Gives the memory of the context back, when all frames so far were counted. No more can be taken. */
  async close(): Promise<void> {
    await this.#counted;
    this.#context.close();
  }

  #count(ledger: ByteLedger, operation: string, length: number, caseName: string | undefined): void {
    const size = bytes(length);
    ledger.record(this.#mode, operation, size);
    if (caseName !== undefined) ledger.record(this.#mode, operation, size, caseName);
  }

  async #deflate(frame: string): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#written = 0;
    this.#context.write(frame);
    this.#context.flush(constants.Z_SYNC_FLUSH, resolve);
    await promise;
    return this.#written;
  }
}
