import { type Line, median } from "./measure.js";
import { TypeChecks } from "./type-cost.js";
import { type TypeProgram, typePrograms } from "./type-programs.js";

/** What the type checker does for generated programs, without what every program pays for its imports. */
export function typeCosts(): readonly Line[] {
  const checks = new TypeChecks();
  // The first program also pays for what TypeScript itself warms up.
  checks.check(typePrograms.empty.text);
  const fixed = checks.check(typePrograms.empty.text);
  return Object.entries(typePrograms).map(([name, program]: [string, TypeProgram]): Line => {
    const { text, mostInstantiations, mostMilliseconds } = program;
    const rounds = Array.from({ length: 3 }, () => checks.check(text));
    const [cost = fixed] = rounds;
    const milliseconds = median(rounds.map((round) => round.milliseconds));
    const instantiations = cost.instantiations - (name === "empty" ? 0 : fixed.instantiations);
    const goals = [
      ...(mostInstantiations === undefined ? [] : [`≤ ${mostInstantiations / 1000} k`]),
      ...(mostMilliseconds === undefined ? [] : [`≤ ${mostMilliseconds} ms`]),
    ];
    return {
      name: `types: ${name}`,
      value: `${(instantiations / 1000).toFixed(1)} k, ${Math.round(milliseconds)} ms`,
      goal: goals.join(", "),
      isMissed:
        cost.errors.length > 0 ||
        instantiations > (mostInstantiations ?? Number.POSITIVE_INFINITY) ||
        milliseconds > (mostMilliseconds ?? Number.POSITIVE_INFINITY),
    };
  });
}
