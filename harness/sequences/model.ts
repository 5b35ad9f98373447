import { joinedAppend, renderedAppend } from "./append-model.ts";
import type { ListOperation, SequenceItem, SequenceList, SequenceMode, SequenceStart } from "./sequence.ts";
import { SEQUENCE_LISTS } from "./sequence.ts";
import { stored } from "./stored-list.ts";
import { BYSTANDER, joinedStream, renderedStream, type StreamChild } from "./stream-model.ts";

/** What a page must show, told from what was done alone. */
export interface Model {
  /** Operations in one render, whoever asked for them. While the connection is cut only the server knows. */
  render(operations: readonly ListOperation[]): void;
  /** Another list is shown. */
  patch(list: SequenceList): void;
  cut(): void;
  rejoin(): void;
  readonly items: readonly SequenceItem[];
}

/** How a mode's page shows what it is sent. */
interface Page {
  render(operations: readonly ListOperation[], stored: readonly SequenceItem[]): void;
  join(stored: readonly SequenceItem[]): void;
  readonly items: readonly SequenceItem[];
}

/** The model of a page that begins so, joined. */
export function modelOf(mode: SequenceMode, start: SequenceStart): Model {
  const lists = new Map<SequenceList, readonly SequenceItem[]>();
  const page = pageOf(mode, start);
  let list: SequenceList = SEQUENCE_LISTS[0];
  let isCut = false;
  const kept = () => lists.get(list) ?? [];
  lists.set(list, start.items);
  page.join(kept());
  return {
    render: (operations) => {
      lists.set(list, operations.reduce(stored, kept()));
      if (!isCut) page.render(operations, kept());
    },
    patch: (to) => {
      if (isCut || to === list) return;
      list = to;
      page.render([{ kind: "reset", items: kept() }], kept());
    },
    cut: () => {
      isCut = true;
    },
    rejoin: () => {
      if (isCut) page.join(kept());
      isCut = false;
    },
    get items() {
      return page.items;
    },
  };
}

function pageOf(mode: SequenceMode, start: SequenceStart): Page {
  switch (mode) {
    case "stream":
      return streamPage(start);
    case "append":
      return appendPage(start);
    case "resend":
    case "stateful":
    case "keyed":
      return assignsPage();
    default:
      return mode satisfies never;
  }
}

function assignsPage(): Page {
  let items: readonly SequenceItem[] = [];
  const show = (all: readonly SequenceItem[]) => {
    items = all;
  };
  return {
    join: show,
    render: (_, all) => show(all),
    get items() {
      return items;
    },
  };
}

function streamPage({ limit, bystander }: SequenceStart): Page {
  let children: readonly StreamChild[] = [];
  return {
    join: (all) => {
      children = joinedStream(all, limit, bystander);
    },
    render: (operations) => {
      children = renderedStream(children, operations, bystander);
    },
    get items() {
      return children.filter((child) => child !== BYSTANDER);
    },
  };
}

/** The page that is sent first has the items of the start. */
function appendPage({ items: first }: SequenceStart): Page {
  let items = first;
  return {
    join: (all) => {
      items = joinedAppend(items, all);
    },
    render: (operations) => {
      items = renderedAppend(items, operations);
    },
    get items() {
      return items;
    },
  };
}
