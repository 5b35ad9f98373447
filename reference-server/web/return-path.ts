import { isLocalPath } from "../live/navigation.ts";

const ANY_ORIGIN = "http://localhost";

/** Where those who are not logged in are asked to, and how they come back. @param from path and query. */
export const logInPath = (from: string): string => `/log_in?return_to=${encodeURIComponent(from)}`;

/**
 * The path, as a browser reads it, if it leads to this server; otherwise the front page. Source: "basic URL parser", URL
 * Standard, 4.4.
 */
export function localPath(path: string): string {
  if (!isLocalPath(path) || !URL.canParse(path, ANY_ORIGIN)) return "/";
  const { origin, pathname, search, hash } = new URL(path, ANY_ORIGIN);
  // What is left of `/.//elsewhere` is another server once it is read again.
  if (origin !== ANY_ORIGIN || pathname.startsWith("//")) return "/";
  return `${pathname}${search}${hash}`;
}
