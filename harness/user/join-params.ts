import type { DeadRender } from "../page/dead-render.ts";
import { SERIALIZER_VERSION } from "../protocol/wire-keys.ts";

/** What a view tells about itself besides the page. */
export interface MountCounts {
  /** How often it was mounted before. */
  readonly mounts: number;
  /** How often it has tried to since. */
  readonly attempts: number;
  /** The URL of the view that it took the place of; null on a page of its own. */
  readonly referer: string | null;
}

/** What a page's first view tells. */
export const FIRST_MOUNT: MountCounts = { mounts: 0, attempts: 0, referer: null };

/**
 * The URL of a LiveView socket, with the parameters that the official client sends: those of the join before, since
 * it writes them into the object that both read.
 *
 * Source: `endPointURL` in phoenix/socket.js, `Ajax.serialize` in phoenix/ajax.js, `connectParams` in view.ts.
 *
 * @param socketUrl `ws://host/live/websocket`
 */
export function socketUrlOf(socketUrl: string, page: DeadRender, counts: MountCounts): string {
  const params = [`_csrf_token=${encodeURIComponent(page.csrfToken)}`];
  for (const [name, value] of Object.entries(page.connectParams)) {
    params.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  }
  page.trackStatic.forEach((url, i) => {
    params.push(`${encodeURIComponent(`_track_static[${i}]`)}=${encodeURIComponent(url)}`);
  });
  params.push(
    `_mounts=${counts.mounts}`,
    `_mount_attempts=${counts.attempts}`,
    // The official client has no referer on a first page, and sends the word.
    `_live_referer=${counts.referer === null ? "undefined" : encodeURIComponent(counts.referer)}`,
    `vsn=${SERIALIZER_VERSION}`,
  );
  return `${socketUrl}?${params.join("&")}`;
}

/** What a view says at join beside its counts. */
export interface JoiningView {
  readonly session: string;
  readonly static: string | null;
  /** Absolute; null for a view that knows no URL, as a child or a sticky one. */
  readonly href: string | null;
  /** Whether it came there by navigation, without a page of its own. */
  readonly isRedirected: boolean;
  readonly isSticky: boolean;
  readonly flash: string | null;
}

/** The payload of `phx_join` for a view of a page. Source: the constructor of `View` in view.ts. */
export function joinPayload(view: JoiningView, page: DeadRender, counts: MountCounts): object {
  const { href, flash } = view;
  return {
    ...(href === null ? {} : view.isRedirected ? { redirect: href } : { url: href }),
    params: {
      _csrf_token: page.csrfToken,
      ...page.connectParams,
      ...(page.trackStatic.length > 0 ? { _track_static: page.trackStatic } : {}),
      _mounts: counts.mounts,
      _mount_attempts: counts.attempts,
      ...(counts.referer === null ? {} : { _live_referer: counts.referer }),
    },
    session: view.session,
    static: view.static,
    ...(flash === null ? {} : { flash }),
    sticky: view.isSticky,
  };
}
