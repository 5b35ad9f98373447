import { UsageError } from "../core/errors.ts";
import { compileSelector, type Query } from "./html.ts";
import { type FieldSelectors, RowReader } from "./item.ts";
import { ListStates } from "./list-state.ts";
import { RecentNodes } from "./recent-nodes.ts";
import { SharedLocations } from "./shared-locations.ts";

/** What a scenario says about the list that its users look at. */
export interface ListOptions {
  /** CSS selector of the container whose children are the items: `#messages`. */
  readonly list: string;
  /** Parts of an item, by name: `{ sender: ".sender" }`. */
  readonly fields: FieldSelectors;
}

/** A list's options made ready, shared by all pages of a process on which that list is. */
export interface ListReader {
  readonly selector: string;
  readonly container: Query;
  readonly rows: RowReader;
  readonly states: ListStates;
  readonly locations: SharedLocations;
  readonly nodes: RecentNodes;
}

/** @throws UsageError if one of the selectors is none */
export function createListReader({ list, fields }: ListOptions): ListReader {
  return {
    selector: list,
    container: compileSelector(list),
    rows: new RowReader(fields),
    states: new ListStates(),
    locations: new SharedLocations(),
    nodes: new RecentNodes(),
  };
}

/** That no view of a page has the list. */
export function listNotFound({ selector }: ListReader): UsageError {
  return new UsageError(`the page has no element that matches the list's selector ${selector}`, {
    code: "list-not-found",
  });
}
