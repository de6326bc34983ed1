/** 413 too large · 415 not a kind of file that is read · 422 the right kind, but damaged or unsafe. */
export type UnreadableStatus = 413 | 415 | 422;

/**
 * An upload that cannot be read as tables at all; answered as problem+json.
 * What is wrong with one row or one cell is never this: that goes into the import's report.
 * @param code stable, for programs (`archive.ratio`, `encoding`, ...)
 * @param detail one or two sentences for a person: what was found and what to do
 */
export class UnreadableFile extends Error {
  constructor(
    readonly status: UnreadableStatus,
    readonly code: string,
    readonly detail: string,
  ) {
    super(detail);
    this.name = 'UnreadableFile';
  }
}
