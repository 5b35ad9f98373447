/** Where in a payload a part stands. Made for every part, and read for errors only. */
export interface Path {
  /** What the part is in; null: the payload itself. */
  readonly within: Path | null;
  readonly key: string | number;
  /** How many keys lead to the part. */
  readonly depth: number;
}

/** The path of a part of what is at `within`. */
export function below(within: Path | null, key: string | number): Path {
  return { within, key, depth: depthOf(within) + 1 };
}

/** How many keys lead to a part. */
export function depthOf(path: Path | null): number {
  return path === null ? 0 : path.depth;
}

/** The keys from the payload's top to a part, joined by dots; empty for the top itself. */
export function pathText(path: Path | null): string {
  const keys: (string | number)[] = [];
  for (let part = path; part !== null; part = part.within) keys.unshift(part.key);
  return keys.join(".");
}

/** The path that these keys make, from the payload's top. */
export function pathOf(...keys: readonly (string | number)[]): Path | null {
  return keys.reduce<Path | null>(below, null);
}
