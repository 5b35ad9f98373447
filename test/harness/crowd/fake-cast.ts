import { parseDocument } from "htmlparser2";
import type { ListItem } from "../../../harness/core/list-item.ts";
import { type Micros, micros } from "../../../harness/core/units.ts";
import { Authorship } from "../../../harness/crowd/authorship.ts";
import type { Cast } from "../../../harness/crowd/cast.ts";
import { Member } from "../../../harness/crowd/member.ts";
import { Roster } from "../../../harness/crowd/roster.ts";
import { Sequences } from "../../../harness/crowd/sequences.ts";
import type { Send } from "../../../harness/oracle/room-membership.ts";
import type { LivePage } from "../../../harness/page/live-page.ts";
import type { ActionResult } from "../../../harness/user/pending-actions.ts";
import type { SimulatedUser } from "../../../harness/user/simulated-user.ts";

/** How a fake user fares. */
export interface FakeUserOptions {
  readonly items?: readonly ListItem[];
  /** How many elements of the list his page holds that he does not see. Default: he has joined no view. */
  readonly hidden?: number;
  /** What stands in every field of his page since he typed it. Default: he has joined no view. */
  readonly typed?: string;
  /** His page, in HTML, and what it is once he has begun a message. Default: none. */
  readonly pages?: readonly [untouched: string, begun: string];
  /** What his actions are rejected with. */
  readonly fails?: Error;
  /** How those actions begin that are: `submits`. Default: all of them. */
  readonly failsAt?: string;
  /** What he loads; null where there is nothing more. Default: a page that took 1500 us. */
  readonly loads?: ActionResult | null;
  /** What each of his actions waits for. */
  readonly takes?: () => Promise<void>;
}

const PAGE: ActionResult = { sentAt: micros(1_000_000), repliedAt: micros(1_001_500), reply: null };

type Faked = Pick<
  SimulatedUser,
  | "name"
  | "items"
  | "page"
  | "document"
  | "isJoined"
  | "typed"
  | "submit"
  | "change"
  | "click"
  | "loadMore"
  | "mount"
  | "connect"
  | "follow"
  | "leave"
  | "close"
  | "drop"
  | "pauseReading"
  | "resumeReading"
>;

/** A user without a socket, who tells `acts` what he does: `ada submits #send {"text":"hi"}`. */
export function fakeUser(name: string, acts: string[] = [], options: FakeUserOptions = {}): SimulatedUser {
  const { items = [], hidden, typed, pages, fails, failsAt = "", loads = PAGE, takes } = options;
  const act = async <Result>(what: string, result: Result): Promise<Result> => {
    acts.push(`${name} ${what}`);
    await takes?.();
    if (fails !== undefined && what.startsWith(failsAt)) throw fails;
    return result;
  };
  const note = (what: string) => () => void acts.push(`${name} ${what}`);
  const user: Faked = {
    name,
    items: items as SimulatedUser["items"],
    page: hidden === undefined ? null : ({ hiddenCount: hidden } as Partial<LivePage> as LivePage),
    isJoined: typed !== undefined,
    typed: () => typed,
    submit: (form, values) => act(`submits ${form} ${JSON.stringify(values)}`, PAGE),
    document: pages === undefined ? null : parseDocument(pages[0]),
    change: (form, field, value) => {
      if (pages !== undefined) Object.assign(user, { document: parseDocument(pages[1]) });
      return act(`changes ${form} ${JSON.stringify({ [field]: value })}`, PAGE);
    },
    click: (selector, { item } = {}) => act(`clicks ${selector} in ${item}`, PAGE),
    loadMore: () => act("loads a page", loads),
    mount: (path) => act(`mounts ${path}`, {} as Awaited<ReturnType<SimulatedUser["mount"]>>),
    connect: () => act("connects", undefined),
    follow: (link) => act(`follows ${link}`, PAGE),
    leave: () => act("leaves", undefined),
    close: () => act("closes", undefined),
    drop: note("is cut off"),
    pauseReading: note("stops reading"),
    resumeReading: note("reads on"),
  };
  return user as SimulatedUser;
}

/** Which member somebody is, and how far back he sees. */
export interface MemberOptions {
  /** From 0, which is the witness, over all processes. Default: 1. */
  readonly number?: number;
  /** From 0, in his process. Default: as if he were of one without the witness. */
  readonly receiver?: number;
  /** The oldest message that he has loaded. Default: 100. */
  readonly oldestId?: number;
}

/** A member in a room. His pages have three messages. */
export async function memberIn(
  roomId: number,
  user: SimulatedUser,
  { number = 1, receiver = number - 1, oldestId = 100 }: MemberOptions = {},
): Promise<Member> {
  const member = new Member({ number, receiver, user, roomId });
  const history = { oldestOfLast: async () => oldestId, oldestBefore: async () => undefined };
  await member.enter(roomId, { history, pageSize: 3, limit: null }, async () => {});
  return member;
}

/** One who is to come to a room, and is not there. */
export function absentee(roomId: number, user: SimulatedUser, number = 1): Member {
  return new Member({ number, receiver: number - 1, user, roomId });
}

/** A cast, and what it was told. */
export interface FakeCast extends Cast {
  readonly sends: Send[];
  readonly answers: { readonly dueUs: Micros; readonly startUs: Micros; readonly ackUs: Micros }[];
  readonly deletions: { readonly itemId: string; readonly dueUs: Micros; readonly startUs: Micros }[];
}

/** A cast of these members, in which nothing has happened; its texts are `text 0 due 1000000`, its drafts `draft 0`. */
export function castOf(members: readonly Member[], given: Partial<Cast> = {}): FakeCast {
  const sends: Send[] = [];
  const answers: FakeCast["answers"] = [];
  const deletions: FakeCast["deletions"] = [];
  let drafts = 0;
  return {
    members,
    roster: new Roster(members),
    authorship: new Authorship(1),
    texts: {
      next: ({ dueUs, sequence }) => `text ${sequence} due ${dueUs}`,
      draft: () => `draft ${drafts++}`,
    },
    sequences: new Sequences(0, 1),
    sent: (send) => void sends.push(send),
    answered: (answer) => void answers.push(answer),
    deleting: (itemId, dueUs, startUs) => void deletions.push({ itemId, dueUs, startUs }),
    sends,
    answers,
    deletions,
    ...given,
  };
}
