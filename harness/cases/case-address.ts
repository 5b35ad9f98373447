import type { CaseStart } from "../core/case-operation.ts";
import { UsageError } from "../core/errors.ts";
import { CASE_MODES, type CaseMode } from "../core/stream-case.ts";

/** Where pages of cases are. */
export interface CaseAddress {
  /** `http://127.0.0.1:4000` */
  readonly origin: string;
  /** The path of a page, with `{mode}` in it where there is one for each mode. */
  readonly path: string;
}

/** The pages of the reference server. */
export const OWN_PATH = "/{mode}/stream-cases";

/**
 * Reads the address of `--target`. One without a path is that of a reference server.
 *
 * @param target as `URL` writes it: `{mode}` is escaped there
 */
export function caseAddress(target: string): CaseAddress {
  const { origin, pathname, search } = new URL(target);
  const path = `${pathname}${search}`.replaceAll("%7Bmode%7D", "{mode}");
  return { origin, path: path === "/" ? OWN_PATH : path };
}

/** Whether there is a page for each mode. */
export const hasModes = ({ path }: Pick<CaseAddress, "path">): boolean => path.includes("{mode}");

/** The path of a page that begins so. */
export function casePath(
  { origin, path }: CaseAddress,
  mode: CaseMode | undefined,
  start: CaseStart,
): string {
  const url = new URL(path.replaceAll("{mode}", mode ?? ""), origin);
  url.searchParams.set("start", JSON.stringify(start));
  return `${url.pathname}${url.search}`;
}

/**
 * The mode of an address that has but one page: the one that was said, or else as its list tells.
 *
 * @param update `phx-update` of the list
 * @throws UsageError `unknown-mode` where neither tells
 */
export function onlyMode(asked: readonly CaseMode[] | undefined, update: string | undefined): CaseMode {
  const [first, ...others] = asked ?? [];
  if (first !== undefined && others.length === 0) return first;
  const told = update === "prepend" ? "append" : CASE_MODES.find((mode) => mode === update);
  if (asked === undefined && told !== undefined) return told;
  throw new UsageError(
    "the target has one page, so say by one --mode in which way it renders its list, " +
      `${CASE_MODES.join(", ")}; or put {mode} into its address, where it has a page for each`,
    { code: "unknown-mode" },
  );
}
