import { mostWork } from "./run.js";
import type { Turn } from "./turn.js";

/** Items of a list that one turn works on, at most. */
const mostItems = 100;

/** Bytes of items that may be written as JSON for as much as one piece of work may cost. */
const bytesOfWork = 8_000_000;

/** A part of a list that one turn works on. Where it ends goes by the list alone: what else the step does changes nothing. */
export class Portion {
  private readonly turn: Turn;
  private readonly list: string;
  private items = 0;
  private work = 0;

  /** @param list - a name that no other list of the execution has */
  constructor(turn: Turn, list: string) {
    this.turn = turn;
    this.list = list;
    turn.run.tally();
  }

  /** Whether the next item is for another turn. The first one never is. */
  get isOver(): boolean {
    this.work += this.turn.run.tally();
    return this.items >= mostItems || this.work > mostWork;
  }

  /** Begins with an item: it may cost as much as one piece of work, and has chance of its own. */
  begin(index: number): void {
    this.turn.renew(`${this.list}:${index}`);
    this.items++;
  }

  /** Counts bytes that were written as JSON. */
  spend(bytes: number): void {
    this.turn.run.meter({ share: bytes / bytesOfWork });
  }
}
