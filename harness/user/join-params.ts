import type { DeadRender } from "../page/dead-render.ts";
import { SERIALIZER_VERSION } from "../protocol/wire-keys.ts";

/** How often a user has mounted and tried to. */
export interface MountCounts {
  readonly mounts: number;
  readonly attempts: number;
}

/**
 * The URL of a LiveView socket, with the parameters that the official client sends.
 *
 * Source: `endPointURL` in phoenix/socket.js, `Ajax.serialize` in phoenix/ajax.js, `connectParams` in view.ts.
 *
 * @param socketUrl `ws://host/live/websocket`
 */
export function socketUrlOf(socketUrl: string, page: DeadRender, counts: MountCounts): string {
  const params = [`_csrf_token=${encodeURIComponent(page.csrfToken)}`];
  page.trackStatic.forEach((url, i) => {
    params.push(`${encodeURIComponent(`_track_static[${i}]`)}=${encodeURIComponent(url)}`);
  });
  params.push(
    `_mounts=${counts.mounts}`,
    `_mount_attempts=${counts.attempts}`,
    // The official client has no referer on a first page, and sends the word.
    "_live_referer=undefined",
    `vsn=${SERIALIZER_VERSION}`,
  );
  return `${socketUrl}?${params.join("&")}`;
}

/** The payload of `phx_join` for the view of a page at this URL. Source: the constructor of `View` in view.ts. */
export function joinPayload(url: string, page: DeadRender, counts: MountCounts): object {
  return {
    url,
    params: {
      _csrf_token: page.csrfToken,
      ...(page.trackStatic.length > 0 ? { _track_static: page.trackStatic } : {}),
      _mounts: counts.mounts,
      _mount_attempts: counts.attempts,
    },
    session: page.session,
    static: page.static,
    sticky: false,
  };
}
