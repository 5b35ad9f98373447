/** A JSON object of the wire: a rendered tree or a diff, by the keys of wire-keys.ts and slot numbers. */
export interface Diff {
  [key: string]: DiffValue;
}

/** What a diff may hold. */
export type DiffValue = string | number | boolean | null | Diff | readonly DiffValue[];
