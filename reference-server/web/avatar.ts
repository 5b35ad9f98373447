/** A colour of one's own, the same on every page, as a custom property for the style sheet. */
export function avatarStyle(name: string): string {
  return `--hue:${fnv1a(name) % 360}`;
}

/** What stands in an avatar: the first character of a name, however many code units it has. */
export function initialOf(name: string): string {
  return String.fromCodePoint(name.codePointAt(0) ?? 0x20).toUpperCase();
}

/** FNV-1a, 32 bits (draft-eastlake-fnv), of code units, which takes no copy in bytes of each name on a page: names that are alike get colours that are not. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
