import type { Channel } from "./channel.ts";
import type { Diff } from "./diff.ts";
import type { Mentions } from "./markup-mentions.ts";

/** What a pushed diff says. */
export interface DiffContent {
  readonly kind: "diff";
  readonly diff: Diff;
  readonly mentions: Mentions;
}

/** A payload that was decoded lately. */
export interface RecentDiff {
  readonly sample: number;
  readonly payloadText: string;
  readonly content: DiffContent;
  /** The payload in UTF-8; null until it has come a second time, since most of what comes twice comes often. */
  bytes: Buffer | null;
}

/** As many as the rooms of a process may be told while one of its users lags behind. A power of two. */
const PLACES = 512;
/** Every so many bytes of a payload one is looked at. */
const STRIDE = 8;

/**
 * The diffs of late, found again by their bytes: each in the place that a sample of its bytes gives it, until another one
 * takes that place. So what is found is compared once, byte by byte, and what is not found costs next to nothing.
 */
export class RecentDiffs {
  readonly #places: (RecentDiff | null)[] = new Array(PLACES).fill(null);

  /** The diff with this sample, which may still be another one. */
  at(sample: number): RecentDiff | null {
    const found = this.#places[sample & (PLACES - 1)] ?? null;
    return found?.sample === sample ? found : null;
  }

  add(recent: RecentDiff): void {
    this.#places[recent.sample & (PLACES - 1)] = recent;
  }
}

/** A number that differs for most payloads that differ (FNV-1a, over some of the bytes and the length). */
export function sampleOf(bytes: Buffer, start: number, end: number): number {
  let sample = 0x811c9dc5 ^ (end - start);
  for (let at = start; at < end; at += STRIDE) {
    sample = Math.imul(sample ^ (bytes[at] as number), 0x01000193);
  }
  return sample;
}

/**
 * Where in the bytes of a frame the payload starts, if it is a diff that is pushed to this channel; -1 if it is not. Told
 * without a string, from what the channel's user alone has in his frames.
 */
export function diffPayloadStart({ kind, joinRef, topic }: Channel, bytes: Buffer, start: number): number {
  if (kind !== "view" || joinRef === null) return -1;
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
