/**
 * Breaks text into lines of at most `width` characters, at spaces where there are any. Characters that would
 * move the cursor or turn the line are written out (see {@link visible}).
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of visible(text).split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (joined.length <= width) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    line = "";
    // Character by character, so that no surrogate pair is cut.
    for (const character of word) {
      if (line.length + character.length > width) {
        lines.push(line);
        line = "";
      }
      line += character;
    }
  }
  return [...lines, line];
}

/**
 * The text with its control characters, and those that turn the direction of writing, written out as `\u001b`:
 * a message may contain them, and a terminal would obey.
 */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  });
}
