import { Injectable } from '@nestjs/common';

/** Uploads that are read at the same time; the others wait. */
const MOST_AT_ONCE = 4;

/** What reads whole files takes its turn here, whether it imports them or only looks through them. */
@Injectable()
export class Turns {
  private atOnce = 0;
  private readonly waiting: (() => void)[] = [];

  /** Does the work once fewer than four others are at it, and hands its turn on whatever becomes of it. Must not be nested. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    while (this.atOnce >= MOST_AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.atOnce += 1;
    try {
      return await work();
    } finally {
      this.atOnce -= 1;
      this.waiting.shift()?.();
    }
  }
}
