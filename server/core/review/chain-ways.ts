import { put } from '../../contract/grouped.js';

/** The links of a chain by the keys of their ends. */
export type Ends = readonly (readonly [from: string, to: string])[];

/** Which records of a chain lie on a way through another: cost comes down to it from some, value up from others. */
export class ChainWays {
  private readonly next = { down: new Map<string, string[]>(), up: new Map<string, string[]>() };
  private readonly known = new Map<string, ReadonlySet<string>>();

  constructor(links: Ends) {
    for (const [from, to] of links) {
      put(this.next.down, from, to);
      put(this.next.up, to, from);
    }
  }

  /** Keys of the record itself, and of all that lie before or after it. */
  through(key: string): ReadonlySet<string> {
    const known = this.known.get(key);
    if (known) return known;
    const found = new Set([key, ...this.from(key, this.next.down), ...this.from(key, this.next.up)]);
    this.known.set(key, found);
    return found;
  }

  private from(key: string, next: ReadonlyMap<string, readonly string[]>): Set<string> {
    const found = new Set<string>();
    const open = [key];
    for (let each = open.pop(); each !== undefined; each = open.pop())
      for (const other of next.get(each) ?? []) if (!found.has(other) && found.add(other)) open.push(other);
    return found;
  }
}
