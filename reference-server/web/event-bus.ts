import { type AnyChannel, defineChannel } from "../live/channel.ts";
import type { Session } from "../live/view.ts";
import type { Broadcaster } from "../pubsub/pubsub.ts";

/** What a view has its page told. */
export interface PageEvent {
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What the channel must know of the chat. */
export interface EventBusContext {
  /** Whether who has this session may see a room. */
  maySee(session: Session, roomId: number): Promise<boolean>;
}

/** The topic of the channel beside the view of a room. */
export const eventBusTopic = (roomId: number): string => `event_bus:${roomId}`;

/** Where the channel of a page for a room is registered in the server's pub/sub. */
const registeredAs = (pageId: string, roomId: number): string => `page:${pageId}:${eventBusTopic(roomId)}`;

/**
 * The channel `event_bus:<room>`, by which a view tells its page of what it has shown. Whose page it is was signed into
 * the page and is verified when the socket opens; a join names the room, by the topic, and nothing else.
 */
export function eventBusChannel({ maySee }: EventBusContext): AnyChannel {
  return defineChannel<null, PageEvent>({
    topic: "event_bus:*",
    async join(socket, payload) {
      const { pageId, subtopic, session } = socket;
      if (pageId === undefined) return refusal("the socket was opened without a page token");
      if (Object.keys(payload).length > 0) return refusal("a join names nothing: its page is the socket's");
      const roomId = Number(subtopic);
      const isRoom = Number.isSafeInteger(roomId) && subtopic === String(roomId);
      if (!isRoom || !(await maySee(session, roomId))) return refusal("no such room");
      socket.subscribe(registeredAs(pageId, roomId));
      return { ok: true, state: null };
    },
    handleInfo: (socket, { event, payload }) => socket.push(event, payload),
  });
}

const refusal = (reason: string) => ({ ok: false, response: { reason } }) as const;

/**
 * Has the channel of a page for a room push an event. Without effect where there is none: the page has no id, its channel
 * has not joined yet, or has died.
 *
 * @param pageId `Socket.pageId` of the view.
 */
export function tellPage(
  pubsub: Broadcaster<unknown>,
  pageId: string | undefined,
  roomId: number,
  event: PageEvent,
): void {
  if (pageId !== undefined) pubsub.broadcast(registeredAs(pageId, roomId), event);
}
