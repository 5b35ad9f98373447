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
  /** What is there, by number: kept in order, since it is asked for far more often than it grows out of order. */
  readonly #there: (Written & { readonly sequence: number })[] = [];
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
    const author = this.#authors.get(sequence);
    if (author?.user.name !== user) return;
    const index = this.#there.findLastIndex((written) => written.sequence < sequence) + 1;
    const again = this.#there[index]?.sequence === sequence ? 1 : 0;
    this.#there.splice(index, again, { author, itemId, sequence });
  }

  /** One of the messages that are still there; undefined where there is none. */
  pick(): Written | undefined {
    return this.#there[this.#choose()];
  }

  /** As {@link pick}, and it is not chosen again. */
  take(): Written | undefined {
    const index = this.#choose();
    const written = this.#there[index];
    if (written !== undefined) this.#there.splice(index, 1);
    return written;
  }

  /** The index of one that is there, if any is. */
  #choose(): number {
    return this.#there.length === 0 ? 0 : uniformInt(this.#random, 0, this.#there.length - 1);
  }
}
