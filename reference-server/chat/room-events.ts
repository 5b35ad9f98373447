import type { Message } from "./message.ts";

/** What is broadcast to everybody in a room. */
export type RoomEvent =
  | { readonly kind: "message_created"; readonly message: Message }
  | { readonly kind: "message_updated"; readonly message: Message }
  | { readonly kind: "message_deleted"; readonly message: Message };

/** The topic of a room. */
export const roomTopic = (roomId: number): string => `room:${roomId}`;
