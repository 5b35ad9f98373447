/** Something of a site that was looked for on its page. */
export interface Finding {
  /** The key of the configuration that says the same: `list.container`. */
  readonly key: string;
  /** What was found, as the configuration would have it; null where nothing was. */
  readonly value: string | null;
  /** `said`: by the configuration. `certain`: there is no other way to read the page. `likely`: by its name, or its place. */
  readonly sureness: "said" | "certain" | "likely" | "missing";
  /** Why it is this; or what is lacking. */
  readonly why: string;
}

/** Something that was found. */
export const found = (
  key: string,
  value: string,
  sureness: Exclude<Finding["sureness"], "missing">,
  why: string,
): Finding => ({ key, value, sureness, why });

/** Something that was looked for in vain. */
export const missing = (key: string, why: string): Finding => ({
  key,
  value: null,
  sureness: "missing",
  why,
});

/** A word that one of these texts has; null where none has one. Words in `camelCase` and `snake_case` are told apart. */
export function wordIn(words: RegExp, ...texts: readonly (string | undefined)[]): string | null {
  for (const text of texts) {
    const match = words.exec((text ?? "").replace(/([a-z])([A-Z])/gu, "$1 $2").replace(/[_-]/gu, " "));
    if (match !== null) return match[0].toLowerCase();
  }
  return null;
}
