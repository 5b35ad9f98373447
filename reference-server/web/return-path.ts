const ANY_ORIGIN = "http://localhost";

/** Where those who are not logged in are asked to, and how they come back. @param from path and query. */
export const logInPath = (from: string): string => `/log_in?return_to=${encodeURIComponent(from)}`;

/**
 * The path, if it leads to this server; otherwise the front page.
 *
 * It is read as browsers read it, who take tabs and line feeds out of an address and backslashes for slashes: so
 * `/<tab>/elsewhere` is another server. Source: "basic URL parser", URL Standard, 4.4.
 */
export function localPath(path: string): string {
  if (!path.startsWith("/") || !URL.canParse(path, ANY_ORIGIN)) return "/";
  const { origin, pathname, search, hash } = new URL(path, ANY_ORIGIN);
  // A path of two slashes, as of `/.//elsewhere`, is another server once it is read again.
  if (origin !== ANY_ORIGIN || pathname.startsWith("//")) return "/";
  return `${pathname}${search}${hash}`;
}
