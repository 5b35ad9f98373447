import type { Behaviour, BehaviourWeights } from "../core/behaviour.ts";
import { STEP_OPERATIONS, type Step } from "../core/step.ts";

/** What can be done on a target. */
export interface TargetAbilities {
  readonly edits: boolean;
  readonly deletes: boolean;
  readonly hasHistory: boolean;
  readonly hasRooms: boolean;
}

/** The steps of a scenario that can be done on a target. */
export interface StepsOnTarget {
  readonly steps: Step[];
  /** What was left out, and why, a line each. */
  readonly leftOut: readonly string[];
  /** The operations that then nobody performs. */
  readonly operations: readonly string[];
}

const NO_EDIT = "nothing was found to change a message by (edit.button, edit.form, edit.field)";
const NO_DELETE = "nothing was found to delete a message by (delete.button)";
const NO_HISTORY = "no element has phx-viewport-top, or the room is too short for it";

/** Leaves out of steps, and of what users do in them, what a target has nothing for. */
export function stepsOnTarget(steps: readonly Step[], abilities: TargetAbilities): StepsOnTarget {
  const leftOut = new Set<string>();
  const kept = steps.flatMap((step): Step[] => {
    const why = whyNot(step, abilities);
    if (why !== null) leftOut.add(`the steps "${nameOf(step)}": ${why}`);
    if (why !== null || step.kind !== "load") return why === null ? [step] : [];
    const behaviours = behavioursOn(step.behaviours, abilities, (what, reason) =>
      leftOut.add(`what users do, "${what}": ${reason}`),
    );
    return Object.keys(behaviours).length === 0 ? [] : [{ ...step, behaviours }];
  });
  const done = new Set(kept.map(({ kind }) => kind));
  const operations = steps.flatMap(({ kind }) =>
    !done.has(kind) && kind in STEP_OPERATIONS ? [STEP_OPERATIONS[kind as keyof typeof STEP_OPERATIONS]] : [],
  );
  return { steps: kept, leftOut: [...leftOut], operations };
}

const nameOf = (step: Step): string => (step.kind === "reconnect" ? `reconnect, ${step.cause}` : step.kind);

/** Why a step cannot be done; null where it can. */
function whyNot(step: Step, { edits, deletes, hasHistory }: TargetAbilities): string | null {
  switch (step.kind) {
    case "update":
      return edits ? null : NO_EDIT;
    case "delete":
      return deletes ? null : NO_DELETE;
    case "scrollback":
      return hasHistory ? null : NO_HISTORY;
    case "reconnect":
      return step.cause === "network"
        ? null
        : "only a server that a run has started itself is killed or crashed";
    case "insert":
    case "load":
    case "leave":
    case "mount":
      return null;
    default:
      return step satisfies never;
  }
}

function behavioursOn(
  weights: BehaviourWeights,
  { edits, deletes, hasHistory, hasRooms }: TargetAbilities,
  leaveOut: (what: Behaviour, why: string) => void,
): BehaviourWeights {
  const cannot: Partial<Record<Behaviour, string>> = {
    ...(!edits && { edit: NO_EDIT }),
    ...(!deletes && { delete: NO_DELETE }),
    ...(!hasHistory && { "scroll-back": NO_HISTORY }),
    ...(!hasRooms && { "switch-room": "there is one room (rooms.path, rooms.ids)" }),
  };
  const kept = { ...weights };
  for (const [what, why] of Object.entries(cannot) as [Behaviour, string][]) {
    if (kept[what] === undefined) continue;
    delete kept[what];
    leaveOut(what, why);
  }
  return kept;
}
