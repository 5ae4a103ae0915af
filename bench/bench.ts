/** One figure with its unit: `MB` = 10^6 bytes, `s` = seconds, `CPU s`, `ratio`, `requests`. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
}

/** A goal holds when the figure of that name is at most `most` (or at least `least`). */
export interface Goal {
  figure: string;
  most?: number;
  least?: number;
}

/** What a benchmark module in this folder exports. */
export interface Bench {
  /** One or two sentences: what is measured, on what, against what. */
  says: string;
  goals: Goal[];
  /** Does the work and returns all figures; `tell` prints a line of progress. */
  run(tell: (line: string) => void): Promise<Figure[]>;
}

export interface Judged extends Goal {
  value: number | undefined;
  met: boolean;
}

/** Each goal with the figure that it is about; a goal without its figure is not met. */
export function judge(goals: Goal[], figures: Figure[]): Judged[] {
  return goals.map((goal) => {
    const value = figures.find((figure) => figure.name === goal.figure)?.value;
    const met =
      value !== undefined &&
      (goal.most === undefined || value <= goal.most) &&
      (goal.least === undefined || value >= goal.least);
    return { ...goal, value, met };
  });
}
