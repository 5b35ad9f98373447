import type { Anatomy, AnatomyPart } from "../harness/core/anatomy.ts";
import { integer } from "./quantities.ts";

/** Less than this share of an operation's bytes is not worth a hint. */
const WORTH = 0.1;
/** What stands on the page need not be sent at all: of its statics less than this is not worth a hint. */
const WORTH_OF_PAGE = 0.02;
/** So many times the items that changed are more entries than were needed. */
const TOO_MANY = 2;
const COMPRESSIBLE = 0.5;
const INCOMPRESSIBLE = 0.8;

/** What the anatomy of an operation suggests, a sentence or two each; empty where nothing stands out. */
export function hintsOf(operation: string, anatomy: Anatomy): string[] {
  // Whoever joins again may be sent what he had.
  if (operation === "join") return [];
  return [staticsOfEntries, staticsOfPage, tooManyEntries, valuesAgain].flatMap(
    (hint) => hint(anatomy) ?? [],
  );
}

/** Statics sent again, of what is in the entries of lists. */
function staticsOfEntries(anatomy: Anatomy): string | undefined {
  const again = largestAgain(anatomy, (part) => part.part === "statics" && isWithinEntry(part));
  if (again === undefined) return undefined;
  const why = isStream(anatomy, listOf(again.largest))
    ? "A stream keeps nothing of its entries, so each of them brings its template, also where it is only changed: " +
      "a list in assigns sends less for an edit."
    : "A new entry of a list brings its template, and so does what is new in an entry, whatever others have.";
  return `${again.told} are statics that the page had already, most of them in ${again.where}. ${why}`;
}

/** Statics sent again, of what stands on the page. */
function staticsOfPage(anatomy: Anatomy): string | undefined {
  const again = largestAgain(
    anatomy,
    (part) => part.part === "statics" && !isWithinEntry(part),
    WORTH_OF_PAGE,
  );
  return (
    again &&
    `${again.told} are statics of parts that stand on the page as they are, most of them in ${again.where}. These were rendered ` +
      "anew as a whole: has the server forgotten that the page has them?"
  );
}

/** A list that should be keyed, or a stream. */
function tooManyEntries(anatomy: Anatomy): string | undefined {
  if (anatomy.items === 0) return undefined;
  const [most] = listsOf(anatomy).toSorted((a, b) => b.entries - a.entries);
  if (most === undefined || most.entries < TOO_MANY * anatomy.items) return undefined;
  if (most.bytes < WORTH * anatomy.bytes) return undefined;
  return (
    `${entries(most.entries)} of the list ${most.list} were sent for ${items(anatomy.items)} that changed: ` +
    "with a :key the list knows which entries only moved, and as a stream it sends none but the new ones."
  );
}

/** An assign that re-renders too much. */
function valuesAgain(anatomy: Anatomy): string | undefined {
  const again = largestAgain(anatomy, ({ part }) => part === "dynamics");
  return (
    again &&
    `${again.told} are values that the page had already, most of them in ${again.where}. An assign that is read there was set ` +
      "although nothing of it changed, or more reads it than needs to."
  );
}

/**
 * What deflating with what came before as the context leaves of an operation's bytes, in a word: `compressible` where that is at most
 * half, `hardly compressible` where it is four fifths or more; null in between.
 *
 * @param deflatedMean of the same frames
 */
export function compressibility({ bytes, samples }: Anatomy, deflatedMean: number): string | null {
  const left = deflatedMean / (bytes / samples);
  if (left <= COMPRESSIBLE) return "compressible";
  return left >= INCOMPRESSIBLE ? "hardly compressible" : null;
}

/** The list in whose entries a part is: `8.0` for `8.0.*.1`; undefined where it is in none. */
function listOf({ slot }: Pick<AnatomyPart, "slot">): string | undefined {
  const at = slot?.indexOf(".*") ?? -1;
  return at === -1 ? undefined : slot?.slice(0, at);
}

interface SentList {
  readonly list: string;
  /** How many of its entries were sent: as often as the slot that was sent most often. */
  readonly entries: number;
  readonly bytes: number;
}

function listsOf({ parts }: Anatomy): SentList[] {
  const lists = new Map<string, SentList>();
  for (const part of parts) {
    const list = listOf(part);
    // Of a list within a list the entries are those of many.
    if (list === undefined || part.part !== "dynamics" || part.slot?.split(".*").length !== 2) continue;
    const known = lists.get(list) ?? { list, entries: 0, bytes: 0 };
    const [entries, bytes] = [Math.max(known.entries, part.times), known.bytes + part.bytes];
    lists.set(list, { list, entries, bytes });
  }
  return [...lists.values()];
}

const isStream = ({ parts }: Anatomy, list: string | undefined): boolean =>
  parts.some(({ part, slot }) => part === "stream" && slot === list);

/** Within an entry of a list; the list's own template, which all entries share, is not. */
const isWithinEntry = ({ slot = "" }: AnatomyPart): boolean => slot.includes("*.");

/** What the page had of some parts, and where most of that is; undefined where it is not worth a word. */
function largestAgain(
  { parts, bytes, samples }: Anatomy,
  isMeant: (part: AnatomyPart) => boolean,
  worth = WORTH,
) {
  const had = parts.filter((part) => part.again !== undefined && isMeant(part));
  const again = had.reduce((all, part) => all + (part.again ?? 0), 0);
  const [largest] = had.toSorted((a, b) => (b.again ?? 0) - (a.again ?? 0));
  if (largest === undefined || again < worth * bytes) return undefined;
  const { slot = "", source } = largest;
  return {
    largest,
    told: `${integer(again / samples)} of ${integer(bytes / samples)} bytes`,
    where: source === undefined ? slot : `${slot} (${source})`,
  };
}

const entries = (count: number): string => `${integer(count)} ${count === 1 ? "entry" : "entries"}`;
const items = (count: number): string => `${integer(count)} ${count === 1 ? "item" : "items"}`;
