import type { Socket } from "../live/socket.ts";

/** Whether a view was joined before by the same page. The client counts. Source: `joinCount` in phoenix_live_view/view.ts. */
export function wasJoined(socket: Pick<Socket<object>, "connectParams">): boolean {
  const mounts = socket.connectParams?._mounts;
  return typeof mounts === "number" && mounts > 0;
}
