import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Target } from "../core/step.ts";
import type { Member } from "./member.ts";

/** A message that a member wrote in this run and that is still there. */
export interface Written {
  readonly author: Member;
  readonly itemId: string;
}

/**
 * Who wrote which message of the run: what can be edited and deleted. What is chosen by chance depends on the seed and
 * on the numbers of the messages, not on when they arrived.
 */
export class Authorship {
  readonly #authors = new Map<number, Member>();
  /** What is there, by number: kept in order, since it is asked for far more often than it grows out of order. */
  #there: (Written & { readonly sequence: number })[] = [];
  #edited: number | undefined;
  readonly #random: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.#random = xoroshiro128plus(seed);
  }

  /** Whether there is no message that could be edited or deleted. */
  get isEmpty(): boolean {
    return this.#there.length === 0;
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

  /** A member is on another page now: he need not have his messages there. */
  left(author: Member): void {
    this.#there = this.#there.filter((written) => written.author !== author);
  }

  /** One of the messages that are still there: the target, or one by chance; undefined where there is none. */
  pick(target?: Target): Written | undefined {
    const written = this.#there[this.#indexOf(target)];
    this.#edited = written?.sequence;
    return written;
  }

  /** As {@link pick}, and it is not chosen again. */
  take(target?: Exclude<Target, "same">): Written | undefined {
    const index = this.#indexOf(target);
    const written = this.#there[index];
    if (written !== undefined) this.#there.splice(index, 1);
    return written;
  }

  /** Where the target is; where there is none, an index at which nothing is. */
  #indexOf(target: Target | undefined): number {
    const { length } = this.#there;
    switch (target) {
      case "newest":
        return length - 1;
      case "middle":
        return Math.floor(length / 2);
      case "same":
        return this.#there.findIndex(({ sequence }) => sequence === this.#edited);
      case undefined:
        return length === 0 ? 0 : uniformInt(this.#random, 0, length - 1);
      default:
        return target satisfies never;
    }
  }
}
