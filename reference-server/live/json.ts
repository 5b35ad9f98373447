declare const JSON_TEXT: unique symbol;

/** A value as JSON text, character by character as `JSON.stringify` writes it. */
export type Json = string & { readonly [JSON_TEXT]: "value" };

/**
 * The members of a JSON object that is being written, without its braces. Whoever writes them answers for their order:
 * numbers before names, ascending, is how JavaScript lists them.
 */
export type Members = string & { readonly [JSON_TEXT]: "members" };

/** Of an object in which there is nothing. */
export const NO_MEMBERS = "" as Members;

/** What may stand in a JSON string as it is. Half a surrogate pair may not: so whole ones are looked at as well. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

/** Any value that JSON can say. */
export function json(value: object | string | boolean): Json {
  return JSON.stringify(value) as Json;
}

/** What stands between the quotes. Most texts have nothing to escape, and to see that takes less than `JSON.stringify`. */
export function escapeJson(text: string): string {
  return PLAIN.test(text) ? text : JSON.stringify(text).slice(1, -1);
}

/** A text. */
export function quoted(text: string): Json {
  return `"${escapeJson(text)}"` as Json;
}

/** Most slots and entries have one of these numbers, and a piece less to be put together. */
const NAMED: readonly string[] = Array.from({ length: 32 }, (_, number) => `"${number}":`);
const NAMED_NEXT: readonly string[] = NAMED.map((name) => `,${name}`);

/** The members, and one more. */
export function withMember(members: Members, name: string | number, value: Json | number): Members {
  const isFirst = members === "";
  const known = typeof name === "string" ? undefined : (isFirst ? NAMED : NAMED_NEXT)[name];
  if (isFirst) return `${known ?? `"${name}":`}${value}` as Members;
  return `${members}${known ?? `,"${name}":`}${value}` as Members;
}

/** The object that has these members. */
export function objectOf(members: Members): Json {
  return `{${members}}` as Json;
}
