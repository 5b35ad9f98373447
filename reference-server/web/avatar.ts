const GOLDEN_ANGLE_DEGREES = 137.508;

/** A colour of one's own, the same on every page, as a custom property for the style sheet. */
export function avatarStyle(name: string): string {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 360;
  return `--hue:${Math.round((sum * GOLDEN_ANGLE_DEGREES) % 360)}`;
}
