import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { realClock, VirtualClock } from "../../src/local/clock.js";

describe("the virtual clock", () => {
  test("stands still until it is told to go on", () => {
    const clock = new VirtualClock(5);
    expect([clock.now(), clock.now()]).toEqual([5, 5]);
  });

  test("jumps from timer to timer, in the order of their times, then of their setting", () => {
    const clock = new VirtualClock(0);
    const fired: string[] = [];
    for (const [name, delay] of [
      ["c", 30],
      ["a", 10],
      ["b", 20],
      ["a2", 10],
      ["now", -5],
    ] as const) {
      clock.setTimer(delay, () => fired.push(`${name}@${clock.now()}`));
    }
    while (clock.jump()) expect(clock.pending).toBe(5 - fired.length);
    expect(fired).toEqual(["now@0", "a@10", "a2@10", "b@20", "c@30"]);
  });

  test("does not fire what was taken back", () => {
    const clock = new VirtualClock();
    const cancel = clock.setTimer(1, () => expect.unreachable());
    cancel();
    cancel();
    expect(clock.jump()).toBe(false);
  });

  test("advances past what is due, including what is set on the way", () => {
    const clock = new VirtualClock(0);
    const fired: number[] = [];
    const again = (): void => {
      fired.push(clock.now());
      clock.setTimer(10, again);
    };
    clock.setTimer(10, again);
    clock.advance(35);
    expect(fired).toEqual([10, 20, 30]);
    expect(clock.now()).toBe(35);
  });
});

describe("the real clock", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("waits longer than a timer of Node can", () => {
    const year = 365 * 24 * 3_600_000;
    const fire = vi.fn();
    realClock.setTimer(year, fire);
    vi.advanceTimersByTime(year - 1);
    expect(fire).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(fire).toHaveBeenCalledOnce();
  });

  test("takes a timer back, also a long one that has been prolonged", () => {
    const fire = vi.fn();
    const cancel = realClock.setTimer(2 ** 32, fire);
    vi.advanceTimersByTime(2 ** 31);
    cancel();
    vi.advanceTimersByTime(2 ** 32);
    expect(fire).not.toHaveBeenCalled();
  });
});
