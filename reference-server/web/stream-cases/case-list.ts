import type { Ref, Refs } from "../../live/expression.ts";
import type { SafeHtml } from "../../live/safe-html.ts";
import type { Template } from "../../live/slots.ts";
import type { Socket } from "../../live/socket.ts";
import type { InsertOptions, LiveStream } from "../../live/stream.ts";
import type { CaseItem } from "./case-operation.ts";

/** What a page of cases holds; of its items each mode its own part. */
export interface CaseAssigns {
  readonly pageTitle?: string;
  /** The DOM id of the list, and what those of its items begin with. */
  readonly name: string;
  /** How often the page was told to do something. */
  readonly performed: number;
  readonly note: string;
  readonly bystander: boolean;
  readonly ignoring: boolean;
  readonly components: boolean;
  /** The commands that an item goes with; null for none. */
  readonly removal: string | null;
  /** The view within this one; null where there is none. */
  readonly nested: SafeHtml | null;
  /** In `resend`, `stateful`, `keyed`: all items. In `append`: those that the next render adds or changes. */
  readonly items: readonly CaseItem[];
  /** In `append`: the end at which the next render adds. */
  readonly addAt: "append" | "prepend";
  readonly streams: {
    /** In `stream`: what the next render inserts and deletes. */
    readonly items: LiveStream<CaseItem>;
  };
}

/** The state of a page of cases, as a mode sees it. */
export type CaseSocket = Socket<CaseAssigns>;

/**
 * The list of the cases in one rendering mode: what a developer would write by hand for each operation.
 *
 * Each method throws an Error for what the terms of its mode do not allow, which is what it does not offer.
 */
export interface CaseList {
  /** What it can be told to do, in the words of `data-offers`: see `scenarios/stream-cases/README.md`. */
  readonly offers: readonly string[];
  /** Sets the first items. */
  mount(socket: CaseSocket, items: readonly CaseItem[], limit: number | undefined): void;
  /** Inserts an item, or changes the one of that id where it is. */
  insert(socket: CaseSocket, item: CaseItem, options: InsertOptions): void;
  /** Inserts several in one call, one after the other. */
  insertAll(socket: CaseSocket, items: readonly CaseItem[], options: InsertOptions): void;
  /** Takes an item away; without effect where it is not there. */
  delete(socket: CaseSocket, id: string): void;
  /** Replaces the list by these. */
  reset(socket: CaseSocket, items: readonly CaseItem[]): void;
  /** The list in its container. */
  render(assigns: Refs<CaseAssigns>, entry: ItemTemplate): Template;
}

/** How an item is rendered, in whichever mode. */
export type ItemTemplate = (domId: Ref<string>, item: Ref<CaseItem>) => Template;

/** The DOM id of an item. */
export const caseDomId = (name: string, id: string): string => `${name}-${id}`;
