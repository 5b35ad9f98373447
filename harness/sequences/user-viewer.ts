import { messageOf } from "../core/errors.ts";
import { realClock } from "../core/real-time.ts";
import type { DelayingLink } from "../load/delaying-link.ts";
import { elementById, visibleText } from "../page/html.ts";
import { Population } from "../user/population.ts";
import { SimulatedUser } from "../user/simulated-user.ts";
import { everyInterval } from "../user/wheel.ts";
import type { SequenceItem } from "./sequence.ts";
import { type SequenceViewer, sequencePath } from "./viewer.ts";

/** How often a page is looked at that is sent nothing. */
const LOOK_MS = 20;

/** Simulated users on the pages of sequences, one after the other: by a link of theirs. */
export function userPopulation({ origin }: Pick<DelayingLink, "origin">): Population {
  return new Population({
    baseUrl: origin,
    list: "#items",
    fields: { text: ".text" },
    clock: realClock,
    every: everyInterval,
  });
}

/** A simulated user, a new one for each page. */
export function userViewer(
  population: Population,
  { link, timeoutMs }: { readonly link: DelayingLink; readonly timeoutMs: number },
): SequenceViewer {
  let user: SimulatedUser | null = null;
  let cuts = 0;
  let problems: string[] = [];
  let look = () => {};

  const there = (): SimulatedUser => {
    if (user === null) throw new Error("no page was opened");
    return user;
  };
  /** What is found on a page with which nothing is wrong. */
  const tried = <Found>(find: (of: SimulatedUser) => Found | undefined): Found | undefined => {
    try {
      return problems.length > 0 ? undefined : find(there());
    } catch (error) {
      problems.push(messageOf(error));
      return undefined;
    }
  };
  const until = <Found>(find: (of: SimulatedUser) => Found | undefined, what: string): Promise<Found> =>
    new Promise((resolve, reject) => {
      const end = () => {
        look = () => {};
        clearInterval(again);
        clearTimeout(tooLate);
      };
      look = () => {
        const found = tried(find);
        if (found === undefined && problems.length === 0) return;
        end();
        if (found === undefined) reject(new Error(problems.join("; ")));
        else resolve(found);
      };
      const again = setInterval(() => look(), LOOK_MS);
      const tooLate = setTimeout(() => {
        end();
        reject(new Error(`${what}: not within ${timeoutMs} ms; the page is at ${tried(versionOf)}`));
      }, timeoutMs);
      look();
    });
  /** Begins something whose answer nobody waits for; a cut takes that away. */
  const begin = async (act: (of: SimulatedUser) => Promise<unknown>): Promise<void> => {
    const before = cuts;
    act(there()).catch((error) => {
      if (cuts === before) problems.push(messageOf(error));
      look();
    });
  };

  return {
    name: "the simulated user",
    open: async (id, sequence) => {
      problems = [];
      user = new SimulatedUser(population, {
        name: "user",
        reconnect: "backoff",
        onFrame: () => look(),
        onDown: ({ code, message }) => problems.push(`${code}: ${message}`),
      });
      await user.mount(sequencePath(id, sequence));
      await user.connect();
    },
    submit: (operations) =>
      begin((of) => of.submit("#items-form", { operations: JSON.stringify(operations) })),
    follow: (list) => begin((of) => of.follow(`#list-${list}`)),
    cut: async () => {
      cuts += 1;
      link.cut();
      await until((of) => (of.isJoined ? undefined : true), "notice that its connection was cut");
    },
    rejoin: async () => {
      link.mend();
      await until((of) => (of.isJoined ? true : undefined), "join again");
    },
    delay: (delays) => link.delay(delays),
    settled: (version) =>
      until(
        (of) => (of.isJoined && versionOf(of) === String(version) ? itemsOf(of) : undefined),
        `show what was done, ${version} times`,
      ),
    problems: () => problems,
    leave: async () => {
      cuts += 1;
      link.delay({ toServerMs: 0, toPageMs: 0 });
      link.mend();
      await user?.close();
      user = null;
    },
  };
}

function versionOf({ document }: SimulatedUser): string | undefined {
  const output = document && elementById(document, "items-performed");
  return output ? visibleText(output) : undefined;
}

const itemsOf = ({ items }: SimulatedUser): readonly SequenceItem[] =>
  items.map(({ id, fields }) => ({ id: id.replace(/^items-/u, ""), text: fields.text ?? "" }));
