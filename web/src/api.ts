// API: what the page asks its server. Requests go to the address that the page came from, below its token, and nowhere else.
import { WORDS, fill } from "./words";

/** A request that was not answered as asked; `faults` are sentences for the reader. */
export class Refused extends Error {
  constructor(readonly status: number, readonly faults: string[]) {
    super(faults.join(" ") || String(status));
  }
}

/** Send a record and take the answer. */
export async function ask<Answer>(name: string, request: object): Promise<Answer> {
  const response = await fetch(`api/${name}`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(request), cache: "no-store",
  });
  if (response.ok) return await response.json() as Answer;
  const about = await response.json().catch(() => ({})) as { faults?: string[] };
  throw new Refused(response.status, about.faults ?? []);
}

/** Why a request failed: what the server says, or that it said nothing. */
export function tellFailure(error: unknown): string {
  const faults = error instanceof Refused ? error.faults.join(" ") : "";
  return faults || fill(WORDS.common.failed, { why: error instanceof Error ? error.message : String(error) });
}

/** Numbers that were sent as base64 of bytes. */
export function unpack(text: string): Uint8Array {
  return Uint8Array.from(atob(text), character => character.charCodeAt(0));
}

/** Numbers of 16 bits, low byte first. */
export function unpackWide(text: string): Uint16Array {
  const bytes = unpack(text), values = new Uint16Array(bytes.length / 2);
  for (let i = 0; i < values.length; i++) values[i] = (bytes[2 * i] ?? 0) + 256 * (bytes[2 * i + 1] ?? 0);
  return values;
}
