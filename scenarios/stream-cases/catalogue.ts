import type { StreamCase } from "../../harness/core/stream-case.ts";
import { CONTENT_CASES } from "./content-cases.ts";
import { INSERT_CASES } from "./insert-cases.ts";
import { JOIN_CASES } from "./join-cases.ts";
import { LIMIT_CASES } from "./limit-cases.ts";
import { REMOVAL_CASES } from "./removal-cases.ts";
import { RESET_CASES } from "./reset-cases.ts";

import { UPDATE_CASES } from "./update-cases.ts";

/** The cases that are done on the page of their own, by number. */
export const STREAM_CASES: readonly StreamCase[] = [
  ...INSERT_CASES,
  ...REMOVAL_CASES,
  ...RESET_CASES,
  ...LIMIT_CASES,
  ...JOIN_CASES,
  ...UPDATE_CASES,
  ...CONTENT_CASES,
].toSorted((one, other) => one.number - other.number);
