import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Member } from "./member.ts";

/** A message that a member wrote in this run and that is still there. */
export interface Written {
  readonly author: Member;
  readonly itemId: string;
}

/**
 * Who wrote which message of the run: what can be edited and deleted. What is chosen depends on the seed and on
 * the numbers of the messages, not on when they arrived.
 */
export class Authorship {
  readonly #authors = new Map<number, Member>();
  readonly #itemIds = new Map<number, string>();
  readonly #random: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.#random = xoroshiro128plus(seed);
  }

  /** A member writes the message with this number. */
  writes(sequence: number, author: Member): void {
    this.#authors.set(sequence, author);
  }

  /** A user has the message with this number on the page. Only its author's page counts. */
  appeared(user: string, sequence: number, itemId: string): void {
    if (this.#authors.get(sequence)?.user.name === user) this.#itemIds.set(sequence, itemId);
  }

  /** One of the messages that are still there; undefined where there is none. */
  pick(): Written | undefined {
    const sequence = this.#choose();
    return sequence === undefined ? undefined : this.#written(sequence);
  }

  /** As {@link pick}, and it is not chosen again. */
  take(): Written | undefined {
    const sequence = this.#choose();
    if (sequence === undefined) return undefined;
    const written = this.#written(sequence);
    this.#itemIds.delete(sequence);
    return written;
  }

  #choose(): number | undefined {
    const sequences = [...this.#itemIds.keys()].sort((a, b) => a - b);
    return sequences.length === 0 ? undefined : sequences[uniformInt(this.#random, 0, sequences.length - 1)];
  }

  #written(sequence: number): Written | undefined {
    const author = this.#authors.get(sequence);
    const itemId = this.#itemIds.get(sequence);
    return author && itemId !== undefined ? { author, itemId } : undefined;
  }
}
