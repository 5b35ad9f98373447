import type { ModeName } from "../../reference-server/web/chat/modes.ts";
import { DrivenView, type Sent } from "./driven-view.ts";
import { type LongChat, messageOf, NEWEST_ID } from "./long-room.ts";
import { median } from "./measure.ts";

/** What is done on a page of a room, in this order. */
export const OPERATIONS = ["insert", "edit", "delete", "prepend"] as const;

/** One of {@link OPERATIONS}: edits and deletes are of the message in the middle, a page of history has ten messages. */
export type Operation = (typeof OPERATIONS)[number];

/** Of an operation: the bytes of its frame, the same in each visit, and the median of the server's times. */
export type Visits = Readonly<Record<Operation, Sent>>;

/**
 * Opens pages one after the other, and does one of each operation on each of them. Visits of one chat take turns: what
 * one page is told, all that are open are.
 *
 * @param messages how many messages are on the page before, but for one that was inserted
 * @throws Error where the frame of one operation is not of the same size on every page
 */
export async function visit(
  chat: LongChat,
  mode: ModeName,
  { messages, pages }: { readonly messages: number; readonly pages: number },
): Promise<Visits> {
  // Of another sender than the message that was inserted last, wherever it is.
  const middleId = NEWEST_ID - 2 * Math.floor(messages / 4);
  const sent: Record<Operation, Sent[]> = { insert: [], edit: [], delete: [], prepend: [] };
  for (let page = 0; page < pages; page++) {
    const view = await DrivenView.open(chat, mode, messages);
    // After a page of history, `append` is told once to add at the end again: that is no part of an insert.
    await view.tell({ kind: "message_created", message: messageOf(NEWEST_ID + 2) });
    sent.insert.push(await view.tell({ kind: "message_created", message: messageOf(NEWEST_ID + 3) }));
    sent.edit.push(await view.tell({ kind: "message_updated", message: messageOf(middleId, true) }));
    sent.delete.push(await view.tell({ kind: "message_deleted", message: messageOf(middleId, true) }));
    sent.prepend.push(await view.prepend());
    view.close();
  }
  const summary = (operation: Operation): Sent => {
    const sizes = new Set(sent[operation].map(({ bytes }) => bytes));
    const [bytes, ...others] = sizes;
    if (bytes === undefined || others.length > 0) {
      throw new Error(
        `${operation} in ${mode} at ${messages} messages: frames of ${[...sizes].join(", ")} bytes`,
      );
    }
    return { bytes, us: median(sent[operation].map(({ us }) => us)) };
  };
  return {
    insert: summary("insert"),
    edit: summary("edit"),
    delete: summary("delete"),
    prepend: summary("prepend"),
  };
}
