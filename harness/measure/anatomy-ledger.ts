import type { Anatomy, AnatomyPart, FramePart, TemplatePlace } from "../core/anatomy.ts";

/** Tells where a template is written and what is in its slot; undefined where nobody knows. */
export type SourceOf = (template: TemplatePlace) => string | undefined;

/** Of one mode, operation and case: plain data that can be added up in another process. */
export interface AnatomyTransfer {
  readonly mode: string;
  readonly operation: string;
  readonly caseName: string | undefined;
  readonly samples: number;
  readonly items: number;
  readonly parts: readonly FramePart[];
}

/** One frame that was taken apart. */
export interface DissectedFrame {
  readonly operation: string;
  /** How many items of the list it inserted, changed or took away. */
  readonly items: number;
  readonly parts: readonly FramePart[];
}

interface Entry extends Pick<AnatomyTransfer, "mode" | "operation" | "caseName"> {
  samples: number;
  items: number;
  readonly parts: Map<string, FramePart>;
}

/** Adds up where the bytes of frames went, exactly, by mode, operation and case. As many parts are kept as templates have slots. */
export class AnatomyLedger {
  readonly #entries = new Map<string, Entry>();

  /** Takes one frame; of a case of an operation besides the operation as a whole. */
  record(mode: string, frame: DissectedFrame, caseName?: string): void {
    this.#add({ ...frame, mode, caseName, samples: 1 });
  }

  /** Everything so far as plain data. */
  toTransfer(): AnatomyTransfer[] {
    return [...this.#entries.values()].map((entry) => ({ ...entry, parts: [...entry.parts.values()] }));
  }

  /** Adds what another ledger holds. */
  addTransfer(transfers: readonly AnatomyTransfer[]): void {
    for (const transfer of transfers) this.#add(transfer);
  }

  /** Of one mode, operation and case; undefined where no frame was taken. */
  of(
    mode: string,
    operation: string,
    caseName?: string,
    sourceOf: SourceOf = () => undefined,
  ): Anatomy | undefined {
    const entry = this.#entries.get(keyOf(mode, operation, caseName));
    if (entry === undefined) return undefined;
    const parts = [...entry.parts.values()]
      .filter(({ bytes }) => bytes > 0)
      .map((part) => told(part, sourceOf))
      .toSorted(byPartAndSlot);
    const { samples, items } = entry;
    return { samples, items, bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0), parts };
  }

  #add({ mode, operation, caseName, samples, items, parts }: AnatomyTransfer): void {
    const key = keyOf(mode, operation, caseName);
    const entry = this.#entries.get(key) ?? {
      mode,
      operation,
      caseName,
      samples: 0,
      items: 0,
      parts: new Map(),
    };
    this.#entries.set(key, entry);
    entry.samples += samples;
    entry.items += items;
    for (const part of parts) {
      const slot = `${part.part} ${part.slot ?? ""}`;
      const known = entry.parts.get(slot);
      entry.parts.set(slot, known === undefined ? part : sum(known, part));
    }
  }
}

const keyOf = (mode: string, operation: string, caseName: string | undefined) =>
  `${mode} ${operation} ${caseName ?? ""}`;

/** One part of both. Where a slot has held several templates, the one counts that comes first by its digest, in whatever order. */
function sum(a: FramePart, b: FramePart): FramePart {
  const { near: _, template: __, ...both } = a;
  const { near, template } = digest(b) < digest(a) ? b : a;
  const again = (a.again ?? 0) + (b.again ?? 0);
  return {
    ...both,
    bytes: a.bytes + b.bytes,
    times: a.times + b.times,
    ...(again > 0 && { again }),
    ...(near !== undefined && { near }),
    ...(template !== undefined && { template }),
  };
}

const digest = ({ template }: FramePart): string => template?.print ?? "~";

function told(
  { part, slot, near, template, bytes, times, again }: FramePart,
  sourceOf: SourceOf,
): AnatomyPart {
  const source = template && sourceOf(template);
  return {
    part,
    ...(slot !== undefined && { slot }),
    ...(source !== undefined && { source }),
    ...(near !== undefined && { near }),
    bytes,
    times,
    ...(again !== undefined && { again }),
  };
}

function byPartAndSlot(a: AnatomyPart, b: AnatomyPart): number {
  const [left, right] = [`${a.part} ${a.slot ?? ""}`, `${b.part} ${b.slot ?? ""}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
