import type { RoomEvent } from "../../chat/room-events.ts";
import type { ChatParts, ChatStep } from "./chat-assigns.ts";

/** Shows what is told to everybody in a room. What is told of another room was on its way when the page left that one. */
export const told =
  ({ list }: Pick<ChatParts, "list">, event: RoomEvent): ChatStep =>
  (socket) => {
    const { room, editing, oldestId, search } = socket.assigns;
    const { message } = event;
    if (message.roomId !== room.id) return socket;
    switch (event.kind) {
      case "message_created":
        // What is found is found: the end of the room comes back with its messages.
        if (search !== "") return socket;
        // On a page that was empty, it is the oldest one as well.
        socket.assign({ oldestId: Math.min(oldestId, message.id) });
        list.insert(socket, message);
        return socket;
      case "message_updated":
        list.update(socket, message);
        return socket;
      case "message_deleted":
        list.remove(socket, message);
        return editing?.id === message.id
          ? socket
              .assign({ editing: null })
              .putFlash("error", "That message is gone: it was deleted meanwhile.")
          : socket;
      default:
        return event satisfies never;
    }
  };
