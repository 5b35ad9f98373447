import { roomTopic } from "../../chat/room-events.ts";
import type { ClientEvent } from "../../live/view.ts";
import type { Presence } from "../../presence/presence.ts";
import { type PresenceDiff, presenceTopic } from "../../presence/presence-diff.ts";
import { CONTENT_FIELD } from "../chat/writing.ts";
import { type Member, membersOf, type PageMeta, withMember } from "./members.ts";
import type { RoomAssigns, RoomStep } from "./room-assigns.ts";

/** The event of a reader who leaves the field that he writes in. */
export const STOP_TYPING = "stop_typing";

/** Who is in which room, by his pages. */
export type RoomPresence = Presence<PageMeta>;

/**
 * Counts the page in its room, and no longer in the one that it was at; shows who is there. The page that is sent first is
 * not counted: nobody may come of it. To be the last step, since a view that fails to mount is not terminated.
 */
export const enterPresence =
  (presence: RoomPresence): RoomStep =>
  (socket) => {
    const { showsMembers, tracked, room, me } = socket.assigns;
    const topic = roomTopic(room.id);
    if (!showsMembers || tracked?.topic === topic) return socket;
    leavePresence(presence)(socket);
    socket.subscribe(presenceTopic(topic));
    if (socket.connected) {
      const ref = presence.track(topic, String(me.id), { name: me.name, typing: false });
      socket.assign({ tracked: { topic, ref } });
    }
    return socket.assign({ members: membersOf(presence.list(topic)) });
  };

/** Counts the page nowhere. */
export const leavePresence =
  (presence: RoomPresence): RoomStep =>
  (socket) => {
    const { tracked } = socket.assigns;
    if (tracked === undefined) return socket;
    presence.untrack(tracked.ref);
    return socket.unsubscribe(presenceTopic(tracked.topic)).assign({ tracked: undefined });
  };

/** Tells the room whether its reader writes: from a change of the draft until it is empty, sent, or left. */
export const typing =
  (presence: RoomPresence, event: ClientEvent): RoomStep =>
  (socket) => {
    const { tracked, me } = socket.assigns;
    const now = isTyping(event);
    if (tracked !== undefined && now !== undefined)
      presence.update(tracked.ref, { name: me.name, typing: now });
    return socket;
  };

/** What an event says of it; undefined where it says nothing. */
function isTyping(event: ClientEvent): boolean | undefined {
  switch (event.name) {
    case "validate":
      return event.type === "form" && (event.form.get(CONTENT_FIELD) ?? "") !== "";
    case "send":
    case STOP_TYPING:
      return false;
    default:
      return undefined;
  }
}

/** Shows who came, who left, and who writes: what a change says of somebody is no more than that he is to be looked at. */
export const presenceTold =
  (presence: RoomPresence, { joins, leaves }: PresenceDiff<PageMeta>): RoomStep =>
  (socket) => {
    const topic = roomTopic(socket.assigns.room.id);
    const keys = new Set([...joins, ...leaves].map(({ key }) => key));
    const members = [...keys].reduce<readonly Member[]>(
      (all, key) => withMember(all, key, presence.metasOf(topic, key)),
      socket.assigns.members,
    );
    return socket.assign({ members });
  };

/** What a page holds before it has entered a room. */
export const NOBODY = { members: [], tracked: undefined } satisfies Partial<RoomAssigns>;
