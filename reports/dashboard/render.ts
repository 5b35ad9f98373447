import type { DashboardRenderer } from "../../harness/core/dashboard.ts";
import { digest } from "../html/shell.ts";
import { sentence } from "../html/summary.ts";
import { verdictWords } from "../verdict.ts";
import { dashboardDocument } from "./document.ts";
import { dashboardMaterials } from "./materials.ts";
import { dashboardState, dashboardThresholds } from "./state.ts";

/** The page of a run that goes on, and what it is told. */
export const DASHBOARD: DashboardRenderer = {
  page: (scenario) => {
    const materials = dashboardMaterials();
    return {
      html: dashboardDocument(scenario, materials),
      policy: [
        "default-src 'none'",
        `script-src '${digest(materials.script)}'`,
        `style-src '${digest(materials.style)}'`,
        "connect-src 'self'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join("; "),
    };
  },
  state: dashboardState,
  end: (result, files) => ({
    verdict: result.verdict,
    sentence: sentence(result),
    reasons: verdictWords(result).reasons,
    thresholds: dashboardThresholds(result.thresholds),
    files,
  }),
};
