import { BenchError } from "../core/errors.ts";
import type { Scenario } from "../core/scenario.ts";
import type { Target } from "../core/step.ts";
import type { Arrival } from "../load/arrival-executor.ts";
import type { Cast } from "./cast.ts";

/** Does one thing that was due, as one of the cast. */
export type Action = (arrival: Arrival) => Promise<void>;

/** One in so many messages is written in the other room, if anybody is there. */
const OTHER_ROOM_EVERY = 5;

/** Members write in turn, each in his room, by the form that their page has. */
export function writeMessage(cast: Cast, { site, rooms }: Scenario): Action {
  const watched = cast.members.filter(({ roomId }) => roomId === rooms.joinedId);
  const other = cast.members.filter(({ roomId }) => roomId !== rooms.joinedId);
  return async ({ index, dueUs }) => {
    const room = other.length > 0 && index % OTHER_ROOM_EVERY === OTHER_ROOM_EVERY - 1 ? other : watched;
    const sequence = cast.nextSequence++;
    const author = room[sequence % room.length];
    if (author === undefined) throw new BenchError("nobody is there to write", { code: "no-author" });
    cast.authorship.writes(sequence, author);
    const text = cast.texts.next({ dueUs, sequence });
    const { roomId } = author;
    try {
      const { sentAt, repliedAt } = await author.inTurn(() =>
        author.user.submit(site.send.form, { [site.send.field]: text }),
      );
      cast.deliveries.sent({ sequence, roomId, startUs: sentAt, ackUs: repliedAt });
    } catch (error) {
      // It may have been made all the same.
      cast.deliveries.sent({ sequence, roomId, startUs: dueUs, ackUs: null });
      throw error;
    }
  };
}

/** Authors change messages of theirs: they open the form by the message's button and send it. */
export function editMessage(cast: Cast, { site }: Scenario, target?: Target): Action {
  return async ({ dueUs }) => {
    const written = cast.authorship.pick(target);
    if (written === undefined)
      throw new BenchError("there is no message to edit", { code: "nothing-to-edit" });
    const { author, itemId } = written;
    const text = cast.texts.next({ dueUs, sequence: cast.nextSequence++ });
    await author.inTurn(async () => {
      await author.user.click(site.edit.button, { item: itemId });
      await author.user.submit(site.edit.form, { [site.edit.field]: text });
    });
  };
}

/** Authors delete messages of theirs, by the message's button. */
export function deleteMessage(cast: Cast, { site }: Scenario, target?: Exclude<Target, "same">): Action {
  return async ({ dueUs }) => {
    const written = cast.authorship.take(target);
    if (written === undefined)
      throw new BenchError("there is no message to delete", { code: "nothing-to-delete" });
    const { author, itemId } = written;
    cast.deletionsDue.set(itemId, dueUs);
    await author.inTurn(() => author.user.click(site.delete.button, { item: itemId }));
  };
}
