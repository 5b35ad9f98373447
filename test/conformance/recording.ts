import { readFileSync } from "node:fs";

const WIRE = new URL("../fixtures/wire/", import.meta.url);

/** One recorded frame: `data` is verbatim, `in` is from the server. */
export interface Recorded {
  readonly step: string;
  readonly dir: "in" | "out";
  readonly bytes: number;
  readonly data: string;
}

/** The text of a file of the fixtures. */
export function readWire(name: string): string {
  return readFileSync(new URL(name, WIRE), "utf8");
}

/** The frames of a recording, in order. */
export function recording(name: string): readonly Recorded[] {
  return readWire(`${name}.jsonl`)
    .trim()
    .split("\n")
    .map((line): Recorded => JSON.parse(line));
}

/** The whole numbers from `first` to `last`. */
export function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** What the frames of a recording have for the page, as JSON: what was rendered at join, then the diffs. */
export function payloadsOf(name: string): readonly string[] {
  return recording(name)
    .filter(({ dir }) => dir === "in")
    .flatMap(({ data }) => {
      const [, , , event, payload] = JSON.parse(data);
      const change = event === "diff" ? payload : (payload.response?.rendered ?? payload.response?.diff);
      return change === undefined ? [] : [JSON.stringify(change)];
    });
}
