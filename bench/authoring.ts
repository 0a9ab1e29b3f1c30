import { Chain, compile, Pass, renderDefinition } from "../src/index.js";
import { type Line, median, times } from "./measure.js";

/** Authoring, compiling and rendering a chain, beside writing the same text from ready data. */
export function authoring(count: number): readonly Line[] {
  const make = (): string =>
    renderDefinition(compile(Chain.from(Array.from({ length: count }, (_, index) => new Pass(`State ${index}`)))));
  const parsed: unknown = JSON.parse(make());
  const whole = median(times(make, 31));
  const floor = median(times(() => JSON.stringify(parsed, null, 2), 31));
  const perSecond = (milliseconds: number): string => `${Math.round(count / milliseconds)} k states/s`;
  const isMissed = count / whole < 500;
  return [
    {
      name: `author, compile and render ${count} Pass states`,
      value: perSecond(whole),
      goal: "≥ 500 k states/s",
      isMissed,
    },
    { name: `  floor: JSON.stringify of the same definition`, value: perSecond(floor), goal: "" },
    { name: "  times the floor", value: (whole / floor).toFixed(2), goal: "" },
  ];
}
