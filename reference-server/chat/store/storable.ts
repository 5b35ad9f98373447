/** Whether a text can be stored and looked for in both databases: PostgreSQL has no place for U+0000. */
export function isStorable(text: string): boolean {
  return !text.includes("\0");
}
