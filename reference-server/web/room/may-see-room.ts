import type { Rooms } from "../../chat/rooms.ts";
import type { Sessions } from "../../chat/sessions.ts";
import type { Session } from "../../live/view.ts";

/** Whether who has this session may see a room: whoever is logged in may see every room that there is. */
export async function maySeeRoom(
  { rooms, sessions }: { readonly rooms: Rooms; readonly sessions: Sessions },
  { token }: Session,
  roomId: number,
): Promise<boolean> {
  if (typeof token !== "string" || (await sessions.userOf(token)) === undefined) return false;
  return (await rooms.list()).some(({ id }) => id === roomId);
}
