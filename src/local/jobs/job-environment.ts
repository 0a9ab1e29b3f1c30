import { inScratch } from "./scratch-paths.js";

/** What the processes of a job inherit from the service; nothing else, so that no secret leaks by accident. */
const inherited = ["PATH", "HOME", "LANG", "TZ", "SystemRoot"];

/** The variable that names the folder which stands for `/opt/ml`. */
export const mlRootVariable = "SFN_DS_ML_ROOT";

/**
 * Environment of a job's processes: what they inherit, then `options.service`, then what the job asks for.
 *
 * @param options.ml - Path that the job sees for `/opt/ml`.
 * @param options.service - Variables by which a script reaches the local service.
 */
export function jobEnvironment(
  wanted: ReadonlyMap<string, string>,
  options: { readonly ml: string; readonly temporary: string; readonly service: { readonly [name: string]: string } },
): { [name: string]: string } {
  const { ml, temporary, service } = options;
  const parent = inherited.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const asked = [...wanted].map(([name, value]) => [name, inScratch(value, ml)] as const);
  return Object.fromEntries([
    ["PATH", "/usr/local/bin:/usr/bin:/bin"],
    ["LANG", "C.UTF-8"],
    ...parent,
    ["TMPDIR", temporary],
    [mlRootVariable, ml],
    ...Object.entries(service),
    ...asked,
  ]);
}
