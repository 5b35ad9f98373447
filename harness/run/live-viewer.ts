import type { LiveFigures } from "../core/live-figures.ts";
import type { Progress } from "./progress.ts";

/** Where the figures of a step are shown while it is performed. */
export interface LiveViewer {
  /** Whether somebody looks: where nobody does, no figures are made. */
  readonly isWatched: boolean;
  readonly show: (figures: LiveFigures) => void;
  /** The step is over: what was shown last is not of now. */
  readonly stepOver: () => void;
}

/** Shows figures below the line of a terminal. */
export function onTerminal(
  progress: Progress,
  render: (figures: LiveFigures) => readonly string[],
): LiveViewer {
  return {
    isWatched: progress.isLive,
    show: (figures) => progress.show(render(figures)),
    stepOver: () => progress.show([]),
  };
}
