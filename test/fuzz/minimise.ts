/** A smaller definition that still fails, as far as some seconds go. */
export function minimise(definition: unknown, fails: (definition: unknown) => boolean, milliseconds = 3000): unknown {
  const end = performance.now() + milliseconds;
  const isInTime = (): boolean => performance.now() < end;
  if (typeof definition === "string") return shorter(definition, fails, isInTime);
  const text = JSON.stringify(definition);
  if (text === undefined || !fails(JSON.parse(text))) return definition;
  return smaller(JSON.parse(text), fails, isInTime);
}

function shorter(text: string, fails: (text: string) => boolean, isInTime: () => boolean): string {
  let kept = text;
  for (let size = Math.ceil(kept.length / 2); size >= 1 && isInTime(); size = Math.floor(size / 2)) {
    for (let at = 0; at < kept.length && isInTime(); ) {
      const without = kept.slice(0, at) + kept.slice(at + size);
      if (fails(without)) kept = without;
      else at += size;
    }
  }
  return kept;
}

function smaller(data: unknown, fails: (data: unknown) => boolean, isInTime: () => boolean): unknown {
  const root = { root: data };
  const open: object[] = [root];
  for (let holder = open.pop(); holder !== undefined && isInTime(); holder = open.pop()) {
    // From the end, as what is taken out of a list moves the rest.
    for (const key of Object.keys(holder).reverse()) {
      const value: unknown = Reflect.get(holder, key);
      if (holder !== root && isInTime() && isNotNeeded(holder, key, () => fails(root.root))) continue;
      if (typeof value === "object" && value !== null) open.push(value);
    }
  }
  return root.root;
}

/** Takes a member out for good where the rest still fails. */
function isNotNeeded(holder: object, key: string, fails: () => boolean): boolean {
  const before = Array.isArray(holder) ? [...holder] : Object.getOwnPropertyDescriptors(holder);
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
  if (fails()) return true;
  if (Array.isArray(holder)) holder.splice(0, holder.length, ...(before as unknown[]));
  else {
    for (const name of Object.keys(holder)) Reflect.deleteProperty(holder, name);
    Object.defineProperties(holder, before as PropertyDescriptorMap);
  }
  return false;
}
