import type { ModeName } from "../chat/modes.ts";
import { appendList } from "./append-list.ts";
import { keyedList, resendList, statefulList } from "./assign-list.ts";
import type { CaseList } from "./case-list.ts";
import { streamList } from "./stream-list.ts";

/** The list of the cases in each rendering mode that has a way of its own with it: `components` has that of `stream`. */
export const CASE_LISTS = {
  resend: resendList,
  stateful: statefulList,
  keyed: keyedList,
  append: appendList,
  stream: streamList,
} satisfies Partial<Record<ModeName, CaseList>>;

/** A rendering mode in which the cases are done. Items that are live components are cases in each of them. */
export type CaseMode = keyof typeof CASE_LISTS;
