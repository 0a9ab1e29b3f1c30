import type { Effect, StepInput } from "../../interpreter/effect.js";
import { Failure } from "../../interpreter/failure.js";
import type { MapObjects } from "./map-objects.js";
import { MapRunAtWork, type MapRunSurroundings, type Parent } from "./map-run-at-work.js";

/** What an execution asks of the distributed Maps that it runs. */
export type MapRunEffect = Extract<Effect, { mapRun: string }>;

/** What the distributed Maps of all executions need. */
export interface MapRunServices extends MapRunSurroundings {
  readonly objects: MapObjects;
  /** Grows by one with every call. */
  readonly nextOrder: () => number;
}

/** The distributed Maps of one execution. */
export class MapRuns {
  private readonly services: MapRunServices;
  private readonly parent: Parent;
  private readonly byName = new Map<string, MapRunAtWork>();

  constructor(services: MapRunServices, parent: Parent) {
    this.services = services;
    this.parent = parent;
  }

  apply(effect: MapRunEffect): void {
    const { mapRun } = effect;
    switch (effect.kind) {
      case "startMapRun":
        this.byName.set(mapRun, new MapRunAtWork(this.services, this.parent, effect, this.services.nextOrder()));
        if (effect.read !== undefined) {
          void this.answer(mapRun, this.services.objects.read(effect.read), (parts) => ({
            kind: "itemsRead",
            mapRun,
            parts,
          }));
        }
        break;
      case "countItems":
        this.byName.get(mapRun)?.countItems(effect.items, effect.children);
        break;
      case "startChild":
        this.byName.get(mapRun)?.add(effect);
        break;
      case "writeResults":
        void this.answer(mapRun, this.services.objects.write(effect.write), (output) => ({
          kind: "resultsWritten",
          mapRun,
          output,
        }));
        break;
      case "cancelMapRun":
        this.byName.get(mapRun)?.cancel();
        break;
      case "endMapRun":
        this.byName.get(mapRun)?.end(effect.status);
        this.byName.delete(mapRun);
    }
  }

  /** Stops all that runs. */
  abort(): void {
    for (const mapRun of this.byName.values()) mapRun.end("ABORTED");
    this.byName.clear();
  }

  private async answer<T>(
    mapRun: string,
    work: Promise<T | Failure>,
    answerOf: (value: T) => StepInput,
  ): Promise<void> {
    const value = await work;
    if (!(value instanceof Failure)) return this.parent.post(answerOf(value));
    const { error = "States.Runtime", cause } = value;
    this.parent.post({ kind: "mapRunFailed", mapRun, error, ...(cause === undefined ? {} : { cause }) });
  }
}
