import { UsageError } from "../core/errors.ts";

/**
 * Where a link or form of a page leads: an absolute URL.
 *
 * @param target as the page has it
 * @param base URL of the page
 * @throws UsageError with code `bad-url` if that is no URL
 */
export function absoluteUrl(target: string, base: string): string {
  if (URL.canParse(target, base)) return new URL(target, base).href;
  throw new UsageError(`the page leads to ${JSON.stringify(target)}, which is no URL`, { code: "bad-url" });
}
