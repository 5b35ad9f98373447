import type { Behaviour } from "../core/behaviour.ts";
import { roomLink, roomPath } from "../core/site.ts";
import { type Micros, micros } from "../core/units.ts";
import { deleteMessage, editMessage, writeAs } from "./actions.ts";
import type { Member } from "./member.ts";
import type { StepContext } from "./perform-step.ts";
import { nextRoom } from "./rooms.ts";

/** What a member does behind what a scenario calls it, with the time at which that was due. */
export type Behave = (member: Member, behaviour: Behaviour, dueUs: Micros) => Promise<void>;

/** How users behave in a step. */
export function behaving(context: StepContext): Behave {
  const { scenario, mode, cast, recorder, clock, presence } = context;
  const { site, rooms } = scenario;
  /** Of what turns out to do nothing no time is taken. */
  const measured = async (operation: string, dueUs: Micros, act: () => Promise<unknown>): Promise<void> => {
    if ((await act()) === null) return;
    recorder.latency(mode, operation, "page", micros(clock() - dueUs), dueUs);
  };
  const act = (member: Member, behaviour: Behaviour, dueUs: Micros): Promise<unknown> => {
    switch (behaviour) {
      case "read":
        return Promise.resolve();
      case "type":
        member.isTyping = true;
        return member.user.change(site.send.form, site.send.field, cast.texts.draft());
      case "send":
        return writeAs(member, context, { dueUs });
      case "scroll-back":
        return measured("prepend", dueUs, () => member.loadPage(context.history));
      case "switch-room": {
        const roomId = nextRoom(rooms, member.roomId);
        const link = roomLink(site, roomId);
        return measured("switch", dueUs, async () => {
          if (link !== undefined) return presence.follow(member, link, roomId);
          await presence.leave(member);
          member.roomId = roomId;
          await presence.come(member, roomPath(site, mode, roomId));
        });
      }
      case "leave-and-return":
        return measured("return", dueUs, async () => {
          await presence.leave(member);
          await presence.come(member, roomPath(site, mode, member.roomId));
        });
      case "edit":
      case "delete":
        throw new Error(`${behaviour} is its author's`);
      default:
        return behaviour satisfies never;
    }
  };
  return async (member, behaviour, dueUs) => {
    // Whose message is changed is he who acts, whoever's turn it was; where there is none there is nothing to do.
    if (behaviour === "edit") return cast.authorship.isEmpty ? undefined : editMessage(context)({ dueUs });
    if (behaviour === "delete")
      return cast.authorship.isEmpty ? undefined : deleteMessage(context)({ dueUs });
    await member.inTurn(async () => {
      // He may have left since.
      if (member.isPresent) await act(member, behaviour, dueUs);
    });
  };
}
