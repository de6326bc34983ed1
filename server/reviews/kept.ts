/** Answers that are worked out once for each state of the data, by whoever asks first: the latest few are kept. */
export class Kept<Answer> {
  private readonly answers = new Map<string, Promise<Answer>>();

  constructor(private readonly most: number) {}

  /** @param key names what is asked and the state of the data @param make is not kept where it fails */
  of(key: string, make: () => Promise<Answer>): Promise<Answer> {
    const known = this.answers.get(key);
    if (known) return known;
    const made = make();
    this.answers.set(key, made);
    made.catch(() => this.answers.delete(key));
    for (const oldest of this.answers.keys()) {
      if (this.answers.size <= this.most) break;
      this.answers.delete(oldest);
    }
    return made;
  }

  /** Those that are kept, once they are there. */
  async all(): Promise<Answer[]> {
    const settled = await Promise.allSettled(this.answers.values());
    return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  }
}
