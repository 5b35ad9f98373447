import type { Broadcaster } from "../../pubsub/pubsub.ts";
import type { CaseItem, CaseOperation } from "../stream-cases/case-operation.ts";
import { kept } from "./kept-list.ts";

/** What the views of a sequence are told of. */
export interface SequenceMessage {
  readonly operations: readonly CaseOperation[];
  /** How much had been done on the sequence's lists by then. */
  readonly version: number;
}

/** How many sequences are kept: that of the oldest page goes. */
const MOST_SEQUENCES = 64;

const NO_ITEMS: readonly CaseItem[] = [];

/** The lists of one sequence, by name: what its page is sent when it joins again. */
export class SequenceStore {
  readonly topic: string;
  readonly #lists = new Map<string, readonly CaseItem[]>();
  readonly #pubsub: Broadcaster<SequenceMessage>;
  readonly #waiting = new Set<{ readonly version: number; readonly resolve: () => void }>();
  #current: string;
  #version = 0;

  constructor(pubsub: Broadcaster<SequenceMessage>, id: string, list: string, items: readonly CaseItem[]) {
    this.#pubsub = pubsub;
    this.topic = `sequence:${id}`;
    this.#current = list;
    this.#lists.set(list, items);
  }

  /** How often something was done. */
  get version(): number {
    return this.#version;
  }

  /** The list that its page shows. */
  get items(): readonly CaseItem[] {
    return this.#lists.get(this.#current) ?? NO_ITEMS;
  }

  /** Does operations on the list that is shown. The page that asked for them does them itself. */
  perform(operations: readonly CaseOperation[]): void {
    this.#lists.set(this.#current, operations.reduce(kept, this.items));
    this.#done();
  }

  /** Does operations on the list that is shown, and has its pages do them. */
  push(operations: readonly CaseOperation[]): void {
    this.perform(operations);
    this.#pubsub.broadcast(this.topic, { operations, version: this.#version });
  }

  /** Has another list shown: empty, where it is new. */
  show(list: string): void {
    this.#current = list;
    this.#done();
  }

  /** Resolves as soon as so much was done. */
  reached(version: number): Promise<void> {
    if (this.#version >= version) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add({ version, resolve }));
  }

  #done(): void {
    this.#version += 1;
    for (const waiting of this.#waiting) {
      if (this.#version < waiting.version) continue;
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
  }
}

/** The stores of the sequences that were begun last, by the ids that their pages name. */
export class SequenceStores {
  readonly #stores = new Map<string, SequenceStore>();
  readonly #pubsub: Broadcaster<SequenceMessage>;

  constructor(pubsub: Broadcaster<SequenceMessage>) {
    this.#pubsub = pubsub;
  }

  find(id: string): SequenceStore | undefined {
    return this.#stores.get(id);
  }

  /** The store of a sequence, begun with these items where there is none. */
  begin(id: string, list: string, items: readonly CaseItem[]): SequenceStore {
    const known = this.#stores.get(id);
    if (known !== undefined) return known;
    const [oldest] = this.#stores.keys();
    if (oldest !== undefined && this.#stores.size >= MOST_SEQUENCES) this.#stores.delete(oldest);
    const store = new SequenceStore(this.#pubsub, id, list, items);
    this.#stores.set(id, store);
    return store;
  }
}
