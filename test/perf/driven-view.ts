import { PAGE_SIZE } from "../../reference-server/chat/messages.ts";
import { type RoomEvent, roomTopic } from "../../reference-server/chat/room-events.ts";
import { type ClientMessage, encodePush, encodeReply } from "../../reference-server/live/envelope.ts";
import { LiveChannel } from "../../reference-server/live/live-channel.ts";
import type { AnyView } from "../../reference-server/live/view.ts";
import type { PubSub } from "../../reference-server/pubsub/pubsub.ts";
import { LOAD_OLDER, markerId } from "../../reference-server/web/chat/history-marker.ts";
import type { ModeName } from "../../reference-server/web/chat/modes.ts";
import { roomView } from "../../reference-server/web/room/room-view.ts";
import { type LongChat, NEWEST_ID, ROOM_ID } from "./long-room.ts";

/** What one view sent for one operation. */
export interface Sent {
  /** Of the text frame, envelope included. */
  readonly bytes: number;
  /** From the broadcast or the event to the frame as text: what the view does, and the encoding. */
  readonly us: number;
}

const TOPIC = "lv:phx-AAAAAAAAAAAAAAAA";
const JOIN_REF = "4";
const PAGE = new URL(`http://127.0.0.1/rooms/${ROOM_ID}`);

/** A room page in one mode, as a client has joined it, with nothing but the socket taken away. */
export class DrivenView {
  readonly #chat: LongChat;
  readonly #channel: LiveChannel;
  #oldestId = NEWEST_ID - PAGE_SIZE + 1;
  #onFrame: (text: string) => void = () => {};

  private constructor(chat: LongChat, view: AnyView) {
    this.#chat = chat;
    const start = {
      view,
      params: { id: String(ROOM_ID), members: "off" },
      session: { token: chat.readerToken },
      uri: PAGE,
    };
    const join = { start, redirected: false, liveViewVersion: "1.2.10" };
    this.#channel = new LiveChannel(join, chat.pubsub as PubSub, {
      reply: (message, status, response) => this.#onFrame(encodeReply(message, status, response)),
      push: (event, payload) => this.#onFrame(encodePush(JOIN_REF, TOPIC, event, payload)),
      broadcast: () => {},
      closed: () => {},
      crashed: (error) => {
        throw error;
      },
    });
  }

  /** A page that shows so many messages: those at mount, and the others as history. */
  static async open(chat: LongChat, mode: ModeName, messages: number): Promise<DrivenView> {
    const opened = new DrivenView(chat, roomView(mode, chat) as AnyView);
    await new Promise((resolve) => opened.#channel.join(resolve));
    // The last page is as long as any, so that the view knows of more to come.
    if (messages > 2 * PAGE_SIZE) await opened.prepend(messages - 2 * PAGE_SIZE);
    if (messages > PAGE_SIZE) await opened.prepend();
    return opened;
  }

  /** Loads a page of history. */
  prepend(count = PAGE_SIZE): Promise<Sent> {
    this.#chat.messages.nextPage = count;
    const value = { id: markerId(this.#oldestId) };
    this.#oldestId -= count;
    const payload = { type: "hook", event: LOAD_OLDER, value };
    const message: ClientMessage = { joinRef: JOIN_REF, ref: "10", topic: TOPIC, event: "event", payload };
    return this.#sent(() => this.#channel.receive(message));
  }

  /** Tells the view what happened in its room. */
  tell(event: RoomEvent): Promise<Sent> {
    return this.#sent(() => this.#chat.pubsub.broadcast(roomTopic(ROOM_ID), event));
  }

  /** Takes the view down. */
  close(): void {
    this.#channel.stop();
  }

  #sent(act: () => void): Promise<Sent> {
    return new Promise((resolve) => {
      const startMs = performance.now();
      this.#onFrame = (text) => {
        const us = (performance.now() - startMs) * 1000;
        resolve({ bytes: Buffer.byteLength(text), us });
      };
      act();
    });
  }
}
