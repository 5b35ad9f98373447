import type { z } from "zod";

/**
 * What zod found wrong, a line a problem, each with its place: `steps[2].ratePerSec: Too small: ...`. A
 * problem of the whole value has no place.
 */
export function schemaProblems(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const place = issue.path
      .map((key, depth) =>
        typeof key === "number" ? `[${key}]` : depth === 0 ? String(key) : `.${String(key)}`,
      )
      .join("");
    return place === "" ? issue.message : `${place}: ${issue.message}`;
  });
}
