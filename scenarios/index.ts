import type { CasesDefinition } from "../harness/core/case-scenario.ts";
import type { FuzzDefinition } from "../harness/core/fuzz.ts";
import type { ScenarioDefinition } from "../harness/core/scenario.ts";
import type { SelfTestDefinition } from "../harness/core/self-test.ts";
import { scenario as absentEdits } from "./absent-edits.ts";
import { scenario as deletes } from "./deletes.ts";
import { scenario as edits } from "./edits.ts";
import { scenario as fiveWays } from "./five-ways.ts";
import { scenario as fuzz } from "./fuzz.ts";
import { scenario as historyGrowth } from "./history-growth.ts";
import { scenario as httpMount } from "./http-mount.ts";
import { scenario as insertFanout } from "./insert-fanout.ts";
import { scenario as limitWindow } from "./limit-window.ts";
import { scenario as memoryPerConnection } from "./memory-per-connection.ts";
import { scenario as mixedDay } from "./mixed-day.ts";
import { scenario as payload } from "./payload.ts";
import { scenario as presenceStorm } from "./presence-storm.ts";
import { scenario as quickstart } from "./quickstart.ts";
import { scenario as reconnectStorm } from "./reconnect-storm.ts";
import { scenario as roomSwitching } from "./room-switching.ts";
import { scenario as scrollChannel } from "./scroll-channel.ts";
import { scenario as scrollback } from "./scrollback.ts";
import { scenario as selfTest } from "./self-test.ts";
import { scenario as slowConsumers } from "./slow-consumers.ts";
import { scenario as soak } from "./soak.ts";
import { scenario as streamCases } from "./stream-cases.ts";
import { scenario as unusualTexts } from "./unusual-texts.ts";

/** All scenarios, by the name that `bench run` takes, in the order in which they are listed. One more is one file and one line. */
export const SCENARIOS = {
  quickstart,
  "five-ways": fiveWays,
  payload,
  "insert-fanout": insertFanout,
  "history-growth": historyGrowth,
  scrollback,
  edits,
  "absent-edits": absentEdits,
  deletes,
  "unusual-texts": unusualTexts,
  "scroll-channel": scrollChannel,
  "presence-storm": presenceStorm,
  "reconnect-storm": reconnectStorm,
  "memory-per-connection": memoryPerConnection,
  "limit-window": limitWindow,
  "room-switching": roomSwitching,
  "slow-consumers": slowConsumers,
  "http-mount": httpMount,
  "mixed-day": mixedDay,
  soak,
  "stream-cases": streamCases,
  fuzz,
  "self-test": selfTest,
} as const satisfies Record<
  string,
  ScenarioDefinition | CasesDefinition | SelfTestDefinition | FuzzDefinition
>;
