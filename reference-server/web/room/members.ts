import type { PresenceMeta, Present } from "../../presence/presence-diff.ts";

/** What each of somebody's pages tells the room of him. */
export interface PageMeta {
  readonly name: string;
  readonly typing: boolean;
}

/** Somebody in a room: one, however many pages he has there. */
export interface Member {
  /** Of the user. */
  readonly id: number;
  readonly name: string;
  /** Whether he writes on any of his pages. */
  readonly typing: boolean;
}

/** Everybody who is present, by name. */
export function membersOf(present: readonly Present<PageMeta>[]): Member[] {
  return byName(present.flatMap(({ key, metas }) => memberOf(key, metas) ?? []));
}

/**
 * The members with one of them as he is now.
 *
 * @param key of the user: his id.
 * @param metas of his pages; none where he has left.
 */
export function withMember(
  members: readonly Member[],
  key: string,
  metas: readonly PresenceMeta<PageMeta>[],
): Member[] {
  const others = members.filter(({ id }) => id !== Number(key));
  return byName([...others, ...(memberOf(key, metas) ?? [])]);
}

function memberOf(key: string, metas: readonly PresenceMeta<PageMeta>[]): [Member] | undefined {
  const [first] = metas;
  if (first === undefined) return undefined;
  return [{ id: Number(key), name: first.meta.name, typing: metas.some(({ meta }) => meta.typing) }];
}

const { compare } = new Intl.Collator("en");

function byName(members: readonly Member[]): Member[] {
  return members.toSorted((a, b) => compare(a.name, b.name) || a.id - b.id);
}
