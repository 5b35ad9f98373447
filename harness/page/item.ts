import { BenchError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import type { Entry, Statics, Tree } from "../protocol/rendered.ts";
import { entryToHtml } from "../protocol/to-html.ts";
import { EntryReader } from "./entry-reader.ts";
import { type FieldQueries, type Reading, readByParsing } from "./item-reading.ts";
import { probedQuery } from "./probe.ts";

/** One item of a list, as a user reads it. Immutable, and shared by all users who see the same. */
export interface Item {
  /** The DOM id of the item's element. */
  readonly id: string;
  /** All of its text, runs of whitespace as one space. */
  readonly text: string;
  /** The text of its parts, verbatim, by the names that the scenario gives them; absent parts have no key. */
  readonly fields: Readonly<Record<string, string>>;
}

/** An element in a list's container: an item, or one that came from elsewhere in the template. */
export interface Row {
  readonly id: string;
  /** Whether it is there but not to be seen (`hidden`), as what a deleted message leaves behind in some lists. */
  readonly hidden: boolean;
  readonly source: EntrySource | null;
  /** Null for an element that is no item, as the line that says that the list is empty. */
  readonly item: Item | null;
}

/** What an item was made from. */
export interface EntrySource {
  readonly statics: Statics;
  readonly entry: Entry;
  /** The HTML, kept only where it depends on components, so that a change of theirs is seen. */
  readonly html: string | null;
}

/** The items among rows, but for hidden ones. */
export function itemsOf(rows: readonly Row[]): readonly Item[] {
  const items: Item[] = [];
  for (const { item, hidden } of rows) if (item !== null && !hidden) items.push(item);
  return items;
}

/** What rows were made from, but for those that came from elsewhere. */
export function sourcesOf(rows: readonly Row[]): readonly EntrySource[] {
  return rows.flatMap(({ source }) => (source === null ? [] : [source]));
}

/** The names of an item's parts and the CSS selectors that find them: `{ sender: ".sender" }`. */
export type FieldSelectors = Readonly<Record<string, string>>;

/**
 * Makes rows from entries, for all users of a process that look at the same kind of list: an entry that many
 * users hold is read once.
 */
export class RowReader {
  readonly #fields: FieldQueries;
  readonly #entries: EntryReader;
  readonly #rows = new WeakMap<Entry, Row>();

  /** @throws UsageError if one of the selectors is none */
  constructor(fields: FieldSelectors) {
    this.#fields = Object.entries(fields).map(([name, selector]) => [name, probedQuery(selector)] as const);
    this.#entries = new EntryReader(this.#fields);
  }

  /**
   * The row of an entry.
   *
   * @param components what the entry's components are looked up in
   * @param former the row that stands for the entry so far, which is returned again if nothing changed
   * @throws BenchError with code `unsupported-list` if the entry is not one element with an id, or
   *   holds a stream of its own
   */
  row(statics: Statics, entry: Entry, components: Tree["components"], former?: Row): Row {
    if (entry.mayHoldStreams) {
      throw new BenchError("an item of the list holds a stream of its own, which cannot be followed", {
        code: "unsupported-list",
        exitCode: EXIT_CODES.usage,
      });
    }
    if (entry.mayHoldComponents) return this.#rowWithComponents(statics, entry, components, former);
    const known = this.#rows.get(entry);
    // The same slots may stand in other statics, on another page: then its HTML is another one.
    if (known?.source?.statics === statics) return known;
    const row = rowOf({ statics, entry, html: null }, this.#entries.read(statics, entry));
    this.#rows.set(entry, row);
    return row;
  }

  #rowWithComponents(statics: Statics, entry: Entry, components: Tree["components"], former?: Row): Row {
    const html = entryToHtml(statics, entry, { components });
    const same = former?.source?.html === html && former.source.entry === entry;
    return same ? former : rowOf({ statics, entry, html }, readByParsing(html, this.#fields));
  }
}

function rowOf(source: EntrySource, { id, hidden, text, fields }: Reading): Row {
  return { id, hidden, source, item: { id, text, fields } };
}
