import { deserialize, serialize } from "node:v8";

/**
 * Makes copies of a message, strings included, each as good as the message itself.
 *
 * What JSON can say is copied by way of it, which takes a third of the time; anything else (undefined, dates, maps) by
 * the structured clone algorithm.
 */
export function copiesOf<T>(message: T): () => T {
  if (isJson(message)) {
    const text = JSON.stringify(message);
    return () => JSON.parse(text) as T;
  }
  const wire = serialize(message);
  return () => deserialize(wire) as T;
}

/** Whether a value is the same after it was JSON. */
function isJson(value: unknown): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0);
    case "object":
      if (value === null) return true;
      if (Array.isArray(value)) return Array.from(value).every(isJson);
      return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson);
    default:
      return false;
  }
}
