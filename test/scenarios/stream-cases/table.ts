import { caseId, CASE_MODES as NAMES } from "../../../harness/core/stream-case.ts";
import { STREAM_CASES } from "../../../scenarios/stream-cases/catalogue.ts";
import { EXCEPTIONS } from "../../../scenarios/stream-cases/exceptions.ts";
import { ROOM_PAGE_CASES } from "../../../scenarios/stream-cases/room-page-cases.ts";
import { SOURCES } from "../../../scenarios/stream-cases/sources.ts";

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map(row).join("\n");

/** The cases of the page of their own by mode: done, or the letter of the reason why not. */
export function caseTable(): string {
  const rows = STREAM_CASES.map((streamCase) => {
    const id = caseId(streamCase);
    return [id, streamCase.name, SOURCES[streamCase.number] ?? "", ...byMode(id)];
  });
  return table(["case", "what", "source", ...NAMES], rows);
}

const byMode = (id: string): string[] =>
  NAMES.map((mode) => {
    const at = EXCEPTIONS.findIndex(({ cases, modes }) => cases.includes(id) && modes.includes(mode));
    return at === -1 ? "yes" : letterOf(at);
  });

/** The reasons why a case is not done in a mode, by letter. */
export function exceptionTable(): string {
  return table(
    ["", "not done in", "because"],
    EXCEPTIONS.map(({ modes, reason }, index) => [letterOf(index), modes.join(", "), reason]),
  );
}

/** The cases of the room page by mode: done, or the letter of the reason why not; and what is left to tests. */
export function roomPageTable(): string {
  const rows = ROOM_PAGE_CASES.map(({ number, name, leftToTests = "", tests }) => [
    `${number}`,
    name,
    SOURCES[number] ?? "",
    ...byMode(`${number}`),
    leftToTests,
    [...new Set(tests.map(([file]) => `\`${file}\``))].join(", "),
  ]);
  return table(["case", "what", "source", ...NAMES, "left to the tests", "tested in `test/e2e/`"], rows);
}

const letterOf = (index: number): string => String.fromCharCode("a".charCodeAt(0) + index);
