import { baseline } from "./baseline.ts";
import type { Command } from "./command.ts";
import { compare } from "./compare.ts";
import { completion } from "./completion.ts";
import { doctor } from "./doctor.ts";
import { gate } from "./gate.ts";
import { history } from "./history.ts";
import { init } from "./init.ts";
import { list } from "./list.ts";
import { replay } from "./replay.ts";
import { report } from "./report.ts";
import { run } from "./run.ts";
import { serve } from "./serve.ts";
import { trace } from "./trace.ts";

/** The commands of `bench`, by the name they are called by, in the order of the help. */
export const commands = {
  run,
  report,
  list,
  replay,
  trace,
  baseline,
  gate,
  compare,
  history,
  serve,
  doctor,
  init,
  completion,
} satisfies Record<string, Command>;
