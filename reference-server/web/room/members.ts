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
  const [member] = memberOf(key, metas) ?? [];
  return member === undefined ? others : others.toSpliced(placeOf(member, others), 0, member);
}

function memberOf(key: string, metas: readonly PresenceMeta<PageMeta>[]): [Member] | undefined {
  const [first] = metas;
  if (first === undefined) return undefined;
  return [{ id: Number(key), name: first.meta.name, typing: metas.some(({ meta }) => meta.typing) }];
}

const { compare } = new Intl.Collator("en");

const inOrder = (a: Member, b: Member): number => compare(a.name, b.name) || a.id - b.id;

function byName(members: readonly Member[]): Member[] {
  return members.toSorted(inOrder);
}

/** Where somebody stands among others, who are in order: each page asks for it whenever anybody comes. */
function placeOf(member: Member, others: readonly Member[]): number {
  let [from, to] = [0, others.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = others[middle];
    if (other !== undefined && inOrder(other, member) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
