/** Whether the browser's history gets a new entry or another one in place of the last. */
export type HistoryChange = "push" | "replace";

/** Where a view wants the page to go. */
export type Navigation =
  /** By a load of the page. `status` is what a GET is answered with. */
  | { readonly kind: "redirect"; readonly to: string; readonly status: number; readonly external: boolean }
  /** To another view of the live session, over the socket. */
  | { readonly kind: "live_redirect"; readonly to: string; readonly history: HistoryChange }
  /** Within the view: its address changes, and it handles the new params. */
  | { readonly kind: "live_patch"; readonly to: string; readonly history: HistoryChange };

/** How a view says where it redirects to. */
export type RedirectTarget = ({ readonly to: string } | { readonly external: string }) & {
  /** Default 302. */
  readonly status?: number;
};

/** Reads the options of a redirect. Source: `redirect/2` in phoenix_live_view.ex. */
export function redirection(target: RedirectTarget): Navigation {
  const status = target.status ?? 302;
  return "to" in target
    ? { kind: "redirect", to: localPath(target.to), status, external: false }
    : { kind: "redirect", to: externalUrl(target.external), status, external: true };
}

/** What a view may say about a navigation that loads no page. */
export interface LiveNavigationOptions {
  /** Whether it takes the place of the last entry of the browser's history. Default: it adds one. */
  readonly replace?: boolean;
}

/** Reads the options of `pushNavigate` and `pushPatch`. Source: `push_opts!` in phoenix_live_view.ex. */
export function liveNavigation(
  kind: "live_redirect" | "live_patch",
  to: string,
  { replace = false }: LiveNavigationOptions = {},
): Navigation {
  return { kind, to: localPath(to), history: replace ? "replace" : "push" };
}

/**
 * Whether a path stays on this server. A browser takes a backslash for a slash, and drops tabs and line ends before it
 * reads an address, so that more than `//` leads elsewhere. Source: `validate_local_url!` in phoenix_live_view.ex.
 */
export function isLocalPath(path: string): boolean {
  return /^\/(?!\/)/.test(path) && !/[\\\n\r]|\/(%09|\t)/.test(path);
}

/** @throws Error for anything but a path of this server. */
function localPath(to: string): string {
  if (!isLocalPath(to)) throw new Error(`a path of this server was expected, not ${JSON.stringify(to)}`);
  return to;
}

const SCHEMES = "http https ftp ftps mailto news irc gopher nntp feed telnet mms rtsp svn tel fax xmpp".split(
  " ",
);

/** Source: `valid_string_destination!` in utils.ex. */
function externalUrl(url: string): string {
  const scheme = /^([^/?#:]*):/.exec(url)?.[1];
  if (scheme === undefined || SCHEMES.includes(scheme)) return url;
  throw new Error(`unsupported scheme in the redirect to ${JSON.stringify(url)}`);
}
