import { defineCases } from "../harness/core/case-scenario.ts";
import { siteWithMembers } from "./reference-site.ts";
import { STREAM_CASES } from "./stream-cases/catalogue.ts";
import { EXCEPTIONS } from "./stream-cases/exceptions.ts";
import { ROOM_PAGE_CASES } from "./stream-cases/room-page-cases.ts";
import { SOURCES } from "./stream-cases/sources.ts";

/** What a list must do, case by case, in Chrome with the official client and by a simulated user. */
export const scenario = defineCases({
  name: "stream-cases",
  question: "Does a list do what it must, case by case, in Chrome and for a simulated user?",
  description:
    "Each case is a few operations on a small list, most of them learnt from a bug in the field, and the list that must be " +
    "there after each; some concern the room page, where the database says what must be there. The official client in Chrome and a simulated user both do it, in each mode whose terms allow it.",
  cases: STREAM_CASES,
  roomPage: ROOM_PAGE_CASES,
  site: siteWithMembers,
  pageSize: 10,
  exceptions: EXCEPTIONS,
  sources: SOURCES,
});
