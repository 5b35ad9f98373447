import type { ListItem } from "../../../harness/core/list-item.ts";
import { micros } from "../../../harness/core/units.ts";
import { DeliveryLedger } from "../../../harness/oracle/delivery-ledger.ts";
import type { LivePage } from "../../../harness/page/live-page.ts";
import { Authorship } from "../../../harness/crowd/authorship.ts";
import type { Cast } from "../../../harness/crowd/cast.ts";
import { Member } from "../../../harness/crowd/member.ts";
import type { ActionResult } from "../../../harness/user/pending-actions.ts";
import type { SimulatedUser } from "../../../harness/user/simulated-user.ts";

/** How a fake user fares. */
export interface FakeUserOptions {
  readonly items?: readonly ListItem[];
  /** How many elements of the list his page holds that he does not see. Default: he has joined no view. */
  readonly hidden?: number;
  /** What his actions are rejected with. */
  readonly fails?: Error;
  /** What he loads; null where there is nothing more. Default: a page that took 1500 us. */
  readonly loads?: ActionResult | null;
}

const PAGE: ActionResult = { sentAt: micros(1_000_000), repliedAt: micros(1_001_500), reply: null };

/** A user without a socket, who tells `acts` what he does: `ada submits #send {"text":"hi"}`. */
export function fakeUser(name: string, acts: string[] = [], options: FakeUserOptions = {}): SimulatedUser {
  const { items = [], hidden, fails, loads = PAGE } = options;
  const act = async <Result>(what: string, result: Result): Promise<Result> => {
    acts.push(`${name} ${what}`);
    if (fails !== undefined) throw fails;
    return result;
  };
  const user: Pick<SimulatedUser, "name" | "items" | "page" | "submit" | "click" | "loadMore"> = {
    name,
    items,
    page: hidden === undefined ? null : ({ hiddenCount: hidden } as Partial<LivePage> as LivePage),
    submit: (form, values) => act(`submits ${form} ${JSON.stringify(values)}`, PAGE),
    click: (selector, { item } = {}) => act(`clicks ${selector} in ${item}`, PAGE),
    loadMore: () => act("loads a page", loads),
  };
  return user as SimulatedUser;
}

/** A member in a room. His pages have three messages. */
export function memberIn(roomId: number, user: SimulatedUser, oldestId = 100): Member {
  return new Member(user, { roomId, oldestId, pageSize: 3 });
}

/** A cast of these members, in which nothing has happened; its texts are `text 0 due 1000000`. */
export function castOf(members: readonly Member[], given: Partial<Cast> = {}): Cast {
  const watching = members.filter(({ roomId }) => roomId === 1);
  const deliveries = new DeliveryLedger(watching.map(({ user }) => user.name));
  for (const receiver of watching.keys()) deliveries.joined(receiver, 1, micros(0));
  return {
    members,
    chromes: [],
    authorship: new Authorship(1),
    texts: { next: ({ dueUs, sequence }) => `text ${sequence} due ${dueUs}` },
    deliveries,
    deletionsDue: new Map(),
    watching: watching.length,
    nextSequence: 0,
    ...given,
  };
}
