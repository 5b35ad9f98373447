import type { Fault } from "../faults.ts";
import type { Params } from "../live/params.ts";
import type { Socket } from "../live/socket.ts";
import type { View } from "../live/view.ts";
import { type FaultTime, PROCESS_TIME } from "./fault-time.ts";
import { wasJoined } from "./was-joined.ts";

const SLOW_MS = 50;
const SLOW_REJOIN_MS = 200;
/** One of so many inserts is shown too seldom or too often. */
const EVERY = 10;
/** What pages send of forms that were half written when they were cut off. */
const RECOVERIES: ReadonlySet<string> = new Set(["recover_draft", "restore_form", "restore_state"]);

/** Tells which view is the first to hear of which new message. One for all views of a server. */
export class InsertCount {
  #newestId = 0;
  #inserts = 0;

  /** Whether an insert is one of those that a fault is for, and this view the one that it is for. */
  isChosen(message: unknown): boolean {
    const id = insertedId(message);
    if (id === undefined || id <= this.#newestId) return false;
    this.#newestId = id;
    this.#inserts += 1;
    return this.#inserts % EVERY === 0;
  }
}

/** A view that does its work as the faults have it. @param isAtAddress whether it has been at an address before */
export function faultyView<A extends object, M>(
  view: View<A, M>,
  faults: ReadonlySet<Fault>,
  isAtAddress: (socket: Socket<A>) => boolean = () => false,
  inserts = new InsertCount(),
  time: FaultTime = PROCESS_TIME,
): View<A, M> {
  if (faults.size === 0) return view;
  return {
    ...view,
    async mount(socket, params, session) {
      if (faults.has("slow-mount") && !socket.connected) time.burn(SLOW_MS);
      if (faults.has("slow-rejoin") && wasJoined(socket)) await time.wait(SLOW_REJOIN_MS);
      await view.mount(socket, params, session);
    },
    ...(view.handleParams && {
      async handleParams(socket: Socket<A>, params: Params, uri: URL) {
        if (faults.has("slow-switch") && isAtAddress(socket)) await time.wait(SLOW_MS);
        await view.handleParams?.(socket, params, uri);
      },
    }),
    handleEvent(socket, event) {
      if (faults.has("forget-draft") && RECOVERIES.has(event.name)) return;
      return view.handleEvent?.(socket, event);
    },
    handleInfo(socket, message) {
      if (faults.has("lose-insert") && inserts.isChosen(message)) return;
      return view.handleInfo?.(socket, message);
    },
    forgetful: faults.has("resend-statics"),
    ...(faults.has("duplicate-insert") && { repeats: (message: M) => inserts.isChosen(message) }),
  };
}

function insertedId(message: unknown): number | undefined {
  const event = message as { readonly kind?: unknown; readonly message?: { readonly id?: unknown } };
  const id = event.kind === "message_created" ? event.message?.id : undefined;
  return typeof id === "number" ? id : undefined;
}
