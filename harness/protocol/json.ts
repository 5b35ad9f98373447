/** What JSON calls an object. */
export type JsonObject = { readonly [key: string]: unknown };

/** Whether a parsed JSON value is an object (not null, not an array). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const LONGEST = 200;

/** A parsed JSON value as an error names it: its JSON, cut short. */
export function describeJson(value: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(value) ?? "undefined";
  } catch {
    // JSON.parse copes with any depth, JSON.stringify does not.
    return "a value that is nested too deeply to be shown";
  }
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}
