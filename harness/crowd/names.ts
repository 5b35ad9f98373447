/** `user-0001` and on: of one width, so that no byte count depends on who it is. */
export function userNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `user-${String(index + 1).padStart(4, "0")}`);
}

/** `chrome-1` and on: what they are called in a report. */
export function chromeNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `chrome-${index + 1}`);
}
