import type { PubSub } from "../../../reference-server/pubsub/pubsub.ts";
import { insertedAt, LAST_SEEDED_ID, type Message, seededMessages } from "./data.ts";

/** Somebody who is in the room. */
export interface Member {
  readonly email: string;
  readonly typing: boolean;
}

/** What is told to everybody in the room. */
export type WireEvent =
  | { readonly kind: "created" | "updated" | "deleted"; readonly message: Message }
  | { readonly kind: "members"; readonly members: readonly Member[] };

/** The topic of the one room. */
export const WIRE_TOPIC = "wire-room";
/** The recorded room. */
export const WIRE_ROOM = 1;
const PAGE_SIZE = 10;

/** The recorded chat: one room, its messages and members, in memory. */
export class WireChat {
  readonly #pubsub: PubSub;
  readonly #members = new Map<string, Member>();
  #messages: readonly Message[];
  #lastId = LAST_SEEDED_ID;

  constructor(pubsub: PubSub, messageCount: number) {
    this.#pubsub = pubsub;
    this.#messages = seededMessages(WIRE_ROOM, messageCount);
  }

  get messages(): readonly Message[] {
    return this.#messages;
  }

  get members(): readonly Member[] {
    return [...this.#members.values()].sort((a, b) => (a.email < b.email ? -1 : 1));
  }

  message(id: number): Message {
    const message = this.#messages.find((known) => known.id === id);
    if (message === undefined) throw new Error(`there is no message ${id}`);
    return message;
  }

  last(count: number = PAGE_SIZE): readonly Message[] {
    return this.#messages.slice(-count);
  }

  before(id: number): readonly Message[] {
    return this.#messages.filter((message) => message.id < id).slice(-PAGE_SIZE);
  }

  create(sender_email: string, content: string): void {
    this.#lastId += 1;
    const id = this.#lastId;
    const message = { id, sender_email, content, inserted_at: insertedAt(id), edited: false };
    this.#messages = [...this.#messages, message];
    this.#tell({ kind: "created", message });
  }

  update(id: number, content: string): void {
    const message = { ...this.message(id), content, edited: true };
    this.#messages = this.#messages.map((known) => (known.id === id ? message : known));
    this.#tell({ kind: "updated", message });
  }

  delete(id: number): void {
    const message = this.message(id);
    this.#messages = this.#messages.filter((known) => known.id !== id);
    this.#tell({ kind: "deleted", message });
  }

  /** Somebody comes, or types, or stops. */
  show(email: string, typing = false): void {
    this.#members.set(email, { email, typing });
    this.#tell({ kind: "members", members: this.members });
  }

  leave(email: string): void {
    this.#members.delete(email);
    this.#tell({ kind: "members", members: this.members });
  }

  /** Tells of an edit that is not stored. */
  rumour(message: Message): void {
    this.#tell({ kind: "updated", message: { ...message, edited: true } });
  }

  #tell(event: WireEvent): void {
    this.#pubsub.broadcast(WIRE_TOPIC, event);
  }
}
