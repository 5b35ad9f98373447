import { createHmac, randomBytes } from "node:crypto";

/** Where names come from that nobody else may have: of views, pages and sessions. */
export interface Identifiers {
  /**
   * A new one.
   *
   * @param owner of whom or what it is one more
   * @returns so many bytes, in base64url
   */
  draw(bytes: number, owner: string): string;
}

/** Names that nobody can guess. */
export const RANDOM_IDENTIFIERS: Identifiers = {
  draw: (bytes) => randomBytes(bytes).toString("base64url"),
};

const MOST_BYTES = 32;

/**
 * Names that are the same in each run, and that anybody can work out: the n-th of an owner depends on the seed, the owner
 * and n alone, so it does not matter in which order others come by theirs.
 */
export function fixedIdentifiers(seed: number): Identifiers {
  const drawn = new Map<string, number>();
  return {
    draw(bytes, owner) {
      if (bytes > MOST_BYTES) throw new RangeError(`${bytes} bytes: there are ${MOST_BYTES} to draw`);
      const count = (drawn.get(owner) ?? 0) + 1;
      drawn.set(owner, count);
      const hash = createHmac("sha256", `fixed identifiers ${seed}`).update(`${count} ${owner}`).digest();
      return hash.subarray(0, bytes).toString("base64url");
    },
  };
}
