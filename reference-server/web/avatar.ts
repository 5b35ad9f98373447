/** A colour of one's own, the same on every page, as a custom property for the style sheet. */
export function avatarStyle(name: string): string {
  return `--hue:${fnv1a(name) % 360}`;
}

/** FNV-1a, 32 bits (draft-eastlake-fnv): names that are alike get colours that are not. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
