import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** A port of the loopback address that nobody listens at. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Asks until somebody answers; the time limit is the hook's. */
export async function isUp(url: string): Promise<void> {
  for (;;) {
    const isAnswered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isAnswered) return;
    await delay(100);
  }
}
