import type { ModeName } from "../chat/modes.ts";
import { appendList } from "./append-list.ts";
import { keyedList, resendList, statefulList } from "./assign-list.ts";
import type { CaseList } from "./case-list.ts";
import { streamList } from "./stream-list.ts";

/** The list of the cases in each rendering mode. */
export const CASE_LISTS = {
  resend: resendList,
  stateful: statefulList,
  keyed: keyedList,
  append: appendList,
  stream: streamList,
} satisfies Record<ModeName, CaseList>;
