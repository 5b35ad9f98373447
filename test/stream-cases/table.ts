import { CASE_LISTS, type CaseMode } from "../../reference-server/web/stream-cases/lists.ts";
import { EXCEPTIONS, exceptionFor } from "./exceptions.ts";
import { STREAM_CASES } from "./index.ts";
import { ROOM_PAGE_CASES } from "./room-page-cases.ts";
import { SOURCES } from "./sources.ts";
import { caseId } from "./stream-case.ts";

const NAMES = Object.keys(CASE_LISTS) as CaseMode[];
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map(row).join("\n");

/** The cases of the page of their own by mode: tested, or the letter of the reason why not. */
export function caseTable(): string {
  const rows = STREAM_CASES.map((streamCase) => {
    const id = caseId(streamCase);
    return [id, streamCase.name, SOURCES[streamCase.number] ?? "", ...byMode(id)];
  });
  return table(["case", "what", "source", ...NAMES], rows);
}

const byMode = (id: string): string[] =>
  NAMES.map((mode) => {
    const exception = exceptionFor(id, mode);
    return exception === undefined ? "yes" : letterOf(EXCEPTIONS.indexOf(exception));
  });

/** The reasons why a case is not tested in a mode, by letter. */
export function exceptionTable(): string {
  return table(
    ["", "not tested in", "because"],
    EXCEPTIONS.map(({ modes, reason }, index) => [letterOf(index), modes.join(", "), reason]),
  );
}

/** The cases of the room page by mode, and where they are tested. */
export function roomPageTable(): string {
  const rows = ROOM_PAGE_CASES.map(({ number, name, tests }) => [
    `${number}`,
    name,
    SOURCES[number] ?? "",
    ...byMode(`${number}`),
    [...new Set(tests.map(([file]) => `\`${file}\``))].join(", "),
  ]);
  return table(["case", "what", "source", ...NAMES, "tested in `test/e2e/`"], rows);
}

const letterOf = (index: number): string => String.fromCharCode("a".charCodeAt(0) + index);
